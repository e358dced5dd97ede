"""What every function of the library gives for odd values, written by hand from the specifications.

A case is the arguments, in the order of the function's parameters (None for a setting: it is not stated), and the
result. BAD is a null that the function complains of, so that the record is rejected. To add a function, add its cases.
"""

from function_cases_text import TEXT_CASES
from function_cases_value import BAD, VALUE_CASES, Case

__all__ = ["BAD", "CASES", "Case"]

CASES: dict[str, list[Case]] = TEXT_CASES | VALUE_CASES

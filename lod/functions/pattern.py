"""Regular expressions: RE2's dialect, on every engine. https://github.com/google/re2/wiki/Syntax."""

import pyarrow as pa
import pyarrow.compute as pc

from lod.arrow import NO_TEXT
from lod.functions.arrow import of_arrays
from lod.functions.function import Function, Parameter, Type, setting
from lod.functions.logic import certain

_VALUE = Parameter("value")
_FOUND = of_arrays(pc.match_substring_regex, Type.TRUTH)


def _extract(texts: pa.Array, pattern: str, group: str) -> pa.Array:
    whole = rf"(?s:\A.*?)({pattern})(?s:.*\z)"
    found = pc.if_else(pc.match_substring_regex(texts, whole), texts, NO_TEXT)
    return pc.replace_substring_regex(found, whole, rf"\{int(group) + 1}")


def _replace(texts: pa.Array, pattern: str, replacement: str) -> pa.Array:
    return pc.replace_substring_regex(texts, pattern, replacement)


def wrong_pattern(pattern: str) -> str | None:
    """Say what is wrong with a regular expression."""
    return _wrong(pattern, "")


def _wrong(pattern: str, replacement: str) -> str | None:
    try:
        pc.replace_substring_regex(pa.array([""]), pattern, replacement)
    except pa.ArrowInvalid as error:
        return str(error)
    return None


def _check_extract(pattern: str, group: str) -> str | None:
    if group not in tuple("012345678"):
        return f"the group is a number from 0 (all that matches) to 8, not {group!r}"
    return wrong_pattern(pattern) or (_wrong(pattern, rf"\{group}") and f"the pattern has no group {group}: {pattern}")


FUNCTIONS = (
    Function(
        "extract",
        "a group of a regular expression, where it is first found; group 0 is all that matches",
        (_VALUE, setting("pattern"), setting("group", "1")),
        of_arrays(_extract),
        check=_check_extract,
    ),
    Function(
        "replace",
        r"every match of a regular expression replaced; `\1` is the first group",
        (_VALUE, setting("pattern"), setting("replacement")),
        of_arrays(_replace),
        check=_wrong,
    ),
    Function(
        "matches",
        "whether a regular expression is found in the text",
        (_VALUE, setting("pattern")),
        lambda value, pattern: certain(_FOUND(value, pattern=pattern)),
        Type.TRUTH,
        check=wrong_pattern,
    ),
)

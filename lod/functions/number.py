"""Numbers as texts: read with stated marks, rounded, compared. No digit is lost to a floating point."""

import operator
import re
from collections.abc import Callable
from fractions import Fraction
from functools import partial
from math import ceil, floor

from lod.functions.arrow import of_values
from lod.functions.function import Function, Parameter, Type, setting
from lod.functions.text import whole_numbers
from lod.terms import LEXICAL_PATTERNS, XSD

_VALUE, _OTHER = Parameter("value"), Parameter("other")
_MINUS = "\N{MINUS SIGN}"
_NO_DECIMAL = "is not a decimal number"
_DECIMAL = re.compile(LEXICAL_PATTERNS[XSD + "decimal"])


def _integer(text: str) -> str | None:
    match = re.fullmatch(r"([+-]?)0*([0-9]+)(?:\.0*)?", text.strip())
    return f"{'-' if match[1] == '-' and match[2] != '0' else ''}{match[2]}" if match else None


def _type(text: str) -> str | None:
    for name in ("integer", "decimal"):
        if re.fullmatch(LEXICAL_PATTERNS[XSD + name], text):
            return XSD + name
    return None


def _number(text: str, decimal: str, grouping: str) -> str | None:
    groups = rf"[0-9]{{1,3}}(?:[{re.escape(grouping)}][0-9]{{3}})+|" if grouping else ""
    match = re.fullmatch(rf"([+\-{_MINUS}]?)({groups}[0-9]+)(?:{re.escape(decimal)}([0-9]*))?", text.strip())
    if not match:
        return None
    whole = re.sub("[^0-9]", "", match[2]).lstrip("0") or "0"
    return ("-" if match[1] in ("-", _MINUS) else "") + whole + (f".{match[3]}" if match[3] else "")


def _check_number(decimal: str, grouping: str) -> str | None:
    if len(decimal) != 1 or decimal.isdigit() or any(mark.isdigit() or mark == decimal for mark in grouping):
        return "the decimal mark is one character, the grouping marks are others, and none is a digit"
    return None


def _exact(text: str) -> Fraction:
    """Return a number; raise ValueError where a text is no xsd:decimal (Fraction takes `1/3`, `1e3` and `1_000`)."""
    if not _DECIMAL.fullmatch(text):
        raise ValueError(f"no decimal: {text!r}")
    return Fraction(text)


def _round(text: str, digits: str) -> str:
    """Round to so many digits, a half towards positive infinity. https://www.w3.org/TR/xpath-functions/#func-round."""
    places = int(digits)
    scaled = floor(_exact(text) * Fraction(10) ** places + Fraction(1, 2))
    if places <= 0:
        return str(scaled * 10**-places)
    whole, rest = divmod(abs(scaled), 10**places)
    return f"{'-' if scaled < 0 else ''}{whole}.{rest:0{places}}"


def _floor(text: str) -> str:
    return str(floor(_exact(text)))


def _ceiling(text: str) -> str:
    return str(ceil(_exact(text)))


def _compared(test: Callable[[Fraction, Fraction], bool], value: str, other: str) -> bool:
    return test(_exact(value), _exact(other))


def _comparison(name: str, about: str, test: Callable[[Fraction, Fraction], bool]) -> Function:
    build = of_values(partial(_compared, test), Type.TRUTH)
    return Function(name, about, (_VALUE, _OTHER), build, Type.TRUTH, _NO_DECIMAL)


def _check_digits(digits: str) -> str | None:
    return whole_numbers(digits=digits) or (None if abs(int(digits)) <= 1000 else "digits are at most 1000")


FUNCTIONS = (
    Function(
        "integer",
        "`5.0` as `5`",
        (_VALUE,),
        of_values(_integer),
        complaint="is not a whole number",
    ),
    Function(
        "number",
        "a decimal number read with its own marks: `1.234,50` as `1234.50`; grouping marks stand before three digits",
        (_VALUE, setting("decimal", "."), setting("grouping", "")),
        of_values(_number),
        complaint="is not a number with the stated marks",
        check=_check_number,
    ),
    Function(
        "numberType",
        "the IRI of xsd:integer or xsd:decimal",
        (_VALUE,),
        of_values(_type),
        complaint=_NO_DECIMAL,
    ),
    Function(
        "round",
        "with so many digits after the point (negative: zeros before it), a half upwards",
        (_VALUE, setting("digits", "0")),
        of_values(_round),
        complaint=_NO_DECIMAL,
        check=_check_digits,
    ),
    Function("floor", "the next whole number below", (_VALUE,), of_values(_floor), complaint=_NO_DECIMAL),
    Function("ceiling", "the next whole number above", (_VALUE,), of_values(_ceiling), complaint=_NO_DECIMAL),
    _comparison("less", "whether a number is less than another", operator.lt),
    _comparison("atMost", "whether it is less or the same", operator.le),
    _comparison("greater", "whether it is greater", operator.gt),
    _comparison("atLeast", "whether it is greater or the same", operator.ge),
)

"""The order of literals: SPARQL's `<`, and beyond it the orders of XML Schema's value spaces.

https://www.w3.org/TR/sparql11-query/#OperatorMapping, https://www.w3.org/TR/xmlschema11-2/#order
"""

import re
import struct
from dataclasses import dataclass
from decimal import Decimal
from math import isnan

from lod.terms import LEXICAL_PATTERNS, RANGES, XSD, Kind
from lod.validation.report import Node

_DAY, _LEEWAY = 86_400, 14 * 3_600

_INTEGERS = ("integer", "nonNegativeInteger", "positiveInteger", "nonPositiveInteger", "negativeInteger")
_EXACT = {XSD + name for name in (*_INTEGERS, "decimal")} | RANGES.keys()
_DURATIONS = {XSD + name for name in ("duration", "yearMonthDuration", "dayTimeDuration")}
_TIME = r"(?P<hour>\d\d):(?P<minute>\d\d):(?P<second>\d\d(?:\.\d+)?)"
_DATE = r"(?P<year>-?\d+)-(?P<month>\d\d)-(?P<day>\d\d)"
_ZONE = r"(?P<zone>Z|[+-]\d\d:\d\d)?"
_MOMENTS = {
    XSD + name: re.compile(form + _ZONE)
    for name, form in {
        "dateTime": f"{_DATE}T{_TIME}",
        "dateTimeStamp": f"{_DATE}T{_TIME}",
        "date": _DATE,
        "time": _TIME,
        "gYearMonth": r"(?P<year>-?\d+)-(?P<month>\d\d)",
        "gYear": r"(?P<year>-?\d+)",
        "gMonthDay": r"--(?P<month>\d\d)-(?P<day>\d\d)",
        "gMonth": r"--(?P<month>\d\d)",
        "gDay": r"---(?P<day>\d\d)",
    }.items()
}
_DURATION = re.compile(
    r"(-?)P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?",
)
# The months, counted from the year 0, whose starts decide how two durations compare.
# https://www.w3.org/TR/xmlschema11-2/#dt-duration-order
_REFERENCES = tuple(year * 12 + month - 1 for year, month in ((1696, 9), (1697, 2), (1903, 3), (1903, 7)))


@dataclass(frozen=True)
class _Moment:
    """Seconds on a time line of its kind; without a zone as if at Greenwich."""

    kind: str
    seconds: Decimal
    zoned: bool


@dataclass(frozen=True)
class _Duration:
    months: int
    seconds: Decimal


_Value = Decimal | float | bool | str | _Moment | _Duration


def compare(left: Node, right: Node) -> int | None:
    """Return -1, 0 or 1 as one literal is less than another, equal or greater; None where there is no order.

    There is none between what is ill-typed, of different kinds, or of date and time with a zone and without within 14
    hours. https://www.w3.org/TR/xmlschema11-2/#dateTime-order
    """
    one, other = _value(left), _value(right)
    match one, other:
        case (Decimal() | float(), Decimal() | float()):
            return _numbers(one, other)
        case _Moment(), _Moment():
            return _moments(one, other) if one.kind == other.kind else None
        case _Duration(), _Duration():
            return _durations(one, other)
        case (bool(one), bool(other)) | (str(one), str(other)):
            return _sign(one, other)
    return None


def well_formed(node: Node) -> bool:
    """Return whether a literal's lexical form is one of its datatype; one of an unknown datatype is.

    https://www.w3.org/TR/rdf11-concepts/#section-Graph-Literal
    """
    pattern = LEXICAL_PATTERNS.get(node.datatype or "")
    if pattern is None:
        return True
    if not re.fullmatch(pattern, node.value):
        return False
    least, most = RANGES.get(node.datatype or "", (None, None))
    return least is None or most is None or least <= Decimal(node.value) <= most


def _value(node: Node) -> _Value | None:
    if node.kind is not Kind.LITERAL or node.language or not well_formed(node):
        return None
    datatype, text = node.datatype, node.value
    if datatype is None:
        return text
    if datatype in _EXACT:
        return Decimal(text)
    if datatype in (XSD + "double", XSD + "float"):
        return _float(text, datatype == XSD + "float")
    if datatype == XSD + "boolean":
        return text in ("true", "1")
    if datatype in _DURATIONS:
        return _duration(text)
    return _moment(text, datatype) if datatype in _MOMENTS else None


def _float(text: str, single: bool) -> float:
    value = float(text)
    if not single or abs(value) == float("inf"):
        return value
    try:
        return float(struct.unpack("f", struct.pack("f", value))[0])
    except OverflowError:
        return float("inf") if value > 0 else float("-inf")


def _moment(text: str, datatype: str) -> _Moment:
    match = _MOMENTS[datatype].fullmatch(text)
    parts = match.groupdict() if match else {}
    # What a kind does not say is the same for all of it: of a leap year, so that each day is there.
    months = int(parts.get("year") or 1972) * 12 + int(parts.get("month") or 1) - 1
    days = _days(months) + int(parts.get("day") or 1) - 1
    clock = int(parts.get("hour") or 0) * 3_600 + int(parts.get("minute") or 0) * 60
    seconds = days * _DAY + clock + Decimal(parts.get("second") or 0) - _offset(parts.get("zone"))
    return _Moment(datatype.removesuffix("Stamp"), seconds, bool(parts.get("zone")))


def _offset(zone: str | None) -> int:
    if not zone or zone == "Z":
        return 0
    seconds = int(zone[1:3]) * 3_600 + int(zone[4:6]) * 60
    return -seconds if zone.startswith("-") else seconds


def _days(months: int) -> int:
    """Return the days from the start of the year 0 to the start of a month, in the Gregorian calendar."""
    year, month = divmod(months, 12)
    before = year - 1
    leaps = before // 4 - before // 100 + before // 400 + 1
    is_leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    lengths = (31, 29 if is_leap else 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
    return year * 365 + leaps + sum(lengths[:month])


def _duration(text: str) -> _Duration:
    match = _DURATION.fullmatch(text)
    sign, *numbers = match.groups() if match else ("",)
    years, months, days, hours, minutes, seconds = (Decimal(number or 0) for number in numbers)
    total = days * _DAY + hours * 3_600 + minutes * 60 + seconds
    way = -1 if sign else 1
    return _Duration(way * int(years * 12 + months), way * total)


def _numbers(one: Decimal | float, other: Decimal | float) -> int | None:
    if isinstance(one, float) or isinstance(other, float):
        one, other = _as_float(one), _as_float(other)
        if isnan(one) or isnan(other):
            return None
    return _sign(one, other)


def _as_float(number: Decimal | float) -> float:
    return number if isinstance(number, float) else float(number)


def _moments(one: _Moment, other: _Moment) -> int | None:
    difference = one.seconds - other.seconds
    if one.zoned != other.zoned and abs(difference) <= _LEEWAY:
        return None
    return _sign(difference, Decimal(0))


def _durations(one: _Duration, other: _Duration) -> int | None:
    def after(start: int, duration: _Duration) -> Decimal:
        return _days(start + duration.months) * _DAY + duration.seconds

    found = {_sign(after(start, one), after(start, other)) for start in _REFERENCES}
    return found.pop() if len(found) == 1 else None


def _sign(one: bool | str | float | Decimal, other: bool | str | float | Decimal) -> int:
    return int(one > other) - int(one < other)  # type: ignore[operator]  # both are of one kind

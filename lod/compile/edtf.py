"""Dates as records write them: EDTF (ISO 8601-2, levels 0 and 1), and what can be said of one in XSD types.

https://www.loc.gov/standards/datetime/
A date keeps the precision it claims: "1992-02" is a month, never its first day.
"""

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta

from lod.terms import XSD

_DATE = re.compile(
    r"(?P<year>[0-9]{2}(?:[0-9]{2}|[0-9]X|XX))(?:-(?P<month>[0-9]{2}|XX)(?:-(?P<day>[0-9]{2}|XX))?)?[?~%]?"
)
_SEASONS = range(21, 25)


@dataclass(frozen=True)
class Edtf:
    """A date or interval: its first and last possible day, None where it is open."""

    earliest: date | None
    latest: date | None


def parse(text: str) -> Edtf | None:
    """Return the bounds of an EDTF text, or None where it is not one (no such day, an end before its start)."""
    if "/" not in text:
        return _bounds(text)
    first, _, last = text.partition("/")
    start, end = _side(first), _side(last)
    if start is None or end is None or (first in ("", "..") and last in ("", "..")):
        return None
    if start.earliest and end.latest and start.earliest > end.latest:
        return None
    return Edtf(start.earliest, end.latest)


def _side(text: str) -> Edtf | None:
    return Edtf(None, None) if text in ("", "..") else _bounds(text)


def _bounds(text: str) -> Edtf | None:
    match = _DATE.fullmatch(text)
    if not match:
        return None
    first, last = int(match["year"].replace("X", "0")), int(match["year"].replace("X", "9"))
    if first == 0:
        return None
    month, day = match["month"] or "XX", match["day"] or "XX"
    if month == "XX":
        return Edtf(date(first, 1, 1), date(last, 12, 31)) if day == "XX" else None
    return _in_month(first, last, int(month), day)


def _in_month(first: int, last: int, month: int, day: str) -> Edtf | None:
    if month in _SEASONS and day == "XX":
        return Edtf(date(first, 1, 1), date(last, 12, 31))  # which months a season has depends on the hemisphere
    if not 1 <= month <= 12:
        return None
    end = calendar.monthrange(last, month)[1]
    if day == "XX":
        return Edtf(date(first, month, 1), date(last, month, end))
    try:
        return Edtf(date(first, month, int(day)), date(last, month, int(day)))
    except ValueError:
        return None


def datatype(text: str) -> str | None:
    """Return the XSD datatype IRI of a plain year, month or day; None for all that XSD cannot say."""
    if parse(text) is None:
        return None
    for pattern, name in ((r"\d{4}", "gYear"), (r"\d{4}-(0\d|1[0-2])", "gYearMonth"), (r"\d{4}-\d{2}-\d{2}", "date")):
        if re.fullmatch(pattern, text):
            return XSD + name
    return None


def value(text: str) -> str | None:
    """Return the text itself where `datatype` knows its type, else None."""
    return text if datatype(text) else None


def earliest(text: str) -> str | None:
    """Return the first possible day (YYYY-MM-DD), None where there is none or the text is no EDTF."""
    bounds = parse(text)
    return bounds.earliest.isoformat() if bounds and bounds.earliest else None


def latest(text: str) -> str | None:
    """Return the last possible day (YYYY-MM-DD), None where there is none or the text is no EDTF."""
    bounds = parse(text)
    return bounds.latest.isoformat() if bounds and bounds.latest else None


def from_epoch(count: float, unit: str) -> str:
    """Return the day (YYYY-MM-DD) `count` days or seconds after 1970-01-01; raise OverflowError beyond year 9999."""
    step = timedelta(days=count) if unit == "days" else timedelta(seconds=count)
    return (date(1970, 1, 1) + step).isoformat()

"""Dates as records write them: EDTF (ISO 8601-2, levels 0 and 1), and what can be said of one in XSD types.

https://www.loc.gov/standards/datetime/
Read are years from 0001 to 9999, months, seasons, days and intervals of these; no time of day.
A date keeps the precision it claims: "1992-02" is a month, never its first day.
"""

import calendar
import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from lod.terms import LEXICAL_PATTERNS, XSD

# Level 1 leaves out digits from the right only: "199X", "1992-XX", but not "199X-02".
_DATE = re.compile(
    r"(?P<year>[0-9]{4}|[0-9]{3}X|[0-9]{2}XX)(?:(?<=[0-9])-(?P<month>[0-9]{2}|XX)(?:-(?P<day>[0-9]{2}|XX))?)?[?~%]?"
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
    return _in_month(first, int(month), match["day"])


def _in_month(year: int, month: int, day: str | None) -> Edtf | None:
    if month in _SEASONS and day is None:
        return Edtf(date(year, 1, 1), date(year, 12, 31))  # which months a season has depends on the hemisphere
    if not 1 <= month <= 12:
        return None
    end = calendar.monthrange(year, month)[1]
    if day is None or day == "XX":
        return Edtf(date(year, month, 1), date(year, month, end))
    number = int(day)
    return Edtf(date(year, month, number), date(year, month, number)) if 1 <= number <= end else None


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


def from_epoch(count: str, unit: str) -> str:
    """Return the day (YYYY-MM-DD) `count` days or seconds after 1970-01-01.

    Raises ValueError where `count` is no decimal number, OverflowError beyond the years 1 to 9999.
    """
    if not re.fullmatch(LEXICAL_PATTERNS[XSD + "decimal"], count):
        raise ValueError(f"no number: {count!r}")
    step = timedelta(**{unit: float(count)})
    return (datetime(1970, 1, 1) + step).date().isoformat()

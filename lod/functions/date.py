"""Dates: read by stated formats, counted from 1970, and EDTF."""

import re
from collections.abc import Callable
from datetime import UTC, datetime

from lod.functions import edtf
from lod.functions.arrow import of_values
from lod.functions.function import Function, Parameter, setting
from lod.terms import LEXICAL_PATTERNS, XSD

_VALUE = Parameter("value")
_FORMAT = setting("format")
_UNITS = ("days", "seconds")
_DATE_TIME = re.compile(LEXICAL_PATTERNS[XSD + "dateTime"])


def _parsed(text: str, formats: str) -> datetime:
    """Return the time by the first format that fits; raise ValueError for none."""
    for each in formats.split("|"):
        try:
            return datetime.strptime(text, each)
        except ValueError:
            continue
    raise ValueError(f"no such date: {text!r}")


def _date(text: str, format: str) -> str:  # noqa: A002  # the setting's name
    return _parsed(text, format).date().isoformat()


def _date_time(text: str, format: str) -> str | None:  # noqa: A002  # the setting's name
    written = _parsed(text, format).isoformat()
    return written if _DATE_TIME.fullmatch(written) else None


def _check_format(format: str) -> str | None:  # noqa: A002  # the setting's name
    """Try formats on a text of their own making."""
    for each in format.split("|"):
        try:
            datetime.strptime(datetime(2000, 1, 1, tzinfo=UTC).strftime(each), each)
        except (ValueError, re.error) as error:
            return f"{each!r} is no format: {error}"
    return None


def _edtf(text: str) -> str | None:
    return text if edtf.parse(text) else None


def _edtf_part(name: str, about: str, part: Callable[[str], str | None]) -> Function:
    return Function(name, about, (_VALUE,), of_values(part))


FUNCTIONS = (
    Function(
        "parseDate",
        "the day in ISO form, by a format such as `%m/%d/%Y`; several formats with `|` between are tried in turn",
        (_VALUE, _FORMAT),
        of_values(_date),
        complaint="is not a date of the stated format",
        check=_check_format,
    ),
    Function(
        "parseDateTime",
        "day and time as xsd:dateTime, by formats such as `%d.%m.%Y %H:%M`; `%z` keeps the time zone",
        (_VALUE, _FORMAT),
        of_values(_date_time),
        complaint="is not a time of the stated format",
        check=_check_format,
    ),
    Function(
        "epochDate",
        "the day so many `days` or `seconds` after 1970-01-01",
        (_VALUE, setting("unit")),
        of_values(edtf.from_epoch),
        complaint="is not a count since 1970",
        check=lambda unit: None if unit in _UNITS else f"the unit must be days or seconds, not {unit!r}",
    ),
    Function(
        "edtf",
        "the text, if it is a date in EDTF (levels 0 and 1; years 0001 to 9999, no time of day) that exists",
        (_VALUE,),
        of_values(_edtf),
        complaint="is not a date that exists, in EDTF (1992-02-26, 1992-02, 1992, 1992?, 1992-02/1992-03)",
    ),
    _edtf_part("edtfValue", "text of a plain year, month or day; null for other EDTF", edtf.value),
    _edtf_part("edtfType", "XSD type of a plain year, month or day; null for other EDTF", edtf.datatype),
    _edtf_part("edtfEarliest", "the first possible day; null where the interval is open", edtf.earliest),
    _edtf_part("edtfLatest", "the last possible day; null where the interval is open", edtf.latest),
)

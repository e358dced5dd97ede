"""Java's date formats as strptime's. https://docs.oracle.com/en/java/javase/17/docs/api/java.base/java/time/format/DateTimeFormatter.html."""

import re
from typing import Final

FIELDS_OF_TIME: Final = re.compile("%[HIMSfpzZ]")
_FIELDS = {
    **dict.fromkeys(("y", "yyyy", "u", "uuuu"), "%Y"),
    **dict.fromkeys(("yy", "uu"), "%y"),
    **dict.fromkeys(("M", "MM", "L", "LL"), "%m"),
    **dict.fromkeys(("MMM", "LLL"), "%b"),
    **dict.fromkeys(("MMMM", "LLLL"), "%B"),
    **dict.fromkeys(("d", "dd"), "%d"),
    **dict.fromkeys(("E", "EE", "EEE"), "%a"),
    "EEEE": "%A",
    **dict.fromkeys(("D", "DDD"), "%j"),
    **dict.fromkeys(("H", "HH"), "%H"),
    **dict.fromkeys(("h", "hh"), "%I"),
    **dict.fromkeys(("m", "mm"), "%M"),
    **dict.fromkeys(("s", "ss"), "%S"),
    **dict.fromkeys(("S", "SSS", "SSSSSS"), "%f"),
    "a": "%p",
    **dict.fromkeys(("Z", "X", "XX", "XXX", "x", "xx", "xxx"), "%z"),
    "z": "%Z",
}
_TOKEN = re.compile(r"'((?:[^']|'')*)'|(([A-Za-z])\3*)|(.)", re.DOTALL)


def strptime_format(pattern: str) -> str:
    """Return a format in strptime's signs; one that is written in them already stays as it is.

    Raises ValueError for a letter that strptime has no sign for.
    """
    return pattern if "%" in pattern else _TOKEN.sub(_field, pattern)


def _field(token: re.Match[str]) -> str:
    if token[2] is None:
        return token[4] or token[1].replace("''", "'") or "'"
    if token[2] not in _FIELDS:
        raise ValueError(f"the date format's {token[2]!r} is not read here")
    return _FIELDS[token[2]]

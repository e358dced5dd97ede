"""RDF terms as text: their kinds, and the rules that say whether a lexical form is one.

A term travels as a lexical form (a string) with its kind, datatype and language beside it; nothing here knows a syntax.
Patterns are written for RE2 and match a whole lexical form.
"""

import re
from collections.abc import Iterable
from enum import IntEnum
from typing import Final
from urllib.parse import quote

XSD: Final = "http://www.w3.org/2001/XMLSchema#"
RDF_TYPE: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"


class Kind(IntEnum):
    """The kind of an RDF term, in the order in which N-Quads sorts them (`"` before `<` before `_`).

    The lexical form of a blank node is its label with `_:` before it.
    """

    LITERAL = 0
    IRI = 1
    BLANK = 2


# RFC 3987, section 2.2: iunreserved = ALPHA / DIGIT / "-" / "." / "_" / "~" / ucschar
_ASCII_UNRESERVED = r"A-Za-z0-9\-._~"
_UCSCHAR = (
    (0xA0, 0xD7FF),
    (0xF900, 0xFDCF),
    (0xFDF0, 0xFFEF),
    *((plane * 0x10000, plane * 0x10000 + 0xFFFD) for plane in range(1, 14)),
    (0xE1000, 0xEFFFD),
)
_PRIVATE = ((0xE000, 0xF8FF), (0xF0000, 0xFFFFD), (0x100000, 0x10FFFD))


def _ranges(ranges: Iterable[tuple[int, int]]) -> str:
    return "".join(f"{chr(first)}-{chr(last)}" for first, last in ranges)


IUNRESERVED: Final = _ASCII_UNRESERVED + _ranges(_UCSCHAR)
_SUB_DELIMS = "!$&'()*+,;="
_ENCODED = "%[0-9A-Fa-f]{2}"
_IPCHAR = f"(?:[{IUNRESERVED}{_SUB_DELIMS}:@]|{_ENCODED})"
_IP_LITERAL = rf"\[(?:[0-9A-Fa-f:.]+|[vV][0-9A-Fa-f]+\.[{_ASCII_UNRESERVED}{_SUB_DELIMS}:]+)\]"
_IAUTHORITY = (
    f"(?:(?:[{IUNRESERVED}{_SUB_DELIMS}:]|{_ENCODED})*@)?"
    f"(?:{_IP_LITERAL}|(?:[{IUNRESERVED}{_SUB_DELIMS}]|{_ENCODED})*)(?::[0-9]*)?"
)

# The production `IRI`. https://www.rfc-editor.org/rfc/rfc3987#section-2.2
IRI_PATTERN: Final = (
    rf"[A-Za-z][A-Za-z0-9+.\-]*:(?://{_IAUTHORITY}(?:/{_IPCHAR}*)*|/?(?:{_IPCHAR}(?:{_IPCHAR}|/)*)?)"
    rf"(?:\?(?:{_IPCHAR}|[/?{_ranges(_PRIVATE)}])*)?(?:#(?:{_IPCHAR}|[/?])*)?"
)

# RFC 5646, section 2.1. A primary subtag of five to eight letters is well-formed there, yet none is registered:
# "english" is a mistake for "en". https://www.rfc-editor.org/rfc/rfc5646#section-2.2.1
LANGUAGE_PATTERN: Final = (
    r"(?:[A-Za-z]{2,3}(?:-[A-Za-z]{3}){0,3}(?:-[A-Za-z]{4})?(?:-(?:[A-Za-z]{2}|[0-9]{3}))?"
    r"(?:-(?:[A-Za-z0-9]{5,8}|[0-9][A-Za-z0-9]{3}))*(?:-[0-9A-WY-Za-wy-z](?:-[A-Za-z0-9]{2,8})+)*"
    r"(?:-[xX](?:-[A-Za-z0-9]{1,8})+)?|[xX](?:-[A-Za-z0-9]{1,8})+)"
)

_YEAR = r"-?(?:[1-9][0-9]{3,}|0[0-9]{3})"
_MONTH = r"(?:0[1-9]|1[0-2])"
_DAY = r"(?:0[1-9]|[12][0-9]|3[01])"
# A day of the Gregorian calendar, in a year with century leap rule: the year 0 is one before the year 1.
_DAY_OF_MONTH = (
    r"(?:(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])|(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)"
    r"|02-(?:0[1-9]|1[0-9]|2[0-8]))"
)
_BY_FOUR = "(?:[02468][048]|[13579][26])"
_LEAP_YEAR = f"-?(?:(?:[1-9][0-9]+|0[0-9])(?:0[48]|[2468][048]|[13579][26])|(?:[1-9][0-9]*)?{_BY_FOUR}00)"
_DATE = f"(?:{_YEAR}-{_DAY_OF_MONTH}|{_LEAP_YEAR}-02-29)"
_TIME = r"(?:(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](?:\.[0-9]+)?|24:00:00(?:\.0+)?)"
_OFFSET = r"(?:Z|[+-](?:(?:0[0-9]|1[0-3]):[0-5][0-9]|14:00))"
_ZONE = f"{_OFFSET}?"
_CLOCK = r"T(?:[0-9]+H(?:[0-9]+M)?(?:[0-9]+(?:\.[0-9]+)?S)?|[0-9]+M(?:[0-9]+(?:\.[0-9]+)?S)?|[0-9]+(?:\.[0-9]+)?S)"
_DAYS = f"(?:[0-9]+D(?:{_CLOCK})?|{_CLOCK})"
_MONTHS = r"(?:[0-9]+Y(?:[0-9]+M)?|[0-9]+M)"
_INTEGER = r"[+-]?[0-9]+"
_NATURAL = r"\+?[0-9]+|-0+"
_DOUBLE = r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?|[+-]?INF|NaN"
_WIDTHS = {"byte": 8, "short": 16, "int": 32, "long": 64}
_BASE64 = "[A-Za-z0-9+/] ?"

# XML Schema 1.1 part 2: the lexical mappings of the types that RDF 1.1 names.
# https://www.w3.org/TR/xmlschema11-2/, https://www.w3.org/TR/rdf11-concepts/#xsd-datatypes
LEXICAL_PATTERNS: Final[dict[str, str]] = {
    XSD + "boolean": r"true|false|1|0",
    XSD + "integer": _INTEGER,
    XSD + "nonNegativeInteger": _NATURAL,
    XSD + "positiveInteger": r"\+?0*[1-9][0-9]*",
    XSD + "nonPositiveInteger": r"-[0-9]+|\+?0+",
    XSD + "negativeInteger": r"-0*[1-9][0-9]*",
    **{XSD + name: _INTEGER for name in ("long", "int", "short", "byte")},
    **{XSD + name: _NATURAL for name in ("unsignedLong", "unsignedInt", "unsignedShort", "unsignedByte")},
    XSD + "decimal": r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)",
    XSD + "double": _DOUBLE,
    XSD + "float": _DOUBLE,
    XSD + "date": f"{_DATE}{_ZONE}",
    XSD + "gYearMonth": f"{_YEAR}-{_MONTH}{_ZONE}",
    XSD + "gYear": f"{_YEAR}{_ZONE}",
    XSD + "gMonthDay": f"--(?:{_DAY_OF_MONTH}|02-29){_ZONE}",
    XSD + "gMonth": f"--{_MONTH}{_ZONE}",
    XSD + "gDay": f"---{_DAY}{_ZONE}",
    XSD + "time": f"{_TIME}{_ZONE}",
    XSD + "dateTime": f"{_DATE}T{_TIME}{_ZONE}",
    XSD + "dateTimeStamp": f"{_DATE}T{_TIME}{_OFFSET}",
    XSD + "duration": f"-?P(?:{_MONTHS}{_DAYS}?|{_DAYS})",
    XSD + "yearMonthDuration": f"-?P{_MONTHS}",
    XSD + "dayTimeDuration": f"-?P{_DAYS}",
    XSD + "hexBinary": "(?:[0-9A-Fa-f]{2})*",
    XSD + "base64Binary": f"(?:(?:{_BASE64}){{4}})*(?:(?:{_BASE64}){{2}}= ?=|(?:{_BASE64}){{3}}=)?",
    XSD + "language": "[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*",
}

# The integers that have a width, with the smallest and the largest.
RANGES: Final[dict[str, tuple[int, int]]] = {
    **{XSD + name: (-(2 ** (bits - 1)), 2 ** (bits - 1) - 1) for name, bits in _WIDTHS.items()},
    **{XSD + f"unsigned{name.capitalize()}": (0, 2**bits - 1) for name, bits in _WIDTHS.items()},
}

_PERCENT: Final = {code: quote(chr(code), safe="") for code in range(128)}
_RESERVED_BEYOND_ASCII = re.compile(f"[^\\x00-\\x7F{_ranges(_UCSCHAR)}]")
_NOT_IN_LABEL = re.compile(r"[^A-Za-z0-9]")
_WORDS = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")


def iri_safe(text: str) -> str:
    """Percent-encode all that is not iunreserved, as RML asks of a reference in an IRI template.

    https://kg-construct.github.io/rml-core/spec/docs/#dfn-iri-safe
    """
    encoded = text.translate(_PERCENT)
    return encoded if encoded.isascii() else _RESERVED_BEYOND_ASCII.sub(lambda match: quote(match[0]), encoded)


def uri_safe(text: str) -> str:
    """Percent-encode all that is not unreserved in a URI (RFC 3986): letters outside ASCII too."""
    return quote(text, safe="")


def label_safe(text: str) -> str:
    """Write a text with letters, digits and `_` alone, different texts differently: a blank node's label."""
    return _NOT_IN_LABEL.sub(lambda match: f"_{ord(match[0]):x}_", text)


def name_of(iri: str) -> str:
    """Return the last word of an IRI, as words: "start date" for http://schema.org/startDate."""
    return _WORDS.sub(" ", re.split(r"[/#]", iri.rstrip("/#"))[-1]).lower()

"""RDF terms as text: their kinds, and the rules that say whether a lexical form is one.

A term travels as a lexical form (a string) with its kind, datatype and language beside it; nothing here knows a syntax.
Patterns are written for RE2 and match a whole lexical form.
"""

from enum import IntEnum
from typing import Final

XSD: Final = "http://www.w3.org/2001/XMLSchema#"
RDF_TYPE: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"


class Kind(IntEnum):
    """The kind of an RDF term, in the order in which N-Quads sorts them (`"` before `<` before `_`).

    The lexical form of a blank node is its label with `_:` before it.
    """

    LITERAL = 0
    IRI = 1
    BLANK = 2


# RFC 3987, section 2.2, as far as RDF syntaxes hold it: a scheme, and no character that IRIREF excludes.
# https://www.w3.org/TR/n-quads/#grammar-production-IRIREF
IRI_PATTERN: Final = r"[A-Za-z][A-Za-z0-9+.-]*:(?:[^\x00-\x20<>\"{}|\\^`%]|%[0-9A-Fa-f]{2})*"

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
_TIME = r"(?:(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](?:\.[0-9]+)?|24:00:00(?:\.0+)?)"
_ZONE = r"(?:Z|[+-](?:(?:0[0-9]|1[0-3]):[0-5][0-9]|14:00))?"

# XML Schema 1.1 part 2: the lexical mappings of the types that records use. https://www.w3.org/TR/xmlschema11-2/
LEXICAL_PATTERNS: Final[dict[str, str]] = {
    XSD + "boolean": r"true|false|1|0",
    XSD + "integer": r"[+-]?[0-9]+",
    XSD + "nonNegativeInteger": r"\+?[0-9]+|-0+",
    XSD + "positiveInteger": r"\+?0*[1-9][0-9]*",
    XSD + "decimal": r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)",
    XSD + "double": r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?|[+-]?INF|NaN",
    XSD + "float": r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?|[+-]?INF|NaN",
    XSD + "date": f"{_YEAR}-{_MONTH}-{_DAY}{_ZONE}",
    XSD + "gYearMonth": f"{_YEAR}-{_MONTH}{_ZONE}",
    XSD + "gYear": f"{_YEAR}{_ZONE}",
    XSD + "time": f"{_TIME}{_ZONE}",
    XSD + "dateTime": f"{_YEAR}-{_MONTH}-{_DAY}T{_TIME}{_ZONE}",
    XSD + "dateTimeStamp": f"{_YEAR}-{_MONTH}-{_DAY}T{_TIME}(?:Z|[+-](?:(?:0[0-9]|1[0-3]):[0-5][0-9]|14:00))",
}

# In these a day of the month is written, which a pattern cannot hold to the calendar.
CALENDAR_DATATYPES: Final = frozenset({XSD + "date", XSD + "dateTime", XSD + "dateTimeStamp"})

# RFC 3987: iunreserved = ALPHA / DIGIT / "-" / "." / "_" / "~" / ucschar
_UCSCHAR = (
    r"\x{A0}-\x{D7FF}\x{F900}-\x{FDCF}\x{FDF0}-\x{FFEF}\x{10000}-\x{1FFFD}\x{20000}-\x{2FFFD}\x{30000}-\x{3FFFD}"
    r"\x{40000}-\x{4FFFD}\x{50000}-\x{5FFFD}\x{60000}-\x{6FFFD}\x{70000}-\x{7FFFD}\x{80000}-\x{8FFFD}"
    r"\x{90000}-\x{9FFFD}\x{A0000}-\x{AFFFD}\x{B0000}-\x{BFFFD}\x{C0000}-\x{CFFFD}\x{D0000}-\x{DFFFD}\x{E1000}-\x{EFFFD}"
)
RESERVED_PATTERN: Final = rf"[^A-Za-z0-9\-._~{_UCSCHAR}]"

_UCS_RANGES = (
    (0xA0, 0xD7FF),
    (0xF900, 0xFDCF),
    (0xFDF0, 0xFFEF),
    *((plane * 0x10000, plane * 0x10000 + 0xFFFD) for plane in range(1, 14)),
    (0xE1000, 0xEFFFD),
)
_ASCII_UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")


def iri_safe(text: str) -> str:
    """Percent-encode all that is not iunreserved, as RML asks of a reference in an IRI template.

    https://kg-construct.github.io/rml-core/spec/docs/#dfn-iri-safe
    """
    return "".join(char if _unreserved(char) else _percent(char) for char in text)


def _unreserved(char: str) -> bool:
    if char.isascii():
        return char in _ASCII_UNRESERVED
    return any(first <= ord(char) <= last for first, last in _UCS_RANGES)


def _percent(char: str) -> str:
    return "".join(f"%{byte:02X}" for byte in char.encode("utf-8"))

"""How the text of a source is written: encoding, and for CSV the dialect.

`delimiter` and `encoding` are YARRRML's (https://rml.io/yarrrml/spec/#delimiter); the others are ours, and mean what
CSVW means by them (https://www.w3.org/TR/tabular-metadata/#dialect-descriptions).
"""

from lod.errors import MappingError
from lod.mapping.model import Dialect
from lod.mapping.yarrrml.keys import COMMENT, DELIMITER, ENCODING, HEADER, QUOTE, SKIP, TRIM, Key
from lod.mapping.yarrrml.tree import Map, scalar

DIALECT_KEYS = (DELIMITER, QUOTE, COMMENT, HEADER, SKIP, TRIM)
_TRUTHS = {"true": True, "false": False}


def read_dialect(node: Map) -> Dialect:
    """Return the dialect that a source describes; raise MappingError."""
    usual = Dialect()
    return Dialect(
        delimiter=_character(node, DELIMITER) or usual.delimiter,
        quote=_character(node, QUOTE) if node.get(QUOTE) else usual.quote,
        comment=_character(node, COMMENT),
        header=_truth(node, HEADER, usual.header),
        skip_rows=_count(node, SKIP),
        trim=_truth(node, TRIM, usual.trim),
    )


def read_encoding(node: Map) -> str:
    """Return the encoding of a source, by default UTF-8; raise MappingError where Python knows none of that name."""
    value = node.get(ENCODING)
    if value is None:
        return "utf-8"
    name = scalar(value, "'encoding'")
    try:
        "x".encode(name.text)
    except (LookupError, ValueError):
        hint = "Such as utf-8, utf-16, latin-1, windows-1252."
        raise MappingError(f"there is no encoding {name.text!r}", at=name.position, hint=hint) from None
    return name.text


def _character(node: Map, key: Key) -> str | None:
    """Return one character, None for an empty text; a tab may be written as backslash and t."""
    value = node.get(key)
    if value is None:
        return None
    text = scalar(value, f"{key[0]!r}").text.replace("\\t", "\t")
    if len(text) > 1:
        raise MappingError(f"{key[0]!r} is one character, not {text!r}", at=value.position)
    return text or None


def _truth(node: Map, key: Key, usual: bool) -> bool:
    value = node.get(key)
    if value is None:
        return usual
    text = scalar(value, f"{key[0]!r}").text
    if text not in _TRUTHS:
        raise MappingError(f"{key[0]!r} is true or false, not {text!r}", at=value.position)
    return _TRUTHS[text]


def _count(node: Map, key: Key) -> int:
    value = node.get(key)
    text = scalar(value, f"{key[0]!r}").text if value else "0"
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        raise MappingError(f"{key[0]!r} is a number of rows, not {text!r}", at=value.position if value else None)
    return int(text)

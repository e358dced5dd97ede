"""CSVW dialects as RML-IO's csvw:Table has them. https://www.w3.org/TR/tabular-metadata/#dialect-descriptions."""

from lod.mapping.model import Dialect
from lod.mapping.rml.graph import Node

_TRUTHS = {"true": True, "1": True, "false": False, "0": False}


def dialect(table: Node, default: Dialect) -> Dialect:
    """Return the dialect of a csvw:Table; what it does not say is as in `default`.

    The table itself may have csvw:separator or csvw:delimiter, as RML's registry writes it.
    """
    said = table.one("csvw:dialect") or table
    return Dialect(
        delimiter=_character(said, default.delimiter, "csvw:delimiter", "csvw:separator") or default.delimiter,
        quote=_character(said, default.quote, "csvw:quoteChar"),
        comment=_character(said, default.comment, "csvw:commentPrefix"),
        double_quote=_truth(said, "csvw:doubleQuote", default.double_quote),
        header=_header(said),
        skip_rows=_count(said, "csvw:skipRows", 0),
        trim=_truth(said, "csvw:trim", default.trim),
    )


def _character(node: Node, default: str | None, *names: str) -> str | None:
    """Return a character, or None where an empty text says that there is none."""
    said = node.one(*names)
    if said is None:
        return default
    character = "\t" if said.value == r"\t" else said.value
    if len(character) > 1:
        raise said.error(f"{said.value!r} is more than one character, which is not read")
    return character or None


def _header(node: Node) -> bool:
    rows = _count(node, "csvw:headerRowCount", 1)
    if rows > 1:
        raise node.error("more than one header row is not read", "csvw:skipRows passes over rows before the header.")
    return _truth(node, "csvw:header", rows == 1)


def _truth(node: Node, name: str, default: bool) -> bool:
    said = node.one(name)
    if said is None:
        return default
    if said.value not in _TRUTHS:
        raise said.error(f"{name} is true or false here, not {said.value!r}")
    return _TRUTHS[said.value]


def _count(node: Node, name: str, default: int) -> int:
    said = node.text(name)
    if said is None:
        return default
    if not said.isascii() or not said.isdigit():
        raise node.error(f"{name} is a whole number, not {said!r}")
    return int(said)

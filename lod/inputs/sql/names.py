"""SQL identifiers as mappings write them, against the names that a database has.

A delimited identifier ("Name", or `Name`) means that name and no other; a plain one means the name as it stands, or
else the one name that differs only in case, as SQL has it. https://www.w3.org/TR/r2rml/#dfn-sql-identifier
"""

import re
from collections.abc import Sequence

from lod.inputs.sql.session import TableName

_DELIMITED = re.compile(r'"((?:[^"]|"")+)"|`((?:[^`]|``)+)`')
_PART = re.compile(rf"{_DELIMITED.pattern}|[^.]+")


def find_column(reference: str, names: Sequence[str]) -> str | None:
    """Return the column that a reference means."""
    found = _find((reference,), [(name,) for name in names])
    return found[0] if found else None


def find_table(written: str, names: Sequence[TableName]) -> TableName | None:
    """Return the table that a mapping names: `people`, `census.people`, `"Country Info"`, or its bare name."""
    parts = tuple(match[0] for match in _PART.finditer(written))
    return _find((written,), names) or _find(parts, names)


def _find(written: tuple[str, ...], names: Sequence[tuple[str, ...]]) -> tuple[str, ...] | None:
    if written in names:
        return written
    plain = tuple(map(_undelimited, written))
    if plain != written:
        return plain if plain in names else None
    same = [name for name in names if _folded(name) == _folded(written)]
    return same[0] if len(same) == 1 else None


def _undelimited(written: str) -> str:
    match = _DELIMITED.fullmatch(written)
    if not match:
        return written
    return match[1].replace('""', '"') if match[1] else match[2].replace("``", "`")


def _folded(name: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(part.casefold() for part in name)

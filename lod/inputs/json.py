"""JSON by RFC 8259, with JSONPath (RFC 9535) as iterator and references; number text is kept as written.

https://www.rfc-editor.org/rfc/rfc9535
A reference is a path from the record (`a.b`, `$.a.b`, `sources[*]`). One that can give several values is list-valued.
null and a missing member are null; an object or a list is not a value, and rejects the record.
"""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

import pyarrow as pa
from jsonpath_rfc9535 import JSONPathEnvironment, JSONPathError, JSONPathQuery

from lod.engine import DuckDbEngine
from lod.errors import InputError, MappingError, Position
from lod.inputs.table import InputTable
from lod.mapping.model import LogicalSource
from lod.outcome import Rejection, shorten
from lod.term_table import ROW
from lod.terms import XSD

_NO_VALUE = "is no single value; a list's members are referred to with [*]"
_HALF = "holds half a character (a surrogate), which no RDF text can hold"


class _Unfit(Exception):  # carries a value out of a record, and no further than this module
    """A value that is no term, and why."""

    def __init__(self, value: Any, reason: str) -> None:
        super().__init__(json.dumps(value, ensure_ascii=reason == _HALF))
        self.reason = reason


class _Cell(NamedTuple):
    """A value's text, and the datatype that JSON gives it: none for a string."""

    text: str
    datatype: str | None


class _Number(str):
    """A number as written."""

    __slots__ = ()


@dataclass(frozen=True)
class _Path:
    reference: str
    query: JSONPathQuery

    @cached_property
    def _member(self) -> str | None:
        simple = self.reference.removeprefix("$.")
        return simple if simple.replace("_", "a").isalnum() else None

    def values(self, record: Any) -> list[Any]:
        if self._member is not None:
            return [record[self._member]] if isinstance(record, dict) and self._member in record else []
        return list(self.query.find(record).values())

    def cells(self, record: Any) -> list["_Cell"]:
        return [_cell(value) for value in self.values(record) if value is not None]


def open_json(engine: DuckDbEngine, path: Path, name: str, source: LogicalSource, columns: Sequence[str]) -> InputTable:
    """Read the `columns` (references) of the records of a JSON file into a table.

    Raises InputError where the file cannot be read as JSON, and MappingError where a path does not parse.
    """
    document = _load(path, name)
    records = _compile(source.iterator or "$", source.position).query.find(document).values()
    paths = [_compile(column, source.position) for column in columns]
    rows: list[list[Any]] = []
    rejections: list[Rejection] = []
    for number, record in enumerate(records, 1):
        try:
            rows.append([number, *(item.cells(record) for item in paths)])
        except _Unfit as unfit:
            rejections.append(Rejection(name, number, "", shorten(unfit), unfit.reason))
    table = engine.materialise("json", _table(rows, columns))
    return InputTable(table, name, len(records), tuple(rejections), _unread(records, columns))


def _load(path: Path, name: str) -> Any:
    try:
        text = path.read_text(encoding="utf-8-sig")
        return json.loads(text, parse_int=_Number, parse_float=_Number, parse_constant=_no_constant)
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror}", at=Position(name)) from error
    except json.JSONDecodeError as error:
        raise InputError(f"not JSON: {error.msg}", at=Position(name, error.lineno, error.colno)) from error
    except ValueError as error:
        raise InputError(f"not JSON in UTF-8: {error}", at=Position(name)) from error
    except RecursionError:
        raise InputError("not read: nested too deeply", at=Position(name)) from None


def _no_constant(word: str) -> str:
    raise ValueError(f"{word} is not a JSON value")


def _compile(path: str, position: Position) -> _Path:
    rooted = path if path.startswith("$") else "$" + path if path.startswith("[") else f"$.{path}"
    try:
        return _Path(path, JSONPathEnvironment().compile(rooted))
    except JSONPathError as error:
        raise MappingError(f"the JSONPath {path!r} does not parse: {error}", at=position) from error


def _cell(value: Any) -> _Cell:
    """Return a scalar with its natural datatype. https://kg-construct.github.io/rml-io/spec/docs/."""
    if isinstance(value, bool):
        return _Cell("true" if value else "false", XSD + "boolean")
    if isinstance(value, _Number):
        return _Cell(str(value), XSD + ("integer" if value.lstrip("-").isdigit() else "double"))
    if isinstance(value, str):
        if re.search("[\ud800-\udfff]", value):
            raise _Unfit(value, _HALF)
        return _Cell(value, None)
    raise _Unfit(value, _NO_VALUE)


def _table(rows: list[list[Any]], columns: Sequence[str]) -> pa.Table:
    arrays = [pa.array([row[0] for row in rows], pa.int64())]
    arrays += [_column([row[index] for row in rows], column) for index, column in enumerate(columns, 1)]
    return pa.table(arrays, names=[ROW, *columns])


def _column(cells: list[list[_Cell]], column: str) -> pa.Array:
    typed = any(cell.datatype for found in cells for cell in found)
    values = [[cell._asdict() if typed else cell.text for cell in found] for found in cells]
    kind = pa.struct([("text", pa.string()), ("datatype", pa.string())]) if typed else pa.string()
    if _is_singular(column) and all(len(found) <= 1 for found in cells):
        return pa.array([found[0] if found else None for found in values], kind)
    return pa.array(values, pa.list_(kind))


def _is_singular(reference: str) -> bool:
    return not any(mark in reference for mark in ("*", "..", "?", ":", ","))


def _unread(records: Sequence[Any], columns: Sequence[str]) -> tuple[str, ...]:
    heads = {column.removeprefix("$.").split(".")[0].split("[")[0] for column in columns}
    members = {key: None for record in records if isinstance(record, dict) for key in record}
    return tuple(member for member in members if member not in heads)

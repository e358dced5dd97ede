"""JSON by RFC 8259, with JSONPath (RFC 9535) as iterator and references; number text is kept as written.

https://www.rfc-editor.org/rfc/rfc9535
A reference is a path from the record (`a.b`, `$.a.b`, `sources[*]`). One that can give several values is list-valued.
null and a missing member are null; an object or a list is not a value, and rejects the record.
"""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa

from lod.engine import Engine
from lod.errors import InputError, Position
from lod.inputs.jsonpath import Cell, JsonPath, Unfit, is_singular, json_path, json_text, load_json
from lod.inputs.table import RECORD, InputTable
from lod.mapping.model import LogicalSource
from lod.outcome import Rejection, shorten
from lod.term_table import ROW


def open_json(engine: Engine, path: Path, name: str, source: LogicalSource, columns: Sequence[str]) -> InputTable:
    """Read the `columns` (references) of the records of a JSON file into a table.

    Raises InputError where the file cannot be read as JSON, and MappingError where a path does not parse.
    """
    document = _load(path, name)
    records = json_path(source.iterator or "$", source.position).query.find(document).values()
    paths = [None if column == RECORD else json_path(column, source.position) for column in columns]
    rows: list[list[Any]] = []
    rejections: list[Rejection] = []
    for number, record in enumerate(records, 1):
        try:
            rows.append([number, *(_cells(path, record) for path in paths)])
        except Unfit as unfit:
            rejections.append(Rejection(name, number, "", shorten(unfit), unfit.reason))
    table = engine.materialise("json", _table(rows, columns))
    return InputTable(table, name, len(records), tuple(rejections), _unread(records, columns))


def _load(path: Path, name: str) -> Any:
    try:
        text = path.read_text(encoding="utf-8-sig")
        return load_json(text)
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror}", at=Position(name)) from error
    except json.JSONDecodeError as error:
        raise InputError(f"not JSON: {error.msg}", at=Position(name, error.lineno, error.colno)) from error
    except ValueError as error:
        raise InputError(f"not JSON in UTF-8: {error}", at=Position(name)) from error
    except RecursionError:
        raise InputError("not read: nested too deeply", at=Position(name)) from None


def _cells(path: JsonPath | None, record: Any) -> list[Cell]:
    """Return what a path finds in a record; without a path, the record itself."""
    return path.cells(record) if path else [Cell(json_text(record), None)]


def _table(rows: list[list[Any]], columns: Sequence[str]) -> pa.Table:
    arrays = [pa.array([row[0] for row in rows], pa.int64())]
    arrays += [_column([row[index] for row in rows], column) for index, column in enumerate(columns, 1)]
    return pa.table(arrays, names=[ROW, *columns])


def _column(cells: list[list[Cell]], column: str) -> pa.Array:
    typed = any(cell.datatype for found in cells for cell in found)
    values = [[cell._asdict() if typed else cell.text for cell in found] for found in cells]
    kind = pa.struct([("text", pa.string()), ("datatype", pa.string())]) if typed else pa.string()
    if is_singular(column) and all(len(found) <= 1 for found in cells):
        return pa.array([found[0] if found else None for found in values], kind)
    return pa.array(values, pa.list_(kind))


def _unread(records: Sequence[Any], columns: Sequence[str]) -> tuple[str, ...]:
    heads = {column.removeprefix("$.").split(".")[0].split("[")[0] for column in columns}
    members = {key: None for record in records if isinstance(record, dict) for key in record}
    return tuple(member for member in members if member not in heads)

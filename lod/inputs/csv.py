"""CSV by RFC 4180, read by DuckDB with nothing sniffed; where DuckDB stops, Python's `csv` tells which record is wrong.

https://www.rfc-editor.org/rfc/rfc4180
A header row names the columns. An empty cell is null. Blank lines are not records.
"""

import csv
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb
import ibis.expr.types as ir
import pyarrow as pa

from lod.engine import BATCH_ROWS, Engine, sql_text
from lod.errors import InputError, Position, did_you_mean
from lod.inputs.plain import is_plain
from lod.inputs.table import InputTable
from lod.outcome import Rejection, shorten
from lod.term_table import ROW

_LONGEST_LINE = 8 * 1024 * 1024


@dataclass(frozen=True)
class _File:
    path: Path
    name: str
    header: tuple[str, ...]


def open_csv(engine: Engine, path: Path, name: str, columns: Sequence[str], optional: Sequence[str]) -> InputTable:
    """Read the `columns` of a CSV file (`name` is how messages call it) into a table; `optional` ones may be missing.

    Raises InputError where the file cannot be read as a whole: missing, empty, not UTF-8, a quote that does not close,
    a header without a needed column. A record that does not fit the header is rejected.
    """
    file = _File(path, name, _header(path, name))
    _check_header(file, columns, optional)
    wanted = [column for column in columns if column in file.header]
    rejections: list[Rejection] = []
    table = _fast(engine, file, wanted)
    if table is None:
        table = _slow(engine, file, wanted, rejections)
    absent = {column: _null() for column in columns if column not in file.header}
    unread = tuple(column for column in file.header if column not in columns)
    count = int(table.count().to_pyarrow().as_py())
    return InputTable(table.mutate(**absent), name, count + len(rejections), tuple(rejections), unread)


def _null() -> ir.Value:
    import ibis

    return ibis.null("string")


def _header(path: Path, name: str) -> tuple[str, ...]:
    try:
        first = next(_records(path, name), None)
    except OSError as error:
        hint = f"The mapping names {name!r}; the project's folder is where it is looked for."
        raise InputError(f"cannot be read: {error.strerror}", at=Position(name), hint=hint) from error
    if first is None:
        raise InputError("is empty", at=Position(name), hint="A CSV file begins with a row that names its columns.")
    header = tuple(first[1])
    for index, column in enumerate(header):
        if not column.strip():
            raise InputError(f"column {index + 1} of the header has no name", at=Position(name, 1))
        if column in header[:index]:
            raise InputError(f"the header names the column {column!r} twice", at=Position(name, 1))
    return header


def _check_header(file: _File, columns: Sequence[str], optional: Sequence[str]) -> None:
    for column in columns:
        if column in file.header or column in optional:
            continue
        others = [other for other in file.header if other not in columns]
        hint = did_you_mean(column, others) or f"The header has: {', '.join(file.header)}."
        if len(file.header) == 1 and re.search(r"[;\t|]", file.header[0]):
            hint = "Cells are separated by commas; this header seems to use another character."
        raise InputError(
            f"the column {column!r}, which the mapping needs, is missing", at=Position(file.name, 1), hint=hint
        )


def _fast(engine: Engine, file: _File, wanted: Sequence[str]) -> ir.Table | None:
    """Let DuckDB read the file; None where it holds something that DuckDB refuses or would pass over."""
    if _has_odd_header(file.header) or not _is_plain(file):
        return None
    columns = ", ".join(f"c{index}: 'VARCHAR'" for index in range(len(file.header)))
    selected = "".join(f", c{file.header.index(column)} AS {_identifier(column)}" for column in wanted)
    table = engine.name("csv")
    try:
        engine.query(
            f"CREATE TABLE {table} AS SELECT row_number() OVER () AS {ROW}{selected} FROM read_csv("  # noqa: S608  # every name is quoted
            f"{sql_text(str(file.path))}, columns = {{{columns}}}, auto_detect = false, header = true, delim = ',', "
            f"quote = '\"', escape = '\"', comment = '', nullstr = '', encoding = 'utf-8', strict_mode = true, "
            f"null_padding = false, ignore_errors = false, max_line_size = {_LONGEST_LINE})"
        )
    except duckdb.Error:
        return None
    return engine.table(table)


def _has_odd_header(header: Sequence[str]) -> bool:
    """Return whether DuckDB would take a blank line for a record, or the header for more lines or fewer than it has."""
    return len(header) == 1 or any("\n" in name or "\r" in name for name in header)


def _is_plain(file: _File) -> bool:
    try:
        return is_plain(file.path)
    except UnicodeDecodeError as error:
        raise _not_utf8(file.path, file.name) from error


def _slow(engine: Engine, file: _File, wanted: Sequence[str], rejections: list[Rejection]) -> ir.Table:
    schema = pa.schema([(ROW, pa.int64()), *((column, pa.string()) for column in wanted)])
    batches = _batches(file, wanted, schema, rejections)
    return engine.materialise("csv", pa.RecordBatchReader.from_batches(schema, batches))


def _batches(
    file: _File, wanted: Sequence[str], schema: pa.Schema, rejections: list[Rejection]
) -> Iterator[pa.RecordBatch]:
    places = [file.header.index(column) for column in wanted]
    rows: list[tuple[int | str | None, ...]] = []
    for number, (line, cells) in enumerate(_records(file.path, file.name)):
        if number == 0:
            continue
        rejection = _misfit(file, number, line, cells)
        if rejection:
            rejections.append(rejection)
            continue
        rows.append((number, *(cells[place] or None for place in places)))
        if len(rows) == BATCH_ROWS:
            yield _batch(rows, schema)
            rows = []
    yield _batch(rows, schema)


def _batch(rows: list[tuple[int | str | None, ...]], schema: pa.Schema) -> pa.RecordBatch:
    columns = zip(*rows, strict=True) if rows else ([] for _ in schema)
    return pa.record_batch(
        [pa.array(column, field.type) for column, field in zip(columns, schema, strict=True)], schema
    )


def _misfit(file: _File, number: int, line: int, cells: list[str]) -> Rejection | None:
    expected = len(file.header)
    while len(cells) > expected and not cells[-1]:
        cells.pop()  # delimiters at the end of a line; DuckDB passes over them too
    if len(cells) != expected:
        size = "short" if len(cells) < expected else "long"
        reason = f"the record on line {line} is too {size}: {len(cells)} cells under a header of {expected}"
        return Rejection(file.name, number, "", shorten(",".join(cells)), reason)
    for column, cell in zip(file.header, cells, strict=True):
        if "\0" in cell:
            return Rejection(file.name, number, column, shorten(cell), f"the cell on line {line} holds a NUL character")
    return None


def _records(path: Path, name: str) -> Iterator[tuple[int, list[str]]]:
    """Yield each record that is not a blank line, the header first, with the line that it begins on."""
    csv.field_size_limit(sys.maxsize)
    with path.open(encoding="utf-8-sig", newline="") as stream:
        reader = csv.reader(stream, strict=True)
        line = 1
        try:
            for cells in reader:
                if cells:
                    yield line, cells
                line = reader.line_num + 1
        except csv.Error as error:
            hint = 'A quote inside a quoted cell is written twice: "".'
            raise InputError(
                f"the record that begins here does not parse: {error}", at=Position(name, line), hint=hint
            ) from error
        except UnicodeDecodeError as error:
            raise _not_utf8(path, name) from error


def _not_utf8(path: Path, name: str) -> InputError:
    with path.open("rb") as stream:
        for number, raw in enumerate(stream, 1):
            try:
                raw.decode("utf-8")
            except UnicodeDecodeError as error:
                what = f"byte 0x{raw[error.start]:02X} is not UTF-8"
                return InputError(what, at=Position(name, number), hint="Save the file as UTF-8.")
    return InputError("is not UTF-8", at=Position(name), hint="Save the file as UTF-8.")


def _identifier(value: str) -> str:
    return '"' + value.replace('"', '""') + '"'

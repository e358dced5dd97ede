"""CSV read by DuckDB, where it reads as RFC 4180 says."""

from collections.abc import Sequence
from dataclasses import replace

import duckdb

from lod.engine import DuckDbEngine, sql_text
from lod.inputs.csv.file import CsvFile
from lod.inputs.csv.plain import plain_lines
from lod.inputs.csv.stray import record_shape, stray_note
from lod.inputs.csv.text import not_utf8
from lod.inputs.table import InputTable
from lod.mapping.model import Dialect
from lod.outcome import Note
from lod.term_table import ROW

_LONGEST_LINE = 8 * 1024 * 1024
_DELIMITERS, _QUOTES = (",", ";", "\t", "|"), ('"', None)


def read_fast(engine: DuckDbEngine, csv: CsvFile, wanted: Sequence[str]) -> InputTable | None:
    """Let DuckDB read the `wanted` columns; None where the file holds what DuckDB refuses or would pass over.

    A row's id in a new table is its place in the file: to number rows while they are read would take one thread alone.
    """
    line_feeds = _line_feeds(csv) if _is_usual(csv) else None
    if line_feeds is None:
        return None
    selected = [f"c{csv.header.index(column)} AS {_identifier(column)}" for column in wanted] or ["c0"]
    query = f"SELECT {', '.join(selected)} FROM {_reader(csv)}"  # noqa: S608  # every name is quoted
    name = engine.name("csv")
    try:
        engine.query(f"CREATE TABLE {name} AS {query}")
    except duckdb.Error:
        return None
    rows = engine.table(name)
    table = rows.select(**{ROW: rows.rowid() + 1}, **{column: rows[column] for column in wanted})
    [read] = engine.query(f"SELECT count(*) FROM {name}").fetchone()  # noqa: S608  # the name is ours
    return InputTable(table, csv.name, read, notes=_stray_quotes(engine, csv) if line_feeds > read + 1 else ())


def _is_usual(csv: CsvFile) -> bool:
    """Tell whether DuckDB reads the dialect, takes no blank line for a record, and the header for one line."""
    plain = replace(csv.dialect, delimiter=",", quote='"', header=True) == Dialect()
    marks = csv.dialect.delimiter in _DELIMITERS and csv.dialect.quote in _QUOTES
    return plain and marks and len(csv.header) > 1 and not any("\n" in name or "\r" in name for name in csv.header)


def _line_feeds(csv: CsvFile) -> int | None:
    try:
        return plain_lines(csv.file.path, csv.dialect.delimiter, csv.dialect.quote)
    except UnicodeDecodeError as error:
        raise not_utf8(csv.file.path, csv.name) from error


def _reader(csv: CsvFile) -> str:
    """Return the SQL that reads all columns as text, under the names c0, c1 and so on."""
    columns = ", ".join(f"c{index}: 'VARCHAR'" for index in range(len(csv.header)))
    quote = sql_text(csv.dialect.quote or "")
    return (
        f"read_csv({sql_text(str(csv.file.path))}, columns = {{{columns}}}, auto_detect = false, "
        f"header = {str(csv.dialect.header).lower()}, delim = {sql_text(csv.dialect.delimiter)}, quote = {quote}, "
        f"escape = {quote}, comment = '', nullstr = [{', '.join(map(sql_text, csv.nulls))}], encoding = 'utf-8', "
        f"strict_mode = true, null_padding = false, ignore_errors = false, max_line_size = {_LONGEST_LINE})"
    )


def _stray_quotes(engine: DuckDbEngine, csv: CsvFile) -> tuple[Note, ...]:
    shape = record_shape(csv.dialect.delimiter, len(csv.header))
    if shape is None:
        return ()
    found = (
        f"WHEN contains(c{index}, chr(10)) AND regexp_matches(c{index}, {sql_text(shape)}) THEN {index}"
        for index in range(len(csv.header))
    )
    query = (
        f"SELECT count(*), min(number), arg_min(place, number) FROM (SELECT row_number() OVER () AS number, "  # noqa: S608  # texts are quoted
        f"CASE {' '.join(found)} END AS place FROM {_reader(csv)}) WHERE place IS NOT NULL"
    )
    cells, number, place = engine.query(query).fetchone()
    return (stray_note(csv.name, number, csv.header[place], cells),) if cells else ()


def _identifier(value: str) -> str:
    return '"' + value.replace('"', '""') + '"'

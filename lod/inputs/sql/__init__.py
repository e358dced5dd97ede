"""Databases: the rows of a table or a query, streamed into the engine from a connection that only reads.

https://www.w3.org/TR/r2rml/#logical-tables
"""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

import ibis
import pyarrow as pa

from lod.engine import DuckDbEngine
from lod.errors import InputError, MappingError, Position, did_you_mean
from lod.inputs.sql.names import find_column, find_table
from lod.inputs.sql.session import Session
from lod.inputs.table import InputTable
from lod.mapping.model import Database, LogicalSource
from lod.term_table import ROW

__all__ = ["open_sql"]

_LONGEST_NAME = 80
_EXTRAS = {"postgresql": "postgres", "mysql": "mysql"}


class _Result(NamedTuple):
    """Rows, and of each reference of the mapping the column that it means."""

    rows: pa.RecordBatchReader
    found: dict[str, str]
    unread: tuple[str, ...]


def open_sql(engine: DuckDbEngine, root: Path, source: LogicalSource, columns: Sequence[str]) -> InputTable:
    """Read the `columns` (references) of a table's rows, or of a query's result, into a table.

    Rows are numbered as they come: a table's in the order of its primary key, a query's as the query orders them.
    Raises InputError where the database cannot be reached or does not run the query, or has no such table or column.
    """
    if source.database is None or not (source.query or source.iterator):
        raise MappingError("the source names no table and no query of a database", at=source.position)
    with _connected(source.database, root) as session, _telling(session, source):
        result = _queried(session, source, columns) if source.query else _table_rows(session, source, columns)
        table = engine.materialise("sql", _numbered(result))
    absent = {column: ibis.null("string") for column in columns if column not in result.found}
    count = int(table.count().to_pyarrow().as_py())
    file = root / source.database.address
    origin = file if file.is_file() else None
    name = _name(source.database, source)
    return InputTable(table.mutate(**absent), name, count, unread=result.unread, origin=origin)


@contextmanager
def _connected(database: Database, root: Path) -> Iterator[Session]:
    kind = _kind(database)
    with ExitStack() as stack:
        try:
            session = stack.enter_context(kind.connect(database, root))
        except kind.errors as error:
            raise InputError(f"cannot be opened: {kind.told(error, '')}", at=Position(database.address)) from error
        yield session


def _kind(database: Database) -> type[Session]:
    try:
        return _imported(database.kind)
    except ImportError as error:
        hint = f"pip install 'lod[{_EXTRAS[database.kind]}]'"
        raise InputError(f"its driver is missing ({error})", at=Position(database.address), hint=hint) from error


def _imported(kind: str) -> type[Session]:
    """Import what reads a kind of database, and its driver with it, which may be missing."""
    if kind == "sqlite":
        from lod.inputs.sql.sqlite import Sqlite

        return Sqlite
    if kind == "duckdb":
        from lod.inputs.sql.duckdb import DuckDB

        return DuckDB
    if kind == "postgresql":
        from lod.inputs.sql.postgresql import PostgreSQL

        return PostgreSQL
    from lod.inputs.sql.mysql import MySQL

    return MySQL


@contextmanager
def _telling(session: Session, source: LogicalSource) -> Iterator[None]:
    try:
        yield
    except session.errors as error:
        what = f"the database does not run it: {session.told(error, source.query or '')}"
        raise InputError(what, at=source.position) from error


def _queried(session: Session, source: LogicalSource, columns: Sequence[str]) -> _Result:
    rows = session.run(source.query or "")
    return _Result(rows, *_found(source, columns, rows.schema.names))


def _table_rows(session: Session, source: LogicalSource, columns: Sequence[str]) -> _Result:
    tables = session.tables()
    table = find_table(source.iterator or "", tables)
    if table is None:
        hint = did_you_mean(source.iterator or "", [".".join(name) for name in tables])
        raise InputError(f"there is no table {source.iterator!r}", at=source.position, hint=hint)
    name = ".".join(map(session.quoted, table))
    described = session.run(f"SELECT * FROM {name} WHERE 1 = 0").read_all()  # noqa: S608  # every name is quoted
    found, unread = _found(source, columns, described.schema.names)
    selected = ", ".join(map(session.quoted, dict.fromkeys(found.values()))) or "1"
    key = ", ".join(map(session.quoted, session.key(table)))
    order = f" ORDER BY {key}" if key else ""
    return _Result(session.run(f"SELECT {selected} FROM {name}{order}"), found, unread)  # noqa: S608  # the same


def _found(
    source: LogicalSource, columns: Sequence[str], names: Sequence[str]
) -> tuple[dict[str, str], tuple[str, ...]]:
    """Return the column that each reference means, and the columns that none does."""
    for index, taken in enumerate(names):
        if taken in names[:index]:
            hint = "Give one of them a name of its own: ... AS other_name"
            raise InputError(f"two columns of the result have the name {taken!r}", at=source.position, hint=hint)
    found: dict[str, str] = {}
    for column in columns:
        name = find_column(column, names)
        if name is not None:
            found[column] = name
        elif column not in source.optional:
            hint = did_you_mean(column, names) or f"There are: {', '.join(names)}."
            raise InputError(f"there is no column {column!r}", at=source.position, hint=hint)
    return found, tuple(name for name in names if name not in found.values())


def _numbered(result: _Result) -> pa.RecordBatchReader:
    """Return the rows with their number, a column per reference."""
    places = [result.rows.schema.names.index(name) for name in result.found.values()]
    types = [result.rows.schema.types[place] for place in places]
    schema = pa.schema([(ROW, pa.int64()), *zip(result.found, types, strict=True)])

    def batches() -> Iterator[pa.RecordBatch]:
        last = 0
        for batch in result.rows:
            numbers = pa.array(range(last + 1, last + 1 + batch.num_rows), pa.int64())
            yield pa.record_batch([numbers, *(batch.column(place) for place in places)], schema=schema)
            last += batch.num_rows

    return pa.RecordBatchReader.from_batches(schema, batches())


def _name(database: Database, source: LogicalSource) -> str:
    """Return what messages call the input: its database and table, or database and query."""
    text = " ".join((source.query or source.iterator or "").split())
    if len(text) > _LONGEST_NAME:
        text = f"{text[:_LONGEST_NAME]}… {sha256(text.encode()).hexdigest()[:8]}"
    return f"{database.address}#{text}"

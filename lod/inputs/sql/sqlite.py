"""SQLite, by the standard library.

https://www.sqlite.org/datatype3.html
A value has the natural datatype of its column's declared type, and where there is none (an expression, a type that SQL
does not know) that of the value itself. A binary value is one in any column.
"""

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pyarrow as pa

from lod.engine import BATCH_ROWS
from lod.inputs.sql.natural import BINARY, DOUBLE, INTEGER, TYPED, Natural, by_name, structs
from lod.inputs.sql.session import Column, Session, TableName, database_file, stream
from lod.mapping.model import Database

_BY_VALUE: dict[type, Natural] = {int: INTEGER, float: DOUBLE, bytes: BINARY}
_VIEW = '"#query"'  # a name that no table has
_TEXTS = ("char", "clob", "text")


class Sqlite(Session):
    """A SQLite file, opened read-only."""

    errors = (sqlite3.Error, sqlite3.Warning)

    @classmethod
    @contextmanager
    def connect(cls, database: Database, root: Path) -> Iterator[Session]:
        """Open a file, and see that it is a database."""
        path = database_file(database, root)
        with closing(sqlite3.connect(f"file:{quote(str(path))}?mode=ro", uri=True)) as connection:
            connection.execute("PRAGMA schema_version")
            yield cls(connection)

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def tables(self) -> list[TableName]:
        """Return them from the file's own schema."""
        named = self._connection.execute("SELECT name FROM sqlite_master WHERE type IN ('table', 'view')").fetchall()
        return [*((name,) for (name,) in named), *(("main", name) for (name,) in named)]

    def run(self, query: str) -> pa.RecordBatchReader:
        """Run a SELECT."""
        declared = self._declared(query)
        cursor = self._connection.execute(query)
        names = [name for name, *_ in cursor.description]
        columns = [_column(name, type_name) for name, type_name in zip(names, declared, strict=True)]
        return stream(columns, lambda: cursor.fetchmany(BATCH_ROWS))

    def _declared(self, query: str) -> list[str]:
        """Return the declared types of a query's columns, which SQLite tells of a view; only a SELECT makes one."""
        self._connection.execute(f"CREATE TEMP VIEW {_VIEW} AS {query}")
        types = [row[2] for row in self._connection.execute(f"PRAGMA temp.table_info({_VIEW})")]
        self._connection.execute(f"DROP VIEW temp.{_VIEW}")
        return types


def _column(name: str, declared: str) -> Column:
    natural = by_name(declared)
    if natural in (None, BINARY) and not any(word in declared.lower() for word in _TEXTS):
        return _Untyped(name)
    return _Declared(name, natural)


class _Declared(Column):
    def array(self, cells: Iterable[Any]) -> pa.Array:
        return super().array([_text(cell) for cell in cells])


class _Untyped(Column):
    @property
    def type(self) -> pa.DataType:
        return TYPED

    def array(self, cells: Iterable[Any]) -> pa.Array:
        naturals = [(cell, _BY_VALUE.get(type(cell))) for cell in cells]
        texts = [natural.spell(_text(cell)) if natural else cell for cell, natural in naturals]
        datatypes = [natural.datatype if natural else None for _, natural in naturals]
        return structs(pa.array(texts, pa.string()), pa.array(datatypes, pa.string()))


def _text(cell: Any) -> Any:
    """Return a number or binary value as the text that natural datatypes are spelled from."""
    if isinstance(cell, bytes):
        return cell.hex()
    return repr(cell) if isinstance(cell, int | float) else cell

"""PostgreSQL, by psycopg: a read-only transaction and a cursor on the server, every value as the server's own text.

https://www.psycopg.org/psycopg3/docs/
A password that the mapping does not name comes from PGPASSWORD or ~/.pgpass, as libpq has it.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
import pyarrow as pa
from psycopg.types.string import TextLoader

from lod.engine import BATCH_ROWS
from lod.inputs.sql.natural import by_name
from lod.inputs.sql.session import Column, Session, TableName, stream
from lod.mapping.model import Database

_DECLARE = "DECLARE rows NO SCROLL CURSOR FOR "
_SETTINGS = "SET TimeZone = 'UTC'; SET DateStyle = 'ISO'; SET IntervalStyle = 'iso_8601'; SET bytea_output = 'hex'"
_TABLES = """
    SELECT nspname, relname, pg_table_is_visible(pg_class.oid)
    FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace
    WHERE relkind IN ('r', 'v', 'm', 'f', 'p')
"""
_KEY = """
    SELECT attname FROM pg_index JOIN pg_attribute ON attrelid = indrelid AND attnum = ANY(indkey)
    WHERE indisprimary AND indrelid = %s::regclass ORDER BY array_position(indkey::int2[], attnum)
"""


class PostgreSQL(Session):
    """A PostgreSQL server."""

    errors = (psycopg.Error, UnicodeDecodeError)

    @classmethod
    @contextmanager
    def connect(cls, database: Database, root: Path) -> Iterator[Session]:  # noqa: ARG003  # a server is no file
        """Connect to a server."""
        with psycopg.connect(
            database.address,
            user=database.user,
            password=database.password,
            application_name="lod",
            client_encoding="utf8",
        ) as connection:
            connection.read_only = True
            connection.execute(_SETTINGS)
            yield cls(connection)

    def __init__(self, connection: psycopg.Connection[Any]) -> None:
        self._connection = connection

    def tables(self) -> list[TableName]:
        """Return those of every schema; without it those on the search path."""
        named = self._connection.execute(_TABLES).fetchall()
        return [*((table,) for _, table, visible in named if visible), *((schema, table) for schema, table, _ in named)]

    def key(self, table: TableName) -> list[str]:
        """Return the primary key."""
        name = ".".join(map(self.quoted, table))
        return [column for (column,) in self._connection.execute(_KEY, [name]).fetchall()]

    def run(self, query: str) -> pa.RecordBatchReader:
        """Run a SELECT by a cursor on the server."""
        cursor = self._connection.execute("CLOSE ALL")
        cursor.execute((_DECLARE + query).encode(), prepare=True)  # prepared, it can be no more than one statement
        described = cursor.execute("FETCH 0 FROM rows").description or ()
        for column in described:
            cursor.adapters.register_loader(column.type_code, TextLoader)
        columns = [Column(each.name, by_name(each.type_display)) for each in described]
        return stream(columns, lambda: cursor.execute(f"FETCH {BATCH_ROWS} FROM rows").fetchall())

    @classmethod
    def told(cls, error: Exception, query: str) -> str:
        """Return the message, with the place in the query."""
        if not isinstance(error, psycopg.Error) or not error.diag.message_primary:
            return str(error)
        message, position = error.diag.message_primary, error.diag.statement_position
        if not position or not query:
            return message
        before = query[: int(position) - len(_DECLARE) - 1]
        line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
        return f"{message} (line {line}, column {column} of the query)"

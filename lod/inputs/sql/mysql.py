"""MySQL and MariaDB, by PyMySQL: a read-only session, rows as they come, every value as the server's own text.

https://pymysql.readthedocs.io/
A password that the mapping does not name comes from MYSQL_PWD, as MySQL's own programs have it.
"""

import os
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pyarrow as pa
import pymysql
from pymysql.connections import TEXT_TYPES
from pymysql.constants import FIELD_TYPE, FLAG
from pymysql.converters import encoders
from pymysql.cursors import SSCursor

from lod.engine import BATCH_ROWS
from lod.inputs.sql.natural import BINARY, BOOLEAN, DATE, DATE_TIME, DECIMAL, DOUBLE, INTEGER, TIME, Natural
from lod.inputs.sql.session import Column, Session, TableName, stream
from lod.mapping.model import Database

_NATURAL: dict[int, Natural] = {
    **dict.fromkeys((FIELD_TYPE.TINY, FIELD_TYPE.SHORT, FIELD_TYPE.INT24, FIELD_TYPE.LONG), INTEGER),
    FIELD_TYPE.LONGLONG: INTEGER,
    **dict.fromkeys((FIELD_TYPE.DECIMAL, FIELD_TYPE.NEWDECIMAL), DECIMAL),
    **dict.fromkeys((FIELD_TYPE.FLOAT, FIELD_TYPE.DOUBLE), DOUBLE),
    **dict.fromkeys((FIELD_TYPE.DATE, FIELD_TYPE.NEWDATE), DATE),
    FIELD_TYPE.TIME: TIME,
    **dict.fromkeys((FIELD_TYPE.DATETIME, FIELD_TYPE.TIMESTAMP), DATE_TIME),
}
_NO_CHARACTERS = 63  # the character set "binary"
_TABLES = """
    SELECT table_schema, table_name, table_schema = database() FROM information_schema.tables
    WHERE table_schema NOT IN ('information_schema', 'mysql', 'performance_schema', 'sys')
"""
_KEY = """
    SELECT column_name FROM information_schema.key_column_usage
    WHERE constraint_name = 'PRIMARY' AND table_schema = COALESCE(%s, database()) AND table_name = %s
    ORDER BY ordinal_position
"""


class MySQL(Session):
    """A MySQL or MariaDB server."""

    errors = (pymysql.Error, UnicodeDecodeError)

    @classmethod
    @contextmanager
    def connect(cls, database: Database, root: Path) -> Iterator[Session]:  # noqa: ARG003  # a server is no file
        """Connect to a server."""
        url = urlsplit(database.address)
        connection = pymysql.connect(
            host=url.hostname,
            port=url.port or 3306,
            database=url.path.lstrip("/") or None,
            user=database.user,
            password=database.password or os.environ.get("MYSQL_PWD", ""),
            charset="utf8mb4",
            conv=encoders,
        )
        with closing(connection), closing(_Cursor(connection)) as cursor:
            connection.query("SET SESSION TRANSACTION READ ONLY")
            yield cls(connection, cursor)

    def __init__(self, connection: Any, cursor: "_Cursor") -> None:
        self._connection, self._cursor = connection, cursor

    def tables(self) -> list[TableName]:
        """Return those of every database; without its name those of the one that is connected to."""
        named = self._rows(_TABLES)
        return [*((table,) for _, table, own in named if own == "1"), *((schema, table) for schema, table, _ in named)]

    def key(self, table: TableName) -> list[str]:
        """Return the primary key."""
        *schema, name = table
        return [column for (column,) in self._rows(_KEY, schema[0] if schema else None, name)]

    @staticmethod
    def quoted(name: str) -> str:
        """Return a name in back-ticks, which delimit one whatever the SQL mode."""
        return "`" + name.replace("`", "``") + "`"

    def run(self, query: str) -> pa.RecordBatchReader:
        """Run a SELECT; the rows are not held back."""
        self._cursor.execute(query)
        if self._cursor.description is None:
            raise pymysql.ProgrammingError("a query is one SELECT")
        return stream(self._cursor.columns(), lambda: self._cursor.fetchmany(BATCH_ROWS))

    @classmethod
    def told(cls, error: Exception, query: str) -> str:
        """Return the message without its number."""
        return str(error.args[-1]) if isinstance(error, pymysql.Error) else super().told(error, query)

    def _rows(self, query: str, *values: str | None) -> list[tuple[str, ...]]:
        with self._connection.cursor() as cursor:
            cursor.execute(query, values)
            return list(cursor.fetchall())


class _Cursor(SSCursor):  # type: ignore[misc]  # PyMySQL ships no types
    """A cursor that holds no rows back, tells its columns, and can be closed before the last row."""

    def columns(self) -> list[Column]:
        return [_column(field) for field in self._result.fields]

    def close(self) -> None:
        """Leave the rest unread, which PyMySQL would wait for: the connection is closed next."""
        if self._result is not None:
            self._result.unbuffered_active = False
        super().close()


def _column(field: Any) -> Column:
    """Return a column of a result.

    BOOLEAN is MySQL's other name of TINYINT(1); binary values have the types of texts, in no character set.
    """
    if field.type_code == FIELD_TYPE.TINY and field.length == 1 and not field.flags & FLAG.UNSIGNED:
        return Column(field.name, BOOLEAN)
    if field.type_code == FIELD_TYPE.BIT:
        return _Bytes(field.name, BOOLEAN if field.length == 1 else BINARY)
    if field.type_code in TEXT_TYPES and field.charsetnr == _NO_CHARACTERS:
        return _Bytes(field.name, BINARY)
    return Column(field.name, _NATURAL.get(field.type_code))


class _Bytes(Column):
    def array(self, cells: Iterable[Any]) -> pa.Array:
        return super().array([cell if cell is None else cell.hex() for cell in cells])

"""DuckDB files, in a database of their own that reaches no other file and no network.

https://duckdb.org/docs/stable/operations_manual/securing_duckdb/overview
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import duckdb
import pyarrow as pa

from lod.engine import BATCH_ROWS, sql_text
from lod.inputs.sql.natural import BINARY, by_name
from lod.inputs.sql.session import Column, Session, TableName, database_file
from lod.mapping.model import Database

_LOCKED = "SET enable_external_access = false; SET TimeZone = 'UTC'; SET lock_configuration = true"
_TABLES = """
    SELECT table_schema, table_name, table_schema = current_schema() FROM information_schema.tables
    WHERE table_catalog = current_database()
"""
_VIEW = '"#query"'  # a name that no table has


class DuckDB(Session):
    """A DuckDB file, opened read-only."""

    errors = (duckdb.Error,)

    @classmethod
    @contextmanager
    def connect(cls, database: Database, root: Path) -> Iterator[Session]:
        """Attach a file to an empty database: DuckDB shares databases that it opens by name within a process."""
        path = database_file(database, root)
        name = cls.quoted(path.stem)
        with duckdb.connect(config={"autoinstall_known_extensions": False, "temp_directory": ""}) as connection:
            connection.execute(f"ATTACH {sql_text(str(path))} AS {name} (READ_ONLY); USE {name}; {_LOCKED}")
            yield cls(connection)

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._connection = connection

    def tables(self) -> list[TableName]:
        """Return those of every schema."""
        named = self._connection.execute(_TABLES).fetchall()
        return [*((table,) for _, table, current in named if current), *((schema, table) for schema, table, _ in named)]

    def run(self, query: str) -> pa.RecordBatchReader:
        """Run a SELECT; DuckDB itself writes the values as texts."""
        if len(self._connection.extract_statements(query)) != 1:
            raise duckdb.InvalidInputException("a query is one SELECT")
        described = self._connection.execute(f"DESCRIBE {query}").fetchall()
        columns = [Column(name, by_name(type_name)) for name, type_name, *_ in described]
        names = [f"c{number}" for number in range(len(columns))]
        self._connection.execute(f"CREATE OR REPLACE TEMP VIEW {_VIEW}({', '.join(names)}) AS {query}")
        texts = ", ".join(map(_text, names, columns))
        rows = self._connection.execute(f"SELECT {texts} FROM {_VIEW}")  # noqa: S608  # names of ours
        return _typed(columns, rows.to_arrow_reader(BATCH_ROWS))


def _text(name: str, column: Column) -> str:
    return f"hex({name})" if column.natural == BINARY else f"CAST({name} AS VARCHAR)"


def _typed(columns: Sequence[Column], texts: pa.RecordBatchReader) -> pa.RecordBatchReader:
    schema = pa.schema([(column.name, column.type) for column in columns])
    batches = (
        pa.record_batch([column.typed(array) for column, array in zip(columns, batch, strict=True)], schema=schema)
        for batch in texts
    )
    return pa.RecordBatchReader.from_batches(schema, batches)

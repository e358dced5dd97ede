"""DuckDB behind Ibis: the embedded engine."""

import os
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import duckdb
import ibis
import ibis.expr.operations as ops
import ibis.expr.types as ir
import pyarrow as pa
from ibis.backends.duckdb import Backend

from lod.engine.base import BATCH_ROWS, Engine, Facts, table_name
from lod.errors import EngineError


class DuckDbEngine(Engine):
    """One DuckDB database that spills to a folder of its own; use it as a context."""

    def __init__(self, backend: Backend, folder: Path) -> None:
        super().__init__()
        self._backend = backend
        self._folder = folder
        self._expressions: dict[str, ir.Table] = {}
        self._views: set[str] = set()
        self._declared: set[str] = set()

    def new_file(self) -> Path:
        """Return a path for a file that is gone when the engine closes."""
        return self._folder / self.name("file")

    def table(self, name: str) -> ir.Table:
        """Return the expression that reads a table."""
        return self._backend.table(name)

    def materialise(self, stem: str, expression: ir.Table | pa.Table | pa.RecordBatchReader) -> ir.Table:
        """Compute an expression once, or take in a stream of batches, into a table of the engine."""
        name = self.name(stem)
        if isinstance(expression, pa.RecordBatchReader):
            return self._streamed(name, expression)
        if not isinstance(expression, ir.Table):
            return self._backend.create_table(name, expression)
        self._expressions[name] = expression
        self.query(f"CREATE TABLE {name} AS {self._spoken(expression)}")  # in half of the time that Ibis takes
        return self.table(name)

    def defer(self, stem: str, expression: ir.Table) -> ir.Table:
        """Name an expression, as a view."""
        view = self.view(stem, self._spoken(expression))
        self._expressions[table_name(view)] = expression
        return view

    def insert(self, stem: str, name: str | None, rows: pa.Table) -> str:
        """Put rows into a table of the engine (None: a new one), and return its name."""
        if name is None:
            name = self.name(stem)
            statement = f"CREATE TABLE {name} AS FROM batch"
        else:
            statement = f"INSERT INTO {name} FROM batch"
        with _enough_memory():
            self._backend.con.cursor().register("batch", rows).execute(statement)
        return name

    def drop(self, table: ir.Table) -> None:
        """Give back the memory of a table under this expression, where it is one that nothing reads any more."""
        for name in {str(node.name) for node in table.op().find(ops.DatabaseTable)}:
            drop = self._backend.drop_view if name in self._views else self._backend.drop_table
            drop(name, force=True)

    def sql(self, name: str) -> str:
        """Return the query that a table was computed by."""
        return str(ibis.to_sql(self._expressions[name], dialect="duckdb"))

    def _streamed(self, name: str, batches: pa.RecordBatchReader) -> ir.Table:
        """Fill a table batch by batch: Ibis would ask for the whole stream in memory."""
        table = self._backend.create_table(name, batches.schema.empty_table())
        for batch in batches:
            self.insert(name, name, pa.Table.from_batches([batch]))
        return table

    def define(self, stem: str, sql: str) -> str:
        """Name a query."""
        name = self.name(stem)
        self.query(f"CREATE VIEW {name} AS\n{sql}")
        self._views.add(name)
        return name

    def compute(self, stem: str, sql: str) -> str:
        """Compute a query once; return the name of its table."""
        name = self.name(stem)
        self.query(f"CREATE TABLE {name} AS\n{sql}")
        return name

    def answers(self, sql: str) -> Iterator[dict[str, Any]]:
        """Yield the rows of a query."""
        for batch in self.query(sql).to_arrow_reader(BATCH_ROWS):
            yield from batch.to_pylist()

    def declare(self, name: str, function: Callable[..., pa.Array], arity: int) -> None:
        """Make a function of Arrow arrays known by a name."""
        if name not in self._declared:
            self._declared.add(name)
            kinds = ["VARCHAR"] * arity
            # DuckDB's default forbids a function to answer null, so nulls come in too.
            self._backend.con.create_function(name, function, kinds, "TINYINT", type="arrow", null_handling="special")

    def union(self, stem: str, tables: Sequence[ir.Table]) -> ir.Table:
        """Return the expression that reads all rows of tables; a view, as Ibis would compile it anew for each query."""
        return self.view(stem, "\nUNION ALL\n".join(str(ibis.to_sql(table, dialect="duckdb")) for table in tables))

    def read(self, reader: "Callable[[DuckDbEngine], tuple[ir.Table, Facts]]") -> tuple[ir.Table, Facts]:
        """Run a reader of files here."""
        return reader(self)

    def _spoken(self, expression: ir.Table) -> str:
        """Return an expression as SQL, after the functions of ours that it calls are known to DuckDB."""
        self._backend._register_udfs(expression)  # Ibis has no public way that does not run the expression
        return str(self._backend.compile(expression))

    def query(self, sql: str) -> Any:
        """Run SQL that needs DuckDB's own functions, such as its CSV reader; return the cursor.

        Raises EngineError where that takes more memory than there may be.
        """
        with _enough_memory():
            return self._backend.con.cursor().execute(sql)

    def rows(self, expression: ir.Table) -> list[dict[str, Any]]:
        """Return the rows of a small result."""
        return list(self.query(self._spoken(expression)).to_arrow_table().to_pylist())

    def batches(self, expression: ir.Table) -> Iterator[pa.RecordBatch]:
        """Stream a result in Arrow batches, through a cursor of its own so that no other statement ends the stream."""
        yield from self.query(self._spoken(expression)).to_arrow_reader(BATCH_ROWS)


@contextmanager
def open_engine(memory: str | None = None, usual: int | None = None) -> Iterator[DuckDbEngine]:
    """Open an engine; `memory` is DuckDB's limit, such as "2GB" (default: `usual` bytes, and at most 60 % of all).

    Raises EngineError where that is no size.
    """
    if memory and not re.fullmatch(r"[0-9]+(?:\.[0-9]+)? ?[KMGT]i?B", memory):
        raise EngineError(f"{memory!r} is no size of memory", hint="Write it as 800MB or 2GB.")
    with TemporaryDirectory(prefix="lod-") as folder:
        most = _machine_memory() * 6 // 10
        limit = memory or f"{min(usual or most, most)}B"
        backend = ibis.duckdb.connect(memory_limit=limit, temp_directory=folder)
        try:
            yield DuckDbEngine(backend, Path(folder))
        finally:
            backend.disconnect()


@contextmanager
def _enough_memory() -> Iterator[None]:
    try:
        yield
    except duckdb.OutOfMemoryException as error:
        hint = "Allow more: --memory 4GB (lod map, lod validate)."
        raise EngineError("there is not enough memory for this", hint=hint) from error


def _machine_memory() -> int:
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")


def sql_text(value: str) -> str:
    """Return a text as an SQL literal."""
    return "'" + value.replace("'", "''") + "'"

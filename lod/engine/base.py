"""What every engine does, whatever it runs on."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

import ibis.expr.types as ir
import pyarrow as pa

if TYPE_CHECKING:
    from lod.engine.duckdb import DuckDbEngine

BATCH_ROWS = 10_000

Facts = TypeVar("Facts")


class Engine(ABC):
    """Holds tables, and computes Ibis expressions over them; what runs on one engine runs on each."""

    def __init__(self) -> None:
        self._count = 0

    def name(self, stem: str) -> str:
        """Return a table name that is not taken."""
        self._count += 1
        return f"{stem}_{self._count}"

    @abstractmethod
    def table(self, name: str) -> ir.Table:
        """Return the expression that reads a table."""

    @abstractmethod
    def materialise(self, stem: str, expression: ir.Table | pa.Table) -> ir.Table:
        """Compute an expression once, or take in an Arrow table, into a table of the engine."""

    def defer(self, stem: str, expression: ir.Table) -> ir.Table:
        """Name an expression that costs less to compute each time than to keep, where the engine finds so too."""
        return self.materialise(stem, expression)

    @abstractmethod
    def drop(self, table: ir.Table) -> None:
        """Give back the memory of a table under this expression, where it is one that nothing reads any more."""

    @abstractmethod
    def define(self, stem: str, sql: str) -> str:
        """Name a query, written in SQL that every engine knows; who reads it by its name computes it anew."""

    def view(self, stem: str, sql: str) -> ir.Table:
        """Return the expression that reads a query, written in SQL that every engine knows, each time anew."""
        return self.table(self.define(stem, sql))

    @abstractmethod
    def compute(self, stem: str, sql: str) -> str:
        """Compute a query, written in SQL that every engine knows, once; return the name of its table."""

    @abstractmethod
    def answers(self, sql: str) -> Iterator[dict[str, Any]]:
        """Yield the rows of a query, written in SQL that every engine knows, in its order."""

    @abstractmethod
    def declare(self, name: str, function: Callable[..., pa.Array], arity: int) -> None:
        """Make a function of so many Arrow arrays of texts, which answers int8, known to SQL by a name."""

    def is_empty(self, table: str) -> bool:
        """Whether a table has no rows."""
        return next(self.answers(f"SELECT 1 AS one FROM {table} LIMIT 1"), None) is None  # noqa: S608  # a name of ours

    @abstractmethod
    def union(self, stem: str, tables: Sequence[ir.Table]) -> ir.Table:
        """Return the expression that reads all rows of tables with the same columns, each time anew."""

    @abstractmethod
    def read(self, reader: "Callable[[DuckDbEngine], tuple[ir.Table, Facts]]") -> tuple[ir.Table, Facts]:
        """Run a reader of files, which gives a table of a DuckDB engine and facts about it; return both, as ours.

        The reader runs where the work is done: it, its facts, and each LodError that it raises can be pickled.
        """

    @abstractmethod
    def rows(self, expression: ir.Table) -> list[dict[str, Any]]:
        """Return the rows of a small result."""

    @abstractmethod
    def batches(self, expression: ir.Table) -> Iterator[pa.RecordBatch]:
        """Stream a result in Arrow batches, in its order; other statements may run meanwhile."""

    def flags(self, rows: ir.Table, conditions: Sequence[ir.BooleanValue]) -> list[bool]:
        """Return of each condition whether it holds in any row: one pass, so that what is clean costs little."""
        if not conditions:
            return []
        asked = rows.aggregate(**{f"flag{number}": condition.any() for number, condition in enumerate(conditions)})
        return [bool(flag) for flag in self.rows(asked)[0].values()]


class Cluster(Engine):
    """An engine of many machines, which writes what it holds where it holds it."""

    @abstractmethod
    def parts(
        self, rows: ir.Table, order: Sequence[str], write: Callable[[Iterator[pa.RecordBatch]], str]
    ) -> list[str]:
        """Sort the distinct rows over all machines, and have a task each write a part; return what each answers.

        Rows that agree in the first column of `order` stand in one part. The answers come in the order of the parts.
        """


def table_name(table: ir.Table) -> str:
    """Return the name of a materialised table, without its database and schema."""
    return str(table.op().name)


def union(tables: Sequence[ir.Table]) -> ir.Table:
    """Return all rows of tables with the same columns, one at least."""
    return tables[0].union(*tables[1:]) if len(tables) > 1 else tables[0]

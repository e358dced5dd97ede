"""Tables of a Spark session: each a temporary view over a frame that Spark keeps, in memory or on its disks."""

import pickle
from collections.abc import Callable, Iterator, Sequence
from functools import partial, reduce
from typing import Any

import ibis
import ibis.expr.operations as ops
import ibis.expr.types as ir
import pyarrow as pa
from ibis.backends.pyspark.datatypes import PySparkSchema, PySparkType
from pyspark import StorageLevel
from pyspark.sql import DataFrame, SparkSession

from lod.engine.base import BATCH_ROWS, Cluster, Facts, table_name
from lod.engine.duckdb import DuckDbEngine
from lod.engine.spark import tasks
from lod.engine.spark.functions import Functions, in_re2, spoken
from lod.errors import LodError

_SETTINGS = {
    "spark.sql.caseSensitive": "true",
    "spark.sql.variable.substitute": "false",  # else "${x}" within a text is no text
    "spark.sql.execution.arrow.maxRecordsPerBatch": str(BATCH_ROWS),
}


class SparkEngine(Cluster):
    """The tables that one run makes in a Spark session."""

    def __init__(self, session: SparkSession) -> None:
        super().__init__()
        self._session, self._functions = session, Functions(session)
        self._kept: dict[str, DataFrame] = {}
        for key, value in _SETTINGS.items():
            session.conf.set(key, value)

    def close(self) -> None:
        """Let Spark forget what it kept."""
        for frame in self._kept.values():
            frame.unpersist()

    def table(self, name: str) -> ir.Table:
        """Return the expression that reads a table."""
        columns = PySparkType.to_ibis(self._session.table(name).schema)
        return ibis.table(ibis.schema(columns), name=name)

    def materialise(self, stem: str, expression: ir.Table | pa.Table) -> ir.Table:
        """Compute an expression once, or take in an Arrow table."""
        if isinstance(expression, pa.Table):
            return self._named(stem, self._session.createDataFrame(expression))
        return self._kept_as(stem, self._frame(expression))

    def drop(self, table: ir.Table) -> None:
        """Have Spark forget a kept table under this expression."""
        for name in {str(node.name) for node in table.op().find(ops.UnboundTable)}:
            if name in self._kept:
                self._kept.pop(name).unpersist()

    def define(self, stem: str, sql: str) -> str:
        """Name a query."""
        return table_name(self._named(stem, self._asked(sql)))

    def compute(self, stem: str, sql: str) -> str:
        """Compute a query once; return the name of its table."""
        return table_name(self._kept_as(stem, self._asked(sql)))

    def answers(self, sql: str) -> Iterator[dict[str, Any]]:
        """Yield the rows of a query."""
        for batch in self._streamed(self._asked(sql)):
            yield from batch.to_pylist()

    def declare(self, name: str, function: Callable[..., pa.Array], arity: int) -> None:
        """Make a function of Arrow arrays known by a name."""
        self._functions.declare(name, function, [pa.string()] * arity, "tinyint")

    def union(self, stem: str, tables: Sequence[ir.Table]) -> ir.Table:
        """Return the expression that reads all rows of tables."""
        return self._named(stem, reduce(DataFrame.unionByName, map(self._frame, tables)))

    def read(self, reader: Callable[[DuckDbEngine], tuple[ir.Table, Facts]]) -> tuple[ir.Table, Facts]:
        """Run a reader of files in a task of its own, and spread the batches that it gives over the cluster."""
        spread = self._session.sparkContext.defaultParallelism
        opened = self._session.range(0, 1, 1, 1).mapInArrow(partial(tasks.opened, reader), tasks.OPENED)
        kept = opened.repartition(spread).persist(StorageLevel.MEMORY_AND_DISK)
        [row] = kept.where("told IS NOT NULL").collect()
        told = pickle.loads(row.told)  # noqa: S301  # our own task wrote it
        if isinstance(told, LodError):
            raise told
        schema, facts = told
        batches = kept.where("batch IS NOT NULL").select("batch")
        return self._named("input", batches.mapInArrow(tasks.unpacked, PySparkSchema.from_ibis(schema)), kept), facts

    def rows(self, expression: ir.Table) -> list[dict[str, Any]]:
        """Return the rows of a small result."""
        return list(self._frame(expression).toArrow().to_pylist())

    def batches(self, expression: ir.Table) -> Iterator[pa.RecordBatch]:
        """Stream a result in Arrow batches, one part of it after the other."""
        return self._streamed(self._frame(expression))

    def parts(
        self, rows: ir.Table, order: Sequence[str], write: Callable[[Iterator[pa.RecordBatch]], str]
    ) -> list[str]:
        """Sort the distinct rows over the cluster: in ranges of the first column, each range by all."""
        ranges = self._frame(rows).repartitionByRange(order[0]).distinct().sortWithinPartitions(*order)
        answers = ranges.mapInArrow(partial(tasks.answered, write), tasks.ANSWERED).collect()
        return [row.answer for row in sorted(answers)]

    def _frame(self, expression: ir.Table) -> DataFrame:
        asked = in_re2(expression)
        self._functions.register(asked)
        return self._session.sql(ibis.to_sql(asked, dialect="pyspark"))

    def _asked(self, sql: str) -> DataFrame:
        """Return what a query answers that is written in SQL of every engine, which is DuckDB's."""
        return self._session.sql(spoken(sql))

    def _streamed(self, frame: DataFrame) -> Iterator[pa.RecordBatch]:
        for row in frame.mapInArrow(tasks.packed, tasks.PACKED).toLocalIterator():
            yield from tasks.unpack(row.batch)

    def _kept_as(self, stem: str, frame: DataFrame) -> ir.Table:
        frame = frame.persist(StorageLevel.MEMORY_AND_DISK)
        frame.count()  # now, as what it is computed from may be dropped next
        return self._named(stem, frame, frame)

    def _named(self, stem: str, frame: DataFrame, kept: DataFrame | None = None) -> ir.Table:
        """Name a frame; `kept` is what Spark keeps of it or under it, until the table is dropped."""
        name = self.name(stem)
        frame.createTempView(name)
        if kept is not None:
            self._kept[name] = kept
        return self.table(name)

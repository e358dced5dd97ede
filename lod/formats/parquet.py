"""Parquet: the triples view as a table, a row a statement, for DuckDB, Polars and Spark. https://parquet.apache.org/docs/."""

from typing import BinaryIO

import pyarrow as pa
import pyarrow.parquet as pq

from lod.behind import Behind
from lod.formats.sink import Prologue
from lod.quad import SCHEMA
from lod.rows import Rows

_GROUP_ROWS = 1_000_000


class ParquetSink:
    """Writes the columns of `quad.SCHEMA`, compressed by zstd, in groups of a million statements."""

    def start(self, stream: BinaryIO, _prologue: Prologue) -> None:
        """Open a writer on the stream."""
        self._writer = pq.ParquetWriter(stream, SCHEMA, compression="zstd")
        self._encode = Behind(self._writer.write_table)
        self._waiting: list[pa.RecordBatch] = []

    def take_rows(self, rows: Rows) -> None:
        """Write rows as their statements."""
        self.take(rows.statements())

    def take(self, batch: pa.RecordBatch) -> None:
        """Hold statements until they make a group."""
        self._waiting.append(batch)
        if sum(map(len, self._waiting)) >= _GROUP_ROWS:
            self._write()

    def finish(self) -> None:
        """Write the last group and the file's footer."""
        self._write()
        self._encode.close()
        self._writer.close()

    def _write(self) -> None:
        table = pa.Table.from_batches(self._waiting, SCHEMA)
        self._waiting = []
        if len(table):
            self._encode(table, len(table))

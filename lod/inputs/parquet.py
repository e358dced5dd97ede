"""Parquet: typed columns with their natural datatypes, read batch by batch.

https://parquet.apache.org/docs/file-format/
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import ibis
import pyarrow as pa
import pyarrow.compute as pc

from lod.engine import BATCH_ROWS, DuckDbEngine
from lod.errors import InputError, Position
from lod.inputs.files import InputFile
from lod.inputs.header import check_columns
from lod.inputs.table import InputTable
from lod.inputs.typed import natural
from lod.mapping.model import LogicalSource
from lod.outcome import Rejection, shorten
from lod.term_table import ROW


def open_parquet(engine: DuckDbEngine, file: InputFile, source: LogicalSource, columns: Sequence[str]) -> InputTable:
    """Read the `columns` of a Parquet file into a table.

    Raises InputError where the file is not Parquet, a needed column is missing, or one has values without an RDF form.
    """
    import pyarrow.parquet as pq

    try:
        with pq.ParquetFile(file.path) as opened:
            header = opened.schema_arrow.names
            check_columns(header, columns, source.optional, Position(file.name))
            reading = _Reading(file, opened, [column for column in columns if column in header], source.nulls)
            table = engine.materialise("parquet", reading.stream())
            read = opened.metadata.num_rows
    except (pa.ArrowException, OSError) as error:
        raise InputError(f"is not read as Parquet: {error}", at=Position(file.name)) from error
    absent = {column: ibis.null("string") for column in columns if column not in header}
    unread = tuple(column for column in header if column not in columns)
    return InputTable(table.mutate(**absent), file.name, read, tuple(reading.rejections), unread)


@dataclass
class _Reading:
    """One pass over a file, and the records that no RDF text can hold."""

    file: InputFile
    opened: Any  # a pyarrow.parquet.ParquetFile
    wanted: Sequence[str]
    nulls: Sequence[str]
    rejections: list[Rejection] = field(default_factory=list)

    def stream(self) -> pa.RecordBatchReader:
        columns = [(name, self._type(name)) for name in self.wanted]
        schema = pa.schema([(ROW, pa.int64()), *columns])
        return pa.RecordBatchReader.from_batches(schema, self._batches(schema))

    def _type(self, name: str) -> pa.DataType:
        """Return the type that a column has in the table."""
        try:
            return natural(pa.array([], self.opened.schema_arrow.field(name).type)).type
        except TypeError as error:
            raise InputError(str(error), at=Position(self.file.name, column=name)) from error

    def _batches(self, schema: pa.Schema) -> Iterator[pa.RecordBatch]:
        first = 1
        for batch in self.opened.iter_batches(BATCH_ROWS, columns=self.wanted):
            numbers = pa.array(range(first, first + batch.num_rows), pa.int64())
            columns = [self._without_nulls(natural(batch.column(name))) for name in self.wanted]
            yield self._sound(pa.record_batch([numbers, *columns], schema))
            first += batch.num_rows

    def _without_nulls(self, values: pa.Array) -> pa.Array:
        """Let what the mapping calls null be null."""
        if not self.nulls or pa.types.is_list(values.type):
            return values
        texts = values.field("text") if pa.types.is_struct(values.type) else values
        return pc.if_else(pc.is_in(texts, pa.array(self.nulls)), None, values)

    def _sound(self, batch: pa.RecordBatch) -> pa.RecordBatch:
        """Return the rows without those that hold a NUL character, which are rejected."""
        bad = pa.array([False] * batch.num_rows)
        for name in self.wanted:
            if pa.types.is_string(batch.column(name).type):
                found = pc.fill_null(pc.match_substring(batch.column(name), "\0"), False)
                self.rejections += [self._rejection(row, name) for row in batch.filter(found).to_pylist()]
                bad = pc.or_(bad, found)
        return batch.filter(pc.invert(bad))

    def _rejection(self, row: dict[str, Any], column: str) -> Rejection:
        return Rejection(self.file.name, row[ROW], column, shorten(row[column]), "holds a NUL character")

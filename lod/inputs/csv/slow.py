"""CSV read by Python's `csv`: any dialect, and which record is wrong."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import pyarrow as pa

from lod.engine import BATCH_ROWS, DuckDbEngine
from lod.inputs.csv.file import CsvFile
from lod.inputs.csv.stray import record_shape, stray_note
from lod.inputs.csv.text import Record
from lod.inputs.table import InputTable
from lod.outcome import Note, Rejection, shorten
from lod.term_table import ROW


def read_slow(engine: DuckDbEngine, csv: CsvFile, wanted: Sequence[str]) -> InputTable:
    """Read the `wanted` columns; reject records that do not fit the header. Raise InputError as `text.records` does."""
    shape = record_shape(csv.dialect.delimiter, len(csv.header))
    reading = _Reading(csv, re.compile(shape) if shape else None)
    schema = pa.schema([(ROW, pa.int64()), *((column, pa.string()) for column in wanted)])
    batches = pa.RecordBatchReader.from_batches(schema, reading.batches(schema))
    table = engine.materialise("csv", batches)
    return InputTable(table, csv.name, reading.read, tuple(reading.rejections), notes=reading.notes())


@dataclass
class _Reading:
    """One pass over a file, and what it found: how many records, those that do not fit, cells with stray quotes."""

    csv: CsvFile
    shape: re.Pattern[str] | None
    read: int = 0
    rejections: list[Rejection] = field(default_factory=list)
    strays: list[tuple[int, str]] = field(default_factory=list)

    def batches(self, schema: pa.Schema) -> Iterator[pa.RecordBatch]:
        places = [self.csv.header.index(column) for column in schema.names[1:]]
        nulls = frozenset(self.csv.nulls)
        rows: list[tuple[int | str | None, ...]] = []
        for number, cells in self._fitting():
            rows.append((number, *(None if cells[place] in nulls else cells[place] for place in places)))
            if len(rows) == BATCH_ROWS:
                yield _batch(rows, schema)
                rows = []
        yield _batch(rows, schema)

    def notes(self) -> tuple[Note, ...]:
        return (stray_note(self.csv.name, *self.strays[0], len(self.strays)),) if self.strays else ()

    def _fitting(self) -> Iterator[tuple[int, list[str]]]:
        for number, record in self.csv.records():
            self.read += 1
            rejection = _misfit(self.csv, number, record)
            if rejection:
                self.rejections.append(rejection)
                continue
            if self.shape and record.last > record.first:
                named = zip(self.csv.header, record.cells, strict=True)
                self.strays += [(number, column) for column, cell in named if self.shape.search(cell)]
            yield number, record.cells


def _misfit(csv: CsvFile, number: int, record: Record) -> Rejection | None:
    cells, expected = record.cells, len(csv.header)
    while len(cells) > expected and not cells[-1]:
        cells.pop()  # delimiters at the end of a line; DuckDB passes over them too
    if len(cells) != expected:
        size = "short" if len(cells) < expected else "long"
        reason = f"the record on line {record.first} is too {size}: {len(cells)} cells under a header of {expected}"
        return Rejection(csv.name, number, "", shorten(csv.dialect.delimiter.join(cells)), reason)
    for column, cell in zip(csv.header, cells, strict=True):
        if "\0" in cell:
            reason = f"the cell on line {record.first} holds a NUL character"
            return Rejection(csv.name, number, column, shorten(cell), reason)
    return None


def _batch(rows: list[tuple[int | str | None, ...]], schema: pa.Schema) -> pa.RecordBatch:
    columns = zip(*rows, strict=True) if rows else ([] for _ in schema)
    return pa.record_batch(
        [pa.array(column, field.type) for column, field in zip(columns, schema, strict=True)], schema
    )

"""Values of inputs that type them, or have several where one is referred to, as columns of an engine table."""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import NamedTuple

import ibis.expr.types as ir
import pyarrow as pa

from lod.engine import BATCH_ROWS, DuckDbEngine
from lod.term_table import ROW

_ODD = re.compile("[\0\ud800-\udfff]")
_CELL = pa.struct([("text", pa.string()), ("datatype", pa.string())])


class Cell(NamedTuple):
    """A value's text, and the IRI of the datatype that its input gives it: none for a plain text."""

    text: str
    datatype: str | None = None


Row = tuple[int, Sequence[Sequence[Cell]]]


class Unfit(Exception):  # carries a value out of a record, and no further than the reader of its input
    """A value that is no term, why, and the column at fault, if one is."""

    def __init__(self, value: str, reason: str, column: str = "") -> None:
        super().__init__(value)
        self.reason, self.column = reason, column


def text_cell(text: str) -> Cell:
    """Return a plain text; raise Unfit for one that no RDF text can hold."""
    odd = None if text.isprintable() else _ODD.search(text)
    if odd:
        what = "a NUL character" if odd[0] == "\0" else "half a character (a surrogate), which no RDF text can hold"
        raise Unfit(ascii(text)[1:-1], f"holds {what}")
    return Cell(text)


def cells_table(
    engine: DuckDbEngine, stem: str, columns: Sequence[str], lists: Collection[str], rows: Iterable[Row]
) -> ir.Table:
    """Stream rows (a record's number, and of each column the values that it has) into a table of the engine.

    A column is of the simplest type that holds it (see `InputTable`): a list where it is one of `lists`, or a record
    has several values; typed where a value is.
    """
    made = [_Column(column, column in lists) for column in columns]
    schema = pa.schema([(ROW, pa.int64()), *((column, pa.list_(_CELL)) for column in columns)])
    batches = pa.RecordBatchReader.from_batches(schema, _batches(iter(rows), made, schema))
    table = engine.materialise(stem, batches)
    return table.select(ROW, **{column.name: column.simplest(table[column.name]) for column in made})


@dataclass
class _Column:
    """The values of a batch, and what the values of all batches have been so far.

    Values lie in flat lists, so that Python's collector of garbage has no million small lists to look through.
    """

    name: str
    several: bool
    typed: bool = False
    texts: list[str] = field(default_factory=list)
    datatypes: list[str | None] = field(default_factory=list)
    ends: list[int] = field(default_factory=lambda: [0])

    def take(self, found: Sequence[Cell]) -> None:
        for text, datatype in found:
            self.texts.append(text)
            self.datatypes.append(datatype)
        self.several = self.several or len(found) > 1
        self.ends.append(len(self.texts))

    def array(self) -> pa.ListArray:
        """Return the batch, and begin another one."""
        datatypes = pa.array(self.datatypes, pa.string())
        self.typed = self.typed or datatypes.null_count < len(datatypes)
        cells = pa.StructArray.from_arrays([pa.array(self.texts, pa.string()), datatypes], fields=list(_CELL))
        values = pa.ListArray.from_arrays(pa.array(self.ends, pa.int32()), cells)
        self.texts, self.datatypes, self.ends = [], [], [0]
        return values

    def simplest(self, value: ir.ArrayValue) -> ir.Value:
        if self.several:
            return value if self.typed else value.map(lambda cell: cell["text"])
        return value[0] if self.typed else value[0]["text"]


def _batches(rows: Iterator[Row], columns: Sequence[_Column], schema: pa.Schema) -> Iterator[pa.RecordBatch]:
    while numbers := [_taken(row, columns) for row in islice(rows, BATCH_ROWS)]:
        yield pa.record_batch([pa.array(numbers, pa.int64()), *(column.array() for column in columns)], schema)


def _taken(row: Row, columns: Sequence[_Column]) -> int:
    number, cells = row
    for column, found in zip(columns, cells, strict=True):
        column.take(found)
    return number

"""Values of inputs that type them, or have several where one is referred to, as columns of an engine table."""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, chain, islice
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
    odd = _ODD.search(text)
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
    shapes = [_Shape(column, column in lists) for column in columns]
    schema = pa.schema([(ROW, pa.int64()), *((column, pa.list_(_CELL)) for column in columns)])
    batches = pa.RecordBatchReader.from_batches(schema, _batches(iter(rows), shapes, schema))
    table = engine.materialise(stem, batches)
    return table.select(ROW, **{shape.column: shape.simplest(table[shape.column]) for shape in shapes})


@dataclass
class _Shape:
    """What the cells of a column have been so far."""

    column: str
    several: bool
    typed: bool = False

    def array(self, found: Sequence[Sequence[Cell]]) -> pa.ListArray:
        ends = list(accumulate(map(len, found), initial=0))
        cells = list(chain.from_iterable(found))
        datatypes = pa.array([cell.datatype for cell in cells], pa.string())
        self.several = self.several or any(len(each) > 1 for each in found)
        self.typed = self.typed or datatypes.null_count < len(cells)
        texts = pa.array([cell.text for cell in cells], pa.string())
        return pa.ListArray.from_arrays(
            pa.array(ends, pa.int32()), pa.StructArray.from_arrays([texts, datatypes], fields=list(_CELL))
        )

    def simplest(self, value: ir.ArrayValue) -> ir.Value:
        if self.several:
            return value if self.typed else value.map(lambda cell: cell["text"])
        return value[0] if self.typed else value[0]["text"]


def _batches(rows: Iterator[Row], shapes: Sequence[_Shape], schema: pa.Schema) -> Iterator[pa.RecordBatch]:
    while taken := list(islice(rows, BATCH_ROWS)):
        numbers, cells = zip(*taken, strict=True)
        columns = zip(*cells, strict=True) if shapes else ()
        arrays = [shape.array(column) for shape, column in zip(shapes, columns, strict=True)]
        yield pa.record_batch([pa.array(numbers, pa.int64()), *arrays], schema)

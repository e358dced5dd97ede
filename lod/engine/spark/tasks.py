"""What runs in Spark's tasks, each a function of Arrow batches for `mapInArrow`.

Where Spark must not know a schema, or must keep batches as they are, a batch travels as bytes (Arrow's stream format).
https://arrow.apache.org/docs/format/Columnar.html#ipc-streaming-format
"""

import pickle
from collections.abc import Callable, Iterator
from typing import Any

import ibis.expr.types as ir
import pyarrow as pa
from pyspark import TaskContext

from lod.engine.duckdb import DuckDbEngine, open_engine
from lod.errors import LodError

OPENED = "batch binary, told binary"
PACKED = "batch binary"
ANSWERED = "part int, answer string"

_OPENED = pa.schema([("batch", pa.binary()), ("told", pa.binary())])
_MEMORY = "1GB"  # what a reader may hold at once; the rest spills

Batches = Iterator[pa.RecordBatch]


def opened(reader: Callable[[DuckDbEngine], tuple[ir.Table, Any]], _: Batches) -> Batches:
    """Yield the batches of the table that a reader gives, and last its schema and facts, or the error it raised."""
    try:
        with open_engine(_MEMORY) as engine:
            table, facts = reader(engine)
            for batch in engine.batches(table):
                yield pa.record_batch([[_pack(batch)], [None]], schema=_OPENED)
            told: object = (table.schema(), facts)
    except LodError as error:
        told = error
    yield pa.record_batch([[None], [pickle.dumps(told)]], schema=_OPENED)


def packed(batches: Batches) -> Batches:
    """Yield batches as bytes."""
    for batch in batches:
        yield pa.record_batch([[_pack(batch)]], names=["batch"])


def unpacked(batches: Batches) -> Batches:
    """Yield what stands in batches of bytes."""
    for batch in batches:
        for data in batch["batch"]:
            yield from unpack(data.as_buffer())


def unpack(data: bytes | pa.Buffer) -> Batches:
    """Yield the batches of a stream in Arrow's format."""
    with pa.ipc.open_stream(data) as stream:
        yield from stream


def _pack(batch: pa.RecordBatch) -> bytes:
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, batch.schema) as stream:
        stream.write_batch(batch)
    return bytes(sink.getvalue())


def answered(write: Callable[[Batches], str], batches: Batches) -> Batches:
    """Yield what `write` says of a part, with the part's number; nothing of a part without rows."""
    first = next((batch for batch in batches if len(batch)), None)
    if first is not None:
        number = TaskContext.get().partitionId()
        yield pa.record_batch([pa.array([number], pa.int32()), [write(_from(first, batches))]], ["part", "answer"])


def _from(first: pa.RecordBatch, rest: Batches) -> Batches:
    yield first
    yield from rest

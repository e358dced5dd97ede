"""Statements: one as a tuple, many as an Arrow table with the same columns."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

import pyarrow as pa

from lod.terms import Kind


class Quad(NamedTuple):
    """A statement: lexical forms, the object's kind, datatype and language, and the graph ("" is the default graph)."""

    subject: str
    predicate: str
    object: str
    kind: int = int(Kind.IRI)
    datatype: str | None = None
    language: str | None = None
    graph: str = ""


# Columns of a table of statements. The default graph is the empty string; what a term does not have is null.
TRIPLE = Quad._fields
SCHEMA = pa.schema([(name, pa.int8() if name == "kind" else pa.string()) for name in TRIPLE])


def quads_table(statements: Iterable[Quad]) -> pa.Table:
    """Return statements as a table of `SCHEMA`."""
    columns = list(zip(*statements, strict=True)) or [() for _ in TRIPLE]
    return pa.table([pa.array(column, field.type) for column, field in zip(columns, SCHEMA, strict=True)], SCHEMA)


def quads(batches: Iterable[pa.RecordBatch]) -> Iterator[Quad]:
    """Yield the statements of batches one by one."""
    for batch in batches:
        yield from map(Quad._make, zip(*(batch[name].to_pylist() for name in TRIPLE), strict=True))

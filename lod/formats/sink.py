"""What every syntax is: something that starts, takes batches of statements, and finishes."""

from dataclasses import dataclass, field
from typing import Any, BinaryIO, Protocol, TypeAlias

import pyarrow as pa

from lod.rows import Rows

Piece: TypeAlias = Rows | pa.RecordBatch


@dataclass(frozen=True)
class Prologue:
    """What a document says before its statements.

    base: the IRI that relative ones continue; prefixes: prefix to IRI; context: a JSON-LD context (the value of
    "@context"), or nothing, and the prefixes are one.
    """

    base: str = ""
    prefixes: dict[str, str] = field(default_factory=dict)
    context: dict[str, Any] = field(default_factory=dict)

    @property
    def jsonld_context(self) -> dict[str, Any]:
        """The context that JSON-LD is spelled by."""
        return self.context or dict(sorted(self.prefixes.items()))


class Sink(Protocol):
    """Spells statements in one syntax.

    They come in the order of `statements.in_order`, in pieces that hold all of a subject each (or, unsorted, part of
    one). What a sink writes does not depend on whether they come as statements or as rows.
    """

    def start(self, stream: BinaryIO, prologue: Prologue) -> None:
        """Begin a document."""

    def take(self, batch: pa.RecordBatch) -> None:
        """Write a batch of statements (`quad.SCHEMA`), sorted by subject, predicate and object, none twice."""

    def take_rows(self, rows: Rows) -> None:
        """Write the statements of rows: a subject each, of a table that is simple (`rows.is_simple`)."""

    def finish(self) -> None:
        """End the document; the caller closes the stream."""


def feed(sink: Sink, piece: Piece) -> None:
    """Give a sink the next piece."""
    if isinstance(piece, Rows):
        sink.take_rows(piece)
    else:
        sink.take(piece)

"""What every syntax is: something that starts, takes batches of statements, and finishes."""

from dataclasses import dataclass, field
from typing import Any, BinaryIO, Protocol

import pyarrow as pa


@dataclass(frozen=True)
class Prologue:
    """What a document says before its statements.

    base: the IRI that relative ones continue; prefixes: prefix to IRI; context: a JSON-LD context (the value of
    "@context"), where the syntax has one.
    """

    base: str = ""
    prefixes: dict[str, str] = field(default_factory=dict)
    context: dict[str, Any] = field(default_factory=dict)


class Sink(Protocol):
    """Spells statements in one syntax.

    A batch has the columns `subject`, `predicate`, `object` (lexical forms), `kind` (int8, see `terms.Kind`),
    `datatype`, `language` (null: none) and `graph` ("" is the default graph). Statements come sorted by subject (as
    N-Quads spells it), predicate and object, and none comes twice.
    """

    def start(self, stream: BinaryIO, prologue: Prologue) -> None:
        """Begin a document."""

    def take(self, batch: pa.RecordBatch) -> None:
        """Write the statements of a batch."""

    def finish(self) -> None:
        """End the document; the caller closes the stream."""

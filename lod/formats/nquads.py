"""N-Quads and N-Triples in canonical form, sorted by line. https://www.w3.org/TR/n-quads/#canonical-quads."""

from typing import BinaryIO

import pyarrow as pa
import pyarrow.compute as pc

from lod.formats.sink import Prologue
from lod.terms import Kind

# Canonical N-Quads: these have an escape of their own, other control characters are written \u00XX.
_NAMED = (("\\", "\\\\"), ('"', '\\"'), ("\n", "\\n"), ("\r", "\\r"), ("\t", "\\t"), ("\b", "\\b"), ("\f", "\\f"))
_OTHERS = [chr(code) for code in (*range(0x20), 0x7F) if chr(code) not in "\n\r\t\b\f"]
_ESCAPABLE = r'[\x00-\x1F\x7F"\\]'


def escape(values: pa.Array) -> pa.Array:
    """Escape the characters that a quoted string cannot hold; an array without any is returned as it is."""
    if not pc.any(pc.match_substring_regex(values, _ESCAPABLE)).as_py():
        return values
    for char, escaped in (*_NAMED, *((char, f"\\u{ord(char):04X}") for char in _OTHERS)):
        values = pc.replace_substring(values, char, escaped)
    return values


class NQuadsSink:
    """Writes a line a statement; with `triples`, the graph is left out (N-Triples)."""

    def __init__(self, *, triples: bool = False) -> None:
        self._triples = triples

    def start(self, stream: BinaryIO, _prologue: Prologue) -> None:
        """Remember the stream; the syntax has no prologue."""
        self._stream = stream
        self._held: pa.RecordBatch | None = None

    def take(self, batch: pa.RecordBatch) -> None:
        """Write all but the last subject's statements, which the next batch may continue."""
        if self._held is not None:
            batch = pa.concat_batches([self._held, batch])
        cut = pc.index(pc.equal(batch["subject"], batch["subject"][-1]), pa.scalar(True)).as_py() if len(batch) else 0
        self._write(batch.slice(0, cut))
        self._held = batch.slice(cut)

    def finish(self) -> None:
        """Write what is held back."""
        if self._held is not None:
            self._write(self._held)

    def _write(self, batch: pa.RecordBatch) -> None:
        if len(batch):
            lines = pc.sort_indices(spelled := self._lines(batch))
            self._stream.write("".join(spelled.take(lines).to_pylist()).encode())

    def _lines(self, batch: pa.RecordBatch) -> pa.Array:
        graphs = " .\n" if self._triples else _graphs(batch)
        pieces = [_resources(batch["subject"]), " <", batch["predicate"], "> ", _objects(batch), graphs]
        return pc.binary_join_element_wise(*pieces, "")


def _graphs(batch: pa.RecordBatch) -> pa.Array:
    named = pc.binary_join_element_wise(" ", _resources(batch["graph"]), " .\n", "")
    return pc.if_else(pc.equal(batch["graph"], ""), " .\n", named)


def _resources(values: pa.Array) -> pa.Array:
    """Spell IRIs and blank nodes, whose lexical forms begin with `_:`."""
    iris = pc.binary_join_element_wise("<", values, ">", "")
    blank = pc.starts_with(values, "_:")
    return pc.if_else(blank, values, iris) if pc.any(blank).as_py() else iris


def _objects(batch: pa.RecordBatch) -> pa.Array:
    tag = pc.binary_join_element_wise("@", batch["language"], "")
    datatype = pc.binary_join_element_wise("^^<", batch["datatype"], ">", "")
    suffix = pc.coalesce(tag, datatype, pa.scalar(""))
    literals = pc.binary_join_element_wise('"', escape(batch["object"]), '"', suffix, "")
    return pc.if_else(pc.equal(batch["kind"], int(Kind.LITERAL)), literals, _resources(batch["object"]))

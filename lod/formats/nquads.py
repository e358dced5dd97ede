"""N-Quads and N-Triples in canonical form, sorted by line. https://www.w3.org/TR/n-quads/#canonical-quads."""

from typing import BinaryIO

import pyarrow as pa
import pyarrow.compute as pc

from lod.formats.sink import Prologue
from lod.terms import Kind

# Canonical N-Quads: these have an escape of their own, other control characters and what is no XML 1.1 character are
# written \uXXXX.
_NAMED = (("\\", "\\\\"), ('"', '\\"'), ("\n", "\\n"), ("\r", "\\r"), ("\t", "\\t"), ("\b", "\\b"), ("\f", "\\f"))
_OTHERS = [chr(code) for code in (*range(0x20), 0x7F, 0xFFFE, 0xFFFF) if chr(code) not in "\n\r\t\b\f"]
_ESCAPABLE = r'[\x00-\x1F\x7F"\\\x{FFFE}\x{FFFF}]'
_ESCAPABLE_OTHERS = r"[\x00-\x07\x0B\x0E-\x1F\x7F\x{FFFE}\x{FFFF}]"


def escape(values: pa.Array) -> pa.Array:
    """Escape the characters that a quoted string cannot hold; only the texts that have one are touched."""
    found = pc.fill_null(pc.match_substring_regex(values, _ESCAPABLE), False)
    if not pc.any(found).as_py():
        return values
    texts = values.filter(found)
    for char, escaped in _NAMED:
        texts = pc.replace_substring(texts, char, escaped)
    if pc.any(pc.match_substring_regex(texts, _ESCAPABLE_OTHERS)).as_py():
        for char in _OTHERS:
            texts = pc.replace_substring(texts, char, f"\\u{ord(char):04X}")
    return pc.replace_with_mask(values, found, texts)


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
            lines = self._lines(batch)
            ordered = lines if _in_order(lines) else lines.take(pc.sort_indices(lines))
            self._stream.write(_text(ordered))

    def _lines(self, batch: pa.RecordBatch) -> pa.Array:
        graphs = " .\n" if self._triples else _graphs(batch)
        pieces = [_resources(batch["subject"]), " <", batch["predicate"], "> ", *_objects(batch), graphs]
        return pc.binary_join_element_wise(*pieces, "")


def _in_order(lines: pa.Array) -> bool:
    """Tell whether lines are sorted: batches are, but for objects whose spelling sorts otherwise than their value."""
    return not pc.any(pc.less(lines.slice(1), lines.slice(0, len(lines) - 1))).as_py()


def _text(lines: pa.Array) -> memoryview:
    """Return the texts of an array one after the other: its value buffer, as it lies."""
    _, offsets, values = lines.buffers()
    ends = memoryview(offsets).cast("i")
    first, last = ends[lines.offset], ends[lines.offset + len(lines)]
    return memoryview(values)[first:last]


def _graphs(batch: pa.RecordBatch) -> pa.Array:
    named = pc.binary_join_element_wise(" ", _resources(batch["graph"]), " .\n", "")
    return pc.if_else(pc.equal(batch["graph"], ""), " .\n", named)


def _resources(values: pa.Array) -> pa.Array:
    """Spell IRIs and blank nodes, whose lexical forms begin with `_:`."""
    iris = pc.binary_join_element_wise("<", values, ">", "")
    blank = pc.starts_with(values, "_:")
    return pc.if_else(blank, values, iris) if pc.any(blank).as_py() else iris


def _objects(batch: pa.RecordBatch) -> tuple[pa.Array, pa.Array, pa.Array]:
    """Return what stands before each object's lexical form, the form, and what stands after it."""
    literal = pc.equal(batch["kind"], int(Kind.LITERAL))
    blank = pc.equal(batch["kind"], int(Kind.BLANK))
    tag = pc.binary_join_element_wise('"@', batch["language"], "")
    datatype = pc.binary_join_element_wise('"^^<', batch["datatype"], ">", "")
    closing = pc.if_else(literal, pc.coalesce(tag, datatype, pa.scalar('"')), ">")
    opening = pc.if_else(literal, '"', "<")
    if pc.any(blank).as_py():
        opening, closing = pc.if_else(blank, "", opening), pc.if_else(blank, "", closing)
    return opening, escape(batch["object"]), closing

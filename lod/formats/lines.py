"""Statements of RDF files in bulk: lines of N-Quads cut into columns, plain ones by Arrow, all others by the parser.

https://www.w3.org/TR/n-quads/#sec-grammar
"""

from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, TypeVar

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from lod.errors import LodError
from lod.formats.read import Lines, open_lines, parse_line
from lod.term_table import ROW
from lod.terms import IRI_PATTERN, XSD, Kind

STATEMENT = pa.schema(
    [
        ("subject", pa.string()),
        ("predicate", pa.string()),
        ("object", pa.string()),
        ("kind", pa.int8()),
        ("datatype", pa.string()),
        ("language", pa.string()),
        (ROW, pa.int64()),
    ]
)
Values = TypeVar("Values", pa.Array, pa.RecordBatch)

_BLOCK = 8 << 20
_IRI = rf"^<(?:{IRI_PATTERN})>\z"
_NODE = rf"^(?:<(?:{IRI_PATTERN})>|_:[A-Za-z0-9]+)\z"
_TAIL = rf"^(?:|\^\^<(?:{IRI_PATTERN})>|@[a-z]{{1,8}}(?:-[a-z0-9]{{1,8}})*)\z"


def statements(path: Path, name: str, scope: str, error: type[LodError]) -> Iterator[pa.RecordBatch]:
    """Yield the statements of an RDF file, without their graphs, in batches of `STATEMENT`.

    The row is the line where the file has a statement a line, and null otherwise; a blank node's label begins with
    `scope`. Raises `error` where the file cannot be read.
    """
    with open_lines(path, name, error) as lines:
        first = 1
        for block in _blocks(lines.stream):
            texts = _texts(block)
            yield from _Block(lines, texts, first, scope).batches()
            first += len(texts)


def _blocks(stream: BinaryIO) -> Iterator[bytes]:
    """Yield a file in pieces that end with a line."""
    rest = b""
    while block := stream.read(_BLOCK):
        head, newline, tail = block.rpartition(b"\n")
        if newline:
            yield _with_plain_ends(rest + head + newline)
            rest = tail
        else:
            rest += block
    if rest:
        yield rest + b"\n"


def _with_plain_ends(block: bytes) -> bytes:
    return block.replace(b"\r\n", b"\n") if b"\r" in block else block


def _texts(block: bytes) -> pa.Array:
    """Return the lines of a block, without their ends, over its own bytes."""
    ends = np.flatnonzero(np.frombuffer(block, np.uint8) == ord("\n"))
    offsets = np.concatenate(([0], ends + 1)).astype(np.int32)
    buffers = [None, pa.py_buffer(offsets), pa.py_buffer(block)]
    return pc.binary_slice(pa.Array.from_buffers(pa.binary(), len(ends), buffers), 0, -1)


class _Block:
    """Lines of a file from line `first` on; what is plain among them becomes columns in one go."""

    def __init__(self, lines: Lines, texts: pa.Array, first: int, scope: str) -> None:
        self.lines, self.texts, self.scope = lines, texts, scope
        self.numbers = pa.array(np.arange(first, first + len(texts)))

    def batches(self) -> Iterator[pa.RecordBatch]:
        try:
            texts = self.texts.cast(pa.string())
        except pa.ArrowInvalid:  # no UTF-8: the parser tells where
            yield self._parsed(self.numbers)
            return
        odd = pc.match_substring_regex(texts, r"[\\\r]")
        parts = pc.split_pattern(texts, " ", max_splits=2)
        plain = pc.and_(pc.and_not(pc.ends_with(texts, " ."), odd), pc.equal(pc.list_value_length(parts), 3))
        rest = [self.numbers.filter(pc.invert(plain))]
        for batch, others in self._cut(_where(parts, plain), _where(self.numbers, plain)):
            yield batch
            rest.append(others)
        others = pa.concat_arrays(rest)
        if len(others):
            yield self._parsed(others)

    def _cut(self, parts: pa.Array, numbers: pa.Array) -> Iterator[tuple[pa.RecordBatch, pa.Array]]:
        """Yield the statements about literals and those about nodes, each with the lines that are for the parser."""
        objects = pc.utf8_slice_codeunits(pc.list_element(parts, 2), 0, -2)
        literal = pc.starts_with(objects, '"')
        for mask, cut in ((literal, self._literals), (pc.invert(literal), self._nodes)):
            chosen = parts.filter(mask)
            subject, predicate = pc.list_element(chosen, 0), pc.list_element(chosen, 1)
            fits = pc.and_(_fits(subject, _NODE), _fits(predicate, _IRI))
            columns, object_fits = cut(objects.filter(mask))
            fits = pc.and_(fits, object_fits)
            found = [self._node(subject), _bare(predicate), *columns, self._rows(numbers.filter(mask))]
            batch = pa.RecordBatch.from_arrays(found, schema=STATEMENT)
            yield _where(batch, fits), numbers.filter(mask).filter(pc.invert(fits))

    def _nodes(self, objects: pa.Array) -> tuple[list[pa.Array], pa.Array]:
        value, fits = self._without_graph(objects)
        blank = pc.starts_with(value, "_:")
        kind = pc.if_else(blank, pa.scalar(int(Kind.BLANK), pa.int8()), pa.scalar(int(Kind.IRI), pa.int8()))
        nothing = pa.nulls(len(value), pa.string())
        return [self._node(value), kind, nothing, nothing], pc.and_(fits, _fits(value, _NODE))

    def _literals(self, objects: pa.Array) -> tuple[list[pa.Array], pa.Array]:
        parts = pc.split_pattern(pc.utf8_slice_codeunits(objects, 1), '"', max_splits=1)
        closed = pc.equal(pc.list_value_length(parts), 2)
        parts = pc.if_else(closed, parts, pa.scalar(["", "?"], parts.type))
        tail, fits = self._without_graph(pc.list_element(parts, 1))
        kind = pa.repeat(pa.scalar(int(Kind.LITERAL), pa.int8()), len(objects))
        datatype, language = _qualifiers(tail)
        tagged = pc.ends_with(tail, "angString>")  # rdf:langString, which a literal without a language may not have
        fits = pc.and_not(pc.and_(fits, _fits(tail, _TAIL)), tagged)
        return [pc.list_element(parts, 0), kind, datatype, language], fits

    def _without_graph(self, texts: pa.Array) -> tuple[pa.Array, pa.Array]:
        """Return what stands before the graph, and whether there is a graph where one may stand, or none."""
        parts = pc.split_pattern(texts, " ", max_splits=1)
        named = pc.equal(pc.list_value_length(parts), 2)
        if not pc.any(named).as_py():
            return texts, pc.invert(named)
        both = pc.if_else(named, parts, pa.scalar(["", "<urn:none>"], parts.type))
        fits = _fits(pc.list_element(both, 1), _NODE) if self.lines.quads else pc.invert(named)
        return pc.list_element(parts, 0), fits

    def _node(self, texts: pa.Array) -> pa.Array:
        blank = pc.starts_with(texts, "_:")
        if not pc.any(blank).as_py():
            return _bare(texts)
        scoped = pc.binary_join_element_wise("_:" + self.scope, pc.utf8_slice_codeunits(texts, 2), "")
        return pc.if_else(blank, scoped, _bare(texts))

    def _rows(self, numbers: pa.Array) -> pa.Array:
        return numbers if self.lines.counted else pa.nulls(len(numbers), pa.int64())

    def _parsed(self, numbers: pa.Array) -> pa.RecordBatch:
        """Return what the parser makes of lines."""
        first = self.numbers[0].as_py()
        found: list[tuple[object, ...]] = []
        for number in numbers.to_pylist():
            for quad in parse_line(self.texts[number - first].as_py(), number, self.lines):
                subject, value = (self._scoped(text) for text in (quad.subject, quad.object))
                object_ = value if quad.kind == Kind.BLANK else quad.object
                row = number if self.lines.counted else None
                found.append((subject, quad.predicate, object_, quad.kind, quad.datatype, quad.language, row))
        columns = list(zip(*found, strict=True)) or [()] * len(STATEMENT)
        return pa.RecordBatch.from_arrays(
            [pa.array(column, field.type) for column, field in zip(columns, STATEMENT, strict=True)], schema=STATEMENT
        )

    def _scoped(self, text: str) -> str:
        return f"_:{self.scope}{text[2:]}" if text.startswith("_:") else text


def _where(values: Values, mask: pa.Array) -> Values:
    """Return the values where a mask is true; all of them, as most often, without a copy."""
    return values if pc.all(mask).as_py() else values.filter(mask)


def _fits(texts: pa.Array, pattern: str) -> pa.Array:
    """Return whether texts match, each different one asked once."""
    encoded = texts.dictionary_encode()
    return pc.match_substring_regex(encoded.dictionary, pattern).take(encoded.indices)


def _bare(texts: pa.Array) -> pa.Array:
    return pc.utf8_slice_codeunits(texts, 1, -1)


def _qualifiers(tails: pa.Array) -> tuple[pa.Array, pa.Array]:
    """Return datatype and language of what stands after a literal's quotes."""
    encoded = tails.dictionary_encode()
    found = [_qualifier(tail) for tail in encoded.dictionary.to_pylist()]
    datatypes, languages = zip(*found, strict=True) if found else ((), ())
    return tuple(pa.array(each, pa.string()).take(encoded.indices) for each in (datatypes, languages))


def _qualifier(tail: str) -> tuple[str | None, str | None]:
    if tail.startswith("@"):
        return None, tail[1:]
    datatype = tail[3:-1]
    return (datatype if datatype and datatype != XSD + "string" else None), None

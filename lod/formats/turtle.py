"""Turtle, one graph a document, grouped by subject. https://www.w3.org/TR/turtle/."""

import re
from typing import BinaryIO

import pyarrow as pa

from lod.formats.names import Names
from lod.formats.sink import Prologue
from lod.formats.subjects import Gatherer, Node, Object
from lod.terms import RDF_TYPE, XSD, Kind

_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t", "\b": "\\b", "\f": "\\f"}
_ESCAPABLE = re.compile(r'[\x00-\x1f\x7f"\\]')
# Turtle's own short forms for numbers and booleans. They keep the lexical form, yet readers that make numbers of them
# (rdflib) do not, so the short form is only for what such a reader writes the same way.
_BARE = {
    XSD + "integer": re.compile(r"0|-?[1-9][0-9]*"),
    XSD + "decimal": re.compile(r"-?(?:0|[1-9][0-9]*)\.[0-9]{1,6}"),
    XSD + "boolean": re.compile(r"true|false"),
}


class TurtleSink:
    """Writes the statements of one graph ("" is the default graph) and passes over the others."""

    def __init__(self, graph: str = "") -> None:
        self._graph = graph
        self._gatherer = Gatherer()

    def start(self, stream: BinaryIO, prologue: Prologue) -> None:
        """Write base and prefixes."""
        self._stream = stream
        self._names = Names(prologue.base, prologue.prefixes)
        head = [f"@base <{prologue.base}> ."] if prologue.base else []
        head += [f"@prefix {prefix}: <{iri}> ." for prefix, iri in sorted(prologue.prefixes.items())]
        stream.write("".join(f"{line}\n" for line in head).encode())

    def take(self, batch: pa.RecordBatch) -> None:
        """Write the subjects that are complete."""
        for node in self._gatherer.take(batch):
            self._write(node)

    def finish(self) -> None:
        """Write the last subject."""
        for node in self._gatherer.finish():
            self._write(node)

    def _write(self, node: Node) -> None:
        if node.graph == self._graph:
            pairs = sorted(node.pairs, key=lambda pair: (pair[0] != RDF_TYPE, pair[0]))
            said = (
                f"{self._predicate(predicate)} {', '.join(map(self._object, objects))}" for predicate, objects in pairs
            )
            self._stream.write("\n{} {} .\n".format(self._iri(node.subject), " ;\n    ".join(said)).encode())

    def _predicate(self, iri: str) -> str:
        return "a" if iri == RDF_TYPE else self._iri(iri)

    def _iri(self, iri: str) -> str:
        if iri.startswith("_:"):
            return iri
        relative = self._names.relative(iri)
        if relative is not None:
            return f"<{relative}>"
        return self._names.prefixed(iri) or f"<{iri}>"

    def _object(self, item: Object) -> str:
        if item.kind != Kind.LITERAL:
            return self._iri(item.value)
        if item.datatype in _BARE and _BARE[item.datatype].fullmatch(item.value):
            return item.value
        quoted = f'"{_ESCAPABLE.sub(_escape, item.value)}"'
        if item.language:
            return f"{quoted}@{item.language}"
        return f"{quoted}^^{self._iri(item.datatype)}" if item.datatype else quoted


def _escape(match: re.Match[str]) -> str:
    return _ESCAPES.get(match[0]) or f"\\u{ord(match[0]):04X}"

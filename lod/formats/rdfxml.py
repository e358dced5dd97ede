"""RDF/XML, one graph a document, grouped by subject. https://www.w3.org/TR/rdf-syntax-grammar/."""

from collections.abc import Iterator
from typing import BinaryIO

import pyarrow as pa
import pyarrow.compute as pc

from lod.arrow import buffer
from lod.formats.names import Names
from lod.formats.rowwise import Fragment, Part, spell
from lod.formats.sink import Prologue
from lod.formats.subjects import Node, nodes
from lod.formats.xml import XML_ESCAPING, ElementNames, fitting
from lod.rows import Rows, graphs_of
from lod.term_table import Constant, Statement
from lod.terms import RDF_TYPE, Kind

_NEXT = "\n  "
_END = "\n</rdf:Description>\n"


class RdfXmlSink:
    """Writes the statements of one graph ("" is the default graph) and passes over the others.

    What XML cannot hold is an error (ReleaseError): control characters, and predicates that no element can be named by.
    """

    def __init__(self, graph: str = "") -> None:
        self._graph = graph

    def start(self, stream: BinaryIO, prologue: Prologue) -> None:
        """Write the root element, with base and prefixes."""
        self._stream = stream
        self._names = Names(prologue.base, {})
        self._elements = ElementNames(prologue.prefixes)
        base = f'\n    xml:base="{XML_ESCAPING.text(prologue.base)}"' if prologue.base else ""
        spaces = "".join(f"\n    {each}" for each in self._elements.declarations())
        stream.write(f'<?xml version="1.0" encoding="UTF-8"?>\n<rdf:RDF{base}{spaces}>\n'.encode())

    def take_rows(self, rows: Rows) -> None:
        """Write rows, a subject each; where the graph differs from row to row, statement by statement."""
        if graphs_of(rows) is None:
            self.take(rows.statements())
            return
        pairs = sorted(rows.by_predicate(), key=lambda pair: pair[0] != RDF_TYPE)
        fragments = [said for predicate, statements in pairs for said in self._said(predicate, statements, rows)]
        if fragments:
            head = ("<rdf:Description ", *self._node("about", rows.column(rows.table.subject)), ">", _NEXT)
            self._stream.write(buffer(spell(head, fragments, _NEXT, _END)))

    def take(self, batch: pa.RecordBatch) -> None:
        """Write the statements of whole subjects."""
        for node in nodes(batch):
            if node.graph == self._graph:
                self._stream.write(self._description(node).encode())

    def finish(self) -> None:
        """Close the root element."""
        self._stream.write(b"</rdf:RDF>\n")

    def _description(self, node: Node) -> str:
        pairs = sorted(node.pairs, key=lambda pair: pair[0] != RDF_TYPE)
        said = (
            "".join(map(str, self._element(predicate, item.value, item.kind, item.datatype, item.language)))
            for predicate, objects in pairs
            for item in objects
        )
        head = "".join(map(str, self._node("about", node.subject)))
        return f"<rdf:Description {head}>{_NEXT}{_NEXT.join(said)}{_END}"

    def _said(self, predicate: str, statements: list[Statement], rows: Rows) -> Iterator[Fragment]:
        """Yield fragments of which a row has one: one object that may differ in type, or one that is constant."""
        for statement in statements:
            if (statement.graph or Constant("")) == Constant(self._graph):
                for each in rows.terms(statement.object):
                    if isinstance(each.texts, str) or each.texts.null_count < len(each.texts):
                        yield self._element(predicate, each.texts, each.kind, each.datatype, each.language)

    def _element(self, predicate: str, value: Part, kind: int, datatype: str | None, language: str | None) -> Fragment:
        """Write a property element. https://www.w3.org/TR/rdf-syntax-grammar/#section-Namespace."""
        name, declared = self._elements.of(predicate)
        if kind != Kind.LITERAL:
            return (f"<{name}{declared} ", *self._node("resource", value), "/>")
        tag = f' rdf:datatype="{XML_ESCAPING.text(datatype)}"' if datatype else ""
        tag = f' xml:lang="{language}"' if language else tag
        return (f"<{name}{declared}{tag}>", XML_ESCAPING.part(fitting(value, predicate)), f"</{name}>")

    def _node(self, attribute: str, value: Part) -> Fragment:
        """Write the attribute that names a node; nodes of an array are of one kind."""
        if isinstance(value, str):
            return self._named(attribute, value, value.startswith("_:"))
        first = next((text for text in value.to_pylist() if text is not None), "")
        return self._named(attribute, value, first.startswith("_:"))

    def _named(self, attribute: str, value: Part, blank: bool) -> Fragment:
        if blank:
            label = value[2:] if isinstance(value, str) else pc.utf8_slice_codeunits(value, 2)
            return ('rdf:nodeID="b', label, '"')  # a label may begin with a digit, a name of XML may not
        short = self._names.short(value) if isinstance(value, str) else self._names.shorts(value)
        return (f'rdf:{attribute}="', XML_ESCAPING.part(short), '"')

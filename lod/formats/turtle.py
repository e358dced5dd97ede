"""Turtle, one graph a document, grouped by subject. https://www.w3.org/TR/turtle/."""

import re
from collections.abc import Mapping
from typing import BinaryIO

import pyarrow as pa
import pyarrow.compute as pc

from lod.arrow import buffer
from lod.formats.escape import TURTLE_ESCAPING
from lod.formats.names import Names
from lod.formats.rowwise import Fragment, join, spell
from lod.formats.sink import Prologue
from lod.formats.subjects import Node, Object, nodes
from lod.rows import Rows, Terms
from lod.term_table import Column, Constant, Statement
from lod.terms import RDF_TYPE, XSD, Kind

# Turtle's own short forms for numbers and booleans. They keep the lexical form, yet readers that make numbers of them
# (rdflib) do not, so the short form is only for what such a reader writes the same way.
_BARE = {
    XSD + "integer": r"0|-?[1-9][0-9]*",
    XSD + "decimal": r"-?(?:0|[1-9][0-9]*)\.[0-9]{1,6}",
    XSD + "boolean": r"true|false",
}
_NEXT = " ;\n    "


def turtle_head(base: str, prefixes: Mapping[str, str]) -> str:
    """Return the lines that a document begins with: base and prefixes."""
    head = [f"@base <{base}> ."] if base else []
    head += [f"@prefix {prefix}: <{iri}> ." for prefix, iri in sorted(prefixes.items())]
    return "".join(f"{line}\n" for line in head)


class TurtleNodes:
    """Writes nodes one by one, by the short forms of their names."""

    def __init__(self, names: Names) -> None:
        self._names = names

    def node(self, node: Node) -> str:
        """Write all about a subject, its classes first."""
        pairs = sorted(node.pairs, key=lambda pair: pair[0] != RDF_TYPE)
        said = (f"{self.predicate(name)} {', '.join(map(self.object, objects))}" for name, objects in pairs)
        return f"\n{self._names.short(node.subject)} {_NEXT.join(said)} .\n"

    def name(self, iri: str) -> str:
        """Write an IRI."""
        return self._names.short(iri)

    def predicate(self, iri: str) -> str:
        """Write a predicate."""
        return "a" if iri == RDF_TYPE else self._names.short(iri)

    def object(self, item: Object) -> str:
        """Write an object."""
        if item.kind != Kind.LITERAL:
            return self._names.short(item.value)
        if not item.language and item.datatype in _BARE and re.fullmatch(_BARE[item.datatype], item.value):
            return item.value
        return f'"{TURTLE_ESCAPING.text(item.value)}{self.ending(item.datatype, item.language)}'

    def ending(self, datatype: str | None, language: str | None) -> str:
        """Write what closes a literal."""
        if language:
            return f'"@{language}'
        return f'"^^{self._names.short(datatype)}' if datatype else '"'


class TurtleSink:
    """Writes the statements of one graph ("" is the default graph) and passes over the others."""

    def __init__(self, graph: str = "") -> None:
        self._graph = graph

    def start(self, stream: BinaryIO, prologue: Prologue) -> None:
        """Write base and prefixes."""
        self._stream = stream
        self._names = Names(prologue.base, prologue.prefixes, "<", ">")
        self._nodes = TurtleNodes(self._names)
        stream.write(turtle_head(prologue.base, prologue.prefixes).encode())

    def take_rows(self, rows: Rows) -> None:
        """Write rows, a subject each; where the graph differs from row to row, statement by statement."""
        if any(isinstance(statement.graph, Column) for statement in rows.said):
            self.take(rows.statements())
            return
        pairs = sorted(rows.by_predicate(), key=lambda pair: pair[0] != RDF_TYPE)
        fragments = [said for predicate, statements in pairs for said in self._said(predicate, statements, rows)]
        if fragments:
            head = ("\n", self._names.shorts(rows.column(rows.table.subject)), " ")
            self._stream.write(buffer(spell(head, fragments, _NEXT, " .\n")))

    def take(self, batch: pa.RecordBatch) -> None:
        """Write the statements of whole subjects."""
        for node in nodes(batch):
            if node.graph == self._graph:
                self._stream.write(self._nodes.node(node).encode())

    def finish(self) -> None:
        """Do nothing: every subject stands for itself."""

    def _said(self, predicate: str, statements: list[Statement], rows: Rows) -> list[Fragment]:
        """Return fragments of which a row has one: one object that may differ in type, or several that are constant."""
        name = f"{self._nodes.predicate(predicate)} "
        terms = [
            terms
            for statement in statements
            if (statement.graph or Constant("")) == Constant(self._graph)
            for terms in rows.terms(statement.object)
        ]
        if len(statements) > 1:
            return [(name, ", ".join(part for each in terms for part in self._objects(each)))] if terms else []
        return [(name, *self._objects(each)) for each in terms]

    def _objects(self, terms: Terms) -> Fragment:
        texts, kind, datatype, language = terms.texts, terms.kind, terms.datatype, terms.language
        if isinstance(texts, str):
            return (self._nodes.object(Object(texts, kind, datatype, language)),)
        if kind is not Kind.LITERAL:
            return (self._names.shorts(texts),)
        quoted: Fragment = ('"', TURTLE_ESCAPING.array(texts), self._nodes.ending(datatype, language))
        return quoted if language or datatype not in _BARE else _bare(texts, _BARE[datatype], quoted)


def _bare(texts: pa.Array, pattern: str, quoted: Fragment) -> Fragment:
    """Write the texts that fit without quotes."""
    fits = pc.match_substring_regex(texts, rf"\A(?:{pattern})\z")
    if pc.all(fits).as_py():
        return (texts,)
    return (pc.if_else(fits, texts, join(quoted)),) if pc.any(fits).as_py() else quoted

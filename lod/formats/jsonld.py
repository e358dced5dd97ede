"""JSON-LD 1.1, compact by a given context, with no remote context. https://www.w3.org/TR/json-ld11/."""

import json
import shutil
from collections.abc import Iterator, Sequence
from tempfile import TemporaryFile
from typing import BinaryIO

import pyarrow as pa

from lod.arrow import buffer
from lod.formats.compact import Compactor, dumps, one_or_many
from lod.formats.rowwise import Fragment, Part, spell
from lod.formats.sink import Prologue
from lod.formats.subjects import Node, Object, nodes
from lod.rows import Rows, Terms, graphs_of
from lod.term_table import Constant, Statement
from lod.terms import RDF_TYPE, Kind


class JsonLdSink:
    """Writes one `@graph` of nodes; the nodes of a named graph wait in a temporary file and come last."""

    def __init__(self) -> None:
        self._named: dict[str, BinaryIO] = {}

    def start(self, stream: BinaryIO, prologue: Prologue) -> None:
        """Write the context, and the base beside it: in a context of its own a file would carry it to other places."""
        context = prologue.jsonld_context
        self._stream, self._first = stream, {"": True}
        self._compactor = Compactor(context, prologue.base)
        self._rows = JsonLdRows(self._compactor)
        whole = {"@base": prologue.base, **context} if prologue.base else context
        head = json.dumps(whole, ensure_ascii=False, indent=1)
        stream.write(f'{{"@context": {head},\n"@graph": ['.encode())

    def take_rows(self, rows: Rows) -> None:
        """Write rows, a node each and graph; what the context confuses, and graphs a row, statement by statement."""
        graphs = graphs_of(rows)
        if graphs is None or self._rows.confuses(rows):
            self.take(rows.statements())
            return
        for graph in graphs:
            self._items(graph, self._rows.nodes(rows, graph, ",\n", ""))

    def take(self, batch: pa.RecordBatch) -> None:
        """Write the nodes of whole subjects."""
        for node in nodes(batch):
            self._items(node.graph, f",\n{node_object(node, self._compactor)}".encode())

    def finish(self) -> None:
        """Write the named graphs."""
        for graph, spool in sorted(self._named.items()):
            confused = self._compactor.is_confused(graph)
            compactor = self._compactor.plain if confused else self._compactor
            head = f'{_opening(confused)}{dumps(compactor.id)}: "{compactor.reference(graph)}", "@graph": ['
            self._items("", f",\n{head}".encode())
            spool.seek(0)
            shutil.copyfileobj(spool, self._stream)
            spool.close()
            self._stream.write(b"\n]}")
        self._stream.write(b"\n]}\n")

    def _items(self, graph: str, items: memoryview | bytes) -> None:
        """Write items, each with a comma before it; the first of a graph has none."""
        if len(items):
            target = self._stream if graph == "" else self._spool(graph)
            target.write(items[1:] if self._first.get(graph, True) else items)
            self._first[graph] = False

    def _spool(self, graph: str) -> BinaryIO:
        if graph not in self._named:
            self._named[graph] = TemporaryFile()  # noqa: SIM115  # closed when the named graph is written out
        return self._named[graph]


class JsonLdRows:
    """Writes the rows of a table as node objects, all at once."""

    def __init__(self, compactor: Compactor) -> None:
        self._compactor = compactor

    def nodes(self, rows: Rows, graph: str, before: str, after: str) -> memoryview:
        """Write a node object a row, of its statements in a graph, with a text before each and one after."""
        fragments = [
            said
            for predicate, statements in rows.by_predicate()
            for said in self._said(predicate, [each for each in statements if _graph(each) == graph], rows)
        ]
        subject = self._compactor.references(rows.column(rows.table.subject))
        head = (f'{before}{{{dumps(self._compactor.id)}: "', subject, '", ')
        return buffer(spell(head, fragments, ", ", f"}}{after}"))

    def confuses(self, rows: Rows) -> bool:
        """Tell whether the context would make another IRI of one in rows."""
        compactor = self._compactor
        if compactor.any_confused(rows.column(rows.table.subject)):
            return True
        return any(
            compactor.is_confused(predicate) or any(map(compactor.any_confused, _iris(statement, rows)))
            for predicate, statements in rows.by_predicate()
            for statement in statements
        )

    def _said(self, predicate: str, statements: Sequence[Statement], rows: Rows) -> list[Fragment]:
        """Return members of which a row has one: one value that may differ in type, or several that are constant."""
        terms = [terms for statement in statements for terms in rows.terms(statement.object)]
        if len(statements) == 1 and not isinstance(terms[0].texts, str):
            return [self._member(predicate, each) for each in terms]
        objects = [Object(str(each.texts), each.kind, each.datatype, each.language) for each in terms]
        return [(_members(predicate, objects, self._compactor),)] if objects else []

    def _member(self, predicate: str, terms: Terms) -> Fragment:
        if predicate == RDF_TYPE and terms.kind is not Kind.LITERAL:
            return (f'{dumps(self._compactor.type)}: "', self._compactor.classes(terms.texts), '"')
        spelling = self._compactor.spelling(predicate, terms.kind, terms.datatype, terms.language)
        return (f"{dumps(spelling.key)}: ", *self._compactor.values(spelling, terms.texts))


def _graph(statement: Statement) -> str:
    return statement.graph.value if isinstance(statement.graph, Constant) else ""


def _iris(statement: Statement, rows: Rows) -> Iterator[Part]:
    yield _graph(statement)
    for terms in rows.terms(statement.object):
        yield terms.datatype or "" if terms.kind is Kind.LITERAL else terms.texts


def _opening(confused: bool) -> str:  # there is nothing else to tell
    return '{"@context": null, ' if confused else "{"


def node_object(node: Node, compactor: Compactor) -> str:
    """Write all about a subject on one line, without the context where that would confuse it."""
    confused = compactor.is_confused_by(node)
    chosen = compactor.plain if confused else compactor
    said = [f'{dumps(chosen.id)}: "{chosen.reference(node.subject)}"']
    said += [_members(predicate, objects, chosen) for predicate, objects in node.pairs]
    return f"{_opening(confused)}{', '.join(said)}}}"


def _members(predicate: str, objects: list[Object], compactor: Compactor) -> str:
    """Write the members for the objects of a predicate: one, or where a term fits some of them alone, more."""
    values: dict[str, list[str]] = {}
    if predicate == RDF_TYPE and all(item.kind != Kind.LITERAL for item in objects):
        values[compactor.type] = [f'"{compactor.classes(item.value)}"' for item in objects]
    else:
        for item in objects:
            spelling = compactor.spelling(predicate, *item[1:])
            values.setdefault(spelling.key, []).append(compactor.value(spelling, item.value))
    return ", ".join(f"{dumps(key)}: {one_or_many(found)}" for key, found in values.items())

"""N-Quads and N-Triples in canonical form, sorted by line. https://www.w3.org/TR/n-quads/#canonical-quads."""

from collections.abc import Iterator
from typing import BinaryIO

import pyarrow as pa
import pyarrow.compute as pc

from lod.arrow import buffer, scalar
from lod.formats.escape import TURTLE_ESCAPING
from lod.formats.rowwise import Fragment, Part, join, spell
from lod.formats.sink import Prologue
from lod.rows import Rows, Terms, graphs_of
from lod.term_table import Column, Constant, Statement
from lod.terms import Kind


class NQuadsSink:
    """Writes a line a statement: of all graphs, or of one as N-Triples ("" is the default graph)."""

    def __init__(self, graph: str | None = None) -> None:
        self._graph = graph

    def start(self, stream: BinaryIO, _prologue: Prologue) -> None:
        """Remember the stream; the syntax has no prologue."""
        self._stream = stream

    def take_rows(self, rows: Rows) -> None:
        """Write rows, each as the lines of its statements."""
        if self._graph is not None and graphs_of(rows) is None:
            self.take(rows.statements())
            return
        subject = _resource(*rows.parted(rows.table.subject))
        lines = [
            (*subject, f" <{predicate}> ", *said)
            for predicate, statements in rows.by_predicate()
            for statement in sorted(statements, key=_as_spelled)
            if self._graph is None or (statement.graph or Constant("")) == Constant(self._graph)
            for said in self._said(statement, rows)
        ]
        if lines:
            self._stream.write(buffer(spell((), lines, "", "")))

    def take(self, batch: pa.RecordBatch) -> None:
        """Write statements, sorted by line: batches are, but for objects whose spelling sorts otherwise."""
        if self._graph is not None:
            batch = batch.filter(pc.equal(batch["graph"], self._graph))
        if not len(batch):
            return
        graphs: Fragment = (_graphs(batch["graph"]),) if self._graph is None else (" .\n",)
        predicate = (" <", batch["predicate"], "> ")
        lines = join((_mixed(batch["subject"]), *predicate, *_objects(batch), *graphs))
        self._stream.write(buffer(lines if _in_order(lines) else lines.take(pc.sort_indices(lines))))

    def finish(self) -> None:
        """Do nothing: every line stands for itself."""

    def _said(self, statement: Statement, rows: Rows) -> Iterator[Fragment]:
        """Yield what follows the predicate, for each datatype and language of the object."""
        end = self._end(statement, rows)
        for terms in rows.terms(statement.object):
            yield (*_object(terms), *end)

    def _end(self, statement: Statement, rows: Rows) -> Fragment:
        if self._graph is None and isinstance(statement.graph, Column):
            return (_graphs(rows.column(statement.graph)),)
        named = self._graph is None and isinstance(statement.graph, Constant) and statement.graph.value
        return (f" <{named}> .\n",) if named else (" .\n",)


def _as_spelled(statement: Statement) -> str:
    """Return what a constant IRI is sorted by: `<a/b>` stands before `<a>`."""
    value = statement.object.value
    return f"{value.value}>" if isinstance(value, Constant) else ""


def _object(terms: Terms) -> Fragment:
    if terms.kind is Kind.LITERAL:
        return ('"', TURTLE_ESCAPING.part(terms.texts), _ending(terms))
    return (terms.before, terms.rest) if terms.kind is Kind.BLANK else ("<", terms.before, terms.rest, ">")


def _ending(terms: Terms) -> str:
    if terms.language:
        return f'"@{terms.language}'
    return f'"^^<{terms.datatype}>' if terms.datatype else '"'


def _endings(language: pa.Array, datatype: pa.Array) -> pa.Array:
    return pc.coalesce(join(('"@', language)), join(('"^^<', datatype, ">")), scalar('"'))


def _in_order(lines: pa.Array) -> bool:
    return not pc.any(pc.less(lines.slice(1), lines.slice(0, len(lines) - 1))).as_py()


def _graphs(graphs: pa.Array) -> pa.Array:
    return pc.if_else(pc.equal(graphs, ""), " .\n", join((" ", _mixed(graphs), " .\n")))


def _resource(before: str, rest: Part) -> Fragment:
    """Spell IRIs, or blank nodes: the subjects of a table are of one kind."""
    first = rest if isinstance(rest, str) else rest[0].as_py() if len(rest) else ""
    return (before, rest) if (before + first).startswith("_:") else ("<", before, rest, ">")


def _mixed(values: pa.Array) -> pa.Array:
    """Spell IRIs and blank nodes, whose lexical forms begin with `_:`."""
    iris = join(("<", values, ">"))
    blank = pc.starts_with(values, "_:")
    return pc.if_else(blank, values, iris) if pc.any(blank).as_py() else iris


def _objects(batch: pa.RecordBatch) -> Fragment:
    """Return what stands before each object's lexical form, the form, and what stands after it."""
    literal = pc.equal(batch["kind"], int(Kind.LITERAL))
    blank = pc.equal(batch["kind"], int(Kind.BLANK))
    opening = pc.if_else(literal, '"', "<")
    closing = pc.if_else(literal, _endings(batch["language"], batch["datatype"]), ">")
    if pc.any(blank).as_py():
        opening, closing = pc.if_else(blank, "", opening), pc.if_else(blank, "", closing)
    return opening, TURTLE_ESCAPING.array(batch["object"]), closing

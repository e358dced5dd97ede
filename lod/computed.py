"""What is computed of records, as term tables: in a graph of its own, about nodes of our own, made by an activity."""

from collections.abc import Sequence
from dataclasses import dataclass

import ibis
import ibis.expr.types as ir
import pyarrow as pa

from lod.engine import Engine, table_name
from lod.term_table import ROW, Column, Constant, Slot, Statement, Term, TermTable
from lod.terms import RDF_TYPE, XSD, Kind
from lod.vocab import NS, PROV, RDFS

_DIGITS = 16
_ACTIVITY, _ENTITY = PROV + "Activity", PROV + "Entity"


@dataclass(frozen=True)
class Computed:
    """Makes the term tables of one kind of computation (`name`) on one engine, below one base."""

    engine: Engine
    base: str
    name: str

    @property
    def graph(self) -> str:
        """The graph of all its statements."""
        return f"{self.base}graph/{self.name}"

    @property
    def run(self) -> str:
        """The activity that made it."""
        return f"{self.base}run/{self.name}"

    def said(self, predicate: str, term: Term) -> Statement:
        """Return a statement of the graph."""
        return Statement(Constant(predicate), term, Constant(self.graph))

    def table(self, rows: ir.Table, subject: Slot, statements: Sequence[Statement]) -> TermTable:
        """Return rows, in which a column of each slot is a text, as a term table."""
        texts = {name: rows[name].cast("string") for name in rows.columns}
        kept = self.engine.materialise(self.name, rows.select(**{ROW: ibis.null("int64")}, **texts))
        return TermTable(table_name(kept), Constant(""), self.name, subject, tuple(statements))

    def nodes(self, subject: Slot, class_: str, label: Slot, rows: ir.Table, more: Sequence[Statement]) -> TermTable:
        """Return an entity of a class for each row, with an English label."""
        statements = [
            self.said(RDF_TYPE, constant(class_)),
            self.said(RDF_TYPE, constant(_ENTITY)),
            self.said(RDFS + "label", Term(label, Kind.LITERAL, None, Constant("en"))),
            self.said(PROV + "wasGeneratedBy", constant(self.run)),
        ]
        return self.table(rows, subject, [*statements, *more])

    def links(self, subject: Slot, rows: ir.Table, said: dict[str, str]) -> TermTable:
        """Return what nodes point at: by property of ours, the column that names it."""
        return self.table(rows, subject, [self.said(NS + predicate, iri(column)) for predicate, column in said.items()])

    def activity(self, label: str) -> TermTable:
        """Return the activity that computed all this, and the graph that it made."""
        rows = {
            "subject": [self.run, self.graph],
            "class": [_ACTIVITY, _ENTITY],
            "label": [label, f"{label}, as statements"],
            "run": [None, self.run],
        }
        statements = [
            self.said(RDF_TYPE, iri("class")),
            self.said(RDFS + "label", Term(Column("label"), Kind.LITERAL, None, Constant("en"))),
            self.said(PROV + "wasGeneratedBy", iri("run")),
        ]
        return self.table(self.engine.materialise("run", pa.table(rows)), Column("subject"), statements)

    def node(self, name: str, column: str = "id") -> Column:
        """Return the subject that a column ends, behind the base and a word."""
        return Column(column, f"{self.base}{name}/")


def numbered(rows: ir.Table, key: Sequence[str]) -> ir.Table:
    """Add the `id` of the node that each row is about: a hash of the columns that tell it apart."""
    text = ibis.literal(" ").join([ibis.coalesce(rows[name], "") for name in key])
    return rows.mutate(id=text.hexdigest("sha256").left(_DIGITS))


def constant(value: str) -> Term:
    """Return the same IRI for each row."""
    return Term(Constant(value), Kind.IRI)


def iri(column: str) -> Term:
    """Return the IRI in a column."""
    return Term(Column(column), Kind.IRI)


def literal(column: str, datatype: str) -> Term:
    """Return the literal in a column, of a datatype of XML Schema."""
    return Term(Column(column), Kind.LITERAL, Constant(XSD + datatype))

"""Lineage as statements: in a graph of its own, about nodes of our own, made by an activity that says so."""

from collections.abc import Sequence
from dataclasses import dataclass

import ibis
import ibis.expr.types as ir
import pyarrow as pa

from lod.engine import Engine, table_name
from lod.lineage.compute import Lineage
from lod.lineage.roots import KINDS
from lod.lineage.stated import TOLERANCE
from lod.term_table import ROW, Column, Constant, Slot, Statement, Term, TermTable
from lod.terms import RDF_TYPE, XSD, Kind
from lod.vocab import NS, PROV, RDFS

GRAPH, RUN = "graph/lineage", "run/lineage"
_DIGITS = 16
_VARIABLE = ("event", "variable")
_GROUP = (*_VARIABLE, "key")
_ALIKE = ("address", "because")


def lineage_tables(engine: Engine, found: Lineage, base: str) -> tuple[TermTable, ...]:
    """Return what was computed as term tables, with all statements in the graph `base` + `GRAPH`; none without claims.

    Their nodes have addresses that depend on what they are of alone, so that other claims change none. A claim that
    agrees with no other makes no agreement: that would say nothing which the claim does not.
    """
    if not any(engine.flags(rows, [rows.claim.notnull()])[0] for rows in (found.roots, found.stated)):
        return ()
    of = _Tables(engine, base)
    agreed = found.agreements.filter(found.agreements.claims > 1)
    numbers = found.stated.filter(found.stated.low.notnull())
    alike = found.duplicates.select(*_ALIKE).distinct()
    return (
        of.run(),
        of.table(found.roots, Column("claim"), [of.said(NS + "root", _iri("root"))]),
        of.nodes("Agreement", agreed, _GROUP, [of.said(f"{NS}{kind}Roots", _count(kind)) for kind in KINDS]),
        of.links("Agreement", found.stated.semi_join(agreed, _GROUP), _GROUP, {"among": "claim"}),
        of.nodes("Spread", _ends(found.spreads), _VARIABLE, _spread(of)),
        of.links("Spread", numbers.semi_join(found.spreads, _VARIABLE), _VARIABLE, {"among": "claim"}),
        of.nodes(
            "Contradiction", found.contradictions, ("one", "other"), [of.said(NS + "sameRoot", _flag("same_root"))]
        ),
        of.links("Contradiction", found.contradictions, ("one", "other"), {"between": "one"}),
        of.links("Contradiction", found.contradictions, ("one", "other"), {"between": "other"}),
        of.nodes("Excess", found.excesses, ("part", "whole"), []),
        of.links("Excess", found.excesses, ("part", "whole"), {"part": "part", "whole": "whole"}),
        of.nodes("Candidate", alike, _ALIKE, [of.said(NS + "because", Term(Column("because", NS), Kind.IRI))]),
        of.links("Candidate", found.duplicates, _ALIKE, {"among": "source"}),
    )


@dataclass(frozen=True)
class _Tables:
    """Makes the term tables of one engine, below one base."""

    engine: Engine
    base: str

    def said(self, predicate: str, term: Term) -> Statement:
        return Statement(Constant(predicate), term, Constant(self.base + GRAPH))

    def table(self, rows: ir.Table, subject: Slot, statements: Sequence[Statement]) -> TermTable:
        """Return rows, in which a column of each slot is a text, as a term table."""
        texts = {name: rows[name].cast("string") for name in rows.columns}
        kept = self.engine.materialise("lineage", rows.select(**{ROW: ibis.null("int64")}, **texts))
        return TermTable(table_name(kept), Constant(""), "lineage", subject, tuple(statements))

    def nodes(self, name: str, rows: ir.Table, key: Sequence[str], more: Sequence[Statement]) -> TermTable:
        """Return a node of a class for each row, which the columns of the key tell apart."""
        statements = [
            self.said(RDF_TYPE, _constant(NS + name)),
            self.said(RDF_TYPE, _constant(PROV + "Entity")),
            self.said(RDFS + "label", Term(Constant(_LABELS[name]), Kind.LITERAL, None, Constant("en"))),
            self.said(PROV + "wasGeneratedBy", _constant(self.base + RUN)),
        ]
        return self.table(_numbered(rows, key), self._subject(name), [*statements, *more])

    def links(self, name: str, rows: ir.Table, key: Sequence[str], said: dict[str, str]) -> TermTable:
        """Return what these nodes point at: by property of ours, the column that names it."""
        statements = [self.said(NS + predicate, _iri(column)) for predicate, column in said.items()]
        return self.table(_numbered(rows, key), self._subject(name), statements)

    def run(self) -> TermTable:
        """Return the activity that computed all this, and the graph that it made."""
        run, graph = self.base + RUN, self.base + GRAPH
        rows = self.engine.materialise("run", pa.table({"subject": [run, graph], "class": [_ACTIVITY, _ENTITY]}))
        made, about = rows.subject == graph, rows.subject == run
        rows = rows.mutate(
            label=ibis.ifelse(about, "Lineage of the claims", "Lineage of the claims, as statements"),
            run=ibis.ifelse(made, run, ibis.null("string")),
            tolerance=ibis.ifelse(about, str(TOLERANCE), ibis.null("string")),
        )
        statements = [
            self.said(RDF_TYPE, _iri("class")),
            self.said(RDFS + "label", Term(Column("label"), Kind.LITERAL, None, Constant("en"))),
            self.said(PROV + "wasGeneratedBy", _iri("run")),
            self.said(NS + "tolerance", _literal("tolerance", "decimal")),
        ]
        return self.table(rows, Column("subject"), statements)

    def _subject(self, name: str) -> Column:
        return Column("id", f"{self.base}{name.lower()}/")


_ACTIVITY, _ENTITY = PROV + "Activity", PROV + "Entity"
_LABELS = {
    "Agreement": "claims that state the same",
    "Spread": "how far claims lie apart",
    "Contradiction": "two claims that contradict each other",
    "Excess": "a part that exceeds its whole",
    "Candidate": "sources that may be one",
}


def _numbered(rows: ir.Table, key: Sequence[str]) -> ir.Table:
    """Add the `id` of the node that each row is about."""
    text = ibis.literal(" ").join([rows[name] for name in key])
    return rows.mutate(id=text.hexdigest("sha256").left(_DIGITS))


def _spread(of: _Tables) -> list[Statement]:
    ends = [
        of.said(NS + name, Term(Column(name), Kind.LITERAL, Column(f"{name}_type"))) for name in ("lowest", "highest")
    ]
    return [*ends, of.said(NS + "claims", _count("claims")), of.said(NS + "roots", _count("roots"))]


def _ends(spreads: ir.Table) -> ir.Table:
    """Take the lexical forms of bounds and their datatypes apart."""
    parts = {name: spreads[name].split(" ") for name in ("lowest", "highest")}
    texts = {name: part[0] for name, part in parts.items()}
    return spreads.mutate(**texts, **{f"{name}_type": part[1] for name, part in parts.items()})


def _constant(iri: str) -> Term:
    return Term(Constant(iri), Kind.IRI)


def _iri(column: str) -> Term:
    return Term(Column(column), Kind.IRI)


def _literal(column: str, datatype: str) -> Term:
    return Term(Column(column), Kind.LITERAL, Constant(XSD + datatype))


def _count(column: str) -> Term:
    return _literal(column, "integer")


def _flag(column: str) -> Term:
    return _literal(column, "boolean")

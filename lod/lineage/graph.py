"""Lineage as statements: in a graph of its own, about nodes of our own, made by an activity that says so."""

import ibis.expr.types as ir
import pyarrow as pa

from lod.computed import Computed, literal, numbered
from lod.engine import Engine
from lod.lineage.compute import Lineage
from lod.lineage.roots import KINDS
from lod.lineage.stated import TOLERANCE
from lod.term_table import Column, Constant, Statement, Term, TermTable
from lod.terms import Kind
from lod.vocab import NS

_VARIABLE = ("event", "variable")
_GROUP = (*_VARIABLE, "key")
_ALIKE = ("address", "because")
_PAIR, _PARTS = ("one", "other"), ("part", "whole")


def lineage_tables(engine: Engine, found: Lineage, base: str) -> tuple[TermTable, ...]:
    """Return what was computed as term tables, with all statements in the graph `graph/lineage`; none without claims.

    Their nodes have addresses that depend on what they are of alone, so that other claims change none. A claim that
    agrees with no other makes no agreement: that would say nothing which the claim does not.
    """
    if not any(engine.flags(rows, [rows.claim.notnull()])[0] for rows in (found.roots, found.stated)):
        return ()
    of = Computed(engine, base, "lineage")
    return (
        of.activity("Lineage of the claims"),
        _tolerance(of),
        of.links(Column("claim"), found.roots, {"root": "root"}),
        *_agreements(of, found),
        *_spreads(of, found),
        *_contradictions(of, found),
        *_excesses(of, found),
        *_candidates(of, found),
    )


def _tolerance(of: Computed) -> TermTable:
    rows = of.engine.materialise("tolerance", pa.table({"tolerance": [str(TOLERANCE)]}))
    return of.table(rows, Constant(of.run), [of.said(NS + "tolerance", literal("tolerance", "decimal"))])


def _agreements(of: Computed, found: Lineage) -> tuple[TermTable, ...]:
    agreed = found.agreements.filter(found.agreements.claims > 1)
    counts = [of.said(f"{NS}{kind}Roots", literal(kind, "integer")) for kind in KINDS]
    members = numbered(found.stated.semi_join(agreed, _GROUP), _GROUP)
    node, label = of.node("agreement"), Constant("claims that state the same")
    return (
        of.nodes(node, NS + "Agreement", label, numbered(agreed, _GROUP), counts),
        of.links(node, members, {"among": "claim"}),
    )


def _spreads(of: Computed, found: Lineage) -> tuple[TermTable, ...]:
    numbers = found.stated.filter(found.stated.low.notnull()).semi_join(found.spreads, _VARIABLE)
    node, label = of.node("spread"), Constant("how far claims lie apart")
    return (
        of.nodes(node, NS + "Spread", label, numbered(_ends(found.spreads), _VARIABLE), _spread(of)),
        of.links(node, numbered(numbers, _VARIABLE), {"among": "claim"}),
    )


def _contradictions(of: Computed, found: Lineage) -> tuple[TermTable, ...]:
    pairs, node = numbered(found.contradictions, _PAIR), of.node("contradiction")
    same = of.said(NS + "sameRoot", literal("same_root", "boolean"))
    return (
        of.nodes(node, NS + "Contradiction", Constant("two claims that contradict each other"), pairs, [same]),
        *(of.links(node, pairs, {"between": end}) for end in _PAIR),
    )


def _excesses(of: Computed, found: Lineage) -> tuple[TermTable, ...]:
    pairs, node = numbered(found.excesses, _PARTS), of.node("excess")
    return (
        of.nodes(node, NS + "Excess", Constant("a part that exceeds its whole"), pairs, []),
        of.links(node, pairs, {name: name for name in _PARTS}),
    )


def _candidates(of: Computed, found: Lineage) -> tuple[TermTable, ...]:
    sources, node = numbered(found.duplicates, _ALIKE), of.node("candidate")
    groups = sources.select("id", "because", "similarity").distinct()
    said = [
        of.said(NS + "because", Term(Column("because", NS), Kind.IRI)),
        of.said(NS + "similarity", literal("similarity", "decimal")),
    ]
    return (
        of.nodes(node, NS + "Candidate", Constant("sources that may be one"), groups, said),
        of.links(node, sources, {"among": "source"}),
    )


def _spread(of: Computed) -> list[Statement]:
    ends = [
        of.said(NS + name, Term(Column(name), Kind.LITERAL, Column(f"{name}_type"))) for name in ("lowest", "highest")
    ]
    return [*ends, *(of.said(NS + name, literal(name, "integer")) for name in ("claims", "roots"))]


def _ends(spreads: ir.Table) -> ir.Table:
    """Take the lexical forms of bounds and their datatypes apart."""
    parts = {name: spreads[name].split(" ") for name in ("lowest", "highest")}
    texts = {name: part[0] for name, part in parts.items()}
    return spreads.mutate(**texts, **{f"{name}_type": part[1] for name, part in parts.items()})

"""Roots: the sources that a claim goes back to in the end.

A claim goes back to what it rests on (`schema:isBasedOn`), or, where that is a claim or there is none, to where that
was read (`schema:appearance`); from there to whatever that derives from (`prov:wasDerivedFrom`). What derives from
nothing is a root. https://www.w3.org/TR/prov-o/#wasDerivedFrom
"""

import ibis
import ibis.expr.types as ir

from lod.engine import Engine
from lod.terms import RDF_TYPE
from lod.triples import links, members
from lod.vocab import NS, PROV, SCHEMA

FIRST_HAND, UNKNOWN, UNSEEN = KINDS = ("firstHand", "unknown", "unseen")


def roots(engine: Engine, statements: ir.Table) -> ir.Table:
    """Return the roots of each claim of statements (`TRIPLE`): `claim`, `root` and `kind`, none twice.

    kind: `firstHand` where the root says so of itself, `unseen` where it is known only through another source, else
    `unknown`. A claim of a loop that nothing leads out of has none.
    """
    claims = engine.materialise("claims", members(statements, SCHEMA + "Claim", RDF_TYPE).select(node="subject"))
    started = engine.materialise("sources", _sources(engine, statements, claims))
    derived = links(statements, PROV + "wasDerivedFrom")
    walked = derived.semi_join(started.select(subject="node").union(derived.select(subject="object")), "subject")
    last = _led(engine, started, engine.materialise("derived", walked)).rename(root="node")
    return engine.materialise("roots", _with_kind(last, statements))


def _sources(engine: Engine, statements: ir.Table, claims: ir.Table) -> ir.Table:
    """Return `claim` and `node`: what each claim was read in, or rests on, before anything that this derives from."""
    rests = engine.materialise("rests", links(statements, SCHEMA + "isBasedOn"))
    grounds = engine.materialise("grounds", _led(engine, claims.select(claim="node", node="node"), rests))
    read = links(statements, SCHEMA + "appearance")
    appearances = grounds.join(read, grounds.node == read.subject).select(claim="claim", node="object")
    return appearances.union(grounds).distinct().anti_join(claims, "node")


def _led(engine: Engine, started: ir.Table, edges: ir.Table) -> ir.Table:
    """Return `claim` and `node`: where each claim is led to in the end from the nodes that it starts from."""
    ends = _ends(engine, edges)
    led = started.join(ends, "node").select(claim="claim", node="end")
    return led.union(started.anti_join(edges, started.node == edges.subject)).distinct()


def _ends(engine: Engine, edges: ir.Table) -> ir.Table:
    """Return `node` and `end`: where each subject of edges (`subject`, `object`) is led to in the end, none twice.

    From the ends backwards, so that each edge is walked once for each end behind it.
    """
    tops = edges.select(end="object").distinct().anti_join(edges, ibis._.end == edges.subject)
    fresh = engine.materialise("ends", tops.select(node="end", end="end"))
    found = [fresh]
    while engine.flags(fresh, [fresh.node.notnull()])[0]:
        nearer = edges.join(fresh, edges.object == fresh.node).select(node="subject", end="end").distinct()
        known = engine.union("known", found)
        fresh = engine.materialise("ends", nearer.anti_join(known, ["node", "end"]))
        found.append(fresh)
    return engine.union("ends", found)


def _with_kind(last: ir.Table, statements: ir.Table) -> ir.Table:
    told = statements.filter((statements.predicate == NS + "firstHand") & statements.object.isin(["true", "1"]))
    relayed = links(statements, NS + "knownThrough").select("subject")
    kind = ibis.cases(
        (last.root.isin(relayed.subject), UNSEEN),
        (last.root.isin(told.subject), FIRST_HAND),
        else_=UNKNOWN,
    )
    return last.mutate(kind=kind)

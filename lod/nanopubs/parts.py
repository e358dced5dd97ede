"""What is published of each claim by itself: the statements of its assertion, and those of its provenance."""

import operator
from functools import reduce

import ibis
import ibis.expr.types as ir

from lod.engine import Engine
from lod.quad import TRIPLE
from lod.terms import RDF_TYPE, Kind
from lod.triples import members
from lod.vocab import CSVW, NS, PROV, SCHEMA

ASSERTION, PROVENANCE = "assertion", "provenance"
_TRAIL = (SCHEMA + "appearance", SCHEMA + "isBasedOn", SCHEMA + "citation", NS + "locator", NS + "locatorType")


def claim_statements(engine: Engine, statements: ir.Table) -> ir.Table:
    """Return the statements of each claim: `claim`, `part` and `TRIPLE`, claim after claim, none twice.

    part: `assertion` of what the claim says of itself and its value, and who makes it; `provenance` of what it was read
    in and rests on, its quotes, its row, the sources behind its sources, to the last, and its claimants. Row numbers
    are left out, since they change with other rows.
    """
    said = statements.filter(statements.predicate != CSVW + "rownum")
    claims = engine.materialise("claims", members(said, SCHEMA + "Claim", RDF_TYPE).select(claim="subject"))
    about = engine.materialise("parts", _parts(engine, said, claims))
    found = about.join(said, about.node == said.subject)
    is_trail = reduce(operator.or_, [found.predicate == each for each in _TRAIL], found.predicate.startswith(PROV))
    moved = (found.node == found.claim) & is_trail
    placed = (
        found.mutate(part=ibis.ifelse(moved, PROVENANCE, found.part)).select("claim", "part", *TRIPLE).drop("graph")
    )
    return placed.distinct().order_by("claim", "part", "subject", "predicate", "object", "datatype", "language")


def _parts(engine: Engine, said: ir.Table, claims: ir.Table) -> ir.Table:
    """Return the nodes that are described with each claim: `claim`, `node` and `part`."""
    own = claims.mutate(node=claims.claim)
    rows = said.filter(said.predicate == CSVW + "describes").join(claims, ibis._.object == claims.claim)
    rows = engine.materialise("rows", rows.select("claim", node="subject"))
    return engine.union(
        "parts",
        [
            _in_part(own, ASSERTION),
            _in_part(_pointed(said, own, NS + "states"), ASSERTION),
            _in_part(_pointed(said, own, SCHEMA + "citation"), PROVENANCE),
            _in_part(_pointed(said, own, PROV + "wasAttributedTo"), PROVENANCE),
            _in_part(rows, PROVENANCE),
            _in_part(_pointed(said, rows, PROV + "wasGeneratedBy"), PROVENANCE),
            *(_in_part(each, PROVENANCE) for each in _origins(engine, said, own)),
        ],
    )


def _in_part(nodes: ir.Table, part: str) -> ir.Table:
    return nodes.select("claim", "node", part=ibis.literal(part)).distinct()


def _pointed(said: ir.Table, nodes: ir.Table, predicate: str) -> ir.Table:
    leads = said.filter((said.predicate == predicate) & (said.kind == int(Kind.IRI)))
    return nodes.join(leads, nodes.node == leads.subject).select("claim", node="object").distinct()


def _origins(engine: Engine, said: ir.Table, own: ir.Table) -> list[ir.Table]:
    """Return what each claim derives from, step by step."""
    fresh = engine.materialise(
        "origins", _pointed(said, own, PROV + "wasDerivedFrom").anti_join(own, ["claim", "node"])
    )
    found = [fresh]
    while engine.flags(fresh, [fresh.node.notnull()])[0]:
        further = _pointed(said, fresh, PROV + "wasDerivedFrom")
        fresh = engine.materialise("origins", further.anti_join(engine.union("known", found), ["claim", "node"]))
        found.append(fresh)
    return found

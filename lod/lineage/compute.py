"""All that is computed of claims and sources, in one go."""

from dataclasses import dataclass

import ibis.expr.types as ir

from lod.engine import Engine
from lod.lineage.agreement import agreements, spreads
from lod.lineage.contradictions import contradictions, excesses
from lod.lineage.duplicates import duplicates
from lod.lineage.roots import roots
from lod.lineage.stated import stated


@dataclass(frozen=True)
class Lineage:
    """Tables of an engine; each field has the columns that the function of its name says."""

    roots: ir.Table
    stated: ir.Table
    agreements: ir.Table
    spreads: ir.Table
    contradictions: ir.Table
    excesses: ir.Table
    duplicates: ir.Table


def lineage(engine: Engine, statements: ir.Table, texts: ir.Table | None = None) -> Lineage:
    """Compute the lineage of the claims among statements (`TRIPLE`, of whatever graphs).

    texts: the sources whose stored texts are alike, as `alike` returns them; they join the duplicates.
    """
    origins, values = roots(engine, statements), stated(engine, statements)
    addresses = duplicates(engine, statements)
    return Lineage(
        origins,
        values,
        agreements(engine, values, origins),
        spreads(engine, values, origins),
        contradictions(engine, values, origins, statements),
        excesses(engine, values, statements),
        addresses if texts is None else engine.union("duplicates", [addresses, texts]),
    )

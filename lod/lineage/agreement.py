"""Agreements: claims that state the same of an event, and on how many roots they rest together."""

import ibis.expr.types as ir

from lod.engine import Engine
from lod.lineage.roots import KINDS
from lod.lineage.stated import number


def agreements(engine: Engine, stated: ir.Table, roots: ir.Table) -> ir.Table:
    """Return the groups of claims that state the same value of a variable of an event; a group may be a single claim.

    Columns: `event`, `variable`, `key`, `claims` (how many), and the number of roots of each of `KINDS`.
    """
    found = stated.left_join(roots, "claim").drop("claim_right")
    counted = {kind: found.root.nunique(where=found.kind == kind) for kind in KINDS}
    groups = found.group_by("event", "variable", "key").aggregate(claims=found.claim.nunique(), **counted)
    return engine.materialise("agreements", groups)


def spreads(engine: Engine, stated: ir.Table, roots: ir.Table) -> ir.Table:
    """Return how far the claims on each variable of an event lie apart, where two at least have a number.

    Columns: `event`, `variable`, `lowest` and `highest` (the numbers as they are stated, lexical form and datatype with
    a space between; null where no claim has such a bound), `claims` and `roots` (how many).
    """
    counted = stated.filter(stated.low.notnull())
    numbers = counted.mutate(low=number(counted.low_text), high=number(counted.high_text))  # without the tolerance
    ends = numbers.group_by("event", "variable").aggregate(least=numbers.low.min(), most=numbers.high.max())
    found = numbers.join(ends, ["event", "variable"]).left_join(roots, "claim")
    groups = found.group_by("event", "variable").aggregate(
        lowest=found.low_text.min(where=found.low == found.least),
        highest=found.high_text.min(where=found.high == found.most),
        claims=found.claim.nunique(),
        roots=found.root.nunique(),
    )
    return engine.materialise("spreads", groups.filter(groups.claims > 1))

"""Contradictions: claims whose values cannot both hold; parts that exceed their whole; how far claims lie apart.

Nothing here says who is right, and no midpoint is made.
"""

import ibis
import ibis.expr.types as ir

from lod.engine import Engine
from lod.triples import links
from lod.vocab import SCHEMA


def contradictions(engine: Engine, stated: ir.Table, roots: ir.Table, statements: ir.Table) -> ir.Table:
    """Return the pairs of claims that contradict each other: `event`, `variable`, `one`, `other` and `same_root`.

    Two claims on one event and one variable contradict each other where their intervals share no number, neither is a
    part of the other, and their dates, where both have one, share a day. `one` sorts before `other`. same_root: whether
    both go back to one and the same root.
    """
    one = stated.filter(stated.low.notnull())
    other = one.view()
    apart = _excludes(one, other) | _excludes(other, one)
    on = [one.event == other.event, one.variable == other.variable, one.claim < other.claim, apart, _meet(one, other)]
    pairs = one.join(other, on).select(event=one.event, variable=one.variable, one=one.claim, other=other.claim)
    within = _within(engine, statements)
    around = within.select(part="whole", whole="part")
    free = pairs.anti_join(within.union(around), [("one", "part"), ("other", "whole")])
    return engine.materialise("contradictions", _with_roots(free, roots))


def excesses(engine: Engine, stated: ir.Table, statements: ir.Table) -> ir.Table:
    """Return the claims that exceed a claim that they are a part of: `part` and `whole`."""
    parts, wholes = stated.select("low", "above", part="claim"), stated.select("high", "below", whole="claim")
    both = _within(engine, statements).join(parts, "part").join(wholes, "whole")
    return engine.materialise("excesses", both.filter(_excludes(both, both)).select("part", "whole").distinct())


def _excludes(less: ir.Table, more: ir.Table) -> ir.BooleanValue:
    """Whether an interval (`high`, `below`) ends before another (`low`, `above`) begins."""
    return (less.high < more.low) | ((less.high == more.low) & (less.below | more.above))


def _meet(one: ir.Table, other: ir.Table) -> ir.BooleanValue:
    """Whether two dates share a day; what has no date is of any."""
    always = one.earliest.isnull() | one.latest.isnull() | other.earliest.isnull() | other.latest.isnull()
    return always | ((one.earliest <= other.latest) & (other.earliest <= one.latest))


def _within(engine: Engine, statements: ir.Table) -> ir.Table:
    """Return `part` and `whole`: what each claim is a part of, at any depth."""
    edges = engine.materialise("parts", links(statements, SCHEMA + "isPartOf"))
    found = [engine.materialise("parts", edges.rename(part="subject", whole="object"))]
    while engine.flags(found[-1], [found[-1].part.notnull()])[0]:
        further = found[-1].join(edges, found[-1].whole == edges.subject).select(part="part", whole="object").distinct()
        found.append(engine.materialise("parts", further.anti_join(engine.union("known", found), ["part", "whole"])))
    return engine.union("parts", found)


def _with_roots(pairs: ir.Table, roots: ir.Table) -> ir.Table:
    """Say of each pair whether the roots of both together are one."""
    own = roots.group_by("claim").aggregate(least=roots.root.min(), most=roots.root.max())
    one, other = own, own.view()
    found = pairs.left_join(one, pairs.one == one.claim).drop("claim").rename(one_least="least", one_most="most")
    both = found.left_join(other, found.other == other.claim)
    same = (both.one_least == both.most) & (both.one_most == both.least)
    return both.select("event", "variable", "one", "other", same_root=ibis.coalesce(same, False))

"""Property paths walked from focus nodes to value nodes.

Rows have `focus` and `value` (keys) and `times`: how often the focus node is held to the shape.
https://www.w3.org/TR/shacl/#property-paths
"""

import ibis
import ibis.expr.types as ir

from lod.engine import Engine, union
from lod.validation.facts import Facts
from lod.validation.path import Alternative, Inverse, Path, Predicate, Repeated, Sequence, forward, predicates, stays


def walked(facts: Facts, nodes: ir.Table, path: Path | None) -> ir.Table:
    """Return the value nodes of focus nodes (`node`, `times`); without a path each focus node is its own.

    A row stands several times where the statements do, and no path of more than one step was walked.
    """
    start = nodes.select(focus="node", value="node", times="times")
    return start if path is None else _walk(facts, start, forward(path))


def step(facts: Facts, path: Path | None) -> ir.Table | None:
    """Return `subject` and `object` of a path that is a single step, forward or backward; None of all others."""
    match path:
        case Predicate(iri):
            return facts.pairs(iri)
        case Inverse(Predicate(iri)):
            pairs = facts.pairs(iri)
            return pairs.select(subject=pairs.object, object=pairs.subject)
    return None


def leads_nowhere(facts: Facts, path: Path | None) -> bool:
    """Whether no node has a value by a path, since there are no statements with the predicates that it needs."""
    match path:
        case Predicate(iri):
            return not facts.has(iri)
        case Inverse(inner) | Repeated(inner, "+"):
            return leads_nowhere(facts, inner)
        case Sequence(paths):
            return any(leads_nowhere(facts, each) for each in paths)
        case Alternative(paths):
            return all(leads_nowhere(facts, each) for each in paths)
    return False


def _walk(facts: Facts, rows: ir.Table, path: Path) -> ir.Table:
    pairs = step(facts, path)
    if pairs is not None:
        return _along(rows, pairs)
    match path:
        case Sequence(paths):
            for each in paths:
                rows = _walk(facts, rows, each).distinct()
            return rows
        case Alternative(paths):
            ways = [_walk(facts, rows, each) for each in paths]
            return ways[0].union(*ways[1:]).distinct()
        case Repeated(inner, "?"):
            return rows.union(_walk(facts, rows, inner)).distinct()
        case Repeated(inner, mark):
            pairs = _pairs(facts, inner)
            once = _along(rows, pairs)
            start = rows if mark == "*" else rows.union(once) if stays(inner) else once
            return _closure(facts.engine, start, pairs)
    raise TypeError(f"a path that does not go forward: {path}")


def _along(rows: ir.Table, pairs: ir.Table) -> ir.Table:
    """Return rows a step on, along pairs of `subject` and `object`."""
    return rows.join(pairs, rows.value == pairs.subject).select("focus", value="object", times="times")


def _pairs(facts: Facts, path: Path) -> ir.Table:
    """Return `subject` and `object` of a path that is repeated.

    What is more than a step is walked once, from all nodes that it can start from: paths that are repeated within
    paths that are repeated cost a walk each, and not one within the other.
    """
    pairs = step(facts, path)
    if pairs is not None:
        return pairs
    nodes = union([facts.nodes(predicate) for predicate in sorted(predicates(path))]).distinct()
    starts = facts.engine.materialise("starts", nodes.mutate(times=ibis.literal(1, "int64")))
    led = _walk(facts, starts.select(focus="node", value="node", times="times"), path)
    return facts.engine.materialise("pairs", led.select(subject="focus", object="value").distinct())


def _closure(engine: Engine, start: ir.Table, pairs: ir.Table) -> ir.Table:
    """Return what is reached along pairs in any number of steps: a frontier walks on until it finds nothing new."""
    reached = frontier = engine.materialise("reached", start.distinct())
    while True:
        on = _along(frontier, pairs).distinct().anti_join(reached, ["focus", "value"])
        frontier = engine.materialise("frontier", on)
        if not engine.rows(frontier.limit(1)):
            return reached
        reached = engine.materialise("reached", reached.union(frontier))

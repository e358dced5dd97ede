"""Property paths walked from focus nodes to value nodes.

Queries give `focus` and `value` (keys) and `times`: how often the focus node is held to the shape.
https://www.w3.org/TR/shacl/#property-paths
"""

from lod.engine import Engine
from lod.validation.facts import Facts
from lod.validation.path import Alternative, Inverse, Path, Predicate, Repeated, Sequence, forward, predicates, stays


def walked(facts: Facts, nodes: str, path: Path | None) -> str:
    """Return the query of the value nodes of a table of focus nodes (`node`, `times`): without a path, themselves.

    A row stands several times where the statements do, and no path of more than one step was walked. Longer paths
    are walked at once, into a table.
    """
    if path is None:
        return f"SELECT node AS focus, node AS value, times FROM {nodes}"
    pairs = step(facts, path)
    if pairs is not None:
        return f"SELECT focus, value, times FROM {nodes} JOIN ({pairs}) AS pairs ON node = focus"
    return f"SELECT * FROM {_walk(facts, facts.engine.compute('start', walked(facts, nodes, None)), forward(path))}"


def step(facts: Facts, path: Path | None) -> str | None:
    """Return the query of `focus` and `value` of a path of one step, forward or backward; None of all others."""
    match path:
        case Predicate(iri):
            return f"SELECT subject AS focus, object AS value FROM {facts.pairs(iri)}"
        case Inverse(Predicate(iri)):
            return f"SELECT object AS focus, subject AS value FROM {facts.pairs(iri)}"
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


def _walk(facts: Facts, rows: str, path: Path) -> str:
    """Return a table of where a path leads from the values of another, none of them twice."""
    pairs = step(facts, path)
    if pairs is not None:
        return _distinct(facts.engine, _along(rows, pairs))
    match path:
        case Sequence(paths):
            for each in paths:
                rows = _walk(facts, rows, each)
            return rows
        case Alternative(paths):
            return _distinct(facts.engine, *(f"FROM {_walk(facts, rows, each)}" for each in paths))
        case Repeated(inner, "?"):
            return _distinct(facts.engine, f"FROM {rows}", f"FROM {_walk(facts, rows, inner)}")
        case Repeated(inner, mark):
            pairs = _pairs(facts, inner)
            start = [] if mark == "+" and not stays(inner) else [f"FROM {rows}"]
            start += [_along(rows, pairs)] if mark == "+" else []
            return _closure(facts.engine, _distinct(facts.engine, *start), pairs)
    raise TypeError(f"a path that does not go forward: {path}")


def _along(rows: str, pairs: str) -> str:
    """Return the rows of a table a step on, along pairs of `focus` and `value`."""
    return f"SELECT a.focus, b.value, a.times FROM {rows} AS a JOIN ({pairs}) AS b ON a.value = b.focus"


def _distinct(engine: Engine, *queries: str) -> str:
    return engine.compute("walked", f"SELECT DISTINCT * FROM ({' UNION ALL '.join(queries)})")


def _pairs(facts: Facts, path: Path) -> str:
    """Return the query of `focus` and `value` of a path that is repeated.

    What is more than a step is walked once, from all nodes that it can start from: paths that are repeated within
    paths that are repeated cost a walk each, and not one within the other.
    """
    pairs = step(facts, path)
    if pairs is not None:
        return pairs
    nodes = " UNION ".join(facts.nodes(predicate) for predicate in sorted(predicates(path)))
    starts = f"SELECT node AS focus, node AS value, CAST(1 AS BIGINT) AS times FROM ({nodes})"
    led = _walk(facts, facts.engine.compute("starts", starts), path)
    return f"SELECT focus, value FROM {led}"


def _closure(engine: Engine, reached: str, pairs: str) -> str:
    """Return what is reached along pairs in any number of steps: a frontier walks on until it finds nothing new."""
    frontier = reached
    while True:
        on = f"SELECT DISTINCT * FROM ({_along(frontier, pairs)}) ANTI JOIN {reached} USING (focus, value)"
        frontier = engine.compute("frontier", on)
        if engine.is_empty(frontier):
            return reached
        reached = engine.compute("reached", f"FROM {reached} UNION ALL FROM {frontier}")

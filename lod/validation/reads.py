"""Which properties a query reads, by its algebra."""

from collections.abc import Iterator
from typing import Any, Literal

from rdflib import URIRef, Variable
from rdflib.paths import AlternativePath, InvPath, MulPath, NegatedPath, SequencePath
from rdflib.plugins.sparql import prepareQuery

from lod.validation.select import THIS, Select

Others = Literal["none", "focus", "any"]


def reads(select: Select) -> tuple[set[str], Others]:
    """Return the properties that a query names, and whether it reads others too.

    others: "focus" where it reads any property, but only as one that points at the focus node.
    """
    named: set[str] = set()
    others: Others = "none"
    for _, predicate, target in _patterns(prepareQuery(select.query, initNs=dict(select.prefixes)).algebra):
        steps = list(_steps(predicate))
        named |= {str(step) for step in steps if isinstance(step, URIRef)}
        if not all(isinstance(step, URIRef) for step in steps):
            plain = isinstance(predicate, Variable) and target == Variable(THIS)
            others = "focus" if plain and others != "any" else "any"
    return named, others


def _patterns(algebra: Any) -> Iterator[tuple[Any, Any, Any]]:
    """Yield the triple patterns of an algebra, in filters too."""
    if isinstance(algebra, dict):
        for name, part in algebra.items():
            if name != "triples":
                yield from _patterns(part)
                continue
            for flat in part:  # one pattern, or, in an EXISTS, several in a row
                yield from zip(flat[::3], flat[1::3], flat[2::3], strict=True)
    elif isinstance(algebra, (list, tuple, set)):
        for part in algebra:
            yield from _patterns(part)


def _steps(predicate: Any) -> Iterator[Any]:
    """Yield the properties of a path; a negated set stands for itself, as it reads all others."""
    match predicate:
        case NegatedPath():
            yield predicate
        case InvPath():
            yield from _steps(predicate.arg)
        case MulPath():
            yield from _steps(predicate.path)
        case AlternativePath() | SequencePath():
            for each in predicate.args:
                yield from _steps(each)
        case _:
            yield predicate

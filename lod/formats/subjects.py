"""Batches of statements gathered by subject, for the syntaxes that write a subject once."""

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import NamedTuple

import pyarrow as pa

from lod.quad import Quad, quads


class Object(NamedTuple):
    """An object as it stands in a batch."""

    value: str
    kind: int
    datatype: str | None
    language: str | None


class Node(NamedTuple):
    """A subject in one graph, with its predicates and objects in order."""

    subject: str
    graph: str
    pairs: list[tuple[str, list[Object]]]


def nodes(batch: pa.RecordBatch) -> Iterator[Node]:
    """Yield the nodes of a batch of whole subjects."""
    for subject, statements in groupby(quads([batch]), key=lambda quad: quad.subject):
        by_graph: dict[str, list[Quad]] = {}
        for quad in statements:
            by_graph.setdefault(quad.graph, []).append(quad)
        for graph, found in sorted(by_graph.items()):
            yield node(subject, graph, found)


def node(subject: str, graph: str, statements: Iterable[Quad]) -> Node:
    """Return a node of its statements, those with one predicate side by side."""
    grouped = groupby(statements, key=lambda quad: quad.predicate)
    return Node(subject, graph, [(predicate, list(map(_object, same))) for predicate, same in grouped])


def _object(quad: Quad) -> Object:
    return Object(quad.object, quad.kind, quad.datatype, quad.language)

"""Graphs that spare pySHACL its slow ways; none of them changes a result.

It parses a SPARQL constraint anew for each focus node, reads the list of a `sh:in` or `sh:or` anew for each node that
is held to it, and goes from a node shape into its property shapes once a focus node.
"""

from collections.abc import Generator
from functools import cache
from typing import Any

from rdflib import RDF, SH, Graph
from rdflib.plugins.sparql import prepareQuery
from rdflib.plugins.sparql.sparql import Query
from rdflib.query import Result as QueryResult
from rdflib.term import Node

_TARGETS = (SH.targetClass, SH.targetNode, SH.targetSubjectsOf, SH.targetObjectsOf)


class DataGraph(Graph):
    """A graph that parses each query once."""

    def query(self, query_object: str | Query, *args: Any, **options: Any) -> QueryResult:
        """Answer a query as rdflib does."""
        if isinstance(query_object, str):
            query_object = _parsed(query_object)
        return super().query(query_object, *args, **options)


@cache
def _parsed(text: str) -> Query:
    return prepareQuery(text)


class ShapesGraph(Graph):
    """A copy of a shapes graph that reads each RDF list once, with property shapes that have targets of their own.

    "Nodes of class C have the property shape P" and "P has the target class C" say the same; the second takes all focus
    nodes in one go. It is not to be written to.
    """

    def __init__(self, shapes: Graph) -> None:
        super().__init__()
        self._lists: dict[Node, tuple[Node, ...]] = {}
        self += shapes
        for shape in set(shapes.subjects(RDF.type, SH.NodeShape)):
            targets = [(each, target) for each in _TARGETS for target in shapes.objects(shape, each)]
            if targets and not _does_more(shapes, shape):
                for property_shape in shapes.objects(shape, SH.property):
                    self.remove((shape, SH.property, property_shape))
                    for each, target in targets:
                        self.add((property_shape, each, target))

    def items(self, list: Node) -> Generator[Node, None, None]:  # noqa: A002  # rdflib calls it so
        """Yield the members of an RDF list."""
        if list not in self._lists:
            self._lists[list] = tuple(super().items(list))
        yield from self._lists[list]


def _does_more(shapes: Graph, shape: Node) -> bool:
    """Whether a node shape's property shapes are needed in place: its targets are not all, or others refer to it."""
    aimed_otherwise = (shape, SH.target, None) in shapes or set(shapes.objects(shape, RDF.type)) > {SH.NodeShape}
    closed = (shape, SH.closed, None) in shapes
    deactivated = (shape, SH.deactivated, None) in shapes
    return aimed_otherwise or closed or deactivated or (None, None, shape) in shapes

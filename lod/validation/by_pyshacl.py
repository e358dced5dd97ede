"""Validation by pySHACL: statements go in as an rdflib graph, results come out as data."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from rdflib import SH, BNode, Graph, Literal, URIRef
from rdflib.collection import Collection
from rdflib.term import Node as RdfNode

from lod.errors import Position, ShapeError
from lod.quad import Quad
from lod.terms import Kind
from lod.validation.graphs import DataGraph, ShapesGraph
from lod.validation.path import Alternative, Inverse, Path, Predicate, Repeated
from lod.validation.path import Sequence as InSequence
from lod.validation.report import Node, Result

_ADVANCED = (SH.target, SH.rule, SH.expression, SH.returnType)
_MARKS = {SH.zeroOrMorePath: "*", SH.oneOrMorePath: "+", SH.zeroOrOnePath: "?"}


def data_graph(quads: Iterable[Quad]) -> Graph:
    """Return statements as one graph, named graphs merged; lexical forms stay as they are."""
    graph = DataGraph()
    for quad in quads:
        graph.add((_resource(quad.subject), URIRef(quad.predicate), _term(quad)))
    return graph


def _resource(text: str) -> URIRef | BNode:
    return BNode(text[2:]) if text.startswith("_:") else URIRef(text)


def _term(quad: Quad) -> URIRef | BNode | Literal:
    if quad.kind != Kind.LITERAL:
        return _resource(quad.object)
    datatype = URIRef(quad.datatype) if quad.datatype else None
    return Literal(quad.object, lang=quad.language, datatype=datatype, normalize=False)


def validate_by_pyshacl(
    data: Iterable[Quad], shapes: Iterable[Quad], places: Mapping[Node, Position]
) -> Iterator[Result]:
    """Yield what pySHACL finds wrong with statements, all graphs merged; `places` tells where a shape stands.

    Raises ShapeError where pySHACL cannot use a shape.
    """
    import pyshacl

    graph = data_graph(shapes)
    try:
        _, found, _ = pyshacl.validate(
            data_graph(data),
            shacl_graph=ShapesGraph(graph),
            inference="none",
            do_owl_imports=False,
            advanced=any((None, each, None) in graph for each in _ADVANCED),  # with it pySHACL copies the data
        )
    except Exception as error:  # besides pySHACL's own, rdflib raises plain ones for a query with an unknown prefix
        raise ShapeError(f"a shape cannot be used: {error}") from error
    for node in found.objects(None, SH.result):
        result = _result(found, node)
        yield replace(result, origin=places.get(result.shape))


def _result(graph: Graph, node: RdfNode) -> Result:
    messages = sorted(map(_node, graph.objects(node, SH.resultMessage)), key=Node.sort_key)
    path, value = graph.value(node, SH.resultPath), graph.value(node, SH.value)
    return Result(
        severity=str(graph.value(node, SH.resultSeverity)),
        focus=_node(graph.value(node, SH.focusNode)),
        path=_path(graph, path) if path is not None else None,
        value=_node(value) if value is not None else None,
        shape=_node(graph.value(node, SH.sourceShape)),
        component=str(graph.value(node, SH.sourceConstraintComponent)),
        messages=tuple(messages),
    )


def _node(term: Any) -> Node:
    if isinstance(term, Literal):
        return Node(str(term), Kind.LITERAL, str(term.datatype) if term.datatype else None, term.language)
    return Node(f"_:{term}", Kind.BLANK) if isinstance(term, BNode) else Node(str(term))


def _path(graph: Graph, path: RdfNode) -> Path:
    if isinstance(path, URIRef):
        return Predicate(str(path))
    inverted = graph.value(path, SH.inversePath)
    if inverted is not None:
        return Inverse(_path(graph, inverted))
    for predicate, mark in _MARKS.items():
        inner = graph.value(path, predicate)
        if inner is not None:
            return Repeated(_path(graph, inner), mark)
    alternatives = graph.value(path, SH.alternativePath)
    if alternatives is not None:
        return Alternative(tuple(_path(graph, each) for each in Collection(graph, alternatives)))
    return InSequence(tuple(_path(graph, each) for each in Collection(graph, path)))

"""Validation by pySHACL: statements go in as an rdflib graph, results come out as data."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from rdflib import SH, BNode, Graph, Literal, URIRef
from rdflib.collection import Collection
from rdflib.term import Node as RdfNode

from lod.errors import Position, ShapeError
from lod.quad import Quad
from lod.terms import Kind
from lod.validation.graphs import DataGraph, ShapesGraph
from lod.validation.report import Node, Report, Result, Severity
from lod.validation.shapes import Shapes

_SEVERITIES: dict[RdfNode | None, Severity] = {
    SH.Violation: Severity.VIOLATION,
    SH.Warning: Severity.WARNING,
    SH.Info: Severity.INFO,
}
_UNARY = {SH.inversePath: "^{}", SH.zeroOrMorePath: "{}*", SH.oneOrMorePath: "{}+", SH.zeroOrOnePath: "{}?"}


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


def validate(data: Graph, shapes: Shapes) -> Report:
    """Hold a graph to shapes. Raises ShapeError where pySHACL cannot use a shape."""
    import pyshacl

    try:
        _, found, _ = pyshacl.validate(
            data, shacl_graph=ShapesGraph(shapes.graph), inference="none", do_owl_imports=False
        )
    except Exception as error:  # besides pySHACL's own, rdflib raises plain ones for a query with an unknown prefix
        raise ShapeError(f"a shape cannot be used: {error}") from error
    results = (_result(found, node) for node in found.objects(None, SH.result))
    return Report(tuple(sorted(results, key=Result.sort_key)), shapes.idle(data))


def locate(report: Report, records: Mapping[str, Sequence[Position]]) -> Report:
    """Return the report with each result's records filled in, by the IRI of its focus node."""
    placed = (
        Result(**{**vars(result), "records": tuple(records.get(result.focus.value, ()))}) for result in report.results
    )
    return Report(tuple(sorted(placed, key=Result.sort_key)), report.idle_shapes)


def _result(graph: Graph, node: RdfNode) -> Result:
    messages = sorted(str(message) for message in graph.objects(node, SH.resultMessage))
    path, value = graph.value(node, SH.resultPath), graph.value(node, SH.value)
    return Result(
        severity=_SEVERITIES.get(graph.value(node, SH.resultSeverity), Severity.VIOLATION),
        focus=_node(graph.value(node, SH.focusNode)),
        path=_path(graph, path) if path is not None else None,
        value=_node(value) if value is not None else None,
        shape=str(graph.value(node, SH.sourceShape)),
        component=str(graph.value(node, SH.sourceConstraintComponent)),
        message=" ".join(messages),
    )


def _node(term: Any) -> Node:
    if isinstance(term, Literal):
        return Node(str(term), Kind.LITERAL, str(term.datatype) if term.datatype else None, term.language)
    return Node(f"_:{term}", Kind.BLANK) if isinstance(term, BNode) else Node(str(term))


def _path(graph: Graph, path: RdfNode) -> str:
    """Write a SHACL path as a SPARQL property path. https://www.w3.org/TR/shacl/#property-paths."""
    if isinstance(path, URIRef):
        return f"<{path}>"
    for predicate, pattern in _UNARY.items():
        inner = graph.value(path, predicate)
        if inner is not None:
            return pattern.format(_path(graph, inner))
    alternatives = graph.value(path, SH.alternativePath)
    members = Collection(graph, alternatives if alternatives is not None else path)
    return f"({('|' if alternatives is not None else '/').join(_path(graph, member) for member in members)})"

"""The RML front end: a document in Turtle, of the current or the former vocabulary, becomes frozen triples maps.

https://kg-construct.github.io/rml-core/spec/docs/
"""

from dataclasses import replace
from pathlib import Path, PurePosixPath

from lod.mapping.model import Join, JoinCondition, LogicalSource, Mapping, PredicateObjectMap, TermMap, TriplesMap
from lod.mapping.rml.graph import RML, RmlGraph
from lod.mapping.rml.terms import (
    GRAPH,
    OBJECT,
    PREDICATE,
    SUBJECT,
    constant_map,
    expression,
    term_map,
    term_maps,
)
from lod.quad import Quad
from lod.term_table import Constant
from lod.terms import RDF_TYPE, Kind

__all__ = ["read_rml"]

_FORMULATIONS = {RML + "CSV": "csv", RML + "JSONPath": "json"}


def read_rml(path: Path, name: str, base: str) -> Mapping:
    """Read an RML document; `name` is how messages call it, `base` completes relative IRIs where it has no rml:baseIRI.

    Raises MappingError.
    """
    graph = RmlGraph(path, name)
    maps = graph.subjects("logicalSource")
    return Mapping(tuple(_triples_map(graph, node, base) for node in maps), ())


def _triples_map(graph: RmlGraph, node: str, base: str) -> TriplesMap:
    subjects = term_maps(graph, node, SUBJECT)
    if len(subjects) != 1:
        raise graph.error(node, f"a triples map has one subject map, not {len(subjects)}")
    owner = graph.text(node, "subjectMap") or node
    pairs = [_pair(graph, quad.object) for quad in graph.all(node, "predicateObjectMap")]
    return TriplesMap(
        name=node,
        source=_source(graph, node),
        subject=subjects[0],
        predicate_objects=(*_classes(graph, owner), *pairs),
        base=graph.text(node, "baseIRI") or base,
        position=graph.position(node),
        graphs=_graphs(graph, owner),
    )


def _classes(graph: RmlGraph, node: str) -> tuple[PredicateObjectMap, ...]:
    position = graph.position(node)
    classes = [TermMap(Constant(quad.object), Kind.IRI, position) for quad in graph.all(node, "class")]
    predicate = TermMap(Constant(RDF_TYPE), Kind.IRI, position)
    return (PredicateObjectMap((predicate,), tuple(classes)),) if classes else ()


def _graphs(graph: RmlGraph, node: str) -> tuple[TermMap, ...]:
    """Return graph maps; rml:defaultGraph is the empty name."""
    default, unnamed = Constant(RML + "defaultGraph"), Constant("")
    found = term_maps(graph, node, GRAPH)
    return tuple(replace(each, expression=unnamed) if each.expression == default else each for each in found)


def _pair(graph: RmlGraph, node: str) -> PredicateObjectMap:
    joins = [quad for quad in graph.all(node, "objectMap") if graph.all(quad.object, "parentTriplesMap")]
    predicates = term_maps(graph, node, PREDICATE)
    joined = (_join(graph, quad) for quad in joins)
    objects: tuple[TermMap | Join, ...] = (*_plain_objects(graph, node, {quad.object for quad in joins}), *joined)
    if not predicates or not objects:
        raise graph.error(node, "a predicate-object map needs a predicate and an object")
    return PredicateObjectMap(predicates, objects, _graphs(graph, node))


def _plain_objects(graph: RmlGraph, node: str, joins: set[str]) -> tuple[TermMap, ...]:
    shortcuts = [constant_map(graph, node, quad, OBJECT) for quad in graph.all(node, "object")]
    longs = [quad.object for quad in graph.all(node, "objectMap") if quad.object not in joins]
    return (*shortcuts, *(term_map(graph, each, OBJECT) for each in longs))


def _join(graph: RmlGraph, quad: Quad) -> Join:
    node = quad.object
    conditions = tuple(
        JoinCondition(expression(graph, each.object, "child"), expression(graph, each.object, "parent"))
        for each in graph.all(node, "joinCondition")
    )
    return Join(graph.text(node, "parentTriplesMap") or "", conditions, graph.position(node))


def _source(graph: RmlGraph, node: str) -> LogicalSource:
    logical = graph.text(node, "logicalSource") or ""
    formulation = graph.text(logical, "referenceFormulation")
    source = graph.one(logical, "source")
    if source is None:
        raise graph.error(node, "the logical source names no rml:source")
    if formulation is not None and formulation not in _FORMULATIONS:
        raise graph.error(node, f"the reference formulation <{formulation}> is not read here")
    return LogicalSource(
        access=_path(graph, source),
        formulation=_FORMULATIONS[formulation] if formulation else "csv",
        position=graph.position(node),
        iterator=graph.text(logical, "iterator"),
    )


def _path(graph: RmlGraph, source: Quad) -> str:
    """Return the file of a source: a path, or a node with rml:path and rml:root (by default the working directory)."""
    if source.kind == Kind.LITERAL:
        return source.object
    path, root = graph.text(source.object, "path"), graph.text(source.object, "root")
    if path is None:
        raise graph.error(source.subject, "the source names no rml:path")
    if root in (None, RML + "CurrentWorkingDirectory"):
        return path
    return str((PurePosixPath(graph.name).parent if root == RML + "MappingDirectory" else PurePosixPath(root)) / path)

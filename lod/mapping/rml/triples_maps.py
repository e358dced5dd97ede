"""RML triples maps. https://kg-construct.github.io/rml-core/spec/docs/#mapping-to-rdf-with-triples-maps."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import product

from lod.mapping.check import GIVEN
from lod.mapping.condition import conjunction
from lod.mapping.model import (
    NOWHERE,
    Call,
    Join,
    LogicalSource,
    PredicateObjectMap,
    Reference,
    Source,
    TermMap,
    TriplesMap,
)
from lod.mapping.rml.expressions import condition
from lod.mapping.rml.gather import gather_or_term, object_map
from lod.mapping.rml.graph import Node
from lod.mapping.rml.terms import CLASS, GRAPH, OBJECT, PREDICATE, SUBJECT, Role, constant_map, term_map
from lod.mapping.rml.views import source
from lod.mapping.rml.vocabulary import compact
from lod.mapping.walk import nodes
from lod.term_table import Constant
from lod.terms import IRI_PATTERN, RDF_TYPE, Kind

# Term maps, each with the condition under which it makes a term (None: always).
_Terms = Sequence[tuple[TermMap, Call | None]]
_Objects = Sequence[tuple[TermMap | Join, Call | None]]


def triples_map(node: Node, base: str) -> TriplesMap:
    """Return the triples map that a node describes; `base` completes relative IRIs where it has no rml:baseIRI."""
    subjects = _terms(node, SUBJECT, gather_or_term)
    if len(subjects) != 1:
        raise node.error(f"a triples map has one subject map, not {len(subjects)}")
    (subject, test), owner = subjects[0], node.one("subjectMap") or node
    graphs = _graphs(owner)
    held = tuple(term for term, _ in graphs) if subject.gather else ()
    if held and any(test for _, test in graphs):
        raise owner.error("the graph of a subject that is a collection has no condition")
    graphs = [] if held else graphs
    pairs = [pair for each in node.all("predicateObjectMap") for pair in _pairs(each, graphs)]
    pairs = [*_classes(owner, graphs), *pairs]
    return TriplesMap(
        name=node.value,
        source=_source(node, (subject, *pairs, test) if pairs else ()),
        subject=subject,
        predicate_objects=tuple(pairs),
        base=_base(node) or base,
        position=node.position,
        graphs=held,
        condition=test,
    )


def _source(node: Node, said: tuple[object, ...]) -> Source:
    """Return where records come from: nowhere, where something is said that refers to none; it is then said once."""
    if node.has("logicalSource") or not said or any(map(_needs_records, nodes(said))):
        return source(node.require("a triples map", "logicalSource"))
    return LogicalSource(node.position.file, NOWHERE, node.position)


def _needs_records(part: object) -> bool:
    return isinstance(part, Join) or (isinstance(part, Reference) and part.name not in GIVEN)


def _base(node: Node) -> str | None:
    base = node.one("baseIRI")
    if base is not None and not re.fullmatch(IRI_PATTERN, base.value):
        raise base.error(f"{base.value!r} is no absolute IRI")
    return base.value if base else None


def _terms(node: Node, role: Role, read: Callable[[Node, Role], TermMap] = term_map) -> _Terms:
    """Return the term maps that a node has for a role, by the shortcut property or the long one."""
    constants = [(constant_map(each, role), None) for each in node.all(role.name)]
    return [*constants, *((read(each, role), condition(each)) for each in node.all(f"{role.name}Map"))]


def _graphs(node: Node) -> _Terms:
    """Return graph maps; rml:defaultGraph is the empty name."""
    return [(_default(term), test) for term, test in _terms(node, GRAPH)]


def _default(term: TermMap) -> TermMap:
    said = term.expression
    is_default = isinstance(said, Constant) and compact(said.value) == "defaultGraph"
    return replace(term, expression=Constant("")) if is_default else term


def _classes(node: Node, graphs: _Terms) -> Iterator[PredicateObjectMap]:
    classes = [(constant_map(each, CLASS), None) for each in node.all("class")]
    if classes:
        predicate = TermMap(Constant(RDF_TYPE), Kind.IRI, node.position)
        yield from _crossed([(predicate, None)], classes, graphs)


def _pairs(node: Node, graphs: _Terms) -> Iterator[PredicateObjectMap]:
    predicates = _terms(node, PREDICATE)
    constants = [(constant_map(each, OBJECT), None) for each in node.all("object")]
    objects = [*constants, *((object_map(each), condition(each)) for each in node.all("objectMap"))]
    if not predicates or not objects:
        raise node.error("a predicate-object map needs a predicate and an object")
    yield from _crossed(predicates, objects, [*graphs, *_graphs(node)])


def _crossed(predicates: _Terms, objects: _Objects, graphs: _Terms) -> Iterator[PredicateObjectMap]:
    """Yield one predicate-object map where nothing has a condition, else one for each combination."""
    if not any(test for _, test in (*predicates, *objects, *graphs)):
        yield PredicateObjectMap(
            tuple(term for term, _ in predicates), tuple(term for term, _ in objects), tuple(term for term, _ in graphs)
        )
        return
    places: list[tuple[tuple[TermMap, ...], Call | None]] = [((graph,), test) for graph, test in graphs]
    for (predicate, one), (object_, other), (place, third) in product(predicates, objects, places or [((), None)]):
        yield PredicateObjectMap((predicate,), (object_,), place, conjunction(one, other, third))

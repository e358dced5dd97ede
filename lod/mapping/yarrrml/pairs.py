"""YARRRML `predicateobjects`: every predicate with every object, and the ways round of inverse predicates.

https://rml.io/yarrrml/spec/#predicates-and-objects
"""

from collections.abc import Iterator
from dataclasses import replace

from lod.errors import MappingError
from lod.mapping.condition import conjunction
from lod.mapping.model import Expression, Join, PredicateObjectMap, TermMap
from lod.mapping.yarrrml.expressions import Scope
from lod.mapping.yarrrml.functions import call
from lod.mapping.yarrrml.joins import joins
from lod.mapping.yarrrml.keys import (
    CONDITIONS,
    DATATYPE,
    GRAPHS,
    INVERSE_PREDICATES,
    LANGUAGE,
    MAPPING,
    OBJECTS,
    PREDICATES,
    TYPE,
)
from lod.mapping.yarrrml.objects import long_object, tagged, term
from lod.mapping.yarrrml.terms import graph, predicate
from lod.mapping.yarrrml.tree import Map, Node, Sequence, entry, many, some
from lod.term_table import Constant
from lod.terms import RDF_TYPE, Kind

_KEYS = (PREDICATES, INVERSE_PREDICATES, OBJECTS, GRAPHS, CONDITIONS, TYPE, DATATYPE, LANGUAGE)


def predicate_objects(node: Node | None, scope: Scope) -> tuple[PredicateObjectMap, ...]:
    """Parse a mapping's pairs; raise MappingError."""
    return tuple(pair for item in many(node) for pair in _pairs(_long_pair(item), scope)) if node else ()


def graphs(node: Node | None, scope: Scope) -> tuple[TermMap, ...]:
    """Parse the graphs of a mapping or a pair; raise MappingError."""
    return tuple(graph(item, scope) for item in many(node)) if node else ()


def condition(node: Node | None, scope: Scope) -> Expression | None:
    """Parse the condition of a mapping, a pair or an object; of several, all must hold. Raises MappingError."""
    return conjunction(*(call(item, scope) for item in many(node))) if node else None


def _long_pair(node: Node) -> Map:
    """Return the map that `[predicate, object, datatype or language]` stands for."""
    match node:
        case Map():
            return node
        case Sequence(items=(predicates, objects)):
            return Map((entry(PREDICATES, predicates), entry(OBJECTS, objects)), node.position)
        case Sequence(items=(predicates, objects, tag)):
            return Map((entry(PREDICATES, predicates), entry(OBJECTS, objects), tagged(tag)), node.position)
    raise MappingError("a pair is [predicate, object, datatype or language] or a map", at=node.position)


def _pairs(node: Map, scope: Scope) -> Iterator[PredicateObjectMap]:
    """Yield the pair, and beside it one for each object that has a condition of its own."""
    node.allow("a predicate-object pair", *_KEYS)
    shared = _without_objects(node, scope)
    objects = [_with_tags(long_object(item), node) for item in some(node.require(OBJECTS), "a pair", "object")]
    together: list[TermMap | Join] = []
    for item in objects:
        if item.get(MAPPING):
            together += joins(item, scope)
        elif item.get(CONDITIONS):
            both = conjunction(shared.condition, condition(item.get(CONDITIONS), scope))
            yield replace(shared, objects=(_object(item, shared, scope),), condition=both)
        else:
            together.append(_object(item, shared, scope))
    if together:
        yield replace(shared, objects=tuple(together))


def _without_objects(node: Map, scope: Scope) -> PredicateObjectMap:
    inverse = node.get(INVERSE_PREDICATES)
    return PredicateObjectMap(
        predicates=tuple(predicate(item, scope) for item in some(node.require(PREDICATES), "a pair", "predicate")),
        objects=(),
        graphs=graphs(node.get(GRAPHS), scope),
        condition=condition(node.get(CONDITIONS), scope),
        inverse=tuple(predicate(item, scope) for item in many(inverse)) if inverse else (),
    )


def _object(node: Map, pair: PredicateObjectMap, scope: Scope) -> TermMap:
    is_class = all(each.expression == Constant(RDF_TYPE) for each in pair.predicates)
    made = term(node, Kind.IRI if is_class else Kind.LITERAL, scope)
    if pair.inverse and made.kind is Kind.LITERAL:
        hint = "Give the object the type iri, as in person/$(id)~iri."
        what = "an inverse predicate needs an object that is an IRI or a blank node"
        raise MappingError(what, at=node.position, hint=hint)
    return made


def _with_tags(node: Map, pair: Map) -> Map:
    """Return an object with the type, datatype or language of its pair, where it has none of its own."""
    kind = pair.get(TYPE) if not node.get(TYPE) and not node.get(MAPPING) else None
    is_plain = not node.get(DATATYPE) and not node.get(LANGUAGE)
    tags = [(key, pair.get(key)) for key in (DATATYPE, LANGUAGE) if is_plain]
    added = [entry(key, value) for key, value in ((TYPE, kind), *tags) if value]
    return replace(node, entries=(*node.entries, *added))

"""YARRRML `mappings`: subjects, predicates and objects, graphs, conditions and joins.

https://rml.io/yarrrml/spec/#mappings
"""

import re
from collections.abc import Iterator

from lod.errors import MappingError
from lod.mapping.model import (
    Call,
    Expression,
    Join,
    JoinCondition,
    LogicalSource,
    PredicateObjectMap,
    TermMap,
    TriplesMap,
)
from lod.mapping.yarrrml.expressions import (
    Scope,
    call,
    iri_expression,
    language_expression,
    suffix,
    text_expression,
    value_expression,
)
from lod.mapping.yarrrml.sources import mapping_sources
from lod.mapping.yarrrml.tree import Map, Node, Scalar, Sequence, many, scalar
from lod.term_table import Constant
from lod.terms import RDF_TYPE, Kind

_MAPPING_KEYS = (
    ("sources", "source"),
    ("subjects", "subject", "s"),
    ("predicateobjects", "po"),
    ("graphs", "graph", "g"),
    ("condition",),
)
_PO_KEYS = (("predicates", "predicate", "p"), ("objects", "object", "o"), ("graphs", "graph", "g"), ("condition",))
_OBJECT_KEYS = ("value", "v", "type", "datatype", "language", "function", "f", "fn", "parameters", "pms")
_EQUAL = ("equal", "idlab-fn:equal", "https://w3id.org/imec/idlab/function#equal")


def triples_maps(key: Scalar, node: Node, named: dict[str, LogicalSource], scope: Scope) -> Iterator[TriplesMap]:
    """Parse one entry of `mappings`: a triples map for each of its sources."""
    if not isinstance(node, Map):
        raise MappingError(f"the mapping {key.text!r} must be a map", at=node.position)
    node.allow([name for names in _MAPPING_KEYS for name in names], f"the mapping {key.text!r}")
    sources = mapping_sources(node.require("sources", "source"), named, scope)
    subject = _subject(node.require("subjects", "subject", "s"), scope)
    pairs = node.get("predicateobjects", "po")
    predicate_objects = tuple(_predicate_object(item, scope) for item in many(pairs)) if pairs else ()
    graphs, condition = _graphs(node.get("graphs", "graph", "g"), scope), _condition(node.get("condition"), scope)
    for number, source in enumerate(sources, 1):
        name = key.text if len(sources) == 1 else f"{key.text}-{number}"
        yield TriplesMap(name, source, subject, predicate_objects, scope.base, key.position, graphs, condition)


def _subject(node: Node, scope: Scope) -> TermMap:
    if isinstance(node, Sequence) and len(node.items) != 1:
        raise MappingError("a mapping has one subject; write a mapping for each", at=node.position)
    return _iri(next(many(node)), scope)


def _iri(node: Node, scope: Scope) -> TermMap:
    expression = call(node, scope) if isinstance(node, Map) else _iri_text(scalar(node, "an IRI"), scope)
    return TermMap(expression, Kind.IRI, node.position)


def _iri_text(node: Scalar, scope: Scope) -> Expression:
    if node.text == "a":
        return Constant(RDF_TYPE)
    return iri_expression(suffix(node, "iri")[0], scope)


def _graphs(node: Node | None, scope: Scope) -> tuple[TermMap, ...]:
    return tuple(_iri(item, scope) for item in many(node)) if node else ()


def _condition(node: Node | None, scope: Scope) -> Call | None:
    return call(node, scope) if node else None


def _predicate_object(node: Node, scope: Scope) -> PredicateObjectMap:
    if isinstance(node, Map):
        node.allow([name for names in _PO_KEYS for name in names], "a predicate-object pair")
        predicates = _predicates(node.require(*_PO_KEYS[0]), scope)
        objects = tuple(_objects(node.require(*_PO_KEYS[1]), predicates, scope))
        graphs, condition = _graphs(node.get(*_PO_KEYS[2]), scope), _condition(node.get("condition"), scope)
        return PredicateObjectMap(predicates, objects, graphs, condition)
    if isinstance(node, Sequence) and len(node.items) in (2, 3):
        predicates = _predicates(node.items[0], scope)
        tag = scalar(node.items[2], "a datatype or language") if len(node.items) == 3 else None
        objects = tuple(_object(item, tag, predicates, scope) for item in many(node.items[1]))
        return PredicateObjectMap(predicates, objects)
    raise MappingError("a pair is [predicate, object, datatype or language] or a map", at=node.position)


def _predicates(node: Node, scope: Scope) -> tuple[TermMap, ...]:
    return tuple(_iri(item, scope) for item in many(node))


def _objects(node: Node, predicates: tuple[TermMap, ...], scope: Scope) -> Iterator[TermMap | Join]:
    for item in many(node):
        match item:
            case Sequence(items=(value, tag)):
                yield _object(value, scalar(tag, "a datatype or language"), predicates, scope)
            case Sequence(items=(value,)):
                yield _object(value, None, predicates, scope)
            case Sequence():
                raise MappingError("an object is [value, datatype or language]", at=item.position)
            case _:
                yield _object(item, None, predicates, scope)


def _object(node: Node, tag: Scalar | None, predicates: tuple[TermMap, ...], scope: Scope) -> TermMap | Join:
    if isinstance(node, Map):
        return _join(node, scope) if node.get("mapping") else _long_object(node, scope)
    text, ending = suffix(scalar(node, "an object"), "iri")
    if ending or all(predicate.expression == Constant(RDF_TYPE) for predicate in predicates):
        _check_untagged(tag)
        return TermMap(iri_expression(text, scope), Kind.IRI, node.position)
    datatype, language = _tag(tag, scope)
    return TermMap(text_expression(text), Kind.LITERAL, node.position, datatype, language)


def _tag(tag: Scalar | None, scope: Scope) -> tuple[Expression | None, Expression | None]:
    if tag is None:
        return None, None
    text, ending = suffix(tag, "lang")
    return (None, language_expression(text, scope)) if ending else (iri_expression(text, scope), None)


def _check_untagged(*tags: Node | None) -> None:
    for tag in tags:
        if tag is not None:
            raise MappingError("an IRI has no datatype and no language", at=tag.position)


def _long_object(node: Map, scope: Scope) -> TermMap:
    node.allow(_OBJECT_KEYS, "an object")
    kind = _kind(node.get("type"))
    datatype, language = node.get("datatype"), node.get("language")
    if kind is Kind.IRI:
        _check_untagged(datatype, language)
    if datatype and language:
        raise MappingError("a literal has a datatype or a language, not both", at=language.position)
    return TermMap(
        expression=_long_value(node, kind, scope),
        kind=kind,
        position=node.position,
        datatype=_datatype(datatype, scope) if datatype else None,
        language=language_expression(language, scope) if language else None,
    )


def _long_value(node: Map, kind: Kind, scope: Scope) -> Expression:
    if node.get("function", "f", "fn"):
        return call(node, scope)
    value = node.require("value", "v")
    return _iri(value, scope).expression if kind is Kind.IRI else value_expression(value, scope)


def _datatype(node: Node, scope: Scope) -> Expression:
    return call(node, scope) if isinstance(node, Map) else iri_expression(scalar(node, "a datatype"), scope)


def _kind(node: Node | None) -> Kind:
    text = scalar(node, "'type'").text if node else "literal"
    try:
        return {"iri": Kind.IRI, "literal": Kind.LITERAL}[text]
    except KeyError:
        position = node.position if node else None
        raise MappingError(f"an object's type is iri or literal, not {text!r}", at=position) from None


def _join(node: Map, scope: Scope) -> Join:
    node.allow(("mapping", "condition"), "a join")
    condition = node.get("condition")
    conditions = tuple(_join_condition(item, scope) for item in many(condition)) if condition else ()
    return Join(scalar(node.require("mapping"), "'mapping'").text, conditions, node.position)


def _join_condition(node: Node, scope: Scope) -> JoinCondition:
    if not isinstance(node, Map):
        raise MappingError("a join's condition is a map with 'function' and 'parameters'", at=node.position)
    name = scalar(node.require("function", "f", "fn"), "a function's name")
    pairs = [item.items for item in many(node.require("parameters", "pms")) if isinstance(item, Sequence)]
    sides = {_side(pair): pair[1] for pair in pairs if len(pair) in (2, 3)}
    if name.text not in _EQUAL or len(pairs) != 2 or sides.keys() != {"s", "o"}:
        raise MappingError("a join's condition is 'equal' with [str1, child] and [str2, parent]", at=node.position)
    return JoinCondition(value_expression(sides["s"], scope), value_expression(sides["o"], scope))


def _side(pair: tuple[Node, ...]) -> str:
    """Return whose value a parameter is: s the child's, o the parent's. A third item says so, else the name."""
    if len(pair) == 3:
        return scalar(pair[2], "s or o").text
    name = re.split("[:#/]", scalar(pair[0], "a parameter's name").text)[-1]
    return {"str1": "s", "str2": "o"}.get(name, name)

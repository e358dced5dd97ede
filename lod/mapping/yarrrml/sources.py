"""YARRRML `sources`: the logical sources of a document, inline or by name.

https://rml.io/yarrrml/spec/#sources
`optional`, `fields` and `each` are ours; they stand for what RML says with logical views.
"""

from lod.errors import MappingError, Position, did_you_mean
from lod.mapping.model import Field, LogicalSource
from lod.mapping.yarrrml.expressions import Scope, value_expression
from lod.mapping.yarrrml.tree import Map, Node, Scalar, Sequence, many, scalar

FORMULATIONS = {"csv": "csv", "json": "json", "jsonpath": "json"}
_KEYS = ("access", "referenceFormulation", "iterator", "optional", "fields", "each")


def named_sources(node: Node | None, scope: Scope) -> dict[str, LogicalSource]:
    """Parse the document's `sources` section."""
    if node is None:
        return {}
    if not isinstance(node, Map):
        raise MappingError("'sources' is a map of names to sources", at=node.position)
    return {key.text: _source(value, scope) for key, value in node.entries}


def mapping_sources(node: Node, named: dict[str, LogicalSource], scope: Scope) -> tuple[LogicalSource, ...]:
    """Parse a mapping's `sources`: a name, an inline source, or a list of either."""
    if isinstance(node, Sequence) and node.items and _is_inline(node):
        return (_source(node, scope),)
    return tuple(_named_or_inline(item, named, scope) for item in many(node))


def _is_inline(node: Sequence) -> bool:
    first = node.items[0]
    return isinstance(first, Scalar) and "~" in first.text and len(node.items) <= 2


def _named_or_inline(node: Node, named: dict[str, LogicalSource], scope: Scope) -> LogicalSource:
    if not isinstance(node, Scalar) or "~" in node.text:
        return _source(node, scope)
    if node.text not in named:
        hint = did_you_mean(node.text, named)
        raise MappingError(f"there is no source {node.text!r}", at=node.position, hint=hint)
    return named[node.text]


def _source(node: Node, scope: Scope) -> LogicalSource:
    match node:
        case Scalar() | Sequence(items=(Scalar(),)):
            return _shortcut(next(many(node)), None, node.position)
        case Sequence(items=(Scalar(), Scalar() as iterator)):
            return _shortcut(next(many(node)), iterator.text, node.position)
        case Map():
            return _long(node, scope)
    raise MappingError("a source is [file~formulation, iterator] or a map", at=node.position)


def _shortcut(node: Node, iterator: str | None, position: Position) -> LogicalSource:
    text = scalar(node, "a source")
    access, _, formulation = text.text.rpartition("~")
    if not access:
        raise MappingError("a source names its formulation, as in records.csv~csv", at=text.position)
    return LogicalSource(access, _formulation(Scalar(formulation, text.position)), position, iterator)


def _long(node: Map, scope: Scope) -> LogicalSource:
    node.allow(_KEYS, "a source")
    iterator = node.get("iterator")
    fields = _fields(node.get("fields"), scope)
    return LogicalSource(
        access=scalar(node.require("access"), "'access'").text,
        formulation=_formulation(scalar(node.require("referenceFormulation"), "'referenceFormulation'")),
        position=node.position,
        iterator=scalar(iterator, "'iterator'").text if iterator else None,
        optional=_names(node.get("optional")),
        fields=fields,
        each=_each(node.get("each"), [field.name for field in fields]),
    )


def _formulation(node: Scalar) -> str:
    try:
        return FORMULATIONS[node.text.lower()]
    except KeyError:
        hint = did_you_mean(node.text, FORMULATIONS) or f"Known: {', '.join(sorted(FORMULATIONS))}."
        raise MappingError(f"unknown reference formulation {node.text!r}", at=node.position, hint=hint) from None


def _names(node: Node | None) -> tuple[str, ...]:
    return tuple(scalar(item, "a column's name").text for item in many(node)) if node else ()


def _each(node: Node | None, fields: list[str]) -> tuple[str, ...]:
    for item in many(node) if node else ():
        name = scalar(item, "a field's name")
        if name.text not in fields:
            hint = did_you_mean(name.text, fields) or "'each' names list-valued fields."
            raise MappingError(f"there is no field {name.text!r}", at=name.position, hint=hint)
    return _names(node)


def _fields(node: Node | None, scope: Scope) -> tuple[Field, ...]:
    if node is None:
        return ()
    if not isinstance(node, Map):
        raise MappingError("'fields' is a map of names to expressions", at=node.position)
    return tuple(Field(key.text, value_expression(value, scope), key.position) for key, value in node.entries)

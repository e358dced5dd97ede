"""RML logical views: rows derived from the records of a source. https://kg-construct.github.io/rml-lv/spec/docs/."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from lod.mapping.model import Field, IterableField, LogicalSource, LogicalView, Source, ViewJoin
from lod.mapping.rml.expressions import expression, join_condition
from lod.mapping.rml.graph import Node
from lod.mapping.rml.sources import formulation, logical_source, namespaces

_NESTED = ("csv", "json", "xml")
_JOINS: tuple[tuple[str, Literal["left", "full", "inner"]], ...] = (
    ("leftJoin", "left"),
    ("innerJoin", "inner"),
    ("fullJoin", "full"),
)


@dataclass(frozen=True)
class _Parent:
    """What fields are declared on: its name with a dot, and its formulation (None: the text of a field).

    namespaces, nulls: those of the source, or declared anew.
    """

    prefix: str
    formulation: str | None
    namespaces: tuple[tuple[str, str], ...] = ()
    nulls: tuple[str, ...] = ()


def source(node: Node) -> Source:
    """Return the logical source or the logical view that a node describes."""
    return _view(node) if node.has("viewOn") else logical_source(node)


def _view(node: Node) -> LogicalView:
    on = source(node.require("a logical view", "viewOn"))
    if node.has("iterator", "referenceFormulation"):
        raise node.error("a logical view has no iterator and no reference formulation of its own")
    fields = _fields(node, _records_of(on))
    joins = [_join(each, how) for name, how in _JOINS for each in node.all(name)]
    _check_names(node, [*fields, *(field for join in joins for field in join.fields)])
    if not fields:
        raise node.error("a logical view has no rml:field")
    return LogicalView(on, fields, node.position, tuple(joins))


def _records_of(on: Source) -> _Parent:
    if isinstance(on, LogicalSource):
        formulation = "json" if on.formulation == "jsonl" else on.formulation
        return _Parent("", formulation, on.namespaces, on.nulls)
    return _Parent("", "view")


def _fields(node: Node, parent: _Parent) -> tuple[Field | IterableField, ...]:
    found = tuple(_field(each, parent) for each in node.all("field"))
    _check_names(node, found)
    return found


def _check_names(node: Node, fields: Iterable[Field | IterableField]) -> None:
    names: set[str] = set()
    for each in fields:
        if each.name in names:
            raise node.error(f"two fields have the name {each.name!r}")
        names.add(each.name)


def _field(node: Node, parent: _Parent) -> Field | IterableField:
    if node.has("iterator", "referenceFormulation") or node.is_a("IterableField"):
        return _iterable(node, parent)
    name = _name(node, parent)
    fields = _fields(node, _Parent(f"{name}.", None, nulls=parent.nulls))
    within = tuple(each for each in fields if isinstance(each, IterableField))
    if within != fields:
        hint = "Between them stands a field with an rml:referenceFormulation, such as rml:JSONPath."
        raise node.error("a field with an expression has no expression fields within it", hint)
    return Field(name, expression(node), node.position, within)


def _iterable(node: Node, parent: _Parent) -> IterableField:
    name = _name(node, parent)
    said = formulation(node)
    if parent.formulation is None and said is None:
        raise node.error("a field within the text of another needs an rml:referenceFormulation")
    if parent.formulation is not None and said not in (None, parent.formulation):
        hint = "A formulation of its own has a field within an expression field, the text to iterate over."
        raise node.error(f"a field has the reference formulation of what it is within, {parent.formulation}", hint)
    kind = str(said or parent.formulation)
    if kind not in _NESTED or (kind == "csv" and parent.formulation is not None):
        raise node.error(f"records of the formulation {kind} have no records within them")
    spaces = namespaces(node) or parent.namespaces
    fields = _fields(node, _Parent(f"{name}.", kind, spaces, parent.nulls))
    iterator = _iterator(node, kind, parent)
    return IterableField(name, kind, node.position, iterator, spaces, parent.nulls, fields)


def _iterator(node: Node, kind: str, parent: _Parent) -> str | None:
    """Return the path of records: within a record of XML from that record, within a text from the document."""
    said = node.text("iterator")
    if kind != "xml" or parent.formulation is not None:
        return said
    return said if said is None or said.startswith(("/", "(")) else f"/{said}"


def _name(node: Node, parent: _Parent) -> str:
    name = node.text("fieldName")
    if not name or not re.fullmatch(r"\w[\w-]*", name):
        raise node.error(f"a field needs an rml:fieldName of letters and digits, not {name!r}")
    return parent.prefix + name


def _join(node: Node, how: Literal["left", "full", "inner"]) -> ViewJoin:
    parent = source(node.require("a join", "parentLogicalView"))
    if not isinstance(parent, LogicalView):
        raise node.error("what a view is joined with is a logical view", "It has an rml:viewOn.")
    conditions = tuple(join_condition(each) for each in node.all("joinCondition"))
    fields = _fields(node, _Parent("", "view"))
    if not conditions or not fields:
        raise node.error("a join of views needs an rml:joinCondition and an rml:field")
    if any(isinstance(each, IterableField) or each.within for each in fields):
        raise node.error("the fields of a join have expressions, and no fields within them")
    return ViewJoin(parent, conditions, tuple(each for each in fields if isinstance(each, Field)), how, node.position)

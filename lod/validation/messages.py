"""What a result says: the shape's own messages, or a plain sentence about the constraint.

https://www.w3.org/TR/shacl/#message
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import fields, replace
from typing import Any

from lod.terms import Kind
from lod.validation import model
from lod.validation.model import Constraint, Shape
from lod.validation.report import Node
from lod.vocab import RDF


def messages(shape: Shape, constraint: Constraint, focus: Node, value: Node | None) -> tuple[Node, ...]:
    """Return the messages of a result.

    In a shape's own, `{$this}` or `{?this}` stands for the focus node, `{?value}` for the value, `{$PATH}` for the
    path, and a parameter's name, as in `{$minCount}`, for its value.
    """
    if not shape.messages:
        return (Node(_sentence(constraint), Kind.LITERAL, None, "en"),)
    if not any("{" in message.value for message in shape.messages):
        return shape.messages
    known = {"this": str(focus), "value": str(value or ""), "PATH": str(shape.path or ""), **_parameters(constraint)}
    return tuple(replace(message, value=_filled(message.value, known)) for message in shape.messages)


def _filled(text: str, known: dict[str, str]) -> str:
    return re.sub(r"\{[$?](\w+)\}", lambda match: known.get(match[1], match[0]), text)


def _parameters(constraint: Constraint) -> dict[str, str]:
    name = type(constraint).__name__
    values = [getattr(constraint, field.name) for field in fields(constraint)]
    return {name[0].lower() + name[1:]: str(values[0])} if values else {}


def _sentence(constraint: Constraint) -> str:
    return _SENTENCES[type(constraint)](constraint)


def _any_of(words: Iterable[str]) -> str:
    return " or ".join(words)


def _all_of(shapes: Iterable[Shape]) -> str:
    return ", ".join(map(_name, shapes))


def _name(shape: Shape) -> str:
    return str(shape.node) if shape.node.kind is Kind.IRI else f"the shape in line {shape.position.line}"


def _literal_of(datatype: str) -> str:
    if datatype == RDF + "langString":
        return "This must be a text with a language tag."
    return f"This must be a well-formed literal of <{datatype}>."


def _bound(words: str) -> Callable[[Any], str]:
    return lambda each: f"This must be {words} {each.literal.value!r}."


_KINDS = {Kind.IRI: "an IRI", Kind.BLANK: "a blank node", Kind.LITERAL: "a literal"}
_SENTENCES: dict[type[Constraint], Callable[[Any], str]] = {
    model.MinCount: lambda each: f"There must be {each.count} at least.",
    model.MaxCount: lambda each: f"There may be {each.count} at most.",
    model.Class: lambda each: f"This must be an instance of <{each.iri}>.",
    model.Datatype: lambda each: _literal_of(each.iri),
    model.NodeKind: lambda each: f"This must be {_any_of(_KINDS[kind] for kind in sorted(each.kinds))}.",
    model.MinExclusive: _bound("greater than"),
    model.MinInclusive: _bound("at least"),
    model.MaxExclusive: _bound("less than"),
    model.MaxInclusive: _bound("at most"),
    model.MinLength: lambda each: f"This must have {each.length} characters at least.",
    model.MaxLength: lambda each: f"This may have {each.length} characters at most.",
    model.Pattern: lambda each: f"This must match the pattern {each.pattern!r}{each.flags and f' ({each.flags})'}.",
    model.LanguageIn: lambda each: f"The language must be {_any_of(each.ranges)}.",
    model.UniqueLang: lambda _: "There may be one of these a language.",
    model.Equals: lambda each: f"These must be the values of <{each.iri}>.",
    model.Disjoint: lambda each: f"This must not be a value of <{each.iri}>.",
    model.LessThan: lambda each: f"This must be less than each value of <{each.iri}>.",
    model.LessThanOrEquals: lambda each: f"This must be at most each value of <{each.iri}>.",
    model.Not: lambda each: f"This must not conform to {_name(each.shape)}.",
    model.And: lambda each: f"This must conform to {_all_of(each.shapes)}.",
    model.Or: lambda each: f"This must conform to one at least of {_all_of(each.shapes)}.",
    model.Xone: lambda each: f"This must conform to exactly one of {_all_of(each.shapes)}.",
    model.Conforms: lambda each: f"This must conform to {_name(each.shape)}.",
    model.QualifiedMinCount: lambda each: f"{each.count} of these must conform to {_name(each.shape)} at least.",
    model.QualifiedMaxCount: lambda each: f"{each.count} of these may conform to {_name(each.shape)} at most.",
    model.Closed: lambda _: "The shape does not allow this property.",
    model.HasValue: lambda each: f"{each.node} must be among these.",
    model.In: lambda each: f"This must be {_any_of(map(str, each.nodes))}.",
}

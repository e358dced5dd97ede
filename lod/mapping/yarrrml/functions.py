"""YARRRML functions: calls of named functions with named arguments. https://rml.io/yarrrml/spec/#functions."""

import re
from dataclasses import dataclass
from typing import Final

from lod.errors import MappingError, Position
from lod.mapping.model import Call, Expression, references
from lod.mapping.yarrrml.expressions import Scope, iri_expression, suffix, text_expression
from lod.mapping.yarrrml.inline import long_call
from lod.mapping.yarrrml.keys import FROM, FUNCTION, PARAMETER, PARAMETERS, TYPE, VALUE
from lod.mapping.yarrrml.tree import Map, Node, Scalar, Sequence, many, scalar
from lod.vocab import FN

SUBJECT: Final = "s"
OBJECT: Final = "o"
_SIDES = {"s": SUBJECT, "subject": SUBJECT, "o": OBJECT, "object": OBJECT}

# The one function that the specification calls without a prefix, and its parameters.
_BARE_FUNCTIONS = {"equal": FN + "equal"}
_BARE_PARAMETERS = {"str1": FN + "value", "str2": FN + "other"}


@dataclass(frozen=True)
class Argument:
    """What a parameter is given.

    side: whose value it is in a join's condition, SUBJECT or OBJECT, where it says so; function: the one that gives it.
    """

    name: str
    value: Expression
    side: str | None
    position: Position
    function: "Function | None" = None

    @property
    def sides(self) -> frozenset[str]:
        """The sides that it and what it is computed from are said to come from."""
        inner = self.function.sides if self.function else frozenset()
        return frozenset({self.side}) if self.side else inner


@dataclass(frozen=True)
class Function:
    """A call whose arguments may belong to two sides."""

    iri: str
    arguments: tuple[Argument, ...]
    position: Position

    @property
    def sides(self) -> frozenset[str]:
        """The sides that its arguments are said to come from."""
        return frozenset(side for each in self.arguments for side in each.sides)

    @property
    def call(self) -> Call:
        """The call without the sides."""
        return Call(self.iri, tuple((each.name, each.value) for each in self.arguments), self.position)


def value_expression(node: Node, scope: Scope) -> Expression:
    """Parse a text or a function that gives a literal's text, or an argument."""
    return call(node, scope) if isinstance(node, Map) else text_expression(scalar(node, "a value"))


def call(node: Node, scope: Scope) -> Call:
    """Parse a function whose arguments all come from the record itself.

    Raises MappingError, also where an argument is said to come from the object of a join.
    """
    return _own_call(read_function(node, scope))


def term_call(node: Map, scope: Scope) -> Call:
    """Parse the function of a term, which has other keys beside it. Raises MappingError as `call` does."""
    return _own_call(_function(node, scope))


def _own_call(function: Function) -> Call:
    for each in function.arguments:
        if OBJECT in each.sides and any(references(each.value)):
            hint = "Only the condition of an object with 'mapping' has an object's side."
            raise MappingError("there is no object's record here", at=each.position, hint=hint)
    return function.call


def read_function(node: Node, scope: Scope) -> Function:
    """Parse `{function: NAME, parameters: [[NAME, VALUE, s or o], ...]}`; raise MappingError."""
    if not isinstance(node, Map):
        raise MappingError("a function is a map with the keys 'function' and 'parameters'", at=node.position)
    node.allow("a function", FUNCTION, PARAMETERS)
    return _function(node, scope)


def _function(node: Map, scope: Scope) -> Function:
    name = scalar(node.require(FUNCTION), "a function's name")
    parameters = node.get(PARAMETERS)
    if "(" in name.text:
        if parameters:
            raise MappingError("a function on one line has its parameters there", at=parameters.position)
        return _function(long_call(name), scope)
    iri = _BARE_FUNCTIONS.get(name.text) or scope.expand(name)
    if ":" not in iri:
        hint = f"Write fn:{name.text} for a function of lod."
        raise MappingError(f"the function {name.text!r} has no prefix", at=name.position, hint=hint)
    namespace = iri.removesuffix(re.split("[:#/]", name.text)[-1])
    arguments = tuple(_argument(item, namespace, scope) for item in many(parameters)) if parameters else ()
    return Function(iri, arguments, name.position)


def _argument(node: Node, namespace: str, scope: Scope) -> Argument:
    match node:
        case Sequence(items=(name, value)):
            return _named(name, value, None, namespace, scope)
        case Sequence(items=(name, value, side)):
            return _named(name, value, side, namespace, scope)
        case Map():
            node.allow("a parameter", PARAMETER, VALUE, TYPE, FROM)
            return _named(node.require(PARAMETER), _typed(node), node.get(FROM), namespace, scope)
    raise MappingError("a parameter is a pair [name, value]", at=node.position)


def _typed(node: Map) -> Node:
    """Return the value of a parameter; one of the type iri in its short form, `value~iri`."""
    value, kind = node.require(VALUE), node.get(TYPE)
    if kind is None or scalar(kind, "'type'").text == "literal":
        return value
    if scalar(kind, "'type'").text != "iri":
        raise MappingError("a parameter's type is iri or literal", at=kind.position)
    return Scalar(scalar(value, "an IRI").text + "~iri", value.position)


def _named(name: Node, value: Node, side: Node | None, namespace: str, scope: Scope) -> Argument:
    word = scalar(name, "a parameter's name")
    iri = _BARE_PARAMETERS.get(word.text) or (scope.expand(word) if ":" in word.text else namespace + word.text)
    said = _side(side) if side else None
    if isinstance(value, Map):
        inner = read_function(value, scope)
        return Argument(iri, inner.call, said, name.position, inner)
    text, is_iri = suffix(scalar(value, "a value"), "iri")
    return Argument(iri, iri_expression(text, scope) if is_iri else text_expression(text), said, name.position)


def _side(node: Node) -> str:
    text = scalar(node, "a parameter's side").text
    if text not in _SIDES:
        raise MappingError(f"a parameter comes from s (subject) or o (object), not {text!r}", at=node.position)
    return _SIDES[text]

"""YARRRML objects: each shortcut becomes its long form, and that a term map.

https://rml.io/yarrrml/spec/#predicates-and-objects, https://rml.io/yarrrml/spec/#languages
"""

import re
from dataclasses import replace

from lod.errors import MappingError
from lod.mapping.model import Expression, TermMap
from lod.mapping.yarrrml.expressions import Scope, iri_expression, suffix
from lod.mapping.yarrrml.functions import call, value_expression
from lod.mapping.yarrrml.keys import CONDITIONS, DATATYPE, FUNCTION, LANGUAGE, TARGETS, TYPE, VALUE
from lod.mapping.yarrrml.targets import term_targets
from lod.mapping.yarrrml.terms import long_term
from lod.mapping.yarrrml.tree import Map, Node, Scalar, Sequence, entry, scalar
from lod.term_table import Constant, Target
from lod.terms import LANGUAGE_PATTERN, Kind
from lod.vocab import RDF

_LANG_STRING = Constant(RDF + "langString")


def long_object(node: Node) -> Map:
    """Return the map that an object stands for: `value`, `value~iri`, `[value, datatype]` or `[value, tag~lang]`."""
    match node:
        case Map():
            return node
        case Sequence(items=(value,)):
            return long_object(value)
        case Sequence(items=(value, tag)):
            return Map((*long_object(value).entries, tagged(tag)), node.position)
        case Sequence():
            raise MappingError("an object is [value, datatype or language]", at=node.position)
    text, is_iri = suffix(scalar(node, "an object"), "iri")
    if suffix(text, "lang")[1]:
        hint = "A value and its language are a list of their own: [[value, en~lang]]."
        raise MappingError(f"{text.text!r} is a language without a value", at=node.position, hint=hint)
    kind = (entry(TYPE, Scalar("iri", node.position)),) if is_iri else ()
    return Map((entry(VALUE, text), *kind), node.position)


def tagged(node: Node) -> tuple[Scalar, Node]:
    """Return the entry, language or datatype, that the last item of a shortcut stands for."""
    text, is_language = suffix(scalar(node, "a datatype or language"), "lang")
    return entry(LANGUAGE if is_language else DATATYPE, text)


def term(node: Map, usual: Kind, scope: Scope) -> TermMap:
    """Parse the long form of an object that is no join; usual: its kind where it names no type. Raises MappingError."""
    made = long_term(node, "an object", usual, tuple(Kind), scope, DATATYPE, LANGUAGE, CONDITIONS)
    datatype, language = node.get(DATATYPE), node.get(LANGUAGE)
    for tag in (datatype, language):
        if tag and made.kind is not Kind.LITERAL:
            raise MappingError("only a literal has a datatype or a language", at=tag.position)
    typed = _datatype(datatype, scope) if datatype else None
    if language is None:
        return replace(made, datatype=typed)
    if typed not in (None, _LANG_STRING):
        raise MappingError("a literal has a datatype or a language, not both", at=language.position)
    spoken, targets = _language(language, scope)
    return replace(made, language=spoken, targets=made.targets + targets)


def _datatype(node: Node, scope: Scope) -> Expression:
    return call(node, scope) if isinstance(node, Map) else iri_expression(scalar(node, "a datatype"), scope)


def _language(node: Node, scope: Scope) -> tuple[Expression, tuple[Target, ...]]:
    """Parse a language: a text, a function, or a map with the value and targets."""
    targets: tuple[Target, ...] = ()
    if isinstance(node, Map) and not node.get(FUNCTION):
        node.allow("a language", VALUE, TARGETS)
        targets = term_targets(node.get(TARGETS), scope.targets)
        node = node.require(VALUE)
    expression = value_expression(node, scope)
    if isinstance(expression, Constant) and not re.fullmatch(LANGUAGE_PATTERN, expression.value):
        raise MappingError(f"{expression.value!r} is not a language tag (BCP 47: en, az, hy-Latn)", at=node.position)
    return expression, targets

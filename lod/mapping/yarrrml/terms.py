"""YARRRML terms: subjects, predicates and graphs become term maps, and so does what is common to them and objects.

https://rml.io/yarrrml/spec/#mappings
"""

from dataclasses import replace

from lod.errors import MappingError
from lod.mapping.model import Expression, Reference, Template, TermMap
from lod.mapping.yarrrml.expressions import Scope, iri_expression, suffix
from lod.mapping.yarrrml.functions import call, value_expression
from lod.mapping.yarrrml.keys import FUNCTION, PARAMETERS, TARGETS, TYPE, VALUE, Key
from lod.mapping.yarrrml.targets import term_targets
from lod.mapping.yarrrml.tree import Map, Node, Null, scalar
from lod.term_table import Constant
from lod.terms import RDF_TYPE, Kind

KINDS = {"iri": Kind.IRI, "literal": Kind.LITERAL, "blank": Kind.BLANK}
_KEYS = (VALUE, FUNCTION, PARAMETERS, TYPE, TARGETS)
_DEFAULT_GRAPHS = (
    Constant("http://www.w3.org/ns/r2rml#defaultGraph"),
    Constant("http://semweb.mmlab.be/ns/rml#defaultGraph"),
    Constant("http://w3id.org/rml/defaultGraph"),
)


def subject(node: Node, scope: Scope) -> TermMap:
    """Parse a subject; null is a blank node of its own for each record."""
    if isinstance(node, Null):
        return TermMap(Template((f"{scope.owner} ", Reference("#row"))), Kind.BLANK, node.position)
    if isinstance(node, Map):
        return long_term(node, "a subject", Kind.IRI, (Kind.IRI, Kind.BLANK), scope)
    return _short_iri(node, scope)


def predicate(node: Node, scope: Scope) -> TermMap:
    """Parse a predicate; `a` is rdf:type."""
    return _iri(node, "a predicate", scope)


def graph(node: Node, scope: Scope) -> TermMap:
    """Parse a graph; rr:defaultGraph is the one without a name."""
    term = _iri(node, "a graph", scope)
    return replace(term, expression=Constant("")) if term.expression in _DEFAULT_GRAPHS else term


def _iri(node: Node, what: str, scope: Scope) -> TermMap:
    return long_term(node, what, Kind.IRI, (Kind.IRI,), scope) if isinstance(node, Map) else _short_iri(node, scope)


def _short_iri(node: Node, scope: Scope) -> TermMap:
    return TermMap(iri_text(node, scope), Kind.IRI, node.position)


def iri_text(node: Node, scope: Scope) -> Expression:
    """Parse a text in a place where an IRI must stand, with or without `~iri`; `a` is rdf:type."""
    text = suffix(scalar(node, "an IRI"), "iri")[0]
    return Constant(RDF_TYPE) if text.text == "a" else iri_expression(text, scope)


def long_term(node: Map, what: str, usual: Kind, kinds: tuple[Kind, ...], scope: Scope, *more: Key) -> TermMap:
    """Parse the long form of a term: a value or a function, a type (`usual` where none is named), and targets.

    kinds: those that may stand here; more: keys that are read elsewhere. Raises MappingError.
    """
    node.allow(what, *_KEYS, *more)
    kind = _kind(node.get(TYPE), what, usual, kinds)
    expression = _expression(node, kind, scope)
    return TermMap(expression, kind, node.position, targets=term_targets(node.get(TARGETS), scope.targets))


def _kind(node: Node | None, what: str, usual: Kind, kinds: tuple[Kind, ...]) -> Kind:
    if node is None:
        return usual
    word = scalar(node, "'type'")
    kind = KINDS.get(word.text)
    if kind not in kinds:
        names = " or ".join(name for name, each in KINDS.items() if each in kinds)
        raise MappingError(f"the type of {what} is {names}, not {word.text!r}", at=word.position)
    return kind


def _expression(node: Map, kind: Kind, scope: Scope) -> Expression:
    value = node.get(VALUE)
    if node.get(FUNCTION):
        if value:
            raise MappingError("a term has a value or a function, not both", at=value.position)
        return call(node, scope)
    if value is None and kind is Kind.BLANK:
        place = f" {node.position.line}.{node.position.column}"
        return Template((f"{scope.owner} ", Reference("#row"), place))
    value = node.require(VALUE)
    return iri_text(value, scope) if kind is Kind.IRI and not isinstance(value, Map) else value_expression(value, scope)

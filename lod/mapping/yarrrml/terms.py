"""YARRRML terms: subjects, predicates and graphs become term maps, and so does what is common to them and objects.

https://rml.io/yarrrml/spec/#mappings
"""

from dataclasses import replace

from lod.errors import MappingError
from lod.mapping.model import Expression, Reference, Template, TermMap
from lod.mapping.yarrrml.expressions import Scope, iri_expression, suffix
from lod.mapping.yarrrml.functions import term_call, value_expression
from lod.mapping.yarrrml.keys import FUNCTION, PARAMETERS, TARGETS, TYPE, VALUE, Key
from lod.mapping.yarrrml.targets import term_targets
from lod.mapping.yarrrml.tree import Map, Node, Null, Scalar, scalar
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
        return TermMap(_own(scope), Kind.BLANK, node.position)
    if isinstance(node, Map):
        return long_term(node, "a subject", Kind.IRI, (Kind.IRI, Kind.BLANK), scope)
    return _iri(node, "a subject", scope)


def predicate(node: Node, scope: Scope) -> TermMap:
    """Parse a predicate; `a` is rdf:type. https://rml.io/yarrrml/spec/#predicates."""
    if isinstance(node, Map):
        entries = tuple((key, _type(value) if key.text in VALUE else value) for key, value in node.entries)
        return _iri(replace(node, entries=entries), "a predicate", scope)
    return _iri(_type(node), "a predicate", scope)


def _type(node: Node) -> Node:
    return replace(node, text=RDF_TYPE) if isinstance(node, Scalar) and node.text == "a" else node


def graph(node: Node, scope: Scope) -> TermMap:
    """Parse a graph; rr:defaultGraph is the one without a name."""
    term = _iri(node, "a graph", scope)
    return replace(term, expression=Constant("")) if term.expression in _DEFAULT_GRAPHS else term


def _iri(node: Node, what: str, scope: Scope) -> TermMap:
    if isinstance(node, Map):
        return long_term(node, what, Kind.IRI, (Kind.IRI,), scope)
    return TermMap(_iri_text(node, what, scope), Kind.IRI, node.position)


def _iri_text(node: Node, what: str, scope: Scope) -> Expression:
    return iri_expression(suffix(scalar(node, what), "iri")[0], scope)


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
        if value is not None:
            raise MappingError("a term has a value or a function, not both", at=value.position)
        return term_call(node, scope)
    if value is None and kind is Kind.BLANK:
        return _own(scope, f" {node.position.line}.{node.position.column}")
    value = node.require(VALUE)
    if kind is Kind.IRI and not isinstance(value, Map):
        return _iri_text(value, "an IRI", scope)
    return value_expression(value, scope)


def _own(scope: Scope, *place: str) -> Template:
    """Return the value of a blank node that a record has for itself, in one place of one triples map."""
    return Template((f"{scope.owner} ", Reference("#file"), " ", Reference("#row"), *place))

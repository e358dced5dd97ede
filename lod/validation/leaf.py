"""Constraints that a value node meets or breaks by itself: conditions on its key, as SQL.

https://www.w3.org/TR/shacl/#core-components
"""

from collections.abc import Iterable

from lod.engine import sql_text
from lod.terms import LEXICAL_PATTERNS, RANGES, XSD, Kind
from lod.validation import model
from lod.validation.key import Key, form_of, has_qualifier, is_kind, key_of, language_of, qualifier_of, text_of
from lod.validation.model import Constraint, Shape
from lod.validation.order import compares_with, language_matches
from lod.validation.report import Node
from lod.vocab import RDF


def is_leaf(constraint: Constraint) -> bool:
    """Whether a constraint, and each that it refers to, looks at nothing but the value node."""
    match constraint:
        case model.Not(shape) | model.Conforms(shape):
            return holds_by_itself(shape)
        case model.And(shapes) | model.Or(shapes) | model.Xone(shapes):
            return all(map(holds_by_itself, shapes))
    return isinstance(constraint, _SIMPLE)


def holds_by_itself(shape: Shape) -> bool:
    """Whether a node is held to a shape by looking at nothing but the node."""
    return shape.path is None and (shape.deactivated or all(map(is_leaf, shape.constraints)))


def meets(shape: Shape, key: Key) -> str:
    """Return whether a node conforms to a shape that holds by itself."""
    return f"(NOT {any_of([] if shape.deactivated else [breaks(each, key) for each in shape.constraints])})"


def any_of(conditions: Iterable[str]) -> str:
    """Return whether one condition at least holds."""
    return f"({' OR '.join(map('({})'.format, conditions)) or 'FALSE'})"


def breaks(constraint: Constraint, key: Key) -> str:
    """Return whether a value node breaks a leaf."""
    match constraint:
        case model.Datatype(iri):
            return f"NOT ({_has_datatype(key, iri)})"
        case model.NodeKind(kinds):
            return f"NOT {any_of(is_kind(key, kind) for kind in sorted(kinds))}"
        case model.Bound(literal):
            return f"NOT {compares_with(key, literal, constraint.ALLOWED)}"
        case model.MinLength(length):
            return f"{is_kind(key, Kind.BLANK)} OR length({text_of(key)}) < {length}"
        case model.MaxLength(length):
            return f"{is_kind(key, Kind.BLANK)} OR length({text_of(key)}) > {length}"
        case model.Pattern():
            return f"{is_kind(key, Kind.BLANK)} OR NOT {matches(text_of(key), constraint.regex)}"
        case model.LanguageIn(ranges):
            return f"NOT {any_of(language_matches(language_of(key), each) for each in ranges)}"
        case model.In(nodes):
            return f"NOT ({_is_in(key, nodes)})"
    return _breaks_logical(constraint, key)


def _breaks_logical(constraint: Constraint, key: Key) -> str:
    match constraint:
        case model.Not(shape):
            return meets(shape, key)
        case model.Conforms(shape):
            return f"NOT {meets(shape, key)}"
        case model.And(shapes):
            return any_of(f"NOT {meets(shape, key)}" for shape in shapes)
        case model.Or(shapes):
            return f"NOT {any_of(meets(shape, key) for shape in shapes)}"
        case model.Xone(shapes):
            return f"{' + '.join(f'CAST({meets(shape, key)} AS INT)' for shape in shapes) or 0} <> 1"
    raise TypeError(f"no leaf: {constraint}")


_SIMPLE = (
    model.Datatype,
    model.NodeKind,
    model.Bound,
    model.MinLength,
    model.MaxLength,
    model.Pattern,
    model.LanguageIn,
    model.In,
)


def matches(text: str, regex: str) -> str:
    """Return whether a regular expression of RE2 finds something in a text."""
    return f"regexp_matches({text}, {sql_text(regex)})"


def _is_in(key: Key, nodes: Iterable[Node]) -> str:
    """Return whether a key is one of some nodes; of literals with one qualifier, by their lexical form."""
    column, texts = key.sql, [key_of(node) for node in nodes]
    if key.qualifier is not None:
        alike = (node for node in nodes if node.kind is Kind.LITERAL and qualifier_of(node) == key.qualifier)
        column, texts = key.form, [node.value for node in alike]
    return f"{column} IN ({', '.join(map(sql_text, texts))})" if texts else "FALSE"


def _has_datatype(key: Key, iri: str) -> str:
    """Return whether a key is of a well-formed literal of a datatype."""
    if iri == RDF + "langString":
        return f"{language_of(key)} <> ''"
    qualifier = "" if iri == XSD + "string" else iri
    form = form_of(key, qualifier)
    conditions = [has_qualifier(key, qualifier)]
    if conditions != ["FALSE"] and iri in LEXICAL_PATTERNS:
        conditions.append(matches(form, f"^(?:{LEXICAL_PATTERNS[iri]})\\z"))
    if iri in RANGES:
        least, most = RANGES[iri]
        number = f"TRY_CAST(replace({form}, '+', '') AS DECIMAL(38, 0))"
        conditions.append(f"COALESCE({number} BETWEEN {least} AND {most}, FALSE)")
    return " AND ".join(conditions)

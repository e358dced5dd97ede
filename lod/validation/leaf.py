"""Constraints that a value node meets or breaks by itself: conditions on its key.

https://www.w3.org/TR/shacl/#core-components
"""

import re
from collections.abc import Sequence
from functools import reduce
from operator import or_

import ibis
import ibis.expr.types as ir

from lod.terms import LEXICAL_PATTERNS, RANGES, XSD, Kind
from lod.validation import model
from lod.validation.key import is_blank, is_literal, key_of, language_of, text_of
from lod.validation.model import Constraint, Shape
from lod.validation.order import compares_with, language_matches
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


def meets(shape: Shape, key: ir.StringValue) -> ir.BooleanValue:
    """Return whether a node conforms to a shape that holds by itself."""
    broken = [] if shape.deactivated else [breaks(each, key) for each in shape.constraints]
    return ~_any([key.isnull(), *broken])


def breaks(constraint: Constraint, key: ir.StringValue) -> ir.BooleanValue:
    """Return whether a value node breaks a leaf."""
    match constraint:
        case model.Datatype(iri):
            return ~_has_datatype(key, iri)
        case model.NodeKind(kinds):
            return ~_is_of(key, kinds)
        case model.Bound(literal):
            return ~compares_with(key, literal, constraint.ALLOWED)
        case model.MinLength(length):
            return is_blank(key) | (text_of(key).length() < length)
        case model.MaxLength(length):
            return is_blank(key) | (text_of(key).length() > length)
        case model.Pattern():
            return is_blank(key) | ~text_of(key).re_search(constraint.regex)
        case model.LanguageIn(ranges):
            tag = language_of(key).substr(2)
            return ~_any([key.isnull(), *(language_matches(tag, each) for each in ranges)])
        case model.In(nodes):
            return ~key.isin([key_of(node) for node in nodes]) if nodes else key.notnull()
    return _breaks_logical(constraint, key)


def _breaks_logical(constraint: Constraint, key: ir.StringValue) -> ir.BooleanValue:
    match constraint:
        case model.Not(shape):
            return meets(shape, key)
        case model.Conforms(shape):
            return ~meets(shape, key)
        case model.And(shapes):
            return _any([~meets(shape, key) for shape in shapes])
        case model.Or(shapes):
            return ~_any([meets(shape, key) for shape in shapes])
        case model.Xone(shapes):
            return _count([meets(shape, key) for shape in shapes]) != 1
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


def _any(conditions: Sequence[ir.BooleanValue]) -> ir.BooleanValue:
    return reduce(or_, conditions)


def _count(conditions: Sequence[ir.BooleanValue]) -> ir.IntegerValue:
    return reduce(lambda total, each: total + ibis.ifelse(each, 1, 0), conditions, ibis.literal(0))


def _is_of(key: ir.StringValue, kinds: frozenset[Kind]) -> ir.BooleanValue:
    is_kind = {Kind.LITERAL: is_literal(key), Kind.BLANK: is_blank(key), Kind.IRI: ~is_literal(key) & ~is_blank(key)}
    return _any([is_kind[kind] for kind in sorted(kinds)])


def _has_datatype(key: ir.StringValue, iri: str) -> ir.BooleanValue:
    """Return whether a key is of a well-formed literal of a datatype."""
    if iri == RDF + "langString":
        return key.startswith('"@')
    head = '"' + ("" if iri == XSD + "string" else iri) + '"'
    pattern = LEXICAL_PATTERNS.get(iri)
    if pattern is None:
        return key.startswith(head)
    fits = key.re_search(f"^{re.escape(head)}(?:{pattern})\\z")
    return fits & _in_range(key.substr(len(head)), iri) if iri in RANGES else fits


def _in_range(text: ir.StringValue, iri: str) -> ir.BooleanValue:
    least, most = (ibis.literal(str(bound)).cast("decimal(38, 0)") for bound in RANGES[iri])
    return text.replace("+", "").try_cast("decimal(38, 0)").between(least, most).fill_null(False)

"""Expressions of a mapping as Ibis values over a table of records."""

import operator
import re
from collections.abc import Callable, Sequence
from functools import reduce

import ibis
import ibis.expr.types as ir

from lod.compile.encode import blank_label, encode_iri, encode_uri
from lod.mapping.model import Call, Encoding, Expression, Reference, Template, TermMap, references, renamed
from lod.term_table import Constant
from lod.terms import Kind

_SCHEME = r"^[A-Za-z][A-Za-z0-9+.\-]*:"
_NO_LABEL = r"[^A-Za-z0-9]"


def text(expression: Expression, table: ir.Table) -> ir.Value:
    """Return an expression's value as text (or a list of texts, where it is one list-valued reference)."""
    return _evaluate(expression, table, lambda value: value)


def has_value(expression: Expression, table: ir.Table) -> ir.BooleanValue:
    """Return whether an expression gives a value, as it does where each of its references does.

    An engine that were asked whether the value itself is null would compute it twice.
    """
    values = [as_text(table[name]) for name in references(expression)]
    return reduce(operator.and_, (value.notnull() for value in values), ibis.literal(True))


def given(expression: Expression, rows: ir.Table) -> ir.BooleanValue:
    """Return whether an expression gives a value: each of its references does, of several values one at least."""
    return reduce(operator.and_, (_present(rows[name]) for name in references(expression)), ibis.literal(True))


def _present(value: ir.Value) -> ir.BooleanValue:
    if isinstance(value, ir.ArrayValue):
        return (value.filter(lambda each: as_text(each).notnull()).length() > 0).fill_null(False)
    return as_text(value).notnull()


def term_text(term: TermMap, table: ir.Table, base: str) -> ir.Value:
    """Return the lexical form of a term.

    In an IRI template references are percent-encoded; a relative IRI continues `base`. A blank node's label is its
    expression's value, so that equal values give one node.
    """
    before, rest = beginning(term), rest_text(term, table, base)
    return ibis.literal(before) + rest if before else rest


def beginning(term: TermMap) -> str:
    """Return what a term begins with in every row, where its lexical form needs no check; else nothing."""
    if term.kind is Kind.BLANK:
        return "_:b"
    checked = term.kind is Kind.LITERAL or term.encoding is Encoding.NONE
    if checked or not isinstance(term.expression, Template) or len(term.expression.parts) < 2:
        return ""
    first = term.expression.parts[0]
    return first if isinstance(first, str) and re.match(_SCHEME, first) else ""


def rest_text(term: TermMap, table: ir.Table, base: str) -> ir.Value:
    """Return how the lexical form of a term goes on after its beginning."""
    if term.kind is Kind.LITERAL:
        return text(term.expression, table)
    if term.kind is Kind.BLANK:
        return _where(text(term.expression, table), _NO_LABEL, blank_label)
    if isinstance(term.expression, Template) and beginning(term):
        return _evaluate(Template(term.expression.parts[1:]), table, _ENCODERS[term.encoding])
    return iri_text(term.expression, table, base, term.encoding)


def iri_text(expression: Expression, table: ir.Table, base: str, encoding: Encoding = Encoding.IRI) -> ir.Value:
    """Return the IRI that an expression gives."""
    if isinstance(expression, Template):
        value = _evaluate(expression, table, _ENCODERS[encoding])
        first = expression.parts[0]
        return value if isinstance(first, str) and re.match(_SCHEME, first) else _absolute(value, base)
    value = text(expression, table)
    return _absolute(value, base) if isinstance(expression, Reference) else value


def _absolute(value: ir.StringValue, base: str) -> ir.StringValue:
    return ibis.ifelse(value.re_search(_SCHEME), value, ibis.literal(base) + value) if base else value


def _where(value: ir.StringValue, pattern: str, function: Callable[[ir.Value], ir.Value]) -> ir.StringValue:
    """Apply a function only where the value needs it: most values need none, and a regular expression is cheap."""
    return ibis.ifelse(value.re_search(pattern), function(value), value)


_ENCODERS: dict[Encoding, Callable[[ir.Value], ir.Value]] = {
    Encoding.IRI: encode_iri,
    Encoding.URI: encode_uri,
    Encoding.NONE: lambda value: value,
}


def _evaluate(expression: Expression, table: ir.Table, part: Callable[[ir.Value], ir.Value]) -> ir.Value:
    match expression:
        case Constant(value):
            return ibis.literal(value)
        case Reference(name):
            return as_text(table[name])
        case Call():
            raise TypeError(f"a call that was not lowered: {expression}")
    pieces = [ibis.literal(p) if isinstance(p, str) else part(as_text(table[p.name])) for p in expression.parts]
    value = pieces[0]
    for piece in pieces[1:]:
        value += piece
    return value


def as_text(value: ir.Value) -> ir.Value:
    """Return a column as text: of a typed value (see `inputs.table`) its text; a list stays a list."""
    if isinstance(value, ir.StructValue):
        return value["text"]
    return value if isinstance(value, ir.ArrayValue) else value.cast("string")


def list_columns(table: ir.Table, *expressions: Expression | None) -> tuple[str, ...]:
    """Return the list-valued columns that expressions refer to, each once."""
    names = dict.fromkeys(name for expression in expressions for name in references(expression))
    return tuple(name for name in names if isinstance(table[name], ir.ArrayValue))


def unnested(table: ir.Table, columns: Sequence[str]) -> ir.Table:
    """Return a table with one row per element of these list-valued columns; an empty list has no row."""
    for column in columns:
        table = table.unnest(column)
    return table


def apart(table: ir.Table, expression: Expression) -> tuple[ir.Table, Expression]:
    """Give a subject's list-valued references columns of their own, a row per element.

    The lists stay beside them, so that an object made of the same list is combined with each of them.
    """
    names = {name: f"#subject {name}" for name in list_columns(table, expression)}
    if not names:
        return table, expression
    copies = table.mutate(**{copy: table[name] for name, copy in names.items()})
    return unnested(copies, list(names.values())), renamed(expression, lambda name: names.get(name, name))

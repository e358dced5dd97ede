"""Expressions of a mapping as Ibis values over a table of records."""

from collections.abc import Callable, Sequence

import ibis
import ibis.expr.types as ir

from lod.compile.functions import FUNCTIONS, encode_iri
from lod.errors import MappingError, did_you_mean
from lod.mapping.model import Call, Expression, Reference, TermMap, references
from lod.term_table import Constant
from lod.terms import Kind
from lod.vocab import FN

_SCHEME = r"^[A-Za-z][A-Za-z0-9+.\-]*:"
_NEEDS_ENCODING = r"[^A-Za-z0-9\-._~]"


def text(expression: Expression, table: ir.Table) -> ir.Value:
    """Return an expression's value as text (or a list of texts, where it is one list-valued reference)."""
    return _evaluate(expression, table, lambda value: value)


def term_text(term: TermMap, table: ir.Table, base: str) -> ir.Value:
    """Return the lexical form of a term.

    In an IRI template references are percent-encoded; a relative IRI from a reference continues `base`.
    """
    if term.kind is not Kind.IRI:
        return text(term.expression, table)
    if isinstance(term.expression, Reference):
        value = text(term.expression, table)
        return ibis.ifelse(value.re_search(_SCHEME), value, ibis.literal(base) + value)
    return _evaluate(term.expression, table, _iri_safe)


def _iri_safe(value: ir.StringValue) -> ir.StringValue:
    return ibis.ifelse(value.re_search(_NEEDS_ENCODING), encode_iri(value), value)


def _evaluate(expression: Expression, table: ir.Table, part: Callable[[ir.Value], ir.Value]) -> ir.Value:
    match expression:
        case Constant(value):
            return ibis.literal(value)
        case Reference(name):
            return _as_text(table[name])
        case Call():
            return function_value(expression, table)
    pieces = [ibis.literal(p) if isinstance(p, str) else part(_as_text(table[p.name])) for p in expression.parts]
    value = pieces[0]
    for piece in pieces[1:]:
        value += piece
    return value


def _as_text(value: ir.Value) -> ir.Value:
    return value if isinstance(value, ir.ArrayValue) else value.cast("string")


def function_value(call: Call, table: ir.Table) -> ir.Value:
    """Return the value of a call whose arguments hold no further call; raise MappingError where it does not fit."""
    function = FUNCTIONS.get(call.function)
    if function is None:
        known = [iri.removeprefix(FN) for iri in FUNCTIONS]
        hint = did_you_mean(call.function.removeprefix(FN), known) or f"There are: {', '.join(known)}."
        raise MappingError(f"there is no function {call.function.removeprefix(FN)!r}", at=call.position, hint=hint)
    given = {name.removeprefix(FN): argument for name, argument in call.arguments}
    _check_arguments(call, function.parameters, function.required, given)
    values = [_argument(given[name], table) for name in function.parameters if name in given]
    return function.build(*values)


def _argument(expression: Expression, table: ir.Table) -> ir.Value:
    if isinstance(expression, Reference):
        return table[expression.name]
    return text(expression, table)


def _check_arguments(call: Call, parameters: Sequence[str], required: int, given: dict[str, Expression]) -> None:
    name = call.function.removeprefix(FN)
    for unknown in given.keys() - set(parameters):
        hint = did_you_mean(unknown, parameters) or f"It has: {', '.join(parameters)}."
        raise MappingError(f"the function {name!r} has no parameter {unknown!r}", at=call.position, hint=hint)
    for missing in parameters[:required]:
        if missing not in given:
            raise MappingError(f"the function {name!r} needs the parameter {missing!r}", at=call.position)


def list_columns(table: ir.Table, *expressions: Expression | None) -> tuple[str, ...]:
    """Return the list-valued columns that expressions refer to, each once."""
    names = dict.fromkeys(name for expression in expressions for name in references(expression))
    return tuple(name for name in names if isinstance(table[name], ir.ArrayValue))


def unnested(table: ir.Table, columns: Sequence[str]) -> ir.Table:
    """Return a table with one row per element of these list-valued columns; an empty list has no row."""
    for column in columns:
        table = table.unnest(column)
    return table

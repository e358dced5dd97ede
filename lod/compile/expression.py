"""Expressions of a mapping as Ibis values over a table of records."""

import re
from collections.abc import Callable, Sequence

import ibis
import ibis.expr.types as ir

from lod.compile.functions import FUNCTIONS, Function, blank_label, encode_iri, encode_uri
from lod.errors import MappingError, did_you_mean
from lod.mapping.model import Call, Encoding, Expression, Reference, Template, TermMap, references, renamed
from lod.term_table import Constant
from lod.terms import Kind
from lod.vocab import FN

_SCHEME = r"^[A-Za-z][A-Za-z0-9+.\-]*:"
_RESERVED = r"[^A-Za-z0-9\-._~]"
_RESERVED_BUT_SPACE = r"[^A-Za-z0-9\-._~ ]"
_NO_LABEL = r"[^A-Za-z0-9]"


def text(expression: Expression, table: ir.Table) -> ir.Value:
    """Return an expression's value as text (or a list of texts, where it is one list-valued reference)."""
    return _evaluate(expression, table, lambda value: value)


def term_text(term: TermMap, table: ir.Table, base: str) -> ir.Value:
    """Return the lexical form of a term.

    In an IRI template references are percent-encoded; a relative IRI continues `base`. A blank node's label is its
    expression's value, so that equal values give one node.
    """
    if term.kind is Kind.LITERAL:
        return text(term.expression, table)
    if term.kind is Kind.BLANK:
        return ibis.literal("_:b") + _where(text(term.expression, table), _NO_LABEL, blank_label)
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
    return ibis.ifelse(value.re_search(_SCHEME), value, ibis.literal(base) + value)


def _where(value: ir.StringValue, pattern: str, function: Callable[[ir.Value], ir.Value]) -> ir.StringValue:
    """Apply a function only where the value needs it: most values need none, and a regular expression is cheap."""
    return ibis.ifelse(value.re_search(pattern), function(value), value)


def _encoded(value: ir.StringValue, encode: Callable[[ir.Value], ir.Value]) -> ir.StringValue:
    """Percent-encode; what has no more than spaces to encode, as most has, needs no call of a function."""
    spaces = ibis.ifelse(value.re_search(_RESERVED_BUT_SPACE), encode(value), value.replace(" ", "%20"))
    return ibis.ifelse(value.re_search(_RESERVED), spaces, value)


_ENCODERS: dict[Encoding, Callable[[ir.Value], ir.Value]] = {
    Encoding.IRI: lambda value: _encoded(value, encode_iri),
    Encoding.URI: lambda value: _encoded(value, encode_uri),
    Encoding.NONE: lambda value: value,
}


def _evaluate(expression: Expression, table: ir.Table, part: Callable[[ir.Value], ir.Value]) -> ir.Value:
    match expression:
        case Constant(value):
            return ibis.literal(value)
        case Reference(name):
            return as_text(table[name])
        case Call():
            return function_value(expression, table)
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


def function_value(call: Call, table: ir.Table) -> ir.Value:
    """Return the value of a call whose arguments hold no further call; raise MappingError where it does not fit."""
    function = FUNCTIONS.get(call.function)
    if function is None:
        known = [iri.removeprefix(FN) for iri in FUNCTIONS]
        hint = did_you_mean(call.function.removeprefix(FN), known) or f"There are: {', '.join(known)}."
        raise MappingError(f"there is no function {call.function.removeprefix(FN)!r}", at=call.position, hint=hint)
    given = {name.removeprefix(FN): argument for name, argument in call.arguments}
    _check_arguments(call, function.parameters, function.required, given)
    _check_settings(call, function, given)
    values = {name: _argument(given[name], table) for name in function.parameters if name in given}
    _check_kinds(call, function, values)
    return function.build(*values.values())


def _argument(expression: Expression, table: ir.Table) -> ir.Value:
    column = table[expression.name] if isinstance(expression, Reference) else None
    return text(expression, table) if column is None or isinstance(column, ir.StructValue) else column


def _check_arguments(call: Call, parameters: Sequence[str], required: int, given: dict[str, Expression]) -> None:
    name = call.function.removeprefix(FN)
    for unknown in given.keys() - set(parameters):
        hint = did_you_mean(unknown, parameters) or f"It has: {', '.join(parameters)}."
        raise MappingError(f"the function {name!r} has no parameter {unknown!r}", at=call.position, hint=hint)
    for missing in parameters[:required]:
        if missing not in given:
            raise MappingError(f"the function {name!r} needs the parameter {missing!r}", at=call.position)


def _check_settings(call: Call, function: Function, given: dict[str, Expression]) -> None:
    """Hold what a mapping states once and for all to be stated there, and to be usable."""
    texts = []
    for name in function.settings:
        setting = given[name]
        if not isinstance(setting, Constant):
            what = f"the parameter {name!r} of {function.name!r} must be a constant text"
            raise MappingError(what, at=call.position)
        texts.append(setting.value)
    complaint = function.check(*texts)
    if complaint:
        raise MappingError(f"the function {function.name!r} cannot be called so: {complaint}", at=call.position)


def _check_kinds(call: Call, function: Function, values: dict[str, ir.Value]) -> None:
    for name, value in values.items():
        where = f"the parameter {name!r} of {function.name!r}"
        if name in function.truths and not isinstance(value, ir.BooleanValue):
            hint = "A function such as fn:present or fn:equal gives true or false."
            raise MappingError(f"{where} must be true or false", at=call.position, hint=hint)
        if name not in function.truths and not function.lists and not isinstance(value, ir.StringValue):
            raise MappingError(f"{where} must be one text", at=call.position)
    if len({isinstance(value, ir.ArrayValue) for name, value in values.items() if name not in function.truths}) > 1:
        raise MappingError(f"the parameters of {function.name!r} must all be texts, or all lists", at=call.position)


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

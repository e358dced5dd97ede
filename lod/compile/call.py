"""A bound call over a table of records: its value, and what is wrong with the records that it has none for."""

import ibis
import ibis.expr.types as ir

from lod.compile.expression import as_text, text
from lod.errors import MappingError
from lod.functions import Bound, Parameter, Type
from lod.mapping.model import Expression, Reference
from lod.term_table import Constant
from lod.terms import XSD

_TYPED = "struct<text: string, datatype: string>"


def call_value(call: Bound, table: ir.Table) -> ir.Value:
    """Return the value of a call whose arguments hold no further call.

    A count is typed, as a number of JSON is. Raises MappingError where an argument is not of the parameter's type.
    """
    value = call.meaning.build(*_values(call, table), **_settings(call))
    if call.meaning.result is not Type.COUNT:
        return value
    typed = ibis.struct({"text": value.cast("string"), "datatype": ibis.literal(XSD + "integer")})
    return ibis.ifelse(value.notnull(), typed, ibis.null(_TYPED))


def call_reason(call: Bound, table: ir.Table) -> ir.StringValue:
    """Return what is wrong with each record for which the call of a function that complains gives null; else null."""
    values = _values(call, table)
    if call.meaning.reason is not None:
        return call.meaning.reason(*values, **_settings(call))
    given = ibis.literal(True)
    for value in values:
        given &= value.notnull()
    return ibis.cases((given, ibis.literal(call.meaning.complaint)))


def _settings(call: Bound) -> dict[str, str]:
    stated = {name: each.value for name, each in call.arguments if isinstance(each, Constant)}
    return {name: stated.get(name, default) for name, default in call.meaning.settings.items()}


def _values(call: Bound, table: ir.Table) -> list[ir.Value]:
    given = dict(call.arguments)
    parameters = [each for each in call.meaning.inputs if each.name in given]
    values = [_value(given[each.name], table) for each in parameters]
    for parameter, value in zip(parameters, values, strict=True):
        if not _fits(parameter, value):
            what = f"the parameter {parameter.name!r} of {call.meaning.name!r} must be {parameter.type.value}"
            hint = "A function such as fn:present or fn:isTrue gives true or false."
            raise MappingError(what, at=call.position, hint=hint if parameter.type is Type.TRUTH else None)
    free = [value for parameter, value in zip(parameters, values, strict=True) if parameter.type is Type.ANY]
    if len({str(value.type()) for value in free}) > 1:
        what = f"the parameters of {call.meaning.name!r} must all be texts, or all lists"
        raise MappingError(what, at=call.position)
    return values


def _fits(parameter: Parameter, value: ir.Value) -> bool:
    match parameter.type:
        case Type.TRUTH:
            return isinstance(value, ir.BooleanValue)
        case Type.LIST:
            return isinstance(value, ir.ArrayValue)
        case Type.CLAIM:
            return isinstance(value, ir.StringValue | ir.BooleanValue)
        case Type.ANY:
            return True
    return isinstance(value, ir.StringValue)


def _value(expression: Expression, table: ir.Table) -> ir.Value:
    """Return an argument: a text, a list of texts, or true or false."""
    column = table[expression.name] if isinstance(expression, Reference) else None
    if isinstance(column, ir.BooleanValue):
        return column
    value = text(expression, table)
    if isinstance(value, ir.ArrayValue) and value.type().value_type.is_struct():
        return value.map(as_text)
    return value

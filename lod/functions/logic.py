"""Truths and choices: expressions that mean the same on every engine. In a truth, null is false unless said."""

from functools import reduce

import ibis
import ibis.expr.types as ir

from lod.functions.function import Function, Parameter, Type

_ORDINALS = ("value", "other", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
_VALUE, _OTHER = Parameter("value"), Parameter("other")
_ANYTHING = Parameter("value", Type.ANY)
_TRUTHS = tuple(Parameter(letter, Type.TRUTH, optional=letter != "a") for letter in "abcdefgh")


def ordinals(kind: Type) -> tuple[Parameter, ...]:
    """Return ten parameters of a type: value, other, third ... tenth, of which the first is needed."""
    return tuple(Parameter(name, kind, optional=name != "value") for name in _ORDINALS)


def certain(value: ir.BooleanValue) -> ir.BooleanValue:
    """Return a truth in which null is false."""
    return value.fill_null(False)


def _present(value: ir.Value) -> ir.BooleanValue:
    return value.notnull() & (value.length() > 0) if isinstance(value, ir.ArrayValue) else value.notnull()


def _is_true(value: ir.Value) -> ir.BooleanValue:
    true = value if isinstance(value, ir.BooleanValue) else value.isin(["true", "True", "TRUE", "1"])
    return certain(true)


def _equal(value: ir.Value, other: ir.Value) -> ir.BooleanValue:
    return certain(value == other)


def _when(condition: ir.BooleanValue, value: ir.Value, otherwise: ir.Value | None = None) -> ir.Value:
    test = certain(condition)
    return ibis.cases((test, value)) if otherwise is None else ibis.cases((test, value), else_=otherwise)


FUNCTIONS = (
    Function("present", "whether there is a value", (_ANYTHING,), _present, Type.TRUTH),
    Function("absent", "whether there is none", (_ANYTHING,), lambda value: ~_present(value), Type.TRUTH),
    Function("equal", "whether they are the same text", (_VALUE, _OTHER), _equal, Type.TRUTH),
    Function(
        "notEqual",
        "the opposite: true also where a value is missing",
        (_VALUE, _OTHER),
        lambda value, other: ~_equal(value, other),
        Type.TRUTH,
    ),
    Function(
        "isTrue",
        "whether a text is `true` or `1` (in any case)",
        (Parameter("value", Type.CLAIM),),
        _is_true,
        Type.TRUTH,
    ),
    Function("not", "the opposite", (Parameter("value", Type.TRUTH),), lambda value: ~certain(value), Type.TRUTH),
    Function(
        "any",
        "whether any is true",
        _TRUTHS,
        lambda *each: reduce(ir.BooleanValue.__or__, map(certain, each)),
        Type.TRUTH,
    ),
    Function(
        "all",
        "whether all are true",
        _TRUTHS,
        lambda *each: reduce(ir.BooleanValue.__and__, map(certain, each)),
        Type.TRUTH,
    ),
    Function(
        "coalesce", "the first that is not null", ordinals(Type.ANY), lambda *each: ibis.coalesce(*each), Type.ANY
    ),
    Function(
        "when",
        "the value where the condition is true, else the other one, or null",
        (Parameter("condition", Type.TRUTH), _ANYTHING, Parameter("otherwise", Type.ANY, optional=True)),
        _when,
        Type.ANY,
    ),
)

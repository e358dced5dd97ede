"""Functions of Arrow arrays as engine functions, the same on every engine.

An engine hands over a batch of rows at a time. Null in, null out; an empty text is null, as an empty cell is. A
ValueError means a bad value, which is null; nothing that a value holds ends the query.
"""

from collections.abc import Callable
from functools import partial
from inspect import Parameter, Signature
from typing import Any

import ibis
import ibis.expr.types as ir
import pyarrow as pa
import pyarrow.compute as pc

from lod.arrow import NO_TEXT
from lod.functions.function import Build, Type

OnArrays = Callable[..., pa.Array]
ARROW_TYPES = {Type.TEXT: pa.string(), Type.LIST: pa.list_(pa.string()), Type.TRUTH: pa.bool_()}
_ENGINE_TYPES = {Type.TEXT: "string", Type.LIST: "array<string>", Type.TRUTH: "boolean"}


def of_values(function: Callable[..., Any], result: Type = Type.TEXT) -> Build:
    """Build calls of a Python function of a record's values; each distinct text is computed once a batch."""
    return of_arrays(partial(_by_value, function, ARROW_TYPES[result]), result)


def of_arrays(function: OnArrays, result: Type = Type.TEXT) -> Build:
    """Build calls of a function of whole arrays, to which settings come by name."""

    def build(*values: ir.Value, **settings: Any) -> ir.Value:
        types = tuple(str(value.type()) for value in values)
        # DuckDB's default forbids a function to answer null, so nulls come in too.
        register = ibis.udf.scalar.pyarrow(signature=(types, _ENGINE_TYPES[result]), null_handling="special")
        built: ir.Value = register(_OnBatch(partial(function, **settings), len(values)))(*values)
        return built

    return build


class _OnBatch:
    """A function of so many arrays, with the signature by which engines and Ibis know that; it can be pickled."""

    def __init__(self, function: OnArrays, arity: int) -> None:
        names = (f"column{number}" for number in range(arity))
        self.function = function
        self.__name__ = "lod"
        self.__signature__ = Signature([Parameter(name, Parameter.POSITIONAL_ONLY) for name in names])

    def __call__(self, *columns: pa.ChunkedArray) -> pa.Array:
        return _or_null(self.function(*(column.combine_chunks() for column in columns)))


def _or_null(values: pa.Array) -> pa.Array:
    return pc.if_else(pc.equal(values, ""), NO_TEXT, values) if values.type == pa.string() else values


def _by_value(function: Callable[..., Any], kind: pa.DataType, /, *columns: pa.Array, **settings: Any) -> pa.Array:
    compute = partial(_answer, partial(function, **settings))
    if len(columns) == 1 and columns[0].type == pa.string():
        encoded = columns[0].dictionary_encode()
        return pa.array(map(compute, encoded.dictionary.to_pylist()), kind).take(encoded.indices)
    return pa.array(map(compute, *(column.to_pylist() for column in columns)), kind)


def _answer(function: Callable[..., Any], *row: Any) -> Any:
    try:
        return None if None in row else function(*row)
    except (ValueError, OverflowError):
        return None

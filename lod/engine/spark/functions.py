"""Functions of Arrow arrays inside Spark's queries, regular expressions among them.

Ibis hands its functions of Arrow arrays to PySpark as functions of one row each; here they get whole columns. A regular
expression would be Java's; here it is RE2's, as in DuckDB.
"""

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

import ibis
import ibis.expr.operations as ops
import ibis.expr.types as ir
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyspark.sql.functions as F  # noqa: N812  # the name under which all of Spark's documents know it
from ibis.backends.pyspark.datatypes import PySparkType
from ibis.backends.sql.compilers.pyspark import compiler
from pyspark.sql import SparkSession

_OnArrow = Callable[..., pa.Array]


class Functions:
    """The functions that a session knows."""

    def __init__(self, session: SparkSession) -> None:
        self._session = session
        self._known: dict[str, _OnArrow] = {}

    def register(self, expression: ir.Table) -> None:
        """Make the functions that an expression calls known, under the names by which Ibis calls them."""
        for call in expression.op().find(ops.ScalarUDF):
            name, function = compiler.__sql_name__(call), call.__func__
            if self._known.get(name) is not function:
                types = [argument.dtype.to_pyarrow() for argument in call.args]
                on_pandas = F.pandas_udf(_on_pandas(function, types), PySparkType.from_ibis(call.dtype))
                self._session.udf.register(name, on_pandas)
                self._known[name] = function


def _on_pandas(function: _OnArrow, types: list[pa.DataType]) -> Callable[..., pd.Series]:
    def on_pandas(*columns: pd.Series) -> pd.Series:
        arrays = [pa.Array.from_pandas(column, type=kind) for column, kind in zip(columns, types, strict=True)]
        return function(*map(pa.chunked_array, ([array] for array in arrays))).to_pandas()

    return on_pandas


def in_re2(expression: ir.Table) -> ir.Table:
    """Return an expression whose regular expressions are functions of Arrow arrays.

    Raises NotImplementedError for those that have none here.
    """
    return expression.op().replace(_in_re2).to_expr()


def _in_re2(node: ops.Node, changed: Mapping[str, Any] | None) -> ops.Node:
    current = node.__recreate__(changed) if changed else node
    match current:
        case ops.RegexSearch(arg, ops.Literal(pattern)):
            return _search(pattern)(arg.to_expr()).op()
        case ops.RegexExtract(arg, ops.Literal(pattern), ops.Literal(0)):
            return _extract(pattern)(arg.to_expr()).op()
        case ops.RegexSearch() | ops.RegexExtract() | ops.RegexReplace() | ops.RegexSplit():
            raise NotImplementedError(f"a regular expression that Spark would read as Java's: {current}")
    return current


@cache
def _search(pattern: str) -> Callable[[ir.Value], ir.Value]:
    def search(values: pa.ChunkedArray) -> pa.ChunkedArray:
        return pc.match_substring_regex(values, pattern)

    return _function(search, "boolean")


@cache
def _extract(pattern: str) -> Callable[[ir.Value], ir.Value]:
    def extract(values: pa.ChunkedArray) -> pa.ChunkedArray:
        return pc.struct_field(pc.extract_regex(values, f"(?P<whole>{pattern})"), "whole")

    return _function(extract, "string")


def _function(function: _OnArrow, result: str) -> Callable[[ir.Value], ir.Value]:
    register = ibis.udf.scalar.pyarrow(name=function.__name__, signature=(("string",), result))
    called: Callable[[ir.Value], ir.Value] = register(function)
    return called

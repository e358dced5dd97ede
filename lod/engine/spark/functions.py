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
from sqlglot import exp, parse_one

_OnArrow = Callable[..., pa.Array]
_SEARCH, _EXTRACT = "search_re2", "extract_re2"  # of texts and one pattern


class Functions:
    """The functions that a session knows."""

    def __init__(self, session: SparkSession) -> None:
        self._session = session
        self._known: dict[str, _OnArrow] = {}
        self.declare(_SEARCH, _search_all, [pa.string()] * 2, "boolean")
        self.declare(_EXTRACT, _extract_all, [pa.string()] * 2, "string")

    def register(self, expression: ir.Table) -> None:
        """Make the functions that an expression calls known, under the names by which Ibis calls them."""
        for call in expression.op().find(ops.ScalarUDF):
            name, function = compiler.__sql_name__(call), call.__func__
            types = [argument.dtype.to_pyarrow() for argument in call.args]
            self.declare(name, function, types, PySparkType.from_ibis(call.dtype))

    def declare(self, name: str, function: _OnArrow, types: list[pa.DataType], of: Any) -> None:
        """Make a function of arrays of some types known by a name; `of` is what Spark calls the type of its answers."""
        if self._known.get(name) is not function:
            self._session.udf.register(name, F.pandas_udf(_on_pandas(function, types), of))
            self._known[name] = function


def _on_pandas(function: _OnArrow, types: list[pa.DataType]) -> Callable[..., pd.Series]:
    def on_pandas(*columns: pd.Series) -> pd.Series:
        arrays = [pa.Array.from_pandas(column, type=kind) for column, kind in zip(columns, types, strict=True)]
        return function(*map(pa.chunked_array, ([array] for array in arrays))).to_pandas()

    return on_pandas


def spoken(sql: str) -> str:
    """Return a query in Spark's SQL, of one in DuckDB's; its regular expressions are functions of Arrow arrays."""
    return str(parse_one(sql, read="duckdb").transform(_with_re2).sql(dialect="spark"))


def _with_re2(node: Any) -> Any:
    match node:
        case exp.RegexpLike(this=text, expression=pattern):
            return exp.func(_SEARCH, text, pattern)
        case exp.RegexpExtract(this=text, expression=pattern):
            return exp.func(_EXTRACT, text, pattern)
    return node


def _search_all(texts: pa.ChunkedArray, patterns: pa.ChunkedArray) -> pa.ChunkedArray:
    return pc.match_substring_regex(texts, patterns[0].as_py())


def _extract_all(texts: pa.ChunkedArray, patterns: pa.ChunkedArray) -> pa.ChunkedArray:
    found = pc.struct_field(pc.extract_regex(texts, f"(?P<whole>{patterns[0].as_py()})"), "whole")
    return pc.if_else(pc.is_valid(texts), pc.fill_null(found, ""), texts)


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

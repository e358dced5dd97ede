"""Lists: a text becomes several, and several become one. An element that is null or empty is left out."""

from collections.abc import Iterable

import ibis
import ibis.expr.types as ir
import pyarrow as pa
import pyarrow.compute as pc

from lod.functions.arrow import ARROW_TYPES, of_arrays, of_values
from lod.functions.function import Function, Parameter, Type, setting
from lod.functions.logic import certain
from lod.functions.pattern import wrong_pattern
from lod.functions.text import whole_numbers

_VALUE = Parameter("value")
_VALUES = Parameter("values", Type.LIST)
_TRIM = setting("trim", "true")


def _split(text: str, separator: str, trim: str) -> list[str]:
    return _parts(text.split(separator), trim)


def _split_pattern(texts: pa.Array, pattern: str, trim: str) -> pa.Array:
    found = pc.split_pattern_regex(texts, pattern).to_pylist()
    return pa.array([None if parts is None else _parts(parts, trim) for parts in found], ARROW_TYPES[Type.LIST])


def _parts(parts: Iterable[str], trim: str) -> list[str]:
    return [part for part in (map(str.strip, parts) if trim == "true" else parts) if part]


def _join(values: list[str | None], separator: str) -> str:
    return separator.join(filter(None, values))


def _element(values: list[str], index: str) -> str | None:
    place = int(index)
    return values[place] if -len(values) <= place < len(values) else None


def _slice(values: list[str], start: str, end: str) -> list[str]:
    return values[int(start) : int(end) if end else None]


def _unique(values: list[str]) -> list[str]:
    return list(dict.fromkeys(values))


def _sort(values: list[str | None]) -> list[str]:
    return sorted(value for value in values if value)


def _reverse(values: list[str]) -> list[str]:
    return values[::-1]


def _one_of(value: ir.StringValue, values: ir.StringValue, separator: str) -> ir.BooleanValue:
    among = (ibis.literal(separator) + values + separator).contains(ibis.literal(separator) + value + separator)
    return certain(among & ~value.contains(separator))


def _check_trim(trim: str) -> str | None:
    return None if trim in ("true", "false") else f"trim is true or false, not {trim!r}"


def _check_split(separator: str, trim: str) -> str | None:
    return _check_trim(trim) if separator else "the separator is empty"


FUNCTIONS = (
    Function(
        "split",
        "the parts between separators, without white space around them, without empty ones",
        (_VALUE, setting("separator"), _TRIM),
        of_values(_split, Type.LIST),
        Type.LIST,
        check=_check_split,
    ),
    Function(
        "splitPattern",
        "the same, a regular expression between the parts",
        (_VALUE, setting("pattern"), _TRIM),
        of_arrays(_split_pattern, Type.LIST),
        Type.LIST,
        check=lambda pattern, trim: wrong_pattern(pattern) or _check_trim(trim),
    ),
    Function("join", "the elements joined to one text", (_VALUES, setting("separator", "")), of_values(_join)),
    Function(
        "element",
        "one element: the first is 0, the last -1",
        (_VALUES, setting("index")),
        of_values(_element),
        check=whole_numbers,
    ),
    Function(
        "slice",
        "the elements from `start` up to `end`, both counted from the end where negative",
        (_VALUES, setting("start"), setting("end", "")),
        of_values(_slice, Type.LIST),
        Type.LIST,
        check=whole_numbers,
    ),
    Function("unique", "each element once", (_VALUES,), of_values(_unique, Type.LIST), Type.LIST),
    Function(
        "sort", "the elements in the order of their characters", (_VALUES,), of_values(_sort, Type.LIST), Type.LIST
    ),
    Function("reverse", "the last element first", (_VALUES,), of_values(_reverse, Type.LIST), Type.LIST),
    Function("count", "the number of elements", (_VALUES,), lambda values: values.length(), Type.COUNT),
    Function(
        "includes",
        "whether an element is the text",
        (_VALUES, _VALUE),
        lambda values, value: certain(values.contains(value)),
        Type.TRUTH,
    ),
    Function(
        "oneOf",
        "whether the value stands in `a|b|c`",
        (_VALUE, Parameter("values"), setting("separator", "|")),
        _one_of,
        Type.TRUTH,
        check=lambda separator: None if separator else "the separator is empty",
    ),
)

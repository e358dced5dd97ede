"""Typed columns as RDF writes their values: the text and datatype that R2RML and RML call natural.

https://www.w3.org/TR/r2rml/#natural-mapping
The text is the canonical one of XML Schema 1.1: 1.0E1 for a double, 1.1 for the decimal 1.10. A moment is in UTC.
"""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.types as kinds

from lod.terms import XSD

_Text = Callable[[pa.Array], pa.Array]


def natural(values: pa.Array) -> pa.Array:
    """Return typed values as struct<text, datatype>, texts as they are, and lists of either as lists.

    Raises TypeError for a type that has no RDF form.
    """
    if not any(is_list(values.type) for is_list in (kinds.is_list, kinds.is_large_list, kinds.is_fixed_size_list)):
        return _single(values)
    lengths = pc.fill_null(pc.list_value_length(values), 0)
    ends = np.append(0, np.cumsum(lengths.to_numpy())).astype(np.int32)
    return pa.ListArray.from_arrays(pa.array(ends), _single(values.flatten()), mask=values.is_null())


def _single(values: pa.Array) -> pa.Array:
    if kinds.is_dictionary(values.type):
        return _single(values.cast(values.type.value_type))
    datatype, spell = _rule(values.type)
    texts = spell(values)
    if datatype is None:
        return texts
    datatypes = pa.repeat(pa.scalar(XSD + datatype), len(texts))
    return pa.StructArray.from_arrays([texts, datatypes], ["text", "datatype"], mask=texts.is_null())


def _rule(kind: pa.DataType) -> tuple[str | None, _Text]:
    for fits, datatype, spell in _RULES:
        if fits(kind):
            return datatype, spell
    raise TypeError(f"values of the type {kind} have no RDF form")


def _plain(values: pa.Array) -> pa.Array:
    return values.cast(pa.string())


def _moment(values: pa.Array) -> pa.Array:
    """Spell a time or timestamp: with T, in UTC where there is a zone, without idle zeros."""
    if kinds.is_timestamp(values.type) and values.type.tz:
        values = values.cast(pa.timestamp(values.type.unit, "UTC"))
    texts = pc.replace_substring(values.cast(pa.string()), " ", "T")
    return pc.replace_substring_regex(texts, r"(?:\.0+|(\.[0-9]*[1-9])0+)(Z?)$", r"\1\2")


def _each(spell: Callable[[Any], str]) -> _Text:
    """Return a function that spells each distinct value once."""

    def spelled(values: pa.Array) -> pa.Array:
        encoded = values.dictionary_encode()
        distinct = encoded.dictionary
        scalars = distinct.to_numpy() if kinds.is_floating(distinct.type) else distinct.to_pylist()
        return pa.array([spell(each) for each in scalars], pa.string()).take(encoded.indices)

    return spelled


def _double(value: np.floating[Any]) -> str:
    if not np.isfinite(value):
        return "NaN" if np.isnan(value) else "INF" if value > 0 else "-INF"
    return np.format_float_scientific(value, unique=True, trim="0", exp_digits=1).replace("e+", "E").replace("e", "E")


def _decimal(value: Decimal) -> str:
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


# What a type is, its datatype, and how its values are spelled.
_RULES: tuple[tuple[Callable[[pa.DataType], bool], str | None, _Text], ...] = (
    (lambda kind: kinds.is_string(kind) or kinds.is_large_string(kind) or kinds.is_string_view(kind), None, _plain),
    (kinds.is_null, None, _plain),
    (kinds.is_boolean, "boolean", _plain),
    (kinds.is_integer, "integer", _plain),
    (kinds.is_decimal, "decimal", _each(_decimal)),
    (kinds.is_floating, "double", _each(_double)),
    (kinds.is_date, "date", _plain),
    (kinds.is_time, "time", _moment),
    (kinds.is_timestamp, "dateTime", _moment),
    (
        lambda kind: kinds.is_binary(kind) or kinds.is_large_binary(kind) or kinds.is_fixed_size_binary(kind),
        "hexBinary",
        _each(lambda value: value.hex().upper()),
    ),
)

"""Several files of one kind as one input."""

from collections.abc import Sequence

import ibis
import ibis.expr.datatypes as dt
import ibis.expr.types as ir

from lod.engine import Engine
from lod.inputs.table import InputTable
from lod.term_table import FILE


def united(engine: Engine, name: str, parts: Sequence[InputTable]) -> InputTable:
    """Return the records of all parts, which have the same columns, as one input of this name."""
    first = parts[0].table
    types = {column: _widest([part.table[column].type() for part in parts]) for column in first.columns}
    selects = [
        part.table.select(
            **{column: _widened(part.table[column], types[column]) for column in types},
            **{FILE: ibis.literal(part.file)},
        )
        for part in parts
    ]
    return InputTable(
        engine.union("united", selects),
        name,
        sum(part.read for part in parts),
        tuple(item for part in parts for item in part.rejections),
        tuple(dict.fromkeys(column for part in parts for column in part.unread)),
        tuple(item for part in parts for item in part.notes),
        parts=tuple(parts),
    )


def _widest(types: Sequence[dt.DataType]) -> dt.DataType:
    """Return the type that holds a column's values in every part: a list if one is, and typed if one is."""
    elements = [each.value_type if each.is_array() else each for each in types]
    element = next((each for each in elements if each.is_struct()), elements[0])
    return dt.Array(element) if any(each.is_array() for each in types) else element


def _widened(value: ir.Value, wanted: dt.DataType) -> ir.Value:
    if value.type() == wanted:
        return value
    if isinstance(value, ir.ArrayValue):
        return value.map(lambda each: _widened(each, wanted.value_type))
    if wanted.is_array():
        return ibis.ifelse(value.isnull(), ibis.null(wanted), ibis.array([_widened(value, wanted.value_type)]))
    typed = ibis.struct({"text": value, "datatype": ibis.null("string")})
    return ibis.ifelse(value.isnull(), ibis.null(wanted), typed)

"""Records within texts, as a function of the engine: see `lod.inputs.within`."""

from collections.abc import Callable, Sequence

import ibis
import ibis.expr.datatypes as dt
import ibis.expr.types as ir
import pyarrow as pa

from lod.inputs.cells import Cell
from lod.inputs.within import Within, is_single, reader
from lod.mapping.model import IterableField

_CELL = "struct<text: string, datatype: string>"


def records_within(field: IterableField, wanted: Sequence[str]) -> Callable[[ir.StringValue], ir.ArrayValue]:
    """Return the function from a text to its records by an iterable field: structs of r0, r1 ..., the values `wanted`.

    A value is a struct<text, datatype>, or a list of these where there may be several. Where a text holds no records
    that can be read, there is one struct, whose `error` says why.
    """
    single = [is_single(field, name) for name in wanted]
    members = "".join(f", r{number}: {_CELL if one else f'array<{_CELL}>'}" for number, one in enumerate(single))
    kind = dt.dtype(f"array<struct<error: string{members}>>")
    read = reader(field, wanted)

    def on_arrow(texts: pa.ChunkedArray) -> pa.Array:
        found = [None if text is None else _structs(read(text), single) for text in texts.to_pylist()]
        return pa.array(found, kind.to_pyarrow())

    name = f"lod_within_{hash((field, *wanted)) & 0xFFFFFFFFFFFF:x}"
    register = ibis.udf.scalar.pyarrow(name=name, signature=(("string",), kind), null_handling="special")
    made: Callable[[ir.StringValue], ir.ArrayValue] = register(on_arrow)
    return made


def _structs(within: Within, single: Sequence[bool]) -> list[dict[str, object]]:
    if within.error:
        return [{"error": within.error}]
    return [
        {f"r{number}": _value(cells, one) for number, (cells, one) in enumerate(zip(record, single, strict=True))}
        for record in within.records
    ]


def _value(cells: Sequence[Cell], single: bool) -> object:
    values = [cell._asdict() for cell in cells]
    return next(iter(values), None) if single else values

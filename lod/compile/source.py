"""A logical source with its computed columns, materialised once for all triples maps that read it."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from string import ascii_uppercase

import ibis
import ibis.expr.types as ir

from lod.compile.expression import text
from lod.compile.functions import FUNCTIONS
from lod.compile.lower import FILE_NAME, ROW_NUMBER, LoweredSource
from lod.engine import Engine
from lod.errors import MappingError
from lod.inputs import InputTable, open_source
from lod.mapping.model import Call, references
from lod.outcome import Rejection, shorten
from lod.term_table import ROW

_FOLDED = {ord(upper): ord(upper.lower()) for upper in ascii_uppercase}


@dataclass(frozen=True)
class Records:
    """The records of a logical source: `_row`, the columns of the input, and the computed columns.

    complaints: what functions say of values that they can make nothing of.
    """

    table: ir.Table
    lowered: LoweredSource
    input: InputTable
    complaints: tuple[Rejection, ...]


def read_records(engine: Engine, root: Path, lowered: LoweredSource) -> Records:
    """Open a logical source and compute its columns; note what functions complain of."""
    _check_names(lowered)
    opened = open_source(engine, root, lowered.source, lowered.columns)
    table = opened.table.mutate(**{ROW_NUMBER: opened.table[ROW].cast("string"), FILE_NAME: ibis.literal(opened.file)})
    if lowered.fields:
        table = engine.materialise("records", _with_fields(table, lowered))
    return Records(table, lowered, opened, tuple(_complaints(engine, table, lowered, opened)))


def _check_names(lowered: LoweredSource) -> None:
    """Hold columns and fields to what the engine can tell apart: it takes `ID` and `id` for one name."""
    names = [
        *((name, lowered.source.position) for name in lowered.columns),
        *((f.name, f.position) for f in lowered.fields),
    ]
    taken = {ROW: "a name of the engine"}
    for name, position in names:
        key = name.translate(_FOLDED)
        if key in taken:
            hint = "Rename one of them; letters that differ only in case do not set names apart."
            raise MappingError(f"the name {name!r} is taken by {taken[key]}", at=position, hint=hint)
        taken[key] = repr(name)


def _with_fields(table: ir.Table, lowered: LoweredSource) -> ir.Table:
    """Add the computed columns, as many at once as do not need each other: each step nests the query deeper."""
    waiting = list(lowered.fields)
    while waiting:
        ready = [field for field in waiting if set(references(field.expression)) <= set(table.columns)]
        if not ready:
            raise MappingError(f"the field {waiting[0].name!r} needs itself", at=waiting[0].position)
        table = table.mutate(**{field.name: text(field.expression, table) for field in ready})
        for name in (field.name for field in ready if field.name in lowered.source.each):
            if not isinstance(table[name], ir.ArrayValue):
                raise MappingError(f"the field {name!r} under 'each' is no list", at=lowered.source.position)
            table = table.unnest(name)
        waiting = [field for field in waiting if field not in ready]
    return table


def _complaints(engine: Engine, table: ir.Table, lowered: LoweredSource, opened: InputTable) -> Iterator[Rejection]:
    asked = [(call, *_bad(table, name, call)) for name, call in _complaining(lowered)]
    for (call, shown, bad), found in zip(asked, engine.flags(table, [bad for *_, bad in asked]), strict=True):
        if found:
            for row in engine.rows(table.filter(bad).select(row=table[ROW], value=shown)):
                column, complaint = ", ".join(lowered.named(call)), str(FUNCTIONS[call.function].complaint)
                yield Rejection(opened.file, row["row"], column, shorten(row["value"]), complaint)


def _complaining(lowered: LoweredSource) -> Iterator[tuple[str, Call]]:
    for field in lowered.fields:
        if isinstance(field.expression, Call) and FUNCTIONS[field.expression.function].complaint:
            yield field.name, field.expression


def _bad(table: ir.Table, name: str, call: Call) -> tuple[ir.Value, ir.BooleanValue]:
    """Return the value to show, and whether the result is null though no argument is."""
    given = list(dict.fromkeys(references(call)))
    bad = table[name].isnull()
    for reference in given:
        bad &= table[reference].notnull()
    return (table[given[0]].cast("string") if given else ibis.literal("")), bad

"""A logical source with its computed columns, materialised once for all triples maps that read it."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from string import ascii_uppercase

import ibis
import ibis.expr.types as ir

from lod.compile.call import call_reason, call_value
from lod.compile.expression import text
from lod.compile.lower import FILE_NAME, ROW_NUMBER, LoweredSource
from lod.engine import Engine
from lod.errors import MappingError
from lod.functions import Bound
from lod.inputs import InputTable, open_source
from lod.mapping.model import Expression, references
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
        table = table.mutate(**{field.name: _value(field.expression, table) for field in ready})
        for name in (field.name for field in ready if field.name in lowered.source.each):
            if not isinstance(table[name], ir.ArrayValue):
                raise MappingError(f"the field {name!r} under 'each' is no list", at=lowered.source.position)
            table = table.unnest(name)
        waiting = [field for field in waiting if field not in ready]
    return table


def _value(expression: Expression, table: ir.Table) -> ir.Value:
    return call_value(expression, table) if isinstance(expression, Bound) else text(expression, table)


def _complaints(engine: Engine, table: ir.Table, lowered: LoweredSource, opened: InputTable) -> Iterator[Rejection]:
    asked = [(call, *_bad(table, name, call)) for name, call in _complaining(lowered)]
    for (call, shown, reason), found in zip(
        asked, engine.flags(table, [each.notnull() for *_, each in asked]), strict=True
    ):
        if found:
            bad = table.select(row=table[ROW], value=shown, reason=reason).filter(ibis._.reason.notnull())
            for row in engine.rows(bad):
                column = ", ".join(lowered.named(call))
                yield Rejection(opened.file, row["row"], column, shorten(row["value"]), row["reason"])


def _complaining(lowered: LoweredSource) -> Iterator[tuple[str, Bound]]:
    for field in lowered.fields:
        if isinstance(field.expression, Bound) and field.expression.meaning.complains:
            yield field.name, field.expression


def _bad(table: ir.Table, name: str, call: Bound) -> tuple[ir.Value, ir.StringValue]:
    """Return the value to show, and what is wrong with it where the result is null."""
    given = list(dict.fromkeys(references(call)))
    shown = table[given[0]].cast("string") if given else ibis.literal("")
    return shown, ibis.cases((table[name].isnull(), call_reason(call, table)))

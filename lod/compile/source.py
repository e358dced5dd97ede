"""A logical source with its computed columns, materialised once for all triples maps that read it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from string import ascii_uppercase

import ibis
import ibis.expr.types as ir

from lod.compile.call import call_reason, call_value
from lod.compile.expression import text
from lod.compile.lower import FILE_NAME, ROW_NUMBER, LoweredSource
from lod.engine import Engine
from lod.errors import MappingError
from lod.functions import Bound
from lod.inputs import InputTable
from lod.mapping.model import INDEX, Expression, Field, LogicalSource, LogicalView, references
from lod.outcome import Rejection, shorten
from lod.term_table import FILE, ROW

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

    @property
    def order(self) -> list[ir.Value]:
        """What tells each row from all others, in the order in which they come: of a view, the indexes too."""
        indexes = [name for name in self.table.columns if name == INDEX or name.endswith(f".{INDEX}")]
        is_view = isinstance(self.lowered.source, LogicalView)
        numbers = (self.table[name]["text"].cast("int64") for name in indexes if is_view)
        return [*(self.table[name] for name in self.input.locator), *numbers]


def read_records(engine: Engine, source: LogicalSource, lowered: LoweredSource, opened: InputTable) -> Records:
    """Compute the columns of an opened logical source; note what functions complain of."""
    number = opened.table[ROW].cast("string")
    table = opened.table.mutate(**{ROW_NUMBER: number, FILE_NAME: opened.file_name(opened.table)})
    if lowered.fields:
        table = engine.materialise("records", with_fields(table, lowered.fields, source.each))
    return Records(table, lowered, opened, tuple(complaints(engine, table, lowered.calls(), opened)))


def check_names(lowered: LoweredSource) -> None:
    """Hold columns and fields to what the engine can tell apart: it takes `ID` and `id` for one name."""
    names = [
        *((name, lowered.source.position) for name in lowered.columns),
        *((f.name, f.position) for f in lowered.fields),
    ]
    taken = dict.fromkeys((ROW, FILE), "a name of the engine")
    for name, position in names:
        key = name.translate(_FOLDED)
        if key in taken:
            hint = "Rename one of them; letters that differ only in case do not set names apart."
            raise MappingError(f"the name {name!r} is taken by {taken[key]}", at=position, hint=hint)
        taken[key] = repr(name)


def with_fields(table: ir.Table, fields: Sequence[Field], each: Sequence[str] = ()) -> ir.Table:
    """Add computed columns, as many at once as do not need each other: each step nests the query deeper.

    each: the list-valued ones of which a row is given an element.
    """
    waiting = list(fields)
    while waiting:
        ready = [field for field in waiting if set(references(field.expression)) <= set(table.columns)]
        if not ready:
            raise MappingError(f"the field {waiting[0].name!r} needs itself", at=waiting[0].position)
        table = table.mutate(**{field.name: _value(field.expression, table) for field in ready})
        for field in (field for field in ready if field.name in each):
            if not isinstance(table[field.name], ir.ArrayValue):
                raise MappingError(f"the field {field.name!r} under 'each' is no list", at=field.position)
            table = table.unnest(field.name)
        waiting = [field for field in waiting if field not in ready]
    return table


def _value(expression: Expression, table: ir.Table) -> ir.Value:
    return call_value(expression, table) if isinstance(expression, Bound) else text(expression, table)


def complaints(
    engine: Engine, table: ir.Table, calls: Iterable[tuple[str, Bound, str]], opened: InputTable
) -> Iterator[Rejection]:
    """Yield a rejection for each record in which a call has no result and its function complains of that.

    calls: of each the column with its result, and the input columns that a message names.
    """
    asked = [(origin, *_bad(table, name, call)) for name, call, origin in calls if call.meaning.complains]
    flags = engine.flags(table, [reason.notnull() for *_, reason in asked])
    for (origin, shown, reason), found in zip(asked, flags, strict=True):
        if found:
            bad = table.select(**opened.place(table), value=shown, reason=reason).filter(ibis._.reason.notnull())
            for row in engine.rows(bad):
                yield Rejection(row["file"], row["row"], origin, shorten(row["value"]), row["reason"])


def _bad(table: ir.Table, name: str, call: Bound) -> tuple[ir.Value, ir.StringValue]:
    """Return the value to show, and what is wrong with it where the result is null."""
    given = list(dict.fromkeys(references(call)))
    shown = table[given[0]].cast("string") if given else ibis.literal("")
    return shown, ibis.cases((table[name].isnull(), call_reason(call, table)))

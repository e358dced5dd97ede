"""A logical view: rows derived from the records of a source, a column per field and one for its index.

https://kg-construct.github.io/rml-lv/spec/docs/
"""

from collections.abc import Iterator, Mapping

import ibis.expr.types as ir

from lod.compile.lower import FILE_NAME, ROW_NUMBER, LoweredSource
from lod.compile.source import Records, complaints, with_fields
from lod.compile.view_rows import ALONE, ViewRows
from lod.engine import Engine, union
from lod.inputs import InputTable
from lod.mapping.model import LogicalView, Source
from lod.outcome import Rejection, shorten
from lod.term_table import FILE, ROW


def view_records(engine: Engine, view: LogicalView, lowered: LoweredSource, read: Mapping[Source, Records]) -> Records:
    """Derive the rows of a view (`lowered`: without calls) from records that were read; note what is wrong."""
    on = read[view.on]
    opened = _input(view, read)
    made = ViewRows.of(on.table, view.on)
    if opened is not on.input:
        made.rows = made.rows.mutate(**{FILE: on.input.place(made.rows)["file"]})
    for field in view.fields:
        made.add(field)
    for join in view.joins:
        made.join(join, read[join.parent])
    rows = engine.materialise("rows", made.rows)
    found = [*_errors(engine, rows, made, opened), *complaints(engine, rows, made.calls, opened)]
    alone = [name for name in rows.columns if name.startswith(ALONE)]
    table = rows.select(*opened.locator, ROW_NUMBER, FILE_NAME, *view.keys(), *alone)
    if lowered.fields:
        table = engine.materialise("records", with_fields(table, lowered.fields))
        engine.drop(rows)
    found += complaints(engine, table, lowered.calls(), opened)
    return Records(table, lowered, opened, tuple(found))


def _input(view: LogicalView, read: Mapping[Source, Records]) -> InputTable:
    """Return the input that the rows of a view are numbered in: with full joins, those of the other views too."""
    inputs = [read[view.on].input, *(read[join.parent].input for join in view.joins if join.how == "full")]
    if len(inputs) == 1:
        return inputs[0]
    parts = {part.name: part for each in inputs for part in each.files}
    places = [
        each.table.select(**{FILE: (place := each.place(each.table))["file"], ROW: place["row"]}) for each in inputs
    ]
    name = " and ".join(dict.fromkeys(each.file for each in inputs))
    read_ = sum(part.read for part in parts.values())
    return InputTable(union(places).distinct(), name, read_, parts=tuple(parts.values()))


def _errors(engine: Engine, rows: ir.Table, made: ViewRows, opened: InputTable) -> Iterator[Rejection]:
    """Note each text that should hold records and does not."""
    for column, name in made.errors:
        if engine.flags(rows, [rows[column].notnull()]) == [True]:
            bad = rows.filter(rows[column].notnull()).select(**opened.place(rows), error=rows[column])
            for row in engine.rows(bad):
                yield Rejection(row["file"], row["row"], name, "", shorten(row["error"]))

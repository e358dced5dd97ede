"""A logical view: rows derived from the records of a source, a column per field and one for its index.

https://kg-construct.github.io/rml-lv/spec/docs/
"""

from collections.abc import Iterator, Mapping

import ibis.expr.types as ir

from lod.compile.lower import FILE_NAME, ROW_NUMBER, LoweredSource
from lod.compile.source import Records, complaints, with_fields
from lod.compile.view_rows import ViewRows
from lod.engine import Engine
from lod.mapping.model import LogicalView, Source
from lod.outcome import Rejection, shorten


def view_records(engine: Engine, view: LogicalView, lowered: LoweredSource, read: Mapping[Source, Records]) -> Records:
    """Derive the rows of a view (`lowered`: without calls) from records that were read; note what is wrong."""
    on = read[view.on]
    made = ViewRows.of(on.table, view.on)
    for field in view.fields:
        made.add(field)
    for join in view.joins:
        made.join(join, read[join.parent].table)
    rows = engine.materialise("rows", made.rows)
    found = [*_errors(engine, rows, made, on), *complaints(engine, rows, made.calls, on.input)]
    table = rows.select(*on.input.locator, ROW_NUMBER, FILE_NAME, *view.keys())
    if lowered.fields:
        table = engine.materialise("records", with_fields(table, lowered.fields))
        engine.drop(rows)
    found += complaints(engine, table, lowered.calls(), on.input)
    return Records(table, lowered, on.input, tuple(found))


def _errors(engine: Engine, rows: ir.Table, made: ViewRows, on: Records) -> Iterator[Rejection]:
    """Note each text that should hold records and does not."""
    for column, name in made.errors:
        if engine.flags(rows, [rows[column].notnull()]) == [True]:
            bad = rows.filter(rows[column].notnull()).select(**on.input.place(rows), error=rows[column])
            for row in engine.rows(bad):
                yield Rejection(row["file"], row["row"], name, "", shorten(row["error"]))

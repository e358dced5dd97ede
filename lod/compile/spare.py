"""Leaving a bad term out and keeping the rest of its record: what `on_error = "term"` asks for."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

import ibis
import ibis.expr.types as ir

from lod.compile.checks import Misfit
from lod.outcome import Rejection
from lod.term_table import Column, Constant, Slot, Statement


def spared(
    rows: ir.Table, subject: str, statements: Sequence[Statement], misfits: Iterable[Misfit]
) -> tuple[ir.Table, list[Statement], list[Rejection]]:
    """Return rows and statements without the bad terms, and what is to be said of them.

    A literal whose language or datatype is bad goes as a whole: without its tag it would say something else. A bad
    subject (the column of this name) leaves nothing of its record to keep, so that stays rejected as a whole.
    """
    kept, found = list(statements), list[Rejection]()
    for misfit in misfits:
        column = Column(misfit.check.column)
        if column.name == subject:
            found += misfit.rejections
            continue
        found += [replace(rejection, statement=True) for rejection in misfit.rejections]
        bad = misfit.bad.fill_null(False)
        tagged = [each for each in kept if column in (each.object.language, each.object.datatype)]
        if not tagged:
            rows = rows.mutate(**{column.name: _unless(bad, rows[column.name])})
        for value in dict.fromkeys(each.object.value for each in tagged):
            copy = f"{column.name}v{len(rows.columns)}"
            rows = rows.mutate(**{copy: _unless(bad, _text(rows, value))})
            moved = {each: _moved(each, Column(copy)) for each in tagged if each.object.value == value}
            kept = [moved.get(each, each) for each in kept]
    return rows, kept, found


def _moved(statement: Statement, value: Column) -> Statement:
    return replace(statement, object=replace(statement.object, value=value))


def _text(rows: ir.Table, slot: Slot) -> ir.StringValue:
    return ibis.literal(slot.value) if isinstance(slot, Constant) else ibis.literal(slot.before) + rows[slot.name]


def _unless(bad: ir.BooleanValue, value: ir.StringValue) -> ir.StringValue:
    return ibis.ifelse(bad, ibis.null("string"), value)

"""From results back to records: which rows of which files say what is wrong."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

import ibis.expr.types as ir
import pyarrow as pa

from lod.engine import Engine
from lod.errors import Position
from lod.term_table import ROW, TermTable
from lod.triples import triples
from lod.validation.path import Predicate
from lod.validation.report import Report, Result, in_order

_STATED = ("subject", "predicate", "object")

_Key = tuple[str, ...]


def locate(engine: Engine, tables: Sequence[TermTable], report: Report, *, by_line: bool = False) -> Report:
    """Return the report with each result's records filled in.

    These are the records that state the value that is wrong; where there is no such value, or a longer path led to it,
    those that describe the focus node. by_line: the rows of the tables are lines of their files.
    """
    if not report.results:
        return report
    view = triples(engine, tables)
    stated = _places(engine, view, filter(None, map(_stated, report.results)), by_line)
    described = _places(engine, view, ((result.focus.value,) for result in report.results), by_line)

    def records(result: Result) -> tuple[Position, ...]:
        key = _stated(result) or ()
        return tuple(stated.get(key) or described.get((result.focus.value,)) or ())

    return replace(report, results=in_order(replace(each, records=records(each)) for each in report.results))


def _stated(result: Result) -> _Key | None:
    """Return subject, predicate and object of the statement that is wrong, None where it is not one."""
    if result.value is None or not isinstance(result.path, Predicate):
        return None
    return (result.focus.value, result.path.iri, result.value.value)


def _places(engine: Engine, view: ir.Table, keys: Iterable[_Key], by_line: bool) -> dict[_Key, list[Position]]:
    """Return the records that state what begins with a key (a subject, or all of a statement)."""
    columns = [pa.array(column, pa.string()) for column in zip(*sorted(set(keys)), strict=True)]
    if not columns:
        return {}
    names = list(_STATED[: len(columns)])
    wanted = engine.materialise("wanted", pa.Table.from_arrays(columns, names=names))
    found = view.semi_join(wanted, names).select(*names, "file", ROW).distinct().order_by(["file", ROW])
    places: dict[_Key, list[Position]] = {}
    for row in engine.rows(found):
        place = Position(row["file"], line=row[ROW]) if by_line else Position(row["file"], row=row[ROW])
        places.setdefault(tuple(row[name] for name in names), []).append(place)
    return places

"""From results back to records: which rows of which files say what is wrong."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

import pyarrow as pa

from lod.engine import Engine
from lod.errors import Position
from lod.term_table import ROW, Column, Slot, TermTable
from lod.triples import conditions, slot_sql
from lod.validation.path import Predicate
from lod.validation.report import Report, Result, in_order

_STATED = ("subject", "predicate", "object")

_Key = tuple[str, ...]


def locate(engine: Engine, tables: Sequence[TermTable], report: Report, *, by_line: bool = False) -> Report:
    """Return the report with each result's records filled in.

    These are the records that state the value that is wrong; where there is no such value, or a longer path led to it,
    those that describe the focus node. by_line: the rows of the tables are lines of their files.
    """
    stated = _places(engine, _stating(tables, report.results), map(_stated, report.results), by_line)
    unstated = (result for result in report.results if _stated(result) not in stated)
    described = _places(engine, _describing(tables), ((result.focus.value,) for result in unstated), by_line)

    def records(result: Result) -> tuple[Position, ...]:
        return tuple(stated.get(_stated(result)) or described.get((result.focus.value,)) or ())

    return replace(report, results=in_order(replace(each, records=records(each)) for each in report.results))


def _stated(result: Result) -> _Key:
    """Return subject, predicate and object of the statement that is wrong, nothing where it is not one."""
    if result.value is None or not isinstance(result.path, Predicate):
        return ()
    return (result.focus.value, result.path.iri, result.value.value)


def _stating(tables: Iterable[TermTable], results: Iterable[Result]) -> Iterator[str]:
    """Yield queries of the statements that may be wrong: `subject`, `predicate`, `object` and their records."""
    wanted = {result.path.iri for result in results if _stated(result) and isinstance(result.path, Predicate)}
    for table in tables:
        for statement in table.statements:
            if isinstance(statement.predicate, Column) or statement.predicate.value in wanted:
                object_ = statement.object.value
                slots = {"subject": table.subject, "predicate": statement.predicate, "object": object_}
                yield _select(table, slots, conditions(statement))


def _describing(tables: Iterable[TermTable]) -> Iterator[str]:
    """Yield queries of the resources that records describe: `subject` and their records."""
    return (_select(table, {"subject": table.subject}, "") for table in tables)


def _select(table: TermTable, slots: Mapping[str, Slot], condition: str) -> str:
    columns = ", ".join(f"{slot_sql(slot)} AS {name}" for name, slot in {**slots, "file": table.file}.items())
    where = f" WHERE {condition}" if condition else ""
    return f"SELECT {columns}, {ROW} FROM {table.name}{where}"


def _places(engine: Engine, queries: Iterable[str], keys: Iterable[_Key], by_line: bool) -> dict[_Key, list[Position]]:
    """Return the records that state what begins with a key (a subject, or all of a statement)."""
    columns = [pa.array(column, pa.string()) for column in zip(*sorted(set(keys) - {()}), strict=True)]
    if not columns:
        return {}
    names = list(_STATED[: len(columns)])
    wanted = engine.materialise("wanted", pa.Table.from_arrays(columns, names=names))
    view = engine.view("records", "\nUNION ALL\n".join(queries))
    found = view.semi_join(wanted, names)
    if by_line:  # a resource has many lines, and begins at the first
        found = found.group_by(*names, "file").aggregate(**{ROW: found[ROW].min()})
    found = found.select(*names, "file", ROW).distinct().order_by(["file", ROW])
    places: dict[_Key, list[Position]] = {}
    for row in engine.rows(found):
        place = Position(row["file"], line=row[ROW]) if by_line else Position(row["file"], row=row[ROW])
        places.setdefault(tuple(row[name] for name in names), []).append(place)
    return places

"""Records that say nothing, by what a mapping asks of them: conditions leave them out, or what it needs is null.

Nothing here looks at term tables, so that a record which these lost is missed in the account of the records.
"""

import operator
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import reduce

import ibis
import ibis.expr.types as ir

from lod.compile.expression import given, list_columns
from lod.compile.join import Parent, joined
from lod.compile.slots import truth
from lod.compile.source import Records
from lod.engine import Engine
from lod.inputs import InputTable
from lod.mapping.model import Join, LogicalSource, PredicateObjectMap, TermMap, TriplesMap
from lod.term_table import ROW

_Reading = tuple[TriplesMap, Records]


def silent_records(
    engine: Engine, inputs: Iterable[InputTable], readings: Sequence[_Reading], parent: Callable[[Join], Parent]
) -> tuple[ir.Table, ...]:
    """Return the records of these inputs of which no triples map says anything: tables of `file` and `_row`.

    readings: the lowered triples maps with their records; parent: gives the other side of a join.
    """
    by_input: dict[tuple[str, ...], InputTable] = {}
    for opened in sorted(inputs, key=lambda each: each.read):  # by another dialect a file may have more records
        by_input[_names(opened)] = opened
    found = (
        _silent(engine, opened, [reading for reading in readings if _names(reading[1].input) == names], parent)
        for names, opened in by_input.items()
    )
    return tuple(table for table in found if table is not None)


def _names(opened: InputTable) -> tuple[str, ...]:
    return tuple(part.name for part in opened.files)


def _silent(
    engine: Engine, opened: InputTable, readings: Sequence[_Reading], parent: Callable[[Join], Parent]
) -> ir.Table | None:
    """Return the records that are silent in each of the readings of an input; None: there is none."""
    for triples_map, records in readings:
        if _is_whole(records, opened) and not engine.flags(records.table, [~_says(triples_map, records.table)])[0]:
            return None
    silent = _unsaid(opened, readings)
    for reading in readings:
        for rows in _speaking(*reading, parent):
            silent = engine.materialise("silent", silent.anti_join(rows, opened.locator))
            if not engine.flags(silent, [silent[ROW].notnull()])[0]:
                return None
    place = opened.place(silent)
    return engine.materialise("silent", silent.select(file=place["file"], **{ROW: place["row"]}))


def _unsaid(opened: InputTable, readings: Sequence[_Reading]) -> ir.Table:
    """Return the records that a first look leaves: a filter costs less than to take out what is said."""
    for triples_map, records in readings:
        if _is_whole(records, opened):
            return records.table.filter(~_says(triples_map, records.table)).select(*opened.locator)
    return opened.table.select(*opened.locator)


def _is_whole(records: Records, opened: InputTable) -> bool:
    """Tell whether each record of the input has a row."""
    source = records.lowered.source
    return isinstance(source, LogicalSource) and not source.each and records.input.read == opened.read


def _speaking(triples_map: TriplesMap, records: Records, parent: Callable[[Join], Parent]) -> Iterator[ir.Table]:
    """Yield the records of which the triples map says something, by terms and by each join."""
    rows, locator = records.table, records.input.locator
    yield rows.filter(_says(triples_map, rows)).select(*locator)
    for pair in triples_map.predicate_objects:
        for join in (each for each in pair.objects if isinstance(each, Join)):
            kept = rows.filter(_begins(triples_map, rows) & _holds(triples_map, pair, rows))
            yield joined(kept, records, join, parent(join)).select(*locator)


def _says(triples_map: TriplesMap, rows: ir.Table) -> ir.BooleanValue:
    """Return whether a record has a statement whose object is no join."""
    said = [
        _holds(triples_map, pair, rows) & given(term.expression, rows) & _combined(triples_map, pair, term, rows)
        for pair in triples_map.predicate_objects
        for term in pair.objects
        if isinstance(term, TermMap)
    ]
    return _begins(triples_map, rows) & reduce(operator.or_, said, ibis.literal(False))


def _begins(triples_map: TriplesMap, rows: ir.Table) -> ir.BooleanValue:
    """Return whether a record has a subject, and the triples map's condition holds."""
    begun = rows[ROW].notnull() & given(triples_map.subject.expression, rows)
    return begun if triples_map.condition is None else begun & truth(triples_map.condition, rows)


def _holds(triples_map: TriplesMap, pair: PredicateObjectMap, rows: ir.Table) -> ir.BooleanValue:
    """Return whether the pair's condition holds, and it has a predicate, and a graph where it needs one."""
    held = _any(pair.predicates, rows)
    graphs = (*triples_map.graphs, *pair.graphs)
    if graphs:
        held &= _any(graphs, rows)
    return held if pair.condition is None else held & truth(pair.condition, rows)


def _any(terms: Sequence[TermMap], rows: ir.Table) -> ir.BooleanValue:
    return reduce(operator.or_, (given(term.expression, rows) for term in terms))


def _combined(triples_map: TriplesMap, pair: PredicateObjectMap, term: TermMap, rows: ir.Table) -> ir.BooleanValue:
    """Return whether none of the lists that an object's statements combine is empty."""
    terms = (*pair.predicates, *pair.graphs, *triples_map.graphs)
    lists = list_columns(rows, term.language, term.datatype, *(each.expression for each in terms))
    held = ((rows[name].length() > 0).fill_null(False) for name in lists)
    return reduce(operator.and_, held, ibis.literal(True))

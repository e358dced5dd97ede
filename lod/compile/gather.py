"""Gather maps become columns with the heads of collections, and term tables with what is in these.

https://kg-construct.github.io/rml-cc/spec/docs/
After this step a term map that gathered is one that refers to heads: to a list-valued column, and where lists may be
empty, to a column of rdf:nil.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

import ibis
import ibis.expr.types as ir

from lod.compile.collect import Collector, beside
from lod.compile.expression import given
from lod.compile.join import Parent
from lod.compile.members import KEY
from lod.compile.slots import truth
from lod.compile.source import Records
from lod.engine import Cluster, Engine
from lod.errors import MappingError
from lod.mapping.model import Expression, Join, PredicateObjectMap, TermMap, TriplesMap
from lod.outcome import Rejection
from lod.term_table import TermTable


@dataclass(frozen=True)
class Gathered:
    """Triples maps that gather nothing, the records that they read, and the term tables of the collections.

    There is a second triples map where subjects may be empty lists: of these.
    """

    triples_maps: tuple[TriplesMap, ...]
    records: Records
    tables: tuple[TermTable, ...] = ()
    rejections: tuple[Rejection, ...] = ()


def gathered(engine: Engine, triples_map: TriplesMap, records: Records, parent: Callable[[Join], Parent]) -> Gathered:
    """Make the collections of a lowered triples map.

    parent: gives the other side of a join. Raises MappingError where the engine cannot.
    """
    if not any(term.gather for term in _terms(triples_map)):
        return Gathered((triples_map,), records)
    if isinstance(engine, Cluster):
        what = "lists and containers are not made on a cluster"
        raise MappingError(what, at=triples_map.position, hint="Map without --engine spark.")
    number = ibis.row_number().over(order_by=records.order)
    rows = engine.materialise("rows", records.table.mutate(**{KEY: number}))
    return _Gatherer(Collector(engine, triples_map, records, parent), rows).gathered()


def _terms(triples_map: TriplesMap) -> Iterator[TermMap]:
    yield triples_map.subject
    for pair in triples_map.predicate_objects:
        yield from (each for each in pair.objects if isinstance(each, TermMap))


@dataclass
class _Gatherer:
    """Replaces the gather maps of a triples map; rows: its records, numbered by KEY, with the columns of heads."""

    collector: Collector
    rows: ir.Table

    def gathered(self) -> Gathered:
        """Make all collections, those of the subject first: without a subject nothing is said."""
        collector, whole = self.collector, self.collector.triples_map
        subject, *empty = self._subjects(whole)
        pairs = tuple(self._pair(whole, pair, subject) for pair in whole.predicate_objects)
        made = replace(whole, subject=subject, predicate_objects=pairs)
        lowered = collector.records.lowered
        lowered = replace(lowered, origins={**lowered.origins, **collector.origins})
        return Gathered(
            (made, *(replace(made, subject=each) for each in empty)),
            replace(collector.records, table=self.rows, lowered=lowered),
            tuple(collector.tables),
            tuple(collector.rejections),
        )

    def _subjects(self, whole: TriplesMap) -> list[TermMap]:
        if whole.subject.gather is None:
            return [whole.subject]
        kept = _holding(self.rows, whole.condition)
        return self._beside(*self.collector.collect(kept, whole.subject, whole.graphs, whole.subject.targets))

    def _pair(self, whole: TriplesMap, pair: PredicateObjectMap, subject: TermMap) -> PredicateObjectMap:
        objects: list[TermMap | Join] = []
        for item in pair.objects:
            if isinstance(item, Join) or item.gather is None:
                objects.append(item)
                continue
            kept = _holding(self.rows, whole.condition, pair.condition)
            kept = kept.filter(given(subject.expression, kept))
            targets = tuple(dict.fromkeys((*subject.targets, *item.targets)))
            objects += self._beside(*self.collector.collect(kept, item, (*whole.graphs, *pair.graphs), targets))
        return replace(pair, objects=tuple(objects))

    def _beside(self, heads: ir.Table, terms: list[TermMap]) -> list[TermMap]:
        self.rows = self.collector.engine.materialise("rows", beside(self.rows, heads))
        return terms


def _holding(rows: ir.Table, *conditions: Expression | None) -> ir.Table:
    for each in (condition for condition in conditions if condition is not None):
        rows = rows.filter(truth(each, rows))
    return rows

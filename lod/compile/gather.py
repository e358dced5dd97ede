"""Gather maps become columns with the heads of collections, and tables of what is in these.

https://kg-construct.github.io/rml-cc/spec/docs/
After this step a term map that gathered is one that refers to heads: to a list-valued column, and where lists may be
empty, to a column of rdf:nil.
"""

import operator
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import reduce

import ibis
import ibis.expr.types as ir

from lod.compile.collect import Collector, Place, beside
from lod.compile.collection import Collections
from lod.compile.expression import given
from lod.compile.join import Parent
from lod.compile.members import KEY
from lod.compile.slots import truth
from lod.compile.source import Records
from lod.engine import Cluster, Engine
from lod.errors import MappingError
from lod.mapping.model import Expression, Join, PredicateObjectMap, TermMap, TriplesMap
from lod.outcome import Rejection


@dataclass(frozen=True)
class Gathered:
    """Triples maps that gather nothing, the records that they read, and the collections.

    There is a second triples map where subjects may be empty lists: of these.
    """

    triples_maps: tuple[TriplesMap, ...]
    records: Records
    collections: tuple[Collections, ...] = ()
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
    made: dict[object, list[TermMap]] = field(default_factory=dict)

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
            tuple(collector.collections),
            tuple(collector.rejections),
        )

    def _subjects(self, whole: TriplesMap) -> list[TermMap]:
        if whole.subject.gather is None:
            return [whole.subject]
        place = Place(whole.graphs, whole.subject.targets, frozenset([whole.condition]))
        return self._beside(*self.collector.collect(self._holding([whole.condition]), whole.subject, place))

    def _pair(self, whole: TriplesMap, pair: PredicateObjectMap, subject: TermMap) -> PredicateObjectMap:
        objects: list[TermMap | Join] = []
        for item in pair.objects:
            if isinstance(item, Join) or item.gather is None:
                objects.append(item)
            else:
                objects += self._objects(whole, pair, item, subject)
        return replace(pair, objects=tuple(objects))

    def _objects(self, whole: TriplesMap, pair: PredicateObjectMap, item: TermMap, subject: TermMap) -> list[TermMap]:
        """Return what stands for a gather map; the same one of several pairs makes its collections once."""
        graphs = (*whole.graphs, *pair.graphs)
        key = (item.position, item, graphs)
        if key not in self.made:
            pairs = [each for each in whole.predicate_objects if item in each.objects and each.graphs == pair.graphs]
            conditions = [each.condition for each in pairs]
            kept = self._holding([whole.condition], conditions)
            kept = kept.filter(given(subject.expression, kept))
            targets = tuple(dict.fromkeys((*subject.targets, *item.targets)))
            place = Place(graphs, targets, frozenset(conditions))
            self.made[key] = self._beside(*self.collector.collect(kept, item, place))
        return self.made[key]

    def _beside(self, heads: ir.Table, terms: list[TermMap]) -> list[TermMap]:
        self.rows = self.collector.engine.materialise("rows", beside(self.rows, heads))
        return terms

    def _holding(self, *all_of: Sequence[Expression | None]) -> ir.Table:
        """Return the records for which, of each of these conditions, one holds (None: it always does)."""
        rows = self.rows
        for conditions in all_of:
            asked = [condition for condition in conditions if condition is not None]
            if len(asked) == len(conditions):
                rows = rows.filter(reduce(operator.or_, (truth(each, rows) for each in asked)))
        return rows

"""Constraints that are met or broken by sets: of value nodes, of a property's values, of nodes that conform to a shape.

https://www.w3.org/TR/shacl/#core-components
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property, reduce

import ibis
import ibis.expr.types as ir

from lod.engine import union
from lod.validation import model
from lod.validation.facts import Facts
from lod.validation.key import key_of, language_of
from lod.validation.model import Constraint, Shape
from lod.validation.order import compares
from lod.validation.path import Path
from lod.validation.walk import step, walked

# Gives the nodes, of a table of nodes, that do not conform to a shape; both have the column `node`.
Failing = Callable[[Shape, ir.Table], ir.Table]


@dataclass(frozen=True)
class Sets:
    """What a shape's constraints are held against.

    nodes: a table of the engine, the focus nodes (`node`, `times`); path: what leads from them to the value nodes.
    """

    facts: Facts
    failing: Failing
    nodes: ir.Table
    path: Path | None

    @cached_property
    def walked(self) -> ir.Table:
        """The value nodes (`focus`, `value`, `times`); some may stand several times."""
        return walked(self.facts, self.nodes, self.path)

    @cached_property
    def rows(self) -> ir.Table:
        """The value nodes, none twice for a focus node."""
        return self.walked.distinct() if self.path else self.walked

    @cached_property
    def values(self) -> ir.Table:
        """The value nodes as a table of the engine, none twice (`node`, `times`)."""
        if not self.path:
            return self.nodes
        values = self.walked.select(node="value").distinct()
        return self.facts.engine.materialise("values", values.mutate(times=ibis.literal(1, "int64")))

    def narrowed(self, keep: Callable[[ir.Table], ir.Table]) -> ir.Table:
        """Return the rows that a function keeps of those that it is given, which have `focus` and `value`.

        After one step it is given all statements, and what it keeps is joined with the focus nodes: it keeps little.
        """
        pairs = step(self.facts, self.path)
        if pairs is None:
            return keep(self.walked)
        kept = keep(pairs.select(focus="subject", value="object"))
        return kept.join(self.nodes, kept.focus == self.nodes.node).select("focus", "value", "times")

    def broken(self, constraint: Constraint) -> ir.Table:
        """Return a row a result: `focus` and `times`, with `value` and `path` where the result has them."""
        match constraint:
            case model.MinCount(1):
                return self._without(self.walked)
            case model.MinCount(count):
                return self._few(self._counts(self.rows), count)
            case model.MaxCount(count):
                return self._many(self._counts(self._crowded(count).distinct()), count)
            case model.UniqueLang():
                return self._same_language()
            case model.HasValue(node):
                return self._without(self.narrowed(lambda rows: rows.filter(rows.value == key_of(node))))
            case model.Class(iri):
                return self.narrowed(lambda rows: rows.anti_join(self._instances(iri), "value")).distinct()
            case model.Closed(allowed):
                return self._beyond(allowed)
            case model.Qualified(shape, count, siblings):
                counts = self._counts(self._conforming(shape, siblings))
                few = isinstance(constraint, model.QualifiedMinCount)
                return self._few(counts, count) if few else self._many(counts, count)
        return self._compared(constraint)

    def _compared(self, constraint: Constraint) -> ir.Table:
        match constraint:
            case model.Equals(iri):
                others = self._values(iri)
                missing = others.anti_join(self.rows, ["focus", "value"])
                return self.rows.anti_join(others, ["focus", "value"]).union(missing)
            case model.Disjoint(iri):
                return self.narrowed(lambda rows: rows.semi_join(self._values(iri), ["focus", "value"])).distinct()
            case model.LessThan(iri):
                others = self._values(iri).select("focus", other="value")
                pairs = self.rows.join(others, "focus")
                return pairs.filter(~compares(pairs.value, pairs.other, constraint.ALLOWED)).drop("other")
        return self._by_shape(constraint)

    def _by_shape(self, constraint: Constraint) -> ir.Table:
        match constraint:
            case model.Conforms(shape):
                return self.that_fail(shape)
            case model.Not(shape):
                return self.narrowed(lambda rows: rows.anti_join(self._failing(shape), "value")).distinct()
            case model.And(shapes):
                failing = union([self._failing(shape) for shape in shapes]).distinct()
                return self.narrowed(lambda rows: rows.semi_join(failing, "value")).distinct()
            case model.Or(shapes):
                return self.narrowed(lambda rows: self._failing_all(rows, shapes)).distinct()
            case model.Xone(shapes):
                return self._not_one(shapes)
        raise TypeError(f"no constraint: {constraint}")

    def _not_one(self, shapes: Sequence[Shape]) -> ir.Table:
        failing = union([self._failing(shape) for shape in shapes])
        counts = failing.group_by("value").aggregate(failing=ibis._.count())
        all_but_one = counts.filter(counts.failing == len(shapes) - 1)
        # With one shape alone, what conforms to it fails none, and so is not counted.
        return self.rows.semi_join(failing, "value") if len(shapes) == 1 else self.rows.anti_join(all_but_one, "value")

    def that_fail(self, shape: Shape) -> ir.Table:
        """Return the rows whose value node does not conform to a shape."""
        return self.narrowed(lambda rows: rows.semi_join(self._failing(shape), "value")).distinct()

    def _failing_all(self, rows: ir.Table, shapes: Sequence[Shape]) -> ir.Table:
        return reduce(lambda kept, shape: kept.semi_join(self._failing(shape), "value"), shapes, rows)

    def _failing(self, shape: Shape) -> ir.Table:
        return self.failing(shape, self.values).select(value="node")

    def _instances(self, iri: str) -> ir.Table:
        return self.facts.instances(iri).select(value="node")

    def _values(self, iri: str) -> ir.Table:
        """Return the values that a property of the focus nodes has."""
        pairs = self.facts.pairs(iri)
        return (
            self.nodes.join(pairs, self.nodes.node == pairs.subject)
            .select(focus="node", value="object", times="times")
            .distinct()
        )

    def _counts(self, rows: ir.Table) -> ir.Table:
        return rows.group_by("focus", "times").aggregate(count=ibis._.count())

    def _few(self, counts: ir.Table, least: int) -> ir.Table:
        enough = counts.filter(counts["count"] >= least)
        return self._without(enough) if least else self.rows.select("focus", "times").limit(0)

    def _without(self, rows: ir.Table) -> ir.Table:
        """Return the focus nodes that rows do not have."""
        return self.nodes.select(focus="node", times="times").anti_join(rows, "focus")

    def _many(self, counts: ir.Table, most: int) -> ir.Table:
        return counts.filter(counts["count"] > most).select("focus", "times")

    def _crowded(self, most: int) -> ir.Table:
        """Return the rows of focus nodes with more than so many rows, which may yet be fewer value nodes."""
        if not most:
            return self.walked

        def crowded(rows: ir.Table) -> ir.Table:
            counts = rows.group_by("focus").aggregate(count=ibis._.count())
            return rows.semi_join(counts.filter(counts["count"] > most), "focus")

        return self.narrowed(crowded)

    def _same_language(self) -> ir.Table:
        rows = self._crowded(1).distinct()
        tagged = rows.mutate(language=language_of(rows.value))
        tagged = tagged.filter(tagged.language != "")
        counts = tagged.group_by("focus", "times", "language").aggregate(count=ibis._.count())
        return counts.filter(counts["count"] > 1).select("focus", "times")

    def _beyond(self, allowed: frozenset[str]) -> ir.Table:
        others = self.facts.others(allowed)
        joined = self.walked.join(others, self.walked.value == others.subject)
        return joined.select("focus", path="predicate", value="object", times="times").distinct()

    def _conforming(self, shape: Shape, siblings: Sequence[Shape]) -> ir.Table:
        return self._failing_all(self.rows.anti_join(self._failing(shape), "value"), siblings)

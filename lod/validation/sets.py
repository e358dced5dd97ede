"""Constraints that are met or broken by sets: of value nodes, of a property's values, of nodes that conform to a shape.

Each is a query, in SQL that every engine knows. https://www.w3.org/TR/shacl/#core-components
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

from lod.engine import sql_text
from lod.validation import model
from lod.validation.facts import Facts
from lod.validation.key import Key, key_of, language_of
from lod.validation.model import Constraint, Shape
from lod.validation.order import compares
from lod.validation.path import Path, Predicate
from lod.validation.walk import step, walked

# Gives the nodes, of a table of nodes, that do not conform to a shape, as a query of `value`; the table has `node`.
Failing = Callable[[Shape, str], str]


@dataclass(frozen=True)
class Sets:
    """What a shape's constraints are held against.

    nodes: a table of the engine, the focus nodes (`node`, `times`); path: what leads from them to the value nodes.
    """

    facts: Facts
    failing: Failing
    nodes: str
    path: Path | None

    @cached_property
    def walked(self) -> str:
        """The value nodes (`focus`, `value`, `times`); some may stand several times."""
        return walked(self.facts, self.nodes, self.path)

    @cached_property
    def rows(self) -> str:
        """The value nodes, none twice for a focus node."""
        return _distinct(self.walked) if self.path else self.walked

    @cached_property
    def values(self) -> str:
        """The value nodes as a table of the engine, none twice (`node`, `times`)."""
        if not self.path:
            return self.nodes
        values = f"SELECT value AS node, CAST(1 AS BIGINT) AS times FROM ({self.walked}) GROUP BY value"
        return self.facts.engine.compute("values", values)

    @cached_property
    def reached(self) -> str:
        """The value nodes (`focus`, `value`) of all focus nodes, and, after one step, those of other nodes too."""
        return step(self.facts, self.path) or self.walked

    def held(self, reached: str) -> str:
        """Return the rows, of some that are reached, whose focus is one of the focus nodes, with `times`.

        After one step what is wrong is found first, and then joined with the focus nodes: it is little.
        """
        if step(self.facts, self.path) is None:
            return reached
        return f"SELECT reached.*, times FROM ({reached}) AS reached JOIN {self.nodes} ON focus = node"

    def broken(self, constraint: Constraint) -> str:
        """Return a row a result: `focus` and `times`, with `value` and `path` where the result has them."""
        match constraint:
            case model.MinCount(1):
                return self._without(self.reached)
            case model.MinCount(count):
                return self._few(self.rows, count)
            case model.MaxCount(count):
                return self._many(_distinct(self._crowded(count)), count)
            case model.UniqueLang():
                return self._same_language()
            case model.HasValue(node):
                return self._without(f"FROM ({self.reached}) WHERE value = {sql_text(key_of(node))}")
            case model.Class(iri):
                instances = f"SELECT node AS value FROM {self.facts.instances(iri)}"
                return self._that_are_not(instances)
            case model.Closed(allowed):
                return self._beyond(allowed)
            case model.QualifiedMinCount(shape, count, siblings):
                return self._few(self._conforming(shape, siblings), count)
            case model.QualifiedMaxCount(shape, count, siblings):
                return self._many(self._conforming(shape, siblings), count)
        return self._compared(constraint)

    def _compared(self, constraint: Constraint) -> str:
        match constraint:
            case model.Equals(iri):
                others = _distinct(walked(self.facts, self.nodes, Predicate(iri)))
                ways = [f"FROM ({one}) ANTI JOIN ({two}) USING (focus, value)" for one, two in _both(self.rows, others)]
                return " UNION ALL ".join(ways)
            case model.Disjoint(iri):
                return _distinct(
                    self.held(f"FROM ({self.reached}) SEMI JOIN ({self._values(iri)}) USING (focus, value)")
                )
            case model.LessThan(iri):
                pairs = f"({self.reached}) AS a JOIN ({self._values(iri)}) AS b ON a.focus = b.focus"
                unordered = f"NOT {compares('a.value', 'b.value', constraint.ALLOWED)}"
                return self.held(f"SELECT DISTINCT a.*, b.value AS other FROM {pairs} WHERE {unordered}")
        return self._by_shape(constraint)

    def _by_shape(self, constraint: Constraint) -> str:
        match constraint:
            case model.Conforms(shape):
                return self.that_fail([shape])
            case model.Not(shape):
                return self._that_are_not(self._failing(shape))
            case model.And(shapes):
                failing = " UNION ".join(map(self._failing, shapes))
                return _distinct(self.held(f"FROM ({self.reached}) SEMI JOIN ({failing}) USING (value)"))
            case model.Or(shapes):
                return self.that_fail(shapes)
            case model.Xone(shapes):
                return self._not_one(shapes)
        raise TypeError(f"no constraint: {constraint}")

    def _not_one(self, shapes: Sequence[Shape]) -> str:
        failing = " UNION ALL ".join(map(self._failing, shapes))
        if len(shapes) == 1:  # what conforms to it fails none, and so is not counted
            return f"FROM ({self.rows}) SEMI JOIN ({failing}) USING (value)"
        all_but_one = f"SELECT value FROM ({failing}) GROUP BY value HAVING count(*) = {len(shapes) - 1}"
        return f"FROM ({self.rows}) ANTI JOIN ({all_but_one}) USING (value)"

    def that_fail(self, shapes: Sequence[Shape]) -> str:
        """Return the rows whose value node conforms to none of the shapes."""
        return _distinct(self.held(self._failing_all(self.reached, shapes)))

    def _that_are_not(self, values: str) -> str:
        """Return the rows whose value node is not one of a query's."""
        return _distinct(self.held(f"FROM ({self.reached}) ANTI JOIN ({values}) USING (value)"))

    def _failing_all(self, rows: str, shapes: Sequence[Shape]) -> str:
        return f"FROM ({rows}){''.join(f' SEMI JOIN ({self._failing(shape)}) USING (value)' for shape in shapes)}"

    def _failing(self, shape: Shape) -> str:
        return self.failing(shape, self.values)

    def _values(self, iri: str) -> str:
        """Return the values that a property of any node has."""
        return f"SELECT subject AS focus, object AS value FROM {self.facts.pairs(iri)}"

    def _few(self, rows: str, least: int) -> str:
        """Return the focus nodes with fewer rows than so many."""
        enough = f"SELECT focus FROM ({rows}) GROUP BY focus HAVING count(*) >= {least}"
        return self._without(enough) if least else f"SELECT focus, times FROM ({rows}) WHERE FALSE"

    def _without(self, rows: str) -> str:
        """Return the focus nodes that rows do not have."""
        return f"SELECT node AS focus, times FROM {self.nodes} ANTI JOIN ({rows}) AS having_some ON node = focus"

    def _many(self, rows: str, most: int) -> str:
        """Return the focus nodes with more rows than so many."""
        return f"SELECT focus, times FROM ({rows}) GROUP BY focus, times HAVING count(*) > {most}"

    def _crowded(self, most: int) -> str:
        """Return the rows of focus nodes with more than so many rows, which may yet be fewer value nodes."""
        crowded = f"SELECT focus FROM ({self.reached}) GROUP BY focus HAVING count(*) > {most}"
        return self.held(f"FROM ({self.reached}) SEMI JOIN ({crowded}) USING (focus)")

    def _same_language(self) -> str:
        tagged = f"SELECT *, {language_of(Key('value'))} AS language FROM ({_distinct(self._crowded(1))})"
        grouped = f"FROM ({tagged}) WHERE language <> '' GROUP BY focus, times, language HAVING count(*) > 1"
        return f"SELECT focus, times {grouped}"

    def _beyond(self, allowed: frozenset[str]) -> str:
        columns = "focus, predicate AS path, object AS value, times"
        joined = f"({self.walked}) JOIN {self.facts.others(allowed)} ON value = subject"
        return f"SELECT DISTINCT {columns} FROM {joined}"

    def _conforming(self, shape: Shape, siblings: Sequence[Shape]) -> str:
        return self._failing_all(f"FROM ({self.rows}) ANTI JOIN ({self._failing(shape)}) USING (value)", siblings)


def _distinct(query: str) -> str:
    return f"SELECT DISTINCT * FROM ({query})"


def _both(one: str, other: str) -> tuple[tuple[str, str], tuple[str, str]]:
    return (one, other), (other, one)

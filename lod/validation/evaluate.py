"""Shapes held against term tables: every constraint becomes a query, in SQL that every engine knows.

The focus nodes of a shape are a table; the value nodes of a path are a query, and so are the nodes that do not conform
to a shape that another refers to. https://www.w3.org/TR/shacl/#validation-definition
"""

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import pyarrow as pa

from lod.engine import Engine, table_name
from lod.validation import model
from lod.validation.facts import Facts
from lod.validation.key import Key, key_of
from lod.validation.leaf import any_of, breaks, holds_by_itself, is_leaf, meets
from lod.validation.model import Constraint, Shape, Target
from lod.validation.order import declare_order
from lod.validation.path import Predicate
from lod.validation.report import Node
from lod.validation.sets import Sets
from lod.validation.walk import leads_nowhere

_AT_ONCE = 50  # parts of a query: DuckDB plans them all
# Constraints that a focus node without value nodes can break.
_OF_NO_VALUES = (model.MinCount, model.HasValue, model.Equals, model.QualifiedMinCount)
_OF_FOCUS_ALONE = (model.MinCount, model.MaxCount, model.UniqueLang, model.HasValue, model.Qualified)
_NOTHING = "CAST(NULL AS VARCHAR)"


class Finding(NamedTuple):
    """A result, `times` over: focus, value and path are keys and an IRI, where it has them."""

    shape: Shape
    constraint: Constraint
    focus: str
    value: str | None
    path: str | None
    times: int


class Evaluation:
    """One evaluation of shapes over term tables."""

    def __init__(self, engine: Engine, facts: Facts) -> None:
        self._engine, self._facts = engine, facts
        self._focus: dict[frozenset[Target], str] = {}
        self._failed: dict[tuple[Node, str], str] = {}
        declare_order(engine)

    def focus_nodes(self, shape: Shape) -> str:
        """Return a table of the nodes that the targets of a shape select, once each (`node`, and `times`, which is 1).

        https://www.w3.org/TR/shacl/#targets
        """
        targets = frozenset(shape.targets)
        if targets not in self._focus:
            nodes = " UNION ".join(self._targeted(shape.targets))
            once = f"SELECT DISTINCT node, CAST(1 AS BIGINT) AS times FROM ({nodes})"
            self._focus[targets] = self._engine.compute("focus", once)
        return self._focus[targets]

    def _targeted(self, targets: Sequence[Target]) -> Iterator[str]:
        named = [key_of(target.node) for target in targets if isinstance(target, model.TargetNode)]
        if named:
            table = self._engine.materialise("target", pa.table({"node": pa.array(named, pa.string())}))
            yield f"SELECT node FROM {table_name(table)}"
        for target in targets:
            match target:
                case model.TargetClass(iri):
                    yield f"SELECT node FROM {self._facts.instances(iri)}"
                case model.SubjectsOf(iri):
                    yield f"SELECT subject AS node FROM {self._facts.pairs(iri)}"
                case model.ObjectsOf(iri):
                    yield f"SELECT object AS node FROM {self._facts.pairs(iri)}"

    def findings(self, shape: Shape, nodes: str) -> Iterator[Finding]:
        """Yield what is wrong with a table of nodes (`node`, `times`) by a shape and by its property shapes.

        Those of a constraint come by focus node and value.
        """
        held = list(self._held(shape, nodes))
        sets = [(each, [constraint], of.broken(constraint)) for each, of, constraint in self._of_sets(held)]
        asked = [(each, found, _columns(query, found[0])) for each, found, query in sets]
        asked += [(each, found, _broken_leaves(of, found)) for each, of, found in self._leaves(held)]
        for start in range(0, len(asked), _AT_ONCE):
            part = asked[start : start + _AT_ONCE]
            numbered = [f"SELECT {number} AS number, * FROM ({query})" for number, (*_, query) in enumerate(part)]
            rows = f"FROM ({' UNION ALL '.join(numbered)}) ORDER BY number, focus, value, path"
            for row in self._engine.answers(rows):
                each, constraints, _ = part[row["number"]]
                yield from _findings(each, constraints, row)

    def _of_sets(self, held: Sequence[tuple[Shape, Sets]]) -> Iterator[tuple[Shape, Sets, Constraint]]:
        for shape, sets in held:
            for constraint in self._at_stake(shape):
                if not is_leaf(constraint) and not isinstance(constraint, model.Property):
                    yield shape, sets, constraint

    def _leaves(self, held: Sequence[tuple[Shape, Sets]]) -> Iterator[tuple[Shape, Sets, list[Constraint]]]:
        for shape, sets in held:
            found = [constraint for constraint in self._at_stake(shape) if is_leaf(constraint)]
            if found:
                yield shape, sets, found

    def _at_stake(self, shape: Shape) -> tuple[Constraint, ...]:
        """Return the constraints of a shape that can find anything: all, if there may be a value node."""
        if not leads_nowhere(self._facts, shape.path):
            return shape.constraints
        return tuple(constraint for constraint in shape.constraints if isinstance(constraint, _OF_NO_VALUES))

    def _held(self, shape: Shape, nodes: str) -> Iterator[tuple[Shape, Sets]]:
        """Yield a shape, and the property shapes that its value nodes are held to, with what each is held against."""
        if shape.deactivated:
            return
        sets = self._sets(shape, nodes)
        yield shape, sets
        inner = [constraint.shape for constraint in self._at_stake(shape) if isinstance(constraint, model.Property)]
        if inner and shape.path:
            times = f"SELECT value AS node, CAST(sum(times) AS BIGINT) AS times FROM ({sets.rows}) GROUP BY value"
            nodes = self._engine.compute("held", times)
        for each in inner:
            yield from self._held(each, nodes)

    def _sets(self, shape: Shape, nodes: str) -> Sets:
        return Sets(self._facts, self._failing, nodes, shape.path)

    def _failing(self, shape: Shape, nodes: str) -> str:
        """Return the query of the nodes (`value`), of a table of nodes, that do not conform to a shape."""
        asked = (shape.node, nodes)
        if asked not in self._failed:
            self._failed[asked] = self._not_conforming(shape, nodes)
        return self._failed[asked]

    def _not_conforming(self, shape: Shape, nodes: str) -> str:
        if holds_by_itself(shape):
            return f"SELECT node AS value FROM {nodes} WHERE NOT {meets(shape, Key('node'))}"
        asked = self._at_stake(shape)
        if shape.deactivated or not asked:
            return f"SELECT node AS value FROM {nodes} WHERE FALSE"
        sets = self._sets(shape, nodes)
        failing = " UNION ".join(f"SELECT focus AS value FROM ({self._broken(each, sets)})" for each in asked)
        # Computed, so that no query grows with how deep shapes nest.
        return f"FROM {self._engine.compute('failing', f'SELECT DISTINCT value FROM ({failing})')}"

    def _broken(self, constraint: Constraint, sets: Sets) -> str:
        """Return the rows that a constraint finds something wrong with, by their `focus`."""
        if isinstance(constraint, model.Property):
            return sets.that_fail([constraint.shape])
        if is_leaf(constraint):
            return sets.held(f"FROM ({sets.reached}) WHERE {breaks(constraint, Key('value'))}")
        return sets.broken(constraint)


def _findings(shape: Shape, constraints: Sequence[Constraint], row: dict[str, Any]) -> Iterator[Finding]:
    for constraint, is_broken in zip(constraints, row["broken"], strict=True):
        if is_broken:
            yield Finding(shape, constraint, row["focus"], row["value"], row["path"], row["times"])


def _columns(query: str, constraint: Constraint) -> str:
    """Return the rows that a constraint finds, with the columns that all findings have."""
    value = _NOTHING if isinstance(constraint, _OF_FOCUS_ALONE) else "value"
    path = "path" if isinstance(constraint, model.Closed) else f"{_NOTHING} AS path"
    return f"SELECT focus, {value} AS value, {path}, times, [TRUE] AS broken FROM ({query})"


def _broken_leaves(sets: Sets, leaves: Sequence[Constraint]) -> str:
    """Return the rows whose value breaks a leaf at least, and which of them it breaks.

    Along a property each part of a term table is asked by itself, as more is known of its values.
    """
    if isinstance(sets.path, Predicate):
        parts = [
            f"SELECT {each.subject} AS focus, {each.object.sql} AS value, {_flagged(each.object, leaves)}"
            f" FROM {each.table} WHERE {each.condition} AND {_breaks_any(each.object, leaves)}"
            for each in sets.facts.stated(sets.path.iri)
        ]
        wrong = sets.held(" UNION ALL ".join(parts))
    else:
        key = Key("value")
        rows = f"SELECT *, {_flagged(key, leaves)} FROM ({sets.reached})"
        wrong = sets.held(f"{rows} WHERE {_breaks_any(key, leaves)}")
    return f"SELECT DISTINCT focus, value, {_NOTHING} AS path, times, broken FROM ({wrong})"


def _flagged(key: Key, leaves: Sequence[Constraint]) -> str:
    return f"[{', '.join(breaks(each, key) for each in leaves)}] AS broken"


def _breaks_any(key: Key, leaves: Sequence[Constraint]) -> str:
    return any_of(breaks(each, key) for each in leaves)

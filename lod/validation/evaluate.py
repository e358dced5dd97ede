"""Shapes held against term tables: every constraint becomes a query, and what is clean costs a glance.

The focus nodes of a shape are a table; so are the value nodes of a path, and the nodes that do not conform to a shape
that another refers to. https://www.w3.org/TR/shacl/#validation-definition
"""

from collections.abc import Iterator, Sequence
from functools import reduce
from operator import or_
from typing import Any, NamedTuple

import ibis
import ibis.expr.types as ir
import pyarrow as pa

from lod.engine import Engine, table_name, union
from lod.validation import model
from lod.validation.facts import Facts
from lod.validation.key import key_of
from lod.validation.leaf import breaks, holds_by_itself, is_leaf, meets
from lod.validation.model import Constraint, Shape, Target
from lod.validation.report import Node
from lod.validation.sets import Sets
from lod.validation.walk import leads_nowhere

_AT_ONCE = 50  # parts of a query: Ibis nests them, and DuckDB plans them all
# Constraints that a focus node without value nodes can break.
_OF_NO_VALUES = (model.MinCount, model.HasValue, model.Equals, model.QualifiedMinCount)


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
        self._focus: dict[frozenset[Target], ir.Table] = {}
        self._failed: dict[tuple[Node, str], ir.Table] = {}

    def focus_nodes(self, shape: Shape) -> ir.Table:
        """Return the nodes that the targets of a shape select, once each (`node`, and `times`, which is 1).

        https://www.w3.org/TR/shacl/#targets
        """
        targets = frozenset(shape.targets)
        if targets not in self._focus:
            nodes = union(list(self._targeted(shape.targets))).distinct()
            self._focus[targets] = self._engine.materialise("focus", _once(nodes))
        return self._focus[targets]

    def _targeted(self, targets: Sequence[Target]) -> Iterator[ir.Table]:
        named = [key_of(target.node) for target in targets if isinstance(target, model.TargetNode)]
        if named:
            yield self._engine.materialise("target", pa.table({"node": pa.array(named, pa.string())}))
        for target in targets:
            match target:
                case model.TargetClass(iri):
                    yield self._facts.instances(iri)
                case model.SubjectsOf(iri):
                    yield self._facts.pairs(iri).select(node="subject")
                case model.ObjectsOf(iri):
                    yield self._facts.pairs(iri).select(node="object")

    def findings(self, shape: Shape, nodes: ir.Table) -> Iterator[Finding]:
        """Yield what is wrong with nodes (`node`, `times`) by a shape and by its property shapes.

        Those of a constraint come by focus node and value.
        """
        held = list(self._held(shape, nodes))
        asked = [
            (each, [constraint], _numbered(number, sets.broken(constraint)))
            for number, (each, sets, constraint) in enumerate(self._of_sets(held))
        ]
        asked += [
            (each, found, _broken_leaves(number, sets, found))
            for number, (each, sets, found) in enumerate(self._leaves(held), len(asked))
        ]
        for start in range(0, len(asked), _AT_ONCE):
            rows = union([table for *_, table in asked[start : start + _AT_ONCE]])
            for batch in self._engine.batches(rows.order_by("number", "focus", "value", "path")):
                for row in batch.to_pylist():
                    each, constraints, _ = asked[row["number"]]
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

    def _held(self, shape: Shape, nodes: ir.Table) -> Iterator[tuple[Shape, Sets]]:
        """Yield a shape, and the property shapes that its value nodes are held to, with what each is held against."""
        if shape.deactivated:
            return
        sets = self._sets(shape, nodes)
        yield shape, sets
        inner = [constraint.shape for constraint in self._at_stake(shape) if isinstance(constraint, model.Property)]
        if inner and shape.path:
            times = sets.rows.group_by(node="value").aggregate(times=ibis._.times.sum())
            nodes = self._engine.materialise("held", times)
        for each in inner:
            yield from self._held(each, nodes)

    def _sets(self, shape: Shape, nodes: ir.Table) -> Sets:
        return Sets(self._facts, self._failing, nodes, shape.path)

    def _failing(self, shape: Shape, nodes: ir.Table) -> ir.Table:
        """Return the nodes, of a table of the engine with `node` and `times`, that do not conform to a shape."""
        asked = (shape.node, table_name(nodes))
        if asked not in self._failed:
            self._failed[asked] = self._not_conforming(shape, nodes)
        return self._failed[asked]

    def _not_conforming(self, shape: Shape, nodes: ir.Table) -> ir.Table:
        if holds_by_itself(shape):
            return nodes.filter(~meets(shape, nodes.node)).select("node")
        asked = self._at_stake(shape)
        if shape.deactivated or not asked:
            return nodes.select("node").limit(0)
        sets = self._sets(shape, nodes)
        broken = reduce(ir.Table.union, [self._broken(constraint, sets) for constraint in asked])
        failing = broken.select(node="focus").distinct()
        # Computed, so that no query grows with how deep shapes nest.
        return self._engine.materialise("failing", failing) if _is_deep(shape) else failing

    def _broken(self, constraint: Constraint, sets: Sets) -> ir.Table:
        """Return the focus nodes that a constraint finds something wrong with, as `focus`."""
        if isinstance(constraint, model.Property):
            return sets.that_fail(constraint.shape).select("focus")
        if is_leaf(constraint):
            return sets.narrowed(lambda rows: rows.filter(breaks(constraint, rows.value))).select("focus")
        return sets.broken(constraint).select("focus")


def _findings(shape: Shape, constraints: Sequence[Constraint], row: dict[str, Any]) -> Iterator[Finding]:
    for constraint, is_broken in zip(constraints, row["broken"], strict=True):
        if is_broken:
            yield Finding(shape, constraint, row["focus"], row["value"], row["path"], row["times"])


def _numbered(number: int, rows: ir.Table) -> ir.Table:
    """Return the rows that a constraint finds, with the columns that all findings have."""
    nothing = ibis.null("string")
    return rows.select(
        number=ibis.literal(number, "int64"),
        focus="focus",
        value="value" if "value" in rows.columns else nothing,
        path="path" if "path" in rows.columns else nothing,
        times=rows.times.cast("int64"),
        broken="broken" if "broken" in rows.columns else ibis.array([ibis.literal(True)]),
    )


def _broken_leaves(number: int, sets: Sets, leaves: Sequence[Constraint]) -> ir.Table:
    """Return the rows whose value breaks a leaf at least, and which of them it breaks."""
    wrong = sets.narrowed(lambda rows: rows.filter(reduce(or_, [breaks(each, rows.value) for each in leaves])))
    found = _numbered(number, wrong.distinct())
    if len(leaves) == 1:
        return found
    return found.mutate(broken=ibis.array([breaks(each, found.value) for each in leaves]))


def _once(nodes: ir.Table) -> ir.Table:
    return nodes.mutate(times=ibis.literal(1, "int64"))


def _is_deep(shape: Shape) -> bool:
    """Whether a shape refers to shapes that refer to others."""
    inner = (each for constraint in shape.constraints for each in model.referred(constraint))
    return any(model.referred(constraint) for each in inner for constraint in each.constraints)

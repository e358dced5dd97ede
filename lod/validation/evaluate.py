"""Shapes held against term tables: every constraint becomes a query, and what is clean costs a glance.

The focus nodes of a shape are a table; so are the value nodes of a path, and the nodes that do not conform to a shape
that another refers to. https://www.w3.org/TR/shacl/#validation-definition
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import reduce

import ibis
import ibis.expr.types as ir
import pyarrow as pa

from lod.engine import Engine, table_name
from lod.validation import model
from lod.validation.facts import Facts
from lod.validation.key import key_of
from lod.validation.leaf import breaks, holds_by_itself, is_leaf, meets
from lod.validation.model import Constraint, Shape, Target
from lod.validation.report import Node
from lod.validation.sets import Sets
from lod.validation.walk import leads_nowhere, walked

# Constraints that a focus node without value nodes can break.
_OF_NO_VALUES = (model.MinCount, model.HasValue, model.Equals, model.QualifiedMinCount)


@dataclass(frozen=True)
class Found:
    """What a constraint of a shape found: `rows` has `focus`, `times`, and `value` and `path` where there are any."""

    shape: Shape
    constraint: Constraint
    rows: ir.Table


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
            nodes = reduce(ir.Table.union, map(self._targeted, shape.targets)).distinct()
            self._focus[targets] = self._engine.materialise("focus", _once(nodes))
        return self._focus[targets]

    def _targeted(self, target: Target) -> ir.Table:
        match target:
            case model.TargetNode(node):
                return self._engine.materialise("target", pa.table({"node": [key_of(node)]}))
            case model.TargetClass(iri):
                return self._facts.instances(iri)
            case model.SubjectsOf(iri):
                return self._facts.pairs(iri).select(node="subject")
            case model.ObjectsOf(iri):
                return self._facts.pairs(iri).select(node="object")

    def results(self, shape: Shape, nodes: ir.Table) -> Iterator[Found]:
        """Yield what is wrong with nodes (`node`, `times`) by a shape and by its property shapes."""
        held = list(self._held(shape, nodes))
        yield from self._leaves(held)
        found = [
            Found(shape, constraint, sets.broken(constraint))
            for shape, sets in held
            for constraint in self._at_stake(shape)
            if not is_leaf(constraint) and not isinstance(constraint, model.Property)
        ]
        there = self._engine.any_rows([each.rows for each in found])
        yield from (each for each, is_there in zip(found, there, strict=True) if is_there)

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
        return Sets(self._facts, self._failing, nodes, walked(self._facts, nodes, shape.path), shape.path is not None)

    def _leaves(self, held: Sequence[tuple[Shape, Sets]]) -> Iterator[Found]:
        """Yield what the leaves find, after one look at all value nodes of each shape."""
        asked = [
            (shape, sets, [(each, breaks(each, sets.rows.value)) for each in self._at_stake(shape) if is_leaf(each)])
            for shape, sets in held
        ]
        flags = self._engine.all_flags([(sets.rows, [bad for _, bad in leaves]) for _, sets, leaves in asked])
        for (shape, sets, leaves), found in zip(asked, flags, strict=True):
            for (constraint, bad), is_there in zip(leaves, found, strict=True):
                if is_there:
                    yield Found(shape, constraint, sets.rows.filter(bad).distinct())

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
            return sets.rows.filter(breaks(constraint, sets.rows.value)).select("focus")
        return sets.broken(constraint).select("focus")


def _once(nodes: ir.Table) -> ir.Table:
    return nodes.mutate(times=ibis.literal(1, "int64"))


def _is_deep(shape: Shape) -> bool:
    """Whether a shape refers to shapes that refer to others."""
    inner = (each for constraint in shape.constraints for each in model.referred(constraint))
    return any(model.referred(constraint) for each in inner for constraint in each.constraints)

"""Joins: the subject of another triples map as object, for the records whose keys are equal."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import reduce
from typing import NamedTuple

import ibis
import ibis.expr.types as ir

from lod.compile.checks import is_iri
from lod.compile.expression import apart, has_value, list_columns, rest_text, text, unnested
from lod.compile.slots import is_safe, truth
from lod.compile.source import Records
from lod.engine import Engine
from lod.errors import MappingError
from lod.mapping.model import Expression, Join, TriplesMap
from lod.outcome import Rejection, shorten
from lod.terms import Kind

JOINED = "#joined"
AT = "#at"
_OTHER = "#other"


class Parent(NamedTuple):
    """The other side of a join."""

    triples_map: TriplesMap
    records: Records


def joined(rows: ir.Table, child: Records, join: Join, parent: Parent) -> ir.Table:
    """Return the child's rows, each with a parent's subject (but its beginning) in JOINED: a row per match.

    Without a condition both sides are the same record, which RML allows only where they have the same logical source.
    """
    if not join.conditions:
        return _same_record(rows, child, join, parent)
    children = [condition.child for condition in join.conditions]
    keyed, _ = _keyed(rows, children)
    parents, keys = _keyed_subjects(join, parent)
    return keyed.join(parents.distinct(), keys).drop(*keys)


def joined_in_order(rows: ir.Table, child: Records, join: Join, parent: Parent) -> ir.Table:
    """Return what `joined` does, a row per match with each record of the parent, whose place among them is in AT."""
    if not join.conditions:
        return _same_record(rows, child, join, parent).mutate(**{AT: 0})
    keyed, keys = _keyed(rows, [condition.child for condition in join.conditions])
    numbered = replace(
        parent.records, table=parent.records.table.mutate(**{AT: ibis.row_number().over(order_by=parent.records.order)})
    )
    parents, _ = _keyed(_subjects(parent._replace(records=numbered)), [each.parent for each in join.conditions])
    return keyed.join(parents.select(*keys, AT, JOINED), keys).drop(*keys)


def looked_up(engine: Engine, rows: ir.Table, join: Join, parent: Parent, column: str) -> ir.Table | None:
    """Return the child's rows with the one parent's subject (but its beginning) in `column`, null where none matches.

    None where a key has several parents, or a record several keys: then each match needs a row of its own.
    """
    children = [condition.child for condition in join.conditions]
    if not children or list_columns(rows, *children):
        return None
    parents, keys = _keyed_subjects(join, parent)
    one, other = parents[JOINED].min(), parents[JOINED].max()
    found = parents.group_by(keys).aggregate(**{JOINED: one, _OTHER: other})
    if engine.flags(found, [found[JOINED] != found[_OTHER]])[0]:
        return None
    values = {key: text(expression, rows) for key, expression in zip(keys, children, strict=True)}
    keyed = rows.mutate(**values)
    return keyed.left_join(found, keys, rname="#parent {name}").select(*rows.columns, **{column: found[JOINED]})


def _keyed_subjects(join: Join, parent: Parent) -> tuple[ir.Table, list[str]]:
    """Return keys and subjects of the parents, and the names of the keys."""
    keyed, keys = _keyed(_subjects(parent), [condition.parent for condition in join.conditions])
    return keyed.select(*keys, JOINED), keys


def dangling(
    engine: Engine, rows: ir.Table, child: Records, joins: Iterable[tuple[Join, Parent]]
) -> Iterator[Rejection]:
    """Yield a rejection per key that matches in none of the joins over the same child columns."""
    grouped: dict[tuple[Expression, ...], list[tuple[Join, Parent]]] = {}
    for join, parent in joins:
        grouped.setdefault(tuple(condition.child for condition in join.conditions), []).append((join, parent))
    for children, group in grouped.items():
        if children:
            yield from _unmatched(engine, rows, child, children, group)


def _unmatched(
    engine: Engine, rows: ir.Table, child: Records, children: Sequence[Expression], group: list[tuple[Join, Parent]]
) -> Iterator[Rejection]:
    keyed, keys = _keyed(rows, children)
    parents = [
        _keyed(_subjects(parent), [condition.parent for condition in join.conditions])[0].select(*keys)
        for join, parent in group
    ]
    lost = keyed.anti_join(reduce(ir.Table.union, parents), keys)
    lost = lost.select(*keys, **child.input.place(lost)).distinct()
    columns = ", ".join(name for expression in children for name in child.lowered.named(expression))
    files = " or ".join(dict.fromkeys(parent.records.input.file for _, parent in group))
    for row in engine.rows(lost):
        value = ", ".join(row[key] for key in keys)
        yield Rejection(row["file"], row["row"], columns, shorten(value), f"is no record of {files}")


def _same_record(rows: ir.Table, child: Records, join: Join, parent: Parent) -> ir.Table:
    if parent.records.lowered.source != child.lowered.source:
        hint = "Add a condition, or give both mappings the same source."
        raise MappingError("a join without a condition needs one source on both sides", at=join.position, hint=hint)
    return _with_subject(rows, parent)


def _subjects(parent: Parent) -> ir.Table:
    return _with_subject(parent.records.table, parent)


def _with_subject(rows: ir.Table, parent: Parent) -> ir.Table:
    triples_map = parent.triples_map
    if triples_map.condition is not None:
        rows = rows.filter(truth(triples_map.condition, rows))
    rows, expression = apart(rows, triples_map.subject.expression)
    subject = replace(triples_map.subject, expression=expression)
    rows = rows.filter(has_value(expression, rows))
    rows = rows.mutate(**{JOINED: rest_text(subject, rows, triples_map.base)})
    return rows.filter(is_iri(rows[JOINED])) if subject.kind is Kind.IRI and not is_safe(subject) else rows


def _keyed(rows: ir.Table, expressions: Sequence[Expression]) -> tuple[ir.Table, list[str]]:
    rows = unnested(rows, list_columns(rows, *expressions))
    keys = [f"#key{number}" for number in range(len(expressions))]
    values = {key: text(expression, rows) for key, expression in zip(keys, expressions, strict=True)}
    keyed = rows.mutate(**values)
    return keyed.filter(*(keyed[key].notnull() for key in keys)), keys

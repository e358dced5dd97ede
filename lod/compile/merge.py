"""What several gather maps call by one name is one collection: each goes on where the one before it ends.

Triples map by triples map, record by record, gather map by gather map, as a program would that reads record by record.
https://kg-construct.github.io/rml-cc/spec/docs/#generating-well-formed-named-collections-or-containers
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

import ibis
import ibis.expr.types as ir

from lod.compile.collection import HEAD, PLACE, SCOPE, Collections
from lod.compile.members import KEY, names_of, renamed
from lod.engine import Engine, union
from lod.errors import MappingError
from lod.term_table import FILE, ROW, Column, Constant


def merged(engine: Engine, found: Sequence[Collections]) -> Iterator[Collections]:
    """Yield collections such that none goes on in another; the same, said twice, is yielded once.

    Raises MappingError where one collection would go to several targets.
    """
    yield from (each for each in found if not each.named)
    named = {(each.said, each.graph, each.targets): each for each in found if each.named}
    for _, same in groupby(sorted(named.values(), key=lambda each: each.kind), key=lambda each: each.kind):
        group = list(same)
        yield from [_united(engine, group)] if _share(engine, group) else group


def _share(engine: Engine, group: Sequence[Collections]) -> bool:
    if len(group) < 2:
        return False
    heads = union([each.heads.select(HEAD, SCOPE).distinct() for each in group])
    counted = heads.group_by([HEAD, SCOPE]).aggregate(count=heads.count())
    return engine.flags(counted, [counted["count"] > 1])[0]


def _united(engine: Engine, group: Sequence[Collections]) -> Collections:
    first = group[0]
    for each in group:
        if each.targets != first.targets:
            raise MappingError(
                f"collections of one name go to other targets than those at {first.position}", at=each.position
            )
    terms = [renamed(term, f"g{number}") for number, each in enumerate(group) for term in each.terms]
    columns = list(dict.fromkeys(name for term in terms for name in names_of(term)))
    rows = union([_beside(group, number, columns) for number in range(len(group))])
    place = ibis.row_number().over(order_by=[rows[name] for name in ("origin", KEY, "number", PLACE)])
    return replace(
        first,
        members=engine.materialise("members", rows.mutate(**{PLACE: place})),
        heads=union([each.heads.select(**_located(each, each.heads)) for each in group]),
        terms=tuple(terms),
        graph=Column(SCOPE) if any(each.graph for each in group) else None,
        file=Column(FILE),
    )


def _beside(group: Sequence[Collections], number: int, columns: Sequence[str]) -> ir.Table:
    """Return members with what orders them, and the columns of all, null where they are another's."""
    each = group[number]
    own = {f"g{number}{name}": each.members[name] for term in each.terms for name in names_of(term)}
    values = {name: own.get(name, ibis.null("string")) for name in columns}
    origin = [other.origin for other in group].index(each.origin)
    at = {"origin": ibis.literal(origin, "int64"), "number": ibis.literal(number, "int64")}
    return each.members.select(KEY, PLACE, **_located(each, each.members), **at, **values)


def _located(each: Collections, rows: ir.Table) -> dict[str, ir.Value]:
    file = ibis.literal(each.file.value) if isinstance(each.file, Constant) else rows[FILE]
    return {FILE: file, **{name: rows[name] for name in (ROW, HEAD, SCOPE)}}

"""The members that a gather map has in each record, and the collections that they make.

https://kg-construct.github.io/rml-cc/spec/docs/#rml-strategy
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

import ibis
import ibis.expr.types as ir

from lod.engine import union
from lod.term_table import Column, Slot, Term

KEY: Final = "#key"
NUMBER: Final = "#number"
_MEMBER, _AMONG = "#member", "#among"
ORDER: Final = (_MEMBER, _AMONG)


@dataclass(frozen=True)
class Members:
    """The terms that one term map gives in each record (KEY), in the order of their place among them, from 0.

    member: which of the gather map's members it is; names: the columns that the term is made of.
    """

    member: int
    term: Term
    rows: ir.Table
    names: tuple[str, ...]

    @classmethod
    def of(cls, member: int, term: Term, rows: ir.Table, order: Sequence[str], stem: str) -> "Members":
        """Return members from rows in which each has a value; the term's columns get names that begin with `stem`."""
        names = dict.fromkeys(names_of(term))
        among = ibis.row_number().over(group_by=rows[KEY], order_by=[rows[name] for name in (*order, KEY)])
        columns = {f"{stem}{name}": rows[name] for name in names}
        found = rows.select(KEY, **columns, **{_AMONG: among})
        return cls(member, renamed(term, stem), found, tuple(columns))


def _zero(rows: ir.Table) -> ir.IntegerValue:
    return rows[KEY] * 0  # of the type that numbers of rows have, which a literal has not


def names_of(term: Term) -> list[str]:
    """Return the names of the columns that a term is made of."""
    slots = (term.value, term.datatype, term.language)
    return [slot.name for slot in slots if isinstance(slot, Column)]


def renamed(term: Term, stem: str) -> Term:
    """Return a term whose columns have names that begin with `stem`."""
    datatype, language = (slot and _moved(slot, stem) for slot in (term.datatype, term.language))
    return Term(_moved(term.value, stem), term.kind, datatype, language)


def _moved(slot: Slot, stem: str) -> Slot:
    return replace(slot, name=f"{stem}{slot.name}") if isinstance(slot, Column) else slot


def appended(found: Sequence[Members]) -> ir.Table:
    """Return the members with the NUMBER of their collection, which is one a record."""
    return union([_beside(each, each.rows, _zero(each.rows), found) for each in found])


def combined(found: Sequence[Members]) -> ir.Table:
    """Return the members of each combination of one a member, with the NUMBER of the combination, from 0."""
    by_member: dict[int, list[ir.Table]] = defaultdict(list)
    for each in found:
        by_member[each.member].append(each.rows.select(KEY, **{_place(each): each.rows[_AMONG]}))
    first, *others = (union(rows) for rows in by_member.values())
    for rows in others:
        first = first.join(rows, KEY)
    order = [first[name] for name in first.columns if name != KEY]
    numbered = first.mutate(**{NUMBER: ibis.row_number().over(group_by=first[KEY], order_by=order)})
    return union(list(_combined(numbered, found)))


def _combined(combinations: ir.Table, found: Sequence[Members]) -> Iterator[ir.Table]:
    for each in found:
        chosen = combinations.select(KEY, NUMBER, **{_AMONG: combinations[_place(each)]})
        rows = chosen.join(each.rows, [KEY, _AMONG])
        yield _beside(each, rows, rows[NUMBER], found)


def _place(members: Members) -> str:
    return f"#among {members.member}"


def _beside(members: Members, rows: ir.Table, number: ir.IntegerValue, found: Sequence[Members]) -> ir.Table:
    """Return members with the columns of all, null where they are another's."""
    names = [name for each in found for name in each.names]
    values = {name: rows[name] if name in members.names else ibis.null("string") for name in names}
    member = _zero(rows) + members.member
    return rows.select(KEY, **{NUMBER: number, _MEMBER: member, _AMONG: rows[_AMONG]}, **values)

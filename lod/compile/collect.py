"""Collections of the records of a triples map: their heads, and their members in order."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256

import ibis
import ibis.expr.types as ir

from lod.compile.checks import misfits
from lod.compile.collection import HEAD, LIST, NIL, PLACE, SCOPE, Collections
from lod.compile.expression import beginning, has_value, list_columns, term_text, text, unnested
from lod.compile.join import AT, JOINED, Parent, joined_in_order
from lod.compile.members import KEY, NUMBER, ORDER, Members, appended, combined
from lod.compile.slots import Check, Slots, is_safe
from lod.compile.source import Records
from lod.engine import Engine
from lod.mapping.model import Encoding, Expression, Gather, Join, Reference, TermMap, TriplesMap
from lod.outcome import Rejection
from lod.term_table import Column, Constant, Slot, Target, Term
from lod.terms import Kind

_NAME, _EMPTY = "#name", "#empty"


@dataclass(frozen=True)
class Place:
    """Where collections are said: in which graphs, to which targets, and of which records (conditions: any holds)."""

    graphs: tuple[TermMap, ...]
    targets: tuple[Target, ...]
    conditions: frozenset[Expression | None]


@dataclass
class Collector:
    """Makes collections, and holds what came of it: these, and rejected records.

    origins: of each column of heads, the input columns that it comes from. A member that is wrong rejects its record,
    whatever the policy: without it a collection would say something else.
    """

    engine: Engine
    triples_map: TriplesMap
    records: Records
    parent: Callable[[Join], Parent]
    collections: list[Collections] = field(default_factory=list)
    rejections: list[Rejection] = field(default_factory=list)
    origins: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def collect(self, rows: ir.Table, term: TermMap, place: Place) -> tuple[ir.Table, list[TermMap]]:
        """Make the collections that a gather map has in these rows, numbered by KEY.

        Return columns for these rows (see `beside`) and term maps that refer to them.
        """
        gather = term.gather
        if gather is None:
            raise TypeError(f"a term map that gathers nothing: {term}")
        rows, items = self._nested(rows, gather, place)
        found = [self._members(rows, number, item, f"m{nth}") for nth, (number, item) in enumerate(items)]
        members = self.engine.materialise("members", (combined if gather.product else appended)(found))
        heads = self._heads(rows, members, term, gather)
        terms = tuple(each.term for each in found)
        for graph in place.graphs or (None,):
            called, slot = self._placed(rows, heads, graph)
            made = Collections(
                kind=gather.kind,
                members=_in_order(members, called),
                heads=called,
                terms=terms,
                graph=slot,
                targets=place.targets,
                named=gather.named,
                said=(self.records.lowered.source, term, graph, place.conditions),
                file=self.records.input.file_slot,
                origin=self.triples_map.name,
                position=term.position,
            )
            self.collections.append(made)
        return self._columns(heads, term, gather)

    def _nested(
        self, rows: ir.Table, gather: Gather, place: Place
    ) -> tuple[ir.Table, list[tuple[int, TermMap | Join]]]:
        """Make the collections among the members first; return members by number, which then gather nothing."""
        items: list[tuple[int, TermMap | Join]] = []
        for number, item in enumerate(gather.members):
            if isinstance(item, Join) or item.gather is None:
                items.append((number, item))
                continue
            heads, terms = self.collect(rows, item, place)
            rows = beside(rows, heads)
            items += [(number, each) for each in terms]
        return rows, items

    def _members(self, rows: ir.Table, number: int, item: TermMap | Join, stem: str) -> Members:
        if isinstance(item, Join):
            parent = self.parent(item)
            rows = joined_in_order(rows, self.records, item, parent)
            rows, subject = rows.select(KEY, AT, joined=rows[JOINED]), parent.triples_map.subject
            term = Term(Column("joined", beginning(subject)), subject.kind)
            return Members.of(number, term, rows, (AT, "joined"), stem)
        lists = list_columns(rows, item.expression, item.datatype, item.language)
        order = [f"#at {name}" for name in lists]
        for name, at in zip(lists, order, strict=True):
            rows = rows.unnest(name, offset=at)
        slots = Slots(rows, self.triples_map.base, self.records.lowered)
        term = slots.term(item, None)
        if isinstance(term.value, Constant):
            term = replace(term, value=slots.add(ibis.literal(term.value.value)))
        return Members.of(number, term, self._checked(rows, slots, order, term), order, stem)

    def _checked(self, rows: ir.Table, slots: Slots, order: Sequence[str], term: Term) -> ir.Table:
        """Return the rows in which a member has a value, and note what is wrong with it."""
        opened, value = self.records.input, term.value
        table = self.engine.materialise("members", rows.select(*opened.locator, KEY, *order, **slots.columns))
        for misfit in misfits(self.engine, table, opened, slots.checks):
            self.rejections += misfit.rejections
        return table.filter(table[value.name].notnull()) if isinstance(value, Column) else table

    def _heads(self, rows: ir.Table, members: ir.Table, term: TermMap, gather: Gather) -> ir.Table:
        """Return KEY, NUMBER and name of each collection, what its first node is, and whether it is empty."""
        found = members.select(KEY, NUMBER).distinct().mutate(**{_EMPTY: False})
        if gather.empty:
            without = rows.anti_join(found, KEY).select(KEY, **{NUMBER: rows[KEY] * 0, _EMPTY: True})
            found = found.union(without)
        called = self._called(found.join(rows, KEY), term, gather)
        heads = called.mutate(**{HEAD: term_text(_referring(term, _NAME), called, "")})
        columns = (*self.records.input.locator, KEY, NUMBER, _NAME, HEAD, _EMPTY)
        kept = self.engine.materialise("heads", heads.select(*columns).distinct())
        if term.kind is Kind.IRI and not is_safe(term):
            check = Check(HEAD, "iri", None, self.records.lowered.named(term.expression))
            for misfit in misfits(self.engine, kept, self.records.input, [check]):
                self.rejections += misfit.rejections
        return kept

    def _called(self, rows: ir.Table, term: TermMap, gather: Gather) -> ir.Table:
        """Add what each collection is called: an IRI, or what a blank node's label is made of."""
        if not gather.named:
            stem = sha256(f"{self.triples_map.position} {term.position}".encode()).hexdigest()[:12]
            number = rows[KEY].cast("string") + "n" + rows[NUMBER].cast("string")
            return rows.mutate(**{_NAME: ibis.literal(f"{stem}k") + number})  # letters and digits: no need to encode
        rows = unnested(rows, list_columns(rows, term.expression))
        rows = rows.filter(has_value(term.expression, rows))
        is_iri = term.kind is Kind.IRI
        name = term_text(term, rows, self.triples_map.base) if is_iri else text(term.expression, rows)
        return rows.mutate(**{_NAME: name})

    def _columns(self, heads: ir.Table, term: TermMap, gather: Gather) -> tuple[ir.Table, list[TermMap]]:
        """Return the columns of heads, a row a KEY, and term maps that refer to them."""
        name = f"#heads{len(self.origins)}"
        self.origins[name] = self.records.lowered.named(term.expression)
        is_nil = heads[_EMPTY] if gather.kind == LIST else ibis.literal(False)
        apart = (
            heads.mutate(**{_EMPTY: is_nil}).group_by([KEY, _NAME, _EMPTY]).aggregate(**{NUMBER: heads[NUMBER].min()})
        )
        each = apart[_NAME].collect(where=~apart[_EMPTY], order_by=[apart[NUMBER], apart[_NAME]])
        made = [_referring(term, name)]
        columns: dict[str, ir.Value] = {name: each}
        if gather.empty and gather.kind == LIST:
            empty = f"#empty{len(self.origins)}"
            columns[empty] = ibis.ifelse(apart[_EMPTY].any(), NIL, ibis.null("string"))
            made.append(replace(_referring(term, empty), kind=Kind.IRI))
        return apart.group_by(KEY).aggregate(**columns), made

    def _placed(self, rows: ir.Table, table: ir.Table, graph: TermMap | None) -> tuple[ir.Table, Slot | None]:
        """Return heads, each in the graphs of its record (SCOPE), and where the name of the graph stands."""
        if graph is None or isinstance(graph.expression, Constant):
            slot = graph.expression if graph and isinstance(graph.expression, Constant) else None
            return table.mutate(**{SCOPE: ibis.literal(slot.value if slot else "")}), slot
        apart = unnested(rows, list_columns(rows, graph.expression))
        graphs = apart.select(KEY, **{SCOPE: term_text(graph, apart, self.triples_map.base)})
        graphs = graphs.filter(graphs[SCOPE].notnull()).distinct()
        return table.join(graphs, KEY), Column(SCOPE)


def _in_order(members: ir.Table, heads: ir.Table) -> ir.Table:
    """Return the members of each collection, with HEAD and its graph, and PLACE."""
    filled = members.join(heads.filter(~heads[_EMPTY]).drop(_EMPTY, _NAME), [KEY, NUMBER])
    order = [filled[name] for name in (KEY, NUMBER, HEAD, *ORDER)]
    return filled.mutate(**{PLACE: ibis.row_number().over(order_by=order)})


def beside(rows: ir.Table, columns: ir.Table) -> ir.Table:
    """Return rows with columns that others have by KEY; null where these have none."""
    added = [name for name in columns.columns if name != KEY]
    joined = rows.left_join(columns, KEY, rname="#other {name}")
    return joined.select(*rows.columns, *added)


def _referring(term: TermMap, column: str) -> TermMap:
    """Return a term map of the same kind of term whose text stands in a column."""
    return TermMap(Reference(column), term.kind, term.position, encoding=Encoding.NONE, targets=term.targets)

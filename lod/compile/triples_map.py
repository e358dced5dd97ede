"""A triples map over its records becomes term tables: one wide, and a narrow one per multi-valued object."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

import ibis.expr.types as ir

from lod.compile.checks import misfits
from lod.compile.expression import apart, beginning, has_value, list_columns, rest_text, unnested
from lod.compile.join import JOINED, Parent, dangling, joined, looked_up
from lod.compile.policy import Policy
from lod.compile.slots import Slots, truth
from lod.compile.source import Records
from lod.compile.spare import spared
from lod.engine import Engine, table_name
from lod.mapping.model import Join, LogicalSource, PredicateObjectMap, Source, TermMap, TriplesMap
from lod.outcome import Rejection
from lod.term_table import Column, Statement, Term, TermTable

SUBJECT = "subject"
_SUBJECT = "#subject"  # among the columns of the input


@dataclass(frozen=True)
class Compiled:
    """What triples maps made: their term tables, what is wrong with records, and records without a subject.

    subjectless: a rejection per record whose subject is null though no condition leaves it out; it counts only where
    the record gives no triple in any triples map. reads: the sources whose records a term table is computed from each
    time that it is read.
    """

    tables: tuple[TermTable, ...]
    rejections: tuple[Rejection, ...]
    subjectless: tuple[Rejection, ...]
    reads: frozenset[Source]


@dataclass(frozen=True)
class TriplesMapCompiler:
    """Compiles one lowered triples map.

    parent: gives the other side of a join.
    """

    engine: Engine
    triples_map: TriplesMap
    records: Records
    parent: Callable[[Join], Parent]
    policy: Policy

    def compile(self) -> Compiled:
        """Materialise the term tables and look at their lexical forms."""
        rows, subjectless = self._subjects()
        tables: list[TermTable] = []
        rejections = [replace(each, statement=self.policy.spare) for each in self._dangling(rows)]
        wider, columns = self._looked_up(rows)
        for table, found in (*self._wide(wider, columns), *self._narrow(rows), *self._joins(rows, columns)):
            tables += [table] if table.statements else []
            rejections += found
        return Compiled(tuple(tables), tuple(rejections), subjectless, self._reads(columns))

    def _subjects(self) -> tuple[ir.Table, tuple[Rejection, ...]]:
        """Return the records that the condition keeps, with their subject, and those that have none."""
        rows, term = self.records.table, self.triples_map.subject
        rows, expression = apart(rows, term.expression)
        if self.triples_map.condition is not None:
            rows = rows.filter(truth(self.triples_map.condition, rows))
        identified = has_value(expression, rows)
        found, term = rows.filter(identified), replace(term, expression=expression)
        found = found.mutate(**{_SUBJECT: rest_text(term, found, self.triples_map.base)})
        return found, tuple(self._subjectless(rows.filter(~identified)))

    def _subjectless(self, rows: ir.Table) -> Iterator[Rejection]:
        if not self.policy.strict or self.triples_map.condition is not None:
            return
        column = ", ".join(self.records.lowered.named(self.triples_map.subject.expression))
        for row in self.engine.rows(rows.select(**self.records.input.place(rows))):
            yield Rejection(row["file"], row["row"], column, "", "is empty, so the record has no identity")

    def _looked_up(self, rows: ir.Table) -> tuple[ir.Table, dict[Join, str]]:
        """Return the records with a column for each join that gives one object at most, and the names of these."""
        columns: dict[Join, str] = {}
        for _, join in self._joined_pairs():
            name = f"#join{len(columns)}"
            found = None if join in columns else looked_up(self.engine, rows, join, self.parent(join), name)
            if found is not None:
                rows, columns[join] = found, name
        return rows, columns

    def _wide(self, rows: ir.Table, columns: dict[Join, str]) -> Iterator[tuple[TermTable, list[Rejection]]]:
        slots = self._slots(rows)
        slots.check(SUBJECT, self.triples_map.subject)
        statements = [
            statement
            for pair, term in self._terms()
            if not self._lists(rows, pair, term)
            for statement in slots.statements(self.triples_map, pair, slots.term(term, pair.condition), term.targets)
        ]
        for pair, join in self._joined_pairs():
            if join in columns:
                value = slots.column(rows[columns[join]], pair.condition)
                statements += slots.statements(self.triples_map, pair, self._object(join, value))
        if statements or slots.checks:
            keep = self.engine.defer if self._is_deferred() else self.engine.materialise
            table, found = self._kept_as(keep, rows, slots, statements)
            yield replace(table, unique=self._is_unique()), found

    def _is_unique(self) -> bool:
        """Tell whether the wide table has one row a record."""
        source = self.records.lowered.source
        several = list_columns(self.records.table, self.triples_map.subject.expression)
        return isinstance(source, LogicalSource) and not source.each and not several

    def _is_deferred(self) -> bool:
        """Tell whether the wide table is computed as it is read; a release reads it often."""
        return self._is_unique() and not self.policy.strict

    def _reads(self, joins: Iterable[Join]) -> frozenset[Source]:
        """Return the sources of the wide table, which has these joins, where it is computed as it is read."""
        parents = (self.parent(join).triples_map.source for join in joins)
        return frozenset((self.triples_map.source, *parents) if self._is_deferred() else ())

    def _narrow(self, rows: ir.Table) -> Iterator[tuple[TermTable, list[Rejection]]]:
        for pair, term in self._terms():
            lists = self._lists(rows, pair, term)
            if lists:
                elements = unnested(rows, lists)
                slots = self._slots(elements)
                value = slots.term(term, pair.condition)
                yield self._materialise(elements, slots, slots.statements(self.triples_map, pair, value, term.targets))

    def _joins(self, rows: ir.Table, columns: dict[Join, str]) -> Iterator[tuple[TermTable, list[Rejection]]]:
        for pair, join in self._joined_pairs():
            if join not in columns:
                found = joined(self._kept(rows, pair), self.records, join, self.parent(join))
                slots = self._slots(found)
                value = self._object(join, slots.column(found[JOINED], None))
                yield self._materialise(found, slots, slots.statements(self.triples_map, pair, value))

    def _object(self, join: Join, value: Column) -> Term:
        subject = self.parent(join).triples_map.subject
        return Term(replace(value, before=beginning(subject)), subject.kind)

    def _dangling(self, rows: ir.Table) -> Iterator[Rejection]:
        pairs = self._joined_pairs() if self.policy.strict else ()
        joins = [(join, self.parent(join)) for _, join in pairs if not join.optional]
        return dangling(self.engine, rows, self.records, joins)

    def _terms(self) -> Iterator[tuple[PredicateObjectMap, TermMap]]:
        for pair in self.triples_map.predicate_objects:
            yield from ((pair, term) for term in pair.objects if isinstance(term, TermMap))

    def _joined_pairs(self) -> Iterator[tuple[PredicateObjectMap, Join]]:
        for pair in self.triples_map.predicate_objects:
            yield from ((pair, join) for join in pair.objects if isinstance(join, Join))

    def _kept(self, rows: ir.Table, pair: PredicateObjectMap) -> ir.Table:
        return rows if pair.condition is None else rows.filter(truth(pair.condition, rows))

    def _lists(self, rows: ir.Table, pair: PredicateObjectMap, term: TermMap) -> tuple[str, ...]:
        maps = (*pair.predicates, *pair.graphs, *self.triples_map.graphs)
        return list_columns(rows, term.expression, term.datatype, term.language, *(each.expression for each in maps))

    def _slots(self, rows: ir.Table) -> Slots:
        return Slots(rows, self.triples_map.base, self.records.lowered)

    def _materialise(
        self, rows: ir.Table, slots: Slots, statements: list[Statement]
    ) -> tuple[TermTable, list[Rejection]]:
        return self._kept_as(self.engine.materialise, rows, slots, statements)

    def _kept_as(
        self, keep: Callable[[str, ir.Table], ir.Table], rows: ir.Table, slots: Slots, statements: list[Statement]
    ) -> tuple[TermTable, list[Rejection]]:
        opened = self.records.input
        located = {name: rows[name] for name in opened.locator}
        columns = {**located, SUBJECT: rows[_SUBJECT], **slots.columns}
        table = keep("terms", rows.select(**columns))
        wrong = list(misfits(self.engine, table, opened, slots.checks))
        rejections = [rejection for misfit in wrong for rejection in misfit.rejections]
        if wrong and self.policy.spare:
            kept, statements, rejections = spared(table, SUBJECT, statements, wrong)
            table = self.engine.materialise("terms", kept)
        name, origin = table_name(table), self.triples_map.name
        subject = Column(SUBJECT, beginning(self.triples_map.subject))
        return TermTable(name, opened.file_slot, origin, subject, tuple(statements)), rejections

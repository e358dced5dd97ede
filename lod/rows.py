"""Rows of a term table on their way to a sink, and the statements that they stand for."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, reduce
from itertools import groupby

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from lod.arrow import NO_TEXT, after, scalar
from lod.quad import SCHEMA
from lod.term_table import Column, Constant, Slot, Statement, Term, TermTable
from lod.terms import Kind


@dataclass(frozen=True)
class Terms:
    """Terms of one kind, datatype and language: one text for all rows, or a text a row (null: not in this row).

    before: what stands before each text.
    """

    before: str
    rest: str | pa.Array
    kind: Kind
    datatype: str | None = None
    language: str | None = None

    @cached_property
    def texts(self) -> str | pa.Array:
        """The texts whole."""
        return self.before + self.rest if isinstance(self.rest, str) else after(self.before, self.rest)


@dataclass(frozen=True)
class Rows:
    """A batch of a term table's rows: the columns that the table's slots name, all text."""

    table: TermTable
    batch: pa.RecordBatch

    @cached_property
    def said(self) -> tuple[Statement, ...]:
        """The table's statements in the order of documents: by predicate, then by object where that is constant."""
        return tuple(sorted(dict.fromkeys(self.table.statements), key=_place))

    def by_predicate(self) -> Iterator[tuple[str, list[Statement]]]:
        """Yield each predicate with its statements, of a table whose predicates are constant (see `is_simple`)."""
        for predicate, same in groupby(self.said, key=lambda statement: statement.predicate):
            if isinstance(predicate, Constant):
                yield predicate.value, list(same)

    def column(self, slot: Slot | None) -> pa.Array:
        """Return a slot's text in each row."""
        if isinstance(slot, Column):
            return after(slot.before, self.batch[slot.name])
        return pa.repeat(scalar(slot.value) if slot else NO_TEXT, len(self.batch))

    def parted(self, slot: Slot) -> tuple[str, str | pa.Array]:
        """Return what a slot's text begins with in each row, and how it goes on: in each alike, or a text a row."""
        return (slot.before, self.batch[slot.name]) if isinstance(slot, Column) else ("", slot.value)

    def terms(self, term: Term) -> Iterator[Terms]:
        """Yield a term's texts by datatype and language: each row's stands in one of the yielded arrays."""
        for datatype, typed in self._distinct(term.datatype):
            for language, tagged in self._distinct(term.language):
                masks = [mask for mask in (typed, tagged) if mask is not None]
                before, rest = self.parted(term.value)
                for mask in masks:
                    rest = pc.if_else(mask, rest, NO_TEXT)
                yield Terms(before, rest, term.kind, datatype, language)

    def _distinct(self, slot: Slot | None) -> Iterator[tuple[str | None, pa.Array | None]]:
        """Yield each text of a slot with a mask of its rows; no mask: all of them."""
        if not isinstance(slot, Column):
            yield slot.value if slot else None, None
            return
        column = self.column(slot)
        for text in pc.unique(column):
            yield text.as_py(), pc.equal(column, text) if text.is_valid else pc.is_null(column)

    def count(self) -> int:
        """Return how many statements the rows stand for."""
        return sum(self._count(statement) for statement in self.said)

    def _count(self, statement: Statement) -> int:
        present = _present(statement, self.batch)
        return len(self.batch) if present is None else int(present.true_count)

    def sizes(self) -> np.ndarray:
        """Return how many statements each row stands for."""
        return sum(map(self._mask, self.said), np.zeros(len(self.batch), dtype=np.int64))

    def statements(self) -> pa.RecordBatch:
        """Return the statements (`quad.SCHEMA`), row by row, each row's in the order of `said`."""
        said = self.said
        grid = np.stack([self._mask(statement) for statement in said], axis=1)
        row, which = np.nonzero(grid)
        places = _Places(self, pa.array(row), pa.array(which), pa.array(which * len(self.batch) + row))
        terms = [statement.object for statement in said]
        columns = {
            "subject": places.gather([self.table.subject] * len(said)),
            "predicate": places.gather([statement.predicate for statement in said]),
            "object": places.gather([term.value for term in terms]),
            "kind": pa.array([int(term.kind) for term in terms], pa.int8()).take(places.which),
            "datatype": places.gather([term.datatype for term in terms]),
            "language": places.gather([term.language for term in terms]),
            "graph": places.gather([statement.graph or Constant("") for statement in said]),
        }
        return pa.record_batch(list(columns.values()), schema=SCHEMA)

    def _mask(self, statement: Statement) -> np.ndarray:
        present = _present(statement, self.batch)
        return np.ones(len(self.batch), dtype=bool) if present is None else present.to_numpy(zero_copy_only=False)


def is_simple(table: TermTable) -> bool:
    """Tell whether a row's statements are in order as `Rows.said` has them, and none can stand twice.

    So it is where every predicate is constant and has one object, or several constant IRIs (classes).
    """
    found: dict[Slot, list[Statement]] = {}
    for statement in dict.fromkeys(table.statements):
        found.setdefault(statement.predicate, []).append(statement)
    constant = all(isinstance(predicate, Constant) for predicate in found)
    return constant and all(len(same) == 1 or all(map(_is_fixed, same)) for same in found.values())


def graphs_of(rows: Rows) -> list[str] | None:
    """Return the graphs of a table's statements in order, or None where a row itself says its graph."""
    graphs = {statement.graph or Constant("") for statement in rows.said}
    constant = [graph.value for graph in graphs if isinstance(graph, Constant)]
    return sorted(constant) if len(constant) == len(graphs) else None


def _is_fixed(statement: Statement) -> bool:
    term = statement.object
    plain = isinstance(term.value, Constant) and term.datatype is None and term.language is None
    return plain and statement.graph is None


def _place(statement: Statement) -> tuple[str, str]:
    predicate, value = statement.predicate, statement.object.value
    return (
        f"{predicate.value}>" if isinstance(predicate, Constant) else "",
        value.value if isinstance(value, Constant) else "",
    )


def _present(statement: Statement, rows: pa.RecordBatch) -> pa.BooleanArray | None:
    """Return a mask of the rows that make a statement; None where all do."""
    slots = (statement.predicate, statement.object.value, statement.graph)
    masks = [rows[slot.name].is_valid() for slot in slots if isinstance(slot, Column) and rows[slot.name].null_count]
    return reduce(pc.and_, masks) if masks else None


@dataclass(frozen=True)
class _Places:
    """Which row, which statement, and which place in the statements' columns laid end to end, each statement has."""

    rows: Rows
    row: pa.Array
    which: pa.Array
    end_to_end: pa.Array

    def gather(self, slots: Sequence[Slot | None]) -> pa.Array:
        """Return one column of the statements."""
        if all(slot == slots[0] for slot in slots) and isinstance(slots[0], Column):
            return self.rows.column(slots[0]).take(self.row)
        if not any(isinstance(slot, Column) for slot in slots):
            texts = [slot.value if isinstance(slot, Constant) else None for slot in slots]
            return pa.array(texts, pa.string()).take(self.which)
        return pa.concat_arrays([self.rows.column(slot) for slot in slots]).take(self.end_to_end)

"""Statements in the order in which documents are written: by subject, predicate and object, none twice.

Each term table is sorted by subject in the engine, row by row, which is far less to sort than its statements; the
tables then merge, batch by batch, and only where a subject has several rows is anything sorted again.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import ibis
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from lod.engine import Engine
from lod.term_table import Column, Constant, Slot, Statement, TermTable
from lod.triples import SCHEMA, TRIPLE

_KEY = "_key"


def in_order(engine: Engine, tables: Sequence[TermTable], *more: pa.Table) -> Iterator[pa.RecordBatch]:
    """Yield the statements of term tables, and of tables of statements, in batches of `triples.SCHEMA`.

    The order is that of N-Quads lines up to the object: `<a/b>` stands before `<a>` there, as `>` ends an IRI.
    """
    streams = [_Stream(_sorted_rows(engine, table), table) for table in tables if table.statements]
    streams += [_Stream(_sorted_statements(table), None) for table in more]
    for pieces in _merged(streams):
        if len(pieces) == 1 and pieces[0].settled:
            yield pieces[0].statements
        else:
            yield from _distinct(pa.Table.from_batches([piece.statements for piece in pieces], SCHEMA)).to_batches()


def _sorted_rows(engine: Engine, table: TermTable) -> Iterator[pa.RecordBatch]:
    rows = engine.table(table.name)
    subject = rows[table.subject.name] if isinstance(table.subject, Column) else ibis.literal(table.subject.value)
    keyed = rows.mutate(**{_KEY: ibis.ifelse(subject.startswith("_:"), "~" + subject, subject + ">")})
    return engine.batches(keyed.order_by(_KEY))


def _sorted_statements(table: pa.Table) -> Iterator[pa.RecordBatch]:
    keyed = table.append_column(_KEY, _subject_keys(table["subject"]))
    yield from keyed.sort_by(_KEY).to_batches()


@dataclass(frozen=True)
class _Piece:
    """Statements of one table; settled: whether they are in order, and none stands twice, as they are."""

    statements: pa.RecordBatch
    settled: bool


class _Stream:
    """The rows of one table, sorted by key, with the batch that stands first."""

    def __init__(self, batches: Iterator[pa.RecordBatch], table: TermTable | None) -> None:
        self._batches, self._table = batches, table
        self._simple = table is not None and _is_simple(table)
        self.head: pa.RecordBatch | None = None
        self.ended = False
        self.fill()

    def fill(self) -> None:
        """Read on until the head holds two keys at least, or the stream ends: a key may continue in the next batch."""
        while not self.ended and (self.head is None or self.first == self.last):
            batch = next(self._batches, None)
            if batch is None:
                self.ended = True
            elif len(batch):
                self.head = batch if self.head is None else pa.concat_batches([self.head, batch])

    @property
    def first(self) -> str:
        """The head's first key."""
        return str(self.head[_KEY][0].as_py()) if self.head is not None else ""

    @property
    def last(self) -> str:
        """The head's last key."""
        return str(self.head[_KEY][-1].as_py()) if self.head is not None else ""

    def take(self, below: str | None) -> _Piece | None:
        """Return the statements of the rows with a key below this one (None: of all), and take them off the head."""
        if self.head is None:
            return None
        count = len(self.head) if below is None else pc.sum(pc.less(self.head[_KEY], below)).as_py()
        rows, rest = self.head.slice(0, count), self.head.slice(count)
        self.head = rest if len(rest) else None
        self.fill()
        if not len(rows):
            return None
        if self._table is None:
            return _Piece(rows.select(TRIPLE), settled=False)
        return _Piece(expand(self._table, rows), settled=self._simple and _rising(rows[_KEY]))


def _is_simple(table: TermTable) -> bool:
    """Tell whether no two statements of a row have one predicate, so that its order is that of its predicates."""
    predicates = [statement.predicate for statement in table.statements]
    return all(isinstance(each, Constant) for each in predicates) and len(set(predicates)) == len(predicates)


def _rising(keys: pa.Array) -> bool:
    return pc.all(pc.greater(keys.slice(1), keys.slice(0, len(keys) - 1))).as_py() is not False


def _merged(streams: list[_Stream]) -> Iterator[list[_Piece]]:
    """Yield the statements of all streams up to a key that each of them has reached, again and again."""
    while any(stream.head is not None for stream in streams):
        open_ends = [stream.last for stream in streams if not stream.ended and stream.head is not None]
        below = min(open_ends, key=str.encode) if open_ends else None
        taken = [stream.take(below) for stream in streams]
        yield [piece for piece in taken if piece is not None]


def expand(table: TermTable, rows: pa.RecordBatch) -> pa.RecordBatch:
    """Return the statements of a term table's rows, row by row, each row's in the order of its predicates."""
    ordered = sorted(table.statements, key=_predicate)
    grid = np.stack([_present(statement, rows) for statement in ordered], axis=1)
    row, which = np.nonzero(grid)
    places = _Places(rows, pa.array(row), pa.array(which), pa.array(which * len(rows) + row))
    terms = [statement.object for statement in ordered]
    columns = {
        "subject": places.gather([table.subject] * len(ordered)),
        "predicate": places.gather([statement.predicate for statement in ordered]),
        "object": places.gather([term.value for term in terms]),
        "kind": pa.array([int(term.kind) for term in terms], pa.int8()).take(places.which),
        "datatype": places.gather([term.datatype for term in terms]),
        "language": places.gather([term.language for term in terms]),
        "graph": places.gather([statement.graph or Constant("") for statement in ordered]),
    }
    return pa.record_batch(list(columns.values()), schema=SCHEMA)


def _predicate(statement: Statement) -> str:
    return f"{statement.predicate.value}>" if isinstance(statement.predicate, Constant) else ""


def _present(statement: Statement, rows: pa.RecordBatch) -> np.ndarray:
    present = np.ones(len(rows), dtype=bool)
    for slot in (statement.predicate, statement.object.value, statement.graph):
        if isinstance(slot, Column) and rows[slot.name].null_count:
            present &= rows[slot.name].is_valid().to_numpy(zero_copy_only=False)
    return present


@dataclass(frozen=True)
class _Places:
    """Which row, which statement, and which place in the statements' columns laid end to end, each statement has."""

    rows: pa.RecordBatch
    row: pa.Array
    which: pa.Array
    end_to_end: pa.Array

    def gather(self, slots: Sequence[Slot | None]) -> pa.Array:
        """Return one column of the statements."""
        if all(slot == slots[0] for slot in slots) and isinstance(slots[0], Column):
            return self.rows[slots[0].name].take(self.row)
        if not any(isinstance(slot, Column) for slot in slots):
            texts = [slot.value if isinstance(slot, Constant) else None for slot in slots]
            return pa.array(texts, pa.string()).take(self.which)
        return pa.concat_arrays([self._column(slot) for slot in slots]).take(self.end_to_end)

    def _column(self, slot: Slot | None) -> pa.Array:
        if isinstance(slot, Column):
            return self.rows[slot.name]
        return pa.repeat(pa.scalar(slot.value if slot else None, pa.string()), len(self.rows))


def _distinct(statements: pa.Table) -> pa.Table:
    """Return statements sorted, and without those that stand twice."""
    keys = _keys(statements)
    if not _rising(keys):
        order = pc.sort_indices(keys)
        statements, keys = statements.take(order), keys.take(order)
    before = pa.concat_arrays([pa.nulls(1, pa.string()), keys.slice(0, len(keys) - 1)])
    return statements.filter(pc.fill_null(pc.not_equal(keys, before), True))


def _subject_keys(subjects: pa.ChunkedArray) -> pa.ChunkedArray:
    """Return a text per subject that sorts as N-Quads sorts: `<a/b>` before `<a>`, and a blank node after every IRI."""
    iris = pc.binary_join_element_wise(subjects, ">", "")
    blank = pc.starts_with(subjects, "_:")
    return pc.if_else(blank, pc.binary_join_element_wise("~", subjects, ""), iris) if pc.any(blank).as_py() else iris


def _keys(statements: pa.Table) -> pa.Array:
    """Return a text per statement that sorts as its line does: the separator sorts before whatever may follow."""
    parts: Iterable[pa.ChunkedArray | str] = (
        _subject_keys(statements["subject"]),
        "\x00",
        statements["predicate"],
        ">\x00",
        statements["kind"].cast(pa.string()),
        statements["object"],
        "\x00",
        statements["datatype"],
        "\x00",
        statements["language"],
        "\x00",
        statements["graph"],
    )
    joined = pc.binary_join_element_wise(*parts, "", null_handling="replace", null_replacement="")
    return joined.combine_chunks()

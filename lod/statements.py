"""Statements in the order in which documents are written: by subject, predicate and object, none twice.

Each term table is sorted by subject in the engine, row by row, which is far less to sort than its statements; the
tables then merge, batch by batch, and only where a subject has several rows is anything sorted again.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from operator import itemgetter
from typing import NamedTuple

import ibis
import ibis.expr.types as ir
import pyarrow as pa
import pyarrow.compute as pc

from lod.engine import Engine
from lod.formats.sink import Piece
from lod.quad import SCHEMA
from lod.rows import Rows, is_simple
from lod.term_table import Column, TermTable


def in_order(engine: Engine, tables: Sequence[TermTable], *more: pa.Table) -> Iterator[Piece]:
    """Yield the statements of term tables, and of tables of statements (`quad.SCHEMA`), in pieces of whole subjects.

    A piece is rows whose statements are in order as they stand and none twice, or a batch of statements. The order is
    that of N-Quads lines up to the object: `<a/b>` stands before `<a>` there, as `>` ends an IRI.
    """
    streams = [_Stream(_sorted_rows(engine, table), table) for table in tables if table.statements]
    streams += [_Stream(_sorted_statements(table), None) for table in more]
    for rows in _merged(streams):
        if len(rows) == 1 and _is_settled(rows[0]):
            yield rows[0]
        else:
            yield from _distinct(rows)


def as_they_come(engine: Engine, tables: Iterable[TermTable]) -> Iterator[Piece]:
    """Yield the statements of term tables unsorted; a statement of several rows stands as often."""
    for table in tables:
        if table.statements:
            for batch in engine.batches(_needed(engine, table)):
                rows = Rows(table, batch)
                yield from [rows] if is_simple(table) else _distinct([rows])


def _is_settled(piece: Piece) -> bool:
    if not isinstance(piece, Rows) or not is_simple(piece.table):
        return False
    subjects = piece.column(piece.table.subject)
    return not pc.any(pc.equal(subjects.slice(1), subjects.slice(0, len(subjects) - 1))).as_py()


def _sorted_rows(engine: Engine, table: TermTable) -> Iterator[pa.RecordBatch]:
    rows = _needed(engine, table)
    return engine.batches(rows.order_by(_key(table.subject, rows)) if isinstance(table.subject, Column) else rows)


def _needed(engine: Engine, table: TermTable) -> ir.Table:
    return engine.table(table.name).select(*table.columns)


def _key(subject: Column, rows: ir.Table) -> ir.StringValue:
    """Return what rows are sorted by; what stands before the subject in each row does not change their order."""
    text = rows[subject.name]
    if subject.before:
        return text if subject.before.startswith("_:") else text + ">"
    return ibis.ifelse(text.startswith("_:"), "~" + text, text + ">")


def _sorted_statements(table: pa.Table) -> Iterator[pa.RecordBatch]:
    order = pc.sort_indices(_subject_keys(table["subject"]))
    yield from table.take(order).to_batches()


class _Taken(NamedTuple):
    """A piece, and the keys of its first subject and its last."""

    first: bytes
    last: bytes
    piece: Piece


class _Stream:
    """The rows of one term table, or statements (no table), sorted by subject: the batch that stands first is read."""

    def __init__(self, batches: Iterator[pa.RecordBatch], table: TermTable | None) -> None:
        self._batches, self._table = batches, table
        self.head: pa.RecordBatch | None = None
        self.ended = False
        self.fill()

    def fill(self) -> None:
        """Read on until the head holds two subjects at least, or the stream ends: one may go on in the next batch."""
        waiting = [] if self.head is None else [self.head]
        while not self.ended and (not waiting or self._key(waiting[0], 0) == self._key(waiting[-1], -1)):
            batch = next(self._batches, None)
            if batch is None:
                self.ended = True
            elif len(batch):
                waiting.append(batch)
        self.head = pa.concat_batches(waiting) if waiting else None

    @property
    def last(self) -> bytes:
        """The key of the head's last subject."""
        return b"" if self.head is None else self._key(self.head, -1)

    def take(self, below: bytes | None) -> _Taken | None:
        """Return the rows with a key below this one (None: all), and take them off the head; None: no such row."""
        if self.head is None:
            return None
        head, places = self.head, range(len(self.head))
        count = len(head) if below is None else bisect_left(places, below, key=lambda place: self._key(head, place))
        if not count:
            return None
        rows, rest = head.slice(0, count), head.slice(count)
        self.head = rest if len(rest) else None
        self.fill()
        piece = rows if self._table is None else Rows(self._table, rows)
        return _Taken(self._key(rows, 0), self._key(rows, -1), piece)

    def _key(self, batch: pa.RecordBatch, place: int) -> bytes:
        slot = Column("subject") if self._table is None else self._table.subject
        subject = slot.before + batch[slot.name][place].as_py() if isinstance(slot, Column) else slot.value
        return (f"~{subject}" if subject.startswith("_:") else f"{subject}>").encode()


def _merged(streams: list[_Stream]) -> Iterator[list[Piece]]:
    """Yield the rows of all streams up to a subject that each of them has reached, again and again, in order."""
    while any(stream.head is not None for stream in streams):
        open_ends = [stream.last for stream in streams if not stream.ended and stream.head is not None]
        below = min(open_ends, default=None)
        taken = [stream.take(below) for stream in streams]
        yield from _apart(sorted((each for each in taken if each is not None), key=itemgetter(0)))


def _apart(taken: Iterable[_Taken]) -> Iterator[list[Piece]]:
    """Yield the pieces that share a range of subjects together, and each other one alone."""
    together: list[Piece] = []
    last = b""
    for each in taken:
        if together and each.first > last:
            yield together
            together = []
        together.append(each.piece)
        last = max(last, each.last)
    if together:
        yield together


def _distinct(pieces: Iterable[Piece]) -> list[pa.RecordBatch]:
    """Return the statements of pieces as one batch (none: no batch), sorted, each once."""
    batches = [piece.statements() if isinstance(piece, Rows) else piece for piece in pieces]
    statements = pa.Table.from_batches(batches, SCHEMA)
    keys = _keys(statements)
    if len(keys) > 1 and not pc.all(pc.greater(keys.slice(1), keys.slice(0, len(keys) - 1))).as_py():
        order = pc.sort_indices(keys)
        statements, keys = statements.take(order), keys.take(order)
        again = pc.equal(keys.slice(1), keys.slice(0, len(keys) - 1))
        statements = statements.filter(pa.concat_arrays([pa.array([True]), pc.invert(again)]))
    return list(statements.combine_chunks().to_batches())


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

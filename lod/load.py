"""RDF files loaded into term tables: what was published elsewhere is asked as what was mapped here."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from lod.engine import DuckDbEngine
from lod.errors import LodError
from lod.formats.lines import statements
from lod.term_table import FILE, Column, Constant, Slot, Statement, Term, TermTable
from lod.terms import Kind

_MOST_TABLES = 400
_CHUNK_ROWS = 200_000


class _Group(NamedTuple):
    """What the statements of a table have in common; of a table for the rest, the kind of their values alone."""

    predicate: str | None
    kind: int
    datatype: str | None = None
    language: str | None = None


@dataclass
class _Filling:
    """A table that is being filled: what waits to go into it, and its name when something is in it."""

    waiting: list[pa.Table] = field(default_factory=list)
    name: str | None = None


def load(engine: DuckDbEngine, files: Sequence[Path], error: type[LodError]) -> list[TermTable]:
    """Return the statements of RDF files, all graphs merged, as term tables.

    A table holds one property with one kind, datatype and language of values, so that who asks for a property reads
    that alone; where there are very many, the rest share one a kind. A row's number is its line in N-Triples and
    N-Quads, and null elsewhere. Raises `error`, with file and line, where a file cannot be read.
    """
    fillings: dict[_Group, _Filling] = {}
    for number, path in enumerate(files):
        scope = f"f{number}" if len(files) > 1 else ""
        for batch in statements(path, str(path), scope, error):
            for group, rows in _grouped(batch, fillings):
                _fill(engine, fillings.setdefault(group, _Filling()), rows, str(path))
    for filling in fillings.values():
        _flush(engine, filling)
    return [_table(group, filling) for group, filling in fillings.items()]


def _grouped(batch: pa.RecordBatch, known: dict[_Group, _Filling]) -> Iterator[tuple[_Group, pa.Table]]:
    """Yield the rows of a batch by what they have in common, in their order."""
    names = ("predicate", "kind", "datatype", "language")
    codes = [pc.fill_null(batch[name].dictionary_encode().indices, -1).to_numpy() for name in names]
    combined = np.zeros(len(batch), np.int64)
    for column in codes:
        combined = combined * (int(column.max(initial=0)) + 2) + column + 1
    order = np.argsort(combined, kind="stable")
    starts = np.flatnonzero(np.diff(combined[order], prepend=-1)).tolist()
    rows = pa.Table.from_batches([batch]).take(pa.array(order))
    for start, end in pairwise([*starts, len(batch)]):
        part = rows.slice(start, end - start)
        group = _Group(*(part[name][0].as_py() for name in names))
        if group not in known and len(known) >= _MOST_TABLES:
            group = _Group(None, group.kind)
        yield group, part.drop_columns([] if group.predicate is None else list(names))


def _fill(engine: DuckDbEngine, filling: _Filling, rows: pa.Table, file: str) -> None:
    filling.waiting.append(rows.append_column(FILE, pa.repeat(file, len(rows)).dictionary_encode().cast(pa.string())))
    if sum(map(len, filling.waiting)) >= _CHUNK_ROWS:
        _flush(engine, filling)


def _flush(engine: DuckDbEngine, filling: _Filling) -> None:
    rows = pa.concat_tables(filling.waiting) if filling.waiting else None
    if rows is not None:
        filling.name = engine.insert("statements", filling.name, rows)
    filling.waiting.clear()


def _table(group: _Group, filling: _Filling) -> TermTable:
    if group.predicate is None:
        predicate: Slot = Column("predicate")
        term = Term(Column("object"), Kind(group.kind), Column("datatype"), Column("language"))
    else:
        predicate = Constant(group.predicate)
        datatype, language = (Constant(each) if each else None for each in (group.datatype, group.language))
        term = Term(Column("object"), Kind(group.kind), datatype, language)
    statement = Statement(predicate, term)
    return TermTable(filling.name or "", Column(FILE), "loaded", Column("subject"), (statement,))

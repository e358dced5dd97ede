"""Statements come in order and none twice, whatever tables they lie in: held to a sort in plain Python."""

from collections.abc import Iterator

import pyarrow as pa
import pytest
from generated_quads import batches_of
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lod import statements
from lod.engine import Engine, open_engine, table_name
from lod.quad import Quad, quads, quads_table
from lod.rows import Rows
from lod.statements import as_they_come, in_order
from lod.term_table import ROW, Column, Constant, Statement, Term, TermTable
from lod.terms import Kind

SUBJECTS = st.sampled_from(["http://e/a", "http://e/a/b", "http://e/a-b", "http://e/ab", "http://e/é", "http://e/😀"])
CELLS = st.one_of(st.none(), st.sampled_from(["", "x", "x y", "é", "\t"]))
ROWS = st.lists(st.tuples(SUBJECTS, CELLS, CELLS, st.sampled_from(["en", "az", None])), max_size=12)
STATEMENTS = (
    Statement(Constant("http://e/p/q"), Term(Column("c0"), Kind.LITERAL, language=Column("c2"))),
    Statement(Constant("http://e/p"), Term(Column("c1"), Kind.LITERAL)),
    Statement(Constant("http://e/p"), Term(Column("c0"), Kind.LITERAL), Constant("http://e/graph")),
    Statement(Constant("http://e/type"), Term(Constant("http://e/T"), Kind.IRI)),
)
Row = tuple[str, str | None, str | None, str | None]


@pytest.fixture(scope="module")
def engine() -> Iterator[Engine]:
    with open_engine() as opened:
        yield opened


def expected(rows: list[Row]) -> list[Quad]:
    found = set()
    for subject, first, second, language in rows:
        found |= {Quad(subject, "http://e/type", "http://e/T")}
        if first is not None:
            found |= {Quad(subject, "http://e/p/q", first, 0, None, language)}
            found |= {Quad(subject, "http://e/p", first, 0, graph="http://e/graph")}
        if second is not None:
            found |= {Quad(subject, "http://e/p", second, 0)}
    return sorted(found, key=line)


def line(quad: Quad) -> tuple[object, ...]:
    return (f"{quad.subject}>", f"{quad.predicate}>", *quad[2:4], quad.datatype or "", quad.language or "", quad.graph)


def term_table(engine: Engine, rows: list[Row], chosen: tuple[Statement, ...]) -> TermTable:
    names = [ROW, "subject", "c0", "c1", "c2"]
    kinds = [pa.int64(), *[pa.string()] * 4]
    columns = zip(*((number, *row) for number, row in enumerate(rows)), strict=True) if rows else ([] for _ in names)
    arrays = [pa.array(column, kind) for column, kind in zip(columns, kinds, strict=True)]
    table = engine.materialise("terms", pa.table(arrays, names=names))
    return TermTable(table_name(table), Constant("file.csv"), "map", Column("subject"), chosen)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(ROWS, ROWS, st.integers(1, 3))
def test_tables_merge_into_one_order(
    engine: Engine, monkeypatch: pytest.MonkeyPatch, first: list[Row], second: list[Row], size: int
) -> None:
    rebatched = Engine.batches
    monkeypatch.setattr(Engine, "batches", lambda self, expression: _cut(rebatched(self, expression), size))
    tables = [term_table(engine, first, STATEMENTS), term_table(engine, second, STATEMENTS[2:])]
    more = quads_table([Quad("http://e/a/b", "http://e/p", "x", 0), Quad("http://e/z", "http://e/p", "x", 0)])
    got = list(quads(batches_of(in_order(engine, tables, more))))
    monkeypatch.undo()
    extra = [quad for quad in expected(second) if quad.graph or quad.predicate == "http://e/type"]
    assert got == sorted({*expected(first), *extra, *quads(more.to_batches())}, key=line)


def test_rows_that_say_nothing_make_no_statement(engine: Engine) -> None:
    silent: list[Row] = [("http://e/a", None, None, None)] * 2
    tables = [term_table(engine, silent, STATEMENTS[:2])]
    assert list(quads(batches_of(in_order(engine, tables)))) == []
    assert list(quads(batches_of(as_they_come(engine, tables)))) == []


def _cut(batches: Iterator[pa.RecordBatch], size: int) -> Iterator[pa.RecordBatch]:
    for batch in batches:
        yield from (batch.slice(start, size) for start in range(0, len(batch), size))


def test_a_settled_piece_is_not_sorted_again(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    rows: list[Row] = [("http://e/b", "2", "3", None), ("http://e/a", "1", None, "en")]
    monkeypatch.setattr(statements, "_distinct", None)
    pieces = list(in_order(engine, [term_table(engine, rows, (STATEMENTS[0], STATEMENTS[1], STATEMENTS[3]))]))
    said = [quad for quad in expected(rows) if not quad.graph]
    assert all(isinstance(piece, Rows) for piece in pieces)
    assert list(quads(batches_of(pieces))) == said
    assert sum(piece.count() for piece in pieces) == len(said)


def test_unsorted_statements_are_those_of_each_row(engine: Engine) -> None:
    rows: list[Row] = [("http://e/b", "2", "3", None), ("http://e/a", "1", None, "en"), ("http://e/b", "2", "3", None)]
    pieces = as_they_come(engine, [term_table(engine, rows, (STATEMENTS[0], STATEMENTS[3]))])
    got = list(quads(batches_of(pieces)))
    chosen = ("http://e/p/q", "http://e/type")
    assert got == [quad for row in rows for quad in expected([row]) if quad.predicate in chosen]

"""Where a dump is cut into parts: between subjects, and at the same place however the statements come."""

from collections.abc import Iterator
from itertools import groupby

import pyarrow as pa
from generated_quads import batches_of, wide_rows
from hypothesis import given
from hypothesis import strategies as st

from lod.formats import Piece, parts
from lod.quad import Quad, quads
from lod.rows import Rows


def plainly(statements: list[Quad], most: int) -> list[list[Quad]]:
    """Cut after the subject that fills a part."""
    found: list[list[Quad]] = [[]]
    for _, same in groupby(statements, key=lambda quad: quad.subject):
        if len(found[-1]) >= most:
            found.append([])
        found[-1] += same
    return found


def pieces(rows: Rows, size: int, *, as_rows: bool) -> Iterator[Piece]:
    """Yield rows in pieces of some subjects, as rows or as statements."""
    for start in range(0, len(rows.batch), size):
        piece = Rows(rows.table, rows.batch.slice(start, size))
        yield piece if as_rows else piece.statements()


@given(rows=wide_rows(), most=st.integers(1, 12), size=st.integers(1, 5), as_rows=st.booleans())
def test_the_cut_depends_on_the_statements_alone(rows: Rows, most: int, size: int, as_rows: bool) -> None:
    cut = [list(quads(batches_of(part))) for part in parts(pieces(rows, size, as_rows=as_rows), most)]
    wanted = plainly(list(quads([rows.statements()])), most)
    assert cut == wanted


def test_no_pieces_make_one_empty_part() -> None:
    nothing: list[pa.RecordBatch] = []
    assert [list(part) for part in parts(iter(nothing), 3)] == [[]]
    assert [list(part) for part in parts(iter(nothing), None)] == [[]]

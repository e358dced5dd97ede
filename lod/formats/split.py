"""A dump in parts of whole subjects: where it is cut depends on the statements alone, not on how they come."""

from collections.abc import Iterator

import numpy as np
import pyarrow.compute as pc

from lod.formats.sink import Piece
from lod.rows import Rows


def parts(pieces: Iterator[Piece], most: int | None) -> Iterator[Iterator[Piece]]:
    """Yield the pieces in parts (None: in one), each to be used up before the next.

    A part ends with the subject that brings it to `most` statements. Where there are no pieces, one part is empty.
    """
    if most is None:
        yield pieces
        return
    cutter = _Cutter(pieces, most)
    yield cutter.part()
    while cutter.goes_on:
        yield cutter.part()


class _Cutter:
    def __init__(self, pieces: Iterator[Piece], most: int) -> None:
        self._pieces, self._most = (piece for piece in pieces if _sizes(piece).any()), most
        self._rest = next(self._pieces, None)

    @property
    def goes_on(self) -> bool:
        return self._rest is not None

    def part(self) -> Iterator[Piece]:
        room = self._most
        while room > 0 and self._rest is not None:
            piece, sizes = self._rest, _sizes(self._rest)
            full = _full(piece, sizes, room)
            head, rest = _divided(piece, full)
            self._rest = next(self._pieces, None) if rest is None else rest
            room -= int(sizes[:full].sum())
            yield head


def _sizes(piece: Piece) -> np.ndarray:
    return piece.sizes() if isinstance(piece, Rows) else np.ones(len(piece), dtype=np.int64)


def _full(piece: Piece, sizes: np.ndarray, room: int) -> int:
    """Return how many rows of a piece there is room for: up to the end of a subject, or all that say anything."""
    subjects = piece.column(piece.table.subject) if isinstance(piece, Rows) else piece["subject"]
    last = pc.not_equal(subjects.slice(1), subjects.slice(0, len(subjects) - 1)).to_numpy(zero_copy_only=False)
    ends = np.flatnonzero(np.append(last.astype(bool), True) & (np.cumsum(sizes) >= room))
    end = int(ends[0]) + 1 if len(ends) else len(sizes)
    return end if sizes[end:].any() else len(sizes)


def _divided(piece: Piece, size: int) -> tuple[Piece, Piece | None]:
    batch = piece.batch if isinstance(piece, Rows) else piece
    if size == len(batch):
        return piece, None
    head, rest = batch.slice(0, size), batch.slice(size)
    return (Rows(piece.table, head), Rows(piece.table, rest)) if isinstance(piece, Rows) else (head, rest)

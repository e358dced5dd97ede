"""Cells that hold lines like records: the sign of a quote that is missing, or of one too many."""

import re

from lod.outcome import Note

_MOST_REPEATS = 1000  # of a part of a regular expression, in RE2


def record_shape(delimiter: str, columns: int) -> str | None:
    """Return a pattern (RE2 and Python) that finds, after a cell's first line, a line with a record's many delimiters.

    None where that is no sign of anything (a single column), or cannot be told.
    """
    if not 1 < columns <= _MOST_REPEATS:
        return None
    mark = re.escape(delimiter)
    return rf"\n(?:[^{mark}\r\n]*{mark}){{{columns - 1}}}[^{mark}\r\n]*(?:[\r\n]|$)"


def stray_note(file: str, row: int, column: str, cells: int) -> Note:
    """Return the note on a file in which so many cells hold lines like records, the first of them here."""
    others = f"; so do {cells - 1} other cells" if cells > 1 else ""
    text = f"the cell holds lines that look like records{others}: a quote may be missing here, or one too many"
    return Note(file, row, column, text)

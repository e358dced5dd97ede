"""The lines on which records of a CSV file begin, for those who show them to people."""

from collections.abc import Collection
from pathlib import Path

from lod.inputs.csv.file import open_file
from lod.inputs.files import InputFile
from lod.mapping.model import LogicalSource


def record_lines(path: Path, source: LogicalSource, rows: Collection[int]) -> dict[int, int]:
    """Return the line on which each of these records (numbered from 1) of a file begins, and read no further.

    The file is read as it lies: raises InputError where it is compressed, or not in UTF-8, and OSError.
    """
    file, last = InputFile(str(path), path, path), max(rows, default=0)
    lines = {}
    for number, record in open_file(file, source).records() if rows else ():
        if number in rows:
            lines[number] = record.first
        if number >= last:
            break
    return lines

"""What was written is read again, by a parser that is not ours, before anybody else reads it."""

import csv
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from fractions import Fraction
from functools import partial
from io import TextIOWrapper
from pathlib import Path
from typing import BinaryIO, Final
from zipfile import BadZipFile, ZipFile

import pyarrow as pa
import pyarrow.parquet as pq
import pyoxigraph as ox

from lod.errors import Position, ReleaseError
from lod.formats import CSV, JSONLINES, PARQUET, Format, Prologue, opened
from lod.formats.csv import GRAPH, NODE, ColumnNames
from lod.release.write import Document, Written

_FAILURES: Final = (SyntaxError, ValueError, OSError, EOFError, pa.ArrowException, csv.Error, BadZipFile)


def check_documents(folder: Path, written: Written, prologue: Prologue) -> None:
    """Raise ReleaseError where a document of the dump does not parse, or a form has not all statements."""
    sizes = Counter[str]()
    for document in written.documents:
        sizes[document.form.name] += _statements(folder, document, prologue)
    for name, size in sizes.items():
        if size != written.count:
            files = ", ".join(each.name for each in written.documents if each.form.name == name)
            raise ReleaseError(f"{size} statements were read again of {written.count}", at=Position(files))


def _statements(folder: Path, document: Document, prologue: Prologue) -> int:
    count = _READERS.get(document.form.format, partial(_parsed, document.form.format))
    try:
        with opened(folder / document.name, document.form.compressed) as stream:
            return count(stream, prologue)
    except _FAILURES as error:
        what = f"does not read as {document.form.title}: {error}"
        raise ReleaseError(what, at=Position(document.name)) from error


def _parsed(format_: Format, stream: BinaryIO, prologue: Prologue) -> int:
    syntax = ox.RdfFormat.from_media_type(format_.media_type)
    return sum(1 for _ in ox.parse(stream, format=syntax, base_iri=prologue.base))


def _lines(stream: BinaryIO, _prologue: Prologue) -> int:
    return sum(1 for line in stream for _ in ox.parse(line, format=ox.RdfFormat.JSON_LD))


def _rows(stream: BinaryIO, _prologue: Prologue) -> int:
    return int(pq.ParquetFile(stream).metadata.num_rows)


def _cells(stream: BinaryIO, prologue: Prologue) -> int:
    """Count the values of tables: a node stands in as many of them as it has classes."""
    types = ColumnNames(prologue).types
    count = Fraction()
    for row in _table_rows(stream):
        values = sum(_values(cell) for column, cell in row.items() if column not in (NODE, GRAPH))
        count += Fraction(values, max(_values(row.get(types, "")), 1))
    return round(count)


def _table_rows(stream: BinaryIO) -> Iterator[dict[str, str]]:
    csv.field_size_limit(sys.maxsize)
    with ZipFile(stream) as archive:
        for name in archive.namelist():
            with TextIOWrapper(archive.open(name), encoding="utf-8-sig", newline="") as text:
                yield from csv.DictReader(text, strict=True)


def _values(cell: str) -> int:
    return re.sub(r"\\.", "", cell).count("|") + 1 if cell else 0


_READERS: Final[dict[Format, Callable[[BinaryIO, Prologue], int]]] = {JSONLINES: _lines, PARQUET: _rows, CSV: _cells}

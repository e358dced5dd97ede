"""Delimited text record by record, with Python's `csv`: any dialect, and where in the file each record stands.

https://www.w3.org/TR/tabular-data-model/#parsing
"""

import csv
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple, TextIO

from lod.errors import InputError, MappingError, Position
from lod.mapping.model import Dialect


class Record(NamedTuple):
    """A record: the lines on which it begins and ends, and its cells."""

    first: int
    last: int
    cells: list[str]


def check_dialect(dialect: Dialect, position: Position) -> None:
    """Raise MappingError (at `position`) where marks are not one character each, or cannot be told apart."""
    marks = [mark for mark in (dialect.delimiter, dialect.quote, dialect.comment) if mark is not None]
    if any(len(mark) != 1 or mark in "\r\n\0" for mark in marks) or len(set(marks)) < len(marks):
        named = ", ".join(map(repr, marks))
        hint = "A dialect's delimiter, quote and comment are one character each, and not the same."
        raise MappingError(f"no file can be read with the marks {named}", at=position, hint=hint)


def records(path: Path, name: str, dialect: Dialect) -> Iterator[Record]:
    """Yield each record of a file in UTF-8 that is not a blank line, the header first.

    Raises InputError with the line of a record that does not parse, or of a byte that is not UTF-8.
    """
    csv.field_size_limit(sys.maxsize)
    place = _Place()
    with path.open(encoding="utf-8-sig", newline="") as stream:
        try:
            _skip(stream, place, dialect)
            reader = csv.reader(_lines(stream, place, dialect.comment), **_settings(dialect), strict=True)
            while (cells := _next(reader, place)) is not None:
                if cells:
                    yield Record(place.first, place.last, [cell.strip() for cell in cells] if dialect.trim else cells)
        except csv.Error as error:
            hint = f"A quote inside a quoted cell is written {'twice' if dialect.double_quote else 'after a backslash'}"
            hint += f": {'' if dialect.double_quote else chr(92)}{dialect.quote}{dialect.quote}."
            what = f"the record that begins here does not parse: {error}"
            raise InputError(what, at=Position(name, place.first), hint=hint) from error
        except UnicodeDecodeError as error:
            raise not_utf8(path, name) from error


@dataclass
class _Place:
    """Where reading stands: the line on which the record begins (0: not yet), and the last line read."""

    first: int = 0
    last: int = 0


def _lines(stream: TextIO, place: _Place, comment: str | None) -> Iterator[str]:
    """Yield lines, but those that begin with `comment` where a record could begin."""
    for line in stream:
        place.last += 1
        if not place.first:
            if comment and line.startswith(comment):
                continue
            place.first = place.last
        yield line


def _skip(stream: TextIO, place: _Place, dialect: Dialect) -> None:
    """Pass over rows before the header, which need not be sound."""
    for _ in islice(csv.reader(_lines(stream, place, None), **_settings(dialect)), dialect.skip_rows):
        pass


def _next(reader: Any, place: _Place) -> list[str] | None:
    place.first = 0
    return next(reader, None)


def _settings(dialect: Dialect) -> dict[str, Any]:
    return {
        "delimiter": dialect.delimiter,
        "quotechar": dialect.quote,
        "quoting": csv.QUOTE_MINIMAL if dialect.quote else csv.QUOTE_NONE,
        "doublequote": dialect.double_quote,
        "escapechar": None if dialect.double_quote or not dialect.quote else "\\",
        "skipinitialspace": dialect.trim,
    }


def not_utf8(path: Path, name: str) -> InputError:
    """Return the error that tells the first line that is not UTF-8."""
    hint = "Save the file as UTF-8. Or let the mapping name the encoding that it has."
    with path.open("rb") as stream:
        for number, raw in enumerate(stream, 1):
            try:
                raw.decode("utf-8")
            except UnicodeDecodeError as error:
                return InputError(f"byte 0x{raw[error.start]:02X} is not UTF-8", at=Position(name, number), hint=hint)
    return InputError("is not UTF-8", at=Position(name), hint=hint)

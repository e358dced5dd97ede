"""Records within a text: a JSON value, or a CSV table in a cell. https://kg-construct.github.io/rml-lv/spec/docs/#fields."""

import csv
import io
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from lod.inputs.cells import Cell, Unfit
from lod.inputs.json.path import cells, json_path
from lod.inputs.table import RECORD
from lod.json import Decoder, JsonPath, json_text
from lod.mapping.model import IterableField

# The cells of a record by reference: a list each.
Record = list[list[Cell]]


@dataclass(frozen=True)
class Within:
    """The records within a text, or why there are none."""

    records: list[Record]
    error: str | None = None


def reader(field: IterableField, references: Sequence[str]) -> Callable[[str], Within]:
    """Return what reads the records of an iterable field out of a text, each with the cells of these references.

    RECORD refers to the record itself, as text. Raises MappingError where a path does not parse.
    """
    if field.formulation == "csv":
        return lambda text: _csv(text, references)
    iterator = json_path(field.iterator or "$", field.position)
    paths = [None if name == RECORD else json_path(name, field.position) for name in references]
    return lambda text: _json(text, iterator, paths)


def is_single(field: IterableField, reference: str) -> bool:
    """Return whether a reference in the records of a field leads to one value at most."""
    return field.formulation == "csv" or reference == RECORD or json_path(reference, field.position).singular


def _json(text: str, iterator: JsonPath, paths: Sequence[JsonPath | None]) -> Within:
    try:
        records = iterator.values(Decoder().decode(text))
        return Within([[_found(path, record) for path in paths] for record in records])
    except (ValueError, RecursionError):
        return Within([], "holds no JSON that can be read")
    except Unfit as unfit:
        return Within([], f"{unfit} {unfit.reason}")


def _found(path: JsonPath | None, record: object) -> list[Cell]:
    return cells(path, record) if path else [Cell(json_text(record), None)]


def _csv(text: str, references: Sequence[str]) -> Within:
    try:
        header, *rows = (cells for cells in csv.reader(io.StringIO(text, newline=""), strict=True) if cells)
    except (ValueError, csv.Error):
        return Within([], "holds no CSV with a header")
    missing = [name for name in references if name not in header]
    if missing or any(len(cells) != len(header) for cells in rows):
        return Within([], f"has no column {missing[0]!r}" if missing else "has rows that do not fit its header")
    return Within([list(_cells(cells, [header.index(name) for name in references])) for cells in rows])


def _cells(cells: list[str], places: list[int]) -> Iterator[list[Cell]]:
    yield from ([Cell(cells[place], None)] if cells[place] else [] for place in places)

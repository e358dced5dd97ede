"""Records within a text: a value of JSON, a table of CSV in a cell, or a document of XML.

https://kg-construct.github.io/rml-lv/spec/docs/#fields
"""

import csv
import io
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from lod.inputs.cells import Cell, Unfit
from lod.inputs.json.path import cells, json_path
from lod.inputs.table import RECORD
from lod.inputs.xml.parse import as_record, text_tree
from lod.inputs.xml.path import Path, Whole, compile_xpath
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
        return lambda text: _csv(text, references, field.nulls)
    if field.formulation == "xml":
        _XmlReader(field, tuple(references)).paths()
        return _XmlReader(field, tuple(references))
    iterator = json_path(field.iterator or "$", field.position)
    paths = [None if name == RECORD else json_path(name, field.position) for name in references]
    return lambda text: _json(text, iterator, paths, field.nulls)


def is_single(field: IterableField, reference: str) -> bool:
    """Return whether a reference in the records of a field leads to one value at most."""
    if field.formulation == "csv" or reference == RECORD:
        return True
    return field.formulation == "json" and json_path(reference, field.position).singular


def _json(text: str, iterator: JsonPath, paths: Sequence[JsonPath | None], nulls: Collection[str]) -> Within:
    try:
        records = iterator.values(Decoder().decode(text))
        return Within([[_found(path, record, nulls) for path in paths] for record in records])
    except (ValueError, RecursionError):
        return Within([], "holds no JSON that can be read")
    except Unfit as unfit:
        return Within([], f"{unfit} {unfit.reason}")


def _found(path: JsonPath | None, record: object, nulls: Collection[str]) -> list[Cell]:
    return cells(path, record, nulls) if path else [Cell(json_text(record), None)]


@dataclass(frozen=True)
class _XmlReader:
    """Reads records out of XML; its paths are compiled where it reads, as they cannot be sent there."""

    field: IterableField
    references: tuple[str, ...]

    def __call__(self, text: str) -> Within:
        try:
            return Within(
                [[path.cells(each, self.field.nulls) for path in self._paths] for each in self._records(text)]
            )
        except ValueError as error:
            return Within([], str(error))
        except Unfit as unfit:
            return Within([], f"{unfit} {unfit.reason}")

    def paths(self) -> None:
        """Compile the paths; raise MappingError where one does not parse."""
        _ = self._paths, self._iterator

    def _records(self, text: str) -> list[Any]:
        root = text_tree(text)
        found = self._iterator(root) if self._iterator else [as_record(root)]
        if not isinstance(found, list) or not all(hasattr(each, "tag") for each in found):
            raise ValueError(f"is asked for {self.field.iterator!r}, which finds something else than elements")
        return found

    @cached_property
    def _iterator(self) -> Any:
        path = self.field.iterator
        return compile_xpath(path, dict(self.field.namespaces), self.field.position) if path else None

    @cached_property
    def _paths(self) -> list[Path | Whole]:
        spaces, position = dict(self.field.namespaces), self.field.position
        return [Whole() if name == RECORD else Path(name, spaces, position) for name in self.references]


def _csv(text: str, references: Sequence[str], nulls: Collection[str]) -> Within:
    try:
        header, *rows = (cells for cells in csv.reader(io.StringIO(text, newline=""), strict=True) if cells)
    except (ValueError, csv.Error):
        return Within([], "holds no CSV with a header")
    missing = [name for name in references if name not in header]
    if missing or any(len(cells) != len(header) for cells in rows):
        return Within([], f"has no column {missing[0]!r}" if missing else "has rows that do not fit its header")
    places = [header.index(name) for name in references]
    return Within([list(_cells(cells, places, {"", *nulls})) for cells in rows])


def _cells(cells: list[str], places: list[int], nulls: Collection[str]) -> Iterator[list[Cell]]:
    yield from ([] if cells[place] in nulls else [Cell(cells[place], None)] for place in places)

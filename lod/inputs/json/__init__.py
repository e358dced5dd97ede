"""JSON by RFC 8259 and JSON Lines, with JSONPath (RFC 9535) as iterator and references.

https://www.rfc-editor.org/rfc/rfc9535
A reference is a path from the record (`a.b`, `$.a.b`, `sources[*]`). One that can give several values is list-valued.
null and a missing member are null; an object or a list is not a value, and rejects the record, as does a member that
stands twice.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from lod.engine import DuckDbEngine
from lod.inputs.cells import Cell, Row, Unfit, cells_table
from lod.inputs.files import InputFile
from lod.inputs.json.path import cells, json_path, unread_members
from lod.inputs.json.records import document_records, line_records
from lod.inputs.table import RECORD, InputTable
from lod.json import Decoder, JsonPath, doubled_member, json_text
from lod.mapping.model import LogicalSource
from lod.outcome import Rejection, shorten

__all__ = ["open_json", "open_json_lines"]


def open_json(engine: DuckDbEngine, file: InputFile, source: LogicalSource, columns: Sequence[str]) -> InputTable:
    """Read the `columns` (references) of the records of a JSON document into a table.

    Raises InputError where the file cannot be read as JSON, and MappingError where a path does not parse.
    """
    reading = _Reading(file, source, columns)
    return reading.table(engine, document_records(file, reading.iterator, reading.decoder))


def open_json_lines(engine: DuckDbEngine, file: InputFile, source: LogicalSource, columns: Sequence[str]) -> InputTable:
    """Read the `columns` (references) of a file with a JSON text on each line, to each of which the iterator applies.

    A line that is not JSON is a rejected record. Raises MappingError where a path does not parse.
    """
    reading = _Reading(file, source, columns)
    return reading.table(engine, line_records(file, reading.iterator, reading.decoder))


class _Reading:
    """One pass over a file, and what it found."""

    def __init__(self, file: InputFile, source: LogicalSource, columns: Sequence[str]) -> None:
        self._file, self._columns, self._nulls = file, columns, frozenset(source.nulls)
        self.iterator = json_path(source.iterator or "$", source.position)
        self._paths = [None if column == RECORD else json_path(column, source.position) for column in columns]
        self.decoder = Decoder()
        self._read = 0
        self._rejections: list[Rejection] = []
        self._members: dict[str, None] = {}

    def table(self, engine: DuckDbEngine, records: Iterable[Any]) -> InputTable:
        """Store the records that are sound."""
        lists = [path.reference for path in self._paths if path and not path.singular]
        table = cells_table(engine, "json", self._columns, lists, self._rows(records))
        unread = unread_members(self._members, self._columns)
        return InputTable(table, self._file.name, self._read, tuple(self._rejections), unread)

    def _rows(self, records: Iterable[Any]) -> Iterator[Row]:
        for record in records:
            self._read += 1
            try:
                self._check(record)
                yield self._read, [self._cells(path, record) for path in self._paths]
            except Unfit as unfit:
                self._rejections.append(Rejection(self._file.name, self._read, "", shorten(unfit), unfit.reason))

    def _cells(self, path: JsonPath | None, record: Any) -> list[Cell]:
        """Return what a path finds in a record; without a path, the record itself."""
        return cells(path, record, self._nulls) if path else [Cell(json_text(record))]

    def _check(self, record: Any) -> None:
        if isinstance(record, Unfit):
            raise record
        if self.decoder.doubled and (name := doubled_member(record)) is not None:
            raise Unfit(json_text(record), f"the member {name!r} stands twice")
        if isinstance(record, dict):
            self._members.update(dict.fromkeys(record))

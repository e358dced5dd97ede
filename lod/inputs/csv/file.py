"""A file of delimited text, with what its columns are called and which texts are null in it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from lod.errors import InputError, Position
from lod.inputs.csv.text import Record, check_dialect, records
from lod.inputs.files import InputFile
from lod.inputs.header import check_names
from lod.mapping.model import Dialect, LogicalSource

_TAB_SUFFIXES = (".tsv", ".tab")


@dataclass(frozen=True)
class CsvFile:
    """A file that has been looked into; nulls: the texts that read as null."""

    file: InputFile
    dialect: Dialect
    header: tuple[str, ...]
    nulls: tuple[str, ...]

    @property
    def name(self) -> str:
        """How messages call the file."""
        return self.file.name

    def records(self) -> Iterator[tuple[int, Record]]:
        """Yield each record with its number, from 1; raise InputError as `text.records` does."""
        numbered = enumerate(records(self.file.path, self.name, self.dialect), 0 if self.dialect.header else 1)
        return ((number, record) for number, record in numbered if number)


def open_file(file: InputFile, source: LogicalSource) -> CsvFile:
    """Look into a file for its header; without one, columns are called 1, 2 and so on.

    Cells of a .tsv file are separated by tabs, unless the mapping says otherwise. Raises InputError where the file is
    empty, does not parse or has a bad header, and MappingError for a dialect that no file can have.
    """
    check_dialect(source.dialect, source.position)
    tabs = file.suffix in _TAB_SUFFIXES and source.dialect == Dialect()
    dialect = replace(source.dialect, delimiter="\t") if tabs else source.dialect
    first = next(records(file.path, file.name, dialect), None)
    if first is None:
        hint = "A CSV file begins with a row that names its columns." if dialect.header else None
        raise InputError("is empty", at=Position(file.name), hint=hint)
    if dialect.header:
        check_names(first.cells, Position(file.name, first.first))
    names = first.cells if dialect.header else map(str, range(1, len(first.cells) + 1))
    return CsvFile(file, dialect, tuple(names), ("", *source.nulls))

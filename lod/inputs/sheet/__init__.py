"""Sheets of Excel and OpenDocument files; the iterator names the sheet (by default the first).

The first row that is not blank names the columns. An empty cell is null; a formula is its last result. Blank rows are
not records. In .xls and .xlsb files a cell with an error such as #N/A cannot be told from an empty one.
"""

from collections.abc import Collection, Iterator, Sequence
from typing import TYPE_CHECKING, Any

import ibis

from lod.engine import DuckDbEngine
from lod.errors import InputError, Position, did_you_mean
from lod.inputs.cells import Cell, Row, Unfit, cells_table
from lod.inputs.files import InputFile
from lod.inputs.header import check_columns, check_names
from lod.inputs.sheet.errors import error_cells
from lod.inputs.sheet.values import sheet_cell
from lod.inputs.table import InputTable
from lod.mapping.model import LogicalSource
from lod.outcome import Rejection, shorten

if TYPE_CHECKING:
    from python_calamine import CalamineSheet

__all__ = ["open_sheet"]


def open_sheet(engine: DuckDbEngine, file: InputFile, source: LogicalSource, columns: Sequence[str]) -> InputTable:
    """Read the `columns` of a sheet into a table. A record with an error in one of them is rejected.

    Raises InputError where the file or the sheet cannot be read, or a needed column is missing, and where the extra
    `excel` is not installed.
    """
    reading = _Reading(file, _sheet(file, source))
    check_columns(reading.header, columns, source.optional, Position(file.name, reading.first))
    wanted = [column for column in columns if column in reading.header]
    table = cells_table(engine, "sheet", wanted, (), reading.rows(wanted, source.nulls))
    absent = {column: ibis.null("string") for column in columns if column not in reading.header}
    unread = tuple(column for column in reading.header if column not in columns)
    return InputTable(table.mutate(**absent), file.name, reading.read, tuple(reading.rejections), unread)


def _sheet(file: InputFile, source: LogicalSource) -> "CalamineSheet":
    try:
        from python_calamine import CalamineError, CalamineWorkbook
    except ImportError as error:
        hint = "Install it: pip install 'lod[excel]'."
        what = "python-calamine, which reads sheets, is missing"
        raise InputError(what, at=Position(file.name), hint=hint) from error
    try:
        with file.path.open("rb") as stream, CalamineWorkbook.from_filelike(stream) as book:
            name = source.iterator or book.sheet_names[0]
            if name not in book.sheet_names:
                hint = did_you_mean(name, book.sheet_names) or f"There are: {', '.join(book.sheet_names)}."
                raise InputError(f"has no sheet {name!r}", at=Position(file.name), hint=hint)
            return book.get_sheet_by_name(name)
    except (CalamineError, OSError) as error:
        raise InputError(f"is not read as a workbook: {error}", at=Position(file.name)) from error


class _Reading:
    """One pass over a sheet, and what it found; `first` is the number of the row with the header."""

    def __init__(self, file: InputFile, sheet: "CalamineSheet") -> None:
        self._file, self._left = file, sheet.start[1] if sheet.start else 0
        self._errors = error_cells(file.path, sheet.name)
        self._rows = _filled(sheet.iter_rows(), {row + 1 for row, _ in self._errors})
        self.first, names = next(self._rows, (0, []))
        if not names:
            hint = "A sheet begins with a row that names its columns."
            raise InputError(f"the sheet {sheet.name!r} is empty", at=Position(file.name), hint=hint)
        self.header = tuple(sheet_cell(name).text for name in names)
        check_names(self.header, Position(file.name, self.first))
        self.read = 0
        self.rejections: list[Rejection] = []

    def rows(self, wanted: Sequence[str], nulls: Collection[str]) -> Iterator[Row]:
        """Yield the values of each record that fits."""
        places = [(column, self.header.index(column)) for column in wanted]
        for line, values in self._rows:
            self.read += 1
            try:
                self._check_length(line, values)
                found = [self._values(line, values, column, place) for column, place in places]
                yield self.read, [[cell for cell in cells if cell.text not in nulls] for cells in found]
            except Unfit as unfit:
                value = shorten(unfit)
                self.rejections.append(Rejection(self._file.name, self.read, unfit.column, value, unfit.reason))

    def _check_length(self, line: int, values: Sequence[Any]) -> None:
        if len(values) > len(self.header):
            reason = f"row {line} of the sheet is too long: a value stands beside the {len(self.header)} columns"
            raise Unfit(str(values[-1]), reason)

    def _values(self, line: int, values: Sequence[Any], column: str, place: int) -> list[Cell]:
        error = self._errors.get((line - 1, self._left + place))
        if error is not None:
            raise Unfit(error, f"is an error, in row {line} of the sheet", column)
        return [sheet_cell(value) for value in values[place : place + 1] if value != ""]


def _filled(rows: Iterator[list[Any]], errors: Collection[int]) -> Iterator[tuple[int, list[Any]]]:
    """Yield the rows that are not blank, with their number in the sheet, up to their last value."""
    for line, values in enumerate(rows, 1):
        while values and values[-1] == "":
            values.pop()
        if values or line in errors:
            yield line, values

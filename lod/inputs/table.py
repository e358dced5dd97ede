"""What opening a logical source gives."""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

import ibis
import ibis.expr.types as ir

from lod.outcome import Note, Rejection
from lod.term_table import FILE, ROW, Column, Constant, Slot

RECORD: Final = "#record"


@dataclass(frozen=True)
class InputTable:
    """A logical source as an engine table.

    table: `_row` (int64, the record's number from 1) and a column per reference: string, or, where the input types its
    values, struct<text: string, datatype: string> (an IRI; null: a plain string), or a list of these where a reference
    has several values. The reference RECORD is the record as a whole, as text. file: the input's name as the mapping
    writes it; read: how many records the input has, the rejected ones too; unread: columns of the input that no mapping
    refers to; notes: what deserves a look; origin: the file as it was found or fetched (None: no file). parts: the
    inputs that this one unites, if it does; `_row` is then the number in the part, and the column `_file` its name.
    iterator: where several find records in the file, the one that these are numbered by.
    """

    table: ir.Table
    file: str
    read: int
    rejections: tuple[Rejection, ...] = ()
    unread: tuple[str, ...] = ()
    notes: tuple[Note, ...] = ()
    origin: Path | None = None
    parts: tuple["InputTable", ...] = ()
    iterator: str = ""

    @property
    def name(self) -> str:
        """What tells these records from those that another iterator finds in the file."""
        return f"{self.file} {self.iterator}" if self.iterator else self.file

    @property
    def files(self) -> tuple["InputTable", ...]:
        """The inputs that records are numbered in: the parts, or this one."""
        return self.parts or (self,)

    @property
    def file_slot(self) -> Slot:
        """Where a record's file stands."""
        return Column(FILE) if self.parts else Constant(self.name)

    @property
    def locator(self) -> tuple[str, ...]:
        """The columns that tell a record from all others."""
        return (FILE, ROW) if self.parts else (ROW,)

    def place(self, rows: ir.Table) -> dict[str, ir.Value]:
        """Return, of rows with the locator, `file` and `row` of a rejection."""
        return {"file": rows[FILE] if self.parts else ibis.literal(self.name), "row": rows[ROW]}

    def file_name(self, rows: ir.Table) -> ir.StringValue:
        """Return the file of each of such rows."""
        if not self.parts:
            return ibis.literal(self.file)
        name = rows[FILE]
        return name.left(name.length() - len(f" {self.iterator}")) if self.iterator else name

    def found_by(self, iterator: str) -> "InputTable":
        """Return the same records, told by their iterator too."""
        return replace(
            self,
            iterator=iterator,
            table=self.table.mutate(**{FILE: self.table[FILE] + f" {iterator}"}) if self.parts else self.table,
            rejections=tuple(replace(each, file=f"{each.file} {iterator}") for each in self.rejections),
            notes=tuple(replace(each, file=f"{each.file} {iterator}") for each in self.notes),
            parts=tuple(part.found_by(iterator) for part in self.parts),
        )

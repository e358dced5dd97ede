"""CSV by RFC 4180 or a dialect of it, read by DuckDB with nothing sniffed; where DuckDB stops, Python's `csv` reads.

https://www.rfc-editor.org/rfc/rfc4180, https://www.w3.org/TR/tabular-metadata/#dialect-descriptions
A header row names the columns. An empty cell is null. Blank lines are not records.
"""

from collections.abc import Sequence
from dataclasses import replace

import ibis

from lod.engine import DuckDbEngine
from lod.errors import Position
from lod.inputs.csv.fast import read_fast
from lod.inputs.csv.file import open_file
from lod.inputs.csv.slow import read_slow
from lod.inputs.files import InputFile
from lod.inputs.header import check_columns
from lod.inputs.table import InputTable
from lod.mapping.model import LogicalSource

__all__ = ["open_csv"]


def open_csv(engine: DuckDbEngine, file: InputFile, source: LogicalSource, columns: Sequence[str]) -> InputTable:
    """Read the `columns` of a CSV file into a table.

    Raises InputError where the file cannot be read as a whole: empty, not UTF-8, a quote that does not close, a header
    without a needed column; and MappingError for a dialect that no file can have. A record that does not fit the header
    is rejected.
    """
    opened = open_file(file, source)
    check_columns(opened.header, columns, source.optional, Position(file.name, 1))
    wanted = [column for column in columns if column in opened.header]
    read = read_fast(engine, opened, wanted) or read_slow(engine, opened, wanted)
    absent = {column: ibis.null("string") for column in columns if column not in opened.header}
    unread = tuple(column for column in opened.header if column not in columns)
    return replace(read, table=read.table.mutate(**absent), unread=unread)

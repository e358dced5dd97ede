"""What reading a database needs of each kind of it, and how rows become Arrow batches."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa

from lod.errors import InputError, Position
from lod.inputs.sql.natural import TYPED, Natural
from lod.mapping.model import Database

TableName = tuple[str, ...]


@dataclass(frozen=True)
class Column:
    """A column of a result: its name, and the natural datatype of its values (None: they are plain text)."""

    name: str
    natural: Natural | None = None

    @property
    def type(self) -> pa.DataType:
        """The Arrow type: string, or a struct (text, datatype)."""
        return TYPED if self.natural else pa.string()

    def array(self, cells: Iterable[Any]) -> pa.Array:
        """Return cells (texts and nulls) as an array of the column's type."""
        return self.typed(pa.array(cells, pa.string()))

    def typed(self, texts: pa.Array) -> pa.Array:
        """Return a string array as an array of the column's type."""
        return self.natural.typed(texts) if self.natural else texts


class Session(ABC):
    """A connection to one database that only reads.

    errors: what its driver raises where it cannot connect, or run a query.
    """

    errors: tuple[type[Exception], ...]

    @classmethod
    @abstractmethod
    def connect(cls, database: Database, root: Path) -> AbstractContextManager["Session"]:
        """Connect to a database; a file is relative to `root`. Raises InputError where there is no such file."""

    @abstractmethod
    def tables(self) -> list[TableName]:
        """Return the tables and views, each by every name that it can be called by: with its schema, and without."""

    @abstractmethod
    def run(self, query: str) -> pa.RecordBatchReader:
        """Run one SELECT; return its rows as a stream, a column each, string or struct (text, datatype).

        The stream must be read to its end before the next query.
        """

    def key(self, table: TableName) -> list[str]:  # noqa: ARG002  # for those that keep no order of their own
        """Return the columns to order a table's rows by; none where they have an order of their own."""
        return []

    @staticmethod
    def quoted(name: str) -> str:
        """Return a name as a delimited identifier."""
        return '"' + name.replace('"', '""') + '"'

    @classmethod
    def told(cls, error: Exception, query: str) -> str:  # noqa: ARG003  # for those that tell a place in it
        """Return what the database says."""
        return str(error)


def stream(columns: Sequence[Column], fetch: Callable[[], Sequence[Sequence[Any]]]) -> pa.RecordBatchReader:
    """Return rows as Arrow batches; `fetch` gives the next of them, none at the end."""
    schema = pa.schema([(column.name, column.type) for column in columns])
    return pa.RecordBatchReader.from_batches(schema, _batches(columns, schema, fetch))


def _batches(
    columns: Sequence[Column], schema: pa.Schema, fetch: Callable[[], Sequence[Sequence[Any]]]
) -> Iterator[pa.RecordBatch]:
    while rows := fetch():
        arrays = [column.array(cells) for column, cells in zip(columns, zip(*rows, strict=True), strict=True)]
        yield pa.record_batch(arrays, schema=schema)


def database_file(database: Database, root: Path) -> Path:
    """Return the path of a database that is a file; InputError where there is none."""
    path = root / database.address
    if not path.is_file():
        hint = f"It is looked for in {str(path.parent)!r}."
        raise InputError("there is no such database file", at=Position(database.address), hint=hint)
    return path

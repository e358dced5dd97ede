"""What became of the records: rejected ones with their reasons, and counts that account for each of them."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from lod.errors import Position


@dataclass(frozen=True, order=True)
class Rejection:
    """A record, or with `statement` one statement of a published record, that is not published.

    file: the input; row: the record's number in it, from 1; column: the column at fault, if one is; value: what stands
    there (the first 200 characters); reason: what is wrong, in one sentence.
    """

    file: str
    row: int
    column: str
    value: str
    reason: str
    statement: bool = False

    def __str__(self) -> str:
        column = f" column {self.column}" if self.column else ""
        value = f" {self.value!r}" if self.value else ""
        return f"{Position(self.file, row=self.row)}{column}:{value} {self.reason}"


@dataclass(frozen=True, order=True)
class Note:
    """What deserves a look in an input though nothing is known to be wrong; row and column as in `Rejection`."""

    file: str
    row: int
    column: str
    text: str

    def __str__(self) -> str:
        return f"{Position(self.file, row=self.row, column=self.column or None)}: {self.text}"


@dataclass(frozen=True)
class Account:
    """How many records of one input were read, and what became of them: read = published + rejected + skipped."""

    file: str
    read: int
    published: int
    rejected: int
    skipped: int

    def __post_init__(self) -> None:
        if self.read != self.published + self.rejected + self.skipped:
            raise ValueError(f"{self.file}: the records do not add up: {self}")


def rejected_rows(rejections: Iterable[Rejection]) -> set[tuple[str, int]]:
    """Return the records (file, row) that are rejected as a whole."""
    return {(item.file, item.row) for item in rejections if not item.statement}


def told_once(rejections: Iterable[Rejection]) -> Iterator[Rejection]:
    """Yield the rejections but those that say of more columns what another says of some of them."""
    found: dict[tuple[object, ...], list[tuple[set[str], Rejection]]] = defaultdict(list)
    for item in rejections:
        told = (item.file, item.row, item.value, item.reason, item.statement)
        found[told].append((set(item.column.split(", ")), item))
    for same in found.values():
        yield from (item for columns, item in same if not any(fewer < columns for fewer, _ in same))


def shorten(value: object) -> str:
    """Return a value's text, cut to 200 characters, for a message."""
    text = str(value)
    return text if len(text) <= 200 else f"{text[:200]}… ({len(text)} characters)"

"""Stored pages as rows of sources.csv."""

import csv
from collections.abc import Iterable, Iterator
from dataclasses import astuple, fields
from io import StringIO
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lod.snapshot import Snapshot

_TO_FILL_IN = ("id", "type", "title", "lang")


def snapshot_rows(snapshots: Iterable["Snapshot"]) -> Iterator[str]:
    """Yield a row for each page as it comes, before the first the header; what only a person can say is left empty."""
    for number, each in enumerate(snapshots):
        if number == 0:
            yield _line([*_TO_FILL_IN, *(field.name for field in fields(each))])
        yield _line(["" for _ in _TO_FILL_IN] + list(astuple(each)))


def _line(cells: list[str]) -> str:
    stream = StringIO()
    csv.writer(stream, lineterminator="\n").writerow(cells)
    return stream.getvalue()

"""Everything that can go wrong, in one tree.

    LodError
    ├── ProjectError   lod.toml, or a folder that is not a project
    ├── MappingError   a mapping that cannot be read or does not fit its source
    ├── InputError     a logical source that cannot be read at all
    ├── ShapeError     a shapes graph that cannot be read
    ├── EngineError    Spark that is not installed, or that cannot be started or go on
    ├── ReleaseError   a release that cannot be written or read
    └── Refused        a gate held: there are findings, and nothing was published

A record that cannot be published is not an error but a `Rejection` (see `lod.outcome`),
and a failed validation is a result (see `lod.validation.report`).
"""

import difflib
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Position:
    """A place in a file: line and column count from 1; row counts a data file's records from 1."""

    file: str
    line: int | None = None
    column: int | str | None = None
    row: int | None = None

    def __str__(self) -> str:
        head = ":".join(str(part) for part in (self.file, self.line) if part is not None)
        row = "" if self.row is None else f" row {self.row}"
        column = "" if self.column is None else f" column {self.column}"
        return f"{head}{row}{column}"


class LodError(Exception):
    """What is wrong, where, and what to do next."""

    def __init__(self, what: str, *, at: Position | None = None, hint: str | None = None) -> None:
        super().__init__(what)
        self.what, self.at, self.hint = what, at, hint

    def __str__(self) -> str:
        where = f"{self.at}: " if self.at else ""
        hint = f"\n  {self.hint}" if self.hint else ""
        return f"{where}{self.what}{hint}"


class ProjectError(LodError):
    """The project file or folder cannot be used."""


class MappingError(LodError):
    """A mapping cannot be read, or asks for what its source does not have."""


class InputError(LodError):
    """A logical source cannot be read."""


class ShapeError(LodError):
    """A shapes graph, or a data graph handed to validation, cannot be read."""


class EngineError(LodError):
    """The engine that was asked for cannot do its work."""


class ReleaseError(LodError):
    """A release cannot be written, or there is none to read."""


class Refused(LodError):
    """A gate refused the release; nothing was published."""


def did_you_mean(word: str, known: Iterable[str]) -> str | None:
    """Return a hint that names the known word closest to `word`, or None where none is close."""
    close = difflib.get_close_matches(word, list(known), n=1)
    return f"Did you mean {close[0]!r}?" if close else None

"""The files that a logical source names, made ready to be read: found or fetched, decompressed, in UTF-8."""

import os
from collections.abc import Collection
from dataclasses import dataclass
from glob import glob
from pathlib import Path, PurePosixPath
from urllib.parse import urlsplit

from lod.engine import DuckDbEngine
from lod.errors import InputError, Position
from lod.http import fetch, is_url
from lod.inputs.compression import compression_of, decompress, plain_name
from lod.inputs.encoding import is_utf8, transcode
from lod.mapping.model import LogicalSource

_TEXTS = ("csv", "json", "jsonl", "xml")


@dataclass(frozen=True)
class InputFile:
    """A file of records. name: how messages call it; origin: as found or fetched; path: what a reader opens."""

    name: str
    origin: Path
    path: Path

    @property
    def suffix(self) -> str:
        """What the name of the decompressed file ends in, in lower case, such as ".csv"."""
        path = urlsplit(self.name).path if is_url(self.name) else self.name
        return PurePosixPath(plain_name(path)).suffix.lower()


@dataclass(frozen=True)
class Found:
    """A file that a source names: how messages call it, and the folder that its name is relative to."""

    name: str
    root: Path

    @property
    def path(self) -> Path | None:
        """Where it lies; None: it is to be fetched."""
        return None if is_url(self.name) else self.root / self.name


def find_files(root: Path, source: LogicalSource) -> list[Found]:
    """Return the files of a source: one, or in the order of their names all that fit the pattern (one at least).

    Raises InputError where no file fits the pattern.
    """
    access = source.access
    is_pattern = not is_url(access) and any(char in access for char in "*?[")
    names = _matching(root, access) if is_pattern and not os.path.exists(root / access) else [access]
    return [Found(name, root) for name in names]


def make_ready(engine: DuckDbEngine, found: Found, source: LogicalSource, hosts: Collection[str]) -> InputFile:
    """Return a file of a source such that it can be read.

    hosts: those that a URL may lead to. Raises InputError where there is no such file or it cannot be made ready.
    """
    origin = found.path or _fetched(engine, found.name, hosts)
    _check_readable(origin, found)
    return InputFile(found.name, origin, _plain(engine, source, found.name, origin))


def _fetched(engine: DuckDbEngine, url: str, hosts: Collection[str]) -> Path:
    target = engine.new_file()
    fetch(url, target, hosts)
    return target


def _matching(root: Path, pattern: str) -> list[str]:
    found = sorted(name for name in glob(pattern, root_dir=root, recursive=True) if (root / name).is_file())
    if not found:
        hint = f"* is any characters, ? one, ** any folders, [ab] one of these. It is looked for from {root}."
        raise InputError("no file fits this pattern", at=Position(pattern), hint=hint)
    return found


def _check_readable(path: Path, found: Found) -> None:
    try:
        path.open("rb").close()
    except OSError as error:
        hint = f"The mapping names {found.name!r}; it is looked for from {found.root}."
        raise InputError(f"cannot be read: {error.strerror}", at=Position(found.name), hint=hint) from error
    except ValueError as error:
        raise InputError(f"cannot be read: {error}", at=Position(found.name)) from error


def _plain(engine: DuckDbEngine, source: LogicalSource, name: str, origin: Path) -> Path:
    path, kind = origin, source.compression or compression_of(urlsplit(name).path if is_url(name) else name)
    if kind is not None:
        compressed, path = path, engine.new_file()
        decompress(compressed, name, kind, path, source.position)
    if source.formulation in _TEXTS and not is_utf8(source.encoding, source.position):
        encoded, path = path, engine.new_file()
        transcode(encoded, name, source.encoding, path)
    return path

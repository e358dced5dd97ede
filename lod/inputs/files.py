"""The files that a logical source names, made ready to be read: found or fetched, decompressed, in UTF-8."""

import os
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from glob import glob
from pathlib import Path, PurePosixPath
from urllib.parse import urlsplit

from lod.engine import Engine
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


def find_files(engine: Engine, root: Path, source: LogicalSource, hosts: Collection[str]) -> Iterator[InputFile]:
    """Yield the files of a source: one, or in the order of their names all that fit the pattern.

    hosts: those that a URL may lead to. Raises InputError where there is no such file or it cannot be made ready.
    """
    for name, origin in _origins(engine, root, source, hosts):
        _check_readable(origin, name)
        yield InputFile(name, origin, _plain(engine, source, name, origin))


def _origins(engine: Engine, root: Path, source: LogicalSource, hosts: Collection[str]) -> Iterator[tuple[str, Path]]:
    access = source.access
    if is_url(access):
        target = engine.new_file()
        fetch(access, target, hosts)
        yield access, target
    elif any(char in access for char in "*?[") and not os.path.exists(root / access):
        yield from ((name, root / name) for name in _matching(root, access))
    else:
        yield access, root / access


def _matching(root: Path, pattern: str) -> list[str]:
    found = sorted(name for name in glob(pattern, root_dir=root, recursive=True) if (root / name).is_file())
    if not found:
        hint = "* stands for any characters, ? for one, ** for any folders, [ab] for one of these."
        raise InputError("no file fits this pattern", at=Position(pattern), hint=hint)
    return found


def _check_readable(path: Path, name: str) -> None:
    try:
        path.open("rb").close()
    except OSError as error:
        hint = f"The mapping names {name!r}; the project's folder is where it is looked for."
        raise InputError(f"cannot be read: {error.strerror}", at=Position(name), hint=hint) from error
    except ValueError as error:
        raise InputError(f"cannot be read: {error}", at=Position(name)) from error


def _plain(engine: Engine, source: LogicalSource, name: str, origin: Path) -> Path:
    path, kind = origin, source.compression or compression_of(urlsplit(name).path if is_url(name) else name)
    if kind is not None:
        compressed, path = path, engine.new_file()
        decompress(compressed, name, kind, path, source.position)
    if source.formulation in _TEXTS and not is_utf8(source.encoding, source.position):
        encoded, path = path, engine.new_file()
        transcode(encoded, name, source.encoding, path)
    return path

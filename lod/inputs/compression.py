"""Compressed files: gzip, zstd, and one member of a zip archive, written out in pieces."""

import gzip
import shutil
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path, PurePosixPath
from typing import Any

import pyarrow as pa

from lod.errors import InputError, MappingError, Position

_PIECE = 1024 * 1024
_SUFFIXES = {".gz": "gzip", ".zst": "zstd", ".zip": "zip"}


def compression_of(name: str) -> str | None:
    """Return what a file's name says of its compression: .gz, .zst or .zip."""
    return _SUFFIXES.get(PurePosixPath(name).suffix.lower())


def plain_name(name: str) -> str:
    """Return the name that a file has when it is decompressed."""
    return str(PurePosixPath(name).with_suffix("")) if compression_of(name) else name


def decompress(path: Path, name: str, kind: str, target: Path, position: Position) -> None:
    """Write the content of a compressed file to `target`.

    Raises InputError for an archive that is cut off or damaged, or that does not say which member is meant, and
    MappingError (at `position`) for a `kind` that is none.
    """
    if kind not in _STREAMS:
        raise MappingError(f"unknown compression {kind!r}", at=position, hint=f"Known: {', '.join(_STREAMS)}.")
    try:
        with _STREAMS[kind](path, name) as content, target.open("wb") as plain:
            shutil.copyfileobj(content, plain, _PIECE)
    except (OSError, EOFError, RuntimeError, zlib.error, zipfile.BadZipFile) as error:
        hint = "The file may be cut off or damaged, or compressed in another way than its name or the mapping says."
        raise InputError(f"cannot be decompressed as {kind}: {error}", at=Position(name), hint=hint) from error


def _gzip(path: Path, _: str) -> AbstractContextManager[Any]:
    return gzip.open(path)


def _zstd(path: Path, _: str) -> AbstractContextManager[Any]:
    return pa.CompressedInputStream(pa.OSFile(str(path)), "zstd")  # type: ignore[no-any-return]  # pyarrow has no types


@contextmanager
def _zip(path: Path, name: str) -> Iterator[Any]:
    with zipfile.ZipFile(path) as archive, archive.open(_member(archive, name)) as content:
        yield content


def _member(archive: zipfile.ZipFile, name: str) -> zipfile.ZipInfo:
    """Return the only file of an archive, or the only one that is called as the archive is."""
    files = [each for each in archive.infolist() if not each.is_dir()]
    wanted = PurePosixPath(name).stem
    fitting = [
        each for each in files if wanted in (PurePosixPath(each.filename).name, PurePosixPath(each.filename).stem)
    ]
    for found in (files, fitting):
        if len(found) == 1:
            return found[0]
    names = ", ".join(each.filename for each in files) or "none"
    hint = f"An archive holds one file, or one that is called {wanted!r} with or without a suffix."
    raise InputError(f"which of its files is meant cannot be told: {names}", at=Position(name), hint=hint)


_STREAMS: dict[str, Callable[[Path, str], AbstractContextManager[Any]]] = {"gzip": _gzip, "zstd": _zstd, "zip": _zip}

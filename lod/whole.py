"""Files and folders that appear whole, when all is written, or not at all."""

import os
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from errno import EBADF
from pathlib import Path
from tempfile import NamedTemporaryFile, mkdtemp
from typing import BinaryIO

from lod.errors import Position, ReleaseError
from lod.formats import compressed


@contextmanager
def whole_files() -> Iterator[Callable[[Path | None, str | None], AbstractContextManager[BinaryIO]]]:
    """Give a function that opens files to write (None: standard output), compressed or not; all take their names last.

    What is there and is no regular file, such as a device or a named pipe, is written into as it stands. Raises
    ReleaseError where a file cannot be written.
    """
    parts: list[tuple[Path, Path]] = []

    @contextmanager
    def open_file(path: Path | None, compression: str | None) -> Iterator[BinaryIO]:
        opened = _standard_output() if path is None else _opened(path, parts)
        with opened as stream, compressed(stream, compression) as written:
            yield written

    try:
        yield open_file
        for part, path in parts:
            with _told(path):
                part.chmod(0o666 & ~_umask())
                part.replace(path)
    finally:
        for part, _ in parts:
            part.unlink(missing_ok=True)


@contextmanager
def whole_folder(folder: Path) -> Iterator[Path]:
    """Give an empty folder, which takes the name of a new one when all is written, and is gone where that fails.

    Raises ReleaseError where it cannot be written.
    """
    folder = folder.absolute()
    with _told(folder):
        staging = Path(mkdtemp(dir=folder.parent, prefix=f".{folder.name}-"))
        try:
            yield staging
            staging.chmod(0o755)
            staging.rename(folder)
        finally:
            shutil.rmtree(staging, ignore_errors=True)


@contextmanager
def _standard_output() -> Iterator[BinaryIO]:
    with _told(Path("standard output")):
        if sys.stdout is None:
            raise OSError(EBADF, "it is closed")
        try:
            yield sys.stdout.buffer
            sys.stdout.buffer.flush()
        except OSError:
            with suppress(OSError):  # closed, or Python tries the rest again at its end, and tells of it
                sys.stdout.buffer.close()
            raise


def _opened(path: Path, parts: list[tuple[Path, Path]]) -> AbstractContextManager[BinaryIO]:
    return _part(path, parts) if path.is_file() or not path.exists() else _as_it_stands(path)


@contextmanager
def _as_it_stands(path: Path) -> Iterator[BinaryIO]:
    with _told(path), path.open("wb") as stream:
        yield stream


@contextmanager
def _part(path: Path, parts: list[tuple[Path, Path]]) -> Iterator[BinaryIO]:
    """Open a file beside the one that it will become."""
    end = path.resolve()
    with _told(path), NamedTemporaryFile(dir=end.parent, prefix=f".{end.name}-", delete=False) as stream:
        parts.append((Path(stream.name), end))
        yield stream  # type: ignore[misc]  # a temporary file is a binary stream


@contextmanager
def _told(path: Path) -> Iterator[None]:
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        raise ReleaseError(f"cannot be written: {error.strerror}", at=Position(str(path))) from error


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask

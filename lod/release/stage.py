"""Staging: a release appears whole or not at all."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import mkdtemp

from lod.errors import Position, ReleaseError
from lod.release.manifest import MANIFEST


@contextmanager
def staged(target: Path) -> Iterator[Path]:
    """Give an empty folder beside `target` that takes its place when the block ends without an error.

    Raises ReleaseError where the target is no release (it would be replaced), or cannot be written.
    """
    _check_target(target)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        stage = Path(mkdtemp(prefix=f".{target.name}-", suffix=".staged", dir=target.parent))
    except OSError as error:
        raise ReleaseError(f"cannot be written: {error.strerror}", at=Position(str(target))) from error
    try:
        yield stage
        _sync(stage)
        _take_place(stage, target)
    except OSError as error:
        raise ReleaseError(
            f"cannot be written: {error.strerror}", at=Position(error.filename or str(target))
        ) from error
    finally:
        shutil.rmtree(stage, ignore_errors=True)


def _check_target(target: Path) -> None:
    if target.is_dir() and any(target.iterdir()) and not (target / MANIFEST).is_file():
        hint = "Choose a new or empty folder; a build replaces the whole folder."
        raise ReleaseError("is a folder with other things in it, not a release", at=Position(str(target)), hint=hint)
    if target.exists() and not target.is_dir():
        raise ReleaseError("is a file, not a folder", at=Position(str(target)))


def _sync(stage: Path) -> None:
    """Bring the files to the disk before the rename names them."""
    for path in stage.iterdir():
        _fsync(path)
    _fsync(stage)


def _fsync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _take_place(stage: Path, target: Path) -> None:
    stage.chmod(0o755)
    if not target.exists():
        stage.rename(target)
        return
    old = stage.with_suffix(".old")
    target.rename(old)
    try:
        stage.rename(target)
    except OSError:
        old.rename(target)
        raise
    shutil.rmtree(old)

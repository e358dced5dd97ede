"""Staging: a release appears whole or not at all."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import mkdtemp

from lod.errors import Position, ReleaseError
from lod.release.exchange import exchange
from lod.release.manifest import released_files


@contextmanager
def staged(target: Path) -> Iterator[Path]:
    """Give an empty folder beside `target` that takes its place when the block ends without an error.

    A link to a folder stays, and leads to the new release. Raises ReleaseError where the target holds other things
    (they would be lost), or cannot be written.
    """
    check_target(target)
    place = target.resolve()
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        stage = Path(mkdtemp(prefix=f".{place.name}-", suffix=".staged", dir=place.parent))
    except OSError as error:
        raise _unwritable(error, str(target)) from error
    try:
        yield stage
        _sync(stage)
        _take_place(stage, place)
    except OSError as error:
        raise _unwritable(error, error.filename or str(target)) from error
    finally:
        shutil.rmtree(stage, ignore_errors=True)


def check_target(target: Path) -> None:
    """Raise ReleaseError where the target is or stands below a file, or holds other things than a release."""
    standing = next(each for each in (target, *target.absolute().parents) if each.exists())
    if not standing.is_dir():
        raise ReleaseError("is a file, not a folder", at=Position(str(standing)), hint="Choose another output folder.")
    others = {path.name for path in target.iterdir()} - released_files(target) if target.is_dir() else ()
    if others:
        hint = "Choose a new or empty folder; a build replaces the whole folder."
        raise ReleaseError(f"holds {min(others)!r}, which no build wrote", at=Position(str(target)), hint=hint)


def _unwritable(error: OSError, name: str) -> ReleaseError:
    return ReleaseError(
        f"cannot be written: {error.strerror}",
        at=Position(name),
        hint="Choose another output folder, or mend this one.",
    )


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
    """Let the staged folder be the target; what the target was is then gone, or is the staged folder."""
    stage.chmod(0o755)
    if not target.exists():
        stage.rename(target)
        return
    if exchange(stage, target):
        return
    old = stage.with_suffix(".old")
    target.rename(old)
    try:
        stage.rename(target)
    except OSError:
        old.rename(target)
        raise
    shutil.rmtree(old)

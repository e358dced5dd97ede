"""Staging: a release appears whole or not at all, and `latest` leads to it last."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import mkdtemp

from lod.errors import Position, ReleaseError
from lod.release.exchange import exchange
from lod.release.lock import locked
from lod.release.manifest import differing, released_files
from lod.release.sync import sync

LATEST = "latest"
_STAGED = ".staged"
_OLD = f"-old{_STAGED}"  # of the release that another one replaces


@contextmanager
def staged(output: Path) -> Iterator[Path]:
    """Give an empty folder inside `output`, the folder of the releases, for `publish` to put into its place.

    While the block runs, no other build can enter it; what is left in the folder is removed at its end. Raises
    ReleaseError where another build is at work, or where a file cannot be written.
    """
    try:
        with _made(output), locked(output):
            _clean(output)
            stage = Path(mkdtemp(prefix=".", suffix=_STAGED, dir=output))
            try:
                yield stage
            finally:
                shutil.rmtree(stage, ignore_errors=True)
    except OSError as error:
        raise _unwritable(error, error.filename or str(output)) from error


@contextmanager
def _made(folder: Path) -> Iterator[None]:
    """Make a folder where there is none; it is gone afterwards where nothing came into it."""
    new = not folder.exists()
    folder.mkdir(parents=True, exist_ok=True)
    try:
        yield
    finally:
        if new:
            with suppress(OSError):  # it is not empty
                folder.rmdir()


def _clean(output: Path) -> None:
    """Remove what builds that were killed have left, and bring back a release that was on its way out."""
    for left in output.glob(f".*{_STAGED}"):
        target = left.with_name(left.name.removeprefix(".").removesuffix(_OLD))
        if left.name.endswith(_OLD) and not target.exists():
            left.rename(target)
        elif left.is_symlink():
            left.unlink()
        else:
            shutil.rmtree(left)


def publish(stage: Path, version: str, *, replace: bool = False) -> bool:
    """Let the staged folder be `version` beside it, and `latest` a link to that; False where it was there, the same.

    A version never changes: raises ReleaseError where it is there and holds other bytes, unless it is to be replaced.
    """
    target = stage.parent / version
    stage.chmod(0o755)
    changed = differing(stage, target)
    if changed and target.exists() and not replace:
        files = f"{', '.join(changed[:3])}{f' and {len(changed) - 3} more' if len(changed) > 3 else ''}"
        hint = "Give lod.toml a new version, or let --replace overwrite what nobody has cited yet."
        raise ReleaseError(f"is published, and this build differs in {files}", at=Position(str(target)), hint=hint)
    if changed:
        sync(stage)
        _take_place(stage, target)
        sync(stage.parent)
    _lead(stage.parent / LATEST, version)
    return bool(changed)


def check_target(output: Path, version: str) -> None:
    """Raise ReleaseError where a release cannot be put there: a file stands in the way, or a folder of others."""
    target = output / version
    standing = next(each for each in (target, *target.absolute().parents) if each.exists())
    if not standing.is_dir():
        raise ReleaseError("is a file, not a folder", at=Position(str(standing)), hint="Choose another output folder.")
    others = {path.name for path in target.iterdir()} - released_files(target) if target.is_dir() else ()
    if others:
        hint = "Choose another output folder, or another version."
        raise ReleaseError(f"holds {min(others)!r}, which no build wrote", at=Position(str(target)), hint=hint)
    latest = output / LATEST
    if latest.exists() and not latest.is_symlink():
        hint = "Choose another output folder."
        raise ReleaseError("is not a link, and no build wrote it", at=Position(str(latest)), hint=hint)


def _unwritable(error: OSError, name: str) -> ReleaseError:
    return ReleaseError(
        f"cannot be written: {error.strerror or error}",
        at=Position(name),
        hint="Choose another output folder, or mend this one.",
    )


def _take_place(stage: Path, target: Path) -> None:
    """Let the staged folder be the target; what the target was is then gone, or is the staged folder."""
    if not target.exists():
        stage.rename(target)
        return
    if exchange(stage, target):
        return
    old = stage.with_name(f".{target.name}{_OLD}")
    target.rename(old)
    try:
        stage.rename(target)
    except BaseException:
        old.rename(target)
        raise
    shutil.rmtree(old, ignore_errors=True)


def _lead(link: Path, version: str) -> None:
    """Let a link lead to a version, in one step."""
    if link.is_symlink() and os.readlink(link) == version:
        return
    fresh = link.with_name(f".{link.name}{_STAGED}")
    fresh.unlink(missing_ok=True)
    fresh.symlink_to(version, target_is_directory=True)
    fresh.replace(link)
    sync(link.parent)

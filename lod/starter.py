"""A project to start from."""

import shutil
from importlib.resources import files
from pathlib import Path

from lod.errors import Position, ProjectError
from lod.project import FILE


def init(folder: Path) -> tuple[Path, ...]:
    """Write a project (lod.toml, the profile's mappings, shapes and queries, a few records) into a new or empty folder.

    Return the files. Raises ProjectError where the folder has something in it, or cannot be written.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise ProjectError("is not an empty folder", at=Position(str(folder)), hint="Choose a new one.")
    try:
        shutil.copytree(_package() / "template", folder, dirs_exist_ok=True)
        for name in ("mappings", "shapes", "queries"):
            shutil.copytree(profile() / name, folder / name)
    except OSError as error:
        raise ProjectError(f"cannot be written: {error.strerror}", at=Position(str(folder / FILE))) from error
    return tuple(sorted(path for path in folder.rglob("*") if path.is_file()))


def profile() -> Path:
    """Return the folder with the bundled mappings, shapes and queries: `lod/profile` in a wheel, else the checkout."""
    installed = _package() / "profile"
    return installed if installed.is_dir() else _package().parent


def _package() -> Path:
    return Path(str(files("lod")))

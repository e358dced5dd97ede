"""Verification of a release: is every file what its manifest says, and does the data still keep its promises."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from lod.errors import Position, ReleaseError
from lod.release import MANIFEST, SIGNATURE
from lod.release.manifest import sha256
from lod.release.minisign import BadSignature, PublicKey
from lod.release.write import DATASET_FILE
from lod.validate import validate_files


@dataclass(frozen=True)
class Breach:
    """A file of a release that is not as it was published, or a promise that does not hold."""

    name: str
    what: str

    def __str__(self) -> str:
        return f"{self.name}: {self.what}"


def verify_release(folder: Path, *, deep: bool = False, key: PublicKey | None = None) -> tuple[Breach, ...]:
    """Return what is wrong with the release in a folder: each file that is missing, changed, or not of it.

    key: whose signature the release must have. deep: hold the data to the release's own shapes too, and ask its ASK
    queries, of which none may hold. Raises ReleaseError where there is no release.
    """
    found = list(_files(folder))
    if key:
        found += _signed(folder, key)
    if deep and not found:
        found = [*_violations(folder), *_held(folder)]
    return tuple(found)


def _files(folder: Path) -> Iterator[Breach]:
    listed = _manifest(folder)
    for name, said in listed.items():
        path = folder / name
        if not path.is_file():
            yield Breach(name, "is missing")
        elif path.stat().st_size != said["bytes"]:
            yield Breach(name, f"has {path.stat().st_size} bytes, not {said['bytes']}")
        elif sha256(path) != said["sha256"]:
            yield Breach(name, "is not what was published: its SHA-256 differs")
    there = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if not path.is_dir()}
    yield from (Breach(name, "is not of the release") for name in sorted(there - {MANIFEST, SIGNATURE, *listed}))


def _signed(folder: Path, key: PublicKey) -> Iterator[Breach]:
    path = folder / SIGNATURE
    if not path.is_file():
        yield Breach(SIGNATURE, "is missing")
        return
    try:
        key.check((folder / MANIFEST).read_bytes(), path.read_text(encoding="utf-8", errors="replace"))
    except BadSignature as bad:
        yield Breach(SIGNATURE, str(bad))


def _manifest(folder: Path) -> dict[str, dict[str, Any]]:
    path = folder / MANIFEST
    hint = "A release is a folder with a manifest.json; `lod build` makes one."
    try:
        files = json.loads(path.read_text(encoding="utf-8"))["files"]
        return {str(name): {"bytes": int(said["bytes"]), "sha256": str(said["sha256"])} for name, said in files.items()}
    except OSError as error:
        raise ReleaseError(f"cannot be read: {error.strerror}", at=Position(str(path)), hint=hint) from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise ReleaseError("is no manifest of a release", at=Position(str(path)), hint=hint) from error


def _violations(folder: Path) -> Iterator[Breach]:
    shapes = folder / "shapes"
    if shapes.is_dir():
        for result in validate_files([folder / DATASET_FILE], [shapes]).violations:
            yield Breach(str(result.focus), result.message)


def _held(folder: Path) -> Iterator[Breach]:
    """Yield the ASK queries that hold."""
    queries = sorted((folder / "queries").glob("*.rq"))
    store = _store(folder) if queries else ox.Store()
    for path in queries:
        text = path.read_text(encoding="utf-8")
        answer = store.query(text, use_default_graph_as_union=True)
        if isinstance(answer, ox.QueryBoolean) and answer:
            yield Breach(path.relative_to(folder).as_posix(), text.partition("\n")[0].lstrip("# "))


def _store(folder: Path) -> ox.Store:
    store = ox.Store()
    store.bulk_load(path=folder / DATASET_FILE, format=ox.RdfFormat.N_QUADS)
    return store

"""The manifest: what a release holds, with a hash and size of each file."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

from lod.outcome import Account
from lod.project import Dataset

MANIFEST = "manifest.json"
SIGNATURE = MANIFEST + ".minisig"


@dataclass(frozen=True)
class Contents:
    """What a release says: how many statements, and the SHA-256 of its canonical N-Quads (None: it has blank nodes).

    https://www.w3.org/TR/rdf-canon/
    """

    statements: int
    canonical: str | None


def write_manifest(folder: Path, dataset: Dataset, contents: Contents, accounts: Iterable[Account]) -> None:
    """Write `manifest.json` over the files that are in the folder."""
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    files = {
        path.relative_to(folder).as_posix(): {"bytes": path.stat().st_size, "sha256": sha256(path)} for path in paths
    }
    document = {
        "title": dataset.title,
        "version": dataset.version,
        "base": dataset.base,
        "statements": contents.statements,
        "canonical": contents.canonical and {"algorithm": "RDFC-1.0", "sha256": contents.canonical},
        "records": [asdict(account) for account in accounts],
        "files": files,
    }
    text = json.dumps(document, ensure_ascii=False, indent=2) + "\n"
    (folder / MANIFEST).write_text(text, encoding="utf-8")


@dataclass(frozen=True)
class About:
    """What a manifest says of its release as a whole."""

    title: str
    version: str
    base: str


def read_about(folder: Path) -> About:
    """Read what the manifest of a release, which was verified, says of it."""
    document = json.loads(_text(folder))
    return About(document["title"], document["version"], document["base"])


def released_files(folder: Path) -> set[str]:
    """Return the names at the top of a release, the manifest's and its signature's too; none without our manifest."""
    files = _files(folder)
    return {MANIFEST, SIGNATURE, *(name.partition("/")[0] for name in files)} if files else set()


def differing(one: Path, other: Path) -> list[str]:
    """Return the names of the files that are not the same in two releases; the manifest's where it alone differs.

    A signature is compared where `one` has it: who builds without a key changes nothing.
    """
    here, there = _files(one), _files(other)
    names = sorted(name for name in here.keys() | there.keys() if here.get(name) != there.get(name))
    if not names and _text(one) != _text(other):
        return [MANIFEST]
    signed = (one / SIGNATURE).exists() and _text(one, SIGNATURE) != _text(other, SIGNATURE)
    return [*names, SIGNATURE] if signed else names


def _files(folder: Path) -> dict[str, object]:
    try:
        document = json.loads(_text(folder))
    except ValueError:
        return {}
    files = document.get("files") if isinstance(document, dict) else None
    return files if isinstance(files, dict) else {}


def _text(folder: Path, name: str = MANIFEST) -> str:
    try:
        return (folder / name).read_text(encoding="utf-8")
    except OSError:
        return ""


def sha256(path: Path) -> str:
    """Return the SHA-256 of a file's bytes, in hexadecimal."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()

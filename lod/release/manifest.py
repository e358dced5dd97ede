"""The manifest: what a release holds, with a hash and size of each file."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path

from lod.outcome import Account
from lod.project import Dataset

MANIFEST = "manifest.json"


def write_manifest(folder: Path, dataset: Dataset, statements: int, accounts: Iterable[Account]) -> None:
    """Write `manifest.json` over the files that are in the folder."""
    files = {path.name: {"bytes": path.stat().st_size, "sha256": sha256(path)} for path in sorted(folder.iterdir())}
    document = {
        "title": dataset.title,
        "version": dataset.version,
        "base": dataset.base,
        "statements": statements,
        "records": [asdict(account) for account in accounts],
        "files": files,
    }
    text = json.dumps(document, ensure_ascii=False, indent=2) + "\n"
    (folder / MANIFEST).write_text(text, encoding="utf-8")


def released_files(folder: Path) -> set[str]:
    """Return the names of a release's files, the manifest's too; none where the folder has no manifest of ours."""
    try:
        document = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return set()
    files = document.get("files") if isinstance(document, dict) else None
    return {MANIFEST, *files} if isinstance(files, dict) else set()


def sha256(path: Path) -> str:
    """Return the SHA-256 of a file's bytes, in hexadecimal."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()

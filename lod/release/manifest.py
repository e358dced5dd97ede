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


def sha256(path: Path) -> str:
    """Return the SHA-256 of a file's bytes, in hexadecimal."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()

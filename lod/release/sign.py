"""The signature of a release: over its manifest, which has the hash of every other file."""

from datetime import datetime
from pathlib import Path

from lod.project import Dataset
from lod.release.manifest import MANIFEST, SIGNATURE
from lod.release.minisign import SecretKey
from lod.release.run import released_time


def write_signature(folder: Path, dataset: Dataset, key: SecretKey) -> None:
    """Sign the manifest in a folder; the trusted comment says the release's time: the same bytes every time."""
    time = int(datetime.fromisoformat(released_time(dataset)).timestamp())
    text = key.sign((folder / MANIFEST).read_bytes(), f"timestamp:{time}\tfile:{MANIFEST}\thashed")
    (folder / SIGNATURE).write_text(text, encoding="utf-8")

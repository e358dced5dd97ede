"""The stored texts of sources: found below the project, held to the hash that was recorded, and read."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

from lod.errors import InputError, Position
from lod.texts.extract import Stored, extract


@dataclass(frozen=True)
class Snapshot:
    """The stored bytes of a source, as recorded: their file below the project, and its SHA-256 in hexadecimal.

    url: where the source was found; at: the record that says all this.
    """

    file: str
    sha256: str | None
    url: str | None
    at: Position


@dataclass(frozen=True)
class StoredText:
    """The text of a snapshot, the SHA-256 of its UTF-8, and what took it out of the bytes ("": nothing had to)."""

    text: str
    sha256: str
    extractor: str


def read_text(root: Path, snapshot: Snapshot) -> StoredText:
    """Return the text of a snapshot in a project's folder.

    Raises InputError, with file and row, where there is no such file below the project, its bytes are not those that
    were recorded, or no text can be read from them.
    """
    content = _content(root, snapshot)
    found = hashlib.sha256(content).hexdigest()
    if snapshot.sha256 is None:
        hint = f"If it is what was read, record its SHA-256: {found}."
        raise InputError(f"{snapshot.file} has no recorded hash", at=snapshot.at, hint=hint)
    if found != snapshot.sha256.lower():
        what = f"{snapshot.file} is not what was stored: its SHA-256 is {found}, recorded is {snapshot.sha256}"
        raise InputError(what, at=snapshot.at, hint="Restore the file; another text of the source is another source.")
    extracted = extract(Stored(content, snapshot.file, snapshot.url, snapshot.at))
    return StoredText(extracted.text, hashlib.sha256(extracted.text.encode()).hexdigest(), extracted.extractor)


def _content(root: Path, snapshot: Snapshot) -> bytes:
    path = (root / snapshot.file).resolve()
    if not path.is_relative_to(root.resolve()):
        raise InputError(f"{snapshot.file} is not below the project", at=snapshot.at, hint="Store it in its folder.")
    try:
        return path.read_bytes()
    except (OSError, ValueError) as error:
        hint = f"It is looked for from {root}."
        raise InputError(f"{snapshot.file} cannot be read: {error}", at=snapshot.at, hint=hint) from error

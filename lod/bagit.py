"""A release as a bag, which archives take in: it lies there as it stands, with the hash of each file beside it.

https://www.rfc-editor.org/rfc/rfc8493
"""

import shutil
from collections.abc import Iterable
from pathlib import Path

from lod.errors import Position, ReleaseError
from lod.release.manifest import read_about, sha256
from lod.verify import verify_release
from lod.whole import whole_folder

_PAYLOAD, _DECLARATION, _INFO = "data", "bagit.txt", "bag-info.txt"
_MANIFEST, _TAG_MANIFEST = "manifest-sha256.txt", "tagmanifest-sha256.txt"


def bag(release: Path, folder: Path) -> int:
    """Copy a release into a new folder as a bag; return how many files of the release it holds.

    Raises ReleaseError where there is no release, where it is not as it was published, or where the folder is there or
    cannot be written.
    """
    breaches = verify_release(release)
    if breaches:
        hint = "`lod verify` names all that is wrong."
        raise ReleaseError(f"is not as it was published: {breaches[0]}", at=Position(str(release)), hint=hint)
    if folder.exists():
        raise ReleaseError("is there already", at=Position(str(folder)), hint="Name a new folder.")
    with whole_folder(folder) as staging:
        return _fill(staging, release)


def _fill(staging: Path, release: Path) -> int:
    shutil.copytree(release, staging / _PAYLOAD)
    files = sorted(path for path in (staging / _PAYLOAD).rglob("*") if path.is_file())
    _write(staging / _DECLARATION, ["BagIt-Version: 1.0", "Tag-File-Character-Encoding: UTF-8"])
    _write(staging / _INFO, _info(release, sum(path.stat().st_size for path in files), len(files)))
    _write(staging / _MANIFEST, _hashes(staging, files))
    tags = [staging / name for name in (_INFO, _DECLARATION, _MANIFEST)]
    _write(staging / _TAG_MANIFEST, _hashes(staging, tags))
    return len(files)


def _info(release: Path, size: int, count: int) -> list[str]:
    """Return what people read of a bag. https://www.rfc-editor.org/rfc/rfc8493#section-2.2.2."""
    about = read_about(release)
    return [
        f"External-Identifier: {about.base}",
        f"External-Description: {' '.join(about.title.split())}, version {about.version}",
        f"Payload-Oxum: {size}.{count}",
    ]


def _hashes(staging: Path, files: Iterable[Path]) -> list[str]:
    return [f"{sha256(path)}  {_spelled(path.relative_to(staging).as_posix())}" for path in files]


def _spelled(name: str) -> str:
    """Write a path on one line. https://www.rfc-editor.org/rfc/rfc8493#section-2.1.3."""
    return name.replace("%", "%25").replace("\n", "%0A").replace("\r", "%0D")


def _write(path: Path, lines: Iterable[str]) -> None:
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8", newline="")

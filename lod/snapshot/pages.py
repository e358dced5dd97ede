"""Pages stored in a project, each as a row of sources.csv tells of it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

from lod.errors import InputError, ProjectError
from lod.snapshot.archive import SERVICE, archived_copy
from lod.snapshot.client import Client
from lod.snapshot.store import store

_EXTRA = ("protego", "warcio")


@dataclass(frozen=True)
class Snapshot:
    """A stored page: cells of sources.csv, empty where nothing is known."""

    url: str
    archived_url: str
    archived_at: str
    accessed: str
    text_file: str
    text_sha256: str


def snapshot_pages(
    urls: Sequence[str], project: Path, into: str = "texts", *, archive: bool = False
) -> Iterator[Snapshot]:
    """Store pages in a folder of a project, and yield each when it is stored.

    archive: whether a web archive is asked for the copy that it has. Raises ProjectError where the folder is not below
    the project, InputError where a page cannot or may not be read, or the extra `texts` is not installed, ReleaseError
    where it cannot be written.
    """
    return stored_pages(Client(), urls, project, into, SERVICE if archive else None)


def stored_pages(
    client: Client, urls: Sequence[str], project: Path, into: str, archive: str | None
) -> Iterator[Snapshot]:
    """Do so by a client; archive: the service that is asked for copies, if any is."""
    _check_extra()
    folder = (project / into).resolve()
    if not folder.is_relative_to(project.resolve()):
        raise ProjectError(f"{into} is not below the project, {project}", hint="Texts are stored in the project.")
    for url in urls:
        stored = store(client, url, folder)
        copy = archived_copy(client, stored.url, archive) if archive else None
        place = stored.file.relative_to(project.resolve()).as_posix()
        made = (copy.url, copy.at) if copy else ("", "")
        yield Snapshot(stored.url, *made, stored.accessed, place, stored.sha256)


def _check_extra() -> None:
    for module in _EXTRA:
        try:
            import_module(module)
        except ImportError as error:
            hint = "Install it: pip install 'lod[texts]'."
            raise InputError(f"{module}, which storing pages needs, is missing", hint=hint) from error

"""`lod verify`: any change to a release is found by name; --deep finds what the data must not say."""

import json
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest
from small import lod, small_project

from lod import verify_release


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    project = small_project(tmp_path_factory.mktemp("verify") / "project")
    assert lod("build", project).exit_code == 0
    return project


def test_a_release_is_as_it_was_published(published: Path) -> None:
    shown = lod("verify", "--project", published, "--deep")
    assert (shown.exit_code, shown.stdout, shown.stderr) == (0, f"{published}/output/latest: no breaches\n", "")


def _flip(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


def _grow(path: Path) -> None:
    path.write_bytes(path.read_bytes() + b"\n")


SPOILT: dict[str, tuple[Callable[[Path], object], str]] = {
    "claim/c1.ttl": (_flip, "is not what was published: its SHA-256 differs"),
    "dataset.nq": (_flip, "is not what was published: its SHA-256 differs"),
    "style.css": (_grow, "has "),
    "queries/roots.rq": (Path.unlink, "is missing"),
    "event/notes.txt": (Path.touch, "is not of the release"),
}


@pytest.mark.parametrize("name", SPOILT)
def test_any_change_is_found_by_name(name: str, published: Path) -> None:
    release = published / "output/latest"
    path, (spoil, says) = release / name, SPOILT[name]
    before = path.read_bytes() if path.is_file() else None
    spoil(path)
    shown = lod("verify", release)
    if before is None:
        path.unlink()
    else:
        path.write_bytes(before)
    assert shown.exit_code == 1
    assert shown.stdout.startswith(f"{name}: {says}")
    assert shown.stdout.endswith(f"{release}: 1 breach\n")


def forged(release: Path, statement: str) -> None:
    """Add a statement to the data, and let the manifest agree."""
    data = release / "dataset.nq"
    data.write_bytes(data.read_bytes() + f"{statement}\n".encode())
    manifest = json.loads((release / "manifest.json").read_text(encoding="utf-8"))
    content = data.read_bytes()
    manifest["files"]["dataset.nq"] = {"bytes": len(content), "sha256": sha256(content).hexdigest()}
    (release / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")


def test_a_forged_manifest_does_not_hide_what_is_asserted(tmp_path: Path) -> None:
    project = small_project(tmp_path / "project")
    assert lod("build", project).exit_code == 0
    release = project / "output/latest"
    event = "https://example.org/my-dataset/event/bridge-2001-03-01"
    forged(release, f'<{event}> <http://schema.org/attendee> "63" .')
    assert verify_release(release) == ()
    found = [str(breach) for breach in verify_release(release, deep=True)]
    assert "queries/event-asserts.rq: Must not be: an event says more of itself than when and where." in found
    assert any(each.startswith(f"<{event}>: ") for each in found)  # by its shape, too


@pytest.mark.parametrize("content", [None, "[]", '{"files": 3}', "no JSON"])
def test_a_folder_that_is_no_release(content: str | None, tmp_path: Path) -> None:
    if content is not None:
        (tmp_path / "manifest.json").write_text(content)
    shown = lod("verify", tmp_path)
    assert (shown.exit_code, shown.stdout) == (2, "")
    assert f"error: {tmp_path}/manifest.json: " in shown.stderr
    assert "`lod build` makes one." in shown.stderr

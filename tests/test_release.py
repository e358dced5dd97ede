"""A release: the same bytes everywhere, and in its folder always the old one or the new one, whole."""

import json
import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from small import (
    PEOPLE,
    append,
    contents,
    copied,
    is_whole,
    lod,
    lod_process,
    manifest,
    small_project,
    swap,
    tiny_project,
)

from lod.release import publish, staged
from lod.release.exchange import exchange
from lod.release.lock import locked

# The same bytes


@pytest.mark.parametrize(
    ("make", "cwd", "environment"),
    [
        (small_project, "elsewhere", {"PYTHONHASHSEED": "1", "TZ": "Asia/Baku", "LC_ALL": "C", "LANG": "C"}),
        (tiny_project, ".", {"PYTHONHASHSEED": "2", "TZ": "America/St_Johns", "LC_ALL": "C.UTF-8"}),
    ],
)
def test_neither_place_nor_time_nor_settings_change_a_byte(
    make: Callable[[Path], Path], cwd: str, environment: dict[str, str], tmp_path: Path
) -> None:
    here = make(tmp_path / "here")
    moved = copied(here, tmp_path / "elsewhere")
    assert lod("build", here).exit_code == 0
    path = os.path.relpath(moved, tmp_path / cwd)
    done = lod_process("build", path, cwd=tmp_path / cwd, **environment)
    assert done.returncode == 0, done.stderr
    assert contents(moved / "output/latest") == contents(here / "output/latest")


def test_source_date_epoch_is_the_only_clock(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tiny = tiny_project(tmp_path / "tiny")
    lines = {}
    for epoch in ("", "0", "1700000000"):
        monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
        assert lod("build", tiny, "--replace").exit_code == 0
        lines[epoch] = (tiny / "output/latest/dataset.nq").read_text().splitlines()
    ended = {epoch: [line for line in found if "endedAtTime" in line] for epoch, found in lines.items()}
    timed = {
        epoch: [line for line in found if "endedAtTime" in line or "dc/terms/issued" in line]
        for epoch, found in lines.items()
    }
    moments = [("", "2026-01-31T00:00:00Z"), ("0", "1970-01-01T00:00:00Z"), ("1700000000", "2023-11-14T22:13:20Z")]
    for epoch, moment in moments:
        assert len(ended[epoch]) == 1
        assert f'"{moment}"' in ended[epoch][0]
        assert len(timed[epoch]) == 2
        assert any(f'"{moment[:10]}"^^' in line for line in timed[epoch])
        assert set(lines[epoch]) - set(timed[epoch]) == set(lines[""]) - set(timed[""])
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "yesterday")
    shown = lod("build", tiny)
    assert (shown.exit_code, shown.stdout) == (2, "")
    assert "SOURCE_DATE_EPOCH must be a number of seconds, not 'yesterday'" in shown.stderr


# Whole or not at all


@pytest.fixture
def tiny(tmp_path: Path) -> Path:
    folder = tiny_project(tmp_path / "tiny")
    assert lod("build", folder).exit_code == 0
    return folder


def set_version(project: Path, version: int) -> None:
    text = (project / "lod.toml").read_text()
    (project / "lod.toml").write_text(text.replace(f'version = "{version - 1}"', f'version = "{version}"'))


def test_a_new_version_stands_beside_the_old_one(tiny: Path) -> None:
    before = contents(tiny / "output/1")
    set_version(tiny, 2)
    (tiny / "link").symlink_to("output", target_is_directory=True)
    assert lod("build", tiny, "--output", tiny / "link").exit_code == 0
    assert (tiny / "link").is_symlink()
    assert {path.name for path in (tiny / "output").iterdir()} == {"1", "2", "latest"}
    assert contents(tiny / "output/1") == before
    assert is_whole(tiny / "output/2")
    assert manifest(tiny / "output/latest")["version"] == "2"
    assert os.readlink(tiny / "output/latest") == "2"  # so that a copy of the folder leads to its own


def test_a_second_build_of_the_same_changes_nothing(tiny: Path) -> None:
    before = {path: path.stat() for path in tiny.rglob("*")}
    shown = lod("build", tiny)
    assert (shown.exit_code, shown.stdout.split(", ")[1:]) == (0, ["as it was\n"])
    after = {path: path.stat() for path in tiny.rglob("*")}
    assert {path: (stat.st_ino, stat.st_mtime_ns) for path, stat in after.items() if path != tiny / "output"} == {
        path: (stat.st_ino, stat.st_mtime_ns) for path, stat in before.items() if path != tiny / "output"
    }


def test_a_published_version_changes_only_where_that_is_said(tiny: Path) -> None:
    before = contents(tiny / "output")
    append(tiny / PEOPLE, "cy,Cy,en,\n")
    shown = lod("build", tiny)
    assert (shown.exit_code, shown.stdout) == (2, "")
    assert "output/1: is published, and this build differs in " in shown.stderr
    assert "dataset.jsonld, dataset.nq and " in shown.stderr
    assert "Give lod.toml a new version, or let --replace overwrite" in shown.stderr
    assert contents(tiny / "output") == before
    assert lod("build", tiny, "--replace").exit_code == 0
    assert is_whole(tiny / "output/1")
    assert '"Cy"@en' in (tiny / "output/latest/dataset.nq").read_text()


@pytest.mark.parametrize("name", [".git", "README.md", "manifest.json"])
def test_a_folder_with_anything_else_in_it_is_left_alone(name: str, tiny: Path) -> None:
    target = tiny / "output/1"
    if name == "manifest.json":  # a web application has one too
        target = tiny / "site/1"
        target.mkdir(parents=True)
    (target / name).write_text('{"name": "not ours"}')
    before = contents(tiny)
    shown = lod("build", tiny, "--output", target.parent)
    assert (shown.exit_code, shown.stdout) == (2, "")
    assert f"{target}: holds {name!r}, which no build wrote\n  Choose another output folder" in shown.stderr
    assert contents(tiny) == before


def test_a_file_that_is_called_latest_is_left_alone(tiny: Path) -> None:
    (tiny / "site").mkdir()
    (tiny / "site/latest").write_text("news")
    shown = lod("build", tiny, "--output", tiny / "site")
    assert (shown.exit_code, shown.stdout) == (2, "")
    assert f"{tiny}/site/latest: is not a link, and no build wrote it" in shown.stderr


def test_two_builds_at_once_do_not_meet(tiny: Path) -> None:
    set_version(tiny, 2)
    with locked(tiny / "output"):
        shown = lod("build", tiny)
    assert (shown.exit_code, shown.stdout) == (2, "")
    assert (
        f"output: process {os.getpid()} on {socket.gethostname()} builds here\n  Wait until it is done" in shown.stderr
    )
    assert {path.name for path in (tiny / "output").iterdir()} == {"1", "latest"}
    assert lod("build", tiny).exit_code == 0


def test_a_disk_that_fills_up_leaves_the_old_release(tiny: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device", "manifest.json")

    before = contents(tiny / "output")
    set_version(tiny, 2)
    monkeypatch.setattr("lod.pipeline.write_manifest", full)
    shown = lod("build", tiny)
    assert (shown.exit_code, shown.stdout) == (2, "")
    assert "manifest.json: cannot be written: No space left on device" in shown.stderr
    assert contents(tiny / "output") == before
    assert {path.name for path in (tiny / "output").iterdir()} == {"1", "latest"}


WATCH = """
import os, sys
lost = 0
print("ready", flush=True)
while not os.path.exists(sys.argv[2]):
    lost += not os.path.exists(sys.argv[1])
print(lost)
"""


def test_nobody_ever_finds_the_folder_gone(tmp_path: Path) -> None:
    """A watcher stands for the kill, which the test above aims at a moment of a few microseconds."""
    for name in ("one", "other"):
        (tmp_path / name).mkdir()
    if not exchange(tmp_path / "one", tmp_path / "other"):
        pytest.skip("this system has no call that lets two folders change places")
    target, done = tmp_path / "release", tmp_path / "done"
    write(target, 0)
    command = [sys.executable, "-c", WATCH, str(target), str(done)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as watcher:
        assert watcher.stdout is not None
        assert watcher.stdout.readline() == "ready\n"
        for number in range(1, 200):
            write(target, number)
        done.touch()
        assert watcher.stdout.read() == "0\n"
    assert (target / "file").read_text() == "199"
    assert {path.name for path in tmp_path.iterdir()} == {"one", "other", "release", "latest", "done"}


def write(target: Path, number: int) -> None:
    with staged(target.parent) as folder:
        (folder / "file").write_text(str(number))
        (folder / "manifest.json").write_text(json.dumps({"files": {"file": number}}))
        publish(folder, target.name, replace=True)


def test_what_changes_places_must_be_there(tmp_path: Path) -> None:
    (tmp_path / "one").mkdir()
    with pytest.raises(FileNotFoundError):
        exchange(tmp_path / "one", tmp_path / "nowhere")
    assert [path.name for path in tmp_path.iterdir()] == ["one"]


def test_a_failing_build_makes_nothing_up(tiny: Path) -> None:
    shutil.rmtree(tiny / "output")
    swap(tiny / PEOPLE, "id,", "ident,")
    assert lod("build", tiny).exit_code == 2
    assert not (tiny / "output").exists()

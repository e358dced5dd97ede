"""A build that is killed, or whose file system fails: readers find the old release or the new one, whole.

The suite tries 5 instants and 6 calls; `pytest --hypothesis-profile=thorough` tries 200 instants, and every call.
"""

import errno
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import pytest
from forked import Ended, Faults, Forks, faults, forks
from sample import THOROUGH
from small import PEOPLE, append, contents, is_whole, lod, swap, tiny_project

from lod.verify import verify_release

KILL = 0
COMPILER = shutil.which("cc")
FORMS = '[release]\nentities = ["person"]\nforms = ["nquads", "turtle", "jsonld", "parquet", "csv", "nquads.zst"]\n'


@pytest.fixture
def project(tmp_path: Path) -> Path:
    folder = tiny_project(tmp_path / "tiny")
    append(folder / "lod.toml", FORMS)
    assert lod("build", folder).exit_code == 0
    return folder


@dataclass(frozen=True)
class Seen:
    """What readers see of a folder of releases."""

    releases: dict[str, dict[str, bytes]]
    latest: str


def seen(output: Path) -> Seen:
    found = [path for path in output.iterdir() if not path.name.startswith(".") and not path.is_symlink()]
    for path in found:
        assert is_whole(path)
        assert verify_release(path) == ()
    return Seen({path.name: contents(path) for path in found}, os.readlink(output / "latest"))


def changed(project: Path, number: int, *, anew: bool) -> None:
    """Change what is to be published: under a new version, or under the same."""
    append(project / PEOPLE, f"p{number},Person {number},en,\n")
    if anew:
        swap(project / "lod.toml", f'version = "{project_version(project)}"', f'version = "{number}"')


def project_version(project: Path) -> str:
    return (project / "lod.toml").read_text().partition('version = "')[2].partition('"')[0]


def assert_old_or_new(before: Seen, between: Seen, after: Seen) -> None:
    assert before.releases.keys() <= between.releases.keys() <= after.releases.keys()
    for name, found in between.releases.items():
        assert found in (before.releases.get(name), after.releases[name])
    assert between.latest in (before.latest, after.latest)
    assert between.latest in between.releases


def assert_mended(project: Path, command: list[object], running: Forks) -> Seen:
    """Build once more, undisturbed."""
    done = running.run(*command)
    assert done.code == 0, done.told
    assert [path.name for path in (project / "output").iterdir() if path.name.startswith(".")] == []
    return seen(project / "output")


def test_a_build_that_is_killed_at_any_instant_leaves_the_old_release_or_the_new(project: Path) -> None:
    instants = random.Random(1992)  # any will do
    command: list[object] = ["build", project, "--replace"]
    with forks() as running:
        before, took, killed = seen(project / "output"), published_in(project, running, command), 0
        for number in range(2, 202 if THOROUGH else 7):
            changed(project, number, anew=number % 2 == 0)
            process = running.start(*command)
            await_stage(project)
            time.sleep(instants.uniform(0, 1.1 * took))
            with suppress(ProcessLookupError):  # it is done
                os.kill(process, signal.SIGKILL)
            killed += running.end().code == -signal.SIGKILL
            between, after = seen(project / "output"), assert_mended(project, command, running)
            assert_old_or_new(before, between, after)
            before = after
    assert killed > number / 4


def published_in(project: Path, running: Forks, command: list[object]) -> float:
    """Return how many seconds an undisturbed build publishes for."""
    running.start(*command)
    await_stage(project)
    began = time.monotonic()
    assert running.end().code == 0
    return time.monotonic() - began


def await_stage(project: Path) -> None:
    deadline = time.monotonic() + 60
    while not list((project / "output").glob(".*.staged")):
        assert time.monotonic() < deadline
        time.sleep(0.001)


@pytest.fixture
def failing(project: Path, tmp_path: Path) -> Iterator[Faults]:
    if sys.platform != "linux" or not COMPILER:
        pytest.skip("the faulty layer is C, for Linux: install a C compiler")
    with faults(COMPILER, project / "output", tmp_path) as started:
        yield started


@pytest.mark.parametrize(
    ("anew", "error"), [(True, errno.ENOSPC), (False, errno.EIO), (False, KILL)], ids=["full", "broken", "killed"]
)
def test_a_call_that_fails_leaves_the_old_release_or_the_new(
    anew: bool, error: int, project: Path, failing: Faults
) -> None:
    command: list[object] = ["build", project, "--replace"]
    calls = chosen(project, failing, command, anew, error)
    before = seen(project / "output")
    for number, call in enumerate(calls, 100):
        changed(project, number, anew=anew)
        ended = failing.run(*command, fail=call, error=error)
        failed = failing.calls()[call - 1]
        between, after = seen(project / "output"), assert_mended(project, command, failing.forks)
        assert_old_or_new(before, between, after)
        assert_told(ended, error, between == after, failed)
        before = after


def chosen(project: Path, failing: Faults, command: list[object], anew: bool, error: int) -> list[int]:
    """Return which calls are to fail: some, each the last of its name, or all."""
    changed(project, 99, anew=anew)
    assert failing.run(*command).code == 0
    names = [line.partition(" ")[0] for line in failing.calls()]
    assert {"mkdir", "open64", "write", "chmod", "syncfs", "unlink", "rename" if anew else "renameat2"} <= set(names)
    last = {name: number for number, name in enumerate(names, 1)}
    return [*range(1, len(names) + 1)] if THOROUGH else random.Random(error).sample(sorted(last.values()), 2)


def assert_told(ended: Ended, error: int, published: bool, failed: str) -> None:
    if error == KILL:
        assert ended.code == -signal.SIGKILL, failed
    elif ended.code == 0:
        assert published, failed
    else:
        assert ended.code == 2, (failed, ended.told)
        lines = [line for line in ended.told.splitlines() if line.startswith("error: ")]
        assert len(lines) == 1, (failed, ended.told)
        assert lines[0].endswith(f": cannot be written: {os.strerror(error)}"), (failed, ended.told)


KILLED_BETWEEN = """
import os, signal, sys
from pathlib import Path
from lod.release import stage

def killed_between(event, _):
    global renames
    if event == "os.rename":
        renames += 1
        if renames == 2:
            os.kill(os.getpid(), signal.SIGKILL)

renames, stage.exchange = 0, lambda *_: False
sys.addaudithook(killed_between)
with stage.staged(Path(sys.argv[1])) as folder:
    (folder / "manifest.json").write_text('{"files": {"new": 1}}')
    stage.publish(folder, "1", replace=True)
"""


def test_a_release_that_was_on_its_way_out_comes_back(project: Path) -> None:
    """Where a system has no call by which folders change places, there is an instant without the release."""
    before = seen(project / "output")
    done = subprocess.run([sys.executable, "-c", KILLED_BETWEEN, project / "output"], check=False)
    assert done.returncode == -signal.SIGKILL
    assert not (project / "output/1").exists()
    assert lod("build", project).exit_code == 0
    assert seen(project / "output") == before

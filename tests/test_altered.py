"""Claims that say another thing than in the last release under the same id: told when a project is built."""

from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest
from changing import BASE as SET
from changing import FIELDS, Claim, edited, random_state
from small import BASE, CLAIMS, SOURCES, add, change, copied, records, swap
from small import lod as run
from storing import quoting_project

import lod
from lod.difference import altered
from lod.engine import DuckDbEngine
from lod.load import load
from lod.project import ENTITIES
from lod.quad import TRIPLE
from lod.triples import triples

SAYS = ("event", "value", "wording", "claimant", "grounds")
OTHER = "says another thing than in"


def differing(before: Claim, after: Claim) -> tuple[str, ...]:
    found = {what for what in SAYS if getattr(before, FIELDS[what]) != getattr(after, FIELDS[what])}
    if before.worded != after.worded:
        found.add("wording")
    return tuple(what for what in SAYS if what in found)


@pytest.mark.parametrize("seed", range(4))
def test_they_are_those_of_a_comparison_record_by_record(seed: int, engine: DuckDbEngine, tmp_path: Path) -> None:
    random = Random(seed)
    old = random_state(random)
    new = edited(random, old)
    (tmp_path / "dataset.nq").write_text("".join(old.lines()), encoding="utf-8")
    (tmp_path / "new.nq").write_text("".join(new.lines()), encoding="utf-8")
    statements = triples(engine, load(engine, [tmp_path / "new.nq"], lod.ReleaseError)).select(*TRIPLE)
    both = [
        name for name in old.claims.keys() & new.claims.keys() if not (old.claims[name].ended or new.claims[name].ended)
    ]
    wanted = {f"{SET}claim/{name}": differing(old.claims[name], new.claims[name]) for name in both}
    found = {each.iri: each.what for each in altered(engine, tmp_path, statements, SET, ENTITIES)}
    assert found == {name: what for name, what in wanted.items() if what}
    assert found


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with a stored text, so that what is computed of quotes is in the release too."""
    project = quoting_project(tmp_path_factory.mktemp("altered") / "project")
    assert run("build", project).exit_code == 0
    return project


def edit_all(project: Path) -> None:
    path = project / CLAIMS
    number = next(row for row, each in enumerate(records(path), 1) if each["id"] == "c1")
    change(path, number, value="13", as_worded="13 people")
    change(path, 2, note="Read again.", locator="page 2")
    change(path, 3, claimant="gazette")


def revise(project: Path) -> None:
    add(project / CLAIMS, like=1, id="c1-2", value="13", as_worded="13 people", revision_of="c1")
    change(project / SOURCES, 1, title="Another title")
    change(project / CLAIMS, 2, withdrawn_at="2026-12-01T00:00:00Z", withdrawn_by="gazette", withdrawn_why="No.")


@pytest.mark.parametrize(
    ("edit", "told"),
    [(edit_all, {"c1": "value, wording", "c3": "claimant"}), (revise, {}), (lambda _: None, {})],
    ids=["edited", "revised", "as it was"],
)
def test_a_build_tells_them_as_notes(
    published: Path, tmp_path: Path, edit: Callable[[Path], None], told: dict[str, str]
) -> None:
    project = copied(published, tmp_path / "project")
    version = (project / "output/latest").resolve().name
    swap(project / "lod.toml", 'version = "', 'version = "2.')
    edit(project)
    notes = [note for note in lod.check(lod.read_project(project)).notes if OTHER in note]
    assert [note.partition(": ")[0] for note in notes] == [
        f"{BASE}claim/{name} {OTHER} {version} ({what})" for name, what in told.items()
    ]
    assert all("revision_of" in note for note in notes)

"""Claims of the last release that the records do not have any more."""

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest
from changing import BASE as SET
from changing import edited, random_state
from small import BASE, CLAIMS, SOURCES, add, change, contents, copied, records, small_project, swap, write_records
from small import lod as run

import lod
from lod.difference import vanished
from lod.engine import DuckDbEngine
from lod.load import load
from lod.quad import TRIPLE
from lod.triples import triples

ENDED = {"withdrawn_at": "2026-12-01T00:00:00Z", "withdrawn_by": "gazette", "withdrawn_why": "Entered twice."}
LAST = 3  # the row of c3, of which no other claim says anything


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    project = small_project(tmp_path_factory.mktemp("published") / "project")
    assert run("build", project).exit_code == 0
    return project


@pytest.fixture
def project(published: Path, tmp_path: Path) -> Path:
    """The project as published once, now on its way to the next version."""
    project = copied(published, tmp_path / "project")
    swap(project / "lod.toml", 'version = "', 'version = "2.')
    return project


def leave_out(project: Path, row: int = LAST) -> None:
    rows = records(project / CLAIMS)
    write_records(project / CLAIMS, rows[: row - 1] + rows[row:])


def gone(outcome: lod.Outcome) -> list[str]:
    return [each.iri for each in outcome.vanished]


def test_a_claim_that_is_left_out_is_a_warning(project: Path) -> None:
    version = (project / "output/latest").resolve().name
    leave_out(project)
    shown = run("build", project)
    assert shown.exit_code == 1
    assert f"warning: {BASE}claim/c3 is in {version} and gone now" in shown.stderr
    assert (project / "output/latest").resolve().name != version
    assert run("build", project).exit_code == 0  # it is not of the last release any more


def test_refuse_publishes_nothing(project: Path) -> None:
    before = contents(project / "output")
    leave_out(project)
    swap(project / "lod.toml", "[build]\n", '[build]\non_vanished = "refuse"\n')
    shown = run("build", project)
    assert shown.exit_code == 3
    assert "refused: 1 vanished claim: nothing is published" in shown.stderr
    assert f"{BASE}claim/c3" in shown.stderr
    assert contents(project / "output") == before
    with pytest.raises(lod.Refused):
        lod.check(lod.read_project(project))


def withdraw(project: Path) -> None:
    change(project / CLAIMS, LAST, **ENDED)


def nothing(_: Path) -> None:
    """Leave the records as they are."""


def more(project: Path) -> None:
    add(project / CLAIMS, LAST, id="c9")
    add(project / SOURCES, 1, id="another")


@pytest.mark.parametrize("edit", [withdraw, nothing, more])
def test_what_is_withdrawn_or_still_there_has_not_vanished(edit: Callable[[Path], None], project: Path) -> None:
    edit(project)
    assert gone(lod.check(lod.read_project(project))) == []


@pytest.mark.parametrize("seed", range(3))
def test_only_a_claim_of_which_nothing_is_said_has_vanished(seed: int, engine: DuckDbEngine, tmp_path: Path) -> None:
    random = Random(seed)
    old = edited(random, random_state(random))
    kept = {name: claim for name, claim in old.claims.items() if random.random() < 0.5}
    new = edited(random, replace(old, claims=kept))
    (tmp_path / "dataset.nq").write_text("".join(old.lines()), encoding="utf-8")
    (tmp_path / "new.nq").write_text("".join(new.lines()), encoding="utf-8")
    statements = triples(engine, load(engine, [tmp_path / "new.nq"], lod.ReleaseError)).select(*TRIPLE)
    told = {claim for _, claim in new.retractions} | {
        claim.revision_of for claim in new.claims.values() if not claim.ended
    }
    expected = sorted(old.claims.keys() - new.claims.keys() - told)
    assert [each.iri for each in vanished(engine, tmp_path, statements)] == [f"{SET}claim/{name}" for name in expected]
    assert expected


def test_a_tombstone_stays_for_good(project: Path) -> None:
    withdraw(project)
    assert run("build", project).exit_code == 0
    leave_out(project)
    swap(project / "lod.toml", 'version = "2.', 'version = "3.')
    assert gone(lod.check(lod.read_project(project))) == [f"{BASE}claim/c3"]


def test_a_tombstone_keeps_its_address(project: Path) -> None:
    before = {path.name for path in (project / "output/latest/claim").glob("c3.*")}
    withdraw(project)
    assert run("build", project).exit_code == 0
    folder = project / "output/latest/claim"
    assert {path.name for path in folder.glob("c3.*")} == before == {"c3.html", "c3.ttl", "c3.jsonld"}
    page = (folder / "c3.html").read_text(encoding="utf-8")
    assert "withdrawn by this data set" in page
    assert ENDED["withdrawn_why"] in page
    assert ENDED["withdrawn_at"] in (folder / "c3.ttl").read_text(encoding="utf-8")
    assert "12, as the Gazette wrote" not in page


def test_a_rejected_claim_has_vanished_as_well(project: Path) -> None:
    swap(project / "lod.toml", 'on_violation = "refuse"', 'on_violation = "reject"')
    change(project / CLAIMS, LAST, source="no-such-source")
    assert gone(lod.check(lod.read_project(project))) == [f"{BASE}claim/c3"]


def test_without_a_last_release_nothing_has_vanished(project: Path) -> None:
    leave_out(project)
    shutil.rmtree(project / "output")
    assert gone(lod.check(lod.read_project(project))) == []


def test_a_text_that_looks_like_a_claim_is_none(project: Path) -> None:
    """The dump is searched for lines that name the class: a text may hold such words too."""
    odd = " <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <http://schema.org/Claim> "
    change(project / CLAIMS, 1, text=f"x{odd}.")
    assert run("build", project).exit_code == 0
    swap(project / "lod.toml", 'version = "2.', 'version = "3.')
    assert gone(lod.check(lod.read_project(project))) == []

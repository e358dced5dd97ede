"""What became of claims from one release to the next: held to a plain twin, and to edits that are known."""

import json
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from random import Random

import pyoxigraph as ox
import pytest
from changing import BASE, Claim, Fates, State, difference, edited, random_state
from sample import sample
from small import CLAIMS, SOURCES, add, change, copied, records, small_project
from small import lod as run

import lod
from lod.difference import Fate

SEEDS = range(8)


def written(folder: Path, name: str, state: State) -> Path:
    path = folder / name
    path.write_text("".join(state.lines()), encoding="utf-8")
    return path


def told(found: lod.Difference) -> Fates:
    return {(fate.kind, short(fate.iri)): (fate.became, frozenset(changes(fate))) for fate in found.fates}


def changes(fate: Fate) -> set[tuple[str, frozenset[str], frozenset[str]]]:
    sides = ((each.what, each.before, each.after) for each in fate.changes)
    return {
        (what, *(frozenset(short(value.text) for value in side) for side in (one, two))) for what, one, two in sides
    }


def short(text: str) -> str:
    return text.rpartition("/")[2] if text.startswith(BASE) else text


@pytest.mark.parametrize("seed", sample(SEEDS, 2))
def test_each_edit_is_found_as_what_it_is_and_nothing_else(seed: int, tmp_path: Path) -> None:
    random = Random(seed)
    old = edited(random, random_state(random), 10)
    new = edited(random, old)
    one, other = written(tmp_path, "old.nq", old), written(tmp_path, "new.nq", new)
    forth, back = lod.diff_releases(one, other), lod.diff_releases(other, one)
    assert told(forth) == difference(old, new)
    assert told(back) == difference(new, old)
    assert mirrored(forth) == mirrored(back, turned=True)
    assert (forth.removed, forth.added) == (back.added, back.removed)
    assert sum(forth.same.values()) == sum(back.same.values())
    assert_patch_leads_from(one, other)


def mirrored(found: lod.Difference, *, turned: bool = False) -> set[object]:
    """Return what stays the same where old and new change places."""
    names = {"new": "gone", "gone": "new", "withdrawn": "restored", "restored": "withdrawn", "changed": "changed"}
    fates: set[object] = set()
    for fate in found.fates:
        sides = frozenset((each.what, each.property, *_sides(each, turned)) for each in fate.changes)
        became = names[fate.became] if turned else fate.became
        fates.add((fate.iri, became, sides if became not in ("new", "gone") else None))
    return fates


def _sides(change_: object, turned: bool) -> tuple[object, object]:
    sides = tuple(frozenset(value.text for value in getattr(change_, name)) for name in ("before", "after"))
    return (sides[1], sides[0]) if turned else (sides[0], sides[1])


def assert_patch_leads_from(old: Path, new: Path) -> None:
    lines = list(lod.rdf_patch(old, new))
    store = set(ox.parse(path=old))
    assert (lines[0], lines[-1]) == ("TX .", "TC .")
    for line in lines[1:-1]:
        [quad] = ox.parse(line[2:], format=ox.RdfFormat.N_QUADS)
        assert (quad in store) == (line[0] == "D")
        store ^= {quad}
    assert store == set(ox.parse(path=new))


def test_what_is_the_same_has_no_difference(tmp_path: Path) -> None:
    state = random_state(Random(1))
    path = written(tmp_path, "a.nq", state)
    found = lod.diff_releases(path, path)
    assert (found.fates, found.removed, found.added) == ((), 0, 0)
    assert found.counts()["claim"] == {"changed": 0, "withdrawn": 0, "restored": 0, "gone": 0, "new": 0, "same": 40}
    assert list(lod.rdf_patch(path, path)) == []


def test_rows_that_move_change_no_claim_but_are_counted(tmp_path: Path) -> None:
    old = random_state(Random(2))
    new = replace(old, rows={name: 100 - number for name, number in old.rows.items()})
    found = lod.diff_releases(written(tmp_path, "old.nq", old), written(tmp_path, "new.nq", new))
    assert not found
    assert (found.removed, found.added) == (40, 40)


def test_turtle_is_read_as_well_as_quads(tmp_path: Path) -> None:
    old = replace(random_state(Random(3)), rows={})
    new = edited(Random(3), old, 3)
    new = replace(new, rows={})
    turtle = tmp_path / "old.ttl"
    turtle.write_text("".join(old.lines()), encoding="utf-8")
    other = written(tmp_path, "new.nq", new)
    assert told(lod.diff_releases(turtle, other)) == difference(old, new)
    assert_patch_leads_from(turtle, other)


def test_the_two_forms_of_a_claim_that_is_not_there_any_more(tmp_path: Path) -> None:
    """One that is gone without a word is told apart from one that was retracted, or replaced by a later version."""
    claim = Claim("t", "e0", "a0", "s0")
    others = {("event", "e0"): "e", ("agent", "a0"): "a", ("source", "s0"): "s"}
    old = State(dict.fromkeys(("c1", "c2", "c3"), claim), others, frozenset({("s0", "c2")}))
    new = State({"c4": replace(claim, revision_of="c3")}, others, frozenset({("s0", "c2")}))
    found = lod.diff_releases(written(tmp_path, "old.nq", old), written(tmp_path, "new.nq", new))
    silent = {short(fate.iri) for fate in found.fates if fate.without_a_word}
    assert silent == {"c1"}
    assert {short(fate.iri) for fate in found.of("claim", "gone")} == {"c1", "c2", "c3"}


# Releases and the command line


@pytest.fixture(scope="module")
def releases(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The small project, and the same with one claim changed, one withdrawn, one gone, and a source added."""
    folder = tmp_path_factory.mktemp("releases")
    old = small_project(folder / "old")
    new = copied(old, folder / "new")
    ended = {"withdrawn_at": "2026-12-01T00:00:00Z", "withdrawn_by": "gazette", "withdrawn_why": "Entered twice."}
    rows = records(new / CLAIMS)
    change(new / CLAIMS, 1, quote="other words")
    change(new / CLAIMS, len(rows), **ended)
    add(new / SOURCES, 1, id="another")
    assert len(rows) > 1
    for project in (old, new):
        assert run("build", project).exit_code in (0, 1)
    return old / "output/latest", new / "output/latest"


def test_the_commands_say_what_the_call_returns(releases: tuple[Path, Path], tmp_path: Path) -> None:
    found = lod.diff_releases(*releases)
    shown = run("diff", *releases, "--format", "json", "-o", tmp_path / "d.json")
    assert (shown.exit_code, shown.output) == (1, "")
    document = json.loads((tmp_path / "d.json").read_text(encoding="utf-8"))
    assert list(document) == ["old", "new", "same", "statements", "counts", "entities"]
    assert document["counts"] == found.counts()
    assert [each["iri"] for each in document["entities"]] == [fate.iri for fate in found.fates]
    text = run("diff", *releases)
    assert text.exit_code == 1
    assert "other words" in text.output
    assert 'withdrawal (comment) gained: "Entered twice."@en' in text.output
    patch = run("diff", *releases, "--format", "patch")
    assert patch.exit_code == 1
    assert patch.output.splitlines() == list(lod.rdf_patch(*releases))


def test_nothing_changed_is_exit_code_0_and_unreadable_is_2(releases: tuple[Path, Path], tmp_path: Path) -> None:
    same = run("diff", releases[0], releases[0])
    assert (same.exit_code, same.output.splitlines()[2]) == (0, "Nothing changed.")
    assert run("diff", releases[0], releases[0], "--format", "patch").output == ""
    (tmp_path / "odd.nq").write_text("no statement\n")
    (tmp_path / "empty.nq").write_text("")
    for place in (tmp_path / "nowhere", tmp_path / "odd.nq", tmp_path / "empty.nq", tmp_path):
        for form in ("text", "patch") if place.suffix != ".nq" else ("text",):
            done = run("diff", place, place, "--format", form)
            assert done.exit_code == 2, (place, form, done.output)
            assert done.stderr.startswith("error: ")


def test_the_page_escapes_what_it_shows(tmp_path: Path) -> None:
    hostile = "<script>alert(1)</script>"
    old = random_state(Random(4), 3)
    new = replace(old, claims={name: replace(claim, text=hostile) for name, claim in old.claims.items()})
    paths = written(tmp_path, "old.nq", old), written(tmp_path, "new.nq", new)
    page = run("diff", *paths, "--format", "html").output
    assert "<script" not in page
    assert "&lt;" in page
    assert "http-equiv" not in page


def test_a_page_needs_nothing_from_elsewhere(releases: tuple[Path, Path]) -> None:
    page = run("diff", *releases, "--format", "html").output
    assert "<link" not in page
    assert "src=" not in page
    assert "<ins>" in page


def test_a_text_that_is_stored_changes_its_source_and_no_claim(tmp_path: Path) -> None:
    project = small_project(tmp_path / "project")
    assert run("build", project, "--output", tmp_path / "old").exit_code in (0, 1)
    text = project / "gazette.txt"
    text.write_text("At noon 12 people were hurt.")
    change(project / SOURCES, 1, text_file=text.name, text_sha256=sha256(text.read_bytes()).hexdigest())
    assert run("build", project, "--output", tmp_path / "new").exit_code in (0, 1)
    assert (tmp_path / "new/latest/anchors.ttl").exists()
    found = lod.diff_releases(tmp_path / "old/latest", tmp_path / "new/latest")
    [fate] = found.fates
    assert (fate.kind, fate.iri.rpartition("/")[2]) == ("source", records(project / SOURCES)[0]["id"])

"""Two releases of real data, half a year apart: what became of each record, held to a plain comparison of the JSON files."""

from typing import Any

import pytest
from test_real_input import BELLINGCAT, Bellingcat, bellingcat_release, iso

import lod

BLANKS = " \t\n\r\f"
DATASET = "civilian-harm"


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> tuple[Bellingcat, Bellingcat]:
    old, new = (bellingcat_release(day, tmp_path_factory.mktemp(day)) for day in BELLINGCAT)
    return old, new


@pytest.fixture(scope="module")
def found(both: tuple[Bellingcat, Bellingcat]) -> lod.Difference:
    return lod.diff_releases(both[0].folder, both[1].folder)


Texts = dict[str, tuple[str, ...]]  # by what they are of


def claim(release: Bellingcat, event: dict[str, Any]) -> Texts:
    grounds = sorted({name for name in event["sources"] if name in release.pages})
    return {"wording": (event["description"],), "grounds": tuple(grounds)}


def event(_: Bellingcat, event: dict[str, Any]) -> Texts:
    place, point = event["location"].strip(BLANKS), (event["latitude"], event["longitude"])
    day = iso(event["date"])
    label = f"{place or ', '.join(point)}, {day}"
    return {"name": (label,), "start date": (day,), "location": (place, *point)}


def source(release: Bellingcat, source: dict[str, Any]) -> Texts:
    name = source["description"].strip(BLANKS) or source["title"]
    return {"name": (name,), "url": (release.pages[source["id"]],)}


def records(release: Bellingcat, kind: str) -> dict[str, Texts]:
    if kind == "source":
        return {each["id"]: source(release, each) for each in release.sources if each["id"] in release.pages}
    return {name: (claim if kind == "claim" else event)(release, each) for name, each in release.kept.items()}


def named(fates: tuple[Any, ...]) -> set[str]:
    return {fate.iri.rpartition("/")[2] for fate in fates}


@pytest.mark.parametrize("kind", ["event", "claim", "source"])
def test_what_is_new_and_what_is_gone(kind: str, both: tuple[Bellingcat, Bellingcat], found: lod.Difference) -> None:
    old, new = (records(release, kind) for release in both)
    assert named(found.of(kind, "new")) == new.keys() - old.keys()
    assert named(found.of(kind, "gone")) == old.keys() - new.keys()
    assert all(fate.without_a_word == (kind == "claim") for fate in found.of(kind, "gone"))
    assert found.of(kind, "withdrawn") == found.of(kind, "restored") == ()


@pytest.mark.parametrize("kind", ["event", "claim", "source"])
def test_what_changed_in_which_way(kind: str, both: tuple[Bellingcat, Bellingcat], found: lod.Difference) -> None:
    old, new = (records(release, kind) for release in both)
    expected = {name: differing(old[name], new[name]) for name in old.keys() & new.keys()}
    told = {fate.iri.rpartition("/")[2]: {change.what for change in fate.changes} for fate in found.of(kind, "changed")}
    assert told == {name: words.keys() for name, words in expected.items() if words}
    own = 1 if kind == "source" else 0  # the data set itself
    assert found.same[kind] == own + sum(not words for words in expected.values())
    for fate in found.of(kind, "changed"):
        for change in fate.changes:
            if change.what != "location":
                before, after = expected[fate.iri.rpartition("/")[2]][change.what]
                assert {short(value.text, change.what) for value in change.before} == set(before) - set(after)
                assert {short(value.text, change.what) for value in change.after} == set(after) - set(before)


def differing(old: Texts, new: Texts) -> dict[str, tuple[tuple[str, ...], tuple[str, ...]]]:
    return {word: (old[word], new[word]) for word in old if old[word] != new[word]}


def short(text: str, what: str) -> str:
    return text.rpartition("/")[2] if what == "grounds" else text


def test_the_counts_are_those_of_the_files(found: lod.Difference) -> None:
    counts = found.counts()
    assert sum(counts["claim"].values()) - counts["claim"]["gone"] == 845
    assert sum(counts["claim"].values()) - counts["claim"]["new"] == 275
    assert counts["agent"] == {"new": 0, "changed": 0, "withdrawn": 0, "restored": 0, "gone": 0, "same": 1}

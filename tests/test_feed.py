"""The feed of a release, as feedparser reads it, against edits that are known."""

import re
from pathlib import Path

import feedparser
import pytest
from small import BASE, CLAIMS, add, append, change, contents, lod, records, small_project, swap, write_records

HOSTILE = "A & <b>claim</b> ]]> \u202egnol\u202c \x0c\U0001f600"


def read(release: Path) -> feedparser.FeedParserDict:
    found = feedparser.parse((release / "feed.xml").read_bytes(), sanitize_html=False)
    assert not found.bozo, found.get("bozo_exception")
    assert (found.version, found.feed.id, found.feed.link) == ("atom10", BASE, BASE)
    assert {"title", "updated", "author"} <= set(found.feed)
    assert all({"id", "title", "updated", "link", "summary"} <= set(entry) for entry in found.entries)
    assert len({entry.id for entry in found.entries}) == len(found.entries)
    return found


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = small_project(tmp_path_factory.mktemp("feed") / "project")
    assert lod("build", folder).exit_code == 0
    rows = records(folder / CLAIMS)
    write_records(folder / CLAIMS, [row for row in rows if row["id"] != "c2"])
    change(folder / CLAIMS, 1, value="13")
    add(folder / CLAIMS, 1, id="c4", text=HOSTILE)
    swap(folder / "lod.toml", 'version = "0.1.0"', 'version = "0.2.0"')
    append(folder / "lod.toml", '\n[release]\nprevious = "output/0.1.0"\n')
    assert lod("build", folder).exit_code == 1  # a claim is gone without a word
    return folder


def test_a_first_release_tells_of_itself(project: Path) -> None:
    [entry] = read(project / "output/0.1.0").entries
    assert (entry.id, entry.title, entry.link) == (f"{BASE}#0.1.0", "Version 0.1.0", BASE)


def test_a_later_one_tells_which_claims_are_not_as_they_were(project: Path) -> None:
    found = read(project / "output/0.2.0")
    told = {entry.id: entry.summary for entry in found.entries[1:]}
    assert {iri: word.partition(":")[0] for iri, word in told.items()} == {
        f"{BASE}claim/c1": "changed",
        f"{BASE}claim/c2": "gone",
        f"{BASE}claim/c4": "new",
    }
    assert "value" in told[f"{BASE}claim/c1"]
    assert {entry.updated for entry in found.entries} == {found.feed.updated}


def test_each_entry_leads_to_a_page(project: Path) -> None:
    for entry in read(project / "output/0.2.0").entries:
        assert (project / "output/0.2.0" / (entry.link.removeprefix(BASE) or "index.html")).is_file()


def test_hostile_titles_stay_text(project: Path) -> None:
    text = (project / "output/0.2.0/feed.xml").read_text("utf-8")
    assert "A &amp; &lt;b&gt;claim&lt;/b&gt; ]]&gt; \u202egnol\u202c  \U0001f600" in text


def test_a_second_build_has_the_same_bytes(project: Path) -> None:
    before = contents(project / "output/0.2.0")
    assert lod("build", project, "--replace").exit_code in (0, 1)
    assert contents(project / "output/0.2.0") == before
    assert re.search(rb"<previous/output%2F0.1.0>", before["run.ttl"])


def test_a_release_before_that_is_not_there_is_named(tmp_path: Path) -> None:
    folder = small_project(tmp_path / "project")
    append(folder / "lod.toml", '\n[release]\nprevious = "output/0"\n')
    shown = lod("check", folder)
    assert shown.exit_code == 2
    assert "there is no release 'output/0'" in shown.stderr

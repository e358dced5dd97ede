"""Sources that may be one: found by their addresses, told as candidates, and never merged."""

import csv
import io
import json
from itertools import combinations
from pathlib import Path
from random import Random

import pytest
from small import BASE, SOURCES, add, lod, quads, small_project

from lod.engine import Engine
from lod.lineage import duplicates
from lod.lineage.duplicates import page_address
from lod.quad import Quad, quads_table

SCHEMA, NS, PROV = "http://schema.org/", "https://w3id.org/lod/ns#", "http://www.w3.org/ns/prov#"
PAGE = "https://example.com/news/a"

ONE_PAGE = [
    "https://example.com/news/a",
    "http://example.com/news/a",
    "https://www.example.com/news/a/",
    "HTTPS://EXAMPLE.com:443/news/x/../a",
    "https://example.com/news/%61#top",
    "https://example.com/news/a?utm_source=mail&fbclid=x",
]
OTHERS = [
    "https://example.com/news/A",
    "https://example.com/news/a?page=2",
    "https://example.com/news/ab",
    "https://m.example.com/news/a",
    "https://example.org/news/a",
]
COPIES = [
    f"https://web.archive.org/web/20100302120000/{PAGE}",
    f"http://web.archive.org/web/20100302120000id_/{PAGE}",
    "https://archive.ph/2019/https://example.com/news/a",
    "https://web.archive.org/web/2010/http:/example.com/news/a",
]


def test_addresses_of_one_page_are_one_and_others_are_not() -> None:
    assert {page_address(url) for url in ONE_PAGE} == {("example.com/news/a", False)}
    assert {page_address(url) for url in COPIES} == {("example.com/news/a", True)}
    assert all(page_address(url)[0] != "example.com/news/a" for url in OTHERS)
    assert page_address("https://example.com/?a=1&utm_campaign=x&b=2")[0] == "example.com?a=1&b=2"
    assert page_address("https://example.com/2010/12") == ("example.com/2010/12", False)
    assert page_address("urn:isbn:1") == ("urn:isbn:1", False)


def found(engine: Engine, said: list[Quad]) -> set[tuple[frozenset[str], str]]:
    groups: dict[tuple[str, str], set[str]] = {}
    for row in engine.rows(duplicates(engine, engine.materialise("statements", quads_table(said)))):
        groups.setdefault((row["address"], row["because"]), set()).add(row["source"].removeprefix(BASE))
    return {(frozenset(sources), because) for (_, because), sources in groups.items()}


@pytest.mark.parametrize("seed", range(10))
def test_groups_are_those_of_all_pairs_compared(engine: Engine, seed: int) -> None:
    random = Random(seed)
    urls = {f"s{number}": random.choice([*ONE_PAGE, *OTHERS, *COPIES]) for number in range(10)}
    said = [Quad(BASE + source, SCHEMA + "url", url) for source, url in urls.items()]
    random.shuffle(said)
    page = {*ONE_PAGE, *COPIES}
    alike = {source for source in urls if urls[source] in page}
    pairs = {frozenset(pair) for group, _ in found(engine, said) for pair in combinations(group, 2)}
    same = {frozenset(pair) for pair in combinations(urls, 2) if urls[pair[0]] == urls[pair[1]]}
    assert pairs == same | {frozenset(pair) for pair in combinations(alike, 2)}


def test_a_copy_is_told_from_an_address(engine: Engine) -> None:
    said = [Quad(f"{BASE}{name}", SCHEMA + "url", url) for name, url in (("a", PAGE), ("b", PAGE + "/"))]
    assert found(engine, said) == {(frozenset("ab"), "sameAddress")}
    said[1:] = [Quad(f"{BASE}b", SCHEMA + "url", COPIES[0])]
    assert found(engine, said) == {(frozenset("ab"), "archiveCopy")}
    said[:1] = [Quad(f"{BASE}a", SCHEMA + "archivedAt", COPIES[1])]
    assert found(engine, said) == {(frozenset("ab"), "archiveCopy")}
    opaque = "https://archive.today/xYz12"
    said = [Quad(f"{BASE}a", SCHEMA + "archivedAt", opaque), Quad(f"{BASE}b", SCHEMA + "url", opaque)]
    assert found(engine, said) == {(frozenset("ab"), "archiveCopy")}


@pytest.mark.parametrize("link", [SCHEMA + "isPartOf", PROV + "wasDerivedFrom", NS + "knownThrough"])
def test_sources_whose_relation_is_said_are_no_candidates(engine: Engine, link: str) -> None:
    said = [Quad(BASE + name, SCHEMA + "url", PAGE) for name in "ab"]
    assert not found(engine, [*said, Quad(f"{BASE}a", link, f"{BASE}b")])
    third = Quad(f"{BASE}c", SCHEMA + "url", PAGE)
    assert found(engine, [*said, third, Quad(f"{BASE}a", link, f"{BASE}b")]) == {(frozenset("bc"), "sameAddress")}


def test_a_release_names_them_and_counts_their_roots_apart(tmp_path: Path) -> None:
    project = small_project(tmp_path / "project")
    wanted = {}
    for name, url in (("mail", "http://www.example.net/wire/?utm_source=a"), ("web", "https://example.net/wire")):
        add(project / SOURCES, like=1, id=name, title=f"Wire, by {name}", url=url)
        wanted[f"{BASE}source/{name}"] = f"Wire, by {name}"
    assert lod("build", project).exit_code in (0, 1)
    release = project / "output/latest"
    among = {quad.object.value for quad in quads(release) if quad.predicate.value == NS + "among"}
    assert set(wanted) <= among
    because = [quad.object.value for quad in quads(release) if quad.predicate.value == NS + "because"]
    assert because == [f"{NS}sameAddress"]
    assert "Wire, by web" in (release / "source/mail.html").read_text().partition("May be one with")[2]
    shown = lod("duplicates", release)
    assert shown.stdout.splitlines() == [
        "Same address: example.net/wire",
        "  mail  Wire, by mail",
        "  web  Wire, by web",
        "",
        "1 candidate",
    ]
    rows = list(csv.DictReader(io.StringIO(lod("duplicates", release, "--format", "csv").stdout)))
    assert {row["source"]: row["label"] for row in rows} == wanted
    [group] = json.loads(lod("duplicates", release, "--format", "json").stdout)
    assert {source["iri"]: source["label"] for source in group["sources"]} == wanted

"""Pages of a release: valid, linked, readable by programs, whatever the values are; looked at in a real browser."""

import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from datetime import date
from html.parser import HTMLParser
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest
from playwright.sync_api import Browser, Page, sync_playwright
from pyld import jsonld
from small import BASE, CLAIMS, change, lod, small_project

from lod.formats import Prologue
from lod.formats.subjects import Node, Object
from lod.project import Dataset
from lod.release.documents import Entity
from lod.release.pages import PageWriter
from lod.release.slug import slug
from lod.terms import RDF_TYPE, Kind
from lod.vocab import NS, SCHEMA

ROOT = Path(__file__).parents[1]
TOOLS = ROOT / "node_modules"
TODAY = date(2026, 1, 31)
HOSTILE = '</script><script>alert("x")</script>\'&amp;<!-- \u202egnol ' + "x" * 500 + " \U0001f600"


class Document(HTMLParser):
    """The links, ids and scripts of a page."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.links: list[str] = []
        self.data: list[str] = []
        self.scripts = 0
        self._inside = False
        self.feed(path.read_text(encoding="utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self.links += [found[name] or "" for name in ("href", "src") if name in found]
        self._inside = tag == "script"
        self.scripts += self._inside

    def handle_data(self, data: str) -> None:
        if self._inside:
            self.data.append(data)

    def handle_endtag(self, tag: str) -> None:
        self._inside = self._inside and tag != "script"


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> Path:
    project = small_project(tmp_path_factory.mktemp("pages") / "project")
    change(project / CLAIMS, 1, text=HOSTILE, quote=HOSTILE, as_worded=HOSTILE)
    assert lod("build", project).exit_code == 0
    return project / "output/latest"


@pytest.fixture(scope="module")
def pages(release: Path) -> list[Path]:
    return sorted(release.rglob("*.html"))


def test_each_entity_has_a_page_and_each_kind_a_list(release: Path, pages: list[Path]) -> None:
    names = {path.relative_to(release).as_posix() for path in pages}
    documents = {path.relative_to(release).with_suffix(".html").as_posix() for path in release.glob("*/*.jsonld")}
    lists = {f"{kind}/index.html" for kind in ("agent", "claim", "event", "source", "variable")}
    assert names == documents | lists | {"index.html", "ns.html", "report.html"}


def test_every_link_leads_somewhere_and_nothing_comes_from_another_host(release: Path, pages: list[Path]) -> None:
    for path in pages:
        for link in Document(path).links:
            parts = urlsplit(link)
            if parts.scheme:
                assert parts.scheme in ("http", "https", "geo"), (path, link)
            elif parts.path:
                assert (path.parent / unquote(parts.path)).is_file(), (path, link)
    style = (release / "style.css").read_text(encoding="utf-8")
    assert "@import" not in style
    assert "url(" not in style


def test_what_a_page_embeds_is_what_its_json_ld_document_says(release: Path) -> None:
    def loader(_url: str, _options: object) -> dict[str, Any]:
        document = json.loads((release / "context.jsonld").read_text(encoding="utf-8"))
        return {"contentType": None, "contextUrl": None, "documentUrl": "file:///c", "document": document}

    options = {"base": "file:///release/claim/x", "documentLoader": loader, "format": "application/n-quads"}
    for path in sorted(release.glob("*/*.jsonld")):
        page = Document(path.with_suffix(".html"))
        assert page.scripts == 1
        embedded = jsonld.to_rdf(json.loads("".join(page.data)), options)
        assert embedded == jsonld.to_rdf(json.loads(path.read_text(encoding="utf-8")), options), path
        assert {f"{path.stem}{suffix}" for suffix in (".ttl", ".jsonld")} <= set(page.links)


def many(claims: int, apart: int) -> Entity:
    """An event with so many claims, of which the first contradicts so many others."""
    event, killed = f"{BASE}event/e", f"{BASE}variable/killed"
    said: dict[str, list[tuple[str, str, Kind]]] = {event: [(RDF_TYPE, SCHEMA + "Event", Kind.IRI)]}
    for number in range(claims):
        claim, value = f"{BASE}claim/c{number}", f"{BASE}value/c{number}"
        about, states = (SCHEMA + "about", event, Kind.IRI), (NS + "states", value, Kind.IRI)
        said[claim] = [(RDF_TYPE, SCHEMA + "Claim", Kind.IRI), about, states]
        said[value] = [
            (SCHEMA + "variableMeasured", killed, Kind.IRI),
            (SCHEMA + "value", str(number), Kind.LITERAL),
        ]
    for number in range(1, apart + 1):
        pair = [(NS + "between", f"{BASE}claim/c{each}", Kind.IRI) for each in (0, number)]
        said[f"{BASE}contradiction/{number}"] = [(RDF_TYPE, NS + "Contradiction", Kind.IRI), *pair]
    nodes = (Node(subject, "", _pairs(found)) for subject, found in sorted(said.items()))
    return Entity(event, "event/e", tuple(nodes))


def _pairs(said: list[tuple[str, str, Kind]]) -> list[tuple[str, list[Object]]]:
    grouped = groupby(said, key=itemgetter(0))
    return [(name, [Object(value, kind, None, None) for _, value, kind in same]) for name, same in grouped]


def written(entity: Entity, folder: Path) -> dict[str, str]:
    (folder / "event").mkdir()
    dataset = Dataset(BASE, "Claims", "Nobody", "https://creativecommons.org/publicdomain/zero/1.0/", "1", TODAY)
    PageWriter(folder, dataset, ("claim", "event", "variable"), Prologue(BASE)).write(entity)
    return {path.name: path.read_text(encoding="utf-8") for path in (folder / "event").iterdir()}


def test_an_event_of_many_claims_goes_on_on_further_pages(tmp_path: Path) -> None:
    pages = written(many(1200, 0), tmp_path)
    names = ["e.html", "e.2.html", "e.3.html"]
    assert pages.keys() == set(names)
    linked = {name: Document(tmp_path / "event" / name).links for name in names}
    claims = [link for name in names for link in dict.fromkeys(linked[name]) if link.startswith("../claim/")]
    assert sorted(claims) == sorted(f"../claim/c{number}.html" for number in range(1200))
    assert [sum(link.startswith("../claim/") for link in set(linked[name])) for name in names] == [500, 500, 200]
    for name in names:
        assert set(names) & set(linked[name]) == set(names) - {name}
        assert {"e.ttl", "e.jsonld"} <= set(linked[name])
        assert len(pages[name]) < 1_000_000
        assert json.loads("".join(Document(tmp_path / "event" / name).data))["@type"] == SCHEMA + "Event"
    assert len({slug("e.2"), slug("e.3"), "e.2", "e.3"}) == 4  # no other event has these pages


def test_an_event_of_few_claims_has_one_page(tmp_path: Path) -> None:
    assert written(many(500, 0), tmp_path).keys() == {"e.html"}


def test_a_page_says_how_many_contradictions_it_leaves_out(tmp_path: Path) -> None:
    pages = written(many(620, 610), tmp_path)
    assert "610 contradictions" in pages["e.html"]
    assert pages["e.html"].count("(c0)") == 500
    assert "and 110 more, which the documents for programs name" in pages["e.html"]
    assert "contradiction" not in pages["e.2.html"]


def test_hostile_values_stay_text(release: Path) -> None:
    page = (release / "claim/c1.html").read_text(encoding="utf-8")
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(&#34;x&#34;)" in page


def test_pages_are_valid_html(pages: list[Path]) -> None:
    checker = TOOLS / "vnu-jar/build/dist/vnu.jar"
    java = shutil.which("java")
    if not (checker.is_file() and java):
        pytest.skip("HTML IS NOT VALIDATED: it takes Java and `npm install vnu-jar` at the top of the repository")
    command = [java, "-jar", checker, "--errors-only", *pages]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


# In a browser


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    chromium = shutil.which("chromium")
    if chromium is None:
        pytest.skip("PAGES ARE NOT LOOKED AT: there is no chromium")
    with sync_playwright() as started:
        opened = started.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        yield opened
        opened.close()


SOURCE = "source/gazette-2001-03-02.html"
LOOKED_AT = (
    SOURCE,
    "ns.html",
    "index.html",
    "event/bridge-2001-03-01.html",
    "claim/c1.html",
    "claim/c3.html",
    "claim/index.html",
)


@pytest.fixture(params=[(390, "light"), (390, "dark"), (1200, "light"), (1200, "dark")], ids=str)
def page(request: pytest.FixtureRequest, browser: Browser) -> Iterator[Page]:
    width, scheme = request.param
    context = browser.new_context(
        viewport={"width": width, "height": 900}, color_scheme=scheme, java_script_enabled=True, offline=True
    )
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("name", LOOKED_AT)
def test_a_page_fits_and_can_be_read_by_everybody(name: str, page: Page, release: Path) -> None:
    page.goto((release / name).as_uri())
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    width = page.viewport_size["width"] if page.viewport_size else 0
    if folder := os.environ.get("LOD_SCREENSHOTS"):
        scheme = "dark" if page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches") else "light"
        page.screenshot(path=f"{folder}/{name.replace('/', '-')}-{width}-{scheme}.png", full_page=True)
    axe = TOOLS / "axe-core/axe.min.js"
    if not axe.is_file():
        pytest.skip("ACCESSIBILITY IS NOT CHECKED: it takes `npm install axe-core` at the top of the repository")
    page.evaluate(axe.read_text(encoding="utf-8"))
    found = page.evaluate("axe.run()")
    assert [(each["id"], [node["html"] for node in each["nodes"]]) for each in found["violations"]] == []


def test_the_picture_places_each_number(page: Page, release: Path) -> None:
    page.goto((release / "event/bridge-2001-03-01.html").as_uri())
    marks = page.locator(".mark circle").all()
    assert marks
    boxes = [(mark.bounding_box(), mark.locator("xpath=..").bounding_box()) for mark in marks]
    assert all(dot and line and line["x"] <= dot["x"] + 6 <= line["x"] + line["width"] for dot, line in boxes)
    assert BASE in page.content()

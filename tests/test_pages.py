"""Pages of a release: valid, linked, readable by programs, whatever the values are; looked at in a real browser."""

import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest
from playwright.sync_api import Browser, Page, sync_playwright
from pyld import jsonld
from small import BASE, CLAIMS, change, lod, small_project

ROOT = Path(__file__).parents[1]
TOOLS = ROOT / "node_modules"
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

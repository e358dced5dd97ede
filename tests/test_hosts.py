"""A release on a host of files is linked data: real servers, with the rules that it carries, negotiate content."""

import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path
from stat import S_IROTH, S_IXOTH

import pytest
import requests
from hosts import COMMANDS, hosted
from small import BASE, lod, small_project

HTML, TURTLE, JSONLD = "text/html", "text/turtle", "application/ld+json"
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> Path:
    project = small_project(tmp_path_factory.mktemp("hosts") / "project")
    assert lod("build", project).exit_code == 0
    folder = project / "output/latest"
    for parent in folder.resolve().parents:  # a server runs as somebody else
        if parent.stat().st_uid and not parent.stat().st_mode & S_IXOTH:
            pytest.skip(f"{parent} is closed to others")
        if not parent.stat().st_mode & S_IXOTH:
            parent.chmod(parent.stat().st_mode | S_IXOTH | S_IROTH)
    return folder


@pytest.fixture(scope="module", params=COMMANDS)
def host(
    request: pytest.FixtureRequest, release: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[str, str]]:
    with hosted(request.param, release, BASE, tmp_path_factory.mktemp(request.param)) as address:
        yield request.param, address


def got(address: str, accept: str | None) -> requests.Response:
    return requests.get(address, headers={"Accept": accept}, timeout=10)


@pytest.mark.parametrize(
    ("accept", "wanted"),
    [
        (TURTLE, TURTLE),
        (JSONLD, JSONLD),
        (HTML, HTML),
        (BROWSER, HTML),
        ("*/*", HTML),
        (None, HTML),
        (f"{TURTLE}, */*;q=0.1", TURTLE),
        (f"{JSONLD};q=1.0, {TURTLE};q=0.5", JSONLD),
    ],
)
def test_an_entity_is_sent_as_the_client_wants_it(host: tuple[str, str], accept: str | None, wanted: str) -> None:
    answer = got(f"{host[1]}claim/c1", accept)
    assert (answer.status_code, answer.headers["Content-Type"].partition(";")[0]) == (200, wanted)
    assert "accept" in answer.headers["Vary"].lower()
    assert answer.headers["Access-Control-Allow-Origin"] == "*"


def test_weights_count_where_the_server_weighs(host: tuple[str, str]) -> None:
    """Apache does; nginx and Caddy take what comes first, as their rules say."""
    answer = got(f"{host[1]}claim/c1", f"{HTML};q=0.2, {TURTLE};q=0.9")
    assert answer.headers["Content-Type"].partition(";")[0] == (TURTLE if host[0] == "apache" else HTML)


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("claim/c1.ttl", TURTLE),
        ("claim/c1.jsonld", JSONLD),
        ("claim/c1.html", HTML),
        ("claim/index.html", HTML),
        ("", HTML),
        ("dataset.nq", "application/n-quads"),
        ("description.ttl", TURTLE),
        ("style.css", "text/css"),
        ("source/gazette-2001-03-02.bib", "application/x-bibtex"),
        ("source/gazette-2001-03-02.ris", "application/x-research-info-systems"),
        ("source/gazette-2001-03-02.csl.json", "application/json"),
    ],
)
def test_files_have_their_types(host: tuple[str, str], release: Path, name: str, wanted: str) -> None:
    answer = got(host[1] + name, JSONLD)
    assert (answer.status_code, answer.headers["Content-Type"].partition(";")[0]) == (200, wanted)
    assert answer.content == (release / (name or "index.html")).read_bytes()


@pytest.mark.parametrize("name", ["claim/none", "claim/none.ttl", "nothing"])
def test_what_is_not_there_is_not_found(host: tuple[str, str], name: str) -> None:
    assert got(host[1] + name, HTML).status_code == 404


def test_the_site_map_names_each_page_and_robots_names_the_site_map(release: Path) -> None:
    [urls] = [ET.parse(release / "sitemap.xml").getroot()]  # noqa: S314  # ours
    found = {place.text for place in urls.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")}
    assert found == {BASE + path.relative_to(release).as_posix() for path in release.glob("*/*.html")}
    assert f"Sitemap: {BASE}sitemap.xml\n" in (release / "robots.txt").read_text()

"""Storing pages: from a server of this machine, by a client that may reach it; the product's own may not."""

import csv
import gzip
import hashlib
import io
import json
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from small import lod

from lod import InputError, ProjectError
from lod.anchors import Text
from lod.errors import Position
from lod.show.snapshots import snapshot_rows
from lod.snapshot import Client, is_public, snapshot_pages, stored_pages
from lod.texts import Snapshot as Stored
from lod.texts import read_text

PAGE = "<!DOCTYPE html><html lang=en><title>t</title><p>Dead: 12 na\u00efve people.</p></html>"
HERE = Client(lambda address: address == "127.0.0.1")


@dataclass
class Site:
    """A site: what it answers by path, and what it was asked for."""

    port: int = 0
    pages: dict[str, tuple[int, dict[str, str], bytes]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    def url(self, path: str, host: str = "127.0.0.1") -> str:
        return f"http://{host}:{self.port}{path}"

    def put(self, path: str, body: bytes = b"", status: int = 200, **headers: str) -> str:
        self.pages[path] = (status, {name.replace("_", "-"): value for name, value in headers.items()}, body)
        return self.url(path)


@pytest.fixture
def site() -> Iterator[Site]:
    found = Site()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            found.asked.append(self.path)
            status, headers, body = found.pages.get(self.path.partition("?")[0], (404, {}, b"none"))
            self.send_response(status)
            for name, value in ({"Content-Length": str(len(body))} | headers).items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("0.0.0.0", 0), Handler) as server:  # noqa: S104  # 127.0.0.2 stands for a private network
        found.port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield found
        server.shutdown()
        thread.join()


def refused(project: Path, *urls: str, client: Client = HERE) -> str:
    with pytest.raises(InputError) as error:
        list(stored_pages(client, urls, project, "texts", None))
    assert not list(project.rglob("*.warc.gz"))
    return str(error.value)


def test_a_page_is_stored_with_its_header_fields_and_its_hash(tmp_path: Path, site: Site) -> None:
    url = site.put("/page", PAGE.encode("latin-1"), Content_Type="text/html; charset=iso-8859-1", X_Kept="yes")
    [stored] = stored_pages(HERE, [url], tmp_path, "texts", None)
    content = (tmp_path / stored.text_file).read_bytes()
    assert (stored.url, stored.archived_url, stored.archived_at) == (url, "", "")
    assert stored.text_sha256 == hashlib.sha256(content).hexdigest()
    plain = gzip.decompress(content)
    assert f"WARC-Target-URI: {url}\r\n".encode() in plain
    assert f"WARC-Date: {stored.accessed}T".encode() in plain
    assert b"HTTP/1.1 200 OK\r\n" in plain
    assert b"X-Kept: yes\r\n" in plain
    assert PAGE.encode("latin-1") in plain


def test_quotes_are_found_in_what_was_stored(tmp_path: Path, site: Site) -> None:
    url = site.put("/page", PAGE.encode("latin-1"), Content_Type="text/html; charset=iso-8859-1")
    [stored] = stored_pages(HERE, [url], tmp_path, "texts", None)
    read = read_text(tmp_path, Stored(stored.text_file, stored.text_sha256, stored.url, Position("sources.csv")))
    place = Text(read.text).find("12 na\u00efve people")
    assert place is not None
    assert place.anchoring == "foundExactly"


def test_a_packed_page_is_stored_as_it_came_and_read(tmp_path: Path, site: Site) -> None:
    body = gzip.compress(b"12 people")
    url = site.put("/page", body, Content_Type="text/plain", Content_Encoding="gzip")
    [stored] = stored_pages(HERE, [url], tmp_path, "texts", None)
    assert body in gzip.decompress((tmp_path / stored.text_file).read_bytes())
    read = read_text(tmp_path, Stored(stored.text_file, stored.text_sha256, stored.url, Position("sources.csv")))
    assert read.text == "12 people"


def test_redirects_are_followed_and_the_last_url_is_told(tmp_path: Path, site: Site) -> None:
    last = site.put("/new", PAGE.encode(), Content_Type="text/html")
    first = site.put("/old", status=301, Location="/new")
    [stored] = stored_pages(HERE, [first], tmp_path, "texts", None)
    assert stored.url == last
    site.put("/new", status=302, Location="/old")
    for path in tmp_path.rglob("*.gz"):
        path.unlink()
    assert "redirects" in refused(tmp_path, first)


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("93.184.215.14", True),
        ("2606:2800:21f:cb07:6820:80da:af6b:8b2c", True),
        ("127.0.0.1", False),
        ("0.0.0.0", False),  # noqa: S104  # asked about, not listened at
        ("10.1.2.3", False),
        ("172.16.0.1", False),
        ("192.168.1.1", False),
        ("169.254.169.254", False),
        ("100.64.0.1", False),
        ("224.0.0.1", False),
        ("255.255.255.255", False),
        ("::1", False),
        ("fe80::1%eth0", False),
        ("fd00::1", False),
        ("ff02::1", False),
        ("::ffff:10.0.0.1", False),
        ("::ffff:93.184.215.14", True),
        ("64:ff9b::a00:1", False),
        ("2002:a00:1::", False),
        ("2001:0:a00:1::", False),
    ],
)
def test_which_addresses_are_of_the_open_internet(address: str, public: bool) -> None:
    assert is_public(address) is public


def test_the_product_asks_nothing_of_this_machine(tmp_path: Path, site: Site) -> None:
    for host in ("127.0.0.1", "localhost", "127.1", "[::ffff:127.0.0.1]"):
        assert "no address of the open internet" in refused(tmp_path, site.url("/page", host), client=Client())
    result = lod("snapshot", site.url("/page"), "--project", tmp_path)
    assert result.exit_code == 2
    assert "no address of the open internet" in result.stderr
    assert site.asked == []


def test_nor_after_a_redirect(tmp_path: Path, site: Site) -> None:
    site.put("/secret", PAGE.encode(), Content_Type="text/html")
    url = site.put("/page", status=302, Location=site.url("/secret", "127.0.0.2"))
    assert "leads to 127.0.0.2" in refused(tmp_path, url)
    assert site.asked == ["/robots.txt", "/page"]


@pytest.mark.parametrize("url", ["ftp://127.0.0.1/", "file:///etc/passwd", "http://me:secret@127.0.0.1/", "page.html"])
def test_only_plain_urls_are_asked_for(tmp_path: Path, url: str) -> None:
    assert f"{url}: is no plain http(s) URL" in refused(tmp_path, url)


@pytest.mark.parametrize(
    ("rules", "allowed"),
    [
        ("User-agent: *\nDisallow: /\n", False),
        ("User-agent: *\nDisallow: /other\n", True),
        ("User-agent: *\nDisallow: /\nAllow: /page$\n", True),
        ("User-agent: *\nAllow: /\n\nUser-agent: lod\nDisallow: /page\n", False),
        ("User-agent: other\nDisallow: /\n", True),
        ("User-agent: *\nDisallow: /*.html$\nDisallow: /p*e\n", False),
        ("", True),
    ],
)
def test_robots_txt_is_respected(tmp_path: Path, site: Site, rules: str, allowed: bool) -> None:
    """By the rules of RFC 9309: the longest match wins, a group for this agent goes before the one for all."""
    site.put("/robots.txt", rules.encode())
    url = site.put("/page", PAGE.encode(), Content_Type="text/html")
    if allowed:
        assert len(list(stored_pages(HERE, [url], tmp_path, "texts", None))) == 1
    else:
        assert "may not be read by programs" in refused(tmp_path, url)
        assert site.asked == ["/robots.txt"]


def test_a_robots_txt_that_cannot_be_had_forbids_all(tmp_path: Path, site: Site) -> None:
    url = site.put("/page", PAGE.encode(), Content_Type="text/html")
    site.put("/robots.txt", status=503)
    assert "its robots.txt answers 503" in refused(tmp_path, url)


def test_robots_txt_is_asked_for_what_a_redirect_leads_to(tmp_path: Path, site: Site) -> None:
    site.put("/robots.txt", b"User-agent: *\nDisallow: /new\n")
    url = site.put("/old", status=301, Location="/new")
    site.put("/new", PAGE.encode())
    assert "may not be read by programs" in refused(tmp_path, url)
    assert "/new" not in site.asked


def test_what_is_no_page_is_refused(tmp_path: Path, site: Site) -> None:
    assert "the server answers 404" in refused(tmp_path, site.url("/none"))
    with pytest.raises(InputError, match="is given up after"):
        HERE.get(site.put("/long", b"x" * 100), most_bytes=99)
    assert len(HERE.get(site.url("/long"), most_bytes=100).body) == 100


@pytest.mark.parametrize(
    ("answer", "copy"),
    [
        (
            {
                "closest": {
                    "available": True,
                    "status": "200",
                    "timestamp": "20010303120000",
                    "url": "http://web.archive.org/web/20010303120000/http://paper.example/",
                }
            },
            ("https://web.archive.org/web/20010303120000/http://paper.example/", "2001-03-03T12:00:00Z"),
        ),
        ({}, ("", "")),
    ],
)
def test_an_archive_is_asked_for_its_copy(tmp_path: Path, site: Site, answer: object, copy: tuple[str, str]) -> None:
    url = site.put("/page", PAGE.encode(), Content_Type="text/html")
    service = site.put("/available", json.dumps({"url": url, "archived_snapshots": answer}).encode())
    [stored] = stored_pages(HERE, [url], tmp_path, "texts", service)
    assert (stored.archived_url, stored.archived_at) == copy
    assert site.asked[-1].startswith("/available?url=http%3A%2F%2F127.0.0.1")


def test_an_archive_that_says_something_else_is_an_error(tmp_path: Path, site: Site) -> None:
    url = site.put("/page", PAGE.encode(), Content_Type="text/html")
    with pytest.raises(InputError, match="is not understood"):
        list(stored_pages(HERE, [url], tmp_path, "texts", site.put("/available", b"<html>")))


def test_a_row_of_sources_csv_is_printed_for_each(tmp_path: Path, site: Site) -> None:
    urls = [site.put(f"/page{number}", PAGE.encode(), Content_Type="text/html") for number in (1, 2)]
    lines = "".join(snapshot_rows(stored_pages(HERE, urls, tmp_path, "texts/web", None)))
    rows = list(csv.DictReader(io.StringIO(lines)))
    assert [row["url"] for row in rows] == urls
    assert all((tmp_path / row["text_file"]).is_file() and row["id"] == "" for row in rows)
    assert all(row["text_file"].startswith("texts/web/") for row in rows)


def test_pages_are_stored_in_the_project(tmp_path: Path) -> None:
    with pytest.raises(ProjectError, match="is not below the project"):
        list(snapshot_pages(["https://paper.example/"], tmp_path / "project", "../elsewhere"))


def test_a_missing_extra_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "protego", None)
    assert "pip install 'lod[texts]'" in refused(tmp_path, "https://paper.example/")

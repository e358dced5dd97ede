"""Quotes looked up in stored texts: every kind of text, what is refused, and the command."""

import gzip
import hashlib
import json
import sys
from dataclasses import asdict, replace
from pathlib import Path

import pytest
from small import SOURCES, add, append, lod, small_project
from storing import HTML, QUOTE, TEXT, URL, pdf, quoting_project, stored, warc

from lod import InputError, find_quotes, read_project
from lod.anchors import Text
from lod.texts import Snapshot, read_text


def refused(root: Path, snapshot: Snapshot) -> str:
    with pytest.raises(InputError) as error:
        read_text(root, snapshot)
    assert str(error.value).startswith("records/sources.csv row 1: ")
    return str(error.value)


@pytest.mark.parametrize(
    ("name", "content", "extractor"),
    [
        ("texts/a.txt", TEXT.encode(), ""),
        ("texts/a.TXT", b"\xef\xbb\xbf" + TEXT.replace("\n", "\r\n").encode(), ""),
        ("texts/a.html", HTML.encode(), "inscriptis"),
        ("a.htm", HTML.replace("paper", "pap\u00e9r").encode("latin-1"), "inscriptis"),
        ("texts/a.pdf", pdf("At noon 12 people were hurt."), "pypdf"),
        ("texts/a.warc", warc((URL, "text/plain; charset=utf-8", TEXT)), ""),
        (
            "a.warc.gz",
            warc((URL, "text/html", HTML), (URL + ".png", "image/png", "x"), pack=gzip.compress),
            "inscriptis",
        ),
    ],
)
def test_each_kind_of_text_is_read(tmp_path: Path, name: str, content: bytes, extractor: str) -> None:
    read = read_text(tmp_path, stored(tmp_path, name, content))
    assert read.extractor.partition(" ")[0] == extractor
    assert read.sha256 == hashlib.sha256(read.text.encode()).hexdigest()
    place = Text(read.text).find(QUOTE)
    assert place is not None
    assert (place.anchoring, place.times) == ("foundExactly", 1)
    assert place.prefix.endswith("At noon ")


def test_plain_text_is_as_it_is(tmp_path: Path) -> None:
    read = read_text(tmp_path, stored(tmp_path, "a.txt", TEXT.encode()))
    assert (read.text, read.sha256) == (TEXT, hashlib.sha256(TEXT.encode()).hexdigest())


def test_an_archive_is_asked_for_the_url_of_the_source(tmp_path: Path) -> None:
    pages = warc((URL + "?other", "text/plain", "Another story."), (URL, "text/plain", TEXT))
    snapshot = stored(tmp_path, "a.warc", pages)
    assert read_text(tmp_path, replace(snapshot, url=URL)).text == TEXT
    assert "a.warc holds 2 texts; it must be one" in refused(tmp_path, snapshot)
    assert f"a.warc holds no texts of {URL}/" in refused(tmp_path, replace(snapshot, url=URL + "/"))


def test_bytes_that_changed_are_refused_with_both_hashes(tmp_path: Path) -> None:
    snapshot = stored(tmp_path, "a.txt", TEXT.encode())
    append(tmp_path / "a.txt", "More.\n")
    told = refused(tmp_path, snapshot)
    for text in (TEXT, TEXT + "More.\n"):
        assert hashlib.sha256(text.encode()).hexdigest() in told
    assert hashlib.sha256((TEXT + "More.\n").encode()).hexdigest() in refused(tmp_path, replace(snapshot, sha256=None))


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("none.txt", "cannot be read"),
        ("texts", "cannot be read"),
        ("../secret.txt", "is not below the project"),
        ("/etc/hostname", "is not below the project"),
        ("texts/link.txt", "is not below the project"),
    ],
)
def test_only_a_file_below_the_project_is_read(tmp_path: Path, name: str, told: str) -> None:
    (tmp_path / "project/texts").mkdir(parents=True)
    (tmp_path / "project/texts/link.txt").symlink_to(tmp_path / "secret.txt")
    snapshot = replace(stored(tmp_path, "secret.txt", TEXT.encode()), file=name)
    assert f"{name} {told}" in refused(tmp_path / "project", snapshot)


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("a.docx", b"x", "no text that can be read"),
        ("a.txt", b"\xff\xfe", "is not UTF-8"),
        ("a.html", b"", "is not read as HTML"),
        ("a.pdf", b"12 people were hurt", "is not read as PDF"),
        ("a.pdf", pdf("x")[:200], "is not read as PDF"),
        ("a.warc", b"12 people were hurt", "is not read as WARC"),
        ("a.warc.gz", b"\x1f\x8b\x08junk", "is not read as WARC"),
        ("a.warc", warc((URL, "image/png", "x")), "holds no texts"),
    ],
)
def test_what_is_no_text_is_refused(tmp_path: Path, name: str, content: bytes, told: str) -> None:
    assert told in refused(tmp_path, stored(tmp_path, name, content))


@pytest.mark.parametrize(
    ("name", "content", "module"),
    [
        ("a.html", HTML.encode(), "inscriptis"),
        ("a.pdf", pdf("x"), "pypdf"),
        ("a.warc", warc((URL, "text/plain", TEXT)), "warcio"),
    ],
)
def test_a_missing_extra_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, content: bytes, module: str
) -> None:
    monkeypatch.setitem(sys.modules, module, None)
    assert "pip install 'lod[texts]'" in refused(tmp_path, stored(tmp_path, name, content))


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return quoting_project(tmp_path_factory.mktemp("anchors") / "project")


def test_the_command_shows_each_quote_in_its_place(project: Path) -> None:
    """Words of another are sought in what that one made, too."""
    result = lod("anchors", project)
    assert result.stdout.splitlines() == [
        "courier-2001-03-03: 2 no stored text",
        '  c2  no stored text: "more than 20 hurt"',
        '  c3  no stored text: "12 people WERE hurt"',
        "gazette-2001-03-02: 1 found exactly, 1 found folded, 1 not found",
        "  c1  found exactly, 26 to 45",
        "    ... Bridge gives way At noon [12 people were hurt], the paper says. ...",
        "  c3  found folded, 26 to 45",
        "    ... Bridge gives way At noon [12 people were hurt], the paper says. ...",
        '  c4  not found: "21 people were hurt"',
        "1 found exactly, 1 found folded, 1 not found, 2 no stored text",
    ]
    assert result.exit_code == 1


def test_json_has_what_the_library_gives(project: Path) -> None:
    found = find_quotes(read_project(project))
    assert json.loads(lod("anchors", project, "--format", "json").stdout) == [asdict(anchor) for anchor in found]
    [place] = [anchor.place for anchor in found if anchor.quote.endswith("/c1")]
    assert place is not None
    assert TEXT[place.start : place.end] == place.exact == QUOTE


def test_a_text_that_changed_is_an_error_also_where_nothing_is_quoted_from_it(tmp_path: Path) -> None:
    project = small_project(tmp_path / "project")
    snapshot = stored(project, "texts/other.txt", TEXT.encode())
    add(project / SOURCES, like=1, id="other", text_file=snapshot.file, text_sha256="0" * 64)
    result = lod("anchors", project)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith("error: records/sources.csv row 3: texts/other.txt is not what was stored")

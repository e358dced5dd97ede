"""Which files a logical source names: compressed ones, patterns of names, URLs."""

import gzip
import io
import threading
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from small import append, lod, manifest, quads, rejected, swap, tiny_project

from lod import http
from lod.engine import Engine
from lod.errors import InputError, MappingError, Position
from lod.inputs import open_source
from lod.mapping.model import LogicalSource
from lod.term_table import FILE, ROW

TABLE = b"a,b\n1,2\n3,4\n"
READ = [("1", 1), ("3", 2)]


def source(access: str, formulation: str = "csv", **settings: Any) -> LogicalSource:
    return LogicalSource(access, formulation, Position("map.yml", 3), **settings)


def read(
    engine: Engine, folder: Path, access: str, hosts: tuple[str, ...] = (), **settings: Any
) -> list[tuple[Any, int]]:
    table = open_source(engine, folder, source(access, **settings), ["a"], hosts)
    return [(row["a"], row[ROW]) for row in engine.rows(table.table.order_by(ROW))]


# Compression


def zstd(content: bytes) -> bytes:
    with pa.BufferOutputStream() as stream:
        with pa.CompressedOutputStream(stream, "zstd") as compressed:
            compressed.write(content)
        return bytes(stream.getvalue())


def archive(**members: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in members.items():
            file.writestr(name.replace("__", "/").replace("_", "."), content)
    return stream.getvalue()


# A file's name, what the mapping says of its compression, and its content: each holds TABLE.
COMPRESSED = {
    "by its suffix": ("in.csv.gz", None, gzip.compress(TABLE)),
    "by its suffix, zstd": ("in.csv.ZST", None, zstd(TABLE)),
    "by its suffix, zip": ("in.csv.zip", None, archive(other_csv=TABLE)),
    "by the mapping": ("in.csv", "gzip", gzip.compress(TABLE)),
    "against its suffix": ("in.gz", "zstd", zstd(TABLE)),
    "in two parts": ("in.csv.gz", None, gzip.compress(TABLE[:9]) + gzip.compress(TABLE[9:])),
    "the member that is called so": ("in.csv.zip", None, archive(read_me=b"no", in_csv=TABLE, x_csv=b"no")),
    "the member that is called so, within a folder": ("in.zip", None, archive(in__=b"", in__in_csv=TABLE, x=b"no")),
}
DAMAGED = {
    "cut off, gzip": ("in.csv.gz", gzip.compress(TABLE * 99)[:-9], "cannot be decompressed as gzip: Compressed file ended"),
    "cut off, zstd": ("in.csv.zst", zstd(TABLE * 99)[:-9], "cannot be decompressed as zstd: Truncated"),
    "cut off, zip": ("in.csv.zip", archive(a=TABLE)[:-9], "cannot be decompressed as zip: File is not a zip file"),
    "changed, gzip": ("in.csv.gz", gzip.compress(TABLE)[:-8] + b"12345678", "cannot be decompressed as gzip: CRC check"),
    "changed, zip": ("in.csv.zip", archive(a=TABLE)[:31] + b"~" + archive(a=TABLE)[32:], "cannot be decompressed as zip: "),
    "no gzip": ("in.csv.gz", TABLE, "cannot be decompressed as gzip: Not a gzipped file"),
    "no zstd": ("in.csv.zst", TABLE, "cannot be decompressed as zstd: "),
    "two members": ("in.zip", archive(a_csv=TABLE, b_csv=TABLE), "which of its files is meant cannot be told: a.csv, b.csv"),
    "no member": ("in.zip", archive(), "which of its files is meant cannot be told: none"),
    "nothing": ("in.csv.gz", b"", "is empty"),
}  # fmt: skip


@pytest.mark.parametrize("name", COMPRESSED)
def test_compressed_files_are_read(engine: Engine, tmp_path: Path, name: str) -> None:
    access, compression, content = COMPRESSED[name]
    (tmp_path / access).write_bytes(content)
    assert read(engine, tmp_path, access, compression=compression) == READ


@pytest.mark.parametrize("name", DAMAGED)
def test_damaged_archives_are_told(engine: Engine, tmp_path: Path, name: str) -> None:
    access, content, says = DAMAGED[name]
    (tmp_path / access).write_bytes(content)
    with pytest.raises(InputError) as caught:
        read(engine, tmp_path, access)
    assert str(caught.value).startswith(f"{access}: {says}")


def test_an_encrypted_member_is_told(engine: Engine, tmp_path: Path) -> None:
    content = bytearray(archive(a_csv=TABLE))
    for header, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(header) + place] |= 1  # the flag that says so, in the archive and in its directory
    (tmp_path / "in.zip").write_bytes(content)
    with pytest.raises(InputError, match=r"cannot be decompressed as zip: .* encrypted"):
        read(engine, tmp_path, "in.zip")


def test_a_compression_that_is_none_is_an_error_of_the_mapping(engine: Engine, tmp_path: Path) -> None:
    (tmp_path / "in.csv").write_bytes(TABLE)
    with pytest.raises(MappingError, match=r"map\.yml:3: unknown compression 'rar'\n  Known: gzip, zstd, zip\."):
        read(engine, tmp_path, "in.csv", compression="rar")


# Patterns


@pytest.fixture
def many(tmp_path: Path) -> Path:
    for name in ("b.csv", "a10.csv", "a2.csv", "sub/c.csv", ".hidden.csv"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(f"a,b\n{name},1\nx,2,3\n{name} too,4\n")
    (tmp_path / "folder.csv").mkdir()
    return tmp_path


@pytest.mark.parametrize(
    ("pattern", "names"),
    [
        ("*.csv", ["a10.csv", "a2.csv", "b.csv"]),
        ("a?.csv", ["a2.csv"]),
        ("[ab].csv", ["b.csv"]),
        ("a*.csv", ["a10.csv", "a2.csv"]),
        ("**/*.csv", ["a10.csv", "a2.csv", "b.csv", "sub/c.csv"]),
        ("./s*/*.csv", ["./sub/c.csv"]),
    ],
)
def test_a_pattern_names_all_files_that_fit_it(engine: Engine, many: Path, pattern: str, names: list[str]) -> None:
    opened = open_source(engine, many, source(pattern), ["a"])
    assert [(part.file, part.read) for part in opened.files] == [(name, 3) for name in names]
    place = opened.place(opened.table)
    found = engine.rows(opened.table.select("a", **place).order_by(["file", "row"]))
    expected = [
        (name, number, f"{name[2 * name.startswith('./') :]}{rest}")
        for name in names
        for number, rest in ((1, ""), (3, " too"))
    ]
    assert [(row["file"], row["row"], row["a"]) for row in found] == expected
    assert [(each.file, each.row) for each in opened.rejections] == [(name, 2) for name in names]
    assert (opened.read, opened.unread) == (3 * len(names), ("b",))


def test_an_absolute_pattern_names_files_too(engine: Engine, many: Path) -> None:
    opened = open_source(engine, Path("/nowhere"), source(f"{many}/a*.csv"), ["a"])
    assert [part.file for part in opened.files] == [f"{many}/a10.csv", f"{many}/a2.csv"]


def test_a_pattern_that_no_file_fits_is_told(engine: Engine, many: Path) -> None:
    with pytest.raises(InputError, match=rf"(?s)^z\*\.csv: no file fits this pattern\n.* looked for from {many}\.$"):
        read(engine, many, "z*.csv")


def test_a_name_that_no_file_can_have_is_told(engine: Engine, tmp_path: Path) -> None:
    for name in ("a\0b", "x" * 1000):
        with pytest.raises(InputError, match="cannot be read: "):
            read(engine, tmp_path, name)


def test_columns_take_the_type_that_holds_the_values_of_every_file(engine: Engine, tmp_path: Path) -> None:
    for name, values in {"1": '"x"', "2": "5", "3": "null"}.items():
        (tmp_path / f"{name}.json").write_text(f'[{{"a": {values}, "b": [{values}]}}]')
    opened = open_source(engine, tmp_path, source("*.json", "json", iterator="$[*]"), ["a", "b[*]"])
    rows = engine.rows(opened.table.order_by(FILE))
    text, number = (
        {"text": "x", "datatype": None},
        {"text": "5", "datatype": "http://www.w3.org/2001/XMLSchema#integer"},
    )
    assert [row["a"] for row in rows] == [text, number, None]
    assert [row["b[*]"] for row in rows] == [[text], [number], []]


def test_a_build_tells_each_record_by_its_own_file(tmp_path: Path) -> None:
    tiny = tiny_project(tmp_path / "tiny")
    swap(tiny / "mappings/people.yml", "records/people.csv", "records/*.csv")
    append(tiny / "mappings/people.yml", "      - [schema:identifier, $(#file) $(#row)]\n")
    (tiny / "records/more.csv").write_text("id,name,lang,born,x\ncy,Cy,english,,\ndi,Di,en,1815-13-10,\ned,Ed,en,,\n")
    result = lod("build", tiny)
    assert result.exit_code == 1
    assert "note: records/*.csv: no mapping reads the column 'x'." in result.stderr
    said = {quad.object.value for quad in quads(tiny / "output/latest") if quad.predicate.value.endswith("identifier")}
    assert said == {"records/people.csv 1", "records/people.csv 2", "records/more.csv 3"}
    lost = [(each["file"], each["row"], each["column"]) for each in rejected(tiny / "output/latest")]
    assert lost == [("records/more.csv", "1", "lang"), ("records/more.csv", "2", "born")]
    counts = {
        each["file"]: (each["read"], each["published"], each["rejected"])
        for each in manifest(tiny / "output/latest")["records"]
    }
    assert counts == {"records/people.csv": (2, 2, 0), "records/more.csv": (3, 1, 2)}
    used = {
        quad.object.value for quad in quads(tiny / "output/latest") if quad.subject.value.endswith("records%2Fmore.csv")
    }
    assert "records/more.csv" in used


# URLs


@dataclass
class Site:
    """A server on loopback: by path a status, headers and content; and what was asked of it."""

    address: str = ""
    pages: dict[str, tuple[int, dict[str, str], bytes]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)


@pytest.fixture
def site() -> Iterator[Site]:
    found = Site()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            found.asked.append(self.path)
            status, headers, content = found.pages[self.path]
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        found.address = f"http://127.0.0.1:{server.server_port}"
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield found
        server.shutdown()
        thread.join()


HERE = ("127.0.0.1",)


def test_a_url_is_fetched_from_an_allowed_host(engine: Engine, tmp_path: Path, site: Site) -> None:
    site.pages["/in.csv.gz?a=b"] = (200, {}, gzip.compress(TABLE))
    url = f"{site.address}/in.csv.gz?a=b"
    assert read(engine, tmp_path, url, HERE) == READ
    assert read(engine, tmp_path, url, (url.split("/")[2],)) == READ
    assert open_source(engine, tmp_path, source(url), ["a"], HERE).file == url


@pytest.mark.parametrize("hosts", [(), ("example.org",), ("127.0.0.1:1",), ("0.0.1",)])
def test_no_other_host_is_asked(engine: Engine, tmp_path: Path, site: Site, hosts: tuple[str, ...]) -> None:
    with pytest.raises(InputError) as caught:
        read(engine, tmp_path, f"{site.address}/in.csv", hosts)
    assert 'allow_hosts = ["127.0.0.1"] under [build] in lod.toml, or --allow-host 127.0.0.1' in str(caught.value)
    assert site.asked == []


def test_what_two_parsers_take_for_two_hosts_is_held_to_the_one_that_connects(
    engine: Engine, tmp_path: Path, site: Site
) -> None:
    with pytest.raises(InputError, match="not allowed"):
        read(engine, tmp_path, f"{site.address}\\@example.org/in.csv", ("example.org",))
    assert site.asked == []


def test_redirects_are_followed_to_allowed_hosts_alone(engine: Engine, tmp_path: Path, site: Site) -> None:
    site.pages["/in.csv"] = (200, {}, TABLE)
    site.pages["/old"] = (302, {"Location": "/in.csv"}, b"")
    site.pages["/away"] = (301, {"Location": "http://localhost:1/in.csv"}, b"")
    site.pages["/file"] = (301, {"Location": "file:///etc/passwd"}, b"")
    site.pages["/round"] = (307, {"Location": "/round"}, b"")
    assert read(engine, tmp_path, f"{site.address}/old", HERE) == READ
    for path, says in {
        "/away": "http://localhost:1/in.csv: the host of this URL is not allowed, to which http://",
        "/file": "file:///etc/passwd: the host of this URL is not allowed",
        "/round": f"{site.address}/round: leads through more than 10 redirects",
    }.items():
        with pytest.raises(InputError) as caught:
            read(engine, tmp_path, site.address + path, HERE)
        assert str(caught.value).startswith(says)


def cut_off(site: Site, _: pytest.MonkeyPatch) -> None:
    site.pages["/in.csv"] = (200, {"Content-Length": "999"}, TABLE)


def missing(site: Site, _: pytest.MonkeyPatch) -> None:
    site.pages["/in.csv"] = (404, {}, TABLE)


def large(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(http, "_MOST_BYTES", 9)
    site.pages["/in.csv"] = (200, {}, TABLE)


def nobody(site: Site, _: pytest.MonkeyPatch) -> None:
    site.address = "http://127.0.0.1:1"


@pytest.mark.parametrize(
    ("spoil", "says"),
    [
        (cut_off, "cannot be fetched: "),
        (missing, "the server answers 404 Not Found"),
        (large, "is given up after 12 bytes"),
        (nobody, "cannot be fetched: "),
    ],
)
def test_what_cannot_be_fetched_is_told(
    engine: Engine,
    tmp_path: Path,
    site: Site,
    monkeypatch: pytest.MonkeyPatch,
    spoil: Callable[[Site, pytest.MonkeyPatch], None],
    says: str,
) -> None:
    spoil(site, monkeypatch)
    with pytest.raises(InputError) as caught:
        read(engine, tmp_path, f"{site.address}/in.csv", HERE)
    assert str(caught.value).startswith(f"{site.address}/in.csv: {says}")


def test_a_project_and_the_command_line_allow_hosts(
    site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.pages["/people.csv"] = (200, {}, b"id,name,lang\nada,Ada,en\n")
    tiny = tiny_project(tmp_path / "tiny")
    monkeypatch.chdir(tiny)
    swap(tiny / "mappings/people.yml", "records/people.csv", f'"{site.address}/people.csv"')
    words = ("map", "mappings/people.yml", "--base", "https://example.org/")
    assert "--allow-host 127.0.0.1" in lod(*words).stderr
    shown = lod(*words, "--allow-host", "127.0.0.1")
    assert (shown.exit_code, shown.stderr) == (0, "")
    assert '"Ada"@en' in shown.stdout
    append(tiny / "lod.toml", '[build]\nallow_hosts = ["127.0.0.1"]\n')
    assert lod("build", tiny).exit_code == 0
    swap(tiny / "lod.toml", '["127.0.0.1"]', '"127.0.0.1"')
    assert "lod.toml:9: allow_hosts is a list of texts" in lod("build", tiny).stderr


def test_a_stray_quote_is_told_as_a_note(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tiny = tiny_project(tmp_path / "tiny")
    append(tiny / "records/people.csv", 'cy,"Cy,en,\ndi,Di,en,\ned,E",en,\n')
    monkeypatch.chdir(tiny)
    note = "note: records/people.csv row 3 column name: the cell holds lines that look like records"
    for command in (("map", "mappings/people.yml", "--base", "https://example.org/"), ("build",)):
        shown = lod(*command)
        assert shown.exit_code == 0
        assert note in shown.stderr
        assert lod(*command, "-q").stderr == ""

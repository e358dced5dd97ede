"""Mapping on Spark gives what mapping on DuckDB gives: the same lines, rejections and accounts."""

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pyarrow as pa
import pytest
from clusters import local_session, standalone_cluster

from lod.engine import Cluster, Engine, open_cluster
from lod.errors import LodError, MappingError, ReleaseError
from lod.formats import PLAIN
from lod.map import Mapped, map_files
from lod.options import MapOptions
from lod.parts import write_parts

# PySpark leaves sockets to the garbage collector.
pytestmark = [
    pytest.mark.filterwarnings("ignore:unclosed <socket:ResourceWarning"),
    pytest.mark.filterwarnings("ignore:Exception ignored in. <socket:pytest.PytestUnraisableExceptionWarning"),
]
ROOT = Path(__file__).parent.parent
ROWS = 100_000
LOD = (sys.executable, "-c", "from lod.cli import main; main()")

MAPPING = """\
prefixes: {ex: "http://example.org/"}
mappings:
  event:
    sources: [["part-*.csv~csv"]]
    s: ex:event/$(id)
    po:
      - [a, ex:Event]
      - [ex:name, $(name)]
      - [ex:day, $(day), xsd:date]
      - [ex:count, $(count), xsd:integer]
      - [ex:page, $(page)~iri]
      - [ex:label, $(name), en~lang]
      - p: ex:tag
        o: {function: grel:string_split, parameters: [[grel:valueParam, $(tags)], [grel:p_string_sep, "|"]]}
      - p: ex:source
        o: [{mapping: source, condition: {function: equal, parameters: [[str1, $(source)], [str2, $(key)]]}}]
  source:
    sources: [["sources.csv~csv"]]
    s: ex:source/$(key)/$(title)
    graphs: ex:sources
    po: [[ex:title, $(title)]]
"""


def write_events(folder: Path, rows: int) -> Path:
    """Write two files of events and one of sources: odd characters, doubles, empty cells, and a bad value in places."""
    names = ["Ann", "", 'B "x" \\ y', "é ü 中 \U0001f600", "a $1 \\1 ${x} {y}", "tab\tand line", " padded ", "O'Neil"]
    lines = [
        [
            str(number if number % 10 else number - 1),
            names[number % 8].replace('"', '""'),
            "1990-02-30" if number % 997 == 5 else f"19{number % 90 + 10}-01-02",
            "1e3" if number % 1009 == 7 else str(number % 50),
            f"http://example.org/a b/{number}" if number % 1013 == 9 else "http://example.org/é",
            ["x|y|z", "", "|", "a.b|a.b"][number % 4],
            str(number % 12),
        ]
        for number in range(1, rows + 1)
    ]
    half = rows // 2
    for number, part in enumerate((lines[:half], lines[half:])):
        text = "id,name,day,count,page,tags,source\n" + "".join('"' + '","'.join(line) + '"\n' for line in part)
        (folder / f"part-{number}.csv").write_text(text, "utf-8")
    sources = "".join(f"{key},Title/{key // 2}\n" for key in range(10)) + "1,Another\n"
    (folder / "sources.csv").write_text("key,title\n" + sources, "utf-8")
    (folder / "map.yml").write_text(MAPPING, "utf-8")
    return folder / "map.yml"


def lines_of(folder: Path) -> bytes:
    assert (folder / "_SUCCESS").exists()
    return b"".join(part.read_bytes() for part in sorted(folder.glob("part-*")))


def facts(mapped: Mapped) -> tuple[object, ...]:
    return mapped.statements, mapped.rejections, mapped.accounts, mapped.notes


@pytest.fixture(scope="module")
def spark() -> Iterator[Cluster]:
    with local_session(), open_cluster("local[2]") as cluster:
        yield cluster


def both(mappings: list[Path], folder: Path, options: MapOptions) -> tuple[Mapped, bytes]:
    """Map on both engines, hold them to each other, and return what DuckDB made."""
    plain = map_files(mappings, folder / "plain.nq", options)
    spread = map_files(mappings, folder / "spread", replace(options, engine="spark"))
    assert facts(spread) == facts(plain)
    made = (folder / "plain.nq").read_bytes()
    assert lines_of(folder / "spread") == made
    return plain, made


@pytest.mark.usefixtures("spark")
def test_the_example_has_the_same_lines_on_both_engines(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    plain, _ = both(
        sorted(ROOT.glob("mappings/*.yml")), tmp_path, MapOptions(base="http://example.org/", on_error="reject")
    )
    assert plain.statements > 0


@pytest.mark.usefixtures("spark")
def test_many_rows_have_the_same_lines_and_rejections_on_both_engines(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    plain, made = both([write_events(tmp_path, ROWS)], tmp_path, MapOptions(on_error="reject"))
    assert {(each.file, each.row) for each in plain.rejections} >= {("part-0.csv", 5), ("part-0.csv", 7)}
    assert len(plain.rejections) >= sum(ROWS // number for number in (997, 1009, 1013))
    assert made.splitlines() == sorted(set(made.splitlines()))


@pytest.mark.usefixtures("spark")
def test_other_syntaxes_come_through_the_driver_as_one_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    mapping = write_events(tmp_path, 20)
    mapping.write_text(MAPPING.replace("    graphs: ex:sources\n", ""))
    options = MapOptions(format="turtle", on_error="reject")
    map_files([mapping], tmp_path / "plain", options)
    map_files([mapping], tmp_path / "spread", replace(options, engine="spark"))
    assert (tmp_path / "spread").read_bytes() == (tmp_path / "plain").read_bytes()


@pytest.mark.usefixtures("spark")
@pytest.mark.parametrize("cells", ['key,title\n1,"open\n', "key\n1\n"])
def test_an_error_of_a_reader_is_the_same_on_both_engines(
    cells: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    mapping = write_events(tmp_path, 20)
    (tmp_path / "sources.csv").write_text(cells)
    told = []
    for engine in ("duckdb", "spark"):
        with pytest.raises(LodError) as caught:
            map_files([mapping], tmp_path / engine, MapOptions(engine=engine))
        told.append((type(caught.value), str(caught.value)))
        assert not (tmp_path / engine).exists()
    assert told[0] == told[1]
    assert "sources.csv" in told[0][1]


@pytest.mark.usefixtures("spark")
def test_a_mapping_that_gathers_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "d.csv").write_text("id\na\n")
    (tmp_path / "m.ttl").write_text("""@prefix rml: <http://w3id.org/rml/> . @prefix : <http://e/> .
        :t rml:logicalSource [ rml:source "d.csv" ] ; rml:subject :s ; rml:predicateObjectMap [ rml:predicate :p ; rml:objectMap [
        rml:gather ( [ rml:reference "id" ] ) ; rml:gatherAs <http://www.w3.org/1999/02/22-rdf-syntax-ns#Bag> ] ] .""")
    with pytest.raises(MappingError, match="not made on a cluster"):
        map_files([Path("m.ttl")], tmp_path / "out", MapOptions(engine="spark"))


def test_a_folder_that_holds_something_is_left_as_it_is(spark: Cluster, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "kept").touch()
    with pytest.raises(ReleaseError, match="not empty"):
        write_parts(spark, [], PLAIN, tmp_path / "out")
    assert [path.name for path in tmp_path.rglob("*")] == ["out", "kept"]


ODD = [
    "",
    "a",
    "A",
    "é",
    "É",
    "ß",
    "\n",
    "a\n",
    "a\nb",
    "\u2028",
    "a\u0085",
    "\t",
    "\x0b",
    "٣",
    "3",
    "\U0001f600",
    "İ",
    "ſ",
    "K",
]


@pytest.mark.parametrize(
    "pattern",
    [
        r"^a$",
        r"^a\z",
        r"^.$",
        r"\d",
        r"\w",
        r"\s",
        r"(?i)k",
        r"(?i)s",
        r"(?i)é",
        r"\bé",
        r"[[:alpha:]]",
        r"\pL",
        r"(?s)^.b",
        r"a|$",
        r"[^a]",
    ],
)
def test_a_regular_expression_is_re2s_on_both_engines(spark: Engine, engine: Engine, pattern: str) -> None:
    found = []
    for each in (spark, engine):
        table = each.materialise("odd", pa.table({"n": range(len(ODD) + 1), "t": [*ODD, None]}))
        rows = each.rows(table.select("n", found=table.t.re_search(pattern)))
        found.append({row["n"]: row["found"] for row in rows})
    assert found[0] == found[1]


def test_a_cluster_that_is_not_there_is_told(tmp_path: Path) -> None:
    mapping = write_events(tmp_path, 4)
    command = [*LOD, "map", "--engine", "spark", "--master", "nowhere", str(mapping)]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "nowhere" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_standalone_cluster_gives_the_same_lines(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    mapping = write_events(tmp_path, ROWS)
    plain = map_files([mapping], tmp_path / "plain.nq", MapOptions(on_error="reject"))
    command = [*LOD, "map", "--engine", "spark", "--on-error", "reject", "-v", "-o", "spread"]
    with standalone_cluster(tmp_path) as master:
        done = subprocess.run(
            [*command, "--master", master, str(mapping)], cwd=tmp_path, capture_output=True, text=True, check=False
        )
    assert done.returncode == 1, done.stderr
    assert lines_of(tmp_path / "spread") == (tmp_path / "plain.nq").read_bytes()
    for rejection in plain.rejections:
        assert f"{rejection.file} row {rejection.row}" in done.stderr + done.stdout

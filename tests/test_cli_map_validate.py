"""The commands that need no project: `lod map` and `lod validate`."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from errno import ENOSPC
from pathlib import Path
from tempfile import NamedTemporaryFile
from types import SimpleNamespace
from typing import Any

import pyoxigraph as ox
import pytest
from small import MAIN, PEOPLE, append, contents, lod, lod_process, swap, tiny_project

PERSON = "https://example.org/people/person/"
BASE = ("--base", "https://example.org/people/")
MAPPING, SHAPES = "mappings/people.yml", "shapes/people.ttl"
FORMATS = {
    "nquads": ox.RdfFormat.N_QUADS,
    "ntriples": ox.RdfFormat.N_TRIPLES,
    "turtle": ox.RdfFormat.TURTLE,
    "jsonld": ox.RdfFormat.JSON_LD,
}
EXPECTED = f"""
<{PERSON}ada> <http://schema.org/birthDate> "1815-12-10"^^<http://www.w3.org/2001/XMLSchema#date> .
<{PERSON}ada> <http://schema.org/name> "Ada"@en .
<{PERSON}ada> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <http://schema.org/Person> .
<{PERSON}bo> <http://schema.org/name> "Bo"@en .
<{PERSON}bo> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <http://schema.org/Person> .
""".lstrip()


@pytest.fixture
def tiny(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The project's folder, which is the current one: sources are found from there."""
    folder = tiny_project(tmp_path / "tiny")
    monkeypatch.chdir(folder)
    return folder


# map


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.usefixtures("tiny")
def test_map_writes_each_syntax_to_stdout_and_to_a_file(name: str) -> None:
    shown = lod("map", MAPPING, *BASE, "--format", name)
    assert (shown.exit_code, shown.stderr) == (0, "")
    written = lod("map", MAPPING, *BASE, "--format", name, "-o", "made")
    assert (written.exit_code, written.stdout, written.stderr) == (0, "", "")
    assert Path("made").read_bytes() == shown.stdout_bytes
    parsed = ox.parse(shown.stdout_bytes, format=FORMATS[name])
    wanted = ox.parse(EXPECTED, format=ox.RdfFormat.N_TRIPLES)
    assert {quad.triple for quad in parsed} == {quad.triple for quad in wanted}


def test_map_writes_sorted_n_quads_in_a_process_of_its_own(tiny: Path) -> None:
    done = lod_process("map", MAPPING, *BASE, cwd=tiny)
    assert (done.returncode, done.stdout, done.stderr) == (0, EXPECTED, "")


@pytest.mark.parametrize("order", [[], ["--unsorted"]])
def test_map_ends_without_a_word_where_its_reader_has_enough(tiny: Path, order: list[str]) -> None:
    """As what SIGPIPE kills: a shell says 128 and the number of the signal."""
    append(tiny / PEOPLE, "".join(f"p{number},Person {number},en,\n" for number in range(20_000)))
    command = [sys.executable, "-c", MAIN, "map", MAPPING, *BASE, *order]
    with subprocess.Popen(command, cwd=tiny, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as child:
        assert child.stdout
        assert child.stderr
        assert child.stdout.readline()
        child.stdout.close()
        assert child.stderr.read() == b""
    assert child.returncode == 128 + signal.SIGPIPE


def test_map_tells_where_standard_output_takes_nothing(tiny: Path) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("no /dev/full here")
    with Path("/dev/full").open("wb") as full:
        command = [sys.executable, "-c", MAIN, "map", MAPPING, *BASE]
        done = subprocess.run(command, cwd=tiny, stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert (done.returncode, done.stderr) == (2, f"error: standard output: cannot be written: {os.strerror(ENOSPC)}\n")


def test_a_source_that_is_not_there_is_told_with_the_folder_it_was_looked_for_in(tiny: Path) -> None:
    swap(tiny / MAPPING, "records/people.csv", "../records/people.csv")
    hint = f"The mapping names '../records/people.csv'; it is looked for from {tiny}."
    for shown in (lod("map", MAPPING, *BASE), lod("check", tiny), lod("check", ".")):
        assert shown.exit_code == 2
        assert hint in shown.stderr


def test_map_leaves_the_old_file_where_it_fails(tiny: Path) -> None:
    assert lod("map", MAPPING, *BASE, "-o", "made.nq").exit_code == 0
    (tiny / "folder").mkdir()
    before = contents(tiny)
    swap(tiny / MAPPING, "schema:name", "schem:name")
    shown = lod("map", MAPPING, *BASE, "-o", "made.nq")
    assert (shown.exit_code, shown.stdout) == (2, "")
    assert shown.stderr.startswith(f"error: {MAPPING}:8 column 10: the prefix 'schem' is not declared\n  Did you mean")
    swap(tiny / MAPPING, "schem:name", "schema:name")
    for place in ("folder", "nowhere/made.nq", f"{PEOPLE}/made.nq"):
        shown = lod("map", MAPPING, *BASE, "-o", place)
        assert shown.exit_code == 2
        assert f"error: {place}: cannot be written" in shown.stderr
    assert contents(tiny) == before


def test_map_stops_at_a_bad_record_or_leaves_it_out(tiny: Path) -> None:
    append(tiny / PEOPLE, "cy,Cy,english,\n")
    says = "records/people.csv row 3 column lang: 'english' is not a language tag (BCP 47: en, az, hy-Latn)"
    stopped = lod("map", MAPPING, *BASE, "-o", "made.nq")
    assert (stopped.exit_code, stopped.stdout) == (2, "")
    assert stopped.stderr.startswith(f"error: {says}\n  --on-error reject ")
    assert not (tiny / "made.nq").exists()
    thinned = lod("map", MAPPING, *BASE, "--on-error", "reject")
    assert (thinned.exit_code, thinned.stdout) == (1, EXPECTED)
    said, head, account = thinned.stderr.splitlines()
    assert (said, head.split()) == (f"rejected: {says}", ["input", "records", "published", "rejected", "skipped"])
    assert account.split() == ["records/people.csv", "3", "2", "1", "0"]


@pytest.mark.usefixtures("tiny")
def test_map_asks_for_a_base_where_it_needs_one() -> None:
    shown = lod("map", MAPPING)
    assert (shown.exit_code, shown.stdout) == (2, "")
    assert "the IRI 'person/$(id)' is relative, and there is no base\n  Name a base: 'base:' in" in shown.stderr


@pytest.mark.usefixtures("tiny")
def test_map_takes_external_references_from_outside() -> None:
    swap(Path(MAPPING), "$(name)", "$(_name)")
    shown = lod("map", MAPPING, *BASE, "--external", "name=Eva = Eve", "--external", "other=x")
    assert (shown.exit_code, shown.stderr) == (0, "")
    assert shown.stdout.count('"Eva = Eve"@en') == 2
    refused = lod("map", MAPPING, *BASE, "--external", "name")
    assert (refused.exit_code, refused.stdout) == (2, "")
    assert "Invalid value for --external: 'name' is not NAME=VALUE" in refused.stderr


@pytest.mark.usefixtures("tiny")
def test_map_holds_to_a_size_of_memory() -> None:
    assert lod("map", MAPPING, *BASE, "--memory", "200MB").stdout == EXPECTED
    shown = lod("map", MAPPING, *BASE, "--memory", "much")
    assert (shown.exit_code, shown.stderr) == (2, "error: 'much' is no size of memory\n  Write it as 800MB or 2GB.\n")


# validate


@pytest.fixture
def data(tiny: Path) -> Path:
    assert lod("map", MAPPING, *BASE, "-o", "data.nq").exit_code == 0
    return tiny / "data.nq"


def test_data_that_conforms_says_so(data: Path) -> None:
    shown = lod("validate", data, "--shapes", SHAPES)
    assert (shown.exit_code, shown.stderr) == (0, "")
    assert shown.stdout.endswith("The data conforms to the shapes.\n")
    assert (
        "note: no node was held to <urn:shapes:Robot>; is its target spelled as in the data (http or https)?"
        in shown.stdout
    )


def test_a_finding_has_exit_code_1_and_is_told_in_three_ways(data: Path) -> None:
    append(data, "<urn:x:nobody> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <http://schema.org/Person> .\n")
    text = lod("validate", data, "--shapes", SHAPES)
    assert (text.exit_code, text.stderr) == (1, "")
    assert text.stdout.startswith("violation: A person has a name: fill the column name.\n")
    line = len(data.read_text().splitlines())
    assert f"  {data}:{line}: <urn:x:nobody> path <http://schema.org/name>\n" in text.stdout
    assert text.stdout.endswith("\n1 violation.\n")
    program = json.loads(lod("validate", data, "--shapes", SHAPES, "--format", "json").stdout)
    assert program["conforms"] is False
    assert [result["focusNode"] for result in program["results"]] == ["urn:x:nobody"]
    turtle = lod("validate", data, "--shapes", SHAPES, "--format", "turtle", "-o", "report.ttl")
    assert (turtle.exit_code, turtle.stdout) == (1, "")
    report = {quad.triple for quad in ox.parse(path="report.ttl", format=ox.RdfFormat.TURTLE)}
    focus = ox.NamedNode("http://www.w3.org/ns/shacl#focusNode")
    assert [triple.object.value for triple in report if triple.predicate == focus] == ["urn:x:nobody"]


SEVERE = """
@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix s: <http://schema.org/> .
<urn:s:Person> a sh:NodeShape ; sh:targetClass s:Person ; sh:property
    [ sh:path s:name ; sh:maxCount 0 ; sh:severity sh:Warning ], [ sh:path s:knows ; sh:minCount 1 ; sh:severity sh:Info ] .
"""


@pytest.mark.parametrize(("least", "code"), [("info", 1), ("warning", 1), ("violation", 0)])
def test_fail_on_says_which_results_give_exit_code_1(least: str, code: int, data: Path) -> None:
    Path("severe.ttl").write_text(SEVERE)
    shown = lod("validate", data, "--shapes", "severe.ttl", "--fail-on", least)
    assert (shown.exit_code, shown.stdout.splitlines()[-1]) == (code, "2 warnings, 2 info.")


@pytest.mark.parametrize("engine", ["lod", "pyshacl"])
def test_max_results_lists_some_of_a_constraint_and_counts_all(engine: str, data: Path) -> None:
    Path("severe.ttl").write_text(SEVERE)
    words = ("validate", data, "--shapes", "severe.ttl", "--engine", engine, "--format", "json", "--max-results")
    for most, listed in ((0, 0), (1, 2), (2, 4), (9, 4)):
        shown = lod(*words, most)
        report = json.loads(shown.stdout)
        assert (shown.exit_code, report["conforms"]) == (1, False)
        assert report["counts"] == {"violation": 0, "warning": 2, "info": 2}
        assert (len(report["results"]), report["unlisted"]) == (listed, 4 - listed)


def test_a_shape_without_a_name_that_no_node_is_held_to_is_told_by_its_place(data: Path) -> None:
    shape = "[] a sh:NodeShape ; sh:targetClass <urn:x:Robot> ; sh:nodeKind sh:IRI ."
    Path("robots.ttl").write_text(f"@prefix sh: <http://www.w3.org/ns/shacl#> .\n\n{shape}\n")
    shown = lod("validate", data, "--shapes", "robots.ttl")
    assert shown.stdout.startswith("note: no node was held to the shape at robots.ttl:3 column 1; is its target")


def test_a_report_is_written_whole_or_not_at_all(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    @contextmanager
    def full_disk(**options: Any) -> Iterator[Any]:
        with NamedTemporaryFile(**options) as stream:
            yield SimpleNamespace(name=stream.name, write=fail)

    def fail(_: bytes) -> None:
        raise OSError(28, "No space left on device")

    words = ("validate", data, "--shapes", SHAPES, "-o")
    assert lod(*words, "report.txt").exit_code == 0
    before = contents(data.parent)
    monkeypatch.setattr("lod.whole.NamedTemporaryFile", full_disk)
    shown = lod(*words, "report.txt")
    assert (shown.exit_code, shown.stdout) == (2, "")
    assert shown.stderr == "error: report.txt: cannot be written: No space left on device\n"
    assert contents(data.parent) == before


@pytest.mark.parametrize(
    ("name", "text", "says"),
    [
        ("bad.ttl", "<urn:a> <urn:b> \n<urn:c>\n<urn:d> .\n", "bad.ttl:3 column 1: does not parse: "),
        ("bad.nq", '<urn:a> <urn:b> "c" .\n<urn:a> urn:b "c" .\n', "bad.nq:2 column 9: does not parse: "),
        ("bad.jsonld", '{"@id": ', "bad.jsonld:1 column 9: does not parse: "),
        ("bad.rdf", '<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>', "with a DOCTYPE is not read\n  Remove the DOCTYPE"),
        ("bad.rdf", '<!doctype x [<!ENTITY a "b">]><x>&a;</x>', "with a DOCTYPE is not read\n  Remove the DOCTYPE"),
        ("bad.csv", "", "bad.csv: .csv is no RDF syntax that is known here\n  Known: .ttl"),
    ],
)
def test_data_that_does_not_parse_is_told_with_file_and_line(tiny: Path, name: str, text: str, says: str) -> None:
    (tiny / name).write_text(text)
    shown = lod("validate", name, "--shapes", SHAPES)
    assert (shown.exit_code, shown.stdout) == (2, "")
    assert shown.stderr.startswith(f"error: {name}")
    assert says in shown.stderr
    assert "Parser error" not in shown.stderr


def test_shapes_that_do_not_parse_are_told_with_file_and_line(data: Path) -> None:
    Path("shapes.ttl").write_text("<urn:a> a <urn:b> .\n<urn:a> <urn:b .\n")
    shown = lod("validate", data, "--shapes", "shapes.ttl")
    assert (shown.exit_code, shown.stdout) == (2, "")
    assert shown.stderr.startswith("error: shapes.ttl:2 column 9: does not parse: ")
    Path("shapes.ttl").write_text("<urn:a> a <urn:b> .\n")
    shown = lod("validate", data, "--shapes", "shapes.ttl")
    assert (shown.exit_code, shown.stdout) == (2, "")
    assert shown.stderr.startswith("error: shapes.ttl: no shape is declared\n")

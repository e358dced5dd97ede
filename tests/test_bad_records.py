"""Bad records: each is rejected with its reason, the rest is published, and every record is accounted for.

A record that cannot become RDF is rejected whatever the project says (exit code 1). One that becomes RDF that breaks a
shape holds the whole release back (3), unless the project says `on_violation = "reject"` (1). Odd input that is not bad
is published.
"""

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote

import pyoxigraph as ox
import pytest
from small import (
    BASE,
    CLAIMS,
    EVENTS,
    MODES,
    SOURCES,
    Spoil,
    add,
    append,
    assert_accounted,
    change,
    is_whole,
    lod,
    quads,
    rejected,
    small_project,
    told,
)


class Built(NamedTuple):
    project: Path
    code: int
    stderr: str

    @property
    def release(self) -> Path:
        return self.project / "output/latest"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str, Spoil], Built]:
    def build(mode: str, spoiled: Spoil) -> Built:
        project = small_project(tmp_path_factory.mktemp("spoiled") / "project", mode)
        spoiled(project)
        result = lod("build", project, "-v")
        return Built(project, result.exit_code, result.stderr)

    return build


def _no_rdf(project: Path) -> None:
    claims, sources = project / CLAIMS, project / SOURCES
    change(claims, 1, as_of="")
    for cells in (
        {"id": "r4", "lang": "english"},
        {"id": "r5", "rests_on": "nowhere"},
        {"id": "r6", "as_of": "1992-02-30"},
        {"id": ""},
        {"id": "r8", "value": "twelve"},
    ):
        add(claims, like=1, **cells)
    append(claims, "r9,short,en\n" + "r10" + ",x" * 15 + "\nr11,NUL \0 here" + "," * 13 + "\n")
    add(sources, like=1, id="s3", url="/page.html")
    add(sources, like=1, id="s4", url="javascript:alert(1)")


NO_RDF = [
    pytest.param(CLAIMS, 4, ["lang: is not a language tag (BCP 47: en, az, hy-Latn)"], id="language tag 'english'"),
    pytest.param(CLAIMS, 5, [f"rests_on: is no record of {CLAIMS} or {SOURCES}"], id="dangling reference"),
    pytest.param(
        CLAIMS,
        6,
        ["as_of: is not a date that exists, in EDTF (1992-02-26, 1992-02, 1992, 1992?, 1992-02/1992-03)"],
        id="1992-02-30",
    ),
    pytest.param(CLAIMS, 7, ["id: is empty, so the record has no identity"], id="an id that is empty"),
    pytest.param(CLAIMS, 8, ["value: is not a decimal number"], id="a number in words"),
    pytest.param(
        CLAIMS, 9, [": the record on line 10 is too short: 3 cells under a header of 15"], id="a row too short"
    ),
    pytest.param(
        CLAIMS, 10, [": the record on line 11 is too long: 16 cells under a header of 15"], id="a row too long"
    ),
    pytest.param(CLAIMS, 11, ["text: the cell on line 12 holds a NUL character"], id="NUL byte"),
    pytest.param(SOURCES, 3, ["url: is not an absolute http or https URL"], id="a relative URL"),
    pytest.param(SOURCES, 4, ["url: is not an absolute http or https URL"], id="a javascript: URL"),
]


@pytest.fixture(scope="module", params=MODES)
def no_rdf(request: pytest.FixtureRequest, built: Callable[[str, Spoil], Built]) -> Built:
    """Records that cannot become RDF, one after the other, among three that can."""
    return built(request.param, _no_rdf)


@pytest.mark.parametrize(("file", "row", "reasons"), NO_RDF)
def test_a_record_that_cannot_become_rdf_is_rejected(no_rdf: Built, file: str, row: int, reasons: list[str]) -> None:
    assert told(no_rdf.release, row, file) == reasons
    column, _, reason = reasons[0].partition(": ")
    line = next(line for line in no_rdf.stderr.splitlines() if line.startswith(f"rejected: {file} row {row}"))
    assert line.endswith(reason)
    assert f" column {column}:" in line or not column


def test_the_rest_of_such_a_file_is_published(no_rdf: Built) -> None:
    assert no_rdf.code == 1
    assert is_whole(no_rdf.release)
    assert_accounted(no_rdf.project, no_rdf.release)
    assert len(rejected(no_rdf.release)) == len(NO_RDF)
    assert b"\0" not in (no_rdf.release / "rejected.csv").read_bytes()


def _breaks_shapes(project: Path) -> None:
    claims = project / CLAIMS
    for cells in (
        {"id": "twice", "text": "Once."},
        {"id": "twice", "text": "Again."},
        {"id": "r6", "event": "nowhere"},
        {"id": "r7", "source": "nowhere"},
        {"id": "r8", "claimant": "nobody"},
        {"id": "r9", "value": "", "value_min": "20", "value_max": "10"},
        {"id": "r10", "lang": ""},
    ):
        add(claims, like=1, **cells)


BREAKS_SHAPES = [
    pytest.param([4, 5], "Two input rows use this id", id="duplicate id"),
    pytest.param([6], "The event of this claim is not described", id="dangling event"),
    pytest.param([7], "The source of this claim is not described", id="dangling source"),
    pytest.param([8], "The claimant is not described", id="dangling claimant"),
    pytest.param([9], "The least value is greater than the greatest", id="min > max"),
    pytest.param([10], "The text of a claim has a language tag", id="no language"),
]


@pytest.fixture(scope="module")
def refused(built: Callable[[str, Spoil], Built]) -> Built:
    return built("refuse", _breaks_shapes)


@pytest.fixture(scope="module")
def thinned(built: Callable[[str, Spoil], Built]) -> Built:
    return built("reject", _breaks_shapes)


@pytest.mark.parametrize(("rows", "message"), BREAKS_SHAPES)
def test_a_record_that_breaks_a_shape_refuses_the_release(refused: Built, rows: list[int], message: str) -> None:
    assert refused.code == 3
    assert not refused.release.exists()
    lines = refused.stderr.splitlines()
    start = next(number for number, line in enumerate(lines) if line.startswith(f"violation: {message}"))
    where = ", ".join(f"{CLAIMS} row {row}" for row in rows)
    assert any(line.startswith(f"  {where}: <{BASE}") for line in lines[start:])


@pytest.mark.parametrize(("rows", "message"), BREAKS_SHAPES)
def test_such_a_record_can_be_rejected_instead(thinned: Built, rows: list[int], message: str) -> None:
    for row in rows:
        assert any(message in reason for reason in told(thinned.release, row))
        assert f"rejected: {CLAIMS} row {row}" in thinned.stderr


def test_the_rest_is_published_without_them(thinned: Built) -> None:
    assert thinned.code == 1
    assert is_whole(thinned.release)
    assert_accounted(thinned.project, thinned.release)
    lost = {int(each["row"]) for each in rejected(thinned.release)}
    assert lost == {row for case in BREAKS_SHAPES for row in case.values[0]}


def _source_without_date(project: Path) -> None:
    change(project / SOURCES, 1, date="1992-02-30")


def test_a_gate_holds_where_a_rejected_record_takes_others_with_it(built: Callable[[str, Spoil], Built]) -> None:
    found = built("refuse", _source_without_date)
    assert found.code == 3
    assert not found.release.exists()
    assert f"rejected: {SOURCES} row 1 column date: '1992-02-30' is not a date that exists" in found.stderr
    assert f"  {CLAIMS} row 1: <{BASE}claim/c1>" in found.stderr


def test_a_link_to_a_rejected_record_is_never_lost_in_silence(built: Callable[[str, Spoil], Built]) -> None:
    found = built("reject", _source_without_date)
    assert found.code == 1
    assert is_whole(found.release)
    assert_accounted(found.project, found.release)
    gone = f"{BASE}source/gazette-2001-03-02"
    assert not any(gone in (quad.subject.value, quad.object.value) for quad in quads(found.release))
    statements = [each for each in rejected(found.release) if each["scope"] == "statement"]
    assert {each["row"] for each in statements} == {"1", "3"}  # the claims that were read in it, or rest on it
    assert {each["value"] for each in statements} == {gone}
    assert told(found.release, 1)
    assert not told(found.release, 3)


LONG = "x" * 2 * 1024 * 1024
ODD_IDS = (
    "#5",
    "a b",
    "a/b",
    "..",
    "../../up",
    'a"b',
    "a'b",
    "Хоҷалӣ",
    "a?b#c",
    "<a>",
    "a|b",
    "100%",
    "%41",
    "a\\b",
    "q{}^`",
)


def _odd(project: Path) -> None:
    claims, sources = project / CLAIMS, project / SOURCES
    change(project / EVENTS, 1, id="an event/..")
    for row in (1, 2, 3):
        change(claims, row, event="an event/..")
    add(claims, like=1, id="long", text=LONG)
    for each in ODD_IDS:
        add(claims, like=1, id=each, rests_on=f"source {each}" if "|" not in each else "")
        add(sources, like=1, id=f"source {each}")
    claims.write_bytes("\N{BOM}".encode() + claims.read_bytes())


@pytest.fixture(scope="module", params=MODES)
def odd(request: pytest.FixtureRequest, built: Callable[[str, Spoil], Built]) -> Built:
    """A BOM, a cell of 2 MB, a first cell that begins with #, and ids of all kinds."""
    return built(request.param, _odd)


def test_odd_input_is_published_whole(odd: Built) -> None:
    assert odd.code == 0, odd.stderr
    assert is_whole(odd.release)
    assert rejected(odd.release) == []
    assert_accounted(odd.project, odd.release)


def test_a_long_cell_keeps_every_character(odd: Built) -> None:
    text = ox.NamedNode("http://schema.org/text")
    claim = ox.NamedNode(f"{BASE}claim/long")
    found = [quad.object.value for quad in quads(odd.release) if (quad.subject, quad.predicate) == (claim, text)]
    assert found == [LONG]


@pytest.mark.parametrize("file", ["dataset.nq", "dataset.ttl", "dataset.jsonld"])
def test_odd_ids_give_iris_that_lead_back_to_them(odd: Built, file: str) -> None:
    format_ = ox.RdfFormat.from_extension(Path(file).suffix[1:])
    context = {"base_iri": BASE}
    parsed = ox.parse(path=odd.release / file, format=format_, **context)
    nodes = {node.value for quad in parsed for node in (quad.subject, quad.object) if isinstance(node, ox.NamedNode)}
    for kind, wanted in (("claim", ODD_IDS), ("source", [f"source {each}" for each in ODD_IDS])):
        prefix = f"{BASE}{kind}/"
        local = {iri.removeprefix(prefix) for iri in nodes if iri.startswith(prefix)}
        assert not [each for each in local if set(each) & set('/?#<>"{}|\\^` ')]
        assert set(wanted) <= {unquote(each) for each in local}
        assert len({unquote(each) for each in local}) == len(local)
    assert f"{BASE}event/an%20event%2F.." in nodes

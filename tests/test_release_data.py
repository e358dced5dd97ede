"""What the release of the example says: traces to the rows, roots, nothing asserted, and IRIs that stay."""

import csv
from collections import defaultdict
from pathlib import Path

import pyoxigraph as ox
import pytest
from small import BASE as SMALL
from small import CLAIMS, assert_accounted, contents, is_whole, lod, quads, records, small_project, write_records

from lod import validate_files

ROOT = Path(__file__).parents[1]
EXAMPLE = "https://example.org/khojaly-1992/"
PREFIXES = """
PREFIX cito: <http://purl.org/spar/cito/>
PREFIX csvw: <http://www.w3.org/ns/csvw#>
PREFIX ns: <https://w3id.org/lod/ns#>
PREFIX prov: <http://www.w3.org/ns/prov#>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX schema: <http://schema.org/>
"""


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("example") / "output"
    assert lod("build", ROOT, "--output", folder).exit_code == 0
    return folder / "latest"


@pytest.fixture(scope="module")
def store(release: Path) -> ox.Store:
    return loaded(quads(release))


def loaded(found: list[ox.Quad]) -> ox.Store:
    store = ox.Store()
    store.extend(found)
    return store


def select(store: ox.Store, query: str) -> list[tuple[str, ...]]:
    solutions = store.query(PREFIXES + query, use_default_graph_as_union=True)
    assert isinstance(solutions, ox.QuerySolutions)
    return sorted(tuple(value.value for value in solution) for solution in solutions)


def ask(store: ox.Store, pattern: str) -> bool:
    return bool(store.query(f"{PREFIXES} ASK {{ {pattern} }}", use_default_graph_as_union=True))


# Form


def test_the_committed_release_is_what_a_build_makes(release: Path) -> None:
    committed, built = contents(ROOT / "output/latest"), contents(release)
    if not committed:
        pytest.skip("output/latest IS EMPTY: build the example and commit it; nothing is compared here")
    assert built.keys() == committed.keys()
    differ = sorted(name for name in built if built[name] != committed[name])
    assert not differ, f"output/ is not of these records, mappings and shapes: {differ}; `lod build` makes it anew"


@pytest.mark.parametrize(
    "name", ["dataset.nq", "dataset.ttl", "dataset.jsonld", "lineage.ttl", "rows.ttl", "run.ttl", "report.ttl"]
)
def test_no_file_holds_a_blank_node(name: str, release: Path) -> None:
    format_ = ox.RdfFormat.from_extension(name.rpartition(".")[2])
    found = list(ox.parse(path=release / name, format=format_, base_iri=EXAMPLE))
    assert found
    assert not [quad for quad in found if {ox.BlankNode} & set(map(type, (quad.subject, quad.object, quad.graph_name)))]


def test_n_quads_are_sorted_by_byte_and_none_comes_twice(release: Path) -> None:
    lines = (release / "dataset.nq").read_bytes().splitlines(keepends=True)
    assert lines == sorted(set(lines))
    assert all(line.endswith(b" .\n") for line in lines)


def test_every_syntax_says_the_same(release: Path) -> None:
    whole = set(quads(release))
    assert whole == set(ox.parse(path=release / "dataset.jsonld", format=ox.RdfFormat.JSON_LD, base_iri=EXAMPLE))
    turtle = [(release / f"{name}.ttl", name) for name in ("dataset", "lineage", "rows", "run")]
    parts = {
        ox.Quad(*triple.triple, ox.DefaultGraph() if name == "dataset" else ox.NamedNode(f"{EXAMPLE}graph/{name}"))
        for path, name in turtle
        for triple in ox.parse(path=path, format=ox.RdfFormat.TURTLE)
    }
    assert parts == whole


def test_every_record_is_accounted_for(release: Path) -> None:
    assert is_whole(release)
    assert_accounted(ROOT, release, EXAMPLE)


# Trace and lineage


def test_every_claim_leads_to_its_source_its_row_and_its_input(store: ox.Store) -> None:
    found = select(
        store,
        """SELECT ?claim ?source ?number ?file ?hash WHERE {
            ?claim a schema:Claim ; schema:appearance ?source . ?source a ns:Source .
            ?row csvw:describes ?claim ; csvw:rownum ?number ; prov:wasDerivedFrom ?input .
            ?input rdfs:label ?file ; schema:sha256 ?hash .
            ?run a prov:Activity ; prov:used ?input .
            ?dataset prov:wasGeneratedBy ?run ; prov:hadMember ?claim }""",
    )
    with (ROOT / CLAIMS).open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    expected = [
        (f"{EXAMPLE}claim/{row['id']}", f"{EXAMPLE}source/{row['source']}", str(number), CLAIMS)
        for number, row in enumerate(rows, 1)
    ]
    assert [each[:4] for each in found] == sorted(expected)
    assert len({each[4] for each in found}) == 1


LINEAGE = (ROOT / "queries/roots.rq").read_text(encoding="utf-8")


def test_the_roots_of_the_example_are_those_that_a_reader_finds(store: ox.Store) -> None:
    roots = {f"c{number:02d}": "article" for number in range(1, 62)}
    roots |= {"c04": "hrw-unidentified"}
    roots |= dict.fromkeys(("c51", "c52", "c53", "c54"), "times-1992-03-03")
    roots |= dict.fromkeys(("c55", "c56", "c57"), "washington-times-1992-03-02")
    roots |= dict.fromkeys(("c58", "c59", "c60", "c61"), "new-york-times-1992-03-03")
    expected = sorted((f"{EXAMPLE}claim/{claim}", f"{EXAMPLE}source/{root}") for claim, root in roots.items())
    assert select(store, LINEAGE) == expected


def test_two_appearances_of_one_report_have_one_root(small: ox.Store) -> None:
    roots = defaultdict(set)
    for claim, root in select(small, LINEAGE):
        roots[root.removeprefix(f"{SMALL}source/")].add(claim.removeprefix(f"{SMALL}claim/"))
    assert roots == {"gazette-2001-03-02": {"c1", "c3"}, "courier-2001-03-03": {"c2"}}


# Nothing asserted

# What each of the ASK queries that ship with a release must find.
NEVER = {
    "event-asserts": "<event/x> a schema:Event ; schema:value 63 .",
    "event-is-pointed-at": "<event/x> a schema:Event . <source/x> schema:mentions <event/x> .",
    "about-without-claim": "<event/x> a schema:Event . <value/x> schema:about <event/x> .",
    "value-of-event": "<event/x> a schema:Event . <value/x> a schema:Observation ; schema:observationAbout <event/x> .",
    "value-without-claim": "<value/x> a schema:Observation ; schema:value 63 .",
    "claim-without-source": "<claim/x> a schema:Claim ; schema:author <agent/x> .",
    "claim-without-claimant": "<claim/x> a schema:Claim ; schema:appearance <source/article> .",
    "place-asserts": "<place/x> a schema:Place ; schema:containedInPlace <place/y> .",
}


def test_every_question_is_put_to_the_test() -> None:
    asked = {path.stem for path in (ROOT / "queries").glob("*.rq") if "\nASK {" in path.read_text(encoding="utf-8")}
    assert asked == set(NEVER)


@pytest.mark.parametrize("name", NEVER)
def test_nothing_is_asserted(name: str, release: Path, store: ox.Store) -> None:
    query = (release / f"queries/{name}.rq").read_text(encoding="utf-8")
    assert not store.query(query, use_default_graph_as_union=True)
    head = PREFIXES.replace("PREFIX", "@prefix").replace(">\n", "> .\n")
    added = list(ox.parse(head + NEVER[name], format=ox.RdfFormat.TURTLE, base_iri=EXAMPLE))
    assert loaded([*quads(release), *added]).query(query, use_default_graph_as_union=True)  # the question has teeth


# IRIs that stay


@pytest.fixture(scope="module")
def small_release(tmp_path_factory: pytest.TempPathFactory) -> Path:
    project = small_project(tmp_path_factory.mktemp("small") / "project")
    assert lod("build", project).exit_code == 0
    return project / "output/latest"


@pytest.fixture(scope="module")
def small(small_release: Path) -> ox.Store:
    return loaded(quads(small_release))


def test_rows_that_move_and_rows_that_come_change_no_other_iri(small_release: Path, tmp_path: Path) -> None:
    project = small_project(tmp_path / "project")
    rows = records(project / CLAIMS)
    write_records(project / CLAIMS, [rows[2], rows[0] | {"id": "c0"}, rows[1], rows[0]])
    assert lod("build", project).exit_code == 0
    before, after = recorded(small_release), recorded(project / "output/latest")
    moved = {(f"row/claims-{claim}", "csvw#rownum") for claim in ("c1", "c2", "c3")}
    moved.add(("input/records%2Fclaims.csv", "sha256"))
    come = {quad for quad in after - before if {"c0", "claims-c0"} & set(map(_last, (quad.subject, quad.object)))}
    assert {(quad.subject.value.removeprefix(SMALL), _last(quad.predicate)) for quad in before - after} == moved
    assert {(quad.subject.value.removeprefix(SMALL), _last(quad.predicate)) for quad in after - before - come} == moved
    new = {quad.subject.value.removeprefix(SMALL) for quad in come}
    assert new == {"claim/c0", "value/c0", "quote/c0", "row/claims-c0", "dataset"}  # of which it is a member


def recorded(release: Path) -> set[ox.Quad]:
    """Return what records became; what is computed of all claims together counts them (see test_lineage_release)."""
    return {quad for quad in quads(release) if quad.graph_name != ox.NamedNode(f"{SMALL}graph/lineage")}


def _last(node: ox.NamedNode | ox.Literal) -> str:
    return node.value.rpartition("/")[2]


def test_the_published_files_hold_to_the_shapes() -> None:
    """What a build writes of itself, beside the records, is held to the same shapes."""
    report = validate_files([ROOT / "output/latest/dataset.nq"], [ROOT / "shapes"])
    assert [(result.shape, result.focus.value) for result in report.results] == []

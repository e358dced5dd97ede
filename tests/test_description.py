"""What a release says of itself: DCAT by the shapes of DCAT-AP, VoID counted again by SPARQL, citation by its schema."""

import html
import json
import re
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pyshacl
import pytest
from rdflib import Graph
from ruamel.yaml import YAML
from small import BASE, EVENTS, append, change, lod, manifest, small_project, swap, tiny_project

DCAT_AP = Path(__file__).resolve().parents[2] / "shared/suites/dcat-ap/shapes.ttl"
PREFIXES = """PREFIX dcat: <http://www.w3.org/ns/dcat#> PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX void: <http://rdfs.org/ns/void#> PREFIX spdx: <http://spdx.org/rdf/terms#> PREFIX vcard: <http://www.w3.org/2006/vcard/ns#>
PREFIX schema: <http://schema.org/> PREFIX foaf: <http://xmlns.com/foaf/0.1/> """
MORE = """keywords = ["bridges", "counting"]
authors = ["A. Editor"]
contact = "desk@example.org"
"""


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> Path:
    project = small_project(tmp_path_factory.mktemp("described") / "project")
    swap(project / "lod.toml", "[dataset]\n", f"[dataset]\n{MORE}")
    change(project / EVENTS, 1, lat="-12.50", lon="130.25")
    assert lod("build", project).exit_code == 0
    return project / "output/latest"


@pytest.fixture(scope="module")
def described(release: Path) -> ox.Store:
    store = ox.Store()
    store.load(path=release / "description.ttl", format=ox.RdfFormat.TURTLE, base_iri=BASE)
    return store


@pytest.fixture(scope="module")
def whole(release: Path) -> ox.Store:
    store = ox.Store()
    store.bulk_load(path=release / "dataset.nq", format=ox.RdfFormat.N_QUADS)
    return store


def rows(store: ox.Store, query: str) -> set[tuple[str, ...]]:
    found = store.query(PREFIXES + query, use_default_graph_as_union=True)
    return {tuple(str(term.value) for term in row) for row in found}


def test_the_catalogue_holds_to_dcat_ap(release: Path) -> None:
    if not DCAT_AP.is_file():
        pytest.skip(f"DCAT-AP IS MISSING: there is no {DCAT_AP}")
    data = Graph().parse(release / "description.ttl", publicID=BASE)
    conforms, _, text = pyshacl.validate(data, shacl_graph=Graph().parse(DCAT_AP), inference="none")
    assert conforms, text


def test_our_validator_finds_the_same(release: Path, tmp_path: Path) -> None:
    if not DCAT_AP.is_file():
        pytest.skip(f"DCAT-AP IS MISSING: there is no {DCAT_AP}")
    shown = lod("validate", release / "description.ttl", "--shapes", DCAT_AP, "--format", "json", "-o", tmp_path / "r")
    assert (shown.exit_code, json.loads((tmp_path / "r").read_text())["results"]) == (0, [])


def test_each_file_of_the_dump_is_a_distribution_as_it_is(release: Path, described: ox.Store) -> None:
    found = rows(described, """SELECT ?url ?size ?sha ?type { <dataset> dcat:distribution ?d . ?d a dcat:Distribution ;
        dcat:downloadURL ?url ; dcat:accessURL ?url ; dcat:byteSize ?size ; dcat:mediaType ?type ; dcterms:license ?l ;
        spdx:checksum [ spdx:algorithm spdx:checksumAlgorithm_sha256 ; spdx:checksumValue ?sha ] }""".replace("<dataset>", f"<{BASE}dataset>"))  # fmt: skip
    files = manifest(release)["files"]
    types = {"nq": "application/n-quads", "ttl": "text/turtle", "jsonld": "application/ld+json"}
    dumps = ["dataset.nq", "dataset.jsonld", "dataset.ttl", "lineage.ttl", "rows.ttl", "run.ttl"]
    iana = "http://www.iana.org/assignments/media-types/"
    assert found == {
        (BASE + name, str(files[name]["bytes"]), files[name]["sha256"], iana + types[name.rpartition(".")[2]])
        for name in dumps
    }


def test_what_the_project_says_of_itself_is_there(described: ox.Store) -> None:
    [said] = rows(described, """SELECT ?title ?version ?issued ?license ?name ?author ?mail ?from ?to ?box { ?d a dcat:Dataset ;
        dcterms:title ?title ; dcat:version ?version ; dcterms:issued ?issued ; dcterms:license ?license ;
        dcterms:publisher/foaf:name ?name ; dcterms:creator/foaf:name ?author ; dcat:contactPoint/vcard:hasEmail ?mail ;
        dcterms:temporal [ dcat:startDate ?from ; dcat:endDate ?to ] ; dcterms:spatial/dcat:bbox ?box }""")  # fmt: skip
    assert said == (
        "My data set",
        "0.1.0",
        said[2],
        "https://creativecommons.org/publicdomain/zero/1.0/",
        "Your name or institution",
        "A. Editor",
        "mailto:desk@example.org",
        "2001-03-01",
        "2001-03-01",
        "POLYGON((130.25 -12.50, 130.25 -12.50, 130.25 -12.50, 130.25 -12.50, 130.25 -12.50))",
    )
    assert rows(described, "SELECT ?word { ?d dcat:keyword ?word }") == {("bridges",), ("counting",)}


COUNTS = {
    "triples": "SELECT (COUNT(*) AS ?n) { { SELECT DISTINCT ?s ?p ?o { ?s ?p ?o } } }",
    "distinctSubjects": "SELECT (COUNT(DISTINCT ?s) AS ?n) { ?s ?p ?o }",
    "entities": "SELECT (COUNT(DISTINCT ?s) AS ?n) { ?s ?p ?o }",
    "distinctObjects": "SELECT (COUNT(DISTINCT ?o) AS ?n) { ?s ?p ?o }",
    "classes": "SELECT (COUNT(DISTINCT ?o) AS ?n) { ?s a ?o }",
    "properties": "SELECT (COUNT(DISTINCT ?p) AS ?n) { ?s ?p ?o }",
}


@pytest.mark.parametrize("name", COUNTS)
def test_numbers_are_those_that_sparql_counts(name: str, described: ox.Store, whole: ox.Store) -> None:
    assert rows(described, f"SELECT ?n {{ <{BASE}dataset> void:{name} ?n }}") == rows(whole, COUNTS[name])


def test_partitions_and_linksets_are_those_that_sparql_counts(described: ox.Store, whole: ox.Store) -> None:
    classes = rows(described, "SELECT ?c ?n { ?d void:classPartition [ void:class ?c ; void:entities ?n ] }")
    assert classes == rows(whole, "SELECT ?c (COUNT(DISTINCT ?s) AS ?n) { ?s a ?c } GROUP BY ?c")
    properties = rows(described, "SELECT ?p ?n { ?d void:propertyPartition [ void:property ?p ; void:triples ?n ] }")
    counted = "SELECT ?p (COUNT(*) AS ?n) { { SELECT DISTINCT ?s ?p ?o { ?s ?p ?o } } } GROUP BY ?p"
    assert properties == rows(whole, counted)
    links = rows(
        described, "SELECT ?p ?n { ?d void:subset [ a void:Linkset ; void:linkPredicate ?p ; void:triples ?n ] }"
    )
    measured = rows(whole, "SELECT (COUNT(*) AS ?n) { ?s schema:measuredProperty ?o }")
    assert links == {("http://schema.org/measuredProperty", number) for (number,) in measured}


def test_the_two_syntaxes_and_the_well_known_place_say_the_same(release: Path, described: ox.Store) -> None:
    tree = ox.Store()
    tree.load(path=release / "description.jsonld", format=ox.RdfFormat.JSON_LD, base_iri=BASE)
    assert set(tree) == set(described)
    assert (release / ".well-known/void").read_bytes() == (release / "description.ttl").read_bytes()


def test_the_front_page_tells_search_engines(release: Path) -> None:
    page = (release / "index.html").read_text(encoding="utf-8")
    [text] = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    said: dict[str, Any] = json.loads(text)
    assert {"name", "description", "url", "license", "creator", "distribution", "version", "keywords"} <= said.keys()
    assert (said["temporalCoverage"], said["spatialCoverage"]["geo"]["box"]) == (
        "2001-03-01/2001-03-01",
        "-12.50 130.25 -12.50 130.25",
    )
    assert {each["contentUrl"] for each in said["distribution"]} >= {f"{BASE}dataset.nq"}


def test_a_title_cannot_leave_its_place(tmp_path: Path) -> None:
    tiny = tiny_project(tmp_path / "tiny")
    swap(tiny / "lod.toml", 'title = "People"', "title = '</script><b>\"x\" & :\\'")
    assert lod("build", tiny).exit_code == 0
    page = (tiny / "output/latest/index.html").read_text(encoding="utf-8")
    assert "</script><b>" not in page
    [text] = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    assert json.loads(html.unescape(text))["name"] == '</script><b>"x" & :\\'
    citation = YAML(typ="safe").load((tiny / "output/latest/CITATION.cff").read_text(encoding="utf-8"))
    assert citation["title"] == '</script><b>"x" & :\\'


def test_the_citation_names_all_that_the_format_requires(release: Path) -> None:
    """https://github.com/citation-file-format/citation-file-format/blob/main/schema-guide.md"""
    citation = YAML(typ="safe").load((release / "CITATION.cff").read_text(encoding="utf-8"))
    assert {"cff-version", "message", "title", "authors"} <= citation.keys()
    assert citation["authors"] == [{"name": "A. Editor"}]
    assert (citation["type"], citation["license"], citation["version"]) == ("dataset", "CC0-1.0", "0.1.0")
    assert citation["keywords"] == ["bridges", "counting"]


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ('contact = "nobody"', "contact must be an address of mail or of a page, not 'nobody'"),
        ('keywords = "one"', "keywords is a list of texts"),
        ("authors = [1]", "authors is a list of texts"),
    ],
)
def test_what_the_project_says_wrongly_is_told_with_its_line(line: str, says: str, tmp_path: Path) -> None:
    tiny = tiny_project(tmp_path / "tiny")
    append(tiny / "lod.toml", f"{line}\n")
    shown = lod("check", tiny)
    assert (shown.exit_code, shown.stderr) == (2, f"error: lod.toml:8: {says}\n")

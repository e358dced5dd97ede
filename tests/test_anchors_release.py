"""Anchors as they are published: in a graph of their own, in documents and on pages."""

import hashlib
from pathlib import Path

import pyoxigraph as ox
import pytest
from small import BASE, append, is_whole, lod, quads, small_project
from storing import QUOTE, TEXT, quoting_project

NS, OA = "https://w3id.org/lod/ns#", "http://www.w3.org/ns/oa#"
GRAPH = f"{BASE}graph/anchors"
GAZETTE, COURIER = f"{BASE}source/gazette-2001-03-02", f"{BASE}source/courier-2001-03-03"


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return quoting_project(tmp_path_factory.mktemp("anchors") / "project")


@pytest.fixture(scope="module")
def release(project: Path) -> Path:
    built = lod("build", project)
    assert built.exit_code == 0, built.output
    assert "note: 1 quote is not found in the stored text of the source" in built.stderr
    return project / "output/latest"


def asked(release: Path, names: str, pattern: str) -> list[tuple[str, ...]]:
    """Return the values of these variables that a pattern over the graph of anchors finds."""
    store = ox.Store()
    store.bulk_load(path=release / "dataset.nq", format=ox.RdfFormat.N_QUADS)
    head = f"PREFIX ns: <{NS}> PREFIX oa: <{OA}> PREFIX prov: <http://www.w3.org/ns/prov#>"
    schema = "PREFIX schema: <http://schema.org/>"
    found = store.query(f"{head} {schema} SELECT * WHERE {{ GRAPH <{GRAPH}> {{ {pattern} }} }}")
    assert isinstance(found, ox.QuerySolutions)
    return sorted(tuple(row[name].value.removeprefix(BASE).removeprefix(NS) for name in names.split()) for row in found)


def test_each_quote_has_an_anchor_for_each_source_that_it_should_stand_in(release: Path) -> None:
    gazette, courier = GAZETTE.removeprefix(BASE), COURIER.removeprefix(BASE)
    assert asked(release, "quote source how", "?quote ns:anchor [ ns:soughtIn ?source ; ns:anchoring ?how ]") == [
        ("quote/c1", gazette, "foundExactly"),
        ("quote/c2", courier, "noText"),
        ("quote/c3", courier, "noText"),
        ("quote/c3", gazette, "foundFolded"),
        ("quote/c4", gazette, "notFound"),
    ]


def test_what_is_found_has_selectors_of_web_annotation(release: Path) -> None:
    place = """?quote schema:isBasedOn ?anchor . ?anchor a oa:SpecificResource, ns:Anchor ; ns:times ?times ;
        oa:hasSelector [ a oa:TextPositionSelector ; oa:start ?start ; oa:end ?end ],
            [ a oa:TextQuoteSelector ; oa:exact ?exact ; oa:prefix ?prefix ; oa:suffix ?suffix ]"""
    found = asked(release, "quote times start end exact prefix suffix", place)
    start = TEXT.index(QUOTE)
    end = start + len(QUOTE)
    around = (QUOTE, TEXT[:start], TEXT[end:][:32])
    assert found == [(quote, "1", str(start), str(end), *around) for quote in ("quote/c1", "quote/c3")]
    types = {
        quad.object.datatype.value for quad in quads(release) if quad.predicate.value in (f"{OA}start", f"{OA}end")
    }
    assert types == {"http://www.w3.org/2001/XMLSchema#nonNegativeInteger"}


def test_the_text_leads_to_the_bytes_and_both_have_their_hash(release: Path) -> None:
    sha256 = hashlib.sha256(TEXT.encode()).hexdigest()
    [(snapshot, text_hash)] = asked(
        release, "snapshot hash", "?text prov:wasDerivedFrom ?snapshot ; schema:sha256 ?hash"
    )
    assert (snapshot, text_hash) == ("snapshot/gazette-2001-03-02", sha256)
    said = {
        (quad.subject.value, quad.object.value) for quad in quads(release) if quad.predicate.value.endswith("sha256")
    }
    assert (BASE + snapshot, sha256) in said


def test_an_activity_made_the_graph_and_all_in_it(release: Path) -> None:
    made = asked(release, "node", f"?node prov:wasGeneratedBy <{BASE}run/anchors>")
    described = asked(release, "node", "{ ?node a ns:Anchor } UNION { ?node a schema:MediaObject }")
    assert made == sorted([*described, ("graph/anchors",)])


@pytest.mark.parametrize(
    ("claim", "shown"),
    [
        (
            "c1",
            ["found exactly", "At noon <mark>12 people were hurt</mark>, the paper says."],
        ),
        ("c2", ["no stored text"]),
        ("c3", ["found folded", "<mark>12 people were hurt</mark>", "no stored text"]),
        ("c4", ["not found"]),
    ],
)
def test_the_page_of_a_claim_shows_its_quote_in_its_place(release: Path, claim: str, shown: list[str]) -> None:
    page = (release / f"claim/{claim}.html").read_text(encoding="utf-8")
    assert all(text in page for text in shown)
    others = {"found exactly", "found folded", "not found", "no stored text"} - set(shown)
    assert not [text for text in others if f">{text}<" in page.partition("<h2>Where it comes from")[0]]


def test_the_documents_of_a_claim_hold_its_anchors(release: Path) -> None:
    said = {quad.predicate.value for quad in ox.parse(path=release / "claim/c1.ttl", format=ox.RdfFormat.TURTLE)}
    assert {f"{OA}exact", f"{OA}start", f"{NS}anchoring", "http://schema.org/sha256", f"{NS}storedAs"} <= said
    assert (release / "anchors.ttl").is_file()
    assert is_whole(release)


def test_the_release_holds_to_its_own_shapes(release: Path) -> None:
    assert lod("verify", release, "--deep").exit_code == 0


def test_nothing_is_said_where_no_text_is_stored(tmp_path: Path) -> None:
    project = small_project(tmp_path / "project")
    assert lod("build", project).exit_code == 0
    assert not (project / "output/latest/anchors.ttl").exists()
    assert "no stored text" in (project / "output/latest/claim/c1.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("command", ["check", "build"])
def test_a_text_that_changed_lets_nothing_be_published(tmp_path: Path, command: str) -> None:
    project = quoting_project(tmp_path / "project")
    append(project / "texts/gazette.txt", "More.")
    result = lod(command, project)
    assert result.exit_code == 2
    assert "error: records/sources.csv row 1: texts/gazette.txt is not what was stored" in result.stderr
    assert not (project / "output/latest").exists()


def test_the_query_lists_each_quote_with_its_class_and_place(release: Path) -> None:
    store = ox.Store()
    store.bulk_load(path=release / "dataset.nq", format=ox.RdfFormat.N_QUADS)
    found = store.query((release / "queries/anchors.rq").read_text(), use_default_graph_as_union=True)
    assert isinstance(found, ox.QuerySolutions)
    names = ("claim", "source", "anchoring", "start", "end")
    rows = [[row[name].value.rpartition("/")[2] if row[name] else "" for name in names] for row in found]
    at = [str(TEXT.index(QUOTE)), str(TEXT.index(QUOTE) + len(QUOTE))]
    gazette, courier = GAZETTE.rpartition("/")[2], COURIER.rpartition("/")[2]
    assert rows == [
        ["c2", courier, "ns#noText", "", ""],
        ["c3", courier, "ns#noText", "", ""],
        ["c1", gazette, "ns#foundExactly", *at],
        ["c3", gazette, "ns#foundFolded", *at],
        ["c4", gazette, "ns#notFound", "", ""],
    ]

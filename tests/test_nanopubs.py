"""Nanopublications: by the published rules, held strictly; and by another implementation, addresses too."""

import re
from collections import defaultdict
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from nanopub import Nanopub, NanopubConf
from nanopub.sign_utils import verify_trusty
from nanopub.trustyuri.rdf.RdfHasher import make_hash
from nanopub.utils import MalformedNanopubError
from rdflib import ConjunctiveGraph, Literal, URIRef
from small import BASE, CLAIMS, SOURCES, add, change, lod, quads, records, small_project, swap, write_records

from lod.nanopubs.trusty import HOLE, artifact_code
from lod.quad import Quad
from lod.terms import XSD, Kind

NP, PROV, SCHEMA = "http://www.nanopub.org/nschema#", "http://www.w3.org/ns/prov#", "http://schema.org/"
ADDRESS = re.compile(re.escape(BASE) + "np/RA[A-Za-z0-9_-]{43}")
NAMES = ("Head", "assertion", "provenance", "pubinfo")
Published = dict[str, list[ox.Quad]]


def project_with(folder: Path) -> Path:
    project = small_project(folder)
    swap(project / "lod.toml", "[build]", "[release]\nnanopubs = true\n\n[build]")
    add(project / SOURCES, like=1, id="wire-2001-03-02", title='The "Wire"\\, seen', first_hand="true")
    change(project / SOURCES, 1, derived_from="wire-2001-03-02")
    return project


def built(project: Path) -> Published:
    """Return the statements of each nanopublication, by its address."""
    assert lod("build", project).exit_code in (0, 1)
    found: Published = defaultdict(list)
    for quad in ox.parse(path=project / "output/latest/nanopubs.trig", format=ox.RdfFormat.TRIG):
        assert isinstance(quad.graph_name, ox.NamedNode)
        found[quad.graph_name.value.partition("#")[0]].append(quad)
    return found


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Published:
    return built(project_with(tmp_path_factory.mktemp("nanopubs") / "project"))


def claim_of(own: list[ox.Quad]) -> str:
    [claim] = [
        quad.subject.value
        for quad in own
        if isinstance(quad.subject, ox.NamedNode)
        and (quad.predicate.value, quad.object) == (RDF_TYPE, ox.NamedNode(SCHEMA + "Claim"))
    ]
    return claim.removeprefix(BASE)


RDF_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"


def in_graph(own: list[ox.Quad], name: str) -> list[ox.Quad]:
    return [quad for quad in own if quad.graph_name.value.endswith(f"#{name}")]


def test_each_claim_has_one_by_the_published_rules(published: Published) -> None:
    assert {claim_of(own) for own in published.values()} == {"claim/c1", "claim/c2", "claim/c3"}
    for address, own in published.items():
        assert ADDRESS.fullmatch(address)
        graphs = {name: ox.NamedNode(f"{address}#{name}") for name in NAMES}
        assert {quad.graph_name for quad in own} == set(graphs.values())
        node = ox.NamedNode(address)
        assert {(quad.subject, quad.predicate.value, quad.object) for quad in in_graph(own, "Head")} == {
            (node, RDF_TYPE, ox.NamedNode(NP + "Nanopublication")),
            (node, NP + "hasAssertion", graphs["assertion"]),
            (node, NP + "hasProvenance", graphs["provenance"]),
            (node, NP + "hasPublicationInfo", graphs["pubinfo"]),
        }
        assert all(not isinstance(term, ox.BlankNode) for quad in own for term in (quad.subject, quad.object))
        origins = [quad for quad in in_graph(own, "provenance") if quad.subject == graphs["assertion"]]
        assert {quad.predicate.value for quad in origins} >= {PROV + "wasDerivedFrom", PROV + "wasAttributedTo"}
        info = {quad.predicate.value.rpartition("/")[2] for quad in in_graph(own, "pubinfo") if quad.subject == node}
        assert {"created", "creator", "license"} <= info


@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # theirs, of rdflib
def test_another_implementation_finds_them_valid_and_their_addresses_true(
    published: Published, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("rdflib.NORMALIZE_LITERALS", False)  # else it hashes other lexical forms than were published
    for address, own in published.items():
        data = "\n".join(map(str, (f"{q.subject} {q.predicate} {q.object} {q.graph_name} ." for q in own)))
        graph = ConjunctiveGraph()
        graph.parse(data=data, format="nquads")
        read = Nanopub(rdf=graph, conf=NanopubConf())
        assert read.is_valid
        assert str(read.metadata.np_uri) == address
        assert verify_trusty(read.rdf, address, read.metadata.namespace)
        graph.remove((None, URIRef(PROV + "wasDerivedFrom"), None))
        with pytest.raises(MalformedNanopubError):
            verify_trusty(read.rdf, address, read.metadata.namespace)


def test_what_is_asserted_is_attributed_and_its_trail_goes_to_the_last_source(published: Published) -> None:
    [own] = [own for own in published.values() if claim_of(own) == "claim/c1"]
    asserted = {quad.predicate.value for quad in in_graph(own, "assertion")}
    assert {SCHEMA + "author", SCHEMA + "about", SCHEMA + "value"} <= asserted
    subjects = {quad.subject.value for quad in in_graph(own, "assertion")}
    assert subjects == {f"{BASE}claim/c1", f"{BASE}value/c1"}, "nothing is asserted of the event"
    described = {quad.subject.value.removeprefix(BASE) for quad in in_graph(own, "provenance")}
    assert {"quote/c1", "row/claims-c1", "source/gazette-2001-03-02", "source/wire-2001-03-02"} <= described


def test_a_claim_keeps_its_address_whatever_becomes_of_others(published: Published, tmp_path: Path) -> None:
    project = project_with(tmp_path / "project")
    change(project / CLAIMS, 2, as_worded="more than 21", value_min="21")
    table = records(project / CLAIMS)
    write_records(project / CLAIMS, table[::-1])
    swap(project / "lod.toml", 'version = "0.1.0"', 'version = "0.2.0"')
    before, after = ({claim_of(own): address for address, own in each.items()} for each in (published, built(project)))
    assert {claim for claim in before if before[claim] == after[claim]} == {"claim/c1", "claim/c3"}


def test_a_release_has_none_unless_it_is_asked_for(tmp_path: Path) -> None:
    project = small_project(tmp_path / "project")
    assert lod("build", project).exit_code in (0, 1)
    assert not (project / "output/latest/nanopubs.trig").exists()
    swap(project / "lod.toml", "[build]", '[release]\nnanopubs = "yes"\n\n[build]')
    assert "nanopubs is true or false, not 'yes'" in lod("build", project).stderr
    assert quads(project / "output/latest")


NODES = st.sampled_from([f"http://e/np/{HOLE}", f"http://e/np/{HOLE}#a", "http://e/x", "http://e/é", "http://e/np/y"])
TEXTS = st.text(st.characters(codec="utf-8", exclude_characters="\r"), max_size=6)
LITERALS = st.one_of(
    st.tuples(TEXTS, st.just(int(Kind.LITERAL)), st.none(), st.sampled_from(["en", "de-AT"])),
    st.tuples(TEXTS, st.just(int(Kind.LITERAL)), st.sampled_from([None, f"{XSD}string", "http://e/type"]), st.none()),
)
OBJECTS = st.one_of(st.tuples(NODES, st.just(int(Kind.IRI)), st.none(), st.none()), LITERALS)
STATEMENTS = st.builds(lambda s, p, o, g: Quad(s, p, *o, g), NODES, NODES, OBJECTS, NODES)


@settings(deadline=None)
@given(st.lists(STATEMENTS, min_size=1, max_size=8))
def test_an_artifact_code_is_that_of_another_implementation(statements: list[Quad]) -> None:
    code = artifact_code(statements)
    assert re.fullmatch("RA[A-Za-z0-9_-]{43}", code)
    others = [(URIRef(q.graph), URIRef(q.subject), URIRef(q.predicate), _term(q)) for q in dict.fromkeys(statements)]
    assert make_hash(others, hashstr=HOLE, baseuri=f"http://e/np/{HOLE}#") == code


def _term(quad: Quad) -> URIRef | Literal:
    if quad.kind == int(Kind.IRI):
        return URIRef(quad.object)
    datatype = None if quad.datatype is None else URIRef(quad.datatype)
    return Literal(quad.object, lang=quad.language, datatype=datatype, normalize=False)

"""Documents of entities: each says all about its entity and what belongs to it, the same in Turtle and in JSON-LD."""

import json
from collections import defaultdict
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyld import jsonld
from small import BASE, PEOPLE, append, lod, manifest, quads, small_project, tiny_project

from lod.release.slug import slug

KINDS = ("event", "claim", "source", "agent", "variable")
RDF, RDFS = "http://www.w3.org/1999/02/22-rdf-syntax-ns#", "http://www.w3.org/2000/01/rdf-schema#"
ABOUT, DERIVED = "http://schema.org/about", "http://www.w3.org/ns/prov#wasDerivedFrom"
COMPUTED = {f"https://w3id.org/lod/ns#{name}" for name in ("among", "between", "part", "whole")}
DESCRIBES = "http://www.w3.org/ns/csvw#describes"

Triples = set[ox.Triple]


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> Path:
    project = small_project(tmp_path_factory.mktemp("documents") / "project")
    assert lod("build", project).exit_code == 0
    return project / "output/latest"


def triples(path: Path) -> Triples:
    return {quad.triple for quad in ox.parse(path=path, format=ox.RdfFormat.TURTLE)}


def kind_of(iri: str) -> str:
    return iri.removeprefix(BASE).partition("/")[0]


def expected(release: Path) -> dict[str, Triples]:
    """Say what each document holds, node by node, as the module's first lines define it."""
    said: dict[str, Triples] = defaultdict(set)
    into: dict[str, Triples] = defaultdict(set)
    for triple in {quad.triple for quad in quads(release)}:
        if triple.subject.value != f"{BASE}dataset":
            said[triple.subject.value].add(triple)
            if isinstance(triple.object, ox.NamedNode):
                into[triple.object.value].add(triple)
    return {iri: document(iri, said, into) for iri in said if kind_of(iri) in KINDS}


def document(iri: str, said: dict[str, Triples], into: dict[str, Triples]) -> Triples:
    def pointing(predicate: str) -> set[str]:
        return {triple.subject.value for triple in into[iri] if triple.predicate.value == predicate}

    held = {iri} | pointing(ABOUT) | pointing(DESCRIBES)
    waiting = list(held)
    while waiting:
        found = {
            each.object.value
            for each in said[waiting.pop()]
            if isinstance(each.object, ox.NamedNode)
            and each.object.value in said
            and each.object.value.startswith(BASE)
            if kind_of(each.object.value) not in KINDS or each.predicate.value == DERIVED
        }
        waiting += found - held
        held |= found
    held |= {each.subject.value for node in held for each in into[node] if each.predicate.value in COMPUTED}
    whole = into[iri].union(*(said[node] for node in held))
    named = {each.object.value for each in whole if isinstance(each.object, ox.NamedNode)}
    named |= {each.subject.value for each in whole}
    naming = {f"{RDF}type", f"{RDFS}label"}
    return whole | {
        each for node in named - held if node in said for each in said[node] if each.predicate.value in naming
    }


def test_a_document_holds_what_belongs_to_its_entity_and_what_points_at_it(release: Path) -> None:
    wanted = expected(release)
    assert {kind_of(iri) for iri in wanted} == set(KINDS)
    for iri, whole in wanted.items():
        assert triples(release / f"{iri.removeprefix(BASE)}.ttl") == whole, iri


def test_there_is_a_document_for_each_entity_and_the_manifest_names_it(release: Path) -> None:
    documents = {name for name in manifest(release)["files"] if name.partition("/")[0] in KINDS}
    entities = {iri.removeprefix(BASE) for iri in expected(release)}
    expected_names = {f"{entity}{suffix}" for entity in entities for suffix in (".ttl", ".jsonld", ".html")}
    sources = [entity for entity in entities if entity.startswith("source/")]
    citations = {f"{source}{suffix}" for source in sources for suffix in (".bib", ".ris", ".csl.json")}
    assert documents == expected_names | citations | {f"{kind}/index.html" for kind in KINDS}


def load(path: Path) -> list[dict[str, Any]]:
    """Read JSON-LD by PyLD, which fetches the context beside the documents."""

    def loader(url: str, _options: object) -> dict[str, Any]:
        assert url == "file:///release/context.jsonld"
        document = json.loads((path.parents[1] / "context.jsonld").read_text(encoding="utf-8"))
        return {"contentType": None, "contextUrl": None, "documentUrl": url, "document": document}

    document = json.loads(path.read_text(encoding="utf-8"))
    options = {"base": f"file:///release/{path.parent.name}/{path.name}", "documentLoader": loader}
    found: list[dict[str, Any]] = jsonld.to_rdf(document, {**options, "format": "application/n-quads"})
    return found


def test_json_ld_says_what_turtle_says(release: Path) -> None:
    for path in sorted(release.glob("*/*.jsonld")):
        read = ox.parse(load(path), format=ox.RdfFormat.N_QUADS)
        assert {quad.triple for quad in read} == triples(path.with_suffix(".ttl")), path


def test_json_ld_is_a_tree_that_begins_with_the_entity(release: Path) -> None:
    event = json.loads((release / "event/bridge-2001-03-01.jsonld").read_text(encoding="utf-8"))
    assert event["id"] == "event/bridge-2001-03-01"
    claims = event["@reverse"]["about"]
    assert [claim["id"] for claim in claims] == ["claim/c1", "claim/c2", "claim/c3"]
    assert all(claim["states"]["type"] == "schema:Observation" for claim in claims)
    assert claims[0]["appearance"]["headline"]["@value"]


# Names of files


@given(st.text(min_size=1), st.text(min_size=1))
def test_no_two_names_share_a_slug_on_any_file_system(one: str, other: str) -> None:
    assert (slug(one).casefold() == slug(other).casefold()) == (one == other)
    assert slug(one) == slug(one).encode("ascii").decode().lower()
    assert len(slug(one)) <= 80


ODD = (
    "CON",
    "con",
    "..",
    ".",
    "Ä",
    "A\N{COMBINING DIAERESIS}",
    "aux",
    "x" * 500,
    "a.b",
    "x-0123456789abcdef",
    "-",
    "nul",
)


@pytest.mark.parametrize("name", ODD)
def test_names_that_some_system_would_not_take_are_hashed(name: str) -> None:
    assert slug(name) != name
    assert slug(slug(name)) != slug(name)  # so that nobody can take it
    assert slug(name)[-17:-16] == "-"


@pytest.mark.parametrize("name", ["c57", "a_b", "new-york-times-1992-03-03"])
def test_plain_names_stay(name: str) -> None:
    assert slug(name) == name


def test_a_project_says_what_its_entities_are(tmp_path: Path) -> None:
    tiny = tiny_project(tmp_path / "tiny")
    append(tiny / "lod.toml", '[release]\nentities = ["person"]\n')
    append(tiny / PEOPLE, "CON,Con,en,\nÄ b,Umlaut,en,\n")
    assert lod("build", tiny).exit_code == 0
    release = tiny / "output/latest"
    documents = sorted(path.name for path in (release / "person").glob("*.ttl"))
    assert documents == sorted(f"{name}.ttl" for name in ("ada", "bo", slug("CON"), slug("Ä%20b")))
    (umlaut,) = (each for each in documents if "20b" in each)
    assert {each.subject.value for each in triples(release / "person" / umlaut)} == {
        "https://example.org/people/person/Ä%20b"
    }
    for path in release.glob("*/*.jsonld"):
        assert {q.triple for q in ox.parse(load(path), format=ox.RdfFormat.N_QUADS)} == triples(
            path.with_suffix(".ttl")
        )


def test_a_kind_of_entity_is_a_word(tmp_path: Path) -> None:
    tiny = tiny_project(tmp_path / "tiny")
    append(tiny / "lod.toml", '[release]\nentities = ["person/"]\n')
    shown = lod("check", tiny)
    assert shown.exit_code == 2
    assert "lod.toml:9: entities are words such as claim (for BASE/claim/c1), not 'person/'" in shown.stderr

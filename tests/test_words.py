"""The page of terms and columns: the vocabulary as rdflib reads it, and what values of a column are found behind."""

import csv
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from rdflib import RDF, RDFS, Graph, URIRef
from small import BASE, append, lod, quads, small_project, tiny_project

NS = "https://w3id.org/lod/ns#"


class Words(HTMLParser):
    """The ids of a page, and of each `dt` below a heading the links of its `dd`."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: dict[tuple[str, str], list[tuple[str, str]]] = {}
        self._tag, self._heading, self._name, self._href = "", "", "", ""
        self.feed(path.read_text(encoding="utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self.ids += [found["id"] or ""] if "id" in found else []
        self._href = found.get("href") or ""
        self._tag = tag if tag != "i" else self._tag
        if tag == "h3":
            self._heading = ""

    def handle_data(self, data: str) -> None:
        if self._tag == "h3" or (self._tag == "a" and not self._heading):
            self._heading = self._heading or data.strip()
        elif self._tag == "dt":
            self._name = data
            self.links[self._heading, data] = []
        elif self._tag == "a" and self._name:
            self.links[self._heading, self._name].append((data, self._href))

    def handle_endtag(self, tag: str) -> None:
        self._tag = "" if tag != "i" else self._tag
        self._name = "" if tag == "dl" else self._name


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = small_project(tmp_path_factory.mktemp("words") / "project")
    assert lod("build", folder).exit_code == 0
    return folder


@pytest.fixture(scope="module")
def vocabulary(project: Path) -> Graph:
    return Graph().parse(project / "output/latest/ns.ttl")


def test_each_term_has_an_anchor_a_label_and_a_comment(project: Path, vocabulary: Graph) -> None:
    page = project / "output/latest/ns.html"
    text = re.sub(r"&#3[49];", "'", page.read_text("utf-8"))
    terms = {str(each) for each in vocabulary.subjects(RDFS.isDefinedBy)}
    assert sorted(Words(page).ids) == sorted(iri.removeprefix(NS) for iri in terms)
    for iri in terms:
        for said in (RDFS.label, RDFS.comment):
            assert str(vocabulary.value(URIRef(iri), said)).replace('"', "'") in text


def test_domains_and_ranges_lead_to_terms(project: Path, vocabulary: Graph) -> None:
    links = Words(project / "output/latest/ns.html").links
    for name, property_ in (("domain", RDFS.domain), ("range", RDFS.range)):
        for subject, value in vocabulary.subject_objects(property_):
            expected = value.replace(NS, "#")
            assert expected in [href for _, href in links[subject.removeprefix(NS), name]], subject


def test_each_term_that_the_data_uses_is_explained(project: Path, vocabulary: Graph) -> None:
    used = {
        term.value
        for quad in quads(project / "output/latest")
        for term in (quad.predicate, quad.object)
        if hasattr(term, "value")
    }
    ours = {URIRef(iri) for iri in used if iri.startswith(NS)}
    assert ours
    assert ours <= set(vocabulary.subjects(RDF.type))


def cells(project: Path) -> Iterator[tuple[str, str, str]]:
    for path in sorted(project.glob("records/*.csv")):
        with path.open(encoding="utf-8", newline="") as stream:
            for row in csv.DictReader(stream):
                yield from ((f"records/{path.name}", name, value) for name, value in row.items())


def test_each_column_is_there_and_its_values_are_behind_its_properties(project: Path) -> None:
    """A value that is published as it stands, or ends an IRI, stands behind a property that the page names."""
    links = Words(project / "output/latest/ns.html").links
    said: dict[str, set[str]] = {}
    for quad in quads(project / "output/latest"):
        value = getattr(quad.object, "value", "")
        said.setdefault(value.rpartition("/")[2] if value.startswith(BASE) else value, set()).add(quad.predicate.value)
    for file, column, value in cells(project):
        named = {href.replace("#", NS, 1) if href.startswith("#") else href for _, href in links[file, column]}
        assert column == "id" or not value or value not in said or named & said[value], (file, column, value)


def test_a_project_without_terms_has_the_page_of_its_columns(tmp_path: Path) -> None:
    tiny = tiny_project(tmp_path / "tiny")
    assert lod("build", tiny).exit_code == 0
    release = tiny / "output/latest"
    assert not (release / "ns.ttl").exists()
    assert Words(release / "ns.html").links == {
        ("records/people.csv", "id"): [],
        ("records/people.csv", "name"): [("schema:name", "http://schema.org/name")],
        ("records/people.csv", "lang"): [("schema:name", "http://schema.org/name")],
        ("records/people.csv", "born"): [("schema:birthDate", "http://schema.org/birthDate")],
    }


def test_a_vocabulary_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    tiny = tiny_project(tmp_path / "tiny")
    append(tiny / "lod.toml", '[build]\nvocabulary = "terms.ttl"\n')
    (tiny / "terms.ttl").write_text("<http://e/a> a .\n")
    shown = lod("build", tiny)
    assert shown.exit_code == 2
    assert "terms.ttl: the vocabulary cannot be read" in shown.stderr
    assert not (tiny / "output/latest").exists()

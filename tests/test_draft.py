"""Drafted shapes: what they are drafted from conforms, by two validators; what strays from it does not."""

from pathlib import Path

import pytest
from small import lod

from lod.validation import read_shapes
from lod.validation.model import Class, Datatype, MaxCount, MinCount, NodeKind, Property, UniqueLang

MAPPING = """
prefixes: {ex: "http://example.org/", foaf: "http://xmlns.com/foaf/0.1/", schema: "http://schema.org/"}
mappings:
  person:
    sources: [people.csv~csv]
    s: ex:person/$(id)
    po:
      - [a, ex:Person]
      - [foaf:name, $(name), en~lang]
      - [schema:name, $(name)]
      - [ex:born, $(born), xsd:gYear]
      - [ex:page, $(page)~iri]
      - p: ex:knows
        o: [{value: ex:person/$(knows), type: iri}]
      - [ex:label, $(name), en~lang]
      - [ex:label, $(other), de~lang]
"""
ROWS = "id,name,born,page,knows,other\n1,Ada,1815,http://a.example/,2,Ada A\n2,Bo,,http://b.example/,1,\n3,Cy,1900,,1,Cy C\n"


@pytest.fixture(autouse=True)
def people(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("map.yml").write_text(MAPPING)
    Path("people.csv").write_text(ROWS)
    assert lod("shapes", "init", "map.yml", "-o", "shapes.ttl").exit_code == 0
    assert lod("map", "map.yml", "-o", "data.nt", "--format", "ntriples").exit_code == 0


def test_what_was_seen_is_asked() -> None:
    [shape] = read_shapes([(Path("shapes.ttl"), "shapes.ttl")]).shapes
    parts = [constraint.shape for constraint in shape.constraints if isinstance(constraint, Property)]
    asked = {str(part.path).strip("<>"): set(part.constraints) for part in parts}
    lang = "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString"
    once = {MinCount(1), MaxCount(1)}
    xsd = "http://www.w3.org/2001/XMLSchema#"
    assert asked.pop("http://example.org/page") == {MaxCount(1), *_kinds(parts)}
    assert asked == {
        "http://xmlns.com/foaf/0.1/name": {*once, Datatype(lang)},
        "http://schema.org/name": {*once, Datatype(xsd + "string")},
        "http://example.org/born": {MaxCount(1), Datatype(xsd + "gYear")},
        "http://example.org/knows": {*once, Class("http://example.org/Person")},
        "http://example.org/label": {MinCount(1), Datatype(lang), UniqueLang()},
    }
    assert len({part.node for part in parts}) == len(parts)


def _kinds(parts: list[object]) -> set[NodeKind]:
    return {each for part in parts for each in part.constraints if isinstance(each, NodeKind)}  # type: ignore[attr-defined]


@pytest.mark.parametrize("engine", ["lod", "pyshacl"])
def test_what_they_were_drafted_from_conforms(engine: str) -> None:
    shown = lod("validate", "data.nt", "--shapes", "shapes.ttl", "--engine", engine)
    assert (shown.exit_code, shown.stdout) == (0, "The data conforms to the shapes.\n")


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('foaf/0.1/name> "Ada"@en', 'foaf/0.1/name> "Ada"', "violation: Person: exactly one name, of langString."),
        ('"1815"^^', '"1815-01-01"^^', "violation: Person: one at most born, of gYear."),
        (
            "/knows> <http://example.org/person/2>",
            "/knows> <http://example.org/person/9>",
            "exactly one knows, of Person.",
        ),
        ('"Ada A"@de', '"Ada A"@en', "violation: Person: one at least label, of langString."),
        ("<http://a.example/>", '"a"', "violation: Person: one at most page, of IRI."),
    ],
)
def test_what_strays_does_not(old: str, new: str, says: str) -> None:
    data = Path("data.nt").read_text()
    assert old in data
    Path("data.nt").write_text(data.replace(old, new))
    shown = lod("validate", "data.nt", "--shapes", "shapes.ttl")
    assert shown.exit_code == 1
    assert says in shown.stdout


def test_comments_say_what_was_seen() -> None:
    text = Path("shapes.ttl").read_text()
    assert "# 3 nodes\nshapes:Person a sh:NodeShape ;\n    sh:targetClass ex:Person ;" in text
    assert "# 2 of 3 have it, and 1 at most\nshapes:Person-born a sh:PropertyShape ;" in text


def test_no_file_is_written_over() -> None:
    shown = lod("shapes", "init", "map.yml", "-o", "shapes.ttl")
    assert (shown.exit_code, shown.stderr) == (2, "error: shapes.ttl: is there already\n  Name a new file.\n")


def test_nothing_with_a_class() -> None:
    Path("map.yml").write_text(MAPPING.replace("      - [a, ex:Person]\n", ""))
    shown = lod("shapes", "init", "map.yml")
    assert (shown.exit_code, shown.stdout) == (2, "")
    assert shown.stderr.startswith("error: the mapping gives nothing a class\n  Shapes are drafted a class")

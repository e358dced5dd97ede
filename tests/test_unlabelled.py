"""Blank nodes without a label: a report of them is the same each time, and none is taken for another."""

from pathlib import Path

import pytest
from rdflib import Graph, URIRef

from lod import validate_files
from lod.validation import as_json, as_turtle

SHAPES = """@prefix : <http://example.org/> . @prefix sh: <http://www.w3.org/ns/shacl#> .
:S a sh:NodeShape ; sh:targetSubjectsOf :q ; sh:property [ sh:path :q ; sh:maxLength 0 ] ."""
DATA = {
    "data.ttl": """@prefix : <http://example.org/> .
:a :p [ :q "x" ; :p [ :q "y" ] ], [ :q "x" ] . _:unlabelled1 :q "x" . _:unlabelled0 :q "x" . _:named :q "z" .""",
    "data.trig": """@prefix : <http://example.org/> .
:g { :a :p [ :q "x" ], [ :q "x" ] . } _:g { _:unlabelled0 :q "x" ; :p _:g . }""",
    "data.jsonld": """{"@context": {"@vocab": "http://example.org/"}, "p": [{"q": "x"}, {"q": "x"},
        {"@id": "_:unlabelled0", "q": "x", "p": {"@id": "_:unlabelled0"}}]}""",
}


@pytest.mark.parametrize("name", DATA)
def test_a_report_is_the_same_each_time(name: str, tmp_path: Path) -> None:
    data, shapes = tmp_path / name, tmp_path / "shapes.ttl"
    data.write_text(DATA[name], encoding="utf-8")
    shapes.write_text(SHAPES, encoding="utf-8")
    one, other = (validate_files([data], [shapes]) for _ in range(2))
    assert as_turtle(one) == as_turtle(other)
    assert as_json(one) == as_json(other)


def test_no_node_is_taken_for_another(tmp_path: Path) -> None:
    (tmp_path / "data.ttl").write_text(DATA["data.ttl"], encoding="utf-8")
    (tmp_path / "shapes.ttl").write_text(SHAPES, encoding="utf-8")
    report = validate_files([tmp_path / "data.ttl"], [tmp_path / "shapes.ttl"])
    nodes = set(Graph().parse(tmp_path / "data.ttl").subjects(URIRef("http://example.org/q")))
    assert len({result.focus for result in report.results}) == len(report.results) == len(nodes)
    assert "_:named" in {result.focus.value for result in report.results}

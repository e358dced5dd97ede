"""`lod explain`: the plan of a mapping, and the records behind a node."""

from pathlib import Path

import pytest
from small import lod

MAPPING = """
prefixes: {ex: "http://example.org/"}
mappings:
  person:
    sources: [people.csv~csv]
    s: ex:$(id)
    po:
      - [ex:name, $(name), en~lang]
      - [ex:knows, ex:$(knows)~iri]
      - [ex:born, $(born), xsd:gYear]
"""


@pytest.fixture(autouse=True)
def people(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("map.yml").write_text(MAPPING)
    Path("people.csv").write_text("id,name,knows,born\n1,Ada,2,1815\n2,Bo,,\n3,Cy,1,\n")


def test_the_plan_names_source_statements_and_sql() -> None:
    shown = lod("explain", "map.yml")
    assert (shown.exit_code, shown.stderr) == (0, "")
    head, *statements = shown.stdout.split("    SELECT")[0].rstrip().splitlines()
    assert head == "triples map person"
    assert statements == [
        "  people.csv: 3 rows",
        "  <http://example.org/{subject}> <http://example.org/name> ?c0@en",
        "  <http://example.org/{subject}> <http://example.org/knows> <http://example.org/{c1}>",
        "  <http://example.org/{subject}> <http://example.org/born> ?c2^^<http://www.w3.org/2001/XMLSchema#gYear>",
    ]
    assert all(f'AS "{name}"' in shown.stdout for name in ("subject", "c0", "c1", "c2"))


def test_behind_a_node_stand_the_records_that_speak_of_it() -> None:
    shown = lod("explain", "map.yml", "--node", "http://example.org/1")
    assert shown.stdout.splitlines() == [
        "people.csv row 1, by person",
        '  <http://example.org/1> <http://example.org/born> "1815"^^<http://www.w3.org/2001/XMLSchema#gYear> .',
        "  <http://example.org/1> <http://example.org/knows> <http://example.org/2> .",
        '  <http://example.org/1> <http://example.org/name> "Ada"@en .',
        "people.csv row 3, by person",
        "  <http://example.org/3> <http://example.org/knows> <http://example.org/1> .",
    ]


def test_a_node_that_nothing_speaks_of_is_an_error() -> None:
    shown = lod("explain", "map.yml", "--node", "http://example.org/9")
    assert (shown.exit_code, shown.stdout) == (2, "")
    assert shown.stderr.startswith("error: map.yml: no record makes a statement with <http://example.org/9>\n  An IRI")

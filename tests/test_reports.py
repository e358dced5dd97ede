"""A report in each of its forms says what its results are; other parsers read them."""

import csv
import json
import re
from html.parser import HTMLParser
from io import StringIO
from pathlib import Path

import pytest
from pyld import jsonld
from rdflib import RDF, SH, Graph, Literal, URIRef
from rdflib.collection import Collection
from rdflib.compare import isomorphic
from small import lod, tiny_project

from lod.errors import Position
from lod.terms import XSD, Kind
from lod.validation import FORMS, Node, Report, Result, Severity, as_html, as_text, as_turtle
from lod.validation.path import Alternative, Inverse, Predicate, Repeated, Sequence
from lod.validation.reports import as_sarif
from lod.vocab import SHACL

EX = "http://example.org/"
KNOWS = Predicate(EX + "knows")
ODD = '<script>alert("&")</script>'


def result(number: int, severity: str = "Violation", **other: object) -> Result:
    known = {
        "severity": SHACL + severity,
        "focus": Node(f"{EX}person/{number}"),
        "path": KNOWS,
        "value": Node("12x", Kind.LITERAL, XSD + "integer"),
        "shape": Node(EX + "shape"),
        "component": SHACL + "DatatypeConstraintComponent",
        "messages": (Node("Write a number.", Kind.LITERAL, None, "en"), Node("Eine Zahl.", Kind.LITERAL, None, "de")),
        "origin": Position("shapes.ttl", 3, 1),
        "records": (Position("people.csv", row=number),),
    }
    return Result(**{**known, **other})  # type: ignore[arg-type]


REPORT = Report(
    (
        result(1),
        result(2),
        result(3, "Warning", path=None, value=Node(ODD, Kind.LITERAL), shape=Node("_:s", Kind.BLANK)),
        result(4, "Info", path=Sequence((Inverse(KNOWS), Repeated(Alternative((KNOWS, Predicate(EX + "p"))), "*")))),
    ),
    idle_shapes=(EX + "Robot",),
    unlisted=((Severity.VIOLATION, 5),),
    notes=("A note.",),
)


def test_counts_are_of_all_results() -> None:
    assert REPORT.counts() == {"violation": 7, "warning": 1, "info": 1}
    assert [REPORT.reaches(each) for each in Severity] == [True, True, True]
    assert not Report((result(1, "Info"),)).reaches(Severity.WARNING)
    assert Report((result(1, "Own"),)).reaches(Severity.VIOLATION)


def test_text_has_the_worst_and_most_frequent_first() -> None:
    text = as_text(REPORT)
    heads = [line for line in text.splitlines() if not line.startswith(" ")]
    assert heads == [
        "violation: Write a number.",
        "warning: Write a number.",
        "info: Write a number.",
        f"note: no node was held to <{EX}Robot>; is its target spelled as in the data (http or https)?",
        "note: A note.",
        "7 violations, 1 warning, 1 info, of which 5 are not listed.",
    ]
    assert f"  people.csv row 1: <{EX}person/1> path <{EX}knows> value '12x'" in text
    assert "  shape at shapes.ttl:3 column 1, 1 time\n" in text


def test_the_graph_is_in_shacl_vocabulary() -> None:
    graph = Graph().parse(data=as_turtle(REPORT), format="turtle")
    [report] = graph.subjects(RDF.type, SH.ValidationReport)
    assert graph.value(report, SH.conforms) == Literal(False)
    by_focus = {str(graph.value(each, SH.focusNode)): each for each in graph.objects(report, SH.result)}
    assert len(by_focus) == 4
    first, last = by_focus[EX + "person/1"], by_focus[EX + "person/4"]
    assert set(graph.objects(first, SH.resultMessage)) == {
        Literal("Write a number.", "en"),
        Literal("Eine Zahl.", "de"),
    }
    assert graph.value(first, SH.value).n3() == f'"12x"^^<{XSD}integer>'
    assert graph.value(first, SH.resultPath) == URIRef(KNOWS.iri)
    inverse, repeated = Collection(graph, graph.value(last, SH.resultPath))
    assert graph.value(inverse, SH.inversePath) == URIRef(KNOWS.iri)
    alternatives = graph.value(graph.value(repeated, SH.zeroOrMorePath), SH.alternativePath)
    assert list(Collection(graph, alternatives)) == [URIRef(KNOWS.iri), URIRef(EX + "p")]


def test_json_ld_says_what_turtle_says() -> None:
    document = json.loads(FORMS["jsonld"](REPORT))
    quads = jsonld.to_rdf(document, {"format": "application/n-quads"})
    turtle = Graph().parse(data=as_turtle(REPORT), format="turtle")
    assert isomorphic(Graph().parse(data=quads, format="nt"), turtle)


def test_json_has_the_members_that_are_documented() -> None:
    document = json.loads(FORMS["json"](REPORT))
    assert document.keys() == {"conforms", "counts", "unlisted", "idleShapes", "notes", "results"}
    assert (document["unlisted"], document["notes"]) == (5, ["A note."])
    first = document["results"][0]
    assert first["records"] == [{"file": "people.csv", "row": 1}]
    assert first["shape"] == {"file": "shapes.ttl", "line": 3}
    assert first["value"] == {"value": "12x", "type": "literal", "datatype": XSD + "integer"}


def test_csv_is_read_back() -> None:
    rows = list(csv.DictReader(StringIO(FORMS["csv"](REPORT), newline="")))
    assert [(row["severity"], row["file"], row["row"], row["value"]) for row in rows] == [
        ("violation", "people.csv", "1", "12x"),
        ("violation", "people.csv", "2", "12x"),
        ("warning", "people.csv", "3", ODD),
        ("info", "people.csv", "4", "12x"),
    ]


def test_sarif_names_the_line_where_a_record_begins(tmp_path: Path) -> None:
    (tmp_path / "people.csv").write_text('id,name\n1,"two\nlines"\n\n2,b\n3,c\n', encoding="utf-8")
    [run] = json.loads(as_sarif(REPORT, tmp_path))["runs"]
    rules = run["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == [EX + "shape", "shapes.ttl:3"]
    assert [each["level"] for each in run["results"]] == ["error", "error", "warning", "note"]
    assert all(rules[each["ruleIndex"]]["id"] == each["ruleId"] for each in run["results"])
    places = [each["locations"][0]["physicalLocation"] for each in run["results"]]
    assert [place.get("region", {}).get("startLine") for place in places] == [2, 5, 6, None]
    assert len({each["partialFingerprints"]["lod/v1"] for each in run["results"]}) == 4


class _Cells(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.cells: list[str] = []
        self.tags: set[str] = set()
        self.is_cell = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.is_cell = tag == "td" or (self.is_cell and tag == "code")
        if tag == "td":
            self.cells.append("")
        assert not any(name.startswith("on") or name == "src" for name, _ in attrs)

    def handle_data(self, data: str) -> None:
        if self.is_cell:
            self.cells[-1] += data


def test_the_page_has_every_result_and_runs_nothing() -> None:
    page = as_html(REPORT)
    read = _Cells()
    read.feed(page)
    values = [cell.strip() for cell in read.cells[3::4]]
    assert values[:2] == ["'12x'", "'12x'"]
    assert ODD in values[2]
    assert "script" not in read.tags
    assert not re.search(r"https?://(?!example)[^<\s\"]*\.(?:js|css)", page)
    assert "<b>7</b> violations" in page


@pytest.mark.parametrize("name", FORMS)
def test_a_report_without_results_conforms_in_every_form(name: str) -> None:
    text = FORMS[name](Report(()))
    assert text
    if name in ("text", "html"):
        assert "The data conforms to the shapes." in text


def test_reports_of_a_project_by_suffix(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    tiny = tiny_project(tmp_path / "tiny")
    people = tiny / "records/people.csv"
    people.write_text(people.read_text() + "cy,,,\n", encoding="utf-8")
    done = lod("check", tiny, "--report", "report.sarif")
    assert done.exit_code == 3
    [run] = json.loads(Path("report.sarif").read_text())["runs"]
    [place] = run["results"][0]["locations"]
    line = len(people.read_text().splitlines())
    assert place["physicalLocation"] == {
        "artifactLocation": {"uri": "records/people.csv"},
        "region": {"startLine": line},
    }
    shown = lod("check", tiny, "--report", "report.doc")
    assert (shown.exit_code, shown.stdout) == (2, "")
    assert "report.doc: .doc is no form of a report\n  Known: .csv" in shown.stderr

"""A report in each of its forms says what its results are; other parsers read them."""

import csv
import json
import re
from dataclasses import replace
from html.parser import HTMLParser
from io import StringIO
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
from pyld import jsonld
from rdflib import RDF, SH, Graph, Literal, URIRef
from rdflib.collection import Collection
from rdflib.compare import isomorphic
from small import PEOPLE, append, lod, swap, tiny_project

from lod.errors import Position
from lod.terms import XSD, Kind
from lod.validation import FORMS, Node, Report, Result, Severity, as_html, as_text, as_turtle
from lod.validation.path import Alternative, Inverse, Predicate, Repeated, Sequence
from lod.vocab import NS, SHACL

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


def test_two_parsers_read_the_same_graph() -> None:
    text = as_turtle(REPORT)
    lines = ox.serialize(ox.parse(text, format=ox.RdfFormat.TURTLE), format=ox.RdfFormat.N_TRIPLES)
    assert isomorphic(Graph().parse(data=lines, format="nt"), Graph().parse(data=text, format="turtle"))


def test_blank_nodes_of_data_shapes_and_paths_stay_apart() -> None:
    """They come from documents of their own, so that the same label names different nodes."""
    labels = [f"_:{begin}{number}" for begin in ("", "path", "path-", "data-") for number in ("1", "000001", "000002")]
    path = Sequence((KNOWS, Inverse(KNOWS)))
    nodes = [Node(label, Kind.BLANK) for label in labels]
    results = tuple(result(1, focus=node, value=node, shape=node, path=path) for node in nodes)
    graph = Graph().parse(data=as_turtle(Report(results)), format="turtle")
    found = [set(graph.objects(None, each)) for each in (SH.focusNode, SH.sourceShape, SH.resultPath)]
    assert [len(each) for each in found] == [len(labels)] * 3
    assert len(set.union(*found)) == 3 * len(labels)
    assert set(graph.objects(None, SH.value)) == found[0]
    assert all(len(list(Collection(graph, each))) == 2 for each in found[2])


def test_the_graph_tells_what_is_not_listed() -> None:
    graph = Graph().parse(data=as_turtle(REPORT), format="turtle")
    assert list(graph.objects(None, URIRef(NS + "unlisted"))) == [Literal(5)]
    assert list(graph.objects(None, URIRef(NS + "idleShape"))) == [URIRef(EX + "Robot")]
    assert list(graph.objects(None, URIRef(NS + "note"))) == [Literal("A note.")]


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


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        ("=1+1", "'=1+1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("+1-800", "'+1-800"),
        ("-2+cmd|' /C calc'!A0", "'-2+cmd|' /C calc'!A0"),
        ("\t=1", "'\t=1"),
        ("-0044-03-15", "'-0044-03-15"),
        ("-5", "-5"),
        ("+1.50", "+1.50"),
        ("1-2", "1-2"),
        ("a\0b", "a\N{SYMBOL FOR NULL}b"),
        ('two\r\nlines, "quoted"', 'two\r\nlines, "quoted"'),
    ],
)
def test_no_cell_of_csv_is_a_formula(value: str, cell: str) -> None:
    told = Report((result(1, value=Node(value, Kind.LITERAL)),))
    [row] = csv.DictReader(StringIO(FORMS["csv"](told), newline=""))
    assert row["value"] == cell


def sarif(report: Report) -> dict[str, Any]:
    """Return the only run of a report in SARIF, held to what the specification and code hosts demand of it."""
    document = json.loads(FORMS["sarif"](report))
    assert (document["version"], len(document["runs"])) == ("2.1.0", 1)
    [run] = document["runs"]
    driver = run["tool"]["driver"]
    assert driver["name"]
    assert all(each["executionSuccessful"] is True for each in run["invocations"])
    ids = [rule["id"] for rule in driver["rules"]]
    assert len(set(ids)) == len(ids)
    for rule in driver["rules"]:
        assert all(rule[name]["text"] for name in ("shortDescription", "fullDescription", "help"))
    for each in run["results"]:
        assert ids[each["ruleIndex"]] == each["ruleId"]
        assert each["level"] in ("none", "note", "warning", "error")
        assert each["locations"]
        places = [*each["locations"], *each["relatedLocations"]]
        assert [place for number, place in enumerate(places) if place in places[:number]] == []
        assert all(place["physicalLocation"].get("region", {"startLine": 1})["startLine"] > 0 for place in places)
        assert not re.search("[{}]", each["message"]["text"].replace("{{", "").replace("}}", ""))
    return dict(run)


def test_sarif_has_a_rule_a_shape_and_the_line_of_each_record() -> None:
    files = [(Position("people.csv", line=number),) for number in range(2, 6)]
    run = sarif(Report(tuple(replace(each, records=file) for each, file in zip(REPORT.results, files, strict=True))))
    rules = run["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == [EX + "shape", "shapes.ttl:3:1"]
    assert rules[0]["helpUri"] == "https://www.w3.org/TR/shacl/#DatatypeConstraintComponent"
    assert [each["level"] for each in run["results"]] == ["error", "error", "warning", "note"]
    places = [place["physicalLocation"] for each in run["results"] for place in each["locations"]]
    assert [(place["artifactLocation"], place["region"]) for place in places] == [
        ({"uri": "people.csv"}, {"startLine": line}) for line in (2, 3, 4, 5)
    ]
    assert len({each["partialFingerprints"]["lod/v1"] for each in run["results"]}) == 4


def test_sarif_finds_a_result_again_where_lines_have_moved() -> None:
    moved = result(1, records=(Position("people.csv", line=9),), origin=Position("shapes.ttl", 8, 1))
    [one], [other] = (sarif(Report((each,)))["results"] for each in (result(1), moved))
    assert one["partialFingerprints"] == other["partialFingerprints"]


def test_sarif_places_what_has_many_records_or_none() -> None:
    rows = tuple(Position("people.csv", row=row) for row in range(1, 30))
    lines = tuple(Position("people.csv", line=line) for line in range(1, 30))
    results = (result(1, records=rows), result(2, records=lines), result(3, records=()))
    places = [
        [place["physicalLocation"] for place in (*each["locations"], *each["relatedLocations"])]
        for each in sarif(Report(results))["results"]
    ]
    assert places[0] == [{"artifactLocation": {"uri": "people.csv"}}]
    assert [place["region"]["startLine"] for place in places[1]] == list(range(1, 11))
    assert places[2] == [{"artifactLocation": {"uri": "shapes.ttl"}, "region": {"startLine": 3}}]


@pytest.mark.parametrize(
    ("file", "uri"),
    [
        ("records/a b#1.csv", "records/a%20b%231.csv"),
        ("/data/a.csv", "file:///data/a.csv"),
        ("https://example.org/a.csv?b=c", "https://example.org/a.csv?b=c"),
    ],
)
def test_sarif_names_files_by_uri(file: str, uri: str) -> None:
    [told] = sarif(Report((result(1, records=(Position(file, line=1),)),)))["results"]
    assert told["locations"][0]["physicalLocation"]["artifactLocation"] == {"uri": uri}


def test_sarif_takes_no_text_for_a_placeholder() -> None:
    message = Node("Four digits: [0-9]{4}.", Kind.LITERAL)
    run = sarif(Report((result(1, messages=(message,), component=NS + "Own", value=Node("{0}", Kind.LITERAL)),)))
    [rule], [told] = run["tool"]["driver"]["rules"], run["results"]
    assert rule["shortDescription"]["text"] == "Four digits: [0-9]{{4}}."
    assert "helpUri" not in rule
    assert "'{{0}}'" in told["message"]["text"]


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
    cells = [cell.strip() for cell in read.cells]
    rows = [cells[first : first + 3] for first in range(0, len(cells), 3)]
    assert rows == [
        ["people.csv row 1", f"<{EX}person/1>", "'12x'"],
        ["people.csv row 2", f"<{EX}person/2>", "'12x'"],
        ["people.csv row 3", f"<{EX}person/3>", f"'{ODD}'"],
        ["people.csv row 4", f"<{EX}person/4>", "'12x'"],
    ]
    assert "script" not in read.tags
    assert not re.search(r"https?://(?!example)[^<\s\"]*\.(?:js|css)", page)
    assert "<b>7</b> violations" in page
    assert "5 more results are counted above and not listed" in page
    assert page.count('class="bar"') == page.count("<details") == 3


def test_no_text_is_markup_on_the_page() -> None:
    odd = Node(ODD, Kind.LITERAL)
    places = {"origin": Position(ODD, 1), "records": (Position(ODD, row=1),)}
    page = as_html(
        Report((result(1, focus=odd, shape=odd, path=Predicate(ODD), messages=(odd,), **places),), (ODD,), (), (ODD,))
    )
    assert "<script" not in page
    assert page.count("&lt;script&gt;") == 9


@pytest.mark.parametrize("name", FORMS)
def test_a_report_without_results_conforms_in_every_form(name: str) -> None:
    text = FORMS[name](Report(()))
    assert text
    if name in ("text", "html"):
        assert "The data conforms to the shapes." in text


def test_a_message_without_text_is_the_component() -> None:
    assert result(1, messages=(Node(" ", Kind.LITERAL),)).message == "DatatypeConstraintComponent"


# Reports of projects


@pytest.fixture
def tiny(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The project's folder, below the current one."""
    monkeypatch.chdir(tmp_path)
    return tiny_project(tmp_path / "tiny")


def place() -> dict[str, object]:
    [run] = json.loads(Path("report.sarif").read_text(encoding="utf-8"))["runs"]
    [found] = run["results"][0]["locations"]
    return dict(found["physicalLocation"])


@pytest.mark.parametrize("project", ["tiny", "./tiny/", "{}/tiny"])
def test_a_file_is_named_from_where_the_command_runs(project: str, tiny: Path) -> None:
    """A code host knows files by their path in the repository."""
    append(tiny / PEOPLE, "cy,,,\n")
    assert lod("check", project.format(tiny.parent), "--report", "report.sarif").exit_code == 3
    assert place() == {"artifactLocation": {"uri": f"tiny/{PEOPLE}"}, "region": {"startLine": 4}}


@pytest.mark.parametrize(
    ("source", "text", "line"),
    [
        ("", 'id,name,lang,born\nada,"A\nda",en,\n\ncy,,,\n', 5),
        ("", "\ufeffid,name,lang,born\r\nada,Ada,en,\r\ncy,,,\r\n", 3),
        (', delimiter: ";"', 'id;name;lang;born\nada;"A\nda";en;\ncy;;;\n', 4),
        (', comment: "#"', "id,name,lang,born\n# one\nada,Ada,en,\n# two\ncy,,,\n", 5),
        (", skip: 2", "made by\nhand\nid,name,lang,born\nada,Ada,en,\ncy,,,\n", 5),
        (", encoding: utf-16", "id,name,lang,born\nada,Ada,en,\ncy,,,\n", None),
    ],
)
def test_a_row_is_told_as_the_line_where_its_record_begins(
    source: str, text: str, line: int | None, tiny: Path
) -> None:
    swap(tiny / "mappings/people.yml", "optional: [born]", f"optional: [born]{source}")
    (tiny / PEOPLE).write_bytes(text.encode("utf-16" if "utf-16" in source else "utf-8"))
    assert lod("check", "tiny", "--report", "report.sarif").exit_code == 3
    assert place().get("region") == (line and {"startLine": line})


def test_each_file_of_a_pattern_has_lines_of_its_own(tiny: Path) -> None:
    swap(tiny / "mappings/people.yml", "access: records/people.csv", 'access: "records/*.csv"')
    (tiny / "records/more.csv").write_text('id,name,lang,born\ndi,"D\ni",en,\ncy,,,\n', encoding="utf-8")
    assert lod("check", "tiny", "--report", "report.csv").exit_code == 3
    with Path("report.csv").open(encoding="utf-8", newline="") as stream:
        [row] = csv.DictReader(stream)
    assert (row["file"], row["row"], row["line"]) == ("tiny/records/more.csv", "2", "4")


def test_a_report_of_no_known_form_is_refused_before_the_work(tiny: Path) -> None:
    shown = lod("check", tiny, "--report", "report.doc")
    assert (shown.exit_code, shown.stdout) == (2, "")
    assert "report.doc: .doc is no form of a report\n  Known: .csv" in shown.stderr


def test_a_release_holds_its_report_in_three_forms(tiny: Path) -> None:
    assert lod("build", tiny).exit_code == 0
    assert "The data conforms to the shapes." in (tiny / "output/latest/report.html").read_text(encoding="utf-8")
    assert json.loads((tiny / "output/latest/report.json").read_text(encoding="utf-8"))["conforms"] is True
    graph = Graph().parse(tiny / "output/latest/report.ttl", format="turtle")
    assert list(graph.objects(None, SH.conforms)) == [Literal(True)]

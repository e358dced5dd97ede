"""A report in SHACL's own vocabulary, a node `urn:lod:report:result-N` a result.

https://www.w3.org/TR/shacl/#validation-report
Data, shapes and the paths written here are three documents, whose blank nodes may bear the same labels: what a label
begins with keeps them apart.
"""

from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO

from lod.formats import JSONLD, TURTLE, Format, Prologue, open_sink
from lod.quad import Quad, quads_table
from lod.terms import RDF_TYPE, XSD, Kind
from lod.validation.path import Alternative, Inverse, Path, Predicate, Repeated, Sequence
from lod.validation.report import Node, Report, Result
from lod.vocab import NS, RDF, SHACL

_PREFIXES = {"sh": SHACL, "ns": NS, "rdf": RDF, "xsd": XSD}
_REPEATED = {"?": "zeroOrOnePath", "*": "zeroOrMorePath", "+": "oneOrMorePath"}
_REPORT = "urn:lod:report"


def as_turtle(report: Report) -> str:
    """Return the report as Turtle."""
    return _spelled(report, TURTLE)


def as_jsonld(report: Report) -> str:
    """Return the report as JSON-LD."""
    return _spelled(report, JSONLD)


def _spelled(report: Report, syntax: Format) -> str:
    stream = BytesIO()
    sink = open_sink(syntax)
    sink.start(stream, Prologue(prefixes=_PREFIXES, context=dict(_PREFIXES)))
    for batch in quads_table(sorted(_quads(report), key=str)).to_batches():
        sink.take(batch)
    sink.finish()
    return stream.getvalue().decode()


def _quads(report: Report) -> Iterator[Quad]:
    yield Quad(_REPORT, RDF_TYPE, SHACL + "ValidationReport")
    yield _literal(_REPORT, SHACL + "conforms", str(report.conforms).lower(), XSD + "boolean")
    for shape in report.idle_shapes:
        yield Quad(_REPORT, NS + "idleShape", shape)
    if report.more:
        yield _literal(_REPORT, NS + "unlisted", str(report.more), XSD + "integer")
    for note in report.notes:
        yield _literal(_REPORT, NS + "note", note)
    paths = _Paths()
    for number, result in enumerate(report.results, 1):
        name = f"{_REPORT}:result-{number:06d}"
        yield Quad(_REPORT, SHACL + "result", name)
        yield from _result(name, result, paths)
    yield from paths.quads


def _result(name: str, result: Result, paths: "_Paths") -> Iterator[Quad]:
    yield Quad(name, RDF_TYPE, SHACL + "ValidationResult")
    yield Quad(name, SHACL + "resultSeverity", result.severity)
    yield _term(name, SHACL + "focusNode", _of("data", result.focus))
    yield _term(name, SHACL + "sourceShape", _of("shapes", result.shape))
    yield Quad(name, SHACL + "sourceConstraintComponent", result.component)
    if result.path:
        yield _term(name, SHACL + "resultPath", paths.node(result.path))
    if result.value:
        yield _term(name, SHACL + "value", _of("data", result.value))
    for message in result.messages:
        yield _term(name, SHACL + "resultMessage", message)
    for record in result.records:
        yield _literal(name, NS + "record", str(record))


class _Paths:
    """Paths as SHACL writes them: blank nodes and lists, each time anew."""

    def __init__(self) -> None:
        self.quads: list[Quad] = []
        self._cells = 0

    def node(self, path: Path) -> Node:
        """Return a node for a path."""
        match path:
            case Predicate(iri):
                return Node(iri)
            case Sequence(paths):
                return self._list(paths)
            case Alternative(paths):
                return self._cell(SHACL + "alternativePath", self._list(paths))
            case Inverse(inner):
                return self._cell(SHACL + "inversePath", self.node(inner))
            case Repeated(inner, mark):
                return self._cell(SHACL + _REPEATED[mark], self.node(inner))

    def _list(self, paths: tuple[Path, ...]) -> Node:
        rest = Node(RDF + "nil")
        for path in reversed(paths):
            cell = self._cell(RDF + "first", self.node(path))
            self.quads.append(_term(cell.value, RDF + "rest", rest))
            rest = cell
        return rest

    def _cell(self, predicate: str, value: Node) -> Node:
        self._cells += 1
        cell = _of("path", Node(f"_:{self._cells:06d}", Kind.BLANK))
        self.quads.append(_term(cell.value, predicate, value))
        return cell


def _of(document: str, node: Node) -> Node:
    return replace(node, value=f"_:{document}-{node.value[2:]}") if node.kind is Kind.BLANK else node


def _literal(subject: str, predicate: str, text: str, datatype: str | None = None) -> Quad:
    return Quad(subject, predicate, text, int(Kind.LITERAL), datatype)


def _term(subject: str, predicate: str, node: Node) -> Quad:
    return Quad(subject, predicate, node.value, int(node.kind), node.datatype, node.language)

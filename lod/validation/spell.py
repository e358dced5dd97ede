"""A report spelled: text for people, JSON for programs, and SHACL's own vocabulary."""

import json
from collections.abc import Iterator
from io import BytesIO

from lod.formats import TURTLE, Prologue, open_sink
from lod.quad import Quad, quads_table
from lod.terms import RDF_TYPE, XSD, Kind
from lod.validation.path import Predicate
from lod.validation.report import Node, Report, Result
from lod.vocab import NS, SHACL


def as_text(report: Report, shown: int | None = 20, *, idle: bool = True) -> str:
    """Return the report grouped by shape, the most frequent first, with file and row and what to do.

    shown: how many results of a shape are named, None for all; idle: whether shapes that no node was held to are named.
    """
    groups: dict[tuple[int, Node, str], list[Result]] = {}
    for result in report.results:
        groups.setdefault((-result.level, result.shape, result.message), []).append(result)
    ordered = sorted(groups.values(), key=lambda group: (-group[0].level, -len(group), group[0].shape.value))
    lines = [line for group in ordered for line in _group_lines(group, shown)]
    if idle:
        lines += [
            f"note: no node was held to <{shape}>; is its target spelled as in the data?"
            for shape in report.idle_shapes
        ]
    return "\n".join([*lines, _summary(report), ""])


def _group_lines(group: list[Result], shown: int | None) -> Iterator[str]:
    first = group[0]
    yield f"{first.level.name.lower()}: {first.message or first.component.rpartition('#')[2]}"
    yield f"  shape {first.shape}, {len(group)} {'time' if len(group) == 1 else 'times'}"
    for result in group[:shown]:
        where = ", ".join(map(str, result.records)) or "no record"
        value = f" value {result.value}" if result.value else ""
        path = f" path {result.path}" if result.path else ""
        yield f"  {where}: {result.focus}{path}{value}"
    if shown is not None and len(group) > shown:
        yield f"  ... and {len(group) - shown} more"


def _summary(report: Report) -> str:
    if report.conforms:
        return "The data conforms to the shapes."
    counts = (f"{count} {name}{'s' if count > 1 else ''}" for name, count in report.counts().items() if count)
    return f"{', '.join(counts)}."


def as_json(report: Report) -> str:
    """Return the report as JSON with stable member names."""
    document = {
        "conforms": report.conforms,
        "counts": report.counts(),
        "idleShapes": list(report.idle_shapes),
        "results": [_json_result(result) for result in report.results],
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _json_result(result: Result) -> dict[str, object]:
    return {
        "severity": result.level.name.lower(),
        "message": result.message,
        "focusNode": result.focus.value,
        "path": str(result.path) if result.path else None,
        "value": _json_node(result.value) if result.value else None,
        "sourceShape": result.shape.value,
        "sourceConstraintComponent": result.component,
        "records": [{"file": record.file, "row": record.row} for record in result.records],
    }


def _json_node(node: Node) -> dict[str, str]:
    parts = {"value": node.value, "type": node.kind.name.lower(), "datatype": node.datatype, "language": node.language}
    return {name: text for name, text in parts.items() if text is not None}


def as_turtle(report: Report) -> str:
    """Return the report in SHACL's vocabulary, a node `#result-N` a result.

    https://www.w3.org/TR/shacl/#validation-report
    """
    stream = BytesIO()
    sink = open_sink(TURTLE)
    sink.start(stream, Prologue(prefixes={"sh": SHACL, "ns": NS, "xsd": XSD}))
    for batch in quads_table(sorted(_quads(report))).to_batches():
        sink.take(batch)
    sink.finish()
    return stream.getvalue().decode()


def _quads(report: Report) -> Iterator[Quad]:
    node = "urn:lod:report"
    yield Quad(node, RDF_TYPE, SHACL + "ValidationReport")
    yield _literal(node, SHACL + "conforms", str(report.conforms).lower(), XSD + "boolean")
    for shape in report.idle_shapes:
        yield Quad(node, NS + "idleShape", shape)
    for number, result in enumerate(report.results, 1):
        name = f"{node}:result-{number:06d}"
        yield Quad(node, SHACL + "result", name)
        yield from _result_quads(name, result)


def _result_quads(name: str, result: Result) -> Iterator[Quad]:
    yield Quad(name, RDF_TYPE, SHACL + "ValidationResult")
    yield Quad(name, SHACL + "resultSeverity", result.severity)
    yield _term(name, SHACL + "focusNode", result.focus)
    yield _term(name, SHACL + "sourceShape", result.shape)
    yield Quad(name, SHACL + "sourceConstraintComponent", result.component)
    if isinstance(result.path, Predicate):
        yield Quad(name, SHACL + "resultPath", result.path.iri)
    elif result.path:
        yield _literal(name, NS + "resultPathText", str(result.path))
    if result.value:
        yield _term(name, SHACL + "value", result.value)
    for message in result.messages:
        yield _term(name, SHACL + "resultMessage", message)
    for record in result.records:
        yield _literal(name, NS + "record", str(record))


def _literal(subject: str, predicate: str, text: str, datatype: str | None = None) -> Quad:
    return Quad(subject, predicate, text, int(Kind.LITERAL), datatype)


def _term(subject: str, predicate: str, node: Node) -> Quad:
    return Quad(subject, predicate, node.value, int(node.kind), node.datatype, node.language)

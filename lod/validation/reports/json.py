"""A report as JSON.

conforms           whether there is no result
counts             how many results there are: violation, warning, info
unlisted           how many of these are not listed
idleShapes         the shapes that no node was held to
notes              what deserves a look though nothing is wrong
results            each with severity, message, focusNode, path, value, sourceShape, sourceConstraintComponent,
                   shape (file and line where it stands) and records (file, and row or line or both)
"""

import json

from lod.errors import Position
from lod.validation.report import Node, Report, Result


def as_json(report: Report) -> str:
    """Return the report as JSON with stable member names."""
    document = {
        "conforms": report.conforms,
        "counts": report.counts(),
        "unlisted": report.more,
        "idleShapes": list(report.idle_shapes),
        "notes": list(report.notes),
        "results": [_result(result) for result in report.results],
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _result(result: Result) -> dict[str, object]:
    return {
        "severity": result.level.name.lower(),
        "message": result.message,
        "focusNode": result.focus.value,
        "path": str(result.path) if result.path else None,
        "value": _node(result.value) if result.value else None,
        "sourceShape": result.shape.value,
        "sourceConstraintComponent": result.component,
        "shape": _place(result.origin) if result.origin else None,
        "records": [_place(record) for record in result.records],
    }


def _place(place: Position) -> dict[str, object]:
    parts = {"file": place.file, "line": place.line, "row": place.row}
    return {name: part for name, part in parts.items() if part is not None}


def _node(node: Node) -> dict[str, str]:
    parts = {"value": node.value, "type": node.kind.name.lower(), "datatype": node.datatype, "language": node.language}
    return {name: text for name, text in parts.items() if text is not None}

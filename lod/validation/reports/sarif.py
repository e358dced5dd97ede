"""A report in SARIF 2.1.0, by which code hosts show each result at its line.

https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
"""

import csv
import hashlib
import json
from collections.abc import Iterable
from functools import cache
from importlib.metadata import version
from pathlib import Path
from urllib.parse import quote

from lod.errors import Position
from lod.terms import Kind
from lod.validation.report import Report, Result, Severity

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVELS = {Severity.VIOLATION: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
_SEPARATORS = {".csv": ",", ".tsv": "\t"}


def as_sarif(report: Report, root: Path = Path()) -> str:
    """Return the report as SARIF: a rule a shape, a result a result.

    The files of records lie under `root`. A row of a CSV file is told as the line where its record begins; of other
    files that are told by rows the file alone is.
    """
    rules = list(dict.fromkeys(map(rule_id, report.results)))
    first = {rule_id(result): result for result in reversed(report.results)}
    lines = _Lines(root)
    driver = {
        "name": "lod",
        "version": version("lod"),
        "informationUri": "https://www.w3.org/TR/shacl/",
        "rules": [_rule(name, first[name]) for name in rules],
    }
    results = [_result(result, rules.index(rule_id(result)), lines) for result in report.results]
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    document = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def rule_id(result: Result) -> str:
    """Return how a shape is called: by its IRI, or by where it stands."""
    if result.shape.kind is Kind.IRI or result.origin is None:
        return result.shape.value
    return f"{result.origin.file}:{result.origin.line}"


def _rule(name: str, result: Result) -> dict[str, object]:
    return {
        "id": name,
        "shortDescription": {"text": result.message},
        "defaultConfiguration": {"level": _LEVELS[result.level]},
        "helpUri": "https://www.w3.org/TR/shacl/#" + result.component.rpartition("#")[2],
    }


def _result(result: Result, rule: int, lines: "_Lines") -> dict[str, object]:
    value = f" Value: {result.value}." if result.value else ""
    path = f" Path: {result.path}." if result.path else ""
    told = (result.shape.value, result.component, str(result.focus), str(result.path), str(result.value))
    return {
        "ruleId": rule_id(result),
        "ruleIndex": rule,
        "level": _LEVELS[result.level],
        "message": {"text": f"{result.message} Focus node: {result.focus}.{path}{value}"},
        "locations": [_location(place, lines) for place in result.records[:1]],
        "relatedLocations": [_location(place, lines) for place in result.records[1:10]],
        "partialFingerprints": {"lod/v1": hashlib.sha256("\n".join(told).encode()).hexdigest()[:32]},
    }


def _location(place: Position, lines: "_Lines") -> dict[str, object]:
    physical: dict[str, object] = {"artifactLocation": {"uri": quote(place.file)}}
    line = place.line or lines.of(place)
    if line:
        physical["region"] = {"startLine": line}
    return {"physicalLocation": physical}


class _Lines:
    """The lines at which the records of CSV files begin."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._starts = cache(self._read)

    def of(self, place: Position) -> int | None:
        """Return the line of a record, None where it cannot be told."""
        starts = self._starts(place.file)
        return starts[place.row - 1] if place.row and place.row <= len(starts) else None

    def _read(self, name: str) -> list[int]:
        path = self._root / name
        if path.suffix not in _SEPARATORS:
            return []
        try:
            with path.open(encoding="utf-8-sig", newline="") as stream:
                return _starts(stream, _SEPARATORS[path.suffix])
        except (OSError, UnicodeDecodeError, csv.Error):
            return []


def _starts(stream: Iterable[str], separator: str) -> list[int]:
    """Return the line of each record after the header; lines that are empty hold none."""
    reader = csv.reader(stream, delimiter=separator, strict=True)
    starts, before = [], 0
    for cells in reader:
        if cells:
            starts.append(before + 1)
        before = reader.line_num
    return starts[1:]

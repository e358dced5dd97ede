"""A report in SARIF 2.1.0, by which code hosts show each result at its line.

https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
"""

import hashlib
import json
from importlib.metadata import version
from pathlib import Path
from urllib.parse import quote

from lod.errors import Position
from lod.http import is_url
from lod.terms import Kind
from lod.validation.report import Report, Result, Severity
from lod.validation.reports.text import summary
from lod.vocab import SHACL

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_SPECIFICATION = "https://www.w3.org/TR/shacl/"
_LEVELS = {Severity.VIOLATION: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
_MOST_PLACES = 10


def as_sarif(report: Report) -> str:
    """Return the report as SARIF: a rule a shape, a result a result, at the line of its record where that is known.

    A result without a record stands at its shape, since code hosts refuse one that stands nowhere.
    """
    examples: dict[str, Result] = {}
    for result in report.results:
        examples.setdefault(rule_id(result), result)
    numbers = {name: number for number, name in enumerate(examples)}
    driver = {
        "name": "lod",
        "version": version("lod"),
        "informationUri": _SPECIFICATION,
        "rules": [_rule(name, result) for name, result in examples.items()],
    }
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "invocations": [{"executionSuccessful": True, "toolExecutionNotifications": _notifications(report)}],
        "results": [_result(result, numbers[rule_id(result)]) for result in report.results],
    }
    document = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def rule_id(result: Result) -> str:
    """Return how a shape is called: by its IRI, or by where it stands."""
    if result.shape.kind is Kind.IRI or result.origin is None:
        return result.shape.value
    parts = (result.origin.file, result.origin.line, result.origin.column)
    return ":".join(str(part) for part in parts if part is not None)


def _rule(name: str, result: Result) -> dict[str, object]:
    where = f" The shape stands in {result.origin}." if result.origin else ""
    rule: dict[str, object] = {
        "id": name,
        "shortDescription": _text(result.message),
        "fullDescription": _text(result.message),
        "help": _text(f"{result.message} A result of <{result.component}>.{where}"),
        "defaultConfiguration": {"level": _LEVELS[result.level]},
    }
    if result.component.startswith(SHACL):
        rule["helpUri"] = f"{_SPECIFICATION}#{result.component.removeprefix(SHACL)}"
    return rule


def _result(result: Result, rule: int) -> dict[str, object]:
    value = f" Value: {result.value}." if result.value else ""
    path = f" Path: {result.path}." if result.path else ""
    places = result.records or ((result.origin,) if result.origin else ())
    shown = list(dict.fromkeys(Position(place.file, place.line) for place in places))[:_MOST_PLACES]
    return {
        "ruleId": rule_id(result),
        "ruleIndex": rule,
        "level": _LEVELS[result.level],
        "message": _text(f"{result.message} Focus node: {result.focus}.{path}{value}"),
        "locations": [_location(place) for place in shown[:1]],
        "relatedLocations": [_location(place) for place in shown[1:]],
        "partialFingerprints": {"lod/v1": _fingerprint(result)},
    }


def _fingerprint(result: Result) -> str:
    """Tell a result from others by what it says, wherever its record and its shape come to stand."""
    shape = result.shape.value if result.shape.kind is Kind.IRI else ""
    said = (shape, result.component, str(result.focus), str(result.path), str(result.value))
    return hashlib.sha256("\n".join(said).encode()).hexdigest()[:32]


def _location(place: Position) -> dict[str, object]:
    physical: dict[str, object] = {"artifactLocation": {"uri": _uri(place.file)}}
    if place.line:
        physical["region"] = {"startLine": place.line}
    return {"physicalLocation": physical}


def _uri(file: str) -> str:
    if is_url(file):
        return file
    return Path(file).as_uri() if Path(file).is_absolute() else quote(file)


def _notifications(report: Report) -> list[dict[str, object]]:
    return [{"level": "note", "message": _text(remark)} for remark in (*report.remarks(), summary(report))]


def _text(text: str) -> dict[str, str]:
    """Return a message, in which a brace is written twice: `{0}` would be a placeholder (section 3.11.5)."""
    return {"text": text.replace("{", "{{").replace("}", "}}")}

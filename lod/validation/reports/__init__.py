"""A report spelled: for people, for programs, for code hosts, and in SHACL's own vocabulary."""

from collections.abc import Callable
from pathlib import Path
from typing import Final

from lod.errors import Position, ReleaseError
from lod.validation.report import Report
from lod.validation.reports.csv import as_csv
from lod.validation.reports.html import as_html
from lod.validation.reports.json import as_json
from lod.validation.reports.rdf import as_jsonld, as_turtle
from lod.validation.reports.sarif import as_sarif
from lod.validation.reports.text import as_text

FORMS: Final[dict[str, Callable[[Report], str]]] = {
    "text": as_text,
    "json": as_json,
    "csv": as_csv,
    "turtle": as_turtle,
    "jsonld": as_jsonld,
    "sarif": as_sarif,
    "html": as_html,
}
_SUFFIXES = {".txt": "text", ".ttl": "turtle"} | {
    f".{name}": name for name in ("json", "csv", "jsonld", "sarif", "html")
}


def form_of(path: Path) -> str:
    """Return the name of the form that a file's suffix names; raise ReleaseError where it names none."""
    name = _SUFFIXES.get(path.suffix)
    if name is None:
        hint = f"Known: {' '.join(sorted(_SUFFIXES))}"
        raise ReleaseError(f"{path.suffix or 'no suffix'} is no form of a report", at=Position(str(path)), hint=hint)
    return name


__all__ = [
    "FORMS",
    "as_csv",
    "as_html",
    "as_json",
    "as_jsonld",
    "as_sarif",
    "as_text",
    "as_turtle",
    "form_of",
]

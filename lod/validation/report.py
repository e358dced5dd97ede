"""A validation report as data. A failed validation is a result, not an exception.

https://www.w3.org/TR/shacl/#validation-report
"""

from collections import Counter
from dataclasses import dataclass
from enum import IntEnum

from lod.errors import Position
from lod.terms import Kind


class Severity(IntEnum):
    """SHACL's severities, the worst last."""

    INFO = 1
    WARNING = 2
    VIOLATION = 3


@dataclass(frozen=True, order=True)
class Node:
    """An RDF term in a report."""

    value: str
    kind: Kind = Kind.IRI
    datatype: str | None = None
    language: str | None = None

    def __str__(self) -> str:
        return {Kind.IRI: f"<{self.value}>", Kind.BLANK: self.value}.get(self.kind) or repr(self.value)


@dataclass(frozen=True)
class Result:
    """One result: what is wrong with which node, and the records that the node came from.

    path: the path as SPARQL writes it, with full IRIs; shape and component: IRIs; records: file and row of each record
    that describes the focus node, empty where the data has none.
    """

    severity: Severity
    focus: Node
    path: str | None
    value: Node | None
    shape: str
    component: str
    message: str
    records: tuple[Position, ...] = ()

    def sort_key(self) -> tuple[object, ...]:
        """Return what reports are sorted by: the worst first, then shape, file and row."""
        places = tuple((record.file, record.row or 0) for record in self.records)
        return (-self.severity, self.shape, places, self.focus, self.path or "", str(self.value), self.message)


@dataclass(frozen=True)
class Report:
    """All results, sorted, and the shapes that no node was held to (they pass vacuously)."""

    results: tuple[Result, ...]
    idle_shapes: tuple[str, ...] = ()

    @property
    def conforms(self) -> bool:
        """Whether there is no result at all, as SHACL defines it."""
        return not self.results

    @property
    def violations(self) -> tuple[Result, ...]:
        """The results that a gate refuses."""
        return tuple(result for result in self.results if result.severity is Severity.VIOLATION)

    def counts(self) -> dict[str, int]:
        """Return how many results there are of each severity."""
        found = Counter(result.severity for result in self.results)
        return {severity.name.lower(): found[severity] for severity in sorted(Severity, reverse=True)}

"""A validation report as data. A failed validation is a result, not an exception.

https://www.w3.org/TR/shacl/#validation-report
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import IntEnum

from lod.errors import Position
from lod.terms import Kind
from lod.validation.path import Path
from lod.vocab import SHACL


class Severity(IntEnum):
    """SHACL's severities, the worst last."""

    INFO = 1
    WARNING = 2
    VIOLATION = 3


_LEVELS = {SHACL + severity.name.capitalize(): severity for severity in Severity}


@dataclass(frozen=True)
class Node:
    """An RDF term in a report. The value of a blank node is its label with `_:` before it; no datatype: xsd:string."""

    value: str
    kind: Kind = Kind.IRI
    datatype: str | None = None
    language: str | None = None

    def __str__(self) -> str:
        return {Kind.IRI: f"<{self.value}>", Kind.BLANK: self.value}.get(self.kind) or repr(self.value)

    def sort_key(self) -> tuple[str, int, str, str]:
        """Return what terms are sorted by."""
        return (self.value, int(self.kind), self.datatype or "", self.language or "")


@dataclass(frozen=True)
class Result:
    """One result: what is wrong with which node, and the records that the node came from.

    severity and component: IRIs; path: the shape's, or of sh:closed the predicate; value: the value node that is wrong,
    where one is; shape: the source shape, an IRI or a blank node; origin: where that shape stands; messages: the
    shape's texts with their languages, or one of ours where it has none; records: file and row of each record that
    describes the focus node, empty where the data has none.
    """

    severity: str
    focus: Node
    path: Path | None
    value: Node | None
    shape: Node
    component: str
    messages: tuple[Node, ...]
    origin: Position | None = None
    records: tuple[Position, ...] = ()

    @property
    def level(self) -> Severity:
        """The severity among SHACL's three."""
        return level(self.severity)

    @property
    def message(self) -> str:
        """The messages as one text: those in English or without a language, where there are any; else the component."""
        plain = [each.value for each in self.messages if (each.language or "en").lower().partition("-")[0] == "en"]
        told = " ".join(plain or [each.value for each in self.messages])
        return told if told.strip() else self.component.rpartition("#")[2]

    def sort_key(self) -> tuple[object, ...]:
        """Return what reports are sorted by: the worst first, then shape, file and row."""
        places = tuple((record.file, record.row or record.line or 0) for record in self.records)
        value = self.value.sort_key() if self.value else ()
        return (
            -self.level,
            self.shape.value,
            places,
            self.focus.sort_key(),
            str(self.path or ""),
            value,
            self.component,
            self.message,
        )


@dataclass(frozen=True)
class Report:
    """All results, sorted; what was not listed; and what deserves a look though nothing is wrong.

    unlisted: the level of each result beyond the most that were asked for, with how many there are; idle_shapes: the
    IRIs of shapes with targets that no node was held to (they pass vacuously); notes: sentences, such as that a shape
    was held by pySHACL.
    """

    results: tuple[Result, ...]
    idle_shapes: tuple[str, ...] = ()
    unlisted: tuple[tuple[Severity, int], ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def conforms(self) -> bool:
        """Whether there is no result at all, as SHACL defines it."""
        return not self.results and not self.unlisted

    @property
    def violations(self) -> tuple[Result, ...]:
        """The listed results that a gate refuses."""
        return tuple(result for result in self.results if result.level is Severity.VIOLATION)

    @property
    def more(self) -> int:
        """How many results are counted and not listed."""
        return sum(count for _, count in self.unlisted)

    def counts(self) -> dict[str, int]:
        """Return how many results there are of each severity, listed or not."""
        found = Counter(result.level for result in self.results) + Counter(dict(self.unlisted))
        return {severity.name.lower(): found[severity] for severity in sorted(Severity, reverse=True)}

    def reaches(self, least: Severity) -> bool:
        """Whether there is a result of this severity or a worse one."""
        counts = self.counts()
        return any(counts[severity.name.lower()] for severity in Severity if severity >= least)

    def remarks(self) -> Iterator[str]:
        """Yield a sentence for each shape that no node was held to, and the notes."""
        yield from (no_node(f"<{shape}>") for shape in self.idle_shapes)
        yield from self.notes


def no_node(shape: str) -> str:
    """Return a sentence that says that no node was held to a shape."""
    return f"no node was held to {shape}; is its target spelled as in the data (http or https)?"


def level(severity: str) -> Severity:
    """Return which of SHACL's severities an IRI is: one of a vocabulary of its own counts as a violation."""
    return _LEVELS.get(severity, Severity.VIOLATION)


def in_order(results: Iterable[Result]) -> tuple[Result, ...]:
    """Return results in the order of a report."""
    return tuple(sorted(results, key=Result.sort_key))

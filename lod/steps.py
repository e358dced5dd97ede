"""The steps of a trail: claim -> quote -> source -> sources behind it -> input row."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from lod.vocab import CSVW, NS, PROV, RDFS, SCHEMA


class Statements(Protocol):
    """Statements that can be followed."""

    def objects(self, subject: str, predicate: str) -> Sequence[str]:
        """Return the objects of a subject's predicate, in order."""

    def rows(self, node: str) -> Sequence[str]:
        """Return the rows that describe a node."""


@dataclass(frozen=True)
class Step:
    """One node of a trail: its role towards the step before, IRI, label, details, and what it leads to."""

    role: str
    iri: str
    label: str
    details: tuple[str, ...]
    steps: tuple["Step", ...]

    def iris(self) -> Iterator[str]:
        """Yield the IRI of this step and of all behind it."""
        yield self.iri
        for step in self.steps:
            yield from step.iris()


# What is followed from a node, in the order in which a person reads it: role and predicate.
_AHEAD = (
    ("said by", SCHEMA + "author"),
    ("states", NS + "states"),
    ("in the words", SCHEMA + "citation"),
    ("looked up", NS + "anchor"),
    ("quoted from", PROV + "wasQuotedFrom"),
    ("read in", SCHEMA + "appearance"),
    ("part of", SCHEMA + "isPartOf"),
    ("revision of", PROV + "wasRevisionOf"),
    ("rests on", SCHEMA + "isBasedOn"),
    ("published by", SCHEMA + "publisher"),
    ("known through", NS + "knownThrough"),
    ("withdrawn by", PROV + "wasInvalidatedBy"),
    ("derived from", PROV + "wasDerivedFrom"),
)
_LABELS = (RDFS + "label", SCHEMA + "text", NS + "asWorded")
_DETAILS = (
    ("at", NS + "locator"),
    ("of", SCHEMA + "datePublished"),
    ("at", SCHEMA + "url"),
)


def walk(statements: Statements, claim: str) -> Step:
    """Return the trail of a claim; a node that was shown before is named again, and leads no further."""
    return _Walk(statements, set()).step("claim", claim)


@dataclass
class _Walk:
    statements: Statements
    shown: set[str]

    def step(self, role: str, iri: str) -> Step:
        objects = self.statements.objects
        label = next((text for each in _LABELS for text in objects(iri, each)), iri.rpartition("/")[2])
        details = [
            f"{name} {text}" for name, predicate in _DETAILS for text in objects(iri, predicate) if text != label
        ]
        behind = () if iri in self.shown else tuple(self._behind(iri))
        return Step(role, iri, label, tuple(details), behind)

    def _behind(self, iri: str) -> Iterator[Step]:
        self.shown.add(iri)
        seen: set[str] = set()
        for role, predicate in _AHEAD:
            for target in self.statements.objects(iri, predicate):
                if target not in seen:
                    seen.add(target)
                    yield self.step(role, target)
        for row in self.statements.rows(iri):
            yield self._row(row)

    def _row(self, row: str) -> Step:
        inputs = self.statements.objects(row, PROV + "wasDerivedFrom")
        files = [label for each in inputs for label in self.statements.objects(each, RDFS + "label")]
        number = " ".join(self.statements.objects(row, CSVW + "rownum"))
        return Step("input row", row, f"{', '.join(files)} row {number}".strip(), (), ())

"""The claims of a release compared: where each goes back to, which state the same, and which cannot both hold."""

from collections import defaultdict
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

import ibis.expr.types as ir

from lod.engine import Engine, open_engine
from lod.errors import ReleaseError
from lod.lineage import Lineage, lineage, published
from lod.load import load
from lod.quad import TRIPLE
from lod.release.write import DATASET_FILE
from lod.triples import triples
from lod.vocab import RDFS


@dataclass(frozen=True)
class Named:
    """A node: its IRI, and its label (the IRI where it has none)."""

    iri: str
    label: str


@dataclass(frozen=True)
class Root(Named):
    """A root of a claim. kind: firstHand, unknown or unseen."""

    kind: str


@dataclass(frozen=True)
class Compared:
    """A claim, what it is about, and its roots. said: the same where two claims on one variable state the same."""

    event: Named
    variable: Named
    claim: Named
    said: str
    roots: tuple[Root, ...]


@dataclass(frozen=True)
class Opposed:
    """Two claims that cannot both hold. same_root: whether they are two appearances of one report."""

    event: Named
    variable: Named
    one: Named
    other: Named
    same_root: bool


@dataclass(frozen=True)
class Candidate:
    """Sources that may be one.

    because: sameAddress, archiveCopy, sameText or nearText; group: what their addresses have in common, or, where it is
    their texts, the candidate's IRI; similarity: how alike texts are that are not the same, a decimal.
    """

    group: str
    because: str
    similarity: str | None
    sources: tuple[Named, ...]


@dataclass(frozen=True)
class Comparison:
    """The claims that state a value, those that contradict each other, parts that exceed wholes, sources alike."""

    claims: tuple[Compared, ...]
    contradictions: tuple[Opposed, ...]
    excesses: tuple[tuple[Named, Named], ...]
    duplicates: tuple[Candidate, ...]


def compare_claims(release: Path) -> Comparison:
    """Compute all of it anew from what a release (a folder) says; raise ReleaseError where there is none.

    Stored texts are not in a release: which sources have texts that are alike is taken from what it says of that.
    """
    path = release / DATASET_FILE
    if not path.is_file():
        raise ReleaseError(f"there is no release in {release}", hint="`lod build` makes one.")
    with open_engine() as engine:
        statements = triples(engine, load(engine, [path], ReleaseError)).select(*TRIPLE)
        found = lineage(engine, statements, published(engine, statements))
        return _Reader(engine, _labels(engine, statements)).comparison(found)


def _labels(engine: Engine, statements: ir.Table) -> dict[str, str]:
    said = statements.filter(statements.predicate == RDFS + "label")
    rows = engine.rows(said.group_by("subject").aggregate(label=said.object.min()))
    return {row["subject"]: row["label"] for row in rows}


@dataclass(frozen=True)
class _Reader:
    engine: Engine
    labels: dict[str, str]

    def comparison(self, found: Lineage) -> Comparison:
        excesses = self.engine.rows(found.excesses.order_by("part", "whole"))
        return Comparison(
            self.claims(found),
            self.contradictions(found),
            tuple((self.named(row["part"]), self.named(row["whole"])) for row in excesses),
            self.duplicates(found),
        )

    def duplicates(self, found: Lineage) -> tuple[Candidate, ...]:
        rows = self.engine.rows(found.duplicates.order_by("because", "address", "source"))
        groups = groupby(rows, key=lambda row: (row["address"], row["because"], row["similarity"]))
        return tuple(Candidate(*key, tuple(self.named(row["source"]) for row in same)) for key, same in groups)

    def claims(self, found: Lineage) -> tuple[Compared, ...]:
        roots: dict[str, list[Root]] = defaultdict(list)
        for row in self.engine.rows(found.roots.order_by("claim", "root")):
            named = self.named(row["root"])
            roots[row["claim"]].append(Root(named.iri, named.label, row["kind"]))
        stated = found.stated.order_by("event", "variable", "key", "claim")
        return tuple(
            Compared(
                self.named(row["event"]),
                self.named(row["variable"]),
                self.named(row["claim"]),
                row["key"],
                tuple(roots[row["claim"]]),
            )
            for row in self.engine.rows(stated)
        )

    def contradictions(self, found: Lineage) -> tuple[Opposed, ...]:
        rows = self.engine.rows(found.contradictions.order_by("event", "variable", "one", "other"))
        names = ("event", "variable", "one", "other")
        return tuple(
            Opposed(**{name: self.named(row[name]) for name in names}, same_root=row["same_root"]) for row in rows
        )

    def named(self, iri: str) -> Named:
        return Named(iri, self.labels.get(iri, iri))

"""Claims that say another thing than in the last release, under the same id."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import ibis.expr.types as ir

from lod.difference.compare import changed_claims
from lod.difference.side import Side
from lod.engine import DuckDbEngine
from lod.entities import TERMS
from lod.errors import ReleaseError
from lod.load import load
from lod.release.write import DATASET_FILE
from lod.triples import triples

_SAYS = ("event", "value", "wording", "claimant", "grounds")  # another claim, where one of these is another


@dataclass(frozen=True, order=True)
class Altered:
    """A claim that was published, and says another thing now. release: the folder that has it; what: what changed."""

    iri: str
    release: str
    what: tuple[str, ...]

    def __str__(self) -> str:
        words = ", ".join(self.what)
        hint = "if it is no slip of ours, give the new claim an id of its own and let it revise this one (revision_of)"
        return f"{self.iri} says another thing than in {self.release} ({words}): {hint}"


def altered(
    engine: DuckDbEngine, release: Path, statements: ir.Table, base: str, kinds: Sequence[str]
) -> tuple[Altered, ...]:
    """Return the claims of a release (a folder; if there is none, none) of which statements (`TRIPLE`) say otherwise.

    kinds: what an entity's IRI goes on with behind the base. A claim that is withdrawn or gone is none of them. Raises
    ReleaseError where the release cannot be read.
    """
    path = release / DATASET_FILE
    if not path.is_file():
        return ()
    published = triples(engine, load(engine, [path], ReleaseError))
    before = Side(engine, published.select(*TERMS).distinct(), base, tuple(kinds), later=False)
    after = Side(engine, statements.select(*TERMS).distinct(), base, tuple(kinds), later=True)
    found = ((fate.iri, {change.what for change in fate.changes}) for fate in changed_claims(engine, before, after))
    told = ((iri, tuple(word for word in _SAYS if word in words)) for iri, words in found)
    return tuple(Altered(iri, release.resolve().name, words) for iri, words in told if words)

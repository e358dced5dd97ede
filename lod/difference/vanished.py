"""Claims that were published, and that the records do not have any more: neither withdrawn, retracted nor revised."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import ibis.expr.types as ir
import pyarrow as pa

from lod.difference.changes import INCOMING
from lod.difference.side import CLAIMS
from lod.engine import Engine
from lod.errors import ReleaseError
from lod.formats.read import open_lines, parse_line
from lod.release.write import DATASET_FILE
from lod.terms import RDF_TYPE


@dataclass(frozen=True, order=True)
class Vanished:
    """A claim that is gone without a word. release: the folder of the release that has it."""

    iri: str
    release: str

    def __str__(self) -> str:
        return f"{self.iri} is in {self.release} and gone now: withdraw it (withdrawn_at), and its address lives on"


def vanished(engine: Engine, release: Path, statements: ir.Table) -> tuple[Vanished, ...]:
    """Return the claims of a release (a folder; if there is none, none) on which statements (`TRIPLE`) say nothing.

    A tombstone counts as a claim: it stays for good. Raises ReleaseError where the release cannot be read.
    """
    path = release / DATASET_FILE
    if not path.is_file():
        return ()
    published = engine.materialise("published", pa.table({"claim": pa.array(set(_claims(path)), pa.string())}))
    typed = statements.filter((statements.predicate == RDF_TYPE) & statements.object.isin(CLAIMS))
    linked = statements.filter(statements.predicate.isin(sorted(INCOMING)))
    known = typed.select(claim="subject").union(linked.select(claim="object"))
    gone = published.anti_join(known, "claim").order_by("claim")
    return tuple(Vanished(row["claim"], release.resolve().name) for row in engine.rows(gone))


def _claims(path: Path) -> Iterator[str]:
    """Yield the claims of a dump; only its lines that name the class are parsed."""
    marks = [f" <{RDF_TYPE}> <{class_}> ".encode() for class_ in CLAIMS]
    with open_lines(path, str(path), ReleaseError) as lines:
        for number, line in enumerate(lines.stream, 1):
            if any(mark in line for mark in marks):
                found = parse_line(line, number, lines)
                yield from (quad.subject for quad in found if quad.predicate == RDF_TYPE and quad.object in CLAIMS)

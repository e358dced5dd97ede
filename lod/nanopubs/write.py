"""Nanopublications as TriG, one after the other. https://www.w3.org/TR/trig/."""

from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path

import ibis.expr.types as ir

from lod.engine import Engine
from lod.formats import TRIG, Form, Prologue
from lod.formats.names import Names
from lod.formats.subjects import Node, node
from lod.formats.turtle import TurtleNodes, turtle_head
from lod.nanopubs.nanopub import Nanopub, by_claim
from lod.nanopubs.parts import claim_statements
from lod.project import Dataset
from lod.quad import Quad
from lod.release.check import check_documents
from lod.release.write import Document, Written
from lod.vocab import NP

NANOPUBS = "nanopubs.trig"


def write_nanopubs(engine: Engine, statements: ir.Table, dataset: Dataset, prologue: Prologue, folder: Path) -> None:
    """Write the nanopublications of the claims among statements (`TRIPLE`) into `NANOPUBS`; nothing without claims.

    Raises ReleaseError where what was written does not read as what was to be written.
    """
    batches = engine.batches(claim_statements(engine, statements))
    rows = (row for batch in batches for row in zip(*(column.to_pylist() for column in batch.columns), strict=True))
    path, count = folder / NANOPUBS, 0
    prefixes = {**prologue.prefixes, "np": NP}
    nodes = TurtleNodes(Names(prologue.base, prefixes, "<", ">"))
    with path.open("w", encoding="utf-8") as stream:
        stream.write(turtle_head(prologue.base, prefixes))
        for each in by_claim(rows, dataset):
            count += len(each.quads)
            stream.writelines(_blocks(each, nodes))
    check_documents(folder, Written(count, (Document(NANOPUBS, Form(TRIG)),)), prologue)
    if not count:
        path.unlink()


def _blocks(made: Nanopub, nodes: TurtleNodes) -> Iterator[str]:
    for graph, own in groupby(made.quads, key=lambda quad: quad.graph):
        yield f"\n{nodes.name(graph)} {{{''.join(map(nodes.node, _gathered(own)))}}}\n"


def _gathered(quads: Iterable[Quad]) -> Iterator[Node]:
    """Gather statements of one graph by subject and predicate."""
    ordered = sorted(quads, key=lambda quad: tuple(map(str, quad)))
    for subject, own in groupby(ordered, key=lambda quad: quad.subject):
        yield node(subject, "", own)

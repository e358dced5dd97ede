"""Nanopublications as TriG, one after the other. https://www.w3.org/TR/trig/."""

from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path

import ibis.expr.types as ir
import pyoxigraph as ox

from lod.engine import Engine
from lod.errors import Position, ReleaseError
from lod.formats import Prologue
from lod.formats.names import Names
from lod.formats.subjects import Node, Object
from lod.formats.turtle import TurtleNodes, turtle_head
from lod.nanopubs.nanopub import Nanopub, by_claim
from lod.nanopubs.parts import claim_statements
from lod.project import Dataset
from lod.quad import Quad
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
    _check(path, count)
    if not count:
        path.unlink()


def _blocks(made: Nanopub, nodes: TurtleNodes) -> Iterator[str]:
    for graph, own in groupby(made.quads, key=lambda quad: quad.graph):
        yield f"\n{nodes.name(graph)} {{{''.join(map(nodes.node, _gathered(own)))}}}\n"


def _gathered(quads: Iterable[Quad]) -> Iterator[Node]:
    """Gather statements of one graph by subject and predicate."""
    ordered = sorted(quads, key=lambda quad: tuple(map(str, quad)))
    for subject, own in groupby(ordered, key=lambda quad: quad.subject):
        pairs = [
            (predicate, [Object(quad.object, quad.kind, quad.datatype, quad.language) for quad in same])
            for predicate, same in groupby(own, key=lambda quad: quad.predicate)
        ]
        yield Node(subject, "", pairs)


def _check(path: Path, count: int) -> None:
    try:
        found = sum(1 for _ in ox.parse(path=path, format=ox.RdfFormat.TRIG))
    except (SyntaxError, ValueError) as error:
        raise ReleaseError(f"does not read as TriG: {error}", at=Position(path.name)) from error
    if found != count:
        raise ReleaseError(f"{found} statements were read again of {count}", at=Position(path.name))

"""Batches of statements gathered by subject, for the syntaxes that write a subject once."""

from collections.abc import Iterator
from itertools import groupby
from typing import NamedTuple

import pyarrow as pa


class Object(NamedTuple):
    """An object as it stands in a batch."""

    value: str
    kind: int
    datatype: str | None
    language: str | None


class Node(NamedTuple):
    """A subject in one graph, with its predicates and objects in order."""

    subject: str
    graph: str
    pairs: list[tuple[str, list[Object]]]


class Gatherer:
    """Takes batches, gives whole nodes; the last subject of a batch waits for the next."""

    def __init__(self) -> None:
        self._held: list[tuple[str, ...]] = []

    def take(self, batch: pa.RecordBatch) -> Iterator[Node]:
        """Yield the nodes that are complete."""
        columns = ("subject", "predicate", "object", "kind", "datatype", "language", "graph")
        rows = [*self._held, *zip(*(batch[name].to_pylist() for name in columns), strict=True)]
        cut = next((index for index, row in enumerate(rows) if row[0] == rows[-1][0]), 0)
        self._held = rows[cut:]
        return _nodes(rows[:cut])

    def finish(self) -> Iterator[Node]:
        """Yield the node that was held back."""
        held, self._held = self._held, []
        return _nodes(held)


def _nodes(rows: list[tuple[str, ...]]) -> Iterator[Node]:
    for subject, statements in groupby(rows, key=lambda row: row[0]):
        by_graph: dict[str, list[tuple[str, Object]]] = {}
        for _, predicate, value, kind, datatype, language, graph in statements:
            by_graph.setdefault(graph, []).append((predicate, Object(value, int(kind), datatype, language)))
        for graph, pairs in sorted(by_graph.items()):
            grouped = groupby(pairs, key=lambda pair: pair[0])
            yield Node(subject, graph, [(predicate, [pair[1] for pair in found]) for predicate, found in grouped])

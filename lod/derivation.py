"""Derivation: by which steps a claim or a source goes back to its roots (see lod/lineage/roots.py for the rule)."""

from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from lod.terms import RDF_TYPE
from lod.vocab import PROV, SCHEMA


class Objects(Protocol):
    """Statements that can be followed from subject to object."""

    def objects(self, subject: str, predicate: str) -> Sequence[str]:
        """Return the objects of a subject's predicate, in order."""


@dataclass(frozen=True)
class Hop:
    """A step of a derivation: the words for it, and the node that it leads to."""

    how: str
    iri: str


def ways(statements: Objects, start: str) -> dict[str, tuple[Hop, ...]]:
    """Return a shortest way from a claim or source to each of its roots; no hop where it is a root itself.

    A claim is never a root: one that neither rests on anything nor was read anywhere has none.
    """
    found: dict[str, tuple[Hop, ...]] = {}
    reached: dict[str, tuple[Hop, ...]] = {start: ()}
    waiting = deque([start])
    while waiting:
        node = waiting.popleft()
        hops = list(_hops(statements, node))
        if not hops and not _is_claim(statements, node):
            found[node] = reached[node]
        for hop in hops:
            if hop.iri not in reached:
                reached[hop.iri] = (*reached[node], hop)
                waiting.append(hop.iri)
    return found


def _hops(statements: Objects, node: str) -> Iterator[Hop]:
    if not _is_claim(statements, node):
        yield from (Hop("derives from", iri) for iri in statements.objects(node, PROV + "wasDerivedFrom"))
    elif grounds := statements.objects(node, SCHEMA + "isBasedOn"):
        yield from (Hop("rests on", iri) for iri in grounds)
    else:
        yield from (Hop("read in", iri) for iri in statements.objects(node, SCHEMA + "appearance"))


def _is_claim(statements: Objects, node: str) -> bool:
    return SCHEMA + "Claim" in statements.objects(node, RDF_TYPE)

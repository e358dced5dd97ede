"""A document for each entity, in Turtle and JSON-LD, so that a plain file host is a host of linked data."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from operator import itemgetter
from pathlib import Path

import pyarrow as pa

from lod.formats import JSONLD, TURTLE, Prologue
from lod.formats.compact import Compactor
from lod.formats.frame import framed
from lod.formats.names import Names
from lod.formats.subjects import Node, Object
from lod.formats.turtle import TurtleNodes, turtle_head
from lod.release.slug import slug

CONTEXT = "context.jsonld"
_COLUMNS = ("document", "subject", "predicate", "object", "kind", "datatype", "language")


@dataclass(frozen=True)
class Entity:
    """An entity: its IRI, the path of its documents without suffix, and the nodes that they describe."""

    iri: str
    path: str
    nodes: tuple[Node, ...]

    @cached_property
    def by_subject(self) -> dict[str, Node]:
        """The nodes by their IRI."""
        return {node.subject: node for node in self.nodes}


def entities(batches: Iterable[pa.RecordBatch], base: str) -> Iterator[Entity]:
    """Yield the entities of batches (`document` and a statement's terms), sorted by document and subject."""
    rows = (row for batch in batches for row in zip(*(batch[name].to_pylist() for name in _COLUMNS), strict=True))
    for iri, own in groupby(rows, key=itemgetter(0)):
        yield Entity(iri, path_of(iri, base), tuple(_nodes(own)))


def path_of(iri: str, base: str) -> str:
    """Return the path of an entity's documents in the release, without suffix."""
    kind, _, name = iri.removeprefix(base).partition("/")
    return f"{kind}/{slug(name)}"


def _nodes(rows: Iterable[tuple[str, ...]]) -> Iterator[Node]:
    for subject, own in groupby(rows, key=itemgetter(1)):
        pairs = [
            (predicate, [Object(*row[3:]) for row in same])  # type: ignore[arg-type]  # kind is a number
            for predicate, same in groupby(own, key=itemgetter(2))
        ]
        yield Node(subject, "", pairs)


class DocumentWriter:
    """Writes the documents of entities below a folder."""

    def __init__(self, folder: Path, prologue: Prologue) -> None:
        self._folder = folder
        self._turtle = TurtleNodes(Names(prologue.base, prologue.prefixes, "<", ">"))
        self._head = turtle_head(prologue.base, prologue.prefixes)
        self._compactor = Compactor(prologue.jsonld_context, prologue.base)
        self._context = f'"@context": ["../{CONTEXT}", {{"@base": "{prologue.base}"}}]'

    def write(self, entity: Entity) -> None:
        """Write an entity's documents."""
        place = self._folder / entity.path
        place.parent.mkdir(exist_ok=True)
        place.with_suffix(TURTLE.suffix).write_bytes(self._turtle_text(entity).encode())
        place.with_suffix(JSONLD.suffix).write_bytes(self._jsonld_text(entity).encode())

    def _turtle_text(self, entity: Entity) -> str:
        first = sorted(entity.nodes, key=lambda node: node.subject != entity.iri)
        return self._head + "".join(map(self._turtle.node, first))

    def _jsonld_text(self, entity: Entity) -> str:
        if any(map(self._compactor.is_confused_by, entity.nodes)):
            tree = framed(entity.iri, entity.nodes, self._compactor.plain)
            return f"{tree}\n"
        tree = framed(entity.iri, entity.nodes, self._compactor)
        return f"{{{self._context},{tree.removeprefix('{')}\n"

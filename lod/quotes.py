"""The quotes of a project, each looked up in the stored text of its source."""

from dataclasses import dataclass, fields
from typing import Any

from lod.anchors import NOT_FOUND, Place, anchors
from lod.compile import compile_project
from lod.engine import open_engine
from lod.mapping import read_mappings
from lod.project import Project
from lod.triples import triples


@dataclass(frozen=True)
class Anchor:
    """What is found of a quote in a source that it should stand in; quote and source are IRIs.

    anchoring: foundExactly, foundFolded, notFound, or noText where no text of the source is stored; place: where it
    stands; snapshot, text_sha256, extractor: the stored bytes, the hash of their text, and what read it.
    """

    quote: str
    source: str
    words: str
    anchoring: str
    place: Place | None
    snapshot: str | None
    text_sha256: str | None
    extractor: str | None

    @property
    def missing(self) -> bool:
        """Whether there is a text, and the quote is not in it."""
        return self.anchoring == NOT_FOUND


def find_quotes(project: Project) -> tuple[Anchor, ...]:
    """Look up each quote of the records that can be mapped, valid or not; sorted by source and quote.

    Raises ProjectError, MappingError or InputError where something cannot be read, or a stored text is not what was
    stored.
    """
    mapping = read_mappings(project.mapping_files(), project.dataset.base)
    with open_engine() as engine:
        graph = compile_project(engine, project, mapping)
        found = anchors(engine, triples(engine, graph.tables), project.root)
        return tuple(map(_anchor, engine.rows(found.order_by("source", "quote", "snapshot"))))


def _anchor(row: dict[str, Any]) -> Anchor:
    place = {field.name: row[field.name] for field in fields(Place)}
    others = {field.name: row[field.name] for field in fields(Anchor) if field.name != "place"}
    return Anchor(**others, place=None if row["start"] is None else Place(**place))

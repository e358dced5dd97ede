"""Mappings: documents are read by a front end each, joined into one frozen model, and checked."""

from collections.abc import Iterable
from collections.abc import Mapping as Given
from pathlib import Path

from lod.errors import MappingError, Position
from lod.mapping.check import check_references
from lod.mapping.links import linked
from lod.mapping.model import Mapping, TriplesMap

__all__ = ["read_mappings"]

YARRRML_SUFFIXES = (".yml", ".yaml", ".yarrrml")


def read_mappings(documents: Iterable[tuple[Path, str]], base: str, external: Given[str, str] | None = None) -> Mapping:
    """Read mapping documents (each a path and the name that messages use) into one checked mapping.

    external: values for external references of YARRRML, which go before those of the documents. Raises MappingError
    with file and line: an unreadable document, a name used twice, a join with no such parent.
    """
    read = [_read(path, name, base, external or {}) for path, name in documents]
    triples_maps = linked(item for mapping in read for item in mapping.triples_maps)
    prefixes = {prefix: iri for mapping in read for prefix, iri in mapping.prefixes}
    _check_names(triples_maps)
    check_references(triples_maps)
    return Mapping(triples_maps, tuple(sorted(prefixes.items())))


def _read(path: Path, name: str, base: str, external: Given[str, str]) -> Mapping:
    """Read a document by its front end; no more of them are loaded than the documents need."""
    if path.suffix in YARRRML_SUFFIXES:
        from lod.mapping.yarrrml import read_yarrrml

        return read_yarrrml(path, name, base, external)
    from lod.mapping.rml import read_rml

    return read_rml(path, name, base)


def _check_names(triples_maps: tuple[TriplesMap, ...]) -> None:
    positions: dict[str, Position] = {}
    for triples_map in triples_maps:
        first = positions.setdefault(triples_map.name, triples_map.position)
        if first is not triples_map.position:
            raise MappingError(f"the mapping {triples_map.name!r} stands at {first} too", at=triples_map.position)

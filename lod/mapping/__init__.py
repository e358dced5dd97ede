"""Mappings: documents are read by a front end each, joined into one frozen model, and checked."""

from collections.abc import Callable, Iterable
from pathlib import Path

from lod.errors import MappingError, Position, did_you_mean
from lod.mapping.check import check_references
from lod.mapping.model import Join, Mapping, TriplesMap
from lod.mapping.rml import read_rml
from lod.mapping.yarrrml import read_yarrrml

__all__ = ["read_mappings"]

YARRRML_SUFFIXES = (".yml", ".yaml")


def read_mappings(documents: Iterable[tuple[Path, str]], base: str) -> Mapping:
    """Read mapping documents (each a path and the name that messages use) into one checked mapping.

    Raises MappingError with file and line: an unreadable document, a name used twice, a join with no such parent.
    """
    read = [_reader(path)(path, name, base) for path, name in documents]
    triples_maps = tuple(item for mapping in read for item in mapping.triples_maps)
    prefixes = {prefix: iri for mapping in read for prefix, iri in mapping.prefixes}
    _check_names(triples_maps)
    check_references(triples_maps)
    return Mapping(triples_maps, tuple(sorted(prefixes.items())))


def _reader(path: Path) -> Callable[[Path, str, str], Mapping]:
    return read_yarrrml if path.suffix in YARRRML_SUFFIXES else read_rml


def _check_names(triples_maps: tuple[TriplesMap, ...]) -> None:
    positions: dict[str, Position] = {}
    for triples_map in triples_maps:
        first = positions.setdefault(triples_map.name, triples_map.position)
        if first is not triples_map.position:
            raise MappingError(f"the mapping {triples_map.name!r} stands at {first} too", at=triples_map.position)
    for join in _joins(triples_maps):
        if join.parent not in positions:
            hint = did_you_mean(join.parent, positions)
            raise MappingError(f"there is no mapping {join.parent!r} to join", at=join.position, hint=hint)


def _joins(triples_maps: tuple[TriplesMap, ...]) -> list[Join]:
    pairs = [pair for triples_map in triples_maps for pair in triples_map.predicate_objects]
    return [item for pair in pairs for item in pair.objects if isinstance(item, Join)]

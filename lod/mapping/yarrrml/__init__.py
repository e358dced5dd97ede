"""The YARRRML front end: a document becomes frozen triples maps. https://rml.io/yarrrml/spec/."""

from collections.abc import Mapping as Given
from pathlib import Path

from lod.errors import MappingError, Position
from lod.mapping.model import Mapping
from lod.mapping.yarrrml.authors import check_authors
from lod.mapping.yarrrml.expressions import Scope
from lod.mapping.yarrrml.externals import fill_in
from lod.mapping.yarrrml.keys import AUTHORS, BASE, EXTERNAL, MAPPINGS, PREFIXES, SOURCES, TARGETS
from lod.mapping.yarrrml.prefixes import PREDEFINED, absolute_iri, declared_prefixes
from lod.mapping.yarrrml.sources import named_sources
from lod.mapping.yarrrml.targets import named_targets
from lod.mapping.yarrrml.tree import Map, Node, entries, scalar
from lod.mapping.yarrrml.triples_maps import triples_maps
from lod.mapping.yarrrml.yaml import read

__all__ = ["read_yarrrml"]

_KEYS = (BASE, PREFIXES, EXTERNAL, AUTHORS, SOURCES, TARGETS, MAPPINGS)


def read_yarrrml(path: Path, name: str, base: str, external: Given[str, str]) -> Mapping:
    """Read one YARRRML document.

    name: how messages call it; base: what relative IRIs continue if it has none; external: values for external
    references, which go before its own. Raises MappingError with file and line.
    """
    try:
        return _document(fill_in(read(path, name), external), base)
    except RecursionError:
        raise MappingError("nested too deeply, or a node that holds itself", at=Position(name, 1, 1)) from None


def _document(document: Map, base: str) -> Mapping:
    document.allow("a mapping document", *_KEYS)
    check_authors(document.get(AUTHORS))
    prefixes = declared_prefixes(document.get(PREFIXES))
    targets = named_targets(document.get(TARGETS))
    scope = Scope(PREDEFINED | prefixes, _own_base(document.get(BASE), base), targets)
    named = named_sources(document.get(SOURCES), scope)
    mappings = entries(document.require(MAPPINGS), "'mappings'", "names to mappings")
    maps = tuple(item for key, node in mappings for item in triples_maps(key, node, named, scope))
    return Mapping(maps, tuple((prefix, iri) for prefix, iri in prefixes.items() if prefix))


def _own_base(node: Node | None, base: str) -> str:
    return base if node is None else absolute_iri(scalar(node, "'base'"))

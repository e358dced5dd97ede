"""The YARRRML front end: a document becomes frozen triples maps. https://rml.io/yarrrml/spec/."""

from pathlib import Path

from lod.errors import MappingError
from lod.mapping.model import Mapping
from lod.mapping.yarrrml.expressions import Scope
from lod.mapping.yarrrml.sources import named_sources
from lod.mapping.yarrrml.tree import Map, Node, read, scalar
from lod.mapping.yarrrml.triples_maps import triples_maps
from lod.terms import XSD
from lod.vocab import FN, RDF, RDFS

__all__ = ["read_yarrrml"]

_KEYS = ("prefixes", "base", "authors", "sources", "mappings", "mapping", "m")
_PREDEFINED = {"rdf": RDF, "rdfs": RDFS, "xsd": XSD, "fn": FN}


def read_yarrrml(path: Path, name: str, base: str) -> Mapping:
    """Read one YARRRML document; `name` is how messages call it, `base` what relative IRIs continue if it has none.

    Raises MappingError with file and line.
    """
    document = read(path, name)
    document.allow(_KEYS, "a mapping document")
    own_base = document.get("base")
    prefixes = _prefixes(document.get("prefixes"))
    scope = Scope(_PREDEFINED | prefixes, scalar(own_base, "'base'").text if own_base else base)
    named = named_sources(document.get("sources"), scope)
    mappings = document.require("mappings", "mapping", "m")
    if not isinstance(mappings, Map):
        raise MappingError("'mappings' is a map of names to mappings", at=mappings.position)
    maps = tuple(item for key, node in mappings.entries for item in triples_maps(key, node, named, scope))
    return Mapping(maps, tuple(prefixes.items()))


def _prefixes(node: Node | None) -> dict[str, str]:
    if node is None:
        return {}
    if not isinstance(node, Map):
        raise MappingError("'prefixes' is a map of prefixes to IRIs", at=node.position)
    return {key.text: scalar(value, "a prefix's IRI").text for key, value in node.entries}

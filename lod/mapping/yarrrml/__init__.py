"""The YARRRML front end: a document becomes frozen triples maps. https://rml.io/yarrrml/spec/."""

import re
from pathlib import Path

from lod.errors import MappingError
from lod.mapping.model import Mapping
from lod.mapping.yarrrml.expressions import Scope
from lod.mapping.yarrrml.sources import named_sources
from lod.mapping.yarrrml.tree import Map, Node, Scalar, read, scalar
from lod.mapping.yarrrml.triples_maps import triples_maps
from lod.terms import IRI_PATTERN, XSD
from lod.vocab import FN, RDF, RDFS

__all__ = ["read_yarrrml"]

_KEYS = ("prefixes", "base", "authors", "sources", "mappings", "mapping", "m")
_PREFIX = "[A-Za-z](?:[A-Za-z0-9_.-]*[A-Za-z0-9_-])?"
_PREDEFINED = {"rdf": RDF, "rdfs": RDFS, "xsd": XSD, "fn": FN}


def read_yarrrml(path: Path, name: str, base: str) -> Mapping:
    """Read one YARRRML document; `name` is how messages call it, `base` what relative IRIs continue if it has none.

    Raises MappingError with file and line.
    """
    document = read(path, name)
    document.allow(_KEYS, "a mapping document")
    own_base = _own_base(document.get("base"), base)
    prefixes = _prefixes(document.get("prefixes"))
    scope = Scope(_PREDEFINED | prefixes, own_base)
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
    return {_prefix(key): _iri(scalar(value, "a prefix's IRI")) for key, value in node.entries}


def _own_base(node: Node | None, base: str) -> str:
    return base if node is None else _iri(scalar(node, "'base'"))


def _prefix(key: Scalar) -> str:
    if not re.fullmatch(_PREFIX, key.text):
        what = f"{key.text!r} is no prefix: one begins with a letter and goes on with letters, digits, _ . -"
        raise MappingError(what, at=key.position)
    return key.text


def _iri(node: Scalar) -> str:
    if not re.fullmatch(IRI_PATTERN, node.text):
        raise MappingError(f"{node.text!r} is no absolute IRI", at=node.position)
    return node.text

"""The RML front end: a document in Turtle, of the current or the former vocabulary, becomes frozen triples maps.

https://kg-construct.github.io/rml-core/spec/docs/
"""

from collections.abc import Iterator
from pathlib import Path

from lod.errors import MappingError, Position
from lod.mapping.model import Mapping
from lod.mapping.rml.graph import Node, RmlGraph
from lod.mapping.rml.triples_maps import triples_map

__all__ = ["read_rml"]


def read_rml(path: Path, name: str, base: str) -> Mapping:
    """Read an RML document; `name` is how messages call it, `base` completes relative IRIs where it has no rml:baseIRI.

    Raises MappingError with file, line and column.
    """
    try:
        found = tuple(triples_map(node, base) for node in _triples_maps(RmlGraph(path, name)))
    except RecursionError:
        raise MappingError("nested too deeply, or a node that holds itself", at=Position(name, 1, 1)) from None
    if not found:
        raise MappingError("there is no triples map in it", at=Position(name, 1, 1))
    return Mapping(found, ())


def _triples_maps(graph: RmlGraph) -> Iterator[Node]:
    """Yield the triples maps: what has a subject map or a logical source, save the functions of the former FNML."""
    functions = {value.value for node in graph.nodes("functionValue") for value in node.all("functionValue")}
    for node in graph.nodes("subjectMap", "subject", "logicalSource", "rdf:type"):
        is_one = node.is_a("TriplesMap") or node.has("subjectMap", "subject", "logicalSource")
        if is_one and node.value not in functions:
            yield node

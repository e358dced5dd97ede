"""YARRRML `mappings`: a triples map for each source and each subject of a mapping.

https://rml.io/yarrrml/spec/#mappings
"""

from collections.abc import Iterator
from dataclasses import replace
from itertools import product

from lod.errors import MappingError
from lod.mapping.model import LogicalSource, TriplesMap
from lod.mapping.yarrrml.expressions import Scope
from lod.mapping.yarrrml.keys import CONDITIONS, GRAPHS, PREDICATE_OBJECTS, SOURCES, SUBJECTS
from lod.mapping.yarrrml.pairs import condition, graphs, predicate_objects
from lod.mapping.yarrrml.sources import mapping_sources
from lod.mapping.yarrrml.terms import subject
from lod.mapping.yarrrml.tree import Map, Node, Null, Scalar, some

_KEYS = (SOURCES, SUBJECTS, PREDICATE_OBJECTS, GRAPHS, CONDITIONS)


def triples_maps(key: Scalar, node: Node, named: dict[str, LogicalSource], scope: Scope) -> Iterator[TriplesMap]:
    """Parse one entry of `mappings`; raise MappingError."""
    if not isinstance(node, Map):
        raise MappingError(f"the mapping {key.text!r} must be a map", at=node.position)
    node.allow(f"the mapping {key.text!r}", *_KEYS)
    sources = mapping_sources(node.require(SOURCES), named, scope)
    subjects = some(node.get(SUBJECTS) or Null(key.position), "a mapping", "subject")
    several = len(sources) * len(subjects) > 1
    for number, (source, subject_) in enumerate(product(sources, subjects), 1):
        name = f"{key.text}-{number}" if several else key.text
        owned = replace(scope, owner=name)
        yield TriplesMap(
            name=name,
            source=source,
            subject=subject(subject_, owned),
            predicate_objects=predicate_objects(node.get(PREDICATE_OBJECTS), owned),
            base=scope.base,
            position=key.position,
            graphs=graphs(node.get(GRAPHS), owned),
            condition=condition(node.get(CONDITIONS), owned),
            group=key.text if several else None,
        )

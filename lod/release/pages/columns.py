"""The data dictionary: which columns of the records a mapping reads, and by which properties they are published."""

from collections.abc import Iterator
from dataclasses import dataclass

from lod.mapping.model import (
    Join,
    LogicalSource,
    Mapping,
    PredicateObjectMap,
    TermMap,
    TriplesMap,
    references,
)
from lod.term_table import Constant


@dataclass(frozen=True)
class Column:
    """A column: its name, whether it may be missing, and the properties whose values are made of it."""

    name: str
    optional: bool
    properties: tuple[str, ...]


def columns(mapping: Mapping) -> dict[str, list[Column]]:
    """Return the columns of each file that triples maps read directly, in the order in which mappings name them.

    A computed field stands for the columns that it is computed from.
    """
    found: dict[str, dict[str, dict[str, None]]] = {}
    optional = {(source.access, name) for source in mapping.inputs() for name in source.optional}
    for triples_map in mapping.triples_maps:
        if isinstance(source := triples_map.source, LogicalSource):
            fields = {field.name: tuple(references(field.expression)) for field in source.fields}
            for name, iri in _uses(triples_map):
                for column in _columns(name, fields):
                    found.setdefault(source.access, {}).setdefault(column, {}).update(dict.fromkeys(iri))
    return {
        file: [Column(name, (file, name) in optional, tuple(iris)) for name, iris in own.items()]
        for file, own in sorted(found.items())
    }


def _columns(name: str, fields: dict[str, tuple[str, ...]]) -> Iterator[str]:
    """Yield the columns behind a name; what begins with # is no column, but where the record is."""
    if name in fields:
        for other in fields[name]:
            yield from _columns(other, fields)
    elif not name.startswith("#"):
        yield name


def _uses(triples_map: TriplesMap) -> Iterator[tuple[str, list[str]]]:
    """Yield the names that a triples map refers to, each with the properties whose values it is for."""
    yield from ((name, []) for name in references(triples_map.subject.expression))
    for pair in triples_map.predicate_objects:
        iris = [each.expression.value for each in pair.predicates if isinstance(each.expression, Constant)]
        yield from ((name, iris) for name in _values(pair))


def _values(pair: PredicateObjectMap) -> Iterator[str]:
    for item in pair.objects:
        if isinstance(item, Join):
            yield from (name for condition in item.conditions for name in references(condition.child))
        else:
            yield from _of_term(item)


def _of_term(item: TermMap) -> Iterator[str]:
    for expression in (item.expression, item.language, item.datatype):
        yield from references(expression)

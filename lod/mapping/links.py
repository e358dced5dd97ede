"""Links between triples maps, made once all documents are read: joins to groups, and inverse predicates.

https://rml.io/yarrrml/spec/#referring-to-other-mappings, https://rml.io/yarrrml/spec/#predicates-and-objects
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from lod.errors import MappingError, did_you_mean
from lod.mapping.condition import conjunction
from lod.mapping.model import Join, JoinCondition, PredicateObjectMap, TermMap, TriplesMap, references


def linked(given: Iterable[TriplesMap]) -> tuple[TriplesMap, ...]:
    """Return the triples maps with a join for each one that a join's name stands for, and a map per inverse predicate.

    Raises MappingError: a join has no such parent, or an inverse predicate of a join depends on the record.
    """
    triples_maps = tuple(given)
    groups: dict[str, list[TriplesMap]] = {}
    for item in triples_maps:
        groups.setdefault(item.group or item.name, []).append(item)
    spread = tuple(_spread(item, groups) for item in triples_maps)
    by_name = {item.name: item for item in spread}
    return tuple(each for item in spread for each in (_plain(item), *_inverses(item, by_name)))


def _spread(child: TriplesMap, groups: dict[str, list[TriplesMap]]) -> TriplesMap:
    def objects(items: Iterable[TermMap | Join]) -> Iterator[TermMap | Join]:
        for item in items:
            yield from _joins(item, child, groups) if isinstance(item, Join) else (gathered(item),)

    def gathered(term: TermMap) -> TermMap:
        made = term.gather and replace(term.gather, members=tuple(objects(term.gather.members)))
        return replace(term, gather=made)

    pairs = (replace(pair, objects=tuple(objects(pair.objects))) for pair in child.predicate_objects)
    return replace(child, subject=gathered(child.subject), predicate_objects=tuple(pairs))


def _joins(join: Join, child: TriplesMap, groups: dict[str, list[TriplesMap]]) -> Iterator[Join]:
    """Yield a join for each triples map of the group; without a condition, for those that read the same records."""
    if join.parent not in groups:
        hint = did_you_mean(join.parent, groups)
        raise MappingError(f"there is no mapping {join.parent!r} to join", at=join.position, hint=hint)
    parents = groups[join.parent]
    same = [parent for parent in parents if parent.source == child.source]
    for parent in parents if join.conditions or not same else same:
        yield replace(join, parent=parent.name)


def _plain(item: TriplesMap) -> TriplesMap:
    pairs = (replace(pair, inverse=()) for pair in item.predicate_objects)
    return replace(item, predicate_objects=tuple(pairs))


def _inverses(child: TriplesMap, by_name: dict[str, TriplesMap]) -> Iterator[TriplesMap]:
    objects = [(pair, item) for pair in child.predicate_objects if pair.inverse for item in pair.objects]
    for number, (pair, item) in enumerate(objects, 1):
        name = f"{child.name}-inverse-{number}"
        if isinstance(item, Join):
            yield from _inverse_join(name, child, pair, item, by_name[item.parent])
        else:
            yield replace(
                child,
                name=name,
                subject=item,
                predicate_objects=(PredicateObjectMap(pair.inverse, (child.subject,), pair.graphs),),
                condition=conjunction(child.condition, pair.condition),
                position=item.position,
            )


def _inverse_join(
    name: str, child: TriplesMap, pair: PredicateObjectMap, join: Join, parent: TriplesMap
) -> Iterator[TriplesMap]:
    """Yield a triples map from the parent's subjects, and the child's that it joins: those that the pair holds for."""
    terms = (*pair.inverse, *pair.graphs, *child.graphs)
    if join.conditions and any(name for term in terms for name in references(term.expression)):
        hint = "Write a mapping from the other side, with a join of its own."
        what = "an inverse predicate of a join, and its graph, cannot depend on the record"
        raise MappingError(what, at=join.position, hint=hint)
    both = conjunction(child.condition, pair.condition)
    own = replace(child, name=f"{name}-child", predicate_objects=(), condition=both, position=join.position)
    yield own
    conditions = tuple(JoinCondition(each.parent, each.child) for each in join.conditions)
    back = Join(own.name, conditions, join.position, optional=True)
    pairs = (PredicateObjectMap(pair.inverse, (back,), pair.graphs),)
    yield replace(parent, name=name, predicate_objects=pairs, graphs=child.graphs, position=join.position)

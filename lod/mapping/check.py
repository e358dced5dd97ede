"""What triples maps say of each other and of their sources, checked when all documents are read."""

from collections.abc import Iterator, Sequence

from lod.errors import MappingError, Position, did_you_mean
from lod.mapping.model import Expression, Field, Join, LogicalView, Source, TermMap, TriplesMap, references, sources

GIVEN = ("#row", "#file")  # what every record has


def check_references(triples_maps: Sequence[TriplesMap]) -> None:
    """Raise a MappingError at the first reference to what a logical view does not have."""
    by_name = {each.name: each for each in triples_maps}
    for triples_map in triples_maps:
        for expression, position, source in _expressions(triples_map, by_name):
            _check(expression, position, source)
        for source in sources(triples_map.source):
            if isinstance(source, LogicalView):
                _check_view(source)


def _check(expression: Expression | None, position: Position, source: Source) -> None:
    known = list(source.keys()) if isinstance(source, LogicalView) else None
    for name in references(expression):
        if known is not None and name not in (*known, *GIVEN):
            hint = did_you_mean(name, known) or f"It has: {', '.join(known)}."
            raise MappingError(f"the view has no field {name!r}", at=position, hint=hint)


def _check_view(view: LogicalView) -> None:
    for field in view.fields:
        if isinstance(field, Field):
            _check(field.expression, field.position, view.on)
    for join in view.joins:
        for condition in join.conditions:
            _check(condition.child, join.position, view)
            _check(condition.parent, join.position, join.parent)
        for field in join.fields:
            _check(field.expression, field.position, join.parent)


def _expressions(
    triples_map: TriplesMap, by_name: dict[str, TriplesMap]
) -> Iterator[tuple[Expression | None, Position, Source]]:
    """Yield what a triples map says by expressions, where it says it, and of what source."""
    own = triples_map.source
    yield triples_map.condition, triples_map.position, own
    said: list[TermMap | Join] = [triples_map.subject, *triples_map.graphs]
    for pair in triples_map.predicate_objects:
        yield pair.condition, triples_map.position, own
        said += [*pair.predicates, *pair.graphs, *pair.objects]
    while said:
        match said.pop(0):
            case Join() as join:
                if by_name[join.parent].subject.gather:
                    raise MappingError("a join leads to no list and no container", at=join.position)
                for condition in join.conditions:
                    yield condition.child, join.position, own
                    yield condition.parent, join.position, by_name[join.parent].source
            case TermMap() as term:
                yield from ((each, term.position, own) for each in (term.expression, term.datatype, term.language))
                said += term.gather.members if term.gather else ()

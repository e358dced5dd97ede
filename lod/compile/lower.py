"""Calls become computed columns: after this step a term map only refers, joins text, or is constant.

A nested call gives a column each; the same call on the same source is computed once.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from lod.functions import Bound
from lod.inputs.table import RECORD
from lod.mapping.model import (
    Call,
    Expression,
    Field,
    IterableField,
    Join,
    JoinCondition,
    LogicalView,
    Mapping,
    PredicateObjectMap,
    Reference,
    Source,
    TermMap,
    TriplesMap,
    ViewJoin,
    references,
    sources,
)

ROW_NUMBER = "#row"
FILE_NAME = "#file"
_GIVEN = (ROW_NUMBER, FILE_NAME)


@dataclass(frozen=True)
class LoweredSource:
    """A logical source or view with every computed column that its triples maps need, in an order that can be computed.

    columns: the references into the input itself. origins: per computed column, the input columns that it comes from.
    """

    source: Source
    fields: tuple[Field, ...]
    columns: tuple[str, ...]
    origins: dict[str, tuple[str, ...]]

    def named(self, expression: Expression | None) -> tuple[str, ...]:
        """Return the input columns behind an expression, as a person would look for them."""
        names = [name for ref in references(expression) for name in self.origins.get(ref, (ref,))]
        return tuple(dict.fromkeys(names))

    def calls(self) -> Iterator[tuple[str, Bound, str]]:
        """Yield the computed columns that are calls, and the input columns behind each as one text."""
        for item in self.fields:
            if isinstance(item.expression, Bound):
                yield item.name, item.expression, ", ".join(self.named(item.expression))


@dataclass(frozen=True)
class LoweredMapping:
    """Triples maps without calls (conditions are references to computed boolean columns), and their sources.

    sources: each before those that are derived from it.
    """

    mapping: Mapping
    sources: dict[Source, LoweredSource]


@dataclass
class _Columns:
    """The computed columns of one source while they are collected."""

    source: Source
    fields: list[Field] = field(default_factory=list)
    names: dict[Call, str] = field(default_factory=dict)
    used: dict[str, None] = field(default_factory=dict)

    def lower(self, expression: Expression) -> Expression:
        if isinstance(expression, Call):
            flat = replace(expression, arguments=tuple((name, self.lower(arg)) for name, arg in expression.arguments))
            if flat not in self.names:
                self.names[flat] = f"#f{len(self.names) + 1}"
                self.fields.append(Field(self.names[flat], flat, expression.position))
            return Reference(self.names[flat])
        self.used.update(dict.fromkeys(references(expression)))
        return expression

    def lower_field(self, declared: Field) -> None:
        expression = declared.expression
        if isinstance(expression, Call):
            expression = replace(
                expression, arguments=tuple((name, self.lower(arg)) for name, arg in expression.arguments)
            )
        else:
            expression = self.lower(expression)
        self.fields.append(replace(declared, expression=expression))

    def close(self) -> LoweredSource:
        computed = {item.name for item in self.fields}
        columns = tuple(name for name in self.used if name not in computed and name not in _GIVEN)
        origins: dict[str, tuple[str, ...]] = {}
        for item in self.fields:
            roots = [root for name in references(item.expression) for root in origins.get(name, (name,))]
            origins[item.name] = tuple(dict.fromkeys(roots))
        return LoweredSource(self.source, tuple(self.fields), columns, origins)


def lower(mapping: Mapping) -> LoweredMapping:
    """Move every call of a mapping into a computed column of its logical source."""
    read = [source for triples_map in mapping.triples_maps for source in sources(triples_map.source)]
    columns = {source: _Columns(source) for source in read}
    for source, collected in columns.items():
        if isinstance(source, LogicalView):
            collected.source = _view(source, columns)
        else:
            for declared in source.fields:
                collected.lower_field(declared)
    lowered = tuple(_triples_map(triples_map, mapping, columns) for triples_map in mapping.triples_maps)
    closed = {source: collected.close() for source, collected in columns.items()}
    return LoweredMapping(replace(mapping, triples_maps=lowered), closed)


def _view(view: LogicalView, columns: dict[Source, _Columns]) -> LogicalView:
    """Move the calls of a view's fields into columns of what the view is on; those within records stay."""
    on = columns[view.on]

    def lowered(item: Field | IterableField) -> Field | IterableField:
        if isinstance(item, IterableField):
            on.used[RECORD] = None
            return item
        return replace(item, expression=on.lower(item.expression))

    joins = tuple(_view_join(join, columns[join.parent]) for join in view.joins)
    return replace(view, fields=tuple(map(lowered, view.fields)), joins=joins)


def _view_join(join: ViewJoin, parent: _Columns) -> ViewJoin:
    conditions = (JoinCondition(each.child, parent.lower(each.parent)) for each in join.conditions)
    fields = (replace(each, expression=parent.lower(each.expression)) for each in join.fields)
    return replace(join, conditions=tuple(conditions), fields=tuple(fields))


def _triples_map(triples_map: TriplesMap, mapping: Mapping, columns: dict[Source, _Columns]) -> TriplesMap:
    own = columns[triples_map.source]
    return replace(
        triples_map,
        subject=_gathered(triples_map.subject, mapping, columns, own),
        graphs=_terms(triples_map.graphs, own),
        condition=_condition(triples_map.condition, own),
        predicate_objects=tuple(_pair(pair, mapping, columns, own) for pair in triples_map.predicate_objects),
    )


def _pair(
    pair: PredicateObjectMap, mapping: Mapping, columns: dict[Source, _Columns], own: _Columns
) -> PredicateObjectMap:
    return PredicateObjectMap(
        predicates=_terms(pair.predicates, own),
        objects=tuple(_object(item, mapping, columns, own) for item in pair.objects),
        graphs=_terms(pair.graphs, own),
        condition=_condition(pair.condition, own),
    )


def _object(item: TermMap | Join, mapping: Mapping, columns: dict[Source, _Columns], own: _Columns) -> TermMap | Join:
    if isinstance(item, TermMap):
        return _gathered(item, mapping, columns, own)
    parent = columns[mapping.parent(item).source]
    conditions = (JoinCondition(own.lower(each.child), parent.lower(each.parent)) for each in item.conditions)
    return replace(item, conditions=tuple(conditions))


def _gathered(term: TermMap, mapping: Mapping, columns: dict[Source, _Columns], own: _Columns) -> TermMap:
    members = tuple(_object(item, mapping, columns, own) for item in term.gather.members) if term.gather else ()
    return replace(_term(term, own), gather=term.gather and replace(term.gather, members=members))


def _terms(terms: Iterable[TermMap], own: _Columns) -> tuple[TermMap, ...]:
    return tuple(_term(term, own) for term in terms)


def _term(term: TermMap, own: _Columns) -> TermMap:
    return replace(
        term,
        expression=own.lower(term.expression),
        datatype=own.lower(term.datatype) if term.datatype else None,
        language=own.lower(term.language) if term.language else None,
    )


def _condition(condition: Expression | None, own: _Columns) -> Expression | None:
    return own.lower(condition) if condition else None

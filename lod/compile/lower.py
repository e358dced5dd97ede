"""Calls become computed columns: after this step a term map only refers, joins text, or is constant.

A nested call gives a column each; the same call on the same source is computed once.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from lod.mapping.model import (
    Call,
    Expression,
    Field,
    Join,
    JoinCondition,
    LogicalSource,
    Mapping,
    PredicateObjectMap,
    Reference,
    TermMap,
    TriplesMap,
    references,
)

ROW_NUMBER = "#row"
FILE_NAME = "#file"
_GIVEN = (ROW_NUMBER, FILE_NAME)


@dataclass(frozen=True)
class LoweredSource:
    """A logical source with every computed column that its triples maps need, in an order that can be computed.

    columns: the references into the input itself. origins: per computed column, the input columns that it comes from.
    """

    source: LogicalSource
    fields: tuple[Field, ...]
    columns: tuple[str, ...]
    origins: dict[str, tuple[str, ...]]

    def named(self, expression: Expression | None) -> tuple[str, ...]:
        """Return the input columns behind an expression, as a person would look for them."""
        names = [name for ref in references(expression) for name in self.origins.get(ref, (ref,))]
        return tuple(dict.fromkeys(names))


@dataclass(frozen=True)
class LoweredMapping:
    """Triples maps without calls (conditions are references to computed boolean columns), and their sources."""

    mapping: Mapping
    sources: dict[LogicalSource, LoweredSource]


@dataclass
class _Columns:
    """The computed columns of one source while they are collected."""

    source: LogicalSource
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
    columns = {triples_map.source: _Columns(triples_map.source) for triples_map in mapping.triples_maps}
    for source, collected in columns.items():
        for declared in source.fields:
            collected.lower_field(declared)
    lowered = tuple(_triples_map(triples_map, mapping, columns) for triples_map in mapping.triples_maps)
    closed = {source: collected.close() for source, collected in columns.items()}
    return LoweredMapping(replace(mapping, triples_maps=lowered), closed)


def _triples_map(triples_map: TriplesMap, mapping: Mapping, columns: dict[LogicalSource, _Columns]) -> TriplesMap:
    own = columns[triples_map.source]
    return replace(
        triples_map,
        subject=_term(triples_map.subject, own),
        graphs=_terms(triples_map.graphs, own),
        condition=_condition(triples_map.condition, own),
        predicate_objects=tuple(_pair(pair, mapping, columns, own) for pair in triples_map.predicate_objects),
    )


def _pair(
    pair: PredicateObjectMap, mapping: Mapping, columns: dict[LogicalSource, _Columns], own: _Columns
) -> PredicateObjectMap:
    def lowered(item: TermMap | Join) -> TermMap | Join:
        if isinstance(item, TermMap):
            return _term(item, own)
        parent = columns[mapping.parent(item).source]
        conditions = (JoinCondition(own.lower(each.child), parent.lower(each.parent)) for each in item.conditions)
        return replace(item, conditions=tuple(conditions))

    return PredicateObjectMap(
        predicates=_terms(pair.predicates, own),
        objects=tuple(lowered(item) for item in pair.objects),
        graphs=_terms(pair.graphs, own),
        condition=_condition(pair.condition, own),
    )


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

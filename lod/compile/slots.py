"""Columns of a term table while it is built: each distinct expression gets one, constants get none."""

from dataclasses import dataclass, field, replace

import ibis
import ibis.expr.types as ir

from lod.compile.expression import beginning, iri_text, rest_text, text
from lod.compile.lower import LoweredSource
from lod.mapping.model import Encoding, Expression, PredicateObjectMap, Reference, TermMap, TriplesMap
from lod.term_table import Column, Constant, Slot, Statement, Target, Term
from lod.terms import XSD, Kind


@dataclass(frozen=True)
class Check:
    """A column whose lexical forms must be looked at: IRIs, language tags, or literals of a datatype.

    what: "iri", "language" or "literal"; datatype: the literal's; origin: the input columns that it was made from.
    """

    column: str
    what: str
    datatype: Slot | None
    origin: tuple[str, ...]


@dataclass
class Slots:
    """The columns that terms need over a table of records, and what must be checked of them."""

    records: ir.Table
    base: str
    lowered: LoweredSource
    columns: dict[str, ir.Value] = field(default_factory=dict)
    checks: list[Check] = field(default_factory=list)
    _known: dict[object, Slot] = field(default_factory=dict)

    def term(self, term: TermMap, condition: Expression | None) -> Term:
        """Return an object term; under a condition it is a column even where it is constant."""
        language = self._companion(term.language, "language") if term.language else None
        datatype = self._companion(term.datatype, "iri") if term.datatype else self._natural(term)
        plain = None if datatype == Constant(XSD + "string") else datatype
        return Term(self.slot(term, condition, plain), term.kind, plain, language)

    def _natural(self, term: TermMap) -> Slot | None:
        """Return the datatype that a value has by itself, as JSON's numbers and a function's truths have one."""
        if term.kind is not Kind.LITERAL or term.language or not isinstance(term.expression, Reference):
            return None
        column = self.records[term.expression.name]
        if isinstance(column, ir.BooleanValue):
            return Constant(XSD + "boolean")
        return self.add(column["datatype"]) if isinstance(column, ir.StructValue) else None

    def slot(self, term: TermMap, condition: Expression | None = None, datatype: Slot | None = None) -> Slot:
        """Return where the lexical form of a term stands; that of a blank node is never the constant itself."""
        if condition is None and isinstance(term.expression, Constant) and term.kind is not Kind.BLANK:
            return term.expression
        key = (term.expression, term.kind, term.encoding, condition, datatype)
        if key not in self._known:
            column = self.column(rest_text(term, self.records, self.base), condition)
            self._known[key] = replace(column, before=beginning(term))
            self.check(column.name, term, datatype)
        return self._known[key]

    def check(self, column: str, term: TermMap, datatype: Slot | None = None) -> None:
        """Note that a column of terms must be checked, where its expression can give what is no such term."""
        if (term.kind is Kind.IRI and not is_safe(term)) or (term.kind is Kind.LITERAL and datatype is not None):
            what = "iri" if term.kind is Kind.IRI else "literal"
            self.checks.append(Check(column, what, datatype, self.lowered.named(term.expression)))

    def statements(
        self, triples_map: TriplesMap, pair: PredicateObjectMap, value: Term, targets: tuple[Target, ...] = ()
    ) -> list[Statement]:
        """Return a statement per predicate and graph with this object, whose term map has these targets."""
        targets = (*triples_map.subject.targets, *targets)
        return [
            Statement(
                predicate=self.slot(predicate),
                object=value,
                graph=self.slot(graph) if graph else None,
                targets=tuple(dict.fromkeys((*targets, *predicate.targets, *(graph.targets if graph else ())))),
            )
            for predicate in pair.predicates
            for graph in (*triples_map.graphs, *pair.graphs) or (None,)
        ]

    def column(self, value: ir.Value, condition: Expression | None) -> Column:
        """Add a column, null where a condition does not hold, and return where it stands."""
        return self.add(value if condition is None else ibis.cases((truth(condition, self.records), value)))

    def add(self, value: ir.Value) -> Column:
        """Add a column and return where it stands."""
        name = f"c{len(self.columns)}"
        self.columns[name] = value
        return Column(name)

    def _companion(self, expression: Expression, what: str) -> Slot:
        if isinstance(expression, Constant):
            return expression
        if (expression, what) not in self._known:
            made = text(expression, self.records)
            if what == "iri":
                made = iri_text(expression, self.records, self.base).nullif(XSD + "string")
            column = self.add(made)
            self._known[expression, what] = column
            self.checks.append(Check(column.name, what, None, self.lowered.named(expression)))
        return self._known[expression, what]


def is_safe(term: TermMap) -> bool:
    """Tell whether a term map of IRIs gives nothing else: in its template, references are percent-encoded."""
    return term.encoding is not Encoding.NONE and not isinstance(term.expression, Reference)


def truth(condition: Expression, records: ir.Table) -> ir.BooleanValue:
    """Return a lowered condition (a reference to a computed boolean column); null is false."""
    if not isinstance(condition, Reference):
        raise TypeError(f"a condition that was not lowered: {condition}")
    return records[condition.name].cast("boolean").fill_null(False)

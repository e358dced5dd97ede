"""Collections of a gather map: their members as rows, linked in their order, and anew where rows go.

https://kg-construct.github.io/rml-cc/spec/docs/
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import ibis
import ibis.expr.types as ir

from lod.compile.encode import blank_label
from lod.engine import Engine, table_name
from lod.errors import Position
from lod.term_table import Column, Constant, Slot, Statement, Target, Term, TermTable
from lod.terms import RDF_TYPE, Kind
from lod.vocab import RDF

LIST: Final = RDF + "List"
NIL: Final = RDF + "nil"
HEAD: Final = "head"
SCOPE: Final = "scope"
PLACE: Final = "place"
_NODE, _LABEL, _NEXT, _END, _MEMBERSHIP = "node", "label", "following", "ending", "membership"


@dataclass(frozen=True)
class Collections:
    """Collections of one kind in a graph, not yet linked.

    kind: their class; members: rows with a locator, HEAD (the collection's first node), SCOPE (its graph), PLACE (their
    order among all), and columns of which the one of `terms` is made that they have; heads: rows with HEAD and SCOPE,
    of empty ones too. named: whether other gather maps may go on with them; said: what is equal where these are the
    same, said twice; file, origin: as in `TermTable`.
    """

    kind: str
    members: ir.Table
    heads: ir.Table
    terms: tuple[Term, ...]
    graph: Slot | None
    targets: tuple[Target, ...]
    named: bool
    said: object
    file: Slot
    origin: str
    position: Position

    def tables(self, engine: Engine) -> Iterator[TermTable]:
        """Yield the term tables: of the members, and of what is said of the heads."""
        rows = engine.materialise("members", _labelled(self.members))
        yield self._table(engine, linked(rows, self.kind), _NODE, tuple(self._memberships()), self.kind)
        if self.kind != LIST:
            typed = Statement(Constant(RDF_TYPE), Term(Constant(self.kind), Kind.IRI), self.graph, self.targets)
            yield self._table(engine, self.heads, HEAD, (typed,))

    def _table(
        self, engine: Engine, rows: ir.Table, subject: str, said: tuple[Statement, ...], kind: str | None = None
    ) -> TermTable:
        name = table_name(engine.materialise("terms", rows))
        return TermTable(name, self.file, self.origin, Column(subject), said, collection=kind)

    def _memberships(self) -> Iterator[Statement]:
        predicate = Constant(f"{RDF}first") if self.kind == LIST else Column(_MEMBERSHIP)
        yield from (Statement(predicate, term, self.graph, self.targets) for term in self.terms)
        if self.kind == LIST:
            for term in (Term(Column(_NEXT), Kind.BLANK), Term(Column(_END), Kind.IRI)):
                yield Statement(Constant(f"{RDF}rest"), term, self.graph, self.targets)


def _labelled(rows: ir.Table) -> ir.Table:
    """Add to members what the nodes between them are called by: the head and, as each has its own, the graph."""
    head, scope = rows[HEAD], rows[SCOPE]
    own = ibis.ifelse(head.startswith("_:"), head.substr(2), ibis.literal("i") + blank_label(head))
    graph = ibis.ifelse(scope == "", "", ibis.literal("-") + blank_label(scope))
    return rows.mutate(**{_LABEL: ibis.literal("_:c") + own + graph})


def linked(rows: ir.Table, kind: str) -> ir.Table:
    """Link labelled members, those of one HEAD and SCOPE in the order of PLACE; kind: the collection's class."""
    window = {"group_by": [rows[HEAD], rows[SCOPE]], "order_by": rows[PLACE]}
    number = ibis.row_number().over(**window)
    if kind != LIST:
        return rows.mutate(**{_NODE: rows[HEAD], _MEMBERSHIP: ibis.literal(f"{RDF}_") + (number + 1).cast("string")})
    nothing, is_last = ibis.null("string"), rows[PLACE].lead().over(**window).isnull()
    columns = {
        _NODE: ibis.ifelse(number == 0, rows[HEAD], _between(rows, number)),
        _NEXT: ibis.ifelse(is_last, nothing, _between(rows, number + 1)),
        _END: ibis.ifelse(is_last, NIL, nothing),
    }
    return rows.mutate(**columns)


def _between(rows: ir.Table, number: ir.IntegerValue) -> ir.StringValue:
    return rows[_LABEL] + "-" + number.cast("string")

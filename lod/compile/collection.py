"""Collections as rows, one a member, linked to each other in their order, and anew where rows go.

https://kg-construct.github.io/rml-cc/spec/docs/
"""

from collections.abc import Iterable, Iterator
from typing import Final

import ibis
import ibis.expr.types as ir

from lod.compile.encode import blank_label
from lod.term_table import Column, Constant, Slot, Statement, Target, Term
from lod.terms import Kind
from lod.vocab import RDF

LIST: Final = RDF + "List"
NIL: Final = RDF + "nil"
HEAD: Final = "head"
SCOPE: Final = "scope"
PLACE: Final = "place"
NODE: Final = "node"
_LABEL, _NEXT, _END, _MEMBERSHIP = "label", "following", "ending", "membership"


def labelled(rows: ir.Table) -> ir.Table:
    """Add to members (with HEAD, and SCOPE, their graph) what the nodes between them are called by."""
    head, scope = rows[HEAD], rows[SCOPE]
    own = ibis.ifelse(head.startswith("_:"), head.substr(2), ibis.literal("i") + blank_label(head))
    graph = ibis.ifelse(scope == "", "", ibis.literal("-") + blank_label(scope))
    return rows.mutate(**{_LABEL: ibis.literal("_:c") + own + graph})


def linked(rows: ir.Table, kind: str) -> ir.Table:
    """Link labelled members, those of one HEAD and SCOPE in the order of PLACE; kind: the collection's class."""
    window = {"group_by": [rows[HEAD], rows[SCOPE]], "order_by": rows[PLACE]}
    number = ibis.row_number().over(**window)
    if kind != LIST:
        return rows.mutate(**{NODE: rows[HEAD], _MEMBERSHIP: ibis.literal(f"{RDF}_") + (number + 1).cast("string")})
    nothing, is_last = ibis.null("string"), rows[PLACE].lead().over(**window).isnull()
    columns = {
        NODE: ibis.ifelse(number == 0, rows[HEAD], _node(rows, number)),
        _NEXT: ibis.ifelse(is_last, nothing, _node(rows, number + 1)),
        _END: ibis.ifelse(is_last, NIL, nothing),
    }
    return rows.mutate(**columns)


def _node(rows: ir.Table, number: ir.IntegerValue) -> ir.StringValue:
    return rows[_LABEL] + "-" + number.cast("string")


def memberships(
    kind: str, terms: Iterable[Term], graph: Slot | None, targets: tuple[Target, ...]
) -> Iterator[Statement]:
    """Yield the statements of linked members, each of which has one of the terms."""
    predicate = Constant(f"{RDF}first") if kind == LIST else Column(_MEMBERSHIP)
    yield from (Statement(predicate, term, graph, targets) for term in terms)
    if kind == LIST:
        for term in (Term(Column(_NEXT), Kind.BLANK), Term(Column(_END), Kind.IRI)):
            yield Statement(Constant(f"{RDF}rest"), term, graph, targets)

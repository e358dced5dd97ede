"""What claims state, as intervals that can be compared."""

import ibis
import ibis.expr.types as ir

from lod.engine import Engine
from lod.terms import RDF_TYPE
from lod.vocab import NS, SCHEMA

_PLACES = 6
TOLERANCE = 0.1  # "about 100" is taken to mean 90 to 110
_ABOUT = {
    "event": SCHEMA + "about",
    "value": NS + "states",
    "is_claim": RDF_TYPE,
}
_VALUE = {
    "variable": SCHEMA + "variableMeasured",
    "point": SCHEMA + "value",
    "least": SCHEMA + "minValue",
    "most": SCHEMA + "maxValue",
    "qualifier": SCHEMA + "measurementQualifier",
    "item": NS + "valueItem",
    "status": NS + "valueStatus",
    "worded": NS + "asWorded",
    "earliest": NS + "earliest",
    "latest": NS + "latest",
}


def stated(engine: Engine, statements: ir.Table) -> ir.Table:
    """Return what each claim of statements (`TRIPLE`) states of its event: one row a claim that states a value.

    Columns: `claim`, `event`, `variable`; `key`, the same where two claims state the same; `low` and `high` (float64,
    infinite where the value has no bound, null where it has no number), `above` and `below` (whether the bound itself
    is left out: "more than 613"), their lexical forms `low_text` and `high_text` with a datatype behind a space;
    `earliest` and `latest` (ISO days, null where the value has no date).
    """
    claims = _properties(statements, _ABOUT).filter(ibis._.is_claim.notnull()).drop("is_claim")
    values = _properties(statements, _VALUE).rename(node="subject")
    both = claims.rename(claim="subject").join(values, ibis._.value == values.node)
    return engine.materialise("stated", _intervals(both.filter(both.variable.notnull() & both.event.notnull())))


def _properties(statements: ir.Table, names: dict[str, str]) -> ir.Table:
    """Return one row a subject, with its value of each property (the least, should there be several)."""
    rows = statements.filter(statements.predicate.isin(sorted(names.values())))
    term = rows.object + ibis.ifelse(rows.datatype.isnull(), "", ibis.literal(" ") + rows.datatype)
    wanted = {name: term.min(where=(rows.predicate == iri) & _counts(rows, iri)) for name, iri in names.items()}
    return rows.group_by("subject").aggregate(**wanted)


def _counts(rows: ir.Table, predicate: str) -> ir.BooleanValue:
    return rows.object == SCHEMA + "Claim" if predicate == RDF_TYPE else ibis.literal(True)


def _intervals(rows: ir.Table) -> ir.Table:
    qualifier = ibis.coalesce(rows.qualifier, NS + "exactly")
    upwards, downwards = (qualifier.isin([NS + each for each in names]) for names in (_UPWARDS, _DOWNWARDS))
    unbounded = (qualifier == NS + "vague") | rows.status.notnull()
    low_text = ibis.ifelse(downwards | unbounded, ibis.null("string"), ibis.coalesce(rows.least, rows.point))
    high_text = ibis.ifelse(upwards | unbounded, ibis.null("string"), ibis.coalesce(rows.most, rows.point))
    numbers = rows.mutate(low_text=low_text, high_text=high_text, low=number(low_text), high=number(high_text))
    about = qualifier == NS + "about"
    known = numbers.low.notnull() | numbers.high.notnull()
    return numbers.select(
        "claim",
        "event",
        "variable",
        "low_text",
        "high_text",
        key=_key(rows, qualifier),
        low=_bound(_widened(numbers.low, about, -TOLERANCE), -_INFINITY, known),
        high=_bound(_widened(numbers.high, about, TOLERANCE), _INFINITY, known),
        above=qualifier == NS + "moreThan",
        below=qualifier == NS + "fewerThan",
        earliest=_day(rows.earliest),
        latest=_day(rows.latest),
    )


_UPWARDS, _DOWNWARDS = ("atLeast", "moreThan"), ("atMost", "fewerThan")
_INFINITY = float("inf")


def number(term: ir.StringValue) -> ir.FloatingValue:
    """Return the number of a lexical form with a datatype behind it, null where it is none."""
    return term.split(" ")[0].try_cast("float64")


def _widened(number: ir.FloatingValue, about: ir.BooleanValue, share: float) -> ir.FloatingValue:
    wide = (number + number.abs() * share).round(_PLACES)  # 63 and its tenth are 69.3, not 69.30000000000001
    return ibis.ifelse(about, wide, number)


def _bound(number: ir.FloatingValue, otherwise: float, known: ir.BooleanValue) -> ir.FloatingValue:
    return ibis.ifelse(known, ibis.coalesce(number, otherwise), ibis.null("float64"))


def _key(rows: ir.Table, qualifier: ir.StringValue) -> ir.StringValue:
    """Return what two claims have in common where they state the same; words count where there is nothing else."""
    numbers, others = [rows.point, rows.least, rows.most], [rows.item, rows.status]
    words = ibis.ifelse(ibis.coalesce(*numbers, *others).isnull(), rows.worded, ibis.null("string"))
    plain = [ibis.coalesce(number(each).cast("string"), each) for each in numbers]  # 613.0 is 613
    return ibis.literal("|").join([qualifier, *(ibis.coalesce(each, "") for each in (*plain, *others, words))])


def _day(term: ir.StringValue) -> ir.StringValue:
    return term.split(" ")[0]

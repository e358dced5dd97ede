"""What a data set holds, counted: classes, properties, links to others, and the days and places of its events."""

from collections.abc import Sequence
from dataclasses import dataclass

import ibis
import ibis.expr.types as ir

from lod.engine import Engine
from lod.terms import RDF_TYPE, Kind
from lod.vocab import NS, SCHEMA

_LINKING = (
    SCHEMA + "sameAs",
    SCHEMA + "measuredProperty",
    "http://www.w3.org/2002/07/owl#sameAs",
    "http://www.w3.org/2004/02/skos/core#exactMatch",
)


@dataclass(frozen=True)
class Links:
    """How many statements with a property lead to one host."""

    predicate: str
    host: str
    count: int


@dataclass(frozen=True)
class Statistics:
    """Counts of the distinct statements of a data set, all graphs merged; sorted.

    classes: each with its instances; properties: each with its statements; examples: an instance of each class that is
    below the base; days: the first and the last of its events; box: south, west, north and east of its places, in
    degrees; the last two are None where nothing is dated or placed.
    """

    triples: int
    subjects: int
    objects: int
    classes: tuple[tuple[str, int], ...]
    properties: tuple[tuple[str, int], ...]
    examples: tuple[str, ...]
    links: tuple[Links, ...]
    days: tuple[str, str] | None
    box: tuple[str, str, str, str] | None


def statistics(engine: Engine, statements: ir.Table, base: str) -> Statistics:
    """Count statements (`TRIPLE`, in any graphs)."""
    terms = [name for name in statements.columns if name != "graph"]
    said = engine.materialise("said", statements.select(*terms).distinct())
    [whole] = engine.rows(said.aggregate(triples=said.count(), subjects=said.subject.nunique()))
    objects = said.select("object", "kind", "datatype", "language").distinct()
    [apart] = engine.rows(objects.aggregate(objects=objects.count()))
    typed = said.filter(said.predicate == RDF_TYPE)
    own = typed.filter(typed.subject.startswith(base))
    examples = engine.rows(own.group_by("object").aggregate(example=own.subject.min()).order_by("object"))
    return Statistics(
        **whole,
        **apart,
        classes=_counted(engine, typed, "object"),
        properties=_counted(engine, said, "predicate"),
        examples=tuple(dict.fromkeys(row["example"] for row in examples)),
        links=_links(engine, said, base),
        days=_days(engine, said),
        box=_box(engine, said),
    )


def _counted(engine: Engine, rows: ir.Table, column: str) -> tuple[tuple[str, int], ...]:
    found = engine.rows(rows.group_by(column).aggregate(count=rows.count()).order_by(column))
    return tuple((row[column], row["count"]) for row in found)


def _links(engine: Engine, said: ir.Table, base: str) -> tuple[Links, ...]:
    links = said.filter(said.predicate.isin(_LINKING) & (said.kind == int(Kind.IRI)) & ~said.object.startswith(base))
    host = links.object.re_extract("^https?://[^/]+/", 0)
    found = links.mutate(host=host).group_by("predicate", "host").aggregate(count=ibis._.count())
    rows = engine.rows(found.filter(found.host != "").order_by("predicate", "host"))
    return tuple(Links(row["predicate"], row["host"], row["count"]) for row in rows)


def _days(engine: Engine, said: ir.Table) -> tuple[str, str] | None:
    events = _instances(said, SCHEMA + "Event")
    first, last = ((said.predicate == NS + name) & said.subject.isin(events.subject) for name in ("earliest", "latest"))
    [row] = engine.rows(said.aggregate(first=said.object.min(where=first), last=said.object.max(where=last)))
    return (row["first"], row["last"]) if row["first"] and row["last"] else None


def _box(engine: Engine, said: ir.Table) -> tuple[str, str, str, str] | None:
    sides = [_ends(engine, said, SCHEMA + name) for name in ("latitude", "longitude")]
    (south, north), (west, east) = sides
    return (south, west, north, east) if south and west and north and east else None


def _ends(engine: Engine, said: ir.Table, predicate: str) -> tuple[str | None, str | None]:
    """Return the lexical forms of the least and the greatest number that a property has."""
    rows = said.filter(said.predicate == predicate).select(text="object", number=said.object.try_cast("float64"))
    known = rows.filter(rows.number.notnull())
    [row] = engine.rows(known.aggregate(least=known.number.min(), most=known.number.max()))
    ends: Sequence[float | None] = (row["least"], row["most"])
    texts = (known.text.min(where=known.number == end) for end in ends if end is not None)
    found = [engine.rows(known.aggregate(text=text))[0]["text"] for text in texts]
    return (found[0], found[1]) if found else (None, None)


def _instances(said: ir.Table, class_: str) -> ir.Table:
    return said.filter((said.predicate == RDF_TYPE) & (said.object == class_)).select("subject")

"""Entities: what a document about each of them says.

It holds all about the entity, about what belongs to it (a claim's value and quote, the row that describes it) and about
what it derives from, source behind source; each statement that points at it; and class and label of whatever else is
named. An event's document holds its claims in the same way, so that all of it is one click away. What was computed of
claims (which agree, which contradict each other) stands with each of them.
"""

from collections.abc import Iterator, Sequence

import ibis
import ibis.expr.types as ir
import pyarrow as pa

from lod.engine import Engine, sql_text, table_name
from lod.quad import TRIPLE
from lod.terms import RDF_TYPE, Kind
from lod.vocab import CSVW, NS, PROV, RDFS, SCHEMA

TERMS = TRIPLE[:-1]
_DESCRIBED, _CLIMBED = "document, node", "node, subject, property"


def entity_statements(
    engine: Engine, statements: ir.Table, kinds: Sequence[str], base: str, apart: str
) -> Iterator[pa.RecordBatch]:
    """Stream the documents of entities: `document` (an entity's IRI) and a statement's `TERMS`, sorted, none twice.

    kinds: what an entity's IRI goes on with behind the base (`claim` for `claim/c1`); apart: the data set's IRI, which
    names every entity and belongs to none.
    """
    tables = _Tables(engine, _words(kinds, base))
    tables.take("said", statements.filter(statements.subject != apart).select(*TERMS).distinct())
    tables.keep("homes", _HOMES)
    tables.keep("inner", _INNER)
    held = [tables.keep("held", _HELD)]
    while tables.count("held"):
        tables.say(known=_together(held, _DESCRIBED))
        held.append(tables.keep("held", _NEXT))
    tables.keep("held", _together(held, _DESCRIBED))
    tables.keep("held", _COMPUTED)
    tables.keep("about", _ABOUT)
    found = tables.keep("documents", _NAMED)
    return engine.batches(engine.table(found).order_by("document", *TERMS))


def owners(engine: Engine, statements: ir.Table, nodes: ir.Table, kinds: Sequence[str], base: str) -> ir.Table:
    """Return which entities nodes (`node`) belong to: `node`, `entity`, and the `property` that leads from it there.

    An entity belongs to itself, with the property "". What no entity leads to, such as a row, belongs to none. kinds,
    base: as for `entity_statements`.
    """
    tables = _Tables(engine, _words(kinds, base))
    tables.say(said=table_name(engine.defer("said", statements)))
    climbed = [tables.take("climbed", nodes.select(node="node", subject="node", property=ibis.literal("")).distinct())]
    while tables.count("climbed"):
        tables.say(known=_together(climbed, _CLIMBED))
        climbed.append(tables.keep("climbed", _ABOVE))
    tables.say(known=_together(climbed, _CLIMBED))
    return engine.table(tables.keep("owners", _OWNERS))


def entities_among(engine: Engine, statements: ir.Table, kinds: Sequence[str], base: str) -> ir.Table:
    """Return the entities that statements are about: `node`."""
    tables = _Tables(engine, _words(kinds, base))
    tables.say(said=table_name(engine.defer("said", statements)))
    return engine.table(tables.keep("homes", _HOMES))


# Nodes with a document of their own, and those that belong to the documents of others.
_HOMES = "SELECT DISTINCT subject AS node FROM {said} WHERE {starts}"
_INNER = "SELECT DISTINCT subject AS node FROM {said} WHERE {below} AND NOT ({starts})"

# From nodes upwards: to what points at them, and again where that belongs to the documents of others.
_ABOVE = """
SELECT DISTINCT held.node, said.subject, said.predicate AS property FROM (
    SELECT node, subject FROM {climbed} WHERE {below} AND NOT ({starts})
) AS held JOIN {said} AS said ON said.object = held.subject AND said.kind = {iri}
EXCEPT SELECT node, subject, property FROM ({known})
"""
_OWNERS = "SELECT DISTINCT node, subject AS entity, property FROM ({known}) WHERE {starts}"

# Which nodes a document describes in full: its entity, the rows of that, and the claims about it.
_HELD = """
SELECT node AS document, node FROM {homes}
UNION SELECT object, subject FROM {said} JOIN {homes} ON node = object WHERE predicate = {describes}
UNION SELECT object, subject FROM {said} JOIN {homes} ON node = object WHERE predicate = {subject_of}
"""

# What belongs to these, and what they derive from.
_NEXT = """
SELECT DISTINCT document, object AS node FROM {held} AS held JOIN {said} ON subject = held.node
    WHERE object IN (SELECT node FROM {inner}) AND kind = {iri}
    OR object IN (SELECT node FROM {homes}) AND predicate = {derived}
EXCEPT SELECT document, node FROM ({known})
"""

# What is computed of these.
_COMPUTED = """
SELECT document, node FROM {held}
UNION SELECT document, subject FROM {held} JOIN {said} ON object = node WHERE predicate IN ({computed})
"""

_ABOUT = """
SELECT document, {terms} FROM {held} JOIN {said} ON subject = node
UNION SELECT object, {terms} FROM {said} JOIN {homes} ON node = object WHERE kind = {iri}
"""

# Class and label of what is named there, and has no description there.
_NAMED = """
WITH named AS (
    SELECT document, object AS node FROM {about} WHERE kind = {iri} UNION SELECT document, subject FROM {about}
    EXCEPT SELECT document, node FROM {held}
)
SELECT document, {terms} FROM {about}
UNION SELECT document, {terms} FROM named JOIN {said} ON subject = node WHERE predicate IN ({names})
"""


def _words(kinds: Sequence[str], base: str) -> dict[str, str]:
    starts = (f"starts_with(subject, {sql_text(f'{base}{kind}/')})" for kind in kinds)
    return {
        "terms": ", ".join(TERMS),
        "starts": " OR ".join(starts),
        "below": f"starts_with(subject, {sql_text(base)})",
        "iri": str(int(Kind.IRI)),
        "subject_of": sql_text(SCHEMA + "about"),
        "computed": ", ".join(sql_text(NS + name) for name in ("among", "between", "part", "whole")),
        "derived": sql_text(PROV + "wasDerivedFrom"),
        "describes": sql_text(CSVW + "describes"),
        "names": f"{sql_text(RDF_TYPE)}, {sql_text(RDFS + 'label')}",
    }


def _together(names: Sequence[str], columns: str) -> str:
    return " UNION ALL ".join(f"SELECT {columns} FROM {name}" for name in names)  # noqa: S608  # names are ours


class _Tables:
    """Tables of the engine by the names that queries have for them in braces."""

    def __init__(self, engine: Engine, words: dict[str, str]) -> None:
        self._engine, self._words = engine, words

    def say(self, **words: str) -> None:
        """Say what further words in braces stand for."""
        self._words |= words

    def take(self, name: str, expression: ir.Table) -> str:
        """Compute an expression into a table; return its name in the engine."""
        self._words[name] = table_name(self._engine.materialise(name, expression))
        return self._words[name]

    def keep(self, name: str, query: str) -> str:
        """Compute a query into a table; return its name in the engine."""
        return self.take(name, self._engine.view(name, query.format_map(self._words)))

    def count(self, name: str) -> int:
        """Return how many rows a table has."""
        table = self._engine.table(self._words[name])
        return int(self._engine.rows(table.aggregate(rows=table.count()))[0]["rows"])

"""Generated claims on sources that derive from one another, with a lineage that is known by construction."""

from itertools import combinations

from lod.engine import DuckDbEngine, table_name
from lod.term_table import Column, Constant, Statement, Term, TermTable
from lod.terms import RDF_TYPE, XSD, Kind
from lod.vocab import NS, PROV, SCHEMA

BASE = "http://example.org/"
DEPTH, CLAIMS_A_SOURCE, CLAIMS_AN_EVENT = 30, 5, 20  # claims come in multiples of all of these


def generate(engine: DuckDbEngine, claims: int) -> tuple[TermTable, ...]:
    """Return term tables of so many claims, and a fifth as many sources in chains of `DEPTH`, as a build has them.

    A source derives from the one before, and each third also from the one before that; each tenth claim rests on the
    claim before. Claim `n` states 100 + `n` mod 3 of one of two variables.
    """
    claim = engine.materialise("claim", engine.view("claim", _CLAIMS.format(claims=claims)))
    source = engine.materialise("source", engine.view("source", _SOURCES.format(sources=claims // CLAIMS_A_SOURCE)))
    return (
        _table(table_name(claim), "claim", "claim", _ABOUT),
        _table(table_name(claim), "claim", "value", _VALUE),
        _table(table_name(source), "source", "source", _DERIVED),
    )


def expected(claims: int) -> dict[str, int]:
    """Return how many roots (each claim has one) and contradictions there are; these are the same in each event."""
    pairs = combinations(range(CLAIMS_AN_EVENT), 2)
    apart = sum((one - other) % 2 == 0 and (one - other) % 3 != 0 for one, other in pairs)
    return {"roots": claims, "contradictions": claims // CLAIMS_AN_EVENT * apart}


_CLAIMS = f"""
SELECT CAST(NULL AS BIGINT) AS _row, CAST(n AS VARCHAR) AS n, CAST(n // {CLAIMS_AN_EVENT} AS VARCHAR) AS event,
    CAST(n % 2 AS VARCHAR) AS variable, CAST(100 + n % 3 AS VARCHAR) AS number,
    CAST(n // {CLAIMS_A_SOURCE} AS VARCHAR) AS source,
    CASE WHEN n % 10 = 9 THEN CAST(n - 1 AS VARCHAR) END AS rests
FROM range({{claims}}) AS t(n)
"""  # noqa: S608  # numbers of ours
_SOURCES = f"""
SELECT CAST(NULL AS BIGINT) AS _row, CAST(n AS VARCHAR) AS n,
    CASE WHEN n % {DEPTH} > 0 THEN CAST(n - 1 AS VARCHAR) END AS origin,
    CASE WHEN n % {DEPTH} > 1 AND n % 3 = 0 THEN CAST(n - 2 AS VARCHAR) END AS other
FROM range({{sources}}) AS t(n)
"""  # noqa: S608  # numbers of ours


def _node(kind: str, column: str) -> Term:
    return Term(Column(column, f"{BASE}{kind}/"), Kind.IRI)


def _constant(iri: str) -> Term:
    return Term(Constant(iri), Kind.IRI)


_NUMBER = Term(Column("number"), Kind.LITERAL, Constant(XSD + "integer"))
_ABOUT = {
    RDF_TYPE: [_constant(SCHEMA + "Claim")],
    SCHEMA + "about": [_node("event", "event")],
    SCHEMA + "appearance": [_node("source", "source")],
    SCHEMA + "isBasedOn": [_node("claim", "rests")],
    PROV + "wasDerivedFrom": [_node("source", "source"), _node("claim", "rests")],
    NS + "states": [_node("value", "n")],
}
_VALUE = {
    SCHEMA + "variableMeasured": [_node("variable", "variable")],
    SCHEMA + "value": [_NUMBER],
    SCHEMA + "minValue": [_NUMBER],
    SCHEMA + "maxValue": [_NUMBER],
}
_DERIVED = {PROV + "wasDerivedFrom": [_node("source", "origin"), _node("source", "other")]}


def _table(name: str, origin: str, kind: str, said: dict[str, list[Term]]) -> TermTable:
    statements = tuple(Statement(Constant(predicate), term) for predicate, terms in said.items() for term in terms)
    return TermTable(name, Constant(""), origin, Column("n", f"{BASE}{kind}/"), statements, unique=True)

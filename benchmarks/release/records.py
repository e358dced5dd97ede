"""Generated events, sources, agents and claims with value and quote, as the term tables that a build has."""

from lod.engine import DuckDbEngine, table_name
from lod.term_table import Column, Constant, Statement, Term, TermTable
from lod.terms import RDF_TYPE, XSD, Kind
from lod.vocab import NS, PROV, RDFS, SCHEMA

BASE = "http://example.org/"
KINDS = ("agent", "claim", "event", "source", "variable")
_CLAIMS_AN_EVENT, _CLAIMS_A_SOURCE, _CLAIMS_AN_AGENT = 20, 5, 10


def generate(engine: DuckDbEngine, claims: int) -> tuple[TermTable, ...]:
    """Return term tables of so many claims (a multiple of 20), and of all that they name."""
    sizes = {"event": _CLAIMS_AN_EVENT, "source": _CLAIMS_A_SOURCE, "agent": _CLAIMS_AN_AGENT, "variable": claims}
    claim = table_name(engine.materialise("claim", engine.view("claim", _CLAIMS.format(claims=claims))))
    tables = [_table(claim, kind, said) for kind, said in _CLAIM.items()]
    for kind, each in sizes.items():
        query = _NAMED.format(kind=kind.title(), count=claims // each)
        tables.append(_table(table_name(engine.materialise(kind, engine.view(kind, query))), kind, _OTHERS[kind]))
    return tuple(tables)


_CLAIMS = f"""
SELECT CAST(NULL AS BIGINT) AS _row, CAST(n AS VARCHAR) AS n, CAST(n // {_CLAIMS_AN_EVENT} AS VARCHAR) AS event,
    CAST(n // {_CLAIMS_A_SOURCE} AS VARCHAR) AS source, CAST(n // {_CLAIMS_AN_AGENT} AS VARCHAR) AS agent,
    CAST(100 + n * 7919 % 997 AS VARCHAR) AS number, '0' AS variable,
    'At least ' || n % 997 || ' people were killed, says "paper ' || n || '".' AS text
FROM range({{claims}}) AS t(n)
"""  # noqa: S608  # numbers of ours
_NAMED = """
SELECT CAST(NULL AS BIGINT) AS _row, CAST(n AS VARCHAR) AS n, '{kind} ' || n AS label,
    strftime(DATE '1992-01-01' + CAST(n % 3650 AS INTEGER), '%Y-%m-%d') AS day
FROM range({count}) AS t(n)
"""


def _node(kind: str, column: str) -> Term:
    return Term(Column(column, f"{BASE}{kind}/"), Kind.IRI)


def _class(iri: str) -> Term:
    return Term(Constant(iri), Kind.IRI)


def _typed(column: str, datatype: str) -> Term:
    return Term(Column(column), Kind.LITERAL, Constant(XSD + datatype))


def _worded(column: str) -> Term:
    return Term(Column(column), Kind.LITERAL, Constant(""), Constant("en"))


_CLAIM = {
    "claim": {
        RDF_TYPE: [_class(SCHEMA + "Claim"), _class(PROV + "Entity")],
        RDFS + "label": [_worded("text")],
        SCHEMA + "text": [_worded("text")],
        SCHEMA + "about": [_node("event", "event")],
        SCHEMA + "appearance": [_node("source", "source")],
        SCHEMA + "author": [_node("agent", "agent")],
        SCHEMA + "citation": [_node("quote", "n")],
        PROV + "wasAttributedTo": [_node("agent", "agent")],
        PROV + "wasDerivedFrom": [_node("source", "source")],
        NS + "states": [_node("value", "n")],
    },
    "value": {
        RDF_TYPE: [_class(SCHEMA + "Observation")],
        SCHEMA + "variableMeasured": [_node("variable", "variable")],
        SCHEMA + "value": [_typed("number", "integer")],
        SCHEMA + "minValue": [_typed("number", "integer")],
        SCHEMA + "maxValue": [_typed("number", "integer")],
    },
    "quote": {
        RDF_TYPE: [_class(SCHEMA + "Quotation")],
        SCHEMA + "text": [_worded("text")],
        PROV + "wasQuotedFrom": [_node("source", "source")],
    },
}
_LABEL = {RDFS + "label": [_worded("label")]}
_OTHERS = {
    "event": {RDF_TYPE: [_class(SCHEMA + "Event")], SCHEMA + "startDate": [_typed("day", "date")], **_LABEL},
    "source": {RDF_TYPE: [_class(SCHEMA + "NewsArticle")], SCHEMA + "datePublished": [_typed("day", "date")], **_LABEL},
    "agent": {RDF_TYPE: [_class(SCHEMA + "Organization")], **_LABEL},
    "variable": {RDF_TYPE: [_class(SCHEMA + "StatisticalVariable")], **_LABEL},
}


def _table(name: str, kind: str, said: dict[str, list[Term]]) -> TermTable:
    statements = tuple(Statement(Constant(predicate), term) for predicate, terms in said.items() for term in terms)
    return TermTable(name, Constant(""), kind, Column("n", f"{BASE}{kind}/"), statements, unique=True)

"""Two generated releases, whose differences are known by construction, as sorted lines of N-Quads."""

from pathlib import Path

import duckdb

from lod.engine import sql_text
from lod.terms import RDF_TYPE, XSD
from lod.vocab import NS, PROV, RDFS, SCHEMA

BASE = "http://example.org/"
NEW = 50  # each so manieth claim is new, another as many are gone, others have another number, others another source
_GONE, _VALUE, _SOURCE = 1, 2, 3


def expected(claims: int) -> dict[str, int]:
    """Return how many claims become new, gone and changed, of so many, a multiple of `NEW`."""
    return {"new": claims // NEW, "gone": claims // NEW, "changed": 2 * (claims // NEW)}


def write(path: Path, claims: int, *, later: bool) -> int:
    """Write a release; return how many statements it has."""
    left_out = _GONE if later else 0
    query = _LINES.format(claims=claims, left_out=left_out, every=NEW, later=int(later))
    with duckdb.connect() as connection:
        connection.execute("SET memory_limit = '4GB'")
        options = "(HEADER false, DELIMITER '', QUOTE '', ESCAPE '', FORMAT csv)"
        [count] = connection.execute(f"COPY ({query}) TO {sql_text(str(path))} {options}").fetchone() or (0,)
    return int(count)


def _said(kind: str, *pairs: tuple[str, str]) -> list[str]:
    return [f"'<{BASE}{kind}/c' || n || '> <{predicate}> ' || {term} || ' .'" for predicate, term in pairs]


def _node(path: str, name: str) -> str:
    return f"'<{BASE}{path}' || {name} || '>'"


_TEXT = "'\"Claim ' || n || ' counts people killed in event ' || event || '.\"@en'"
_NUMBER = f"'\"' || stated || '\"^^<{XSD}integer>'"
_STATEMENTS = [
    *_said(
        "claim",
        (RDF_TYPE, f"'<{SCHEMA}Claim>'"),
        (RDF_TYPE, f"'<{PROV}Entity>'"),
        (SCHEMA + "text", _TEXT),
        (RDFS + "label", _TEXT),
        (SCHEMA + "about", _node("event/e", "event")),
        (SCHEMA + "author", _node("agent/a", "event % 1000")),
        (PROV + "wasAttributedTo", _node("agent/a", "event % 1000")),
        (SCHEMA + "appearance", _node("source/s", "source")),
        (PROV + "wasDerivedFrom", _node("source/s", "source")),
        (NS + "states", _node("value/c", "n")),
        (SCHEMA + "citation", _node("quote/c", "n")),
    ),
    *_said(
        "value",
        (RDF_TYPE, f"'<{SCHEMA}Observation>'"),
        (SCHEMA + "variableMeasured", _node("variable/killed", "''")),
        (SCHEMA + "value", _NUMBER),
        (SCHEMA + "minValue", _NUMBER),
        (SCHEMA + "maxValue", _NUMBER),
    ),
    *_said(
        "quote",
        (RDF_TYPE, f"'<{SCHEMA}Quotation>'"),
        (SCHEMA + "text", "'\"' || number || ' people were killed, quote ' || n || '\"@en'"),
        (PROV + "wasQuotedFrom", _node("source/s", "event")),
    ),
]
_LINES = f"""
WITH claims AS (
    SELECT n, n // 20 AS event,
        n // 5 + CASE WHEN {{later}} = 1 AND n % {{every}} = {_SOURCE} THEN 1 ELSE 0 END AS source,
        n % 997 AS number, n % 997 + CASE WHEN {{later}} = 1 AND n % {{every}} = {_VALUE} THEN 1 ELSE 0 END AS stated
    FROM range({{claims}}) AS t(n) WHERE n % {{every}} != {{left_out}}
)
SELECT unnest([{", ".join(_STATEMENTS)}]) AS line FROM claims ORDER BY line
"""  # noqa: S608  # numbers and names of ours

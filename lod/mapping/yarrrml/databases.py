"""YARRRML sources that are databases: a table or a query, and how to reach it.

https://rml.io/yarrrml/spec/#type
"""

from lod.errors import MappingError
from lod.mapping.database import database
from lod.mapping.model import Database
from lod.mapping.yarrrml.keys import (
    ACCESS,
    CREDENTIALS,
    DRIVER,
    PASSWORD,
    QUERY,
    QUERY_FORMULATION,
    TABLE,
    TYPE,
    USERNAME,
    Key,
)
from lod.mapping.yarrrml.tree import Map, scalar

DATABASE_KEYS = (CREDENTIALS, DRIVER, QUERY, QUERY_FORMULATION, TABLE)
KINDS = ("postgresql", "mysql", "sqlite", "duckdb")
_STANDARD = ("sql2008", "sql2011", "sql2016")


def read_database(node: Map) -> Database:
    """Return the database of a source; raise MappingError."""
    credentials = node.get(CREDENTIALS)
    if isinstance(credentials, Map):
        credentials.allow("'credentials'", USERNAME, PASSWORD)
    elif credentials is not None:
        raise MappingError("'credentials' is a map with username and password", at=credentials.position)
    access = scalar(node.require(ACCESS), "'access'")
    return database(
        access.text,
        _text(node, TYPE) or _text(node, DRIVER),
        _text(credentials, USERNAME),
        _text(credentials, PASSWORD),
        access.position,
    )


def read_query(node: Map, kind: str) -> tuple[str | None, str | None]:
    """Return the table and the query of a source, of which one is given; raise MappingError."""
    _check_formulation(node, kind)
    table, query = _text(node, TABLE), _text(node, QUERY)
    if bool(table) == bool(query):
        hint = "Name a 'table', or write a 'query'."
        raise MappingError("a database gives one table, or the rows of one query", at=node.position, hint=hint)
    return table, query.strip().removesuffix(";") if query else None


def _check_formulation(node: Map, kind: str) -> None:
    formulation = node.get(QUERY_FORMULATION)
    if formulation is None:
        return
    word = scalar(formulation, "'queryFormulation'")
    if word.text not in (*_STANDARD, kind):
        hint = f"The database reads {kind}; {', '.join(_STANDARD)} are taken as it takes them."
        raise MappingError(f"a query in {word.text!r} cannot be put here", at=word.position, hint=hint)


def _text(node: Map | None, key: Key) -> str | None:
    value = node.get(key) if node else None
    return scalar(value, f"{key[0]!r}").text if value else None

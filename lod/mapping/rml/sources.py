"""RML-IO logical sources: where records are, and how they are referred to.

https://kg-construct.github.io/rml-io/spec/docs/#source-vocabulary
https://kg-construct.github.io/rml-io-registry/ (access descriptions: file path, CSVW, DCAT, D2RQ)
"""

from dataclasses import replace
from pathlib import PurePosixPath
from typing import Final

from lod.errors import did_you_mean
from lod.mapping.database import database
from lod.mapping.model import Dialect, LogicalSource
from lod.mapping.rml.csvw import dialect
from lod.mapping.rml.files import address, compression, encoding, local_file
from lod.mapping.rml.graph import Node
from lod.terms import Kind

_FORMULATIONS = {
    "CSV": "csv",
    "CSVW": "csv",
    "TSV": "csv",
    "JSONPath": "json",
    "XPath": "xml",
    "XPathReferenceFormulation": "xml",
    "Parquet": "parquet",
    "Excel": "excel",
    "ODS": "ods",
    "SQL2008": "sql",
    "SQL2008Table": "sql",
    "SQL2008Query": "sql",
    "SQLTable": "sql",
    "SQLQuery": "sql",
}
_SUFFIXES = {
    ".csv": "csv",
    ".tsv": "csv",
    ".json": "json",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".xml": "xml",
    ".parquet": "parquet",
    ".xlsx": "excel",
    ".xls": "excel",
    ".ods": "ods",
}
_COMPRESSED = (".gz", ".zip", ".zst")
_FILES = ("csvw:url", "dcat:downloadURL", "dcat:accessURL", "downloadURL")
_UNREAD = {
    "sd:endpoint": "a SPARQL endpoint",
    "td:hasPropertyAffordance": "a Web API or a stream",
    "td:hasForm": "a Web API or a stream",
}
_ROWS: Final = ("csv", "parquet", "sql")


def logical_source(node: Node) -> LogicalSource:
    """Return the logical source that a node describes."""
    source = node.one("source")
    if source is None:
        hint = "R2RML leaves the database to the processor: name it by rml:source, a d2rq:Database."
        raise node.error("the logical source has no rml:source", hint if node.has("tableName", "query") else None)
    return _table(node, source) if source.has("d2rq:jdbcDSN") else _file(node, source)


def formulation(node: Node) -> str | None:
    """Return the name of the reference formulation that a node states, or None."""
    said = node.one("referenceFormulation")
    if said is None:
        return None
    name = "XPath" if said.has("namespace") else said.name
    if name not in _FORMULATIONS:
        hint = did_you_mean(name, _FORMULATIONS) or f"There are: {', '.join(_FORMULATIONS)}."
        raise said.error(f"the reference formulation <{said.value}> is not read here", hint)
    return _FORMULATIONS[name]


def namespaces(node: Node) -> tuple[tuple[str, str], ...]:
    """Return the prefixes and namespaces that a node's rml:XPathReferenceFormulation declares."""
    said = node.one("referenceFormulation")
    found = [(each.text("namespacePrefix"), each.text("namespaceURL"), each) for each in _namespaces(said)]
    for prefix, url, each in found:
        if not prefix or not url:
            raise each.error("a namespace has an rml:namespacePrefix and an rml:namespaceURL")
    return tuple((str(prefix), str(url)) for prefix, url, _ in found)


def _namespaces(said: Node | None) -> list[Node]:
    return said.all("namespace") if said else []


def _file(node: Node, source: Node) -> LogicalSource:
    access = _access(source)
    suffix = _suffix(access)
    kind = formulation(node) or _SUFFIXES.get(suffix)
    if kind is None:
        hint = "Name one: rml:referenceFormulation rml:CSV, rml:JSONPath or rml:XPath."
        raise node.error("the logical source has no reference formulation", hint)
    if kind == "json" and _SUFFIXES.get(suffix) == "jsonl":
        kind = "jsonl"  # RML-IO: "JSONPath for JSON and JSONL data sources"
    if kind == "sql":
        raise source.error("a reference formulation of SQL is for a database", "Name it by a d2rq:Database.")
    return LogicalSource(
        access=access,
        formulation=kind,
        position=node.position,
        iterator=None if kind in _ROWS else node.text("iterator"),
        dialect=_dialect(node, source, suffix),
        encoding=encoding(source.one("encoding")) or encoding(_csvw(source, "csvw:encoding")) or "utf-8",
        nulls=tuple(each.value for each in source.all("null", "csvw:null")),
        compression=compression(source.one("compression")),
        namespaces=namespaces(node),
    )


def _access(source: Node) -> str:
    """Return the file or URL of a source: a text, an IRI, or a node that describes it."""
    if source.has("path"):
        return local_file(source)
    file = source.one(*_FILES)
    if file is not None:
        return address(file)
    for name, what in _UNREAD.items():
        if source.has(name):
            raise source.error(f"the source is {what}, which is not read", "Fetch it into a file first.")
    if source.kind is Kind.BLANK:
        hint = "There are rml:path, csvw:url, dcat:downloadURL and d2rq:jdbcDSN."
        raise source.error("the source says by no property that is read here where it is", hint)
    return address(source)


def _suffix(access: str) -> str:
    path = PurePosixPath(access.lower())
    return PurePosixPath(path.stem).suffix if path.suffix in _COMPRESSED else path.suffix


def _dialect(node: Node, source: Node, suffix: str) -> Dialect:
    said = node.one("referenceFormulation")
    tabs = suffix == ".tsv" or (said is not None and said.name == "TSV")
    return dialect(source, replace(Dialect(), delimiter="\t") if tabs else Dialect())


def _csvw(source: Node, name: str) -> Node | None:
    described = source.one("csvw:dialect")
    return source.one(name) or (described.one(name) if described else None)


def _table(node: Node, source: Node) -> LogicalSource:
    """Return a logical source in a database: a table, or a query."""
    dsn, driver = source.text("d2rq:jdbcDSN") or "", source.text("d2rq:jdbcDriver")
    login = source.text("d2rq:username"), source.text("d2rq:password")
    found = database(dsn, driver, *login, source.position)
    table, query = node.text("tableName"), node.text("query")
    iterator, said = node.text("iterator"), node.one("referenceFormulation")
    if iterator is not None and said is not None and said.name in ("SQL2008Table", "SQLTable"):
        table = iterator
    elif iterator is not None and table is None and query is None:
        query = iterator
    if (table is None) == (query is None):
        hint = "rml:iterator is one, by rml:referenceFormulation rml:SQL2008Table or rml:SQL2008Query."
        raise node.error("a logical source in a database is one table or one query", hint)
    nulls = tuple(each.value for each in source.all("null"))
    return LogicalSource(
        access=found.address,
        formulation="sql",
        position=node.position,
        iterator=table,
        nulls=nulls,
        database=found,
        query=query,
    )

"""YARRRML sources and targets: what each key says, and what is not read here."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from lod.errors import MappingError, Position
from lod.mapping import read_mappings
from lod.mapping.model import Database, Dialect, LogicalSource, Mapping
from lod.term_table import Target

HERE = Position("map.yml")
Read = Callable[[str], Mapping]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    def read_text(text: str) -> Mapping:
        (tmp_path / "map.yml").write_text(text)
        return read_mappings([(tmp_path / "map.yml", "map.yml")], "https://example.org/")

    return read_text


def source(text: str) -> str:
    return f"mappings:\n  person:\n    sources:\n      {text}\n    s: x\n"


def made(access: str, formulation: str, **more: Any) -> LogicalSource:
    return LogicalSource(access, formulation, HERE, **more)


def csv(dialect: str) -> str:
    return f"{{access: a, referenceFormulation: csv, {dialect}}}"


def table(kind: str, address: str, user: str | None = None, password: str | None = None, **more: Any) -> LogicalSource:
    return made(address, "sql", database=Database(kind, address, user, password), **more)


NAMESPACES = (("x", "http://x.org/ns#"),)
# A source, and what it says.
SOURCES = [
    ("[a.csv~csv]", made("a.csv", "csv")),
    ("[a.json~jsonpath, '$[*]']", made("a.json", "json", iterator="$[*]")),
    ("[a.xml~xpath, /a/b]", made("a.xml", "xml", iterator="/a/b")),
    ("[a.jsonl~jsonl]", made("a.jsonl", "jsonl")),
    ("[a.parquet~parquet]", made("a.parquet", "parquet")),
    ("[a~b.csv~csv]", made("a~b.csv", "csv")),
    ("{access: a, referenceFormulation: JSONPath}", made("a", "json")),
    ("{access: http://e.org/a.csv, referenceFormulation: csv, type: remotefile}", made("http://e.org/a.csv", "csv")),
    ("{access: a.xlsx, referenceFormulation: excel, sheet: People}", made("a.xlsx", "excel", iterator="People")),
    ("{access: a.ods, referenceFormulation: ods}", made("a.ods", "ods")),
    (
        "{access: a.xml, referenceFormulation: xpath, iterator: /x:a, namespaces: {x: 'http://x.org/ns#'}}",
        made("a.xml", "xml", iterator="/x:a", namespaces=NAMESPACES),
    ),
    (csv("delimiter: ';'"), made("a", "csv", dialect=Dialect(delimiter=";"))),
    (csv("delimiter: '\\t'"), made("a", "csv", dialect=Dialect(delimiter="\t"))),
    (csv('delimiter: "\\t"'), made("a", "csv", dialect=Dialect(delimiter="\t"))),
    (csv("quote: \"'\", comment: '#'"), made("a", "csv", dialect=Dialect(quote="'", comment="#"))),
    (csv("quote: ''"), made("a", "csv", dialect=Dialect(quote=None))),
    (csv("header: false, skip: 2, trim: true"), made("a", "csv", dialect=Dialect(header=False, skip_rows=2, trim=True))),
    (csv("encoding: latin-1, nulls: [NA, '-']"), made("a", "csv", encoding="latin-1", nulls=("NA", "-"))),
    (csv("nulls: NA, compression: zip"), made("a", "csv", nulls=("NA",), compression="zip")),
    (csv("optional: [a, b]"), made("a", "csv", optional=("a", "b"))),
    (
        "{access: http://localhost/example, type: mysql, credentials: {username: root, password: pw}, queryFormulation: sql2008, query: 'SELECT 1;', referenceFormulation: csv}",
        table("mysql", "mysql://localhost/example", "root", "pw", query="SELECT 1"),
    ),
    (
        "{access: 'jdbc:mysql://localhost/example', driver: com.mysql.jdbc.Driver, query: SELECT 1, referenceFormulation: csv}",
        table("mysql", "mysql://localhost/example", query="SELECT 1"),
    ),
    (
        "{access: 'host:5432/db', type: postgresql, table: people}",
        table("postgresql", "postgresql://host:5432/db", iterator="people"),
    ),
    ("{access: a.db, type: sqlite, table: people}", table("sqlite", "a.db", iterator="people")),
    ("{access: 'duckdb:a.db', referenceFormulation: sql, query: FROM t}", table("duckdb", "a.db", query="FROM t")),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), SOURCES)
def test_a_source_says(read: Read, text: str, expected: LogicalSource) -> None:
    (triples_map,) = read(source(text)).triples_maps
    assert triples_map.source == expected


# A source that is not read, what is wrong with it, and the hint.
NOT_READ = [
    ("{access: a}", "the key 'referenceFormulation' is missing", ""),
    ("{referenceFormulation: csv}", "the key 'access' is missing", ""),
    ("[a.xml~xquery]", "unknown reference formulation 'xquery'", ""),
    ("{access: a, referenceFormulation: csvv}", "unknown reference formulation 'csvv'", "Did you mean 'csv'?"),
    ("{access: a, type: oracle, query: x}", "a source of the type 'oracle' is not read here", "Read are: localfile, "),
    ("{access: a, type: sparql, query: x}", "a source of the type 'sparql' is not read here", ""),
    ("{access: a, type: wot, referenceFormulation: csv}", "a source of the type 'wot' is not read here", ""),
    ("{access: a, type: mysq, query: x}", "a source of the type 'mysq' is not read here", "Did you mean 'mysql'?"),
    (csv("contentType: text/csv"), "'contentType' (a Web of Things description) is not read here", "Known keys: access, "),
    (csv("security: none"), "'security' (a Web of Things description) is not read here", ""),
    (csv("delimiter: ab"), "'delimiter' is one character, not 'ab'", ""),
    (csv("header: no"), "'header' is true or false, not 'no'", ""),
    (csv("skip: one"), "'skip' is a number of rows, not 'one'", ""),
    (csv("skip: ²"), "'skip' is a number of rows, not '²'", ""),
    (csv("encoding: utf-9"), "there is no encoding 'utf-9'", "Such as utf-8"),
    (csv("encoding: hex"), "there is no encoding 'hex'", ""),
    (csv("compression: targzip"), "the compression 'targzip' is not read here", "Did you mean 'gzip'?"),
    (csv("compression: rar"), "the compression 'rar' is not read here", "Read are: gzip, zstd, zip."),
    (csv("sheet: x"), "a source (csv) has no key 'sheet'", ""),
    (csv("iterators: x"), "a source (csv) has no key 'iterators'", "Did you mean 'iterator'?"),
    ("{access: a, referenceFormulation: json, delimiter: ';'}", "a source (json) has no key 'delimiter'", ""),
    ("{access: a, referenceFormulation: xpath, namespaces: {x: y}}", "'y' is no absolute IRI", ""),
    ("{access: a.db, type: sqlite}", "a database gives one table, or the rows of one query", "Name a 'table'"),
    ("{access: a.db, type: sqlite, table: a, query: b}", "a database gives one table, or the rows of one query", ""),
    ("{access: a.db, type: sqlite, table: a, referenceFormulation: xpath}", "the rows of a database are read as csv", ""),
    ("{access: a.db, type: sqlite, table: a, credentials: root}", "'credentials' is a map with username and password", ""),
    ("{access: a.db, type: sqlite, table: a, credentials: {user: x}}", "'credentials' has no key 'user'", "Did you mean 'username'?"),
    ("{access: 'h/d', type: mysql, query: x, queryFormulation: oracle}", "a query in 'oracle' cannot be put here", "The database reads mysql"),
    ("{access: 'h/d', type: mysql, query: x, queryFormulation: sparql11}", "a query in 'sparql11' cannot be put here", ""),
    ("[]", "a mapping needs at least one source", ""),
    ("[[]]", "a source is [file~formulation, iterator] or a map", ""),
    ("[[a.csv~csv, b, c]]", "a source is [file~formulation, iterator] or a map", ""),
    ("[people.csv]", "there is no source 'people.csv'", "A source without a name is a list"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "what", "hint"), NOT_READ)
def test_a_source_that_is_not_read_is_told_with_its_place(read: Read, text: str, what: str, hint: str) -> None:
    with pytest.raises(MappingError) as caught:
        read(source(text))
    assert caught.value.what.startswith(what)
    assert (caught.value.hint or "").startswith(hint)
    assert (caught.value.at.file, caught.value.at.line) == ("map.yml", 4)
    assert caught.value.at.column >= 7


def term(target: str, named: str = "{}") -> str:
    return (
        f"targets: {named}\nmappings:\n  person:\n    sources: [a.csv~csv]\n    s:\n      - value: http://e.org/$(id)\n"
        f"        targets: {target}\n"
    )


DUMP = Target("data/dump.ttl.gz", "turtle", HERE, "gzip")
NAMED = "{dump: {access: data/dump.ttl.gz, type: void, serialization: turtle, compression: gzip}}"
PLAIN = Target("a.nq", "nquads", HERE)
# Targets of a subject, the document's, and what they say.
TARGETS = [
    ("{access: data/dump.ttl.gz, type: void, serialization: turtle, compression: gzip}", "{}", (DUMP,)),
    ("[[data/dump.ttl.gz~void, turtle, gzip]]", "{}", (DUMP,)),
    ("[data/dump.ttl.gz~void, turtle, gzip]", "{}", (DUMP,)),
    ("[[data/dump.ttl.gz, turtle, gzip]]", "{}", (DUMP,)),
    ("dump", NAMED, (DUMP,)),
    ("[dump]", "{dump: [data/dump.ttl.gz~dcat, turtle, gzip]}", (DUMP,)),
    ("[a.nq~localfile]", "{}", (PLAIN,)),
    ("a.nq~void", "{}", (PLAIN,)),
    ("{access: a.nq}", "{}", (PLAIN,)),
    ("one", "{one: a.nq}", (PLAIN,)),
    ("[dump, {access: a.nq}]", NAMED, (DUMP, PLAIN)),
    ("[[a.nq~void], dump]", NAMED, (PLAIN, DUMP)),
    ("[a.nq~void, dump]", NAMED, (PLAIN, DUMP)),
]


@pytest.mark.parametrize(("text", "named", "expected"), TARGETS)
def test_a_target_says(read: Read, text: str, named: str, expected: tuple[Target, ...]) -> None:
    (triples_map,) = read(term(text, named)).triples_maps
    assert triples_map.subject.targets == expected


def test_every_term_may_have_targets(read: Read) -> None:
    listed = [Target(f"{name}.nq", "nquads", HERE) for name in "pogl"]
    document = (
        "mappings:\n  person:\n    sources: [a.csv~csv]\n    s: http://e.org/$(id)\n    po:\n"
        "      - p: {value: foaf:name, targets: {access: p.nq}}\n"
        "        o: {value: $(name), targets: [[o.nq~void]], language: {value: en, t: [l.nq~void]}}\n"
        "        g: {value: http://e.org/g, target: g.nq~void}\n"
    )
    (pair,) = read(document).triples_maps[0].predicate_objects
    predicate, object_, graph, language = listed
    assert (pair.predicates[0].targets, pair.graphs[0].targets) == ((predicate,), (graph,))
    assert pair.objects[0].targets == (object_, language)


# A target that is not written, what is wrong with it, and the hint.
NOT_WRITTEN = [
    ("{access: http://localhost/sparql, type: sparql}", "the type 'sparql' is not written here", "Written are: localfile, void, dcat."),
    ("[['http://localhost/sparql~sd']]", "the type 'sd' is not written here", ""),
    ("[[a~void, turtel]]", "the serialization 'turtel' is not written here", "Did you mean 'turtle'?"),
    ("[[a~void, owlxml]]", "the serialization 'owlxml' is not written here", "Written are: nquads, "),
    ("[[a~void, turtle, tarxz]]", "the compression 'tarxz' is not written here", "Written are: gzip, zstd."),
    ("[[a~void, turtle, gzip, x]]", "a target is [file~type, serialization, compression] or a map", ""),
    ("{access: $(id).nq}", "a target that depends on the record is not read here", ""),
    ("{access: a, source: people}", "'source': a target that depends on the record is not read here", ""),
    ("{access: a, authentication: x}", "'authentication' (an HTTP request as target) is not read here", ""),
    ("{access: a, serialisation: x}", "a target has no key 'serialisation'", "Did you mean 'serialization'?"),
    ("[[[a]]]", "a target is [file~type, serialization, compression] or a map", ""),
    ("['~void']", "a target names a file", ""),
    ("{type: void}", "the key 'access' is missing", ""),
    ("dumpp", "there is no target 'dumpp'", "Did you mean 'dump'?"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "what", "hint"), NOT_WRITTEN)
def test_a_target_that_is_not_written_is_told_with_its_place(read: Read, text: str, what: str, hint: str) -> None:
    with pytest.raises(MappingError) as caught:
        read(term(text, NAMED))
    assert caught.value.what.startswith(what)
    assert (caught.value.hint or "").startswith(hint)
    assert (caught.value.at.file, caught.value.at.line) == ("map.yml", 7)
    assert caught.value.at.column >= 9

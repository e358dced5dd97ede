"""Mappings of databases from end to end: what R2RML says of tables, views, keys, joins and values, in each database.

https://www.w3.org/TR/r2rml/ The expected statements are written by hand from the specification.
"""

from collections.abc import Callable
from dataclasses import replace
from io import BytesIO

import pyoxigraph as ox
import pytest
from stores import HERE, KINDS, Store

from lod.compile import Graph, Policy, compile_mapping
from lod.engine import Engine
from lod.formats import Prologue, by_name, feed, open_sink
from lod.mapping.model import (
    Join,
    JoinCondition,
    LogicalSource,
    Mapping,
    PredicateObjectMap,
    Reference,
    Template,
    TermMap,
    TriplesMap,
)
from lod.outcome import Rejection
from lod.statements import in_order
from lod.term_table import Constant
from lod.terms import RDF_TYPE, XSD, Kind

Stored = Callable[[str], Store]
BASE = "http://example.com/"
PREFIXES = f"PREFIX : <{BASE}> PREFIX xsd: <{XSD}> "
every_kind = pytest.mark.parametrize("kind", KINDS)


def iri(*parts: str | Reference) -> TermMap:
    return TermMap(Template((BASE, *parts)), Kind.IRI, HERE)


def value(reference: str, datatype: str | None = None, language: str | None = None) -> TermMap:
    override = Constant(XSD + datatype) if datatype else None
    return TermMap(Reference(reference), Kind.LITERAL, HERE, override, Constant(language) if language else None)


def says(predicate: str, made: TermMap | Join) -> PredicateObjectMap:
    return PredicateObjectMap((iri(predicate),), (made,))


def rule(name: str, source: LogicalSource, subject: TermMap, *pairs: PredicateObjectMap) -> TriplesMap:
    return TriplesMap(name, source, subject, pairs, BASE, HERE)


def joined(parent: str, *columns: tuple[str, str]) -> Join:
    return Join(parent, tuple(JoinCondition(Reference(own), Reference(other)) for own, other in columns), HERE)


def compiled(engine: Engine, store: Store, *rules: TriplesMap) -> Graph:
    return compile_mapping(engine, store.root, Mapping(rules, ()), Policy())


def said(engine: Engine, graph: Graph) -> set[ox.Quad]:
    stream, sink = BytesIO(), open_sink(by_name("nquads"))
    sink.start(stream, Prologue(BASE, {}))
    for piece in in_order(engine, graph.tables):
        feed(sink, piece)
    sink.finish()
    return set(ox.parse(stream.getvalue(), ox.RdfFormat.N_QUADS))


def meant(trig: str) -> set[ox.Quad]:
    return set(ox.parse(PREFIXES + trig, ox.RdfFormat.TRIG))


PATIENTS = (
    "CREATE TABLE patient (id INTEGER PRIMARY KEY, name VARCHAR(20), weight FLOAT, born DATE, seen TIMESTAMP, paid BOOLEAN)",
    "INSERT INTO patient VALUES (10, 'Monica', 80.25, '1981-10-10', '2009-10-10 12:12:22', FALSE)",
    "INSERT INTO patient VALUES (11, NULL, NULL, NULL, '2009-01-01 09:30:00', TRUE)",
)


@every_kind
def test_values_have_their_natural_datatypes_and_nulls_make_nothing(engine: Engine, stored: Stored, kind: str) -> None:
    store = stored(kind)
    store.fill(*PATIENTS)
    pairs = [says(name, value(name)) for name in ("id", "name", "weight", "born", "seen", "paid")]
    graph = compiled(engine, store, rule("patient", store.source("patient"), iri("p/", Reference("id")), *pairs))
    assert said(engine, graph) == meant(
        """
        <http://example.com/p/10> :id 10 ; :name "Monica" ; :weight 8.025E1 ; :born "1981-10-10"^^xsd:date ;
            :seen "2009-10-10T12:12:22"^^xsd:dateTime ; :paid false .
        <http://example.com/p/11> :id 11 ; :seen "2009-01-01T09:30:00"^^xsd:dateTime ; :paid true .
        """
    )
    assert graph.rejections == ()


@every_kind
def test_a_template_takes_the_natural_lexical_form_and_a_datatype_may_be_overridden(
    engine: Engine, stored: Stored, kind: str
) -> None:
    store = stored(kind)
    store.fill(*PATIENTS)
    seen = iri("seen/", Reference("seen"), "/", Reference("paid"))
    subject = rule(
        "seen", store.source("patient"), seen, says("id", value("id", "string")), says("n", value("name", None, "en"))
    )
    assert said(engine, compiled(engine, store, subject)) == meant(
        """
        <http://example.com/seen/2009-10-10T12%3A12%3A22/false> :id "10" ; :n "Monica"@en .
        <http://example.com/seen/2009-01-01T09%3A30%3A00/true> :id "11" .
        """
    )


SPORTS = (
    "CREATE TABLE sport (id INTEGER PRIMARY KEY, name VARCHAR(20))",
    "INSERT INTO sport VALUES (100, 'Tennis'), (200, 'Chess')",
    "CREATE TABLE student (id INTEGER PRIMARY KEY, name VARCHAR(20), sport INTEGER)",
    "INSERT INTO student VALUES (1, 'Venus', 100), (2, 'Demi', NULL), (3, 'Bo', 999)",
)


@every_kind
def test_a_join_of_two_tables(engine: Engine, stored: Stored, kind: str) -> None:
    store = stored(kind)
    store.fill(*SPORTS)
    graph = compiled(
        engine,
        store,
        rule("sport", store.source("sport"), iri("sport/", Reference("id")), says("name", value("name"))),
        rule(
            "student",
            store.source("student"),
            iri("student/", Reference("name")),
            says("plays", joined("sport", ("sport", "id"))),
        ),
    )
    assert said(engine, graph) == meant(
        """
        <http://example.com/sport/100> :name "Tennis" . <http://example.com/sport/200> :name "Chess" .
        <http://example.com/student/Venus> :plays <http://example.com/sport/100> .
        """
    )


@every_kind
def test_a_join_of_a_table_with_a_query_by_two_columns(engine: Engine, stored: Stored, kind: str) -> None:
    store = stored(kind)
    store.fill(
        "CREATE TABLE visit (region VARCHAR(9), number INTEGER, PRIMARY KEY (region, number))",
        "INSERT INTO visit VALUES ('a', 1), ('a', 2), ('b', 1)",
        "CREATE TABLE bill (region VARCHAR(9), number INTEGER, amount DECIMAL(10,2))",
        "INSERT INTO bill VALUES ('a', 1, 9.50), ('a', 1, 0.50), ('b', 1, 7.00)",
    )
    key = (Reference("region"), "/", Reference("number"))
    bills = store.source(query="SELECT region, number, COUNT(*) AS many FROM bill GROUP BY region, number")
    graph = compiled(
        engine,
        store,
        rule("bill", bills, iri("bill/", *key), says("many", value("many"))),
        rule(
            "visit",
            store.source("visit"),
            iri("visit/", *key),
            says("bill", joined("bill", ("region", "region"), ("number", "number"))),
        ),
    )
    assert said(engine, graph) == meant(
        """
        <http://example.com/bill/a/1> :many 2 . <http://example.com/bill/b/1> :many 1 .
        <http://example.com/visit/a/1> :bill <http://example.com/bill/a/1> .
        <http://example.com/visit/b/1> :bill <http://example.com/bill/b/1> .
        """
    )


@every_kind
def test_a_parent_of_the_same_table_without_a_condition_is_the_same_row(
    engine: Engine, stored: Stored, kind: str
) -> None:
    store = stored(kind)
    store.fill(*SPORTS)
    source = store.source("student")
    graph = compiled(
        engine,
        store,
        rule("name", source, iri("name/", Reference("name"))),
        rule("student", source, iri("student/", Reference("id")), says("called", joined("name"))),
    )
    assert said(engine, graph) == meant(
        """
        <http://example.com/student/1> :called <http://example.com/name/Venus> .
        <http://example.com/student/2> :called <http://example.com/name/Demi> .
        <http://example.com/student/3> :called <http://example.com/name/Bo> .
        """
    )


@every_kind
def test_delimited_names_in_templates_and_references(engine: Engine, stored: Stored, kind: str) -> None:
    store = stored(kind)
    store.fill(
        'CREATE TABLE "Country Info" ("Country Code" INTEGER, "Name" VARCHAR(40))',
        "INSERT INTO \"Country Info\" VALUES (1, 'Bolivia, Plurinational State of'), (2, 'Côte d''Ivoire')",
    )
    subject = iri("c/", Reference('"Country Code"'), "/", Reference("Name"))
    graph = compiled(
        engine, store, rule("country", store.source('"Country Info"'), subject, says("name", value('"Name"')))
    )
    assert said(engine, graph) == meant(
        """
        <http://example.com/c/1/Bolivia%2C%20Plurinational%20State%20of> :name "Bolivia, Plurinational State of" .
        <http://example.com/c/2/Côte%20d%27Ivoire> :name "Côte d'Ivoire" .
        """
    )


@every_kind
def test_equal_rows_of_a_table_without_a_key_say_the_same(engine: Engine, stored: Stored, kind: str) -> None:
    store = stored(kind)
    store.fill(
        "CREATE TABLE iou (name VARCHAR(9), amount FLOAT)",
        "INSERT INTO iou VALUES ('Bob', 30), ('Sue', 20), ('Bob', 30)",
        "CREATE VIEW debts AS SELECT name AS who, amount FROM iou",
    )
    graph = compiled(
        engine, store, rule("iou", store.source("debts"), iri(Reference("who")), says("amount", value("amount")))
    )
    assert said(engine, graph) == meant(":Bob :amount 3.0E1 . :Sue :amount 2.0E1 .")


@every_kind
def test_a_class_and_a_graph(engine: Engine, stored: Stored, kind: str) -> None:
    store = stored(kind)
    store.fill(*SPORTS)
    typed = PredicateObjectMap((TermMap(Constant(RDF_TYPE), Kind.IRI, HERE),), (iri("Sport"),))
    made = rule("sport", store.source("sport"), iri("s", Reference("id")), typed)
    made = replace(made, graphs=(iri("g/", Reference("name")),))
    assert said(engine, compiled(engine, store, made)) == meant(
        "GRAPH <http://example.com/g/Tennis> { :s100 a :Sport } GRAPH <http://example.com/g/Chess> { :s200 a :Sport }"
    )


# A kind, a type, a value of it that XSD does not have, and what is said of it.
ILL_TYPED = [
    ("sqlite", "INTEGER", "'many'", "many", "is no xsd:integer"),
    ("sqlite", "DATE", "'1981'", "1981", "is no xsd:date"),
    ("postgresql", "DATE", "'infinity'", "infinity", "is no xsd:date"),
    ("postgresql", "NUMERIC", "'NaN'", "NaN", "is no xsd:decimal"),
    ("mysql", "TINYINT(1)", "5", "5", "is no xsd:boolean"),
    ("mysql", "TIME", "'300:00:00'", "300:00:00", "is no xsd:time"),
]


@pytest.mark.parametrize(("kind", "sql_type", "literal", "text", "reason"), ILL_TYPED)
def test_a_value_that_its_datatype_does_not_have_rejects_the_row(
    engine: Engine, stored: Stored, kind: str, sql_type: str, literal: str, text: str, reason: str
) -> None:
    store = stored(kind)
    store.fill(
        f"CREATE TABLE t (id INTEGER PRIMARY KEY, v {sql_type})",
        f"INSERT INTO t VALUES (1, NULL), (2, {literal})",
    )
    graph = compiled(engine, store, rule("t", store.source("t"), iri(Reference("id")), says("v", value("v"))))
    assert graph.rejections == (Rejection(f"{store.database.address}#t", 2, "v", text, reason),)
    assert said(engine, graph) == set()


@every_kind
def test_two_tables_of_a_database_are_two_inputs(engine: Engine, stored: Stored, kind: str) -> None:
    """A row that is rejected takes no row of another table, or of a query, with it."""
    store = stored(kind)
    store.fill(*SPORTS)
    graph = compiled(
        engine,
        store,
        rule("bad", store.source("student"), iri(Reference("id")), says("age", value("name", "integer"))),
        rule("good", store.source("sport"), iri(Reference("id")), says("name", value("name"))),
        rule("asked", store.source(query="SELECT id FROM sport"), iri("q", Reference("id")), says("id", value("id"))),
    )
    assert {each.file for each in graph.rejections} == {f"{store.database.address}#student"}
    assert said(engine, graph) == meant(':100 :name "Tennis" . :200 :name "Chess" . :q100 :id 100 . :q200 :id 200 .')

"""The order of literals: hand-made pairs, and queries that agree with it on all of them."""

from itertools import product

import pyarrow as pa
import pytest

from lod.engine import Engine, sql_text, table_name
from lod.terms import XSD, Kind
from lod.validation import Node
from lod.validation.key import Key, key_of, node_of
from lod.validation.order import compares, compares_with, declare_order, language_matches
from lod.validation.values import compare


def literal(text: str) -> Node:
    """Return a literal written as `lexical form^datatype` or `text@language`."""
    value, _, datatype = text.partition("^")
    if datatype:
        return Node(value, Kind.LITERAL, None if datatype == "string" else XSD + datatype)
    value, _, language = text.partition("@")
    return Node(value, Kind.LITERAL, None, language or None)


# https://www.w3.org/TR/sparql11-query/#OperatorMapping, https://www.w3.org/TR/xmlschema11-2/#built-in-primitive-datatypes
ORDERS = {
    -1: [
        ("1^integer", "2^integer"),
        ("-3^integer", "-2^integer"),
        ("9^integer", "10^integer"),
        ("99999999999999999998^integer", "99999999999999999999^integer"),
        ("1^integer", "1.5^decimal"),
        ("0.1^decimal", "0.10000000000000000000000001^decimal"),
        ("1^byte", "1.0000001^double"),
        ("1e3^double", "INF^double"),
        ("-INF^float", "-1e30^float"),
        ("16777216^float", "16777217.5^double"),
        ("a^string", "b^string"),
        ("Z^string", "a^string"),
        ("\uffff^string", "\U0001f600^string"),
        ("^string", "a^string"),
        ("false^boolean", "1^boolean"),
        ("1992-02-26^date", "1992-02-27^date"),
        ("-0045-01-01^date", "0001-01-01^date"),
        ("9999-12-31^date", "10000-01-01^date"),
        ("1992-02-26+01:00^date", "1992-02-26Z^date"),
        ("1992-02-26T12:00:00^dateTime", "1992-02-26T12:00:00.000001^dateTime"),
        ("1992-02-26T12:00:00+02:00^dateTime", "1992-02-26T11:00:00Z^dateTime"),
        ("1992-02-26T09:00:00^dateTime", "1992-02-27T00:00:00Z^dateTime"),
        ("1992-02-26T00:00:00Z^dateTime", "1992-02-26T00:00:01Z^dateTimeStamp"),
        ("1992^gYear", "1993^gYear"),
        ("-0001^gYear", "0000^gYear"),
        ("1992^gYear", "1993Z^gYear"),
        ("1992-09^gYearMonth", "1992-10^gYearMonth"),
        ("--02-29^gMonthDay", "--03-01^gMonthDay"),
        ("--09^gMonth", "--10^gMonth"),
        ("---09^gDay", "---10^gDay"),
        ("08:00:00^time", "08:00:00.5^time"),
        ("P1M^yearMonthDuration", "P1Y^yearMonthDuration"),
        ("PT59M^dayTimeDuration", "PT1H^dayTimeDuration"),
        ("P1M^duration", "P32D^duration"),
        ("-P1D^duration", "PT0S^duration"),
    ],
    0: [
        ("1^integer", "01^integer"),
        ("1^integer", "+1.00^decimal"),
        ("1^integer", "1e0^double"),
        ("0.0^double", "-0.0^double"),
        ("0.1^float", "0.100000001490116119384765625^double"),
        ("true^boolean", "1^boolean"),
        ("1992-02-26T24:00:00^dateTime", "1992-02-27T00:00:00^dateTime"),
        ("1992-02-26T12:00:00Z^dateTime", "1992-02-26T13:00:00+01:00^dateTime"),
        ("2000-02-29^date", "2000-02-29^date"),
        ("PT60M^duration", "PT1H^duration"),
        ("P12M^duration", "P1Y^yearMonthDuration"),
    ],
    None: [
        ("1^integer", "1^string"),
        ("x^integer", "1^integer"),
        ("300^byte", "1^integer"),
        ("1.0^integer", "1^integer"),
        ("NaN^double", "NaN^double"),
        ("1992-02-30^date", "1992-03-01^date"),
        ("1992-02-26^date", "1992-02-26T00:00:00^dateTime"),
        ("1992-02-26T12:00:00^dateTime", "1992-02-26T12:00:00Z^dateTime"),
        ("1992-02-26T00:00:00^dateTime", "1992-02-26T14:00:00Z^dateTime"),
        ("1992^gYear", "1992Z^gYear"),
        ("P1M^duration", "P30D^duration"),
        ("P1M^duration", "P31D^duration"),
        ("a@en", "b@en"),
        ("a@en", "b^string"),
        ("1^anyURI", "2^anyURI"),
        ("0A^hexBinary", "0B^hexBinary"),
    ],
}
PAIRS = [(left, right, order) for order, pairs in ORDERS.items() for left, right in pairs]


@pytest.mark.parametrize(("left", "right", "order"), PAIRS)
def test_the_order_of_two_literals(left: str, right: str, order: int | None) -> None:
    assert compare(literal(left), literal(right)) == order
    assert compare(literal(right), literal(left)) == (None if order is None else -order)


def test_what_is_no_literal_has_no_order() -> None:
    assert compare(Node("urn:a"), Node("urn:b")) is None
    assert compare(literal("1^integer"), Node("_:b", Kind.BLANK)) is None


NODES = [literal(text) for pair in PAIRS for text in pair[:2]] + [Node("urn:a"), Node("_:b", Kind.BLANK)]


@pytest.mark.parametrize("node", NODES, ids=str)
def test_a_key_has_all_of_a_term(node: Node) -> None:
    assert node_of(key_of(node)) == node


@pytest.mark.parametrize("allowed", [{-1}, {-1, 0}, {1}, {0, 1}], ids=str)
def test_queries_agree_with_the_order_on_all_pairs(allowed: set[int], engine: Engine) -> None:
    pairs = list(product(NODES, NODES))
    keys = {"one": [key_of(one) for one, _ in pairs], "other": [key_of(other) for _, other in pairs]}
    table = engine.materialise("pairs", pa.table(keys | {"number": range(len(pairs))}))
    declare_order(engine)
    asked = f"SELECT number, {compares('one', 'other', frozenset(allowed))} AS found FROM {table_name(table)}"
    found = {row["number"]: row["found"] for row in engine.answers(asked)}
    assert [found[number] for number in range(len(pairs))] == [compare(*pair) in allowed for pair in pairs]


@pytest.mark.parametrize("bound", [node for node in NODES if node.kind is Kind.LITERAL], ids=str)
def test_queries_agree_with_the_order_on_bounds(bound: Node, engine: Engine) -> None:
    table = engine.materialise("keys", pa.table({"key": [key_of(node) for node in NODES], "number": range(len(NODES))}))
    declare_order(engine)
    asked = f"SELECT number, {compares_with(Key('key'), bound, frozenset({-1, 0}))} AS found FROM {table_name(table)}"
    found = {row["number"]: row["found"] for row in engine.answers(asked)}
    assert [found[number] for number in range(len(NODES))] == [compare(node, bound) in (-1, 0) for node in NODES]


# https://www.rfc-editor.org/rfc/rfc4647#section-3.3.1
@pytest.mark.parametrize(
    ("tag", "range_", "matches"),
    [
        ("de", "de", True),
        ("de-de", "de-DE", True),
        ("de-de-1996", "de-DE", True),
        ("de-deva", "de-de", False),
        ("de-latn-de", "de-de", False),
        ("den", "de", False),
        ("de", "*", True),
        ("", "*", False),
        ("", "de", False),
    ],
)
def test_language_ranges(tag: str, range_: str, matches: bool, engine: Engine) -> None:
    assert list(engine.answers(f"SELECT {language_matches(sql_text(tag), range_)} AS found")) == [{"found": matches}]

"""Every syntax that we write, read back by other people's parsers."""

import json
from io import BytesIO
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from generated_quads import BASE, BASES, EX, GRAPHS, batches, batches_of, hostile, wide_rows
from hypothesis import given, settings
from hypothesis import strategies as st
from parsers import by_oxigraph, by_pyld, by_rdflib, same, without_doubles
from written import write

from lod.engine import Engine, table_name
from lod.errors import ReleaseError
from lod.formats import FORMATS, JSONLD, NQUADS, NTRIPLES, PARQUET, TURTLE, Format, Prologue, feed, open_sink
from lod.quad import Quad, quads, quads_table
from lod.rows import Rows
from lod.statements import in_order
from lod.term_table import Column, Constant, Statement, Term, TermTable
from lod.terms import RDF_TYPE, XSD, Kind
from lod.vocab import NS, PREFIXES, SCHEMA

# rdflib's own Dataset.parse uses what rdflib has deprecated.
pytestmark = pytest.mark.filterwarnings("ignore:(Dataset|ConjunctiveGraph):DeprecationWarning:rdflib")

MANY = settings(max_examples=4 * settings.default.max_examples)
CONTEXT = json.loads((Path(__file__).parents[1] / "mappings" / "context.jsonld").read_text())["@context"]
# A context of somebody else's: another alias, a default language, terms that say more than an IRI and a type.
OTHER = {
    "@version": 1.1,
    "@language": "az",
    "@vocab": "https://example.org/vocabulary#",
    "schema": SCHEMA,
    "sdo": "schema:",
    "key": "@id",
    "name": {"@id": "schema:name", "@language": "en"},
    "about": {"@id": "schema:about", "@type": "@vocab"},
    "value": {"@id": "schema:value", "@container": "@list"},
    "author": {"@reverse": "schema:publisher"},
    "http://schema.org/url": {"@type": "@id"},
    "nothing": None,
}
CONTEXTS: dict[str, dict[str, Any]] = {"ours": CONTEXT, "another": OTHER, "prefixes": {}}
OWN = {"ns": NS, "base": BASE, "up": "https://example.org/a/../b/", "ex": EX}
PROLOGUES = st.builds(Prologue, st.sampled_from([BASE, *BASES]), st.sampled_from([PREFIXES, PREFIXES | OWN, {}]))


@MANY
@given(quads=batches)
def test_nquads(engine: Engine, quads: list[Quad]) -> None:
    check_nquads(write(engine, quads, NQUADS, Prologue()), quads)


def check_nquads(content: bytes, quads: list[Quad]) -> None:
    assert by_oxigraph(content, NQUADS) == same(quads)
    assert by_rdflib(content, NQUADS) == same(quads)
    lines = content.splitlines(keepends=True)
    assert lines == sorted(set(lines)), "sorted by byte, none twice"
    assert len(lines) == len(set(quads))


@MANY
@given(quads=batches)
def test_ntriples(engine: Engine, quads: list[Quad]) -> None:
    triples = [quad._replace(graph="") for quad in quads]
    content = write(engine, triples, NTRIPLES, Prologue())
    assert by_oxigraph(content, NTRIPLES) == by_rdflib(content, NTRIPLES) == same(triples)
    assert content == write(engine, triples, NQUADS, Prologue())


@MANY
@given(quads=batches, prologue=PROLOGUES)
def test_turtle(engine: Engine, quads: list[Quad], prologue: Prologue) -> None:
    check_turtle(engine, quads, prologue)


def check_turtle(engine: Engine, quads: list[Quad], prologue: Prologue) -> None:
    for graph in {"", *(quad.graph for quad in quads)}:
        content = write(engine, quads, TURTLE, prologue, graph, rows=50)
        expected = same(quad._replace(graph="") for quad in quads if quad.graph == graph)
        assert by_oxigraph(content, TURTLE) == expected
        assert by_rdflib(content, TURTLE) == expected


@MANY
@given(quads=batches, prologue=PROLOGUES, context=st.sampled_from(list(CONTEXTS)))
def test_jsonld(engine: Engine, quads: list[Quad], prologue: Prologue, context: str) -> None:
    check_jsonld(write(engine, quads, JSONLD, Prologue(prologue.base, prologue.prefixes, CONTEXTS[context])), quads)


def check_jsonld(content: bytes, quads: list[Quad]) -> None:
    graph = json.loads(content)["@graph"]
    nodes = [(place.get("id"), node) for place in [{"@graph": graph}, *graph] for node in place.get("@graph", ())]
    named = [(place, node["id"]) for place, node in nodes if "id" in node and "@graph" not in node]
    assert len(named) == len(set(named)), "a subject stands in a graph once"
    assert by_oxigraph(content, JSONLD) == same(quads)
    assert by_pyld(content) == without_doubles(same(quads))
    assert by_rdflib(content, JSONLD) == same(quads)


@MANY
@given(rows=wide_rows(), prologue=PROLOGUES, context=st.sampled_from(list(CONTEXTS)), graph=st.sampled_from(GRAPHS))
def test_rows_are_written_as_their_statements_are(rows: Rows, prologue: Prologue, context: str, graph: str) -> None:
    whole = Prologue(prologue.base, prologue.prefixes, CONTEXTS[context])
    for format_ in FORMATS:
        found = [_document(piece, format_, whole, graph) for piece in (rows, rows.statements())]
        assert found[0] == found[1], format_.name


def _document(piece: Rows | pa.RecordBatch, format_: Format, prologue: Prologue, graph: str) -> bytes | str:
    """Write a piece; where the syntax cannot hold it, return what is said of that."""
    stream, sink = BytesIO(), open_sink(format_, graph)
    try:
        sink.start(stream, prologue)
        if isinstance(piece, Rows) or len(piece):
            feed(sink, piece)
        sink.finish()
    except ReleaseError:
        return "an error"
    return stream.getvalue()


def test_parquet_is_the_triples_view(engine: Engine) -> None:
    content = write(engine, hostile(), PARQUET, Prologue())
    assert set(quads(pq.read_table(BytesIO(content)).to_batches())) == set(hostile())


def test_hostile_values_in_lines(engine: Engine) -> None:
    check_nquads(write(engine, hostile(), NQUADS, Prologue()), hostile())


@pytest.mark.parametrize("base", BASES)
def test_hostile_values_in_turtle(engine: Engine, base: str) -> None:
    check_turtle(engine, hostile(), Prologue(base, PREFIXES | OWN))


@pytest.mark.parametrize("context", CONTEXTS)
def test_hostile_values_in_jsonld(engine: Engine, context: str) -> None:
    content = write(engine, hostile(), JSONLD, Prologue(BASE, PREFIXES | OWN, CONTEXTS[context]))
    check_jsonld(content, hostile())


def test_nquads_are_canonical(engine: Engine) -> None:
    texts = ["\x00\x07\x08\t\n\x0b\x0c\r\x1f\x7f\x80", "\"\\'", "é🙂\u2028\ufffd\ufffe\uffff", "plain"]
    quads = [Quad("x:s", "x:p", text, int(Kind.LITERAL)) for text in texts]
    quads += [Quad("x:s/a", "x:p", "1", 0, XSD + "integer"), Quad("x:s", "x:p", "a", 0, None, "en-GB", "x:g")]
    assert write(engine, quads, NQUADS, Prologue()).decode().split("\n") == [
        '<x:s/a> <x:p> "1"^^<http://www.w3.org/2001/XMLSchema#integer> .',
        '<x:s> <x:p> "\\"\\\\\'" .',
        r'<x:s> <x:p> "\u0000\u0007\b\t\n\u000B\f\r\u001F\u007F' + '\x80" .',
        '<x:s> <x:p> "a"@en-GB <x:g> .',
        '<x:s> <x:p> "plain" .',
        '<x:s> <x:p> "é🙂\u2028\ufffd\\uFFFE\\uFFFF" .',
        "",
    ]


def test_jsonld_is_compact_by_our_context(engine: Engine) -> None:
    quads = [
        Quad(BASE + "claim/1", RDF_TYPE, SCHEMA + "Claim"),
        Quad(BASE + "claim/1", SCHEMA + "about", BASE + "event/1"),
        Quad(BASE + "claim/1", SCHEMA + "text", "Words", 0, None, "en"),
        Quad(BASE + "claim/1", NS + "earliest", "1992-02-26", 0, XSD + "date"),
        Quad(BASE + "claim/1", SCHEMA + "value", "63", 0, XSD + "integer"),
        Quad(BASE + "claim/1", SCHEMA + "publisher", "A text where our term has IRIs", 0),
    ]
    document = json.loads(write(engine, quads, JSONLD, Prologue(BASE, {}, CONTEXT)))
    assert document["@context"] == {"@base": BASE} | CONTEXT
    assert document["@graph"] == [
        {
            "id": "claim/1",
            "type": "schema:Claim",
            "about": "event/1",
            "text": {"@value": "Words", "@language": "en"},
            "earliest": "1992-02-26",
            "value": 63,
            "http://schema.org/publisher": "A text where our term has IRIs",
        }
    ]


def test_blank_nodes(engine: Engine) -> None:
    nodes = ["_:b", "_:b1", "_:b12", "_:bA"]
    quads = [Quad(node, "x:p", other, int(Kind.BLANK)) for node in nodes for other in nodes]
    quads += [Quad("x:s", "x:p", "_:b", int(Kind.BLANK)), Quad("_:b", RDF_TYPE, "x:C"), Quad("Z:s", "x:p", "_:b", 0)]
    for format_ in (NQUADS, NTRIPLES, TURTLE, JSONLD):
        content = write(engine, quads, format_, Prologue(BASE, PREFIXES, CONTEXT))
        assert len(by_oxigraph(content, format_)) == len(quads)
        assert format_ is JSONLD or by_oxigraph(content, format_) == set(quads)
    lines = write(engine, quads, NQUADS, Prologue()).splitlines(keepends=True)
    assert lines == sorted(lines)


def test_blank_nodes_come_last_whatever_table_they_lie_in(engine: Engine) -> None:
    subjects = pa.table({"_row": [1, 2, 3, 4], "subject": ["_:b", "Z:s", "x:s", "_:B"]})
    typed = Statement(Constant(RDF_TYPE), Term(Constant("x:C"), Kind.IRI))
    name = table_name(engine.materialise("terms", subjects))
    table = TermTable(name, Constant("in"), "map", Column("subject"), (typed,))
    found = quads(
        batches_of(in_order(engine, [table], quads_table([Quad("_:a", "x:p", "x:o"), Quad("y:s", "x:p", "x:o")])))
    )
    assert [quad.subject for quad in found] == ["Z:s", "x:s", "y:s", "_:B", "_:a", "_:b"]

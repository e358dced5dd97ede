"""Every syntax that we write, read back by other people's parsers."""

import json
import logging
from collections.abc import Iterable
from io import BytesIO
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
import rdflib
from generated_quads import BASE, BASES, batches
from hypothesis import given, settings
from hypothesis import strategies as st
from pyld import jsonld

from lod.engine import Engine
from lod.formats import JSONLD, NQUADS, NTRIPLES, TURTLE, Format, Prologue, open_sink
from lod.quad import Quad
from lod.statements import in_order
from lod.terms import RDF_TYPE, XSD, Kind
from lod.triples import quads_table
from lod.vocab import NS, PREFIXES, RDF, SCHEMA

# rdflib's own Dataset.parse uses what rdflib has deprecated.
pytestmark = pytest.mark.filterwarnings("ignore:(Dataset|ConjunctiveGraph):DeprecationWarning:rdflib")

MANY = settings(max_examples=5 * settings.default.max_examples)
CONTEXT = json.loads((Path(__file__).parents[1] / "mappings" / "context.jsonld").read_text())["@context"]
OWN = {"ns": NS, "base": BASE, "up": "https://example.org/a/../b/", "ex": "https://example.org/"}
PROLOGUES = st.builds(Prologue, st.sampled_from(BASES), st.sampled_from([PREFIXES, PREFIXES | OWN, {}]))
# A context of somebody else's: other aliases, a default language, terms that hold more than an IRI.
OTHER = {
    "@version": 1.1,
    "@language": "az",
    "@vocab": "https://example.org/vocabulary#",
    "schema": SCHEMA,
    "key": "@id",
    "name": {"@id": "schema:name", "@language": "en"},
    "about": {"@id": "schema:about", "@type": "@vocab"},
    "value": {"@id": "schema:value", "@container": "@list"},
    "author": {"@reverse": "schema:publisher"},
    "http://schema.org/url": {"@type": "@id"},
    "nothing": None,
}
CONTEXTS = {"ours": CONTEXT, "another": OTHER, "prefixes": {}}


@pytest.fixture(autouse=True)
def as_written(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rdflib, "NORMALIZE_LITERALS", False)  # a lexical form is data; rdflib would rewrite it
    logging.getLogger("rdflib").setLevel(logging.ERROR)  # it tells of every ill-typed literal, and some are meant


def write(
    engine: Engine, quads: Iterable[Quad], format_: Format, prologue: Prologue, graph: str = "", rows: int = 3
) -> bytes:
    """Write statements, sorted and each once, in batches of so many rows."""
    stream, sink = BytesIO(), open_sink(format_, graph)
    sink.start(stream, prologue)
    for batch in in_order(engine, [], quads_table(quads)):
        for start in range(0, len(batch), rows):
            sink.take(batch.slice(start, rows))
    sink.finish()
    return stream.getvalue()


def same(quads: Iterable[Quad]) -> set[Quad]:
    """Return statements as they compare: RDF folds the case of language tags."""
    return {quad._replace(language=quad.language and quad.language.lower()) for quad in quads}


def by_oxigraph(content: bytes, format_: Format) -> set[Quad]:
    syntax = ox.RdfFormat.from_media_type(format_.media_type)
    return same(
        Quad(_node(q.subject), q.predicate.value, *_object(q.object), _node(q.graph_name))
        for q in ox.parse(content, syntax)
    )


def _node(node: object) -> str:
    if isinstance(node, ox.DefaultGraph):
        return ""
    return node.value if isinstance(node, ox.NamedNode) else str(node)


def _object(node: object) -> tuple[str, int, str | None, str | None]:
    if not isinstance(node, ox.Literal):
        return _node(node), int(Kind.IRI if isinstance(node, ox.NamedNode) else Kind.BLANK), None, None
    datatype = None if node.language or node.datatype.value == XSD + "string" else node.datatype.value
    return node.value, int(Kind.LITERAL), datatype, node.language


def by_rdflib(content: bytes, format_: Format) -> set[Quad]:
    data = rdflib.Dataset()
    data.parse(
        data=content, format={"jsonld": "json-ld"}.get(format_.name, format_.name), publicID="https://example.net/"
    )
    outside = ("urn:x-rdflib:default", "https://example.net/")
    found = set()
    for subject, predicate, node, graph in data.quads():
        place = "" if graph is None or str(graph) in outside else str(graph)
        if isinstance(node, rdflib.Literal):
            datatype = (
                None if node.language or str(node.datatype) == XSD + "string" else node.datatype and str(node.datatype)
            )
            found.add(Quad(str(subject), str(predicate), str(node), int(Kind.LITERAL), datatype, node.language, place))
        else:
            found.add(Quad(str(subject), str(predicate), str(node), int(Kind.IRI), graph=place))
    return same(found)


def by_pyld(content: bytes) -> set[Quad]:
    found = set()
    for graph, triples in jsonld.to_rdf(json.loads(content), {"documentLoader": _no_network}).items():
        for triple in triples:
            node, place = triple["object"], "" if graph == "@default" else graph
            kind, datatype = Kind.LITERAL if node["type"] == "literal" else Kind.IRI, node.get("datatype")
            plain = datatype in (None, XSD + "string", RDF + "langString")
            if datatype == XSD + "double":
                continue  # PyLD makes a number of it, whatever stands there
            found.add(
                Quad(
                    triple["subject"]["value"],
                    triple["predicate"]["value"],
                    node["value"],
                    int(kind),
                    None if plain else datatype,
                    node.get("language"),
                    place,
                )
            )
    return same(found)


def _no_network(url: str, _options: Any) -> Any:
    raise AssertionError(f"a document that needs {url}")


@MANY
@given(quads=batches)
def test_nquads(engine: Engine, quads: list[Quad]) -> None:
    content = write(engine, quads, NQUADS, Prologue())
    assert by_oxigraph(content, NQUADS) == same(quads)
    assert by_rdflib(content, NQUADS) == same(quads)
    lines = content.splitlines(keepends=True)
    assert lines == sorted(set(lines)), "sorted by byte, none twice"
    assert len(lines) == len(set(quads))


def test_nquads_are_canonical(engine: Engine) -> None:
    texts = ["\x00\x07\x08\t\n\x0b\x0c\r\x1f\x7f\x80", "\"\\'", "é🙂\u2028\ufffd\ufffe\uffff", "plain"]
    quads = [Quad("x:s", "x:p", text, int(Kind.LITERAL)) for text in texts]
    quads += [
        Quad("x:s/a", "x:p", "1", int(Kind.LITERAL), XSD + "integer"),
        Quad("x:s", "x:p", "a", 0, None, "en-GB", "x:g"),
    ]
    assert write(engine, quads, NQUADS, Prologue()).decode().split("\n") == [
        '<x:s/a> <x:p> "1"^^<http://www.w3.org/2001/XMLSchema#integer> .',
        '<x:s> <x:p> "\\"\\\\\'" .',
        r'<x:s> <x:p> "\u0000\u0007\b\t\n\u000B\f\r\u001F\u007F' + '\x80" .',
        '<x:s> <x:p> "a"@en-GB <x:g> .',
        '<x:s> <x:p> "plain" .',
        '<x:s> <x:p> "é🙂\u2028\ufffd\\uFFFE\\uFFFF" .',
        "",
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
    for graph in {"", *(quad.graph for quad in quads)}:
        content = write(engine, quads, TURTLE, prologue, graph)
        expected = same(quad._replace(graph="") for quad in quads if quad.graph == graph)
        assert by_oxigraph(content, TURTLE) == expected
        assert by_rdflib(content, TURTLE) == expected


@MANY
@given(quads=batches, prologue=PROLOGUES, context=st.sampled_from(list(CONTEXTS)))
def test_jsonld(engine: Engine, quads: list[Quad], prologue: Prologue, context: str) -> None:
    content = write(engine, quads, JSONLD, Prologue(prologue.base, prologue.prefixes, CONTEXTS[context]))
    assert by_oxigraph(content, JSONLD) == same(quads)
    assert by_pyld(content) == {quad for quad in same(quads) if quad.datatype != XSD + "double"}
    assert by_rdflib(content, JSONLD) == same(quads)

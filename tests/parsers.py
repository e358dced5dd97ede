"""Other people's parsers: each reads a document that we wrote into a set of quads."""

import json
from collections.abc import Iterable
from typing import Any

import pyoxigraph as ox
import rdflib
from pyld import jsonld

from lod.formats import Format
from lod.quad import Quad
from lod.terms import XSD, Kind
from lod.vocab import RDF

_OUTSIDE = "https://example.net/"  # where the document would lie; a relative IRI that was not meant would show it
_PLAIN = (None, XSD + "string", RDF + "langString")


def same(quads: Iterable[Quad]) -> set[Quad]:
    """Return statements as they compare: RDF folds the case of language tags."""
    return {quad._replace(language=quad.language and quad.language.lower()) for quad in quads}


def by_oxigraph(content: bytes, format_: Format) -> set[Quad]:
    syntax = ox.RdfFormat.from_media_type(format_.media_type)
    read = ox.parse(content, syntax, base_iri=_OUTSIDE)
    return same(Quad(_value(q.subject), q.predicate.value, *_ox_object(q.object), _value(q.graph_name)) for q in read)


def _value(node: object) -> str:
    if isinstance(node, ox.DefaultGraph):
        return ""
    return node.value if isinstance(node, ox.NamedNode) else str(node)


def _ox_object(node: object) -> tuple[str, int, str | None, str | None]:
    if isinstance(node, ox.Literal):
        return node.value, int(Kind.LITERAL), _datatype(node.datatype.value), node.language
    return _value(node), int(Kind.IRI if isinstance(node, ox.NamedNode) else Kind.BLANK), None, None


def _datatype(iri: str | None) -> str | None:
    return None if iri in _PLAIN else iri


def by_rdflib(content: bytes, format_: Format) -> set[Quad]:
    data = rdflib.Dataset()
    data.parse(data=content, format={"jsonld": "json-ld"}.get(format_.name, format_.name), publicID=_OUTSIDE)
    found = set()
    for subject, predicate, node, graph in data.quads():
        term: tuple[str, int, str | None, str | None] = (str(node), int(Kind.IRI), None, None)
        if isinstance(node, rdflib.Literal):
            datatype = None if node.datatype is None else str(node.datatype)
            term = (str(node), int(Kind.LITERAL), _datatype(datatype), node.language)
        place = "" if str(graph) in ("urn:x-rdflib:default", _OUTSIDE, "None") else str(graph)
        found.add(Quad(str(subject), str(predicate), *term, place))
    return same(found)


def by_pyld(content: bytes) -> set[Quad]:
    """Read JSON-LD; of xsd:double PyLD makes a number, whatever stands there, so these are left out."""
    found = set()
    for graph, triples in jsonld.to_rdf(json.loads(content), {"documentLoader": _no_network}).items():
        for triple in triples:
            subject, predicate, node = triple["subject"]["value"], triple["predicate"]["value"], triple["object"]
            kind = Kind.LITERAL if node["type"] == "literal" else Kind.IRI
            tag = _datatype(node.get("datatype")), node.get("language")
            found.add(Quad(subject, predicate, node["value"], int(kind), *tag, "" if graph == "@default" else graph))
    return same(without_doubles(found))


def without_doubles(quads: Iterable[Quad]) -> set[Quad]:
    return {quad for quad in quads if quad.datatype != XSD + "double"}


def _no_network(url: str, _options: Any) -> Any:
    raise AssertionError(f"a document that needs {url}")

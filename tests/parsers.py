"""Other people's parsers: each reads a document that we wrote into a set of quads."""

import csv
import json
import logging
import re
import subprocess
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from io import BytesIO, TextIOWrapper
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pyoxigraph as ox
import rdflib
from pyld import jsonld

from lod.formats import JSONLD, NQUADS, Format
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


@contextmanager
def _as_written() -> Iterator[None]:
    """Let rdflib keep lexical forms, which are data, and be quiet of ill-typed literals: some are meant."""
    log, normalize = logging.getLogger("rdflib"), rdflib.NORMALIZE_LITERALS
    level = log.level
    rdflib.NORMALIZE_LITERALS = False
    log.setLevel(logging.ERROR)
    try:
        yield
    finally:
        rdflib.NORMALIZE_LITERALS = normalize
        log.setLevel(level)


def by_rdflib(content: bytes, format_: Format) -> set[Quad]:
    data = rdflib.Dataset()
    names = {"jsonld": "json-ld", "rdfxml": "xml"}
    with _as_written():
        data.parse(data=content, format=names.get(format_.name, format_.name), publicID=_OUTSIDE)
    found = set()
    for subject, predicate, node, graph in data.quads():
        term: tuple[str, int, str | None, str | None] = (str(node), int(Kind.IRI), None, None)
        if isinstance(node, rdflib.Literal):
            datatype = None if node.datatype is None else str(node.datatype)
            term = (str(node), int(Kind.LITERAL), _datatype(datatype), node.language)
        place = "" if str(graph) in ("urn:x-rdflib:default", _OUTSIDE, "None") else str(graph)
        found.add(Quad(str(subject), str(predicate), *term, place))
    return same(found)


def by_rapper(content: bytes, format_: Format, folder: Path) -> set[Quad]:
    """Read a document by Raptor, which tells it as N-Quads."""
    document = folder / f"document{format_.suffix}"
    document.write_bytes(content)
    command = ["rapper", "-q", "-i", format_.name, "-o", "nquads", document, _OUTSIDE]
    return by_oxigraph(subprocess.run(command, check=True, capture_output=True).stdout, NQUADS)


def by_line(content: bytes) -> set[Quad]:
    """Read JSON Lines, each line alone, by two parsers that must agree."""
    found: set[Quad] = set()
    for line in content.splitlines():
        quads = by_oxigraph(line, JSONLD)
        assert by_rdflib(line, JSONLD) == quads
        found |= quads
    return found


def by_csv(content: bytes, prefixes: dict[str, str]) -> set[Quad]:
    """Read the tables of an archive back, by what the documentation says of columns and cells."""
    found: set[Quad] = set()
    with ZipFile(BytesIO(content)) as archive:
        for name in archive.namelist():
            for row in csv.DictReader(TextIOWrapper(archive.open(name), "utf-8", newline=""), strict=True):
                node, graph = row.pop("id"), row.pop("graph", "")
                found |= {
                    Quad(node, *term, graph)
                    for column, cell in row.items()
                    if cell
                    for term in _csv_terms(column, cell, prefixes)
                }
    return same(found)


def _csv_terms(
    column: str, cell: str, prefixes: dict[str, str]
) -> Iterator[tuple[str, str, int, str | None, str | None]]:
    name, _, datatype = column.partition("^^")
    tagged = re.fullmatch(r"(.*)@([a-zA-Z]{1,8}(?:-[a-zA-Z0-9]{1,8})*)", name)
    if tagged and not datatype:
        name = tagged[1]
    for value in _parted(cell):
        kind = Kind.LITERAL if datatype != "@id" else Kind.BLANK if value.startswith("_:") else Kind.IRI
        type_ = _whole(datatype, prefixes) if datatype and datatype != "@id" else None
        language = tagged[2] if tagged and not datatype else None
        yield _whole(name, prefixes), value, int(kind), type_, language


def _parted(cell: str) -> list[str]:
    values = [""]
    for escape, char, bar in re.findall(r"\\(.)|([^|])|(\|)", cell, flags=re.DOTALL):
        if bar:
            values.append("")
        else:
            values[-1] += char or escape.removeprefix("e")
    return values


def _whole(name: str, prefixes: dict[str, str]) -> str:
    prefix, _, local = name.partition(":")
    return name[1:-1] if name.startswith("<") else prefixes[prefix] + local


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

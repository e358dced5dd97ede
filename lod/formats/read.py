"""Reading RDF documents with pyoxigraph: statements come out as quads, errors with file and line."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar

import pyoxigraph as ox

from lod.errors import LodError, Position
from lod.quad import Quad
from lod.terms import XSD, Kind

_Error = TypeVar("_Error", bound=LodError)


class _Rdf12(Exception):  # carries a term out of a statement, and no further than this module
    """A term that RDF 1.1 does not have."""


def read_quads(path: Path, name: str, error: type[_Error]) -> Iterator[Quad]:
    """Yield the statements of an RDF file, its syntax told by its suffix; raise `error` where it cannot be read.

    RDF/XML with a DOCTYPE is refused: its entities can make a small file expand without bound.
    """
    format_ = ox.RdfFormat.from_extension(path.suffix.lstrip("."))
    if format_ is None:
        hint = "Known: .ttl .nt .nq .trig .jsonld .rdf"
        raise error(f"{path.suffix or 'no suffix'} is no RDF syntax that is known here", at=Position(name), hint=hint)
    try:
        content = path.read_bytes()
    except OSError as problem:
        raise error(f"cannot be read: {problem.strerror}", at=Position(name)) from problem
    if format_ == ox.RdfFormat.RDF_XML and b"<!doctype" in content.lower():
        raise error("RDF/XML with a DOCTYPE is not read", at=Position(name), hint="Remove the DOCTYPE.")
    yield from _parse(content, format_, path.resolve().as_uri(), name, error)


def read_text(path: Path, name: str, error: type[LodError]) -> str:
    """Return the text of a file in UTF-8; raise `error`, with the line, where it cannot be read or is none."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as problem:
        line = path.read_bytes().count(b"\n", 0, problem.start) + 1
        at = Position(name, line, 1)
        raise error(f"not UTF-8: {problem.reason}", at=at, hint="Save the file as UTF-8.") from problem
    except OSError as problem:
        raise error(f"cannot be read: {problem.strerror}", at=Position(name)) from problem


def parse_turtle(text: str, base: str, name: str, error: type[_Error]) -> Iterator[Quad]:
    """Yield the statements of a Turtle document whose relative IRIs continue `base`; raise `error` at bad syntax."""
    yield from _parse(text.encode(), ox.RdfFormat.TURTLE, base, name, error)


def _parse(content: bytes, format_: ox.RdfFormat, base: str, name: str, error: type[_Error]) -> Iterator[Quad]:
    try:
        for quad in ox.parse(content, format=format_, base_iri=base):
            yield _quad(quad)
    except SyntaxError as problem:
        what = f"does not parse: {complaint(problem)}"
        raise error(what, at=Position(name, problem.lineno, problem.offset)) from problem
    except _Rdf12 as problem:
        raise error(f"holds a statement about a statement (RDF 1.2): {problem}", at=Position(name)) from problem


def complaint(problem: SyntaxError) -> str:
    """Return what a parser of pyoxigraph complains of, without the place, which the error has as numbers too."""
    return re.sub(r"^Parser error [^:]*: ", "", problem.msg)


def _quad(quad: ox.Quad) -> Quad:
    graph = "" if isinstance(quad.graph_name, ox.DefaultGraph) else _resource(quad.graph_name)
    subject, predicate = _resource(quad.subject), quad.predicate.value
    if isinstance(quad.object, ox.Literal):
        language = quad.object.language
        datatype = None if language or quad.object.datatype.value == XSD + "string" else quad.object.datatype.value
        return Quad(subject, predicate, quad.object.value, int(Kind.LITERAL), datatype, language, graph)
    kind = Kind.BLANK if isinstance(quad.object, ox.BlankNode) else Kind.IRI
    return Quad(subject, predicate, _resource(quad.object), int(kind), None, None, graph)


def _resource(node: object) -> str:
    if isinstance(node, ox.BlankNode):
        return f"_:{node.value}"
    if isinstance(node, ox.NamedNode):
        return node.value
    raise _Rdf12(node)

"""Reading RDF documents with pyoxigraph: statements come out as quads, errors with file and line."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any, BinaryIO

import pyoxigraph as ox

from lod.errors import LodError, Position
from lod.quad import Quad
from lod.terms import XSD, Kind

# What pyoxigraph's parsers call a node without a label, and what it is called here: such labels all get numbers.
_UNLABELLED = re.compile("[a-f][0-9a-f]{15,31}|unlabelled[0-9]+")


class _Rdf12(Exception):  # carries a term out of a statement, and no further than this module
    """A term that RDF 1.1 does not have."""


@dataclass(frozen=True)
class Lines:
    """An RDF file as lines of N-Triples or N-Quads.

    name: the file's; quads: whether a line may name a graph; counted: whether the lines are the file's own.
    """

    stream: BinaryIO
    name: str
    quads: bool
    counted: bool
    error: type[LodError]


@contextmanager
def open_lines(path: Path, name: str, error: type[LodError]) -> Iterator[Lines]:
    """Open an RDF file as lines: its own, or what its parser makes of it, in a file that is gone afterwards.

    Raises `error` where it cannot be read.
    """
    format_ = _syntax(path, name, error)
    if format_ in (ox.RdfFormat.N_TRIPLES, ox.RdfFormat.N_QUADS):
        with _opened(path, name, error) as stream:
            yield Lines(stream, name, format_ == ox.RdfFormat.N_QUADS, True, error)
        return
    with TemporaryFile() as stream:
        with _opened(path, name, error) as content, _told(name, error):
            ox.serialize(_steady(_parser(content, path, name, error)), stream, format=ox.RdfFormat.N_QUADS)
        stream.seek(0)
        yield Lines(stream, name, True, False, error)


def parse_line(line: bytes, number: int, lines: Lines) -> Iterator[Quad]:
    """Yield the statement of a line, where it has one."""
    format_ = ox.RdfFormat.N_QUADS if lines.quads else ox.RdfFormat.N_TRIPLES
    with _told(lines.name, lines.error, number - 1):
        yield from map(_quad, ox.parse(line, format=format_))


def read_quads(path: Path, name: str, error: type[LodError]) -> Iterator[Quad]:
    """Yield the statements of an RDF file, its syntax told by its suffix; raise `error` where it cannot be read.

    RDF/XML with a DOCTYPE is refused: its entities can make a small file expand without bound.
    """
    with _opened(path, name, error) as stream, _told(name, error):
        yield from map(_quad, _parser(stream, path, name, error))


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


def parse_turtle(text: str, base: str, name: str, error: type[LodError]) -> Iterator[Quad]:
    """Yield the statements of a Turtle document whose relative IRIs continue `base`; raise `error` at bad syntax."""
    with _told(name, error):
        yield from map(_quad, ox.parse(text.encode(), format=ox.RdfFormat.TURTLE, base_iri=base))


def _syntax(path: Path, name: str, error: type[LodError]) -> ox.RdfFormat:
    format_ = ox.RdfFormat.from_extension(path.suffix.lstrip("."))
    if format_ is None:
        hint = "Known: .ttl .nt .nq .trig .jsonld .rdf"
        raise error(f"{path.suffix or 'no suffix'} is no RDF syntax that is known here", at=Position(name), hint=hint)
    return format_


@contextmanager
def _opened(path: Path, name: str, error: type[LodError]) -> Iterator[BinaryIO]:
    try:
        stream = path.open("rb")
    except OSError as problem:
        raise error(f"cannot be read: {problem.strerror}", at=Position(name)) from problem
    with stream:
        yield stream


def _parser(stream: BinaryIO, path: Path, name: str, error: type[LodError]) -> Iterator[ox.Quad]:
    format_ = _syntax(path, name, error)
    if format_ != ox.RdfFormat.RDF_XML:
        return ox.parse(stream, format=format_, base_iri=path.resolve().as_uri())
    content = stream.read()
    if b"<!doctype" in content.lower():
        raise error("RDF/XML with a DOCTYPE is not read", at=Position(name), hint="Remove the DOCTYPE.")
    return ox.parse(content, format=format_, base_iri=path.resolve().as_uri())


def _steady(quads: Iterator[ox.Quad]) -> Iterator[ox.Quad]:
    """Yield statements in which blank nodes without a label are numbered: a parser labels them at random."""
    labels: dict[str, ox.BlankNode] = {}

    def steady(node: Any) -> Any:
        if isinstance(node, ox.BlankNode) and _UNLABELLED.fullmatch(node.value):
            return labels.setdefault(node.value, ox.BlankNode(f"unlabelled{len(labels)}"))
        return node

    for quad in quads:
        yield ox.Quad(steady(quad.subject), quad.predicate, steady(quad.object), steady(quad.graph_name))


@contextmanager
def _told(name: str, error: type[LodError], before: int = 0) -> Iterator[None]:
    """Tell what a parser complains of as `error`; `before`: how many lines stand before what it was given."""
    try:
        yield
    except SyntaxError as problem:
        what = f"does not parse: {complaint(problem)}"
        line = problem.lineno + before if problem.lineno else None
        raise error(what, at=Position(name, line, problem.offset)) from problem
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

"""One statement, as rows of the triples view and of documents have it."""

from typing import NamedTuple

from lod.terms import Kind


class Quad(NamedTuple):
    """A statement: lexical forms, the object's kind, datatype and language, and the graph ("" is the default graph)."""

    subject: str
    predicate: str
    object: str
    kind: int = int(Kind.IRI)
    datatype: str | None = None
    language: str | None = None
    graph: str = ""

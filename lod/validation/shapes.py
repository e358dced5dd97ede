"""Shapes graphs: read from Turtle files, with the shapes that target something."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox
from rdflib import OWL, RDF, RDFS, SH, Graph, URIRef
from rdflib.term import Node as RdfNode

from lod.errors import Position, ShapeError
from lod.formats.read import complaint


@dataclass(frozen=True)
class Shapes:
    """A shapes graph. It is not written to after it is read."""

    graph: Graph

    def idle(self, data: Graph) -> tuple[str, ...]:
        """Return the IRIs of the shapes that have a target, and of whose targets no node is in the data."""
        targeting = sorted({str(shape) for shape in self._targeting() if isinstance(shape, URIRef)})
        return tuple(shape for shape in targeting if not any(self._targets(URIRef(shape), data)))

    def _targeting(self) -> Iterator[RdfNode]:
        for predicate in (SH.targetClass, SH.targetNode, SH.targetSubjectsOf, SH.targetObjectsOf, SH.target):
            yield from self.graph.subjects(predicate)
        yield from (shape for shape in self.graph.subjects(RDF.type, SH.NodeShape) if self._is_class(shape))

    def _is_class(self, shape: RdfNode) -> bool:
        return any((shape, RDF.type, each) in self.graph for each in (RDFS.Class, OWL.Class))

    def _targets(self, shape: URIRef, data: Graph) -> Iterator[RdfNode]:
        yield from self.graph.objects(shape, SH.targetNode)
        yield from self.graph.objects(shape, SH.target)
        classes = [*self.graph.objects(shape, SH.targetClass), *([shape] if self._is_class(shape) else [])]
        for each in classes:
            for subclass in self._subclasses(each, data):
                yield from data.subjects(RDF.type, subclass)
        for predicate in self.graph.objects(shape, SH.targetSubjectsOf):
            yield from data.subjects(predicate)
        for predicate in self.graph.objects(shape, SH.targetObjectsOf):
            yield from data.objects(None, predicate)

    def _subclasses(self, each: RdfNode, data: Graph) -> set[RdfNode | None]:
        graphs = (data, self.graph)
        return {each, *(found for graph in graphs for found in graph.transitive_subjects(RDFS.subClassOf, each))}


def read_shapes(files: Iterable[tuple[Path, str]]) -> Shapes:
    """Read shapes files (each a path and the name that messages use) into one graph.

    Raises ShapeError with file and line: an unreadable file, Turtle that does not parse, no shape at all.
    """
    graph, names = Graph(), []
    for path, name in files:
        names.append(name)
        text = _text(path, name)
        _check_syntax(text, name)
        graph.parse(data=text, format="turtle")
    shapes = (SH.NodeShape, SH.PropertyShape)
    if not any(True for shape in shapes for _ in graph.subjects(RDF.type, shape)):
        raise ShapeError("no shape is declared", at=Position(", ".join(names) or "shapes"))
    return Shapes(graph)


def _text(path: Path, name: str) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise ShapeError(f"cannot be read: {error.strerror}", at=Position(name)) from error
    except UnicodeDecodeError as error:
        raise ShapeError("is not UTF-8", at=Position(name), hint="Save the file as UTF-8.") from error


def _check_syntax(text: str, name: str) -> None:
    """Parse with a parser that tells line and column."""
    try:
        for _ in ox.parse(text, format=ox.RdfFormat.TURTLE, base_iri="file:///"):
            pass
    except SyntaxError as error:
        what = f"not Turtle: {complaint(error)}"
        raise ShapeError(what, at=Position(name, error.lineno, error.offset)) from error

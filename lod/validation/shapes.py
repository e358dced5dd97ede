"""Shapes read from Turtle files into frozen data.

https://www.w3.org/TR/shacl/#shapes
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from lod.errors import Position, ShapeError
from lod.quad import Quad
from lod.terms import RDF_TYPE, Kind
from lod.validation import model
from lod.validation.check import check_terms
from lod.validation.foreign import Foreign, is_class
from lod.validation.graph import ShapesGraph, Subject
from lod.validation.model import VIOLATION, Constraint, Shape, Target
from lod.validation.parameters import Given, constraints
from lod.validation.read_path import read_path
from lod.validation.report import Node
from lod.validation.select import selects
from lod.validation.shacl_terms import PARAMETERS, TARGETS
from lod.vocab import RDFS, SHACL

_CONTRADICTIONS = (
    (model.MinCount, model.MaxCount, "count"),
    (model.MinLength, model.MaxLength, "length"),
    (model.QualifiedMinCount, model.QualifiedMaxCount, "count"),
)


@dataclass(frozen=True)
class Shapes:
    """The shapes of a graph that have targets.

    foreign: what of them is for pySHACL alone; subclasses: the pairs of rdfs:subClassOf; places: where each shape
    stands; quads: the statements of the graph; notes: what deserves a look, in sentences.
    """

    shapes: tuple[Shape, ...]
    foreign: Foreign
    subclasses: frozenset[tuple[str, str]]
    places: dict[Node, Position]
    quads: tuple[Quad, ...]
    notes: tuple[str, ...] = ()


def read_shapes(files: Iterable[tuple[Path, str]]) -> Shapes:
    """Read shapes files, each a path and the name that messages use.

    Raises ShapeError with file and line: an unreadable file, Turtle that does not parse, terms that SHACL does not
    have, malformed parameters, paths or lists, contradictory counts, shapes that refer to themselves, no shape at all.
    """
    files = list(files)
    graph = ShapesGraph.read(files)
    drafts = check_terms(graph)
    reader = _Reader(graph)
    declared = list(_declared(graph))
    if not declared:
        names = ", ".join(name for _, name in files)
        hint = "A shape is an sh:NodeShape or an sh:PropertyShape, or has a target such as sh:targetClass."
        raise ShapeError("no shape is declared", at=Position(names or "shapes"), hint=hint)
    shapes = [reader.shape(subject.node) for subject in declared]
    return Shapes(
        shapes=tuple(shape for shape in shapes if shape.targets and not reader.foreign.whole(shape.node)),
        foreign=reader.foreign,
        subclasses=frozenset(
            (quad.subject, quad.object) for quad in graph.quads if quad.predicate == RDFS + "subClassOf"
        ),
        places={subject.node: subject.position for subject in declared},
        quads=tuple(graph.quads),
        notes=(*drafts, *(_import_note(iri) for iri in graph.elsewhere)),
    )


def _import_note(iri: str) -> str:
    return f"the shapes import <{iri}>, which is no local file and is not read"


def _declared(graph: ShapesGraph) -> Iterator[Subject]:
    """Yield what is a shape: by its type, its targets, its parameters, or as the value of a parameter.

    https://www.w3.org/TR/shacl/#shapes
    """
    marks = {SHACL + name for name in TARGETS | PARAMETERS | {"path", "target", "sparql", "rule"}}
    for subject in graph.all_subjects():
        typed = any(node.value in (SHACL + "NodeShape", SHACL + "PropertyShape") for node in subject.all(RDF_TYPE))
        if typed or marks & graph.properties(subject.node).keys() - {SHACL + "path"}:
            yield subject


class _Reader:
    def __init__(self, graph: ShapesGraph) -> None:
        self.graph = graph
        self.foreign = Foreign(graph)
        self._read: dict[Node, Shape] = {}
        self._open: list[Node] = []

    def shape(self, node: Node) -> Shape:
        """Return the shape at a node, and with it those that it refers to."""
        if node in self._open:
            cycle = " -> ".join(str(each) for each in [*self._open[self._open.index(node) :], node])
            hint = "SHACL leaves open what a recursive shape means: https://www.w3.org/TR/shacl/#shapes-recursion"
            raise ShapeError(f"a shape refers to itself: {cycle}", at=self.graph.place(node), hint=hint)
        if node not in self._read:
            self._open.append(node)
            self._read[node] = self._shape(self.graph.subject(node.value))
            self._open.pop()
        return self._read[node]

    def _shape(self, subject: Subject) -> Shape:
        path = read_path(subject)
        types = [node.value for node in subject.all(RDF_TYPE)]
        if path is None and SHACL + "PropertyShape" in types:
            raise subject.error(RDF_TYPE, "a property shape has a sh:path, and this one has none")
        given = Given(subject, path is not None, self.shape, lambda node: not self.foreign.needs(node))
        severity = subject.one("severity")
        found = tuple(constraints(given))
        _check_counts(subject, found)
        return Shape(
            node=subject.node,
            position=subject.position,
            path=path,
            targets=tuple(_targets(subject)),
            constraints=found,
            severity=subject.iri("severity", severity) if severity else VIOLATION,
            messages=tuple(_message(subject, node) for node in subject.all("message")),
            selects=tuple(selects(subject, path)),
            deactivated=subject.flag("deactivated"),
        )


def _targets(subject: Subject) -> Iterator[Target]:
    """Yield the targets of a shape; a shape that is a class targets its instances.

    https://www.w3.org/TR/shacl/#targets
    """
    for node in subject.all("targetNode"):
        if node.kind is Kind.BLANK:
            raise subject.error("targetNode", "sh:targetNode is an IRI or a literal, not a blank node")
        yield model.TargetNode(node)
    for node in subject.all("targetClass"):
        yield model.TargetClass(subject.iri("targetClass", node))
    if is_class(subject):
        yield model.TargetClass(subject.node.value)
    for node in subject.all("targetSubjectsOf"):
        yield model.SubjectsOf(subject.iri("targetSubjectsOf", node))
    for node in subject.all("targetObjectsOf"):
        yield model.ObjectsOf(subject.iri("targetObjectsOf", node))


def _message(subject: Subject, node: Node) -> Node:
    if node.kind is not Kind.LITERAL or node.datatype:
        raise subject.error("message", f"sh:message is a text, with a language or without, not {node}")
    return node


def _check_counts(subject: Subject, found: tuple[Constraint, ...]) -> None:
    for least, most, name in _CONTRADICTIONS:
        numbers = {kind: getattr(each, name) for each in found for kind in (least, most) if type(each) is kind}
        if len(numbers) == 2 and numbers[least] > numbers[most]:
            what = f"sh:{_parameter(least)} {numbers[least]} is more than the most, "
            raise subject.error(_parameter(least), f"{what}{numbers[most]}: no node can conform")


def _parameter(kind: type[Constraint]) -> str:
    return kind.__name__[0].lower() + kind.__name__[1:]

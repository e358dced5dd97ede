"""What of a shapes graph is for pySHACL alone: SHACL-AF, components that the graph itself declares, and some SPARQL.

A shape that needs pySHACL for some of its constraints only is split: pySHACL gets these, the rest is ours.
https://www.w3.org/TR/shacl/#sparql-constraints, https://www.w3.org/TR/shacl-af/
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from lod.quad import Quad
from lod.terms import RDF_TYPE, Kind
from lod.validation.graph import ShapesGraph, Subject
from lod.validation.report import Node
from lod.validation.select import is_ours
from lod.validation.shacl_terms import FOREIGN, PARAMETERS, TARGETS
from lod.vocab import RDF, RDFS, SHACL

CLASSES = (RDFS + "Class", "http://www.w3.org/2002/07/owl#Class")
_SHAPE_VALUED = ("not", "and", "or", "xone", "node", "property", "qualifiedValueShape")
_SPARQL = SHACL + "sparql"
_TARGETS = {SHACL + name for name in TARGETS}


@dataclass
class Foreign:
    """Answers which nodes of a graph need pySHACL, and what of the graph that is to hold.

    inexact: the SPARQL-based constraints that a store would not answer exactly.
    """

    graph: ShapesGraph
    inexact: frozenset[Node] = frozenset()
    _custom: frozenset[str] = frozenset()
    _needs: dict[Node, bool] = field(default_factory=dict)

    def __post_init__(self) -> None:
        components = self.graph.subjects(RDF_TYPE, SHACL + "ConstraintComponent")
        parameters = (self.graph.subject(node.value) for each in components for node in each.all("parameter"))
        self._custom = frozenset(path.value for each in parameters for path in each.all("path"))

    @property
    def infers(self) -> bool:
        """Whether the graph has rules: what they infer may break any shape, so that all are for pySHACL."""
        return bool(self.graph.subjects(SHACL + "rule"))

    def whole(self, node: Node) -> bool:
        """Whether a shape is for pySHACL as it stands, since its focus nodes are found by it alone."""
        return self.infers or bool(self.graph.subject(node.value).all("target"))

    def needs(self, node: Node) -> bool:
        """Whether a shape, a list of shapes, or what one of them refers to needs pySHACL."""
        if node not in self._needs:
            self._needs[node] = False  # what refers to itself needs it for another reason, or not at all
            self._needs[node] = self._asks(node) or any(map(self.needs, self._referred(node)))
        return self._needs[node]

    def _needs_itself(self, subject: Subject) -> bool:
        """Whether a shape needs pySHACL for its own focus nodes: its SPARQL-based constraints may be ours there."""
        others = any(map(self.needs, self._referred(subject.node)))
        queries = [node for node in subject.all("sparql") if not self._is_own_select(node)]
        return bool(others or queries or self._asked(subject.node) - {_SPARQL})

    def _is_own_select(self, node: Node) -> bool:
        return node not in self.inexact and is_ours(self.graph, node)

    def _asks(self, node: Node) -> bool:
        return bool(self._asked(node))

    def _asked(self, node: Node) -> set[str]:
        return self.graph.properties(node).keys() & (self._custom | {SHACL + name for name in FOREIGN})

    def _referred(self, node: Node) -> Iterator[Node]:
        properties = self.graph.properties(node)
        for name in (*(SHACL + name for name in _SHAPE_VALUED), RDF + "first", RDF + "rest"):
            yield from properties.get(name, ())

    def shapes(self) -> tuple[Node, ...]:
        """Return the shapes with targets that pySHACL holds, as a whole or in part."""
        return tuple(
            subject.node
            for subject in self.graph.all_subjects()
            if self._is_targeted(subject) and (self.whole(subject.node) or self._needs_itself(subject))
        )

    def quads(self) -> list[Quad]:
        """Return the statements for pySHACL: of a shape that it is to hold in part, what is ours is left out."""
        held = set(self.shapes())
        return [quad for quad in self.graph.quads if not self._is_ours(quad, held)]

    def _is_targeted(self, subject: Subject) -> bool:
        aimed = (_TARGETS | {SHACL + "target"}) & self.graph.properties(subject.node).keys()
        return bool(aimed) or is_class(subject)

    def _is_ours(self, quad: Quad, held: set[Node]) -> bool:
        subject = self.graph.subject(quad.subject)
        if subject.node not in held:
            return quad.predicate in _TARGETS or (quad.predicate == RDF_TYPE and quad.object in CLASSES)
        value = Node(quad.object, Kind(quad.kind))
        if quad.predicate == _SPARQL:
            return not self.whole(subject.node) and self._is_own_select(value)
        parameter = quad.predicate.removeprefix(SHACL) in PARAMETERS and self._is_targeted(subject)
        return parameter and not self.whole(subject.node) and not self.needs(value)


def is_class(subject: Subject) -> bool:
    """Whether a shape is a class too, and so targets its instances.

    https://www.w3.org/TR/shacl/#implicit-targetClass
    """
    types = {node.value for node in subject.all(RDF_TYPE)}
    shape = types & {SHACL + "NodeShape", SHACL + "PropertyShape"}
    return subject.node.kind is Kind.IRI and bool(shape) and bool(types & {*CLASSES})

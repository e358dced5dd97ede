"""Property paths, read from a shapes graph.

https://www.w3.org/TR/shacl/#property-paths
"""

from lod.errors import ShapeError
from lod.terms import Kind
from lod.validation.graph import Subject
from lod.validation.path import Alternative, Inverse, Path, Predicate, Repeated, Sequence
from lod.validation.report import Node
from lod.vocab import RDF, SHACL

_MARKS = {"zeroOrOnePath": "?", "zeroOrMorePath": "*", "oneOrMorePath": "+"}
_NAMES = ("inversePath", "alternativePath", *_MARKS)
_DEEPEST = 100


def read_path(subject: Subject) -> Path | None:
    """Return the path of a shape, None where it has none. Raises ShapeError where it is malformed."""
    node = subject.one("path")
    return _Reader(subject).path(node, 0) if node else None


class _Reader:
    def __init__(self, shape: Subject) -> None:
        self.shape, self.graph = shape, shape.graph

    def path(self, node: Node, depth: int) -> Path:
        if node.kind is Kind.IRI and node.value != RDF + "nil":
            return Predicate(node.value)
        if node.kind is Kind.LITERAL or depth > _DEEPEST:
            raise self._malformed("a literal is no path" if node.kind is Kind.LITERAL else "it contains itself")
        properties = self.graph.properties(node)
        if RDF + "first" in properties or node.value == RDF + "nil":
            return Sequence(self._paths(node, depth))
        found = {name: properties[SHACL + name] for name in _NAMES if SHACL + name in properties}
        if len(found) != 1 or any(len(values) != 1 for values in found.values()):
            raise self._malformed("a blank node in it has not exactly one of sh:inversePath, sh:alternativePath ...")
        [(name, [value])] = found.items()
        if name == "alternativePath":
            return Alternative(self._paths(value, depth))
        inner = self.path(value, depth + 1)
        return Inverse(inner) if name == "inversePath" else Repeated(inner, _MARKS[name])

    def _paths(self, node: Node, depth: int) -> tuple[Path, ...]:
        members = self.shape.members("path", node)
        if len(members) < 2:
            raise self._malformed("a sequence or alternative has two members at least")
        return tuple(self.path(member, depth + 1) for member in members)

    def _malformed(self, why: str) -> ShapeError:
        return self.shape.error("path", f"sh:path is malformed: {why}")

"""Shapes files as a graph to walk, each node and property with its place.

https://www.w3.org/TR/shacl/#shapes-graph
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote, urlsplit

from lod.errors import Position, ShapeError
from lod.formats.places import Place, placed_quads
from lod.formats.read import read_text
from lod.quad import Quad
from lod.terms import XSD, Kind
from lod.validation.report import Node
from lod.vocab import RDF, SHACL

_FIRST, _REST, _NIL = RDF + "first", RDF + "rest", RDF + "nil"
_IMPORTS = "http://www.w3.org/2002/07/owl#imports"


@dataclass
class ShapesGraph:
    """The statements of shapes files, and of the local files that they import, merged.

    Blank nodes are renamed, so that two files may use a label each for itself, in the order of the files. elsewhere:
    the imports that are no local files.
    """

    quads: list[Quad] = field(default_factory=list)
    elsewhere: list[str] = field(default_factory=list)
    _values: dict[str, dict[str, list[Node]]] = field(default_factory=lambda: defaultdict(lambda: defaultdict(list)))
    _places: dict[tuple[str, str], Position] = field(default_factory=dict)
    _known: set[Quad] = field(default_factory=set)
    _blank: int = 0

    @classmethod
    def read(cls, files: Iterable[tuple[Path, str]]) -> "ShapesGraph":
        """Read files, each a path and the name that messages use. Raises ShapeError with file and line."""
        graph, waiting, known = cls(), list(files), set[Path]()
        while waiting:
            path, name = waiting.pop(0)
            if path.resolve() not in known:
                known.add(path.resolve())
                waiting += graph._file(path, name)
        return graph

    def _file(self, path: Path, name: str) -> list[tuple[Path, str]]:
        """Take in a file; return the files that it imports."""
        text, base = read_text(path, name, ShapeError), path.resolve().as_uri()
        labels: dict[str, str] = {}
        before = len(self.quads)
        for found in placed_quads(text, base, name, ShapeError):
            if isinstance(found, Place):
                self._places.setdefault((self._label(found.subject, labels), found.predicate), found.position)
            else:
                self._add(found, labels)
        imports = [quad.object for quad in self.quads[before:] if quad.predicate == _IMPORTS]
        self.elsewhere += [iri for iri in imports if not iri.startswith("file:")]
        return [(_path(iri), Path(_path(iri)).name) for iri in imports if iri.startswith("file:")]

    def _add(self, quad: Quad, labels: dict[str, str]) -> None:
        subject = self._label(quad.subject, labels)
        term = quad.object if quad.kind == Kind.LITERAL else self._label(quad.object, labels)
        statement = quad._replace(subject=subject, object=term)
        if statement not in self._known:
            self._known.add(statement)
            self.quads.append(statement)
            node = Node(term, Kind(quad.kind), quad.datatype, quad.language)
            self._values[subject][quad.predicate].append(node)

    def _label(self, value: str, labels: dict[str, str]) -> str:
        if not value.startswith("_:"):
            return value
        if value not in labels:
            self._blank += 1
            labels[value] = f"_:shape{self._blank}"
        return labels[value]

    def subjects(self, predicate: str, value: str | None = None) -> list["Subject"]:
        """Return what has a property (with this value), in the order of the files."""
        return [
            self.subject(subject)
            for subject, found in self._values.items()
            if predicate in found and (value is None or any(node.value == value for node in found[predicate]))
        ]

    def all_subjects(self) -> list["Subject"]:
        """Return what has any property, in the order of the files."""
        return [self.subject(subject) for subject in self._values]

    def subject(self, value: str) -> "Subject":
        """Return a resource."""
        return Subject(Node(value, Kind.BLANK if value.startswith("_:") else Kind.IRI), self)

    def properties(self, node: Node) -> dict[str, list[Node]]:
        """Return the values of each property of a node."""
        return {} if node.kind is Kind.LITERAL else self._values.get(node.value, {})

    def place(self, node: Node, predicate: str = "") -> Position:
        """Return where a property of a node stands, or the node."""
        found = self._places.get((node.value, predicate)) or self._places.get((node.value, ""))
        return found or next(iter(self._places.values()))


@dataclass(frozen=True)
class Subject:
    """A resource of the graph, with what is said of it in SHACL's vocabulary, by local names."""

    node: Node
    graph: ShapesGraph = field(repr=False, compare=False)

    @property
    def position(self) -> Position:
        """Where it is described."""
        return self.graph.place(self.node)

    def all(self, name: str) -> list[Node]:
        """Return the values of a property: a local name of SHACL's, or an IRI."""
        return self.graph.properties(self.node).get(_iri(name), [])

    def one(self, name: str) -> Node | None:
        """Return the value of a property that may stand once."""
        found = self.all(name)
        if len(found) > 1:
            raise self.error(name, f"sh:{name} stands here {len(found)} times; it may stand once")
        return found[0] if found else None

    def iri(self, name: str, node: Node) -> str:
        """Return a value that must be an IRI."""
        if node.kind is not Kind.IRI:
            raise self.error(name, f"sh:{name} is an IRI, not {node}")
        return node.value

    def text(self, name: str, node: Node) -> str:
        """Return a value that must be a text without a language."""
        if node.kind is not Kind.LITERAL or node.datatype or node.language:
            raise self.error(name, f"sh:{name} is a text (xsd:string), not {node}")
        return node.value

    def number(self, name: str) -> int | None:
        """Return the value of a property that is a count."""
        node = self.one(name)
        if node is None:
            return None
        digits = node.value.removeprefix("+")
        if node.datatype != XSD + "integer" or not (digits.isascii() and digits.isdigit()):
            raise self.error(name, f"sh:{name} is a whole number (xsd:integer) from 0, not {node}")
        return int(digits)

    def flag(self, name: str) -> bool:
        """Return whether a property is true."""
        node = self.one(name)
        if node is None:
            return False
        if node.datatype != XSD + "boolean" or node.value not in ("true", "false", "1", "0"):
            raise self.error(name, f"sh:{name} is true or false, not {node}")
        return node.value in ("true", "1")

    def members(self, name: str, node: Node) -> tuple[Node, ...]:
        """Return the members of an RDF list that is a value of a property."""
        found: list[Node] = []
        seen: set[str] = set()
        while node.value != _NIL:
            cell = self.graph.properties(node)
            if node.value in seen or len(cell.get(_FIRST, ())) != 1 or len(cell.get(_REST, ())) != 1:
                raise self.error(name, f"sh:{name} is not a well-formed list", "Write it as ( a b c ).")
            seen.add(node.value)
            found += cell[_FIRST]
            node = cell[_REST][0]
        return tuple(found)

    def error(self, name: str, what: str, hint: str | None = None) -> ShapeError:
        """Return an error about a property of it."""
        return ShapeError(what, at=self.graph.place(self.node, _iri(name)), hint=hint)


def _iri(name: str) -> str:
    return name if ":" in name else SHACL + name


def _path(iri: str) -> Path:
    return Path(unquote(urlsplit(iri).path))


def resources(graph: ShapesGraph) -> Iterator[tuple[Subject, str, Node]]:
    """Yield the statements of a graph: subject, property and value."""
    for subject in graph.all_subjects():
        for predicate, nodes in graph.properties(subject.node).items():
            for node in nodes:
                yield subject, predicate, node

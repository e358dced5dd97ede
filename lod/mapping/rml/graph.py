"""An RML document as a graph to walk, both vocabularies under the names of the current one, every node with its place.

https://kg-construct.github.io/rml-core/spec/docs/
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from lod.errors import MappingError, Position, did_you_mean
from lod.formats.places import Place, placed_quads
from lod.formats.read import read_text
from lod.mapping.rml.vocabulary import KNOWN, REFUSED, compact, is_checked
from lod.quad import Quad
from lod.terms import Kind


@dataclass(frozen=True)
class Node:
    """A term of the document: its value, where it is described (a literal: where it is used), and its properties.

    properties: by short name (see `vocabulary`), in the order of the document; each of the nodes stands where the
    property does, until it is walked to.
    """

    value: str
    kind: Kind
    position: Position
    graph: "RmlGraph" = field(repr=False, compare=False)
    datatype: str | None = None
    language: str | None = None

    @property
    def name(self) -> str:
        """The short name of the IRI (see `vocabulary.compact`)."""
        return compact(self.value)

    def all(self, *names: str) -> list["Node"]:
        """Return the values of these properties."""
        return [node for name in names for node in self.graph.values(self, name)]

    def one(self, *names: str) -> "Node | None":
        """Return the value of properties of which one may stand, once; MappingError where there are more."""
        found = self.all(*names)
        if len(found) > 1:
            raise found[-1].error(f"{shown(*names)} stands here {len(found)} times; it may stand once")
        return found[0] if found else None

    def text(self, *names: str) -> str | None:
        """Return the value of such properties, which is a literal."""
        found = self.one(*names)
        if found and found.kind is not Kind.LITERAL:
            raise found.error(f"{shown(*names)} is a text, not a node", 'A text stands in quotes: "name".')
        return found.value if found else None

    def iri(self, *names: str) -> str | None:
        """Return the value of such properties, which is an IRI."""
        found = self.one(*names)
        if found and found.kind is not Kind.IRI:
            raise found.error(f"{shown(*names)} is an IRI, not a {found.kind.name.lower()}")
        return found.value if found else None

    def require(self, what: str, *names: str) -> "Node":
        """Return the value of such properties; `what` says of the node what it is where there is none."""
        found = self.one(*names)
        if found is None:
            raise self.error(f"{what} has no {shown(names[0])}")
        return found

    def has(self, *names: str) -> bool:
        """Return whether the node has one of these properties."""
        return any(self.graph.values(self, name) for name in names)

    def is_a(self, name: str) -> bool:
        """Return whether the node says that it is of a class (its short name)."""
        return any(each.name == name for each in self.all("rdf:type"))

    def error(self, what: str, hint: str | None = None) -> MappingError:
        """Return an error about this node."""
        return MappingError(what, at=self.position, hint=hint)


class RmlGraph:
    """The statements of a Turtle document, by subject and property."""

    def __init__(self, path: Path, name: str) -> None:
        """Read a document; `name` is how messages call it. Raise MappingError where it is no Turtle or no RML."""
        self.name = name
        self._values: dict[str, dict[str, list[Quad]]] = defaultdict(lambda: defaultdict(list))
        self._places: dict[tuple[str, str], Position] = {}
        text = read_text(path, name, MappingError)
        for found in placed_quads(text, path.resolve().as_uri(), name, MappingError):
            self._add(found)
        self._check_properties()
        self._check_texts()

    def nodes(self, *properties: str) -> Iterator[Node]:
        """Yield the nodes that have one of these properties, in the order of the document."""
        for subject, found in self._values.items():
            if any(name in found for name in properties):
                kind = Kind.BLANK if subject.startswith("_:") else Kind.IRI
                yield Node(subject, kind, self._place(subject), self)

    def values(self, node: Node, name: str) -> list[Node]:
        """Return the values of a node's property."""
        found = {} if node.kind is Kind.LITERAL else self._values.get(node.value, {})
        return [self._node(quad, self._place(node.value, name)) for quad in found.get(name, ())]

    def _node(self, quad: Quad, used: Position) -> Node:
        described = quad.kind != Kind.LITERAL and (quad.object, "") in self._places
        position = self._place(quad.object) if described else used
        return Node(quad.object, Kind(quad.kind), position, self, quad.datatype, quad.language)

    def _place(self, subject: str, name: str = "") -> Position:
        """Return where a property stands, or the node where it has no such place."""
        found = self._places.get((subject, name)) or self._places.get((subject, ""))
        return found or Position(self.name, 1, 1)

    def _add(self, found: Quad | Place) -> None:
        if isinstance(found, Place):
            self._places.setdefault((found.subject, compact(found.predicate)), found.position)
        else:
            self._values[found.subject][compact(found.predicate)].append(found)

    def _check_texts(self) -> None:
        for subject, found in self._values.items():
            for name, quads in found.items():
                if any("\0" in quad.object for quad in quads):
                    raise MappingError("a NUL, which no RDF text can hold", at=self._place(subject, name))

    def _check_properties(self) -> None:
        for subject, found in self._values.items():
            for name in found:
                if name not in KNOWN and is_checked(name):
                    what = "is not read" if name in REFUSED else "is no property that is known here"
                    hint = REFUSED.get(name) or did_you_mean(name, KNOWN)
                    raise MappingError(f"{shown(name)} {what}", at=self._place(subject, name), hint=hint)


def shown(*names: str) -> str:
    """Return short names of properties as a message shows them."""
    return " or ".join(name if ":" in name else f"rml:{name}" for name in names)

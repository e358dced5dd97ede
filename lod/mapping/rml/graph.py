"""An RML document as a graph to walk, both vocabularies under the names of the current one.

https://kg-construct.github.io/rml-core/spec/docs/ (current), https://rml.io/specs/rml/ and https://www.w3.org/TR/r2rml/
"""

import re
from collections import defaultdict
from pathlib import Path
from typing import Final

from lod.errors import MappingError, Position, did_you_mean
from lod.formats.read import read_quads
from lod.quad import Quad
from lod.terms import Kind

RML: Final = "http://w3id.org/rml/"
_FORMER = ("http://semweb.mmlab.be/ns/rml#", "http://www.w3.org/ns/r2rml#", "http://semweb.mmlab.be/ns/ql#")
_RENAMED = {"column": "reference", "logicalTable": "logicalSource"}

PROPERTIES: Final = frozenset(
    {
        "baseIRI",
        "child",
        "childMap",
        "class",
        "constant",
        "datatype",
        "datatypeMap",
        "graph",
        "graphMap",
        "iterator",
        "joinCondition",
        "language",
        "languageMap",
        "logicalSource",
        "object",
        "objectMap",
        "parent",
        "parentMap",
        "parentTriplesMap",
        "path",
        "predicate",
        "predicateMap",
        "predicateObjectMap",
        "reference",
        "referenceFormulation",
        "root",
        "source",
        "subject",
        "subjectMap",
        "template",
        "termType",
    }
)


class RmlGraph:
    """The statements of a document by subject and property (local names of the RML vocabulary)."""

    def __init__(self, path: Path, name: str) -> None:
        self.name = name
        self._text = ""
        self._by_subject: dict[str, dict[str, list[Quad]]] = defaultdict(lambda: defaultdict(list))
        for quad in read_quads(path, name, MappingError):
            self._add(quad)
        self._text = path.read_text(encoding="utf-8", errors="replace")
        self._check_properties()

    def subjects(self, *properties: str) -> list[str]:
        """Return the nodes that have one of these properties, in the order of the document."""
        return [node for node, found in self._by_subject.items() if any(name in found for name in properties)]

    def all(self, node: str, name: str) -> list[Quad]:
        """Return the values of a property."""
        return self._by_subject[node][name] if node in self._by_subject else []

    def one(self, node: str, name: str) -> Quad | None:
        """Return the value of a property that may stand once; MappingError where it stands twice."""
        found = self.all(node, name)
        if len(found) > 1:
            raise self.error(node, f"rml:{name} stands here {len(found)} times; it may stand once")
        return found[0] if found else None

    def text(self, node: str, name: str) -> str | None:
        """Return the lexical form of a property that may stand once."""
        quad = self.one(node, name)
        return quad.object if quad else None

    def position(self, node: str) -> Position:
        """Return the line on which a node with a name is described; blank nodes have none."""
        if node.startswith("_:"):
            return Position(self.name)
        described = re.compile(rf"\s*\S*{re.escape(re.split('[/#:]', node)[-1])}>?[\s;]")
        lines = enumerate(self._text.splitlines(keepends=True), 1)
        return Position(self.name, next((number for number, line in lines if described.match(line)), None))

    def error(self, node: str, what: str, hint: str | None = None) -> MappingError:
        """Return an error about a node, named where it has a name."""
        owner = self._owner(node)
        return MappingError(f"<{owner}>: {what}" if owner else what, at=self.position(owner or node), hint=hint)

    def _owner(self, node: str) -> str | None:
        """Return the named node that a blank one belongs to."""
        for _ in range(10):
            if not node.startswith("_:"):
                return node
            node = next((subject for subject in self._by_subject if self._leads(subject, node)), "")
        return None

    def _leads(self, subject: str, node: str) -> bool:
        return any(quad.object == node for values in self._by_subject[subject].values() for quad in values)

    def _add(self, quad: Quad) -> None:
        name = _local(quad.predicate)
        if name is not None:
            kind = quad.kind
            value = quad.object if kind == Kind.LITERAL else _modern(quad.object)
            self._by_subject[quad.subject][_RENAMED.get(name, name)].append(quad._replace(object=value))

    def _check_properties(self) -> None:
        for node, found in self._by_subject.items():
            for name in found.keys() - PROPERTIES:
                hint = did_you_mean(name, PROPERTIES)
                raise self.error(node, f"rml:{name} is no property that is known here", hint)


def _local(iri: str) -> str | None:
    modern = _modern(iri)
    return modern.removeprefix(RML) if modern.startswith(RML) else None


def _modern(iri: str) -> str:
    for former in _FORMER:
        if iri.startswith(former):
            return RML + iri.removeprefix(former)
    return iri

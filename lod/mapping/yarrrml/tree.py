"""YAML 1.2 as a frozen tree in which every node knows its line, and every scalar keeps the text as written."""

import re
import warnings
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from lod.errors import MappingError, Position, did_you_mean


@dataclass(frozen=True)
class Scalar:
    """A text."""

    text: str
    position: Position


@dataclass(frozen=True)
class Sequence:
    """A list of nodes."""

    items: tuple["Node", ...]
    position: Position


@dataclass(frozen=True)
class Map:
    """Keys and values in the order of the file; no key twice."""

    entries: tuple[tuple[Scalar, "Node"], ...]
    position: Position

    def get(self, *names: str) -> "Node | None":
        """Return the value of the first of these keys (a key and its shortcuts) that is there."""
        return next((value for key, value in self.entries if key.text in names), None)

    def require(self, *names: str) -> "Node":
        """Return the value of one of these keys; a MappingError names the first where none is there."""
        value = self.get(*names)
        if value is None:
            raise MappingError(f"the key {names[0]!r} is missing", at=self.position)
        return value

    def allow(self, names: Iterable[str], what: str) -> None:
        """Raise a MappingError at the first key that `what` does not have."""
        known = list(names)
        for key, _ in self.entries:
            if key.text not in known:
                hint = did_you_mean(key.text, known) or f"Known keys: {', '.join(known)}."
                raise MappingError(f"{what} has no key {key.text!r}", at=key.position, hint=hint)


Node = Scalar | Sequence | Map


def read(path: Path, name: str) -> Map:
    """Read a YAML file (`name` is how messages call it) whose top is a map; raise MappingError where it is not one."""
    try:
        tree = _tree(path.read_text(encoding="utf-8-sig"), name)
    except UnicodeDecodeError as error:
        line = path.read_bytes().count(b"\n", 0, error.start) + 1
        raise MappingError(f"not UTF-8: {error.reason}", at=Position(name, line)) from error
    except OSError as error:
        raise MappingError(f"cannot be read: {error.strerror}", at=Position(name)) from error
    except RecursionError:
        raise MappingError("nested too deeply, or a node that holds itself", at=Position(name, 1)) from None
    if not isinstance(tree, Map):
        raise MappingError("a mapping is a YAML map with the key 'mappings'", at=Position(name, 1))
    return tree


def _tree(text: str, name: str) -> Node | None:
    from ruamel.yaml import YAML
    from ruamel.yaml.error import MarkedYAMLError, ReusedAnchorWarning
    from ruamel.yaml.reader import ReaderError

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", ReusedAnchorWarning)  # YAML 1.2 lets an anchor be set anew
            composed = YAML().compose(text)
    except MarkedYAMLError as error:
        mark = error.problem_mark
        at = Position(name, mark.line + 1, mark.column + 1) if mark else Position(name)
        raise MappingError(f"not YAML: {error.problem}", at=at) from error
    except ReaderError as error:
        at = Position(name, text.count("\n", 0, error.position) + 1)
        raise MappingError(f"not YAML: the character U+{error.character:04X}", at=at) from error
    return None if composed is None else _node(composed, name)


def _node(node: object, name: str) -> Node:
    from ruamel.yaml.nodes import MappingNode, ScalarNode, SequenceNode

    if isinstance(node, ScalarNode):
        if re.search("[\0\ud800-\udfff]", node.value):
            raise MappingError("a NUL or half a character, which no RDF text can hold", at=_position(node, name))
        return Scalar(node.value, _position(node, name))
    if isinstance(node, SequenceNode):
        return Sequence(tuple(_node(item, name) for item in node.value), _position(node, name))
    if isinstance(node, MappingNode):
        return Map(_entries(node.value, name), _position(node, name))
    raise MappingError("an unknown kind of YAML node", at=Position(name))


def _entries(pairs: list[tuple[object, object]], name: str) -> tuple[tuple[Scalar, Node], ...]:
    entries: list[tuple[Scalar, Node]] = []
    seen: set[str] = set()
    for key, value in pairs:
        scalar = _node(key, name)
        if not isinstance(scalar, Scalar):
            raise MappingError("a key must be text", at=scalar.position)
        if scalar.text in seen:
            raise MappingError(f"the key {scalar.text!r} stands here twice", at=scalar.position)
        seen.add(scalar.text)
        entries.append((scalar, _node(value, name)))
    return tuple(entries)


def _position(node: object, name: str) -> Position:
    mark = node.start_mark  # type: ignore[attr-defined]  # ruamel.yaml's nodes are untyped
    return Position(name, mark.line + 1, mark.column + 1)


def many(node: Node) -> Iterator[Node]:
    """Yield the items of a sequence, or the node itself: YARRRML lets one stand where several may."""
    if isinstance(node, Sequence):
        yield from node.items
    else:
        yield node


def scalar(node: Node, what: str) -> Scalar:
    """Return the node if it is text; else raise a MappingError that says what should be."""
    if isinstance(node, Scalar):
        return node
    raise MappingError(f"{what} must be text", at=node.position)

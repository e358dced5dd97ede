"""YAML 1.2 as a frozen tree in which every node knows its line, and every scalar keeps the text as written."""

import re
import warnings
from collections.abc import Container, Iterator
from dataclasses import dataclass
from pathlib import Path

from lod.errors import MappingError, Position, did_you_mean
from lod.mapping.yarrrml.keys import REFUSED, Key

_NULLS = ("", "~", "null", "Null", "NULL")
_MERGE = "<<"


@dataclass(frozen=True)
class Scalar:
    """A text."""

    text: str
    position: Position


@dataclass(frozen=True)
class Null:
    """Nothing, written so: an empty value, `null` or `~`."""

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

    def get(self, key: Key) -> "Node | None":
        """Return the value of a key, under whichever of its names it stands; None where there is none, or null.

        Raises MappingError where it stands there under two names.
        """
        found = [(name, value) for name, value in self.entries if name.text in key]
        if len(found) > 1:
            first, second = found[0][0], found[1][0]
            raise MappingError(f"{second.text!r} says again what {first.text!r} says", at=second.position)
        return None if not found or isinstance(found[0][1], Null) else found[0][1]

    def require(self, key: Key) -> "Node":
        """Return the value of a key; a MappingError names it where there is none."""
        value = self.get(key)
        if value is None:
            raise MappingError(f"the key {key[0]!r} is missing", at=self.position)
        return value

    def allow(self, what: str, *keys: Key) -> None:
        """Raise a MappingError at the first key that `what` does not have."""
        known = [name for key in keys for name in key]
        for key, _ in self.entries:
            if key.text in known:
                continue
            if key.text in REFUSED:
                refusal = f"{key.text!r} ({REFUSED[key.text]}) is not read here"
                raise MappingError(refusal, at=key.position, hint=f"Known keys: {_first(keys)}.")
            hint = did_you_mean(key.text, known) or f"Known keys: {_first(keys)}."
            raise MappingError(f"{what} has no key {key.text!r}", at=key.position, hint=hint)


def _first(keys: tuple[Key, ...]) -> str:
    return ", ".join(key[0] for key in keys)


Node = Scalar | Null | Sequence | Map


def read(path: Path, name: str) -> Map:
    """Read a YAML file (`name` is how messages call it) whose top is a map; raise MappingError where it is not one."""
    try:
        tree = _tree(path.read_text(encoding="utf-8-sig"), name)
    except UnicodeDecodeError as error:
        line = path.read_bytes().count(b"\n", 0, error.start) + 1
        raise MappingError(f"not UTF-8: {error.reason}", at=Position(name, line)) from error
    except OSError as error:
        raise MappingError(f"cannot be read: {error.strerror}", at=Position(name)) from error
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
        is_null = node.style is None and node.value in _NULLS
        return Null(_position(node, name)) if is_null else Scalar(node.value, _position(node, name))
    if isinstance(node, SequenceNode):
        return Sequence(tuple(_node(item, name) for item in node.value), _position(node, name))
    if isinstance(node, MappingNode):
        return Map(_entries(node.value, name), _position(node, name))
    raise MappingError("an unknown kind of YAML node", at=Position(name))


def _entries(pairs: list[tuple[object, object]], name: str) -> tuple[tuple[Scalar, Node], ...]:
    entries: dict[str, tuple[Scalar, Node]] = {}
    merged: list[tuple[Scalar, Node]] = []
    for key, value in pairs:
        scalar = _node(key, name)
        if not isinstance(scalar, Scalar):
            raise MappingError("a key must be text", at=scalar.position)
        if scalar.text in entries:
            raise MappingError(f"the key {scalar.text!r} stands here twice", at=scalar.position)
        if scalar.text == _MERGE:
            merged += _merged(_node(value, name))
        else:
            entries[scalar.text] = (scalar, _node(value, name))
    for entry in merged:
        entries.setdefault(entry[0].text, entry)
    return tuple(entries.values())


def _merged(node: Node) -> Iterator[tuple[Scalar, Node]]:
    """Yield the entries that a merge key brings in; those of the map itself, and of earlier maps, go first.

    https://yaml.org/type/merge.html
    """
    for item in many(node):
        if not isinstance(item, Map):
            raise MappingError("what '<<' brings in is a map, or a list of maps", at=item.position)
        yield from item.entries


def _position(node: object, name: str) -> Position:
    mark = node.start_mark  # type: ignore[attr-defined]  # ruamel.yaml's nodes are untyped
    return Position(name, mark.line + 1, mark.column + 1)


def many(node: Node) -> Iterator[Node]:
    """Yield the items of a sequence, or the node itself: YARRRML lets one stand where several may."""
    if isinstance(node, Sequence):
        yield from node.items
    else:
        yield node


def entry(key: Key, value: Node) -> tuple[Scalar, Node]:
    """Return an entry of a map as if it were written in the document."""
    return Scalar(key[0], value.position), value


def some(node: Node, owner: str, what: str) -> tuple[Node, ...]:
    """Return the items of a sequence, or the node itself; raise a MappingError where there is none."""
    items = tuple(many(node))
    if not items:
        raise MappingError(f"{owner} needs at least one {what}", at=node.position)
    return items


def is_shortcut(node: Sequence, named: Container[str]) -> bool:
    """Return whether a list is one source or target written short, `[access~word, ...]`, and not several of them."""
    first, *more = node.items or (None,)
    others = [item.text for item in more if isinstance(item, Scalar)]
    return isinstance(first, Scalar) and "~" in first.text and not any("~" in text or text in named for text in others)


def scalar(node: Node, what: str) -> Scalar:
    """Return the node if it is text; else raise a MappingError that says what should be."""
    if isinstance(node, Scalar):
        return node
    raise MappingError(f"{what} must be text", at=node.position)


def entries(node: Node | None, what: str, of: str) -> tuple[tuple[Scalar, Node], ...]:
    """Return the entries of a section that is a map of names (none where it is not there)."""
    if node is None:
        return ()
    if isinstance(node, Map):
        return node.entries
    raise MappingError(f"{what} is a map of {of}", at=node.position)

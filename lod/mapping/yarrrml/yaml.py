"""YAML 1.2 becomes a tree. https://yaml.org/spec/1.2.2/."""

import re
import warnings
from collections.abc import Iterator
from pathlib import Path

from lod.errors import MappingError, Position
from lod.mapping.yarrrml.tree import Map, Node, Null, Scalar, Sequence, many

_NULLS = ("", "~", "null", "Null", "NULL")
_MERGE = "<<"


def read(path: Path, name: str) -> Map:
    """Read a YAML file (`name` is how messages call it) whose top is a map; raise MappingError where it is not one."""
    try:
        tree = _tree(path.read_text(encoding="utf-8-sig"), name)
    except UnicodeDecodeError as error:
        before = path.read_bytes()[: error.start].decode("utf-8", "ignore")
        raise MappingError(f"not UTF-8: {error.reason}", at=_end(before, name)) from error
    except OSError as error:
        raise MappingError(f"cannot be read: {error.strerror}", at=Position(name)) from error
    if not isinstance(tree, Map):
        raise MappingError("a mapping is a YAML map with the key 'mappings'", at=Position(name, 1, 1))
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
        at = _end(text[: error.position], name)
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


def _end(text: str, name: str) -> Position:
    """Return the place after a text."""
    return Position(name, text.count("\n") + 1, len(text) - text.rfind("\n"))


def _position(node: object, name: str) -> Position:
    mark = node.start_mark  # type: ignore[attr-defined]  # ruamel.yaml's nodes are untyped
    return Position(name, mark.line + 1, mark.column + 1)

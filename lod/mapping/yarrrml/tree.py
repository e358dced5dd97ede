"""A document as a frozen tree in which every node knows its place, and every scalar keeps the text as written."""

from collections.abc import Container, Iterator
from dataclasses import dataclass

from lod.errors import MappingError, Position, did_you_mean
from lod.mapping.yarrrml.keys import REFUSED, Key


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

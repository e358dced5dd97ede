"""Over the nodes of a mapping: each of them, or all of them changed."""

from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar

from lod.errors import Position

Node = TypeVar("Node")


def nodes(node: Any) -> Iterator[Any]:
    """Yield a node of a mapping and all nodes in it."""
    if isinstance(node, tuple):
        for item in node:
            yield from nodes(item)
    elif is_dataclass(node) and not isinstance(node, Position):
        yield node
        for part in fields(node):
            yield from nodes(getattr(node, part.name))


def rewrite(node: Node, change: Callable[[Any], Any]) -> Node:
    """Return a node of a mapping (or a tuple of them) with `change` applied to each node in it, its own parts first."""
    rebuilt: Any = node
    if isinstance(node, tuple):
        rebuilt = tuple(rewrite(item, change) for item in node)
    elif is_dataclass(node) and not isinstance(node, Position):
        parts = {part.name: rewrite(getattr(node, part.name), change) for part in fields(node)}
        rebuilt = change(replace(node, **parts))  # type: ignore[type-var]  # it is one, and no class
    return rebuilt  # type: ignore[no-any-return]

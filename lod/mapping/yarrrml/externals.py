"""External references: `$(_name)` stands for a value that no data source has.

https://rml.io/yarrrml/spec/#external-references
"""

import re
from collections.abc import Mapping
from dataclasses import replace

from lod.mapping.yarrrml.keys import EXTERNAL
from lod.mapping.yarrrml.tree import Map, Node, Scalar, Sequence, entries, scalar

# What a backslash keeps from being a reference, or an external reference.
_TOKEN = re.compile(r"\\.|\$\(_([^()\\]*)\)", re.DOTALL)


def fill_in(document: Map, given: Mapping[str, str]) -> Map:
    """Return the document with a value, as if it stood there, for each external reference that has one.

    given: values from outside; they go before those that the document has under `external`.
    """
    own = entries(document.get(EXTERNAL), "'external'", "names to values")
    values = {key.text: scalar(value, "an external value").text for key, value in own} | dict(given)
    return Map(_filled(document.entries, values), document.position) if values else document


def _filled(pairs: tuple[tuple[Scalar, Node], ...], values: dict[str, str]) -> tuple[tuple[Scalar, Node], ...]:
    return tuple((key, _fill(value, values)) for key, value in pairs)


def _fill(node: Node, values: dict[str, str]) -> Node:
    match node:
        case Scalar(text):
            return replace(node, text=_TOKEN.sub(lambda match: values.get(match[1], match[0]), text))
        case Sequence(items):
            return replace(node, items=tuple(_fill(item, values) for item in items))
        case Map():
            return replace(node, entries=_filled(node.entries, values))
    return node

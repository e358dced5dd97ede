"""Functions on one line: `ex:join(a = $(first), b = ex:upper($(last)), glue = ", ")` becomes its long form.

https://rml.io/yarrrml/spec/#functions
A value in double quotes is a text, whatever stands in it; without them `name(...)` is a function again.
"""

import re
from collections.abc import Iterator

from lod.errors import MappingError
from lod.mapping.yarrrml.keys import FUNCTION, PARAMETERS
from lod.mapping.yarrrml.tree import Map, Node, Scalar, Sequence, entry

_CALL = re.compile(r"\s*([^\s()=,\"$]+)\s*\((.*)\)\s*", re.DOTALL)
# A text in quotes, a reference, an escaped character: in these a comma, an equal sign or a bracket separates nothing.
_PIECE = re.compile(r'"(?:\\.|[^"\\])*"|\$\((?:\\.|[^)\\])*\)|\\.|.', re.DOTALL)


def long_call(node: Scalar) -> Map:
    """Return the map that a one-line function stands for; raise MappingError where it is none."""
    match = _CALL.fullmatch(node.text)
    if not match:
        hint = "On one line a function is NAME(PARAMETER = VALUE, ...)."
        raise MappingError(f"{node.text!r} is no function", at=node.position, hint=hint)
    inside = match[2].strip()
    pairs = tuple(_pair(part, node) for part in _split(inside, ",")) if inside else ()
    name, parameters = Scalar(match[1], node.position), Sequence(pairs, node.position)
    return Map((entry(FUNCTION, name), entry(PARAMETERS, parameters)), node.position)


def _pair(text: str, node: Scalar) -> Sequence:
    name, *rest = _split(text, "=")
    if not rest:
        hint = "A text with a comma or a bracket in it stands in double quotes."
        raise MappingError(f"{text.strip()!r} is no PARAMETER = VALUE", at=node.position, hint=hint)
    return Sequence((Scalar(name.strip(), node.position), _value("=".join(rest).strip(), node)), node.position)


def _value(text: str, node: Scalar) -> Node:
    if len(text) > 1 and text[0] == text[-1] == '"':
        return Scalar(text[1:-1].replace('\\"', '"'), node.position)
    if _CALL.fullmatch(text):
        return long_call(Scalar(text, node.position))
    return Scalar(text, node.position)


def _split(text: str, separator: str) -> Iterator[str]:
    """Split at each separator that stands outside of brackets, quotes and references."""
    depth, said = 0, ""
    for piece in _PIECE.findall(text):
        depth += {"(": 1, ")": -1}.get(piece, 0)
        if piece == separator and depth == 0:
            yield said
            said = ""
        else:
            said += piece
    yield said

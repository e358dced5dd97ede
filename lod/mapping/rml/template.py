"""RML string templates. https://kg-construct.github.io/rml-core/spec/docs/#dfn-string-template."""

import re

from lod.mapping.model import Expression, Reference, Template
from lod.mapping.rml.graph import Node
from lod.term_table import Constant

_PART = re.compile(r"((?:\\.|[^{}\\])+)|\{((?:\\.|[^{}\\])+)\}|(.)", re.DOTALL)


def template(node: Node) -> Expression:
    """Parse `text {reference} text`; a backslash takes their meaning from braces and backslashes.

    A template of one reference alone stays a template: in an IRI it is encoded, as a reference is not.
    """
    parts: list[str | Reference] = []
    for match in _PART.finditer(node.value):
        if match[3]:
            hint = r"A brace that is text is written \\{ in Turtle."
            raise node.error(f"the template {node.value!r} has a {match[3]!r} without its match", hint)
        parts.append(_unescape(match[1]) if match[1] else Reference(_unescape(match[2])))
    if not any(isinstance(part, Reference) for part in parts):
        return Constant("".join(str(part) for part in parts))
    return Template(tuple(parts))


def _unescape(text: str) -> str:
    return re.sub(r"\\([{}\\])", r"\1", text)

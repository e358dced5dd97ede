"""XPath 1.0 as iterator and references, and which of them can be followed while a document streams.

https://www.w3.org/TR/xpath-10/
"""

import re
from collections.abc import Collection, Mapping
from typing import Any

from lod.errors import MappingError, Position
from lod.inputs.cells import Cell, text_cell

_NAME = r"(?:[^\W\d][\w.-]*:)?[^\W\d][\w.-]*"
_STEPS = re.compile(rf"(?:/{_NAME})+")
_STEP = rf"(?:@?(?:{_NAME}|\*)|text\(\)|\.)"
_WITHIN = re.compile(rf"(?:\.//)?{_STEP}(?://?{_STEP})*")


class Path:
    """A compiled reference: what it finds from an element."""

    def __init__(self, reference: str, namespaces: Mapping[str, str], position: Position) -> None:
        self.reference = reference
        self._nodes = compile_xpath(reference, namespaces, position)
        self._text = compile_xpath(f"string({reference})", namespaces, position)
        self._content = compile_xpath("string()", namespaces, position)

    @property
    def within(self) -> bool:
        """Whether the reference is so plain that it cannot lead out of the element."""
        return _WITHIN.fullmatch(self.reference) is not None

    def cells(self, element: Any, nulls: Collection[str]) -> list[Cell]:
        """Return the text of each node that is found; of a number, a text or a truth, what XPath's string() gives."""
        found = self._nodes(element)
        nodes = found if isinstance(found, list) else [self._text(element)]
        return [text_cell(text) for text in map(self._value, nodes) if text not in nulls]

    def _value(self, node: Any) -> str:
        """Return the string-value of a node."""
        if isinstance(node, str):
            return node
        return str(self._content(node)) if len(node) else node.text or ""


class Whole:
    """The record itself, as text in which records can be found."""

    within = True

    def cells(self, element: Any, nulls: Collection[str]) -> list[Cell]:  # noqa: ARG002  # as `Path` has it
        """Return the record's text."""
        from lxml import etree

        return [Cell(etree.tostring(element, encoding="unicode", with_tail=False))]


def compile_xpath(path: str, namespaces: Mapping[str, str], position: Position) -> Any:
    """Return a function of an element; raise MappingError (at `position`) for what is no XPath 1.0."""
    from lxml import etree

    try:
        compiled = etree.XPath(path, namespaces=dict(namespaces), smart_strings=False)
        compiled(etree.Element("element"))
    except etree.XPathError as error:
        hint = "Prefixes must be declared in the source." if "prefix" in str(error) else "XPath 1.0 is read here."
        raise MappingError(f"the XPath {path!r} does not parse: {error}", at=position, hint=hint) from error
    return compiled


def plain_steps(iterator: str, namespaces: Mapping[str, str]) -> tuple[str, ...] | None:
    """Return the tags that an iterator such as /a/x:b leads through; None for an iterator of another kind."""
    if not _STEPS.fullmatch(iterator):
        return None
    known = {"xml": "http://www.w3.org/XML/1998/namespace", **namespaces}
    parts = (step.rpartition(":") for step in iterator[1:].split("/"))
    return tuple(f"{{{known[prefix]}}}{name}" if prefix else name for prefix, _, name in parts)

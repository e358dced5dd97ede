"""JSON values with JSONPath (RFC 9535): number text is kept as written, and each scalar has its natural datatype.

https://www.rfc-editor.org/rfc/rfc9535
"""

import json
import re
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

from jsonpath_rfc9535 import JSONPathEnvironment, JSONPathError, JSONPathQuery

from lod.errors import MappingError, Position
from lod.terms import XSD

_NO_VALUE = "is no single value; a list's members are referred to with [*]"
_HALF = "holds half a character (a surrogate), which no RDF text can hold"


class Unfit(Exception):  # carries a value out of a record, and no further than the inputs
    """A value that is no term, and why."""

    def __init__(self, value: Any, reason: str) -> None:
        super().__init__(json.dumps(value, ensure_ascii=reason == _HALF))
        self.reason = reason


class Cell(NamedTuple):
    """A value's text, and the datatype that its input gives it: none for a string."""

    text: str
    datatype: str | None


class _Number(str):
    """A number as written."""

    __slots__ = ()


@dataclass(frozen=True)
class JsonPath:
    """A compiled path; find its values in a record."""

    reference: str
    query: JSONPathQuery

    @cached_property
    def _member(self) -> str | None:
        simple = self.reference.removeprefix("$.")
        return simple if simple.replace("_", "a").isalnum() else None

    def values(self, record: Any) -> list[Any]:
        """Return the values that the path leads to, in the order of the document."""
        if self._member is not None:
            return [record[self._member]] if isinstance(record, dict) and self._member in record else []
        return list(self.query.find(record).values())

    def cells(self, record: Any) -> list[Cell]:
        """Return the scalars that the path leads to; raise Unfit where it leads to an object or a list."""
        return [_cell(value) for value in self.values(record) if value is not None]


def json_path(path: str, position: Position) -> JsonPath:
    """Compile a path from a record (`a.b`, `$.a.b`, `[0].a`); raise MappingError where it does not parse."""
    rooted = path if path.startswith("$") else "$" + path if path.startswith("[") else f"$.{path}"
    try:
        return JsonPath(path, JSONPathEnvironment().compile(rooted))
    except JSONPathError as error:
        raise MappingError(f"the JSONPath {path!r} does not parse: {error}", at=position) from error


def is_singular(reference: str) -> bool:
    """Return whether a path leads to one value at most, by its form."""
    return not any(mark in reference for mark in ("*", "..", "?", ":", ","))


def load_json(text: str) -> Any:
    """Parse JSON; raise ValueError where it is none, RecursionError where it is nested too deeply."""
    return json.loads(text, parse_int=_Number, parse_float=_Number, parse_constant=_no_constant)


def json_text(value: Any) -> str:
    """Return the JSON text of a parsed value, numbers as they were written."""
    if isinstance(value, dict):
        return "{" + ",".join(f"{json.dumps(key)}:{json_text(member)}" for key, member in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(json_text, value)) + "]"
    return str(value) if isinstance(value, _Number) else json.dumps(value)


def _no_constant(word: str) -> str:
    raise ValueError(f"{word} is not a JSON value")


def _cell(value: Any) -> Cell:
    """Return a scalar with its natural datatype. https://kg-construct.github.io/rml-io/spec/docs/."""
    if isinstance(value, bool):
        return Cell("true" if value else "false", XSD + "boolean")
    if isinstance(value, _Number):
        return Cell(str(value), XSD + ("integer" if value.lstrip("-").isdigit() else "double"))
    if isinstance(value, str):
        if re.search("[\ud800-\udfff]", value):
            raise Unfit(value, _HALF)
        return Cell(value, None)
    raise Unfit(value, _NO_VALUE)

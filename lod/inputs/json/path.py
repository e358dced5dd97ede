"""JSONPath as iterator and references.

https://www.rfc-editor.org/rfc/rfc9535
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from lod.errors import MappingError, Position
from lod.inputs.cells import Cell, Unfit, text_cell
from lod.inputs.json.decode import Number, json_text
from lod.terms import XSD

if TYPE_CHECKING:
    from jsonpath_rfc9535 import JSONPathQuery


@dataclass(frozen=True)
class JsonPath:
    """A compiled path."""

    reference: str
    query: "JSONPathQuery"

    @property
    def singular(self) -> bool:
        """Whether the path gives one value at most."""
        return self.query.singular_query()

    @cached_property
    def _member(self) -> str | None:
        simple = self.reference.removeprefix("$.")
        return simple if simple.replace("_", "a").isalnum() else None

    def values(self, record: Any) -> list[Any]:
        """Return what the path finds."""
        if self._member is not None:
            return [record[self._member]] if isinstance(record, dict) and self._member in record else []
        return list(self.query.find(record).values())

    def cells(self, record: Any, nulls: Collection[str] = ()) -> list[Cell]:
        """Return what the path finds and is not null; raise Unfit for an object or a list."""
        cells = [cell(value) for value in self.values(record) if value is not None]
        return [each for each in cells if each.text not in nulls] if nulls else cells


def json_path(path: str, position: Position) -> JsonPath:
    """Compile a path from the root (`$.a`) or from the record (`a.b`, `[0]`); raise MappingError at `position`."""
    from jsonpath_rfc9535 import JSONPathEnvironment, JSONPathError

    rooted = path if path.startswith("$") else "$" + path if path.startswith("[") else f"$.{path}"
    try:
        return JsonPath(path, JSONPathEnvironment().compile(rooted))
    except JSONPathError as error:
        raise MappingError(f"the JSONPath {path!r} does not parse: {error}", at=position) from error


def cell(value: Any) -> Cell:
    """Return a scalar with its natural datatype. https://kg-construct.github.io/rml-io/spec/docs/."""
    if type(value) is str:
        return text_cell(value)
    if isinstance(value, bool):
        return Cell("true" if value else "false", XSD + "boolean")
    if isinstance(value, Number):
        return Cell(str(value), XSD + ("integer" if value.lstrip("-").isdigit() else "double"))
    raise Unfit(json_text(value), "is no single value; a list's members are referred to with [*]")


def unread_members(members: Collection[str], references: Sequence[str]) -> tuple[str, ...]:
    """Return the members that no reference begins with."""
    heads = {reference.removeprefix("$.").split(".")[0].split("[")[0] for reference in references}
    return tuple(member for member in members if member not in heads)

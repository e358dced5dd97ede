"""JSONPath as iterator and references.

https://www.rfc-editor.org/rfc/rfc9535
"""

from collections.abc import Collection, Sequence
from typing import Any

from lod.errors import MappingError, Position
from lod.inputs.cells import Cell, Unfit, text_cell
from lod.json import JsonPath, Number, json_text
from lod.terms import XSD


def json_path(path: str, position: Position) -> JsonPath:
    """Compile a path from the root (`$.a`) or from the record (`a.b`, `[0]`); raise MappingError at `position`."""
    try:
        return JsonPath.of(path)
    except ValueError as error:
        raise MappingError(str(error), at=position) from error


def cells(path: JsonPath, record: Any, nulls: Collection[str] = ()) -> list[Cell]:
    """Return what a path finds and is not null; raise Unfit for an object or a list."""
    found = [cell(value) for value in path.values(record) if value is not None]
    return [each for each in found if each.text not in nulls] if nulls else found


def cell(value: Any) -> Cell:
    """Return a scalar with its natural datatype. https://kg-construct.github.io/rml-io/spec/docs/."""
    if type(value) is str:
        return text_cell(value)
    if isinstance(value, bool):
        return Cell("true" if value else "false", XSD + "boolean")
    if isinstance(value, Number):
        return Cell(value.text, XSD + ("integer" if value.text.lstrip("-").isdigit() else "double"))
    raise Unfit(json_text(value), "is no single value; a list's members are referred to with [*]")


def unread_members(members: Collection[str], references: Sequence[str]) -> tuple[str, ...]:
    """Return the members that no reference begins with."""
    heads = {reference.removeprefix("$.").split(".")[0].split("[")[0] for reference in references}
    return tuple(member for member in members if member not in heads)

"""What was written is read again, by a parser that is not ours, before anybody else reads it."""

from collections.abc import Sequence
from pathlib import Path

import pyoxigraph as ox

from lod.errors import Position, ReleaseError
from lod.formats import TURTLE, Format
from lod.release.write import documents


def check_documents(folder: Path, graphs: Sequence[str], count: int, base: str) -> None:
    """Raise ReleaseError where a document of the dump does not parse, or where a form has not `count` statements."""
    found = documents(graphs)
    sizes = {each.name: _statements(folder / each.name, each.format, base) for each in found}
    parts = sum(sizes[each.name] for each in found if each.format is TURTLE)
    whole = {each.name: sizes[each.name] for each in found if each.format is not TURTLE}
    for name, size in {**whole, "the Turtle documents together": parts}.items():
        if size != count:
            raise ReleaseError(f"{size} statements were read again of {count}", at=Position(name))


def _statements(path: Path, format_: Format, base: str) -> int:
    syntax = ox.RdfFormat.from_media_type(format_.media_type)
    try:
        with path.open("rb") as stream:
            return sum(1 for _ in ox.parse(stream, format=syntax, base_iri=base))
    except (SyntaxError, ValueError) as error:
        raise ReleaseError(f"does not read as {format_.title}: {error}", at=Position(path.name)) from error

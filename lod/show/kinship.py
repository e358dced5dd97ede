"""Kinship as text and as CSV."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from lod.show.printable import printable
from lod.show.table import csv_text

if TYPE_CHECKING:
    from lod.kinship import Kinship, Place


def kinship_text(found: "Kinship") -> str:
    """Return each root in common with the way to it from either side, step by step."""
    return "".join(f"{printable(line)}\n" for line in _lines(found))


def _lines(found: "Kinship") -> Iterator[str]:
    names = f"{_id(found.one.iri)} and {_id(found.other.iri)}"
    if not found.shared:
        yield f"{names} go back to no root in common"
    for each in found.shared:
        yield f"{names} both go back to {_id(each.root.iri)}: {each.root.label}"
        for way in (each.one, each.other):
            yield from (f"{'  ' * depth}  {_told(place)}" for depth, place in enumerate(way))


def _told(place: "Place") -> str:
    return f"{place.how} {_id(place.iri)}  {place.label}".lstrip()


def kinship_csv(found: "Kinship") -> str:
    """Return a row for each step: to which root, from where, the number of the step, how, to what."""
    rows = (
        [each.root.iri, way[0].iri, str(number), place.how, place.iri, place.label]
        for each in found.shared
        for way in (each.one, each.other)
        for number, place in enumerate(way)
    )
    return csv_text(["root", "from", "step", "how", "node", "label"], rows)


def _id(iri: str) -> str:
    return iri.rpartition("/")[2]

"""Where an event took place, as an address that maps open: https://www.rfc-editor.org/rfc/rfc5870."""

from collections.abc import Iterator
from decimal import Decimal, InvalidOperation

from lod.release.pages.view import Link, View
from lod.vocab import SCHEMA


def coordinates(view: View) -> Iterator[Link]:
    """Yield the coordinates of an event's places: latitude and longitude, as the records have them."""
    for place in view.objects(view.iri, SCHEMA + "location"):
        for point in view.objects(place, SCHEMA + "geo"):
            north, east = (_number(view.object(point, SCHEMA + name)) for name in ("latitude", "longitude"))
            if north and east:
                yield Link(f"{north}, {east}", None, f"geo:{north},{east}")


def _number(text: str | None) -> str | None:
    try:
        return f"{Decimal(text or ''):f}"
    except InvalidOperation:
        return None

"""The timeline of an event's sources: places on the scale are held to plain arithmetic of days."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lod.formats.subjects import Node, Object
from lod.release.documents import Entity
from lod.release.pages.place import coordinates
from lod.release.pages.timeline import Timeline, timeline
from lod.release.pages.view import View
from lod.terms import RDF_TYPE, XSD, Kind
from lod.vocab import NS, SCHEMA

BASE = "https://example.org/x/"
EVENT = BASE + "event/e"
Days = tuple[date | None, date | None]
bounds = st.tuples(st.dates(), st.dates()).map(lambda pair: (min(pair), max(pair)))
near = st.tuples(*[st.dates(date(1992, 1, 1), date(1992, 4, 1))] * 2).map(lambda pair: (min(pair), max(pair)))


def iri(name: str) -> Object:
    return Object(name, int(Kind.IRI), "", "")


def node(subject: str, **values: Object) -> Node:
    return Node(subject, "", [(name, [value]) for name, value in values.items()])


def dated(subject: str, class_: str, days: Days) -> Node:
    pairs = [(RDF_TYPE, [iri(class_)])]
    for name, day in zip(("earliest", "latest"), days, strict=True):
        if day:
            pairs.append((NS + name, [Object(day.isoformat(), int(Kind.LITERAL), XSD + "date", "")]))
    return Node(subject, "", pairs)


def view(*sources: Days, event: Days = (None, None), root: int = 0) -> View:
    nodes = [dated(f"{BASE}source/s{number}", NS + "Source", days) for number, days in enumerate(sources)]
    roots = (NS + "root", [iri(f"{BASE}source/s{root}")])
    claim = Node(f"{BASE}claim/c", "", [(RDF_TYPE, [iri(SCHEMA + "Claim")]), roots])
    whole = (dated(EVENT, SCHEMA + "Event", event), claim, *nodes)
    return View(Entity(EVENT, "event/e", whole), BASE, ("event", "claim", "source"))


def day_of(text: str) -> date:
    return date.fromisoformat(text + "-01-01"[3 * text.count("-") :])


@given(st.lists(bounds, min_size=1, max_size=6) | st.lists(near, min_size=1, max_size=6), bounds | st.none())
def test_each_date_lies_where_its_days_are(sources: list[tuple[date, date]], event: tuple[date, date] | None) -> None:
    found = timeline(view(*sources, event=event or (None, None)))
    assert (found is None) == (len(set(sources)) < 2)
    if found is None:
        return
    first, last = (found.ticks[end] for end in (0, -1))
    start, end = day_of(first.text), day_of(last.text)
    assert (first.at, last.at, len(found.ticks) <= 4) == (0, 100, True)

    def at(day: date) -> float:
        return pytest.approx((day - start) / (end - start) * 100, abs=0.01)

    assert [tick.at for tick in found.ticks] == [at(day_of(tick.text)) for tick in found.ticks]
    assert [(each.span.low, each.span.high) for each in found.sources] == [(at(a), at(b)) for a, b in sorted(sources)]
    assert (found.event and (found.event.low, found.event.high)) == (event and (at(event[0]), at(event[1])))
    assert all(0 <= place <= 100 for each in found.sources for place in (each.span.low, each.span.high))
    assert not any(each.span.open for each in found.sources)


def of(*sources: Days, root: int = 0) -> Timeline:
    found = timeline(view(*sources, root=root))
    assert found
    return found


def test_an_open_date_reaches_to_the_end_of_the_scale() -> None:
    found = of((None, date(1992, 3, 1)), (date(1992, 3, 3), None))
    assert [(each.span.low == 0, each.span.high == 100, each.span.open) for each in found.sources] == [
        (True, False, True),
        (False, True, True),
    ]


def test_roots_are_marked_and_sources_without_a_date_counted() -> None:
    day, next_day = date(1992, 3, 1), date(1992, 3, 2)
    found = of((next_day, next_day), (day, day), (None, None), root=1)
    assert [(each.link.text, each.root) for each in found.sources] == [("source/s1", True), ("source/s0", False)]
    assert found.undated == 1


@pytest.mark.parametrize(
    ("north", "east", "expected"),
    [
        ("39.9", "46.80", "geo:39.9,46.80"),
        ("+.5", "-46.", "geo:0.5,-46"),
        ("39.9", "", None),
        ("north", "46.8", None),
    ],
)
def test_coordinates_are_an_address_that_maps_open(north: str, east: str, expected: str | None) -> None:
    """The grammar of geo: has neither a plus sign nor a bare point (RFC 5870, section 3.3)."""
    numbers = {SCHEMA + "latitude": north, SCHEMA + "longitude": east}
    event = node(EVENT, **{SCHEMA + "location": iri(BASE + "place/p")})
    place = node(BASE + "place/p", **{SCHEMA + "geo": iri(BASE + "geo/g")})
    point = node(BASE + "geo/g", **{name: Object(text, int(Kind.LITERAL), "", "") for name, text in numbers.items()})
    found = coordinates(View(Entity(EVENT, "event/e", (event, place, point)), BASE, ("event",)))
    assert [link.href for link in found] == ([expected] if expected else [])

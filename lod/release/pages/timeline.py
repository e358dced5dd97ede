"""When the sources of an event's claims were published: a row a source, on a scale of days that all share."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from lod.release.pages.plot import Tick
from lod.release.pages.view import Link, View
from lod.vocab import NS, SCHEMA

_MOST_STEPS = 2  # four dates fit a phone
_LAST_DAY = date.max.toordinal()


@dataclass(frozen=True)
class Span:
    """A date as an interval on the scale, in percent of its width: of one day a point. open: whether a bound lacks."""

    low: float
    high: float
    open: bool


@dataclass(frozen=True)
class Dated:
    """A source, its date as written, where that lies, and whether claims on the event go back to it."""

    link: Link
    date: str
    span: Span
    root: bool


@dataclass(frozen=True)
class Timeline:
    """Sources by date, the date of the event where it has one, the scale, and how many sources have no date."""

    sources: tuple[Dated, ...]
    event: Span | None
    ticks: tuple[Tick, ...]
    undated: int


def timeline(view: View) -> Timeline | None:
    """Return when the sources of an event's claims were published; None where fewer than two dates are known."""
    sources = view.instances(NS + "Source")
    dates = {iri: days for iri in sources if (days := _days(view, iri))}
    if len(set(dates.values())) < 2:
        return None
    event = _days(view, view.iri)
    scale = _Scale.over([day for days in (*dates.values(), event or ()) for day in days if day])
    roots = {root for iri in view.instances(SCHEMA + "Claim") for root in view.objects(iri, NS + "root")}
    dated = (
        Dated(view.link(iri), view.object(iri, NS + "edtf") or "", scale.span(days), iri in roots)
        for iri, days in sorted(dates.items(), key=lambda item: (item[1][0] or 0, item[1][1] or _LAST_DAY, item[0]))
    )
    return Timeline(tuple(dated), scale.span(event) if event else None, scale.ticks(), len(sources) - len(dates))


_Days = tuple[int | None, int | None]


def _days(view: View, iri: str) -> _Days | None:
    """Return the first and the last day that a node's date can mean, None where it is open; None for no date."""
    first, last = (_day(view.object(iri, NS + name)) for name in ("earliest", "latest"))
    return (first, last) if first or last else None


def _day(text: str | None) -> int | None:
    try:
        return date.fromisoformat((text or "")[:10]).toordinal()
    except ValueError:
        return None


@dataclass(frozen=True)
class _Unit:
    """Days, months or years: the number of the one that a day is in, the first day of one, and how to write that."""

    number: Callable[[date], int]
    first: Callable[[int], date]
    text: Callable[[date], str]
    steps: tuple[int, ...]


_YEARS = _Unit(
    lambda day: day.year,
    lambda number: date(min(max(number, 1), 9999), 1, 1),
    lambda day: f"{day.year:04}",
    tuple(factor * 10**power for power in range(4) for factor in (1, 2, 5)),
)
_MONTHS = _Unit(
    lambda day: day.year * 12 + day.month - 1,
    lambda number: date(min(max(number // 12, 1), 9999), number % 12 + 1, 1),
    lambda day: day.isoformat()[:7],
    (1, 2, 3, 6, 12),
)
_DAYS = _Unit(
    date.toordinal,
    lambda number: date.fromordinal(min(max(number, 1), _LAST_DAY)),
    date.isoformat,
    (1, 2, 5, 10, 20, 50),
)


@dataclass(frozen=True)
class _Scale:
    marks: tuple[date, ...]
    text: Callable[[date], str]

    @classmethod
    def over(cls, days: list[int]) -> "_Scale":
        """Return a scale that holds these days, marked by days, months or years: whichever are some, and not many."""
        first, last = date.fromordinal(min(days)), date.fromordinal(max(days))
        unit = next((each for each in (_YEARS, _MONTHS) if each.number(last) - each.number(first) >= 2), _DAYS)
        low, high = unit.number(first), unit.number(last)
        step = next((each for each in unit.steps if each * _MOST_STEPS >= high - low), unit.steps[-1])
        numbers = range(math.floor(low / step) * step, (math.floor(high / step) + 2) * step, step)
        return cls(tuple(dict.fromkeys(map(unit.first, numbers))), unit.text)

    def span(self, days: _Days) -> Span:
        """Return where a date lies; an open end reaches to that of the scale."""
        low, high = (None if day is None else self._at(day) for day in days)
        return Span(0 if low is None else low, 100 if high is None else high, low is None or high is None)

    def ticks(self) -> tuple[Tick, ...]:
        """Return the days that are written on the scale."""
        return tuple(Tick(self._at(day.toordinal()), self.text(day)) for day in self.marks)

    def _at(self, day: int) -> float:
        first, last = (self.marks[end].toordinal() for end in (0, -1))
        return round(100 * (day - first) / (last - first), 2)

"""The picture of what is claimed: a row a claim, a dot or an interval on a scale that all share."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from lod.release.pages.claim import Claim

_OPEN = {"at least": "up", "more than": "up", "at most": "down", "fewer than": "down"}
_SPREAD = 50  # above it, small numbers would lie on one another on a linear scale


@dataclass(frozen=True)
class Mark:
    """One claim on the scale, in percent of its width.

    open: where the interval has no bound, "up" or "down"; sharp: whether the number itself is said, not about it.
    """

    claim: Claim
    low: float
    high: float
    dot: float | None
    open: str
    sharp: bool


@dataclass(frozen=True)
class Tick:
    """A number on the scale, in percent of its width."""

    at: float
    text: str


@dataclass(frozen=True)
class Plot:
    """The marks of claims with numbers, and the scale."""

    marks: tuple[Mark, ...]
    ticks: tuple[Tick, ...]
    logarithmic: bool


def plot(claims: Sequence[Claim]) -> Plot | None:
    """Return the picture of claims on one variable; None where none has a number."""
    numbers = [each for claim in claims for each in _bounds(claim) if each is not None]
    if not numbers:
        return None
    scale = _Scale.over(min(numbers), max(numbers))
    marks = tuple(_mark(claim, scale) for claim in claims if any(each is not None for each in _bounds(claim)))
    return Plot(marks, scale.ticks(), scale.logarithmic)


def _bounds(claim: Claim) -> tuple[float | None, float | None, float | None]:
    return claim.number("minValue"), claim.number("value"), claim.number("maxValue")


def _mark(claim: Claim, scale: "_Scale") -> Mark:
    low, value, high = _bounds(claim)
    known = [each for each in (low, value, high) if each is not None]
    opening = _OPEN.get(claim.qualifier, "")
    dot = value if value is not None else (known[0] if min(known) == max(known) else None)
    start = 0.0 if opening == "down" else scale.at(min(known))
    end = 100.0 if opening == "up" else scale.at(max(known))
    sharp = claim.qualifier not in ("about", "more than", "fewer than")
    return Mark(claim, start, end, None if dot is None else scale.at(dot), opening, sharp)


@dataclass(frozen=True)
class _Scale:
    low: float
    high: float
    logarithmic: bool

    @classmethod
    def over(cls, least: float, most: float) -> "_Scale":
        """Return a scale that holds these numbers, with some room above."""
        if least > 0 and most / least > _SPREAD:
            return cls(10 ** math.floor(math.log10(least)), 10 ** math.ceil(math.log10(most) + 0.05), logarithmic=True)
        step = _step(most - min(least, 0))
        return cls(math.floor(min(least, 0) / step) * step, (math.floor(most / step) + 1) * step, logarithmic=False)

    def at(self, number: float) -> float:
        """Return where a number lies, in percent."""
        if self.logarithmic:
            share = (math.log10(number) - math.log10(self.low)) / (math.log10(self.high) - math.log10(self.low))
        else:
            share = (number - self.low) / (self.high - self.low)
        return round(100 * share, 2)

    def ticks(self) -> tuple[Tick, ...]:
        """Return the numbers that are written on the scale."""
        if self.logarithmic:
            powers = range(round(math.log10(self.low)), round(math.log10(self.high)) + 1)
            return tuple(Tick(self.at(10.0**power), f"{10.0**power:,.10g}") for power in powers)
        step = _step(self.high - self.low)
        count = round((self.high - self.low) / step)
        numbers = (self.low + place * step for place in range(count + 1))
        return tuple(Tick(self.at(number), f"{number:,.10g}") for number in numbers)


def _step(width: float) -> float:
    """Return a round step that divides a width into about four."""
    raw = (width or 1) / 4
    power = 10 ** math.floor(math.log10(raw))
    return float(next(factor * power for factor in (1, 2, 2.5, 5, 10) if factor * power >= raw * (1 - 1e-9)))

"""How much of a long suite is tried: a stated sample, or all of it where `--hypothesis-profile=thorough` asks for that."""

from collections.abc import Iterable
from typing import TypeVar

from hypothesis import settings

_Case = TypeVar("_Case")
THOROUGH = settings().max_examples >= 400


def sample(cases: Iterable[_Case], step: int) -> list[_Case]:
    """Return each case whose number, from 0, `step` divides; thorough: every case."""
    return list(cases)[:: 1 if THOROUGH else step]

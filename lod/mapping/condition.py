"""Conditions that must hold together."""

from functools import reduce

from lod.mapping.model import Call, Expression
from lod.vocab import FN


def conjunction(*conditions: Expression | None) -> Expression | None:
    """Return a condition that holds where all of these do; None, which always holds, where there is none."""
    given = [condition for condition in conditions if condition is not None]
    return reduce(_both, given) if given else None


def _both(first: Expression, second: Expression) -> Expression:
    position = next(each.position for each in (first, second) if isinstance(each, Call))
    return Call(FN + "all", ((FN + "a", first), (FN + "b", second)), position)

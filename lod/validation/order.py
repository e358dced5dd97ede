"""The order of literals in queries: plain cases as the engine compares them, all others by `values.compare`.

https://www.w3.org/TR/shacl/#core-components-range
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import ibis
import ibis.expr.types as ir

from lod.functions.arrow import of_values
from lod.functions.function import Type
from lod.terms import LEXICAL_PATTERNS, XSD
from lod.validation.key import key_of, node_of
from lod.validation.report import Node
from lod.validation.values import compare

_OPERATORS: dict[frozenset[int], Callable[[ir.Value, ir.Value], ir.BooleanValue]] = {
    frozenset({-1}): lambda one, other: one < other,
    frozenset({-1, 0}): lambda one, other: one <= other,
    frozenset({1}): lambda one, other: one > other,
    frozenset({0, 1}): lambda one, other: one >= other,
}
_DECIMAL = r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)"
_NUMBER = _DECIMAL + "(?:[eE][+-]?[0-9]{1,2})?"


@dataclass(frozen=True)
class _Plain:
    """Literals that an engine compares as their values do, where both are of this form.

    datatypes: local names; holds: whether a key is of the form; read: what is compared; apart: whether only what
    differs by more than rounding is compared so.
    """

    datatypes: tuple[str, ...]
    holds: Callable[[ir.StringValue], ir.BooleanValue]
    read: Callable[[ir.StringValue], ir.Value]
    apart: bool = False

    def case(self, left: ir.StringValue, right: ir.StringValue, allowed: frozenset[int]) -> tuple[ir.Value, ir.Value]:
        """Return when two keys are of this form, and how they then compare."""
        one, other = self.read(left), self.read(right)
        applies = self.holds(left) & self.holds(right)
        if self.apart:
            applies = applies & ((one - other).abs() * 1_000_000_000 > one.abs() + other.abs())
        return applies, _OPERATORS[allowed](one, other)


def _text(name: str, length: int, end: str = "") -> _Plain:
    """Return the form of texts of so many characters with one end, which tell the same zone, or none."""
    head = f'"{XSD}{name}"'
    pattern = f"^{head}(?:{LEXICAL_PATTERNS[XSD + name]})\\z"

    def holds(key: ir.StringValue) -> ir.BooleanValue:
        # Midnight at the end of a day is that at the start of the next, and its text is not.
        return (key.length() == len(head) + length) & key.endswith(end) & key.re_search(pattern) & ~key.contains("T24")

    return _Plain((name,), holds, lambda key: key)


def _integer() -> _Plain:
    head = f'"{XSD}integer"'
    return _Plain(
        ("integer",),
        lambda key: key.re_search(f"^{head}-?[0-9]{{1,18}}\\z"),
        lambda key: key.substr(len(head)).try_cast("int64"),
    )


def _double() -> _Plain:
    pattern = f'^"{XSD}(?:(?:integer"[+-]?[0-9]+|decimal"{_DECIMAL})|double"{_NUMBER})\\z'
    return _Plain(
        ("integer", "decimal", "double"),
        lambda key: key.re_search(pattern),
        lambda key: key.re_extract(f"{_NUMBER}$", 0).try_cast("float64"),
        apart=True,
    )


_PLAIN = (
    _integer(),
    _text("date", 10),
    _text("gYear", 4),
    _text("gYearMonth", 7),
    _text("dateTime", 19),
    _text("dateTime", 20, "Z"),
    _double(),
)


def compares(left: ir.StringValue, right: ir.StringValue, allowed: frozenset[int]) -> ir.BooleanValue:
    """Return whether two keys compare (see `values.compare`) in one of the allowed ways; never null."""
    return _compares(left, right, allowed, _PLAIN)


def compares_with(key: ir.StringValue, literal: Node, allowed: frozenset[int]) -> ir.BooleanValue:
    """Return whether a key compares with a literal in one of the allowed ways; never null."""
    name = (literal.datatype or "").removeprefix(XSD)
    plain = tuple(form for form in _PLAIN if name in form.datatypes)
    return _compares(key, ibis.literal(key_of(literal)), allowed, plain)


def _compares(
    left: ir.StringValue, right: ir.StringValue, allowed: frozenset[int], plain: tuple[_Plain, ...]
) -> ir.BooleanValue:
    exact = of_values(partial(_is_allowed, allowed), Type.TRUTH)(left, right)
    cases = [form.case(left, right, allowed) for form in plain]
    compared = ibis.cases(*cases, else_=exact) if cases else exact
    return compared.fill_null(False)


def _is_allowed(allowed: frozenset[int], left: str, right: str) -> bool:
    return compare(node_of(left), node_of(right)) in allowed


def language_matches(tag: ir.StringValue, range_: str) -> ir.BooleanValue:
    """Return whether a language tag in lower case, empty where there is none, is in a language range.

    https://www.rfc-editor.org/rfc/rfc4647#section-3.3.1
    """
    if range_ == "*":
        return tag != ""
    wanted = range_.lower()
    return (tag == wanted) | tag.startswith(f"{wanted}-")

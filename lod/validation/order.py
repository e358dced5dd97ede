"""The order of literals in queries: plain cases as the engine compares them, all others by `values.compare`.

https://www.w3.org/TR/shacl/#core-components-range
"""

from collections.abc import Callable
from dataclasses import dataclass

import pyarrow as pa

from lod.engine import Engine, sql_text
from lod.terms import LEXICAL_PATTERNS, XSD
from lod.validation.key import Key, key_of, node_of
from lod.validation.report import Node
from lod.validation.values import compare

COMPARED = "compared"  # the function of two keys by which queries call `values.compare`

_OPERATORS = {frozenset({-1}): "<", frozenset({-1, 0}): "<=", frozenset({1}): ">", frozenset({0, 1}): ">="}
_DECIMAL = r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)"
_NUMBER = _DECIMAL + "(?:[eE][+-]?[0-9]{1,2})?"


@dataclass(frozen=True)
class _Plain:
    """Literals that an engine compares as their values do, where both are of this form.

    datatypes: local names; pattern: what a key is of; read: what is compared, as SQL of a key; also: what else holds of
    a key; apart: whether only what differs by more than rounding is compared so.
    """

    datatypes: tuple[str, ...]
    pattern: str
    read: Callable[[str], str]
    also: Callable[[str], str] = lambda key: f"{key} IS NOT NULL"
    apart: bool = False

    def case(self, left: str, right: str, allowed: frozenset[int]) -> str:
        """Return when two keys are of this form, and how they then compare."""
        one, other = self.read(left), self.read(right)
        applies = [f"{self.also(key)} AND regexp_matches({key}, {sql_text(self.pattern)})" for key in (left, right)]
        if self.apart:
            applies.append(f"abs({one} - {other}) * 1000000000 > abs({one}) + abs({other})")
        return f"WHEN {' AND '.join(applies)} THEN {one} {_OPERATORS[allowed]} {other}"


def _text(name: str, length: int, end: str = "") -> _Plain:
    """Return the form of texts of so many characters with one end, which tell the same zone, or none."""
    head = f'"{XSD}{name}"'

    def also(key: str) -> str:
        # Midnight at the end of a day is that at the start of the next, and its text is not.
        sized = f"length({key}) = {len(head) + length} AND strpos({key}, 'T24') = 0"
        return f"{sized} AND ends_with({key}, '{end}')" if end else sized

    return _Plain((name,), f"^{head}(?:{LEXICAL_PATTERNS[XSD + name]})\\z", lambda key: key, also)


def _integer() -> _Plain:
    head = f'"{XSD}integer"'
    read = f"TRY_CAST(substr({{}}, {len(head) + 1}) AS BIGINT)".format
    return _Plain(("integer",), f"^{head}-?[0-9]{{1,18}}\\z", read)


def _double() -> _Plain:
    pattern = f'^"{XSD}(?:(?:integer"[+-]?[0-9]+|decimal"{_DECIMAL})|double"{_NUMBER})\\z'
    number = sql_text(f"{_NUMBER}$")
    return _Plain(
        ("integer", "decimal", "double"),
        pattern,
        lambda key: f"TRY_CAST(regexp_extract({key}, {number}, 0) AS DOUBLE)",
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


def compares(left: str, right: str, allowed: frozenset[int]) -> str:
    """Return whether two keys compare (see `values.compare`) in one of the allowed ways, as SQL; never null."""
    return _compares(left, right, allowed, _PLAIN)


def compares_with(key: Key, literal: Node, allowed: frozenset[int]) -> str:
    """Return whether a key compares with a literal in one of the allowed ways, as SQL; never null."""
    name = (literal.datatype or "").removeprefix(XSD)
    plain = tuple(form for form in _PLAIN if name in form.datatypes)
    return _compares(key.sql, sql_text(key_of(literal)), allowed, plain)


def _compares(left: str, right: str, allowed: frozenset[int], plain: tuple[_Plain, ...]) -> str:
    exact = f"{COMPARED}({left}, {right}) IN ({', '.join(map(str, sorted(allowed)))})"
    cases = " ".join(form.case(left, right, allowed) for form in plain)
    return f"COALESCE({f'CASE {cases} ELSE {exact} END' if cases else exact}, FALSE)"


def declare_order(engine: Engine) -> None:
    """Make the function `COMPARED` known to an engine."""
    engine.declare(COMPARED, _compared, 2)


def _compared(left: pa.ChunkedArray, right: pa.ChunkedArray) -> pa.Array:
    pairs = zip(left.to_pylist(), right.to_pylist(), strict=True)
    orders = (None if None in pair else compare(*map(node_of, pair)) for pair in pairs)
    return pa.array(orders, pa.int8())


def language_matches(tag: str, range_: str) -> str:
    """Return as SQL whether a language tag in lower case, empty where there is none, is in a language range.

    https://www.rfc-editor.org/rfc/rfc4647#section-3.3.1
    """
    if range_ == "*":
        return f"{tag} <> ''"
    wanted = range_.lower()
    return f"{tag} = {sql_text(wanted)} OR starts_with({tag}, {sql_text(f'{wanted}-')})"

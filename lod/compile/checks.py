"""Lexical forms that are none: IRIs, language tags and typed literals of a term table held to their grammars."""

from collections.abc import Iterator
from dataclasses import dataclass

import ibis
import ibis.expr.types as ir

from lod.compile.slots import Check
from lod.engine import Engine
from lod.inputs import InputTable
from lod.outcome import Rejection, shorten
from lod.term_table import Constant
from lod.terms import IRI_PATTERN, LANGUAGE_PATTERN, LEXICAL_PATTERNS, RANGES

_REASONS = {
    "iri": "is not an absolute IRI",
    "language": "is not a language tag (BCP 47: en, az, hy-Latn)",
}


@dataclass(frozen=True)
class Misfit:
    """What a check found wrong: the condition of a bad cell, and a rejection for each."""

    check: Check
    bad: ir.BooleanValue
    rejections: tuple[Rejection, ...]


def misfits(engine: Engine, rows: ir.Table, opened: InputTable, checks: list[Check]) -> Iterator[Misfit]:
    """Yield what the checks find wrong."""
    asked = [(check, reason, bad) for check in checks for reason, bad in _conditions(engine, rows, check)]
    for (check, reason, bad), found in zip(asked, engine.flags(rows, [bad for *_, bad in asked]), strict=True):
        if found:
            cells = engine.rows(rows.filter(bad).select(**opened.place(rows), value=rows[check.column]))
            column = ", ".join(check.origin)
            rejections = (Rejection(row["file"], row["row"], column, shorten(row["value"]), reason) for row in cells)
            yield Misfit(check, bad, tuple(rejections))


def _conditions(engine: Engine, rows: ir.Table, check: Check) -> Iterator[tuple[str, ir.BooleanValue]]:
    value = rows[check.column]
    if check.what == "iri":
        yield _REASONS["iri"], ~_matches(value, IRI_PATTERN)
    elif check.what == "language":
        yield _REASONS["language"], ~_matches(value, LANGUAGE_PATTERN)
    elif isinstance(check.datatype, Constant):
        if check.datatype.value in LEXICAL_PATTERNS:
            yield _ill_typed(value, check.datatype.value)
    elif check.datatype is not None:
        types = rows[check.datatype.name]
        found = {row["datatype"] for row in engine.rows(rows.select(datatype=types).distinct())}
        for datatype in sorted(found & LEXICAL_PATTERNS.keys()):
            reason, bad = _ill_typed(value, datatype)
            yield reason, (types == datatype) & bad


def _ill_typed(value: ir.StringValue, datatype: str) -> tuple[str, ir.BooleanValue]:
    bad = ~_matches(value, LEXICAL_PATTERNS[datatype])
    if datatype in RANGES:
        least, most = (ibis.literal(str(bound)).cast("decimal(38, 0)") for bound in RANGES[datatype])
        number = value.replace("+", "").try_cast("decimal(38, 0)")
        bad = bad | (value.notnull() & ~number.between(least, most).fill_null(False))
    return f"is no xsd:{datatype.rpartition('#')[2]}", bad


def is_iri(value: ir.StringValue) -> ir.BooleanValue:
    """Return whether a lexical form is an absolute IRI."""
    return _matches(value, IRI_PATTERN)


def _matches(value: ir.StringValue, pattern: str) -> ir.BooleanValue:
    return value.re_search(ibis.literal(rf"^(?:{pattern})\z"))

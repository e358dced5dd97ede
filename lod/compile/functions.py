"""The functions that mappings call, each by its IRI (https://w3id.org/lod/fn#NAME).

A function takes Ibis values and gives one. Those that a dialect could read in its own way (regular expressions, splits,
dates, numbers, encoding) run on Arrow arrays, the same on every engine. A bad value gives null, never an abort; a
function with a `complaint` then has the record rejected for it. An empty text is null, as an empty cell is.
"""

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from urllib.parse import urlsplit

import ibis
import ibis.expr.types as ir
import pyarrow as pa
import pyarrow.compute as pc

from lod.compile import edtf
from lod.terms import IRI_PATTERN, LEXICAL_PATTERNS, XSD, iri_safe, label_safe, uri_safe
from lod.vocab import FN

Build = Callable[..., ir.Value]


@dataclass(frozen=True)
class Function:
    """A function by name, with its parameters in order.

    required: how many of the parameters must be given. complaint: what is wrong where the result is null though no
    argument is; None where null is an answer. settings: the parameters that are constant; check: says of them what is
    wrong, or None. truths: the parameters that are true or false; lists: whether the others may be lists.
    """

    name: str
    parameters: tuple[str, ...]
    build: Build
    required: int
    complaint: str | None = None
    settings: tuple[str, ...] = ()
    check: Callable[..., str | None] = lambda *_: None
    truths: tuple[str, ...] = ()
    lists: bool = False


def _text_udf(name: str, function: Callable[[str], str | None]) -> Callable[..., ir.Value]:
    """Make an engine function of a function of one text; each distinct text is computed once a batch."""

    def on_arrow(values: pa.ChunkedArray) -> pa.Array:
        encoded = values.combine_chunks().dictionary_encode()
        computed = pa.array([function(text) or None for text in encoded.dictionary.to_pylist()], pa.string())
        return computed.take(encoded.indices)

    return _register(name, on_arrow, 1, "string")


def _register(name: str, on_arrow: Callable[..., pa.Array], arity: int, result: str) -> Callable[..., ir.Value]:
    signature = (("string",) * arity, result)
    # DuckDB's default forbids a function to answer null, so nulls come in too.
    register = ibis.udf.scalar.pyarrow(name=f"lod_{name}", signature=signature, null_handling="special")
    udf: Callable[..., ir.Value] = register(on_arrow)
    return udf


_NULL = pa.scalar(None, pa.string())
_GROUP = r"\1"


def _split(values: pa.ChunkedArray, separators: pa.ChunkedArray) -> pa.Array:
    rows = zip(values.to_pylist(), separators.to_pylist(), strict=True)
    cells = [_parts(text, by) if text and by else None for text, by in rows]
    return pa.array(cells, pa.list_(pa.string()))


def _parts(text: str, separator: str) -> list[str]:
    return [part.strip() for part in text.split(separator) if part.strip()]


def _extract(values: pa.ChunkedArray, patterns: pa.ChunkedArray) -> pa.Array:
    if len(values) == 0:
        return pa.array([], pa.string())
    whole = _around(patterns[0].as_py())
    found = pc.if_else(pc.match_substring_regex(values, whole), values, _NULL)
    return _or_null(pc.replace_substring_regex(found, whole, _GROUP))


def _around(pattern: str) -> str:
    """Return a pattern for a whole text, of which the first match's first group is the first group."""
    return rf"(?s:\A.*?)(?:{pattern})(?s:.*\z)"


def _check_pattern(pattern: str, replacement: str = _GROUP) -> str | None:
    try:
        pc.replace_substring_regex(pa.array([""]), pattern, replacement)
    except pa.ArrowInvalid as error:
        return str(error)
    return None


def _or_null(values: pa.ChunkedArray) -> pa.Array:
    return pc.if_else(pc.equal(values, ""), _NULL, values).combine_chunks()


def _replace(values: pa.ChunkedArray, patterns: pa.ChunkedArray, replacements: pa.ChunkedArray) -> pa.Array:
    if len(values) == 0:
        return pa.array([], pa.string())
    pattern, replacement = patterns[0].as_py(), replacements[0].as_py()
    return _or_null(pc.replace_substring_regex(values, pattern, replacement))


def _url(text: str) -> str | None:
    if not re.fullmatch(IRI_PATTERN, text):
        return None
    try:
        parts = urlsplit(text)
    except ValueError:
        return None
    return text if parts.scheme.lower() in ("http", "https") and parts.hostname else None


def _integer(text: str) -> str | None:
    match = re.fullmatch(r"([+-]?)0*([0-9]+)(?:\.0*)?", text.strip())
    return f"{'-' if match[1] == '-' and match[2] != '0' else ''}{match[2]}" if match else None


def _number_type(text: str) -> str | None:
    for name in ("integer", "decimal"):
        if re.fullmatch(LEXICAL_PATTERNS[XSD + name], text):
            return XSD + name
    return None


def _parse_date(values: pa.ChunkedArray, formats: pa.ChunkedArray) -> pa.Array:
    return _by_row(lambda text, pattern: datetime.strptime(text, pattern).date().isoformat(), values, formats)


def _epoch_date(values: pa.ChunkedArray, units: pa.ChunkedArray) -> pa.Array:
    return _by_row(edtf.from_epoch, values, units)


def _by_row(function: Callable[[str, str], str], values: pa.ChunkedArray, settings: pa.ChunkedArray) -> pa.Array:
    rows = zip(values.to_pylist(), settings.to_pylist(), strict=True)
    return pa.array([_or_none(function, text, by) if text and by else None for text, by in rows], pa.string())


def _or_none(function: Callable[[str, str], str], text: str, setting: str) -> str | None:
    try:
        return function(text, setting)
    except (ValueError, OverflowError):
        return None


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _present(value: ir.Value) -> ir.BooleanValue:
    return value.notnull() & (value.length() > 0) if isinstance(value, ir.ArrayValue) else value.notnull()


def _truth(value: ir.BooleanValue) -> ir.BooleanValue:
    return value.fill_null(False)


def _one_of(value: ir.Value, values: ir.Value) -> ir.BooleanValue:
    among = (ibis.literal("|") + values + "|").contains(ibis.literal("|") + value + "|")
    return _truth(among & ~value.contains("|"))


encode_iri = _text_udf("iri_safe", iri_safe)
encode_uri = _text_udf("uri_safe", uri_safe)
blank_label = _text_udf("blank_label", label_safe)

_ORDINALS = ("value", "other", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")

_LETTERS = tuple("abcdefgh")
_UNITS = ("days", "seconds")

_FUNCTIONS = (
    Function(
        "split", ("value", "separator"), _register("split", _split, 2, "array<string>"), 2, settings=("separator",)
    ),
    Function("present", ("value",), _present, 1, lists=True),
    Function("absent", ("value",), lambda value: ~_present(value), 1, lists=True),
    Function("equal", ("value", "other"), lambda value, other: _truth(value == other), 2),
    Function("oneOf", ("value", "values"), _one_of, 2),
    Function("not", ("value",), lambda value: ~_truth(value), 1, truths=("value",)),
    Function("any", _LETTERS, lambda *each: reduce(ir.BooleanValue.__or__, map(_truth, each)), 1, truths=_LETTERS),
    Function("all", _LETTERS, lambda *each: reduce(ir.BooleanValue.__and__, map(_truth, each)), 1, truths=_LETTERS),
    Function("coalesce", _ORDINALS, lambda *each: ibis.coalesce(*each), 1, lists=True),
    Function(
        "when",
        ("condition", "value"),
        lambda test, value: ibis.cases((_truth(test), value)),
        2,
        truths=("condition",),
        lists=True,
    ),
    Function("lower", ("value",), _text_udf("lower", str.lower), 1),
    Function("trim", ("value",), _text_udf("trim", str.strip), 1),
    Function("concat", _ORDINALS, lambda *each: reduce(ir.StringValue.__add__, each).nullif(""), 1),
    Function("hash", ("value",), _text_udf("hash", _hash), 1),
    Function(
        "extract",
        ("value", "pattern"),
        _register("extract", _extract, 2, "string"),
        2,
        settings=("pattern",),
        check=_check_pattern,
    ),
    Function(
        "replace",
        ("value", "pattern", "replacement"),
        _register("replace", _replace, 3, "string"),
        3,
        settings=("pattern", "replacement"),
        check=_check_pattern,
    ),
    Function("url", ("value",), _text_udf("url", _url), 1, "is not an absolute http or https URL"),
    Function("integer", ("value",), _text_udf("integer", _integer), 1, "is not a whole number"),
    Function("numberType", ("value",), _text_udf("number_type", _number_type), 1, "is not a decimal number"),
    Function("edtfValue", ("value",), _text_udf("edtf_value", edtf.value), 1),
    Function("edtfType", ("value",), _text_udf("edtf_type", edtf.datatype), 1),
    Function("edtfEarliest", ("value",), _text_udf("edtf_earliest", edtf.earliest), 1),
    Function("edtfLatest", ("value",), _text_udf("edtf_latest", edtf.latest), 1),
    Function(
        "edtf",
        ("value",),
        _text_udf("edtf", lambda text: text if edtf.parse(text) else None),
        1,
        "is not a date that exists, in EDTF (1992-02-26, 1992-02, 1992, 1992?, 1992-02/1992-03)",
    ),
    Function(
        "parseDate",
        ("value", "format"),
        _register("parse_date", _parse_date, 2, "string"),
        2,
        "is not a date of the stated format",
        settings=("format",),
    ),
    Function(
        "epochDate",
        ("value", "unit"),
        _register("epoch_date", _epoch_date, 2, "string"),
        2,
        "is not a count since 1970",
        settings=("unit",),
        check=lambda unit: None if unit in _UNITS else f"the unit must be days or seconds, not {unit!r}",
    ),
)

FUNCTIONS: dict[str, Function] = {FN + function.name: function for function in _FUNCTIONS}

# The functions that give true or false, as a condition does.
TRUTHS = frozenset(FN + name for name in ("present", "absent", "equal", "oneOf", "not", "any", "all"))

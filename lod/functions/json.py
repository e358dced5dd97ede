"""Values out of a JSON text by JSONPath. https://www.rfc-editor.org/rfc/rfc9535."""

from typing import Any

import pyarrow as pa

from lod.functions.arrow import ARROW_TYPES, of_arrays
from lod.functions.function import Function, Parameter, Type, setting
from lod.json import JsonPath, decoded, json_text

_VALUE = Parameter("value")
_PATH = setting("path")
_WRONG = "is no JSON that can be read"


def _values(texts: pa.Array, path: str) -> pa.Array:
    return pa.array(_found(texts, path), ARROW_TYPES[Type.LIST])


def _value(texts: pa.Array, path: str) -> pa.Array:
    return pa.array([values[0] if values else None for values in _found(texts, path)], ARROW_TYPES[Type.TEXT])


def _wrong(texts: pa.Array, path: str) -> pa.Array:
    pairs = zip(texts.to_pylist(), _found(texts, path), strict=True)
    return pa.array([_WRONG if text is not None and values is None else None for text, values in pairs], pa.string())


def _found(texts: pa.Array, path: str) -> list[list[str] | None]:
    """Return what a path finds in each text, without null and empty texts; None for what is no JSON."""
    wanted = JsonPath.of(path)
    return [None if text is None else _within(text, wanted) for text in texts.to_pylist()]


def _within(text: str, path: JsonPath) -> list[str] | None:
    try:
        return [_text(value) for value in path.values(decoded(text)) if value not in (None, "")]
    except ValueError:
        return None


def _text(value: Any) -> str:
    """Return a value's text; raise ValueError where it holds what no RDF text can, half a character or NUL."""
    text = str(value) if isinstance(value, str) else json_text(value)
    if b"\0" in text.encode():
        raise ValueError(text)
    return text


def _check(path: str) -> str | None:
    try:
        JsonPath.of(path)
    except ValueError as error:
        return str(error)
    return None


def _check_single(path: str) -> str | None:
    several = f"the JSONPath {path!r} can find several values; jsonValues gives them all"
    return _check(path) or (None if JsonPath.of(path).singular else several)


FUNCTIONS = (
    Function(
        "jsonValue",
        "the value at a JSONPath in a JSON text, an object or a list as JSON; null where there is none; what is no JSON"
        " rejects",
        (_VALUE, _PATH),
        of_arrays(_value),
        reason=of_arrays(_wrong),
        check=_check_single,
    ),
    Function(
        "jsonValues",
        "all values that a JSONPath finds in a JSON text",
        (_VALUE, _PATH),
        of_arrays(_values, Type.LIST),
        Type.LIST,
        complaint=_WRONG,
        check=_check,
    ),
)

"""JSON by RFC 8259: number text is kept as written, and a member that stands twice is told.

https://www.rfc-editor.org/rfc/rfc8259
"""

import json
from typing import Any


class Number(float):
    """A number to compare (RFC 9535 compares as IEEE 754 does), and its text as written."""

    __slots__ = ("text",)

    def __init__(self, text: str) -> None:
        self.text = text


class Doubled(dict[str, Any]):
    """An object in which the member `name` stands twice."""

    name: str


class Decoder(json.JSONDecoder):
    """Decodes texts, and knows whether an object so far had a member twice."""

    def __init__(self) -> None:
        super().__init__(
            parse_int=Number, parse_float=Number, parse_constant=_no_constant, object_pairs_hook=self._members
        )
        self.doubled = False

    def _members(self, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        members = dict(pairs)
        if len(members) == len(pairs):
            return members
        names = [name for name, _ in pairs]
        self.doubled, doubled = True, Doubled(members)
        doubled.name = next(name for place, name in enumerate(names) if name in names[:place])
        return doubled


def _no_constant(word: str) -> str:
    raise ValueError(f"{word} is not a JSON value")


def decoded(text: str) -> Any:
    """Return what a text says; raise ValueError where it is no JSON, or an object has a member twice."""
    decoder = Decoder()
    try:
        value = decoder.decode(text)
    except RecursionError:
        raise ValueError("nested too deeply") from None
    if decoder.doubled:
        raise ValueError(f"the member {doubled_member(value)!r} stands twice")
    return value


def json_text(value: Any) -> str:
    """Return the JSON text of a decoded value, numbers as they were written."""
    if isinstance(value, dict):
        return "{" + ",".join(f"{json.dumps(key)}:{json_text(member)}" for key, member in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(json_text, value)) + "]"
    return value.text if isinstance(value, Number) else json.dumps(value)


def doubled_member(value: Any) -> str | None:
    """Return the name of a member that an object in a value has twice, None where there is none."""
    if isinstance(value, Doubled):
        return value.name
    within = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return next((name for each in within if (name := doubled_member(each)) is not None), None)

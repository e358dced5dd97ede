"""The elements of a JSON array, or the values of an object, one by one from a file that may be larger than memory."""

import json
import re
from collections.abc import Iterator, Sequence
from typing import Any, TextIO

from lod.json import Decoder

_PIECE = 1024 * 1024
_SPACE = re.compile(r"[ \t\r\n]*")


class Scanner:
    """A JSON text that is read in pieces; line and column are those of the place where an error is."""

    def __init__(self, stream: TextIO, decoder: Decoder) -> None:
        self._stream, self._decoder = stream, decoder
        self._text, self._place = "", 0
        self._lines, self._columns = 0, 0  # of what was read and dropped

    def elements(self, names: Sequence[str]) -> Iterator[Any]:
        """Yield what the path of these names leads to, as JSONPath's [*] does; raise JSONDecodeError."""
        opening = self._peek()
        if opening == "{":
            for name in self._members():
                if not names:
                    yield self._value()
                elif name == names[0]:
                    yield from self.elements(names[1:])
                else:
                    self._value()
        elif opening == "[" and not names:
            yield from (self._value() for _ in self._items("[", "]"))
        else:
            self._value()

    def end(self) -> None:
        """Raise JSONDecodeError where the text goes on."""
        if self._peek():
            raise self._error("Extra data")

    def _members(self) -> Iterator[str]:
        """Yield each member's name, with the reading at its value."""
        seen: set[str] = set()
        for _ in self._items("{", "}"):
            if self._peek() != '"':
                raise self._error("Expecting property name enclosed in double quotes")
            name = self._value()
            if name in seen:
                raise self._error(f"the member {name!r} stands twice")
            seen.add(name)
            self._take(":")
            yield name

    def _items(self, opening: str, closing: str) -> Iterator[None]:
        """Yield before each item, which must then be read."""
        self._take(opening)
        if self._peek() != closing:
            yield
            while self._peek() == ",":
                self._take(",")
                yield
        self._take(closing, "',' or ")

    def _take(self, char: str, others: str = "") -> None:
        if self._peek() != char:
            raise self._error(f"Expecting {others}{char!r}")
        self._place += 1

    def _peek(self) -> str:
        """Pass over white space and return the character behind it, none at the end."""
        while True:
            match = _SPACE.match(self._text, self._place)
            self._place = match.end() if match else self._place
            if self._place < len(self._text) or not self._more():
                return self._text[self._place : self._place + 1]

    def _value(self) -> Any:
        self._peek()
        while True:
            try:
                value, end = self._decoder.raw_decode(self._text, self._place)
            except json.JSONDecodeError as error:
                if not self._more():
                    raise self._error(error.msg, error.pos) from None
            else:
                if end < len(self._text) or not self._more():  # a number may go on in the next piece
                    self._place = end
                    return value

    def _more(self) -> bool:
        """Read on, at each try as much again as there is; drop what was taken."""
        piece = self._stream.read(max(_PIECE, len(self._text) - self._place))
        if piece:
            dropped = self._text[: self._place]
            self._lines += dropped.count("\n")
            self._columns = len(dropped) - dropped.rfind("\n") - 1 + (0 if "\n" in dropped else self._columns)
            self._text, self._place = self._text[self._place :] + piece, 0
        return bool(piece)

    def _error(self, message: str, place: int | None = None) -> json.JSONDecodeError:
        error = json.JSONDecodeError(message, self._text, self._place if place is None else place)
        error.colno += self._columns if error.lineno == 1 else 0
        error.lineno += self._lines
        return error

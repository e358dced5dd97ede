"""What a quoted string cannot hold, and how each syntax writes it; for one text, and for a whole Arrow array."""

from dataclasses import dataclass, field
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc

from lod.arrow import buffer

_NAMED: Final = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t", "\b": "\\b", "\f": "\\f"}


@dataclass(frozen=True)
class Escaping:
    """The characters that are escaped, each with its escape; the backslash comes first."""

    escapes: dict[str, str]
    _plain: bytes = field(init=False)
    _table: dict[int, str] = field(init=False)

    def __post_init__(self) -> None:
        escaped = "".join(self.escapes).encode()
        object.__setattr__(self, "_plain", bytes(byte for byte in range(256) if byte not in escaped))
        object.__setattr__(self, "_table", str.maketrans(self.escapes))

    def text(self, value: str) -> str:
        """Escape one text."""
        return value.translate(self._table)

    def array(self, values: pa.Array) -> pa.Array:
        """Escape the texts of an array; a look at its bytes tells which characters are in it, mostly none."""
        found = set(bytes(buffer(values)).translate(None, self._plain))
        for char, escaped in self.escapes.items():
            if found.issuperset(char.encode()):
                values = pc.replace_substring(values, char, escaped)
        return values

    def part(self, value: str | pa.Array) -> str | pa.Array:
        """Escape one text, or the texts of an array."""
        return self.text(value) if isinstance(value, str) else self.array(value)


def _with(others: str, numbered: str) -> Escaping:
    return Escaping(_NAMED | {char: numbered.format(ord(char)) for char in others if char not in _NAMED})


_CONTROLS = "".join(map(chr, range(0x20)))

# Canonical N-Quads: other control characters and what is no XML 1.1 character are written \uXXXX.
# https://www.w3.org/TR/n-quads/#canonical-quads
TURTLE_ESCAPING: Final = _with(_CONTROLS + "\x7f\ufffe\uffff", "\\u{:04X}")

# https://www.rfc-editor.org/rfc/rfc8259#section-7
JSON_ESCAPING: Final = _with(_CONTROLS, "\\u{:04x}")

"""What a quoted string cannot hold, and how each syntax writes it; for one text, and for a whole Arrow array."""

from dataclasses import dataclass, field
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc

_NAMED: Final = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t", "\b": "\\b", "\f": "\\f"}


@dataclass(frozen=True)
class Escaping:
    """The characters that are escaped, each with its escape; the backslash comes first."""

    escapes: dict[str, str]
    _pattern: str = field(init=False)

    def __post_init__(self) -> None:
        members = "".join(f"\\x{{{ord(char):X}}}" for char in self.escapes)
        object.__setattr__(self, "_pattern", f"[{members}]")

    def text(self, value: str) -> str:
        """Escape one text."""
        return value.translate({ord(char): escaped for char, escaped in self.escapes.items()})

    def array(self, values: pa.Array) -> pa.Array:
        """Escape the texts of an array; only those that need it are touched."""
        found = pc.fill_null(pc.match_substring_regex(values, self._pattern), False)
        if not pc.any(found).as_py():
            return values
        texts = values.filter(found)
        for char, escaped in self._present(texts):
            texts = pc.replace_substring(texts, char, escaped)
        return pc.replace_with_mask(values, found, texts)

    def part(self, value: str | pa.Array) -> str | pa.Array:
        """Escape one text, or the texts of an array."""
        return self.text(value) if isinstance(value, str) else self.array(value)

    def _present(self, texts: pa.Array) -> list[tuple[str, str]]:
        """Return the escapes that these texts need: most need a quote's or a line end's alone."""
        common = [(char, escaped) for char, escaped in self.escapes.items() if char in _NAMED]
        others = [(char, escaped) for char, escaped in self.escapes.items() if char not in _NAMED]
        rare = "[" + "".join(f"\\x{{{ord(char):X}}}" for char, _ in others) + "]"
        return common + (others if pc.any(pc.match_substring_regex(texts, rare)).as_py() else [])


def _with(others: str, numbered: str) -> Escaping:
    return Escaping(_NAMED | {char: numbered.format(ord(char)) for char in others if char not in _NAMED})


_CONTROLS = "".join(map(chr, range(0x20)))

# Canonical N-Quads: other control characters and what is no XML 1.1 character are written \uXXXX.
# https://www.w3.org/TR/n-quads/#canonical-quads
TURTLE_ESCAPING: Final = _with(_CONTROLS + "\x7f\ufffe\uffff", "\\u{:04X}")

# https://www.rfc-editor.org/rfc/rfc8259#section-7
JSON_ESCAPING: Final = _with(_CONTROLS, "\\u{:04x}")

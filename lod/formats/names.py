"""Short forms of IRIs, only where a reader of the syntax gets the same IRI back."""

import re
from dataclasses import dataclass, field

# Each segment begins with a character that is neither a dot (`..` would climb) nor in need of a scheme's colon.
_RELATIVE = re.compile(r"[\w%~-][\w%~.-]*(?:/[\w%~-][\w%~.-]*)*")
# A base that a relative path only continues: what ends in a query, a fragment or a name would be cut, dots would climb.
_FOLDER = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://[^/?#]*/(?:(?!\.{1,2}/)[^/?#]*/)*")
_LOCAL = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_.-]*[A-Za-z0-9_-])?")


@dataclass
class Names:
    """Shortens IRIs by a base and prefixes, and remembers what it found."""

    base: str
    prefixes: dict[str, str]
    _known: dict[str, str | None] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._is_folder = _FOLDER.fullmatch(self.base) is not None

    def relative(self, iri: str) -> str | None:
        """Return the rest of an IRI behind the base, where that rest is a plain path."""
        if self._is_folder and iri.startswith(self.base):
            rest = iri[len(self.base) :]
            return rest if _RELATIVE.fullmatch(rest) else None
        return None

    def prefixed(self, iri: str) -> str | None:
        """Return `prefix:local` by the longest namespace that fits, or None."""
        if iri not in self._known:
            self._known[iri] = self._prefixed(iri)
        return self._known[iri]

    def _prefixed(self, iri: str) -> str | None:
        fitting = [(len(namespace), prefix) for prefix, namespace in self.prefixes.items() if iri.startswith(namespace)]
        for length, prefix in sorted(fitting, reverse=True):
            if _LOCAL.fullmatch(iri[length:]):
                return f"{prefix}:{iri[length:]}"
        return None

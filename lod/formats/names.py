"""Short forms of IRIs, only where a reader of the syntax gets the same IRI back; of one, and of an Arrow array."""

import re
from dataclasses import dataclass
from functools import lru_cache
from os.path import commonprefix
from typing import NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from lod.formats.rowwise import join
from lod.terms import IUNRESERVED

# Each segment begins with a character that is neither a dot (`..` would climb) nor in need of a scheme's colon.
_SEGMENT = f"[{IUNRESERVED.replace('.', '', 1)}%][{IUNRESERVED}%]*"
_RELATIVE = re.compile(f"{_SEGMENT}(?:/{_SEGMENT})*")
# A base that a relative path only continues: what ends in a query, a fragment or a name would be cut, dots would climb.
_FOLDER = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://[^/?#]*/(?:(?!\.{1,2}/)[^/?#]*/)*")
_LOCAL = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_.-]*[A-Za-z0-9_-])?")
_REMEMBERED = 65_536  # names: those of a document come again in it, and classes and predicates in all


class _Form(NamedTuple):
    """IRIs that begin with `start` and go on as the pattern says may be written so: what stands before and after."""

    start: str
    rest: re.Pattern[str]
    before: str
    after: str


@dataclass
class Names:
    """Shortens IRIs by a base and prefixes, and remembers what it found.

    opening, closing: what stands around an IRI that has no prefix.
    """

    base: str
    prefixes: dict[str, str]
    opening: str = ""
    closing: str = ""

    def __post_init__(self) -> None:
        namespaces = sorted(
            ((iri, name) for name, iri in self.prefixes.items()), key=lambda each: (len(each[0]), each[1])
        )
        self._prefixed = [_Form(iri, _LOCAL, f"{name}:", "") for iri, name in namespaces]
        folder = _FOLDER.fullmatch(self.base) is not None
        self._relative = [_Form(self.base, _RELATIVE, self.opening, self.closing)] if folder else []
        self._known = lru_cache(_REMEMBERED)(self._short)

    def short(self, iri: str) -> str:
        """Return the short form of an IRI: the rest behind the base, or `prefix:local`, or all of it.

        A blank node's label stays as it is.
        """
        return self._known(iri)

    def _short(self, iri: str) -> str:
        whole = iri if iri.startswith("_:") else f"{self.opening}{iri}{self.closing}"
        return self.relative(iri) or self.prefixed(iri) or whole

    def relative(self, iri: str) -> str | None:
        """Return the rest of an IRI behind the base, where that rest is a plain path."""
        return _best(self._relative, iri)

    def prefixed(self, iri: str) -> str | None:
        """Return `prefix:local` by the longest namespace that fits, or None."""
        return _best(self._prefixed, iri)

    def shorts(self, iris: pa.Array) -> pa.Array:
        """Return the short form of each IRI, or label of a blank node, of an array; null stays null."""
        ends = pc.min_max(iris).as_py()
        common = commonprefix([ends["min"] or "", ends["max"] or ""])  # noqa: RUF071  # texts, not paths
        if common.startswith("_:"):
            return iris
        spelled = join((self.opening, iris, self.closing))
        for form in (*self._prefixed, *self._relative):
            if common.startswith(form.start) or form.start.startswith(common):
                spelled = _where_it_fits(form, iris, spelled)
        return spelled


def _best(forms: list[_Form], iri: str) -> str | None:
    for form in reversed(forms):
        start = len(form.start)
        if iri.startswith(form.start) and form.rest.fullmatch(iri, start):
            return f"{form.before}{iri[start:]}{form.after}"
    return None


def _where_it_fits(form: _Form, iris: pa.Array, spelled: pa.Array) -> pa.Array:
    fits = pc.match_substring_regex(iris, rf"\A{re.escape(form.start)}(?:{form.rest.pattern})\z")
    if not pc.any(fits).as_py():
        return spelled
    short = join((form.before, pc.utf8_slice_codeunits(iris, len(form.start)), form.after))
    return short if pc.all(fits).as_py() else pc.if_else(fits, short, spelled)

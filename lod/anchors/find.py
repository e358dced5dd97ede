"""Finding a quote in a text: as it stands, else folded."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from unicodedata import combining

from lod.texts import Folded, fold

EXACT, FOLDED, NOT_FOUND, NO_TEXT = ("foundExactly", "foundFolded", "notFound", "noText")
_CONTEXT = 32  # characters to each side, as https://www.w3.org/TR/annotation-model/#text-quote-selector has in mind
_Span = Callable[[int, int], tuple[int, int] | None]

# Between the digits of one number, or before them: "1,275", "485-613", "1992/93", "-5".
_BETWEEN = r"[.,:/'\u2019\u00a0\u202f\u2009\u2010-\u2013\u2212-]"
_IN_NUMBER = re.compile(rf"((?<=\d)|(?<=\d{_BETWEEN})|(?<=[+\u00b1\u2212-]))(?=\d)|(?<=\d)(?={_BETWEEN}\d)")


@dataclass(frozen=True)
class Place:
    """Where a quote stands in a text, in Unicode code points, and the words there.

    times: how often it stands in the text; the place is the first. prefix and suffix: what stands around it.
    """

    anchoring: str
    start: int
    end: int
    exact: str
    prefix: str
    suffix: str
    times: int


@dataclass(frozen=True)
class Text:
    """A text that quotes are looked up in."""

    content: str

    @cached_property
    def folded(self) -> Folded:
        """The text folded; that takes seconds where it is a book."""
        return fold(self.content)

    def find(self, quote: str) -> Place | None:
        """Return where a quote stands, as it is or else folded; None where it does not, or has no words.

        No place begins or ends within a number, or within a word of a script that has case: "613 people" does not
        stand in "1,613 people", nor "armed men" in "unarmed men".
        """
        return self._found(EXACT, quote, self.content, lambda start, end: (start, end)) or self._found(
            FOLDED, fold(quote).text.strip(), self.folded.text, self.folded.span
        )

    def _found(self, anchoring: str, quote: str, text: str, span: _Span) -> Place | None:
        if not quote.strip():
            return None
        spans = [found for start in _starts(quote, text) if (found := span(start, start + len(quote)))]
        whole = [found for found in spans if not any(map(self._cuts, found))]
        return self._place(anchoring, whole[0], len(whole)) if whole else None

    def _cuts(self, place: int) -> bool:
        """Return whether a place is within a number or a word."""
        before, after = self.content[max(place - 1, 0) : place], self.content[place : place + 1]
        in_word = _has_case(before) and after != "" and (_has_case(after) or combining(after) > 0)
        return in_word or _IN_NUMBER.match(self.content, place) is not None

    def _place(self, anchoring: str, span: tuple[int, int], times: int) -> Place:
        start, end = span
        text = self.content
        prefix, suffix = text[max(start - _CONTEXT, 0) : start], text[end : end + _CONTEXT]
        return Place(anchoring, start, end, text[start:end], prefix, suffix, times)


def _starts(quote: str, text: str) -> Iterator[int]:
    """Yield every place where a quote begins, also within another."""
    start = text.find(quote)
    while start >= 0:
        yield start
        start = text.find(quote, start + 1)


def _has_case(char: str) -> bool:
    """Return whether a character is a letter that has case."""
    return char.lower() != char.upper()

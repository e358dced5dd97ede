"""Folding: what a text becomes when all that a printer may change without changing what is said is made the same.

White space, quotation marks, dashes, soft hyphens, ligatures, canonical equivalents and case are folded; digits and
other numerals, signs, punctuation and words are not. Two texts that differ in a number, a sign or a "not" never fold
to the same. https://www.unicode.org/reports/tr15/, https://www.w3.org/TR/charmod-norm/
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import NamedTuple

_QUOTES = str.maketrans(
    dict.fromkeys("\u2018\u2019\u201a\u201b\u2039\u203a\u0060\u00b4\u02bc", "'")
    | dict.fromkeys("\u201c\u201d\u201e\u201f\u00ab\u00bb\u301d\u301e\u301f", '"')
)
# The minus sign is no dash: it says something of a number.
_DASHES = str.maketrans(dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015", "-"))
_FORMS = ("<compat>", "<isolated>", "<initial>", "<medial>", "<final>")

# A soft hyphen at the end of a line takes the end of the line with it; the last letter of a word may have marks.
_UNSEEN = "\u00ad\u200b\u2060\ufeff"
_PIECES = re.compile(rf"\u00ad\s*\n\s*|[{_UNSEEN}]|\s+|[A-Za-z]+(?=[A-Za-z])|\S")


@dataclass(frozen=True)
class Folded:
    """A folded text; for each of its characters, where what it was made of starts and ends in the text before."""

    text: str
    starts: Sequence[int]
    ends: Sequence[int]

    def span(self, start: int, end: int) -> tuple[int, int] | None:
        """Return the place in the text before that was folded to these characters; None where it cuts a character."""
        cuts = (place for place in (start, end) if 0 < place < len(self.text))
        if any(self.starts[place] == self.starts[place - 1] for place in cuts):
            return None
        return self.starts[start], self.ends[end - 1]


class _Piece(NamedTuple):
    """A character with the marks that belong to it, a run of white space or of plain letters, and its place."""

    text: str
    start: int
    end: int


def fold(text: str) -> Folded:
    """Return a text folded. What is folded already stays as it is."""
    chars: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for piece, after in pairwise([*_pieces(text), _Piece("", 0, 0)]):
        folded = _folded(piece.text, is_sign=after.text[:1].isnumeric())
        chars.append(folded)
        if len(piece.text) > 1 and piece.text.isascii() and piece.text.isalpha():
            starts += range(piece.start, piece.end)
            ends += range(piece.start + 1, piece.end + 1)
        else:
            starts += [piece.start] * len(folded)
            ends += [piece.end] * len(folded)
    return Folded("".join(chars), starts, ends)


def _pieces(text: str) -> Iterator[_Piece]:
    """Yield the pieces of a text, but for what is not seen."""
    start, end, held = 0, 0, ""
    for match in _PIECES.finditer(text):
        found = match.group()
        if found[0] in _UNSEEN:
            continue
        if held and _continues(held, found):
            held, end = held + found, match.end()
            continue
        if held:
            yield _Piece(held, start, end)
        held, start, end = found, match.start(), match.end()
    if held:
        yield _Piece(held, start, end)


def _continues(held: str, found: str) -> bool:
    return found.isspace() if held.isspace() else unicodedata.combining(found[0]) > 0


@cache
def _folded(piece: str, *, is_sign: bool) -> str:
    """Fold a piece. is_sign: whether a numeral follows, so that a dash may be its sign, and stays."""
    if piece.isspace():
        return " "
    if piece[0].isnumeric():
        return piece
    letters = _decomposed(_decomposed(_apart(piece[0]) + piece[1:]).casefold()).translate(_QUOTES)
    return letters if is_sign and len(piece) == 1 else letters.translate(_DASHES)


def _decomposed(text: str) -> str:
    return unicodedata.normalize("NFD", text)


def _apart(char: str) -> str:
    """Return the letters of a ligature, or the letter of a form that it has within a word; else the character."""
    form = unicodedata.decomposition(char).partition(" ")[0]
    if form in _FORMS and (form != "<compat>" or "LIGATURE" in unicodedata.name(char, "")):
        letters = unicodedata.normalize("NFKC", char)
        return char if " " in letters else letters
    return char

"""Classes of characters in XPath's regular expressions: escapes, categories, ranges, and one class without another.

https://www.w3.org/TR/xmlschema11-2/#regexs
"""

import re
from itertools import groupby
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc

CATEGORY: Final = re.compile(r"\\[pP]\{(?:L[ultmo]?|M[nce]?|N[dlo]?|P[cdseifo]?|Z[slp]?|S[mcko]?|C[cfo]?)\}")
# https://www.w3.org/TR/xml/#NT-NameStartChar
_NAME_START = (
    r":A-Z_a-z\x{C0}-\x{D6}\x{D8}-\x{F6}\x{F8}-\x{2FF}\x{370}-\x{37D}\x{37F}-\x{1FFF}\x{200C}-\x{200D}"
    r"\x{2070}-\x{218F}\x{2C00}-\x{2FEF}\x{3001}-\x{D7FF}\x{F900}-\x{FDCF}\x{FDF0}-\x{FFFD}\x{10000}-\x{EFFFF}"
)
_NOT_SPACE = r"\x{0}-\x{8}\x{B}\x{C}\x{E}-\x{1F}\x{21}-\x{10FFFF}"
# What stands for each escape inside of brackets.
ESCAPES: Final = {
    "d": r"\p{Nd}",
    "D": r"\P{Nd}",
    "s": r" \t\n\r",
    "S": _NOT_SPACE,
    "w": r"\p{L}\p{M}\p{N}\p{S}",
    "W": r"\p{P}\p{Z}\p{C}",
    "i": _NAME_START,
    "c": _NAME_START + r"\-.0-9\x{B7}\x{300}-\x{36F}\x{203F}-\x{2040}",
}
# What an escape stands for that is all but these; it stands outside of brackets only.
NEGATED: Final = {"I": ESCAPES["i"], "C": ESCAPES["c"]}
_SIGNS = {"n": "\n", "r": "\r", "t": "\t"}


def shown(sign: str) -> str:
    """Return a character as RE2 reads it, inside of brackets and outside."""
    return sign if sign.isalnum() or sign in " _" else f"\\x{{{ord(sign):X}}}"


def unescaped(letter: str) -> str:
    """Return the character that a letter after a backslash stands for."""
    if not letter or (letter.isalnum() and letter not in _SIGNS):
        raise ValueError(f"\\{letter} is no escape")
    return _SIGNS.get(letter, letter)


def read_class(pattern: str, start: int) -> tuple[str, int]:
    """Return the class in brackets that starts at an offset, as RE2 reads it, and the offset after it."""
    at = start + 1
    negated = pattern.startswith("^", at)
    at += negated
    items: list[str] = []
    without = ""
    while not pattern.startswith("]", at):
        if pattern.startswith("-[", at):
            without, at = read_class(pattern, at + 1)
            if not pattern.startswith("]", at):
                raise ValueError("what a class goes without stands at its end: [a-z-[aeiou]]")
        else:
            item, at = _item(pattern, at)
            items.append(item)
    if not items:
        raise ValueError("a class in brackets is empty; a bracket itself is written \\]")
    made = f"[{'^' if negated else ''}{''.join(items)}]"
    return (_difference(made, without) if without else made), at + 1


def _item(pattern: str, at: int) -> tuple[str, int]:
    """Return a member of a class, a character, a range or an escape, and the offset after it."""
    category = CATEGORY.match(pattern, at)
    if category:
        return category[0], category.end()
    letter = pattern[at + 1 : at + 2]
    if pattern.startswith("\\", at) and letter in ESCAPES:
        return ESCAPES[letter], at + 2
    first, at = _sign(pattern, at)
    if not pattern.startswith("-", at) or pattern[at + 1 : at + 2] in ("]", "["):
        return shown(first), at
    last, at = _sign(pattern, at + 1)
    return f"{shown(first)}-{shown(last)}", at


def _sign(pattern: str, at: int) -> tuple[str, int]:
    sign = pattern[at : at + 1]
    if not sign:
        raise ValueError("a class in brackets does not end")
    if sign == "[":
        raise ValueError("a bracket inside of brackets is written \\[")
    return (unescaped(pattern[at + 1 : at + 2]), at + 2) if sign == "\\" else (sign, at + 1)


def _difference(one: str, other: str) -> str:
    """Return the class of the characters of one class that are not in another."""
    codes = [code for code in range(0x110000) if not 0xD800 <= code <= 0xDFFF]
    signs = pa.array([chr(code) for code in codes])
    kept = pc.and_not(pc.match_substring_regex(signs, one), pc.match_substring_regex(signs, other)).to_pylist()
    runs = groupby(zip(codes, kept, strict=True), lambda each: each[1])
    ranges = [[code for code, _ in run] for is_kept, run in runs if is_kept]
    if not ranges:
        raise ValueError("a class in brackets has no characters left")
    return "[" + "".join(f"\\x{{{run[0]:X}}}-\\x{{{run[-1]:X}}}" for run in ranges) + "]"

r"""XPath's regular expressions, which SPARQL and so `sh:pattern` use, in the syntax of RE2, which runs in linear time.

https://www.w3.org/TR/xpath-functions-31/#regex-syntax, https://github.com/google/re2/wiki/Syntax
What engines accept beyond XPath, such as `\b`, `(?:...)`, `(?i)` and `\/`, is let through where RE2 means the same.
"""

import re

import pyarrow.compute as pc

from lod.validation.xpath_class import CATEGORY, ESCAPES, NEGATED, read_class, shown, unescaped

_MOST = 1_000  # RE2's largest number of repetitions
_REPEATED = re.compile(r"\{([0-9]+)(?:(,)([0-9]*))?\}")
_OPENED = re.compile(r"\(\?(?::|[ims]+[:)])")
_LOOKS = ("(?=", "(?!", "(?<=", "(?<!")


def to_re2(pattern: str, flags: str) -> str:
    """Return a regular expression in RE2's syntax; flags are XPath's: s, m, i, x and q.

    Raises ValueError where it is no regular expression, or one that a linear-time engine cannot run.
    """
    unknown = set(flags) - set("smixq")
    if unknown:
        raise ValueError(f"there is no flag {min(unknown)!r}; there are s, m, i, x and q")
    mode = "".join(flag for flag in "im" if flag in flags)
    body = "".join(map(shown, pattern)) if "q" in flags else _Translation(pattern, flags).text()
    made = f"(?{mode}){body}" if mode else body
    try:
        pc.match_substring_regex("", made)
    except ValueError as error:
        raise ValueError(str(error).partition(": ")[2] or str(error)) from error
    return made


class _Translation:
    def __init__(self, pattern: str, flags: str) -> None:
        self.pattern, self.at = pattern, 0
        self.any = "(?s:.)" if "s" in flags else r"[^\n\r]"
        self.skips_space = "x" in flags

    def text(self) -> str:
        pieces = []
        while self.at < len(self.pattern):
            pieces.append(self._piece())
        return "".join(pieces)

    def _piece(self) -> str:
        sign = self.pattern[self.at]
        if sign == "\\":
            return self._escape()
        if sign == "[":
            made, self.at = read_class(self.pattern, self.at)
            return made
        if sign == "(":
            return self._group()
        if sign == "{":
            return self._repeated()
        self.at += 1
        if sign == ".":
            return self.any
        if sign in "|)?*+^$":
            return sign
        return "" if self.skips_space and sign in " \t\n\r" else shown(sign)

    def _escape(self) -> str:
        letter = self.pattern[self.at + 1 : self.at + 2]
        if letter.isdigit():
            raise ValueError(f"it has a back-reference (\\{letter}), which no linear-time engine can run")
        if letter in ("b", "B"):
            self.at += 2
            return f"\\{letter}"
        if letter in ("p", "P"):
            match = CATEGORY.match(self.pattern, self.at)
            if match is None:
                raise ValueError(f"{self.pattern[self.at :]!r} names no category of characters, such as \\p{{Lu}}")
            self.at = match.end()
            return match[0]
        self.at += 2
        if letter in ESCAPES:
            return f"[{ESCAPES[letter]}]"
        if letter in NEGATED:
            return f"[^{NEGATED[letter]}]"
        return shown(unescaped(letter))

    def _group(self) -> str:
        if self.pattern.startswith(_LOOKS, self.at):
            raise ValueError("it looks ahead or behind, which no linear-time engine can do")
        match = _OPENED.match(self.pattern, self.at)
        if match is None and self.pattern.startswith("(?", self.at):
            raise ValueError(f"{self.pattern[self.at : self.at + 4]!r} opens no group")
        self.at = match.end() if match else self.at + 1
        return match[0] if match else "("

    def _repeated(self) -> str:
        match = _REPEATED.match(self.pattern, self.at)
        if match is None:
            raise ValueError("a brace that is no number of repetitions is written \\{")
        least, most = int(match[1]), int(match[3] or match[1])
        if max(least, most) > _MOST or most < least:
            raise ValueError(f"{match[0]} is no number of repetitions up to {_MOST}")
        self.at = match.end()
        return match[0]

"""Whether a CSV file is as plain as DuckDB's reader needs it, told by its bytes before that reader sees it."""

import codecs
import mmap
import re
from collections.abc import Callable
from pathlib import Path

import numpy as np

_CHUNK = 256 * 1024  # so that a chunk stays in the processor's cache while it is looked at several times


def plain_lines(path: Path, delimiter: str, quote: str | None) -> int | None:
    """Return how many line feeds a file has if DuckDB reads it (not an empty one) as RFC 4180 says, else None.

    delimiter, quote: ASCII characters. It does not where the file's first line is blank or begins with a space, where a
    NUL or a space beside a quoted cell stands in it, or where its name is a pattern of names. What DuckDB does not read
    it does not hold to UTF-8, so that is done here: raises UnicodeDecodeError.
    """
    if any(char in str(path) for char in "*?["):
        return None
    with path.open("rb") as stream, mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ) as content:
        plain = not content[:4].removeprefix(codecs.BOM_UTF8).startswith((b"\r", b"\n", b" "))
        decoder = codecs.getincrementaldecoder("utf-8")()
        spaced = _spaced_quotes(delimiter.encode(), quote.encode()) if quote else None
        lines = 0
        for start in range(0, len(content), _CHUNK):
            chunk = content[start : start + _CHUNK]
            if not chunk.isascii() or decoder.getstate()[0]:
                decoder.decode(chunk)
            lines += int(np.count_nonzero(np.frombuffer(chunk, np.uint8) == ord("\n")))
            plain = plain and b"\0" not in chunk and not (spaced and spaced(content, start))
        decoder.decode(b"", final=True)
        return lines if plain else None


def _spaced_quotes(delimiter: bytes, quote: bytes) -> Callable[[mmap.mmap, int], bool]:
    """Return a function that tells whether a space stands beside a quoted cell in the chunk that begins at a place.

    DuckDB passes over one space before a quoted cell, and over any after it; RFC 4180 knows neither. Where three
    characters look so, a regular expression tells a quoted cell from a quote within one.
    """
    mark, ends = re.escape(quote), re.escape(delimiter) + rb"\r\n"
    opened = re.compile(rb"[%b] %b(?:[^%b]|%b(?:[%b %b]|\Z))" % (ends, mark, mark, mark, mark, ends))
    closed = re.compile(rb"%b +(?:[%b]|\Z)" % (mark, ends))
    is_end = np.isin(np.arange(256), list(delimiter + b"\r\n"))
    is_end_or_space = is_end | (np.arange(256) == ord(" "))

    def spaced(content: mmap.mmap, start: int) -> bool:
        first = max(0, start - 2)
        window = np.frombuffer(content[first : start + _CHUNK] + b"\n", np.uint8)
        quotes, spaces = window == ord(quote), window == ord(" ")
        before = np.flatnonzero(spaces[1:-1] & quotes[2:])
        before = before[is_end[window[before]]] + first
        after = np.flatnonzero(quotes[:-2] & spaces[1:-1])
        after = after[is_end_or_space[window[after + 2]]] + first
        return any(opened.match(content, place) for place in before.tolist()) or any(
            closed.match(content, place) and _is_closing(content, place, quote) for place in after.tolist()
        )

    return spaced


def _is_closing(content: mmap.mmap, place: int, quote: bytes) -> bool:
    """Tell whether the quote at a place ends a cell: within one, quotes stand in pairs."""
    first = place
    while first and content[first - 1] == ord(quote):
        first -= 1
    return (place - first) % 2 == 0

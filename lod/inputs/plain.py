"""Whether a CSV file is as plain as DuckDB's reader needs it, told by its bytes before that reader sees it."""

import codecs
import mmap
import re
from pathlib import Path

_CHUNK = 1024 * 1024
# DuckDB passes over one space before a quoted cell, and over any after it; RFC 4180 knows neither.
_OPENED = tuple(re.compile(before + rb' "(?:[^"]|"(?:[", \r\n]|\Z))') for before in (b",", b"\n", b"\r"))
_CLOSED = re.compile(rb'" +(?:[,\r\n]|\Z)')


def is_plain(path: Path) -> bool:
    """Return whether DuckDB reads a file (not an empty one) as RFC 4180 says; raise UnicodeDecodeError for no UTF-8.

    It does not where the file's first line is blank, where a NUL or a space beside a quoted cell stands in it, or where
    its name is a pattern of names. What DuckDB does not read it does not hold to UTF-8, so that is done here.
    """
    if any(char in str(path) for char in "*?["):
        return False
    with path.open("rb") as stream, mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ) as content:
        _check_utf8(content)
        start = content[:4].removeprefix(codecs.BOM_UTF8)
        return not (start.startswith((b"\r", b"\n")) or content.find(b"\0") >= 0 or _has_spaced_quote(content))


def _check_utf8(content: mmap.mmap) -> None:
    decoder = codecs.getincrementaldecoder("utf-8")()
    for start in range(0, len(content), _CHUNK):
        chunk = content[start : start + _CHUNK]
        if not chunk.isascii() or decoder.getstate()[0]:
            decoder.decode(chunk)
    decoder.decode(b"", final=True)


def _has_spaced_quote(content: mmap.mmap) -> bool:
    if any(pattern.search(content) for pattern in _OPENED):
        return True
    return any(_is_closing(content, match.start()) for match in _CLOSED.finditer(content))


def _is_closing(content: mmap.mmap, place: int) -> bool:
    """Tell whether the quote at a place ends a cell: within one, quotes stand in pairs."""
    first = place
    while content[first - 1 : first] == b'"':
        first -= 1
    return (place - first) % 2 == 0

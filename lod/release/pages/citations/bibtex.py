r"""BibTeX, with the fields of biblatex for what it has none.

https://ctan.org/pkg/biblatex (manual, section 2.2). Braces are counted even behind a backslash, so a brace of a text is
written by its name, `{\textbraceleft}`; addresses stand as they are.
"""

from collections.abc import Iterator
from urllib.parse import quote

from lod.release.pages.citations.work import Work, date_parts

_NAMED = {"\\": "backslash", "{": "braceleft", "}": "braceright", "~": "asciitilde", "^": "asciicircum"}
_ESCAPES = str.maketrans({char: f"{{\\text{name}}}" for char, name in _NAMED.items()} | {c: f"\\{c}" for c in "%&$#_"})
_CONTAINERS = {"article": "journal"}
_PUBLISHERS = {"techreport": "institution"}


def bibtex(work: Work) -> str:
    """Return an entry. Title and names stand in braces of their own: styles keep their case, and take no name apart."""
    lines = [f"  {name} = {{{value}}}" for name, value in _fields(work) if value]
    return ",\n".join([f"@{work.kind.bibtex}{{{work.key}", *lines]) + "\n}\n"


def _fields(work: Work) -> Iterator[tuple[str, str]]:
    kind, parts = work.kind.bibtex, date_parts(work.date)
    yield "title", _whole(work.title)
    for role in ("author", "editor", "translator"):
        yield role, " and ".join(map(_whole, work.names(role)))
    yield _CONTAINERS.get(kind, "booktitle"), _text(work.container)
    yield _PUBLISHERS.get(kind, "publisher"), " and ".join(map(_whole, work.names("publisher")))
    yield "address", _text(work.place)
    yield "date", work.date or work.date_as_written
    yield "year", str(parts[0]) if parts else ""
    yield "month", str(parts[1]) if len(parts) > 1 else ""
    yield "edition", _text(work.text("bookEdition"))
    yield "volume", _text(work.text("volumeNumber"))
    yield "number", _text(work.text("issueNumber"))
    yield "pages", _text(work.pages)
    yield "url", _address(work.text("url"))
    yield "urldate", work.accessed
    yield "doi", _address(work.identifier("doi"))
    yield "isbn", _text(work.identifier("isbn"))
    yield "issn", _text(work.identifier("issn"))
    yield "library", _text(work.identifier("shelfmark"))
    yield "note", _text(work.note)


def _text(text: str) -> str:
    return text.translate(_ESCAPES)


def _whole(text: str) -> str:
    return f"{{{_text(text)}}}" if text else ""


def _address(text: str) -> str:
    """Return an address with its braces and backslashes percent-encoded, as they would end the field."""
    return "".join(quote(char) if char in "{}\\" else char for char in text)

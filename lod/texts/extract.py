"""The text of stored bytes: plain text, HTML, PDF, and web archives (WARC) that hold one of these.

HTML is read with all that a browser shows, not the main text alone: a quote may stand in a caption.
https://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/
"""

import gzip
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from email.message import Message
from importlib import import_module
from importlib.metadata import version
from io import BytesIO
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from lod.errors import InputError, Position

if TYPE_CHECKING:
    from warcio.recordloader import ArcWarcRecord

_SUFFIXES = {
    ".txt": "text/plain",
    ".html": "text/html",
    ".htm": "text/html",
    ".xhtml": "text/html",
    ".pdf": "application/pdf",
    ".warc": "application/warc",
    ".gz": "application/warc",
}


@dataclass(frozen=True)
class Stored:
    """The bytes of a source.

    name: their file, by which they are read; url: where they are from; at: their record; charset: what a server said
    of their encoding.
    """

    content: bytes
    name: str
    url: str | None
    at: Position
    charset: str | None = None


@dataclass(frozen=True)
class Extracted:
    """A text, and what took it out of the bytes: a library and its version, "" where nothing had to."""

    text: str
    extractor: str


def extract(stored: Stored) -> Extracted:
    """Return the text of stored bytes, by the suffix of their name.

    Raises InputError where nobody knows the suffix, they cannot be read as what it says, or the extra `texts` that
    reads such bytes is not installed.
    """
    suffix = PurePosixPath(stored.name).suffix.lower()
    if suffix not in _SUFFIXES:
        hint = f"Texts are read by suffix: {', '.join(sorted(_SUFFIXES))}."
        raise InputError(f"{stored.name} is no text that can be read", at=stored.at, hint=hint)
    read = _READERS[_SUFFIXES[suffix]](stored)
    return Extracted(read.text.replace("\0", "\N{REPLACEMENT CHARACTER}"), read.extractor)


def _plain(stored: Stored) -> Extracted:
    try:
        return Extracted(stored.content.decode(_encoding(stored) or "utf-8").removeprefix("\ufeff"), "")
    except (UnicodeError, LookupError) as error:
        raise InputError(f"{stored.name} is not UTF-8: {error}", at=stored.at, hint="Store it in UTF-8.") from error


def _html(stored: Stored) -> Extracted:
    from lxml.etree import LxmlError
    from lxml.html import HTMLParser, document_fromstring

    inscriptis = _extra("inscriptis", stored)
    try:
        parser = HTMLParser(encoding=_encoding(stored))
        text = inscriptis.Inscriptis(document_fromstring(stored.content, parser)).get_text()
    except (LxmlError, LookupError, ValueError) as error:
        raise InputError(f"{stored.name} is not read as HTML: {error}", at=stored.at) from error
    return Extracted(text, f"inscriptis {version('inscriptis')}")


def _encoding(stored: Stored) -> str | None:
    """Return UTF-8 where bytes are that, whatever is said of them, else what the server said."""
    try:
        stored.content.decode()
    except UnicodeDecodeError:
        return stored.charset
    return "utf-8"


def _pdf(stored: Stored) -> Extracted:
    pypdf = _extra("pypdf", stored)
    try:
        text = "\n".join(page.extract_text() for page in pypdf.PdfReader(BytesIO(stored.content)).pages)
    except (pypdf.errors.PyPdfError, ValueError, KeyError) as error:
        raise InputError(f"{stored.name} is not read as PDF: {error}", at=stored.at) from error
    whole = text.encode(errors="replace").decode()  # a PDF may hold halves of characters
    return Extracted(whole, f"pypdf {version('pypdf')}")


def _warc(stored: Stored) -> Extracted:
    """Read what an archive holds of the source's URL; without a URL, the one page that it holds."""
    _extra("warcio", stored)
    found = [each for each in _responses(stored) if stored.url in (None, each.url)]
    if len(found) != 1:
        whose = f" of {stored.url}" if stored.url else ""
        what = f"{stored.name} holds {len(found) or 'no'} texts{whose}; it must be one"
        raise InputError(what, at=stored.at, hint="Give the URL of the source as the archive has it.")
    return _READERS[found[0].name](found[0])


def _responses(stored: Stored) -> Iterator[Stored]:
    """Yield the answers of an archive that are of a type that can be read, each named by its type."""
    from warcio.archiveiterator import ArchiveIterator
    from warcio.exceptions import ArchiveLoadFailed

    try:
        for record in ArchiveIterator(BytesIO(stored.content)):
            said = _content_type(record)
            if record.rec_type in ("response", "resource") and said.get_content_type() in _READERS:
                url, content = record.rec_headers.get_header("WARC-Target-URI"), record.content_stream().read()
                yield Stored(content, said.get_content_type(), url, stored.at, said.get_content_charset())
    except (ArchiveLoadFailed, gzip.BadGzipFile, EOFError) as error:
        why = str(error).strip().partition("\n")[0]
        raise InputError(f"{stored.name} is not read as WARC: {why}", at=stored.at) from error


def _content_type(record: "ArcWarcRecord") -> Message:
    headers = record.http_headers or record.rec_headers
    said = Message()
    said["Content-Type"] = headers.get_header("Content-Type") or "application/octet-stream"
    return said


def _extra(module: str, stored: Stored) -> Any:
    """Import a library of the extra `texts`."""
    try:
        return import_module(module)
    except ImportError as error:
        what = f"{module}, which reads {PurePosixPath(stored.name).suffix} files, is missing"
        raise InputError(what, at=stored.at, hint="Install it: pip install 'lod[texts]'.") from error


_READERS: dict[str, Callable[[Stored], Extracted]] = {
    "text/plain": _plain,
    "text/html": _html,
    "application/pdf": _pdf,
    "application/warc": _warc,
}

"""Texts in other encodings than UTF-8, written anew in UTF-8 piece by piece, line ends as they are."""

import codecs
from collections.abc import Iterator
from pathlib import Path

from lod.errors import InputError, MappingError, Position, did_you_mean

_PIECE = 1024 * 1024
_HINT = "Name the encoding that the file is saved in."
_COMMON = (
    "utf-8",
    "utf-16",
    "utf-32",
    "iso-8859-1",
    "latin-1",
    "windows-1250",
    "windows-1251",
    "windows-1252",
    "gb18030",
)


def is_utf8(encoding: str, position: Position) -> bool:
    """Return whether an encoding's name is one of UTF-8 (or of ASCII, its part); raise MappingError for no encoding."""
    try:
        "".encode(encoding)
    except (LookupError, ValueError) as error:
        hint = did_you_mean(encoding.lower(), _COMMON) or f"Known are {', '.join(_COMMON)} and others."
        raise MappingError(f"unknown encoding {encoding!r}", at=position, hint=hint) from error
    return codecs.lookup(encoding).name in ("utf-8", "utf-8-sig", "ascii")


def transcode(path: Path, name: str, encoding: str, target: Path) -> None:
    """Write a text to `target` in UTF-8; raise InputError (with the line) where it is not in the encoding."""
    try:
        with target.open("w", encoding="utf-8", newline="") as plain:
            plain.writelines(_decoded(path, name, encoding))
    except UnicodeError as error:  # no byte order mark, or half a character
        raise InputError(f"is not {encoding}: {error}", at=Position(name), hint=_HINT) from error


def _decoded(path: Path, name: str, encoding: str) -> Iterator[str]:
    decoder, line, piece = codecs.getincrementaldecoder(encoding)(), 1, b"-"
    with path.open("rb") as stream:
        while piece:
            piece, before = stream.read(_PIECE), decoder.getstate()
            try:
                text = decoder.decode(piece, final=not piece)
            except UnicodeDecodeError as error:
                decoder.setstate(before)
                good = piece[: max(0, error.start - len(before[0]))]
                place = Position(name, line + decoder.decode(good).count("\n"))
                what = f"byte 0x{error.object[error.start]:02X} is not {encoding}: {error.reason}"
                raise InputError(what, at=place, hint=_HINT) from error
            line += text.count("\n")
            yield text

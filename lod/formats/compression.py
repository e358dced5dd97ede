"""How a document may be compressed: the same content becomes the same bytes, at any time and in pieces of any size.

https://www.rfc-editor.org/rfc/rfc1952, https://www.rfc-editor.org/rfc/rfc8878
"""

import gzip
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from io import BufferedReader, RawIOBase
from pathlib import Path
from typing import Any, BinaryIO, Final

import pyarrow as pa

_LEVEL = 6  # gzip's own; the highest takes thrice the time for some hundredths of the size


@dataclass(frozen=True)
class Compression:
    """A compression: its name, the suffix of its files, and its media type."""

    name: str
    suffix: str
    media_type: str


GZIP: Final = Compression("gzip", ".gz", "application/gzip")
ZSTD: Final = Compression("zstd", ".zst", "application/zstd")
COMPRESSIONS: Final = (GZIP, ZSTD)


def compressed(stream: BinaryIO, name: str | None) -> AbstractContextManager[BinaryIO]:
    """Return a stream that writes compressed (None: as it is) into another one, which stays open."""
    if name is None:
        return nullcontext(stream)
    if name == GZIP.name:
        return gzip.GzipFile("", "wb", _LEVEL, stream, mtime=0)  # type: ignore[return-value]  # it is a binary stream
    return pa.CompressedOutputStream(_Kept(stream), ZSTD.name)  # type: ignore[no-any-return]  # pyarrow has no types


def opened(path: Path, name: str | None) -> AbstractContextManager[BinaryIO]:
    """Open a file that was written so, to be read."""
    if name == GZIP.name:
        return gzip.open(path)  # type: ignore[return-value]  # it is a binary stream
    return path.open("rb") if name is None else BufferedReader(pa.CompressedInputStream(str(path), name))


class _Kept(RawIOBase):
    """A stream that stays open when the one that writes into it is closed."""

    def __init__(self, stream: BinaryIO) -> None:
        super().__init__()
        self._stream = stream

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        return self._stream.write(data)

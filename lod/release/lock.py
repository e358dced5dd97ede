"""A lock on the folder of the releases, which tells who holds it."""

import fcntl
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from lod.errors import Position, ReleaseError

LOCK = ".lock"


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Hold the folder against other builds; raise ReleaseError, which names the holder, where another one has it.

    The system lets go of the lock when its process ends, however it ends.
    """
    path = folder / LOCK
    descriptor = _open(path)
    try:
        os.ftruncate(descriptor, 0)
        os.write(descriptor, f"process {os.getpid()} on {socket.gethostname()}".encode())
        yield
    finally:
        with suppress(OSError):  # what holds the folder is the lock, not its file
            path.unlink()
        os.close(descriptor)


def _open(path: Path) -> int:
    while True:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            holder = os.read(descriptor, 1000).decode("utf-8", "replace") or "another process"
            os.close(descriptor)
            hint = "Wait until it is done, or choose another output folder."
            raise ReleaseError(f"{holder} builds here", at=Position(str(path.parent)), hint=hint) from None
        if _is(path, descriptor):
            return descriptor
        os.close(descriptor)  # the holder before has removed it meanwhile


def _is(path: Path, descriptor: int) -> bool:
    try:
        return os.path.samestat(path.stat(), os.fstat(descriptor))
    except FileNotFoundError:
        return False

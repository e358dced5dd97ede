"""Bringing a folder to the disk: once for all of its files, since one call a file costs ten times the writing.

https://man7.org/linux/man-pages/man2/syncfs.2.html
"""

import ctypes
import os
from pathlib import Path


def sync(folder: Path) -> None:
    """Return when the file system has all of the folder on its disk; raise OSError where it cannot."""
    library = ctypes.CDLL(None, use_errno=True)
    if not hasattr(library, "syncfs"):
        os.sync()
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        if library.syncfs(descriptor):
            raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()), str(folder))
    finally:
        os.close(descriptor)

"""Two folders change places in one step, where the system can: nobody ever finds neither.

https://man7.org/linux/man-pages/man2/rename.2.html (RENAME_EXCHANGE); macOS has RENAME_SWAP.
"""

import ctypes
import errno
import os
from pathlib import Path

_HERE = -100  # AT_FDCWD
_SWAP = 2  # RENAME_EXCHANGE on Linux, RENAME_SWAP on macOS
_UNABLE = (errno.ENOSYS, errno.EINVAL, errno.ENOTSUP)


def exchange(one: Path, other: Path) -> bool:
    """Let two folders change places; False where the system or the file system has no such step. Raises OSError."""
    library, first, second = ctypes.CDLL(None, use_errno=True), os.fsencode(one), os.fsencode(other)
    if hasattr(library, "renameat2"):
        failed = library.renameat2(_HERE, first, _HERE, second, _SWAP)
    elif hasattr(library, "renamex_np"):
        failed = library.renamex_np(first, second, _SWAP)
    else:
        return False
    if failed and ctypes.get_errno() not in _UNABLE:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()), str(other))
    return not failed

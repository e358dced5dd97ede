"""Working behind: what was made is used in a thread of its own, while its maker goes on."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from io import RawIOBase
from typing import Any, BinaryIO


class Behind:
    """A function whose calls run one after the other in a thread of their own; a call waits for the one before.

    What a call raises is raised by the next one, or by `close`.
    """

    def __init__(self, function: Callable[..., object]) -> None:
        self._function = function
        self._pool = ThreadPoolExecutor(1)
        self._last: Future[object] | None = None

    def __call__(self, *arguments: object) -> None:
        """Begin a call, when the last one is done."""
        self.wait()
        self._last = self._pool.submit(self._function, *arguments)

    def wait(self) -> None:
        """Wait for the last call."""
        last, self._last = self._last, None
        if last is not None:
            last.result()

    def close(self) -> None:
        """Wait for the last call, and end the thread."""
        try:
            self.wait()
        finally:
            self._pool.shutdown()


class WrittenBehind(RawIOBase):
    """A stream that is written behind; its bytes must not change once they are given. Closing it leaves `stream` open.

    What writing raises is raised by the next `write`, or by `close`.
    """

    def __init__(self, stream: BinaryIO) -> None:
        super().__init__()
        self._write = Behind(stream.write)

    def writable(self) -> bool:
        """Tell that it can be written."""
        return True

    def write(self, data: Any) -> int:
        """Begin to write all of these bytes."""
        self._write(data)
        return memoryview(data).nbytes

    def close(self) -> None:
        """Wait until all is written."""
        if not self.closed:
            try:
                self._write.close()
            finally:
                super().close()

"""Working ahead: what makes items and what uses them run side by side."""

from collections.abc import Iterator
from contextlib import suppress
from queue import Empty, Queue
from threading import Event, Thread
from typing import TypeVar

_Item = TypeVar("_Item")
_WAITING = 4  # items; each is a batch, so that few are held in memory


def ahead(items: Iterator[_Item]) -> Iterator[_Item]:
    """Yield the items of an iterator that runs in a thread of its own, a few items ahead.

    What it raises is raised here. Where the user stops early, it stops too.
    """
    made: Queue[tuple[_Item | None, BaseException | None]] = Queue(_WAITING)
    stopped = Event()

    def run() -> None:
        try:
            for item in items:
                made.put((item, None))
                if stopped.is_set():
                    return
            made.put((None, None))
        except BaseException as error:  # whatever it is, it belongs to the user's thread
            made.put((None, error))

    worker = Thread(target=run, daemon=True)
    worker.start()
    try:
        while True:
            item, error = made.get()
            if error is not None:
                raise error
            if item is None:
                return
            yield item
    finally:
        stopped.set()
        while worker.is_alive():
            with suppress(Empty):
                made.get(timeout=0.01)

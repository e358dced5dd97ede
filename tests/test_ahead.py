"""Working ahead changes nothing of what comes, and leaves no thread behind."""

import threading
from collections.abc import Iterator

import pytest

from lod.ahead import ahead


def test_items_come_in_order() -> None:
    assert list(ahead(iter(range(100)))) == list(range(100))


def test_an_error_is_raised_where_the_item_would_come() -> None:
    def failing() -> Iterator[int]:
        yield 1
        raise ValueError("two")

    items = ahead(failing())
    assert next(items) == 1
    with pytest.raises(ValueError, match="two"):
        next(items)


def test_who_stops_early_stops_the_maker() -> None:
    made = []

    def endless() -> Iterator[int]:
        number = 0
        while True:
            made.append(number)
            yield number
            number += 1

    before = threading.active_count()
    items = ahead(endless())
    assert [next(items), next(items)] == [0, 1]
    items.close()  # type: ignore[attr-defined]
    assert threading.active_count() == before
    assert len(made) < 20

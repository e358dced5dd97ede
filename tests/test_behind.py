"""Working behind changes nothing of what is done, tells its errors, and leaves no thread behind."""

import io
import threading

import pytest

from lod.behind import Behind, WrittenBehind


def test_calls_run_in_order_in_another_thread() -> None:
    done: list[tuple[int, int]] = []
    call = Behind(lambda number: done.append((number, threading.get_ident())))
    for number in range(100):
        call(number)
    call.close()
    assert [number for number, _ in done] == list(range(100))
    assert threading.get_ident() not in {thread for _, thread in done}


def test_the_maker_goes_on_while_a_call_runs() -> None:
    go = threading.Event()
    call = Behind(lambda: go.wait(10))
    call()
    go.set()  # would never be reached if the call were waited for
    call.close()


def test_an_error_is_raised_by_the_next_call_or_at_the_end() -> None:
    call = Behind(int)
    call("one")
    with pytest.raises(ValueError, match="one"):
        call("2")
    call("three")
    with pytest.raises(ValueError, match="three"):
        call.close()


def test_no_thread_is_left() -> None:
    before = threading.active_count()
    call = Behind(int)
    call("one")
    with pytest.raises(ValueError, match="one"):
        call.close()
    assert threading.active_count() == before


def test_a_stream_gets_the_bytes_as_they_were_given() -> None:
    target = io.BytesIO()
    with WrittenBehind(target) as stream:
        assert [stream.write(b"ab"), stream.write(memoryview(b"cde")[1:]), stream.write(b"")] == [2, 2, 0]
    assert target.getvalue() == b"abde"


def test_an_error_of_a_stream_is_raised_when_it_is_closed() -> None:
    class Full(io.BytesIO):
        def write(self, _data: object) -> int:
            raise OSError(28, "No space left on device")

    stream = WrittenBehind(Full())
    stream.write(b"ab")
    with pytest.raises(OSError, match="No space left"):
        stream.close()
    assert stream.closed

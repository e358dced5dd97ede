"""CSV: DuckDB's reading (`_fast`) is held to Python's (`_slow`), and both to what was written; malformed files by table."""

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lod.engine import Engine
from lod.errors import InputError
from lod.inputs.csv import _fast, _File, _header, _slow, open_csv
from lod.outcome import Rejection
from lod.term_table import ROW

Row = tuple[str | None, ...]
MANY = settings(max_examples=4 * settings.default.max_examples)

# Longer than the parts in which readers take a file; "#", NULL and the like mean nothing in particular.
LONG = "é," * 20_000
NAMES = ["a", "A", "b", "#", "# é", "x y", "c\nd", 'q"', "_row", "a,b"]
WORDS = ["", "", "#", "# no comment", "NULL", "\\N", "\\", '"', '""', "''", ";", "\t", " ", " x ", "\ufeff", LONG]
cells = st.one_of(
    st.sampled_from(WORDS),
    st.text(st.sampled_from("ab,\"'\n\r \t#;\\é\u2028\x85\x1a🙂"), max_size=6),
    st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=4),
)


class Csv:
    """A well-formed file, and the records in it."""

    def __init__(self, content: bytes, header: tuple[str, ...], rows: list[Row]) -> None:
        self.content, self.header, self.rows = content, header, rows

    def __repr__(self) -> str:
        return repr(self.content)


@st.composite
def well_formed(draw: Callable[[st.SearchStrategy[Any]], Any]) -> Csv:
    header = tuple(draw(st.lists(st.sampled_from(NAMES), min_size=1, max_size=4, unique_by=str.lower)))
    rows = draw(st.lists(st.tuples(*[cells] * len(header)), max_size=6))
    quoted = draw(st.booleans()) or len(header) == 1  # else an empty cell would be a blank line
    lines = [",".join(written(cell, quoted) for cell in row) for row in [header, *rows]]
    for place in sorted(draw(st.lists(st.integers(0, len(lines)), max_size=2)), reverse=True):
        lines.insert(place, "")
    end = draw(st.sampled_from(["\n", "\r\n"]))
    content = end.join(lines) + draw(st.sampled_from(["", end]))
    encoded = content.encode(draw(st.sampled_from(["utf-8", "utf-8-sig"])))
    return Csv(encoded, header, [tuple(cell or None for cell in row) for row in rows])


def written(cell: str, quoted: bool) -> str:
    needed = quoted or any(char in cell for char in ',"\r\n') or cell.startswith("\ufeff")
    return '"' + cell.replace('"', '""') + '"' if needed else cell


class Reading:
    """A file read both ways; `fast` is None where DuckDB is not asked or refuses."""

    def __init__(self, engine: Engine, content: bytes) -> None:
        with TemporaryDirectory() as folder:
            path = Path(folder) / "input.csv"
            path.write_bytes(content)
            self.header = _header(path, "input.csv")
            wanted = [name for name in self.header if name != ROW]
            file, self.rejections = _File(path, "input.csv", self.header), []
            fast = _fast(engine, file, wanted)
            self.fast = None if fast is None else records(fast, wanted)
            self.slow = records(_slow(engine, file, wanted, self.rejections), wanted)


def records(table: Any, names: list[str]) -> list[tuple[int, Row]]:
    rows = table.to_pyarrow().to_pylist()
    return sorted((row[ROW], tuple(row[name] for name in names)) for row in rows)


@MANY
@given(csv=well_formed())
def test_what_was_written_is_read(engine: Engine, csv: Csv) -> None:
    reading = Reading(engine, csv.content)
    places = [index for index, name in enumerate(csv.header) if name != ROW]
    expected = [(number, tuple(row[place] for place in places)) for number, row in enumerate(csv.rows, 1)]
    assert reading.header == csv.header
    assert reading.rejections == []
    assert reading.slow == expected
    assert reading.fast in (None, expected)


@MANY
@given(
    text=st.text(st.sampled_from('ab,,,"""\n\n\r \t#é'), max_size=24), end=st.sampled_from(["", "\n", "\r\n", '"', ","])
)
def test_whatever_duckdb_reads_python_reads_too(engine: Engine, text: str, end: str) -> None:
    try:
        reading = Reading(engine, f"p,q\n{text}{end}".encode())
    except InputError:
        return
    if reading.fast is not None:
        assert (reading.fast, []) == (reading.slow, reading.rejections)


def test_plain_files_take_the_fast_way(engine: Engine) -> None:
    quoted = '\ufeffa,b\r\n"1 ""x"", y\r\nz",# 2\r\n\r\n"",🙂\r\n'
    reading = Reading(engine, quoted.encode())
    assert reading.fast == reading.slow == [(1, ('1 "x", y\r\nz', "# 2")), (2, (None, "🙂"))]


def test_records_are_numbered_in_the_order_of_the_file(engine: Engine) -> None:
    lines = [f'{number},"{number}\n{"é" * (number % 97)}"' for number in range(1, 60_001)]
    reading = Reading(engine, "\n".join(["n,text", *lines]).encode())
    assert reading.fast == reading.slow
    assert [number for number, _ in reading.slow] == [int(row[0] or 0) for _, row in reading.slow]


def test_a_cell_longer_than_duckdb_takes_is_read(engine: Engine) -> None:
    long = "x" * (9 * 1024 * 1024)
    assert Reading(engine, f'a,b\n1,"{long}"\n'.encode()).slow == [(1, ("1", long))]


# What the file holds, and what is wrong with it: the whole message of an InputError.
UNREADABLE = {
    b"": "input.csv: is empty",
    b"\xef\xbb\xbf": "input.csv: is empty",
    b"\n\r\n\n": "input.csv: is empty",
    b"a,a\n1,2\n": "input.csv:1: the header names the column 'a' twice",
    b"a,\n1,2\n": "input.csv:1: column 2 of the header has no name",
    b"a, \n1,2\n": "input.csv:1: column 2 of the header has no name",
    b"b,c\n1,2\n": "input.csv:1: the column 'a', which the mapping needs, is missing",
    b"A,c\n1,2\n": "input.csv:1: the column 'a', which the mapping needs, is missing",
    b'a,b\n1,2\n"3,4\n': "input.csv:3: the record that begins here does not parse: unexpected end of data",
    b'a,b\n1,2\n\n"3\n\n"x,4\n': "input.csv:4: the record that begins here does not parse",
    b'a,b\n"1" ,2\n': "input.csv:2: the record that begins here does not parse",
    b"a,b\n1,\xe9\n": "input.csv:2: byte 0xE9 is not UTF-8",
    b"a,b\n1,2\n\xed\xa0\x80,4\n": "input.csv:3: byte 0xED is not UTF-8",
    b"\xff\xfea\x00,\x00b\x00\n\x001\x00": "input.csv:1: byte 0xFF is not UTF-8",
    b"a,b\n" + b"1,2\n" * 50_000 + b"1,\xe9\n": "input.csv:50002: byte 0xE9 is not UTF-8",
}

# What the file holds; the records that are read (by column a); and row, line and reason of those that are rejected.
MISFITS = {
    b"a,b\n1\n3,4\n": (["3"], [(1, "the record on line 2 is too short: 1 cells under a header of 2")]),
    b"a,b\n1,2,3\n\n4,5\n": (["4"], [(1, "the record on line 2 is too long: 3 cells under a header of 2")]),
    b'a,b\n"1\n\n",2\n\n3\n': (["1\n\n"], [(2, "the record on line 6 is too short: 1 cells under a header of 2")]),
    b"a,b\n1,2\n   \n3,4\n": (["1", "3"], [(2, "the record on line 3 is too short: 1 cells under a header of 2")]),
    b"a,b\n1,\0\n3,4\n": (["3"], [(1, "the cell on line 2 holds a NUL character")]),
    b"a,b\n1,2\n\x1a": (["1"], [(2, "the record on line 3 is too short: 1 cells under a header of 2")]),
    b"a,b\n" + b"1,2\n" * 3 + b"1,2,3,4\n": (
        ["1"] * 3,
        [(4, "the record on line 5 is too long: 4 cells under a header of 2")],
    ),
    b'a,b\n1,2,\n3,4,,""\n': (["1", "3"], []),  # delimiters at the end of a line hold no cell
    b"a,b\n1,2,\n3\n": (["1"], [(2, "the record on line 3 is too short: 1 cells under a header of 2")]),
}


@pytest.mark.parametrize("content", UNREADABLE)
def test_a_file_that_cannot_be_read_says_where(engine: Engine, tmp_path: Path, content: bytes) -> None:
    (tmp_path / "input.csv").write_bytes(content)
    with pytest.raises(InputError) as caught:
        open_csv(engine, tmp_path / "input.csv", "input.csv", ["a"], [])
    assert str(caught.value).startswith(UNREADABLE[content])


@pytest.mark.parametrize("content", MISFITS)
def test_a_record_that_does_not_fit_is_rejected(engine: Engine, tmp_path: Path, content: bytes) -> None:
    (tmp_path / "input.csv").write_bytes(content)
    published, rejected = MISFITS[content]
    table = open_csv(engine, tmp_path / "input.csv", "input.csv", ["a"], [])
    assert [row["a"] for row in engine.rows(table.table.order_by(ROW))] == published
    assert [(each.row, each.reason) for each in table.rejections] == rejected
    assert table.read == len(published) + len(rejected)
    assert all(isinstance(each, Rejection) and not each.statement for each in table.rejections)


def test_a_missing_file_and_a_folder_are_told(engine: Engine, tmp_path: Path) -> None:
    for path in (tmp_path / "none.csv", tmp_path):
        with pytest.raises(InputError, match=r"in\.csv: cannot be read"):
            open_csv(engine, path, "in.csv", ["a"], [])


def test_a_name_is_never_a_pattern(engine: Engine, tmp_path: Path) -> None:
    (tmp_path / "a1.csv").write_text("a,b\nother,0\n")
    (tmp_path / "a[1].csv").write_text("a,b\nmine,0\n")
    table = open_csv(engine, tmp_path / "a[1].csv", "a[1].csv", ["a"], [])
    assert [row["a"] for row in engine.rows(table.table)] == ["mine"]


def test_an_optional_column_may_be_missing_and_what_is_not_read_is_told(engine: Engine, tmp_path: Path) -> None:
    (tmp_path / "in.csv").write_text("a,b\n1,2\n")
    table = open_csv(engine, tmp_path / "in.csv", "in.csv", ["a", "c"], ["c"])
    assert engine.rows(table.table) == [{ROW: 1, "a": "1", "c": None}]
    assert table.unread == ("b",)

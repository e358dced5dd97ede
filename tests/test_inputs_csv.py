"""CSV: DuckDB's reading (`fast`) is held to Python's (`slow`), and both to what was written; malformed files by table."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lod.engine import Engine
from lod.errors import InputError, MappingError, Position
from lod.inputs import InputTable, open_source
from lod.inputs.csv.fast import read_fast
from lod.inputs.csv.file import open_file
from lod.inputs.csv.slow import read_slow
from lod.inputs.files import InputFile
from lod.mapping.model import Dialect, LogicalSource
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


DIALECTS = [
    Dialect(),
    Dialect(delimiter=";"),
    Dialect(delimiter="\t"),
    Dialect(delimiter="|", header=False),
    Dialect(delimiter="§"),
    Dialect(quote="'"),
    Dialect(quote=None),
    Dialect(quote=None, delimiter="\t", header=False),
    Dialect(double_quote=False),
    Dialect(comment="#"),
    Dialect(comment="#", skip_rows=2, delimiter=" "),
    Dialect(trim=True),
]
NULLS = ("NULL", "''", "#")


class Csv:
    """A well-formed file, and the records in it."""

    def __init__(self, content: bytes, dialect: Dialect, header: tuple[str, ...], rows: list[Row]) -> None:
        self.content, self.dialect, self.header, self.rows = content, dialect, header, rows

    def __repr__(self) -> str:
        return f"{self.content!r} {self.dialect}"


@st.composite
def well_formed(draw: Callable[[st.SearchStrategy[Any]], Any], dialects: list[Dialect]) -> Csv:
    dialect = draw(st.sampled_from(dialects))
    names = st.sampled_from(NAMES).map(partial(fitting, dialect))
    header = tuple(draw(st.lists(names, min_size=1, max_size=4, unique_by=str.lower)))
    rows = draw(st.lists(st.tuples(*[cells.map(partial(fitting, dialect))] * len(header)), max_size=6))
    quoted = draw(st.booleans()) or len(header) == 1  # else an empty cell would be a blank line
    rows = rows if dialect.quote or len(header) > 1 else []
    lines = [dialect.delimiter.join(written(dialect, cell, quoted) for cell in row) for row in [header, *rows]]
    for place in sorted(draw(st.lists(st.integers(0, len(lines)), max_size=2)), reverse=True):
        lines.insert(place, draw(st.sampled_from(["", "# no, record"])) if dialect.comment else "")
    lines[:0] = ['An "odd" row', "'"][: dialect.skip_rows]
    end = draw(st.sampled_from(["\n", "\r\n"]))
    encoded = (end.join(lines) + draw(st.sampled_from(["", end]))).encode(draw(st.sampled_from(["utf-8", "utf-8-sig"])))
    named = header if dialect.header else tuple(map(str, range(1, len(header) + 1)))
    read = rows if dialect.header else [header, *rows]
    return Csv(encoded, dialect, named, [tuple(None if cell in ("", *NULLS) else cell for cell in row) for row in read])


def fitting(dialect: Dialect, cell: str) -> str:
    """Return what of a cell the dialect can write."""
    if dialect.quote is None:
        cell = cell.translate(dict.fromkeys(map(ord, dialect.delimiter + "\r\n\ufeff"))) or "-"
    return cell.strip() or "-" if dialect.trim else cell


def written(dialect: Dialect, cell: str, quoted: bool) -> str:
    if dialect.quote is None:
        return cell
    escape = dialect.quote if dialect.double_quote else "\\"
    special = (dialect.delimiter, dialect.quote, dialect.comment or "\n", "\r", "\n", "\ufeff", "\\")
    if not (quoted or any(char in cell for char in special)):
        return cell
    inner = cell if dialect.double_quote else cell.replace("\\", "\\\\")
    return dialect.quote + inner.replace(dialect.quote, escape + dialect.quote) + dialect.quote


class Reading:
    """A file read both ways; `fast` is None where DuckDB is not asked or refuses."""

    def __init__(
        self, engine: Engine, content: bytes, dialect: Dialect = DIALECTS[0], nulls: tuple[str, ...] = ()
    ) -> None:
        with TemporaryDirectory() as folder:
            path = Path(folder) / "input.csv"
            path.write_bytes(content)
            file = open_file(InputFile("input.csv", path, path), source("input.csv", dialect=dialect, nulls=nulls))
            self.header = file.header
            wanted = [name for name in self.header if name != ROW]
            fast, slow = read_fast(engine, file, wanted), read_slow(engine, file, wanted)
            self.fast = None if fast is None else records(fast.table, wanted)
            self.slow, self.rejections = records(slow.table, wanted), list(slow.rejections)
            self.fast_notes, self.notes = fast and fast.notes, slow.notes


def source(access: str, **settings: Any) -> LogicalSource:
    return LogicalSource(access, "csv", Position("map.yml", 3), **settings)


def opened(
    engine: Engine, folder: Path, content: bytes, columns: Sequence[str] = ("a",), **settings: Any
) -> InputTable:
    (folder / "input.csv").write_bytes(content)
    return open_source(engine, folder, source("input.csv", **settings), columns)


def records(table: Any, names: list[str]) -> list[tuple[int, Row]]:
    rows = table.to_pyarrow().to_pylist()
    return sorted((row[ROW], tuple(row[name] for name in names)) for row in rows)


@MANY
@given(csv=well_formed(DIALECTS[:1]) | well_formed(DIALECTS))
def test_what_was_written_is_read(engine: Engine, csv: Csv) -> None:
    reading = Reading(engine, csv.content, csv.dialect, NULLS)
    places = [index for index, name in enumerate(csv.header) if name != ROW]
    expected = [(number, tuple(row[place] for place in places)) for number, row in enumerate(csv.rows, 1)]
    assert reading.header == csv.header
    assert reading.rejections == []
    assert reading.slow == expected
    assert reading.fast in (None, expected)


@MANY
@given(
    text=st.text(st.sampled_from('ab,,,"""\n\n\r \t#é'), max_size=24),
    end=st.sampled_from(["", "\n", "\r\n", '"', ","]),
    dialect=st.sampled_from(
        [Dialect(), Dialect(), Dialect(quote=None), Dialect(header=False), Dialect(delimiter="\t")]
    ),
)
def test_whatever_duckdb_reads_python_reads_too(engine: Engine, text: str, end: str, dialect: Dialect) -> None:
    content = f"p,q\n{text}{end}".replace(",", dialect.delimiter)
    try:
        reading = Reading(engine, content.encode(), dialect)
    except InputError:
        return
    if reading.fast is not None:
        assert (reading.fast, []) == (reading.slow, reading.rejections)


@pytest.mark.parametrize("dialect", DIALECTS[:4] + DIALECTS[6:8], ids=repr)
def test_files_of_a_usual_dialect_take_the_fast_way(engine: Engine, dialect: Dialect) -> None:
    reading = Reading(engine, "p,q\n1,NULL\n".replace(",", dialect.delimiter).encode(), dialect, NULLS)
    assert reading.fast == reading.slow
    assert reading.slow[-1][1] == ("1", None)


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
    with pytest.raises(InputError) as caught:
        opened(engine, tmp_path, content)
    assert str(caught.value).startswith(UNREADABLE[content])


@pytest.mark.parametrize("content", MISFITS)
def test_a_record_that_does_not_fit_is_rejected(engine: Engine, tmp_path: Path, content: bytes) -> None:
    published, rejected = MISFITS[content]
    table = opened(engine, tmp_path, content)
    assert [row["a"] for row in engine.rows(table.table.order_by(ROW))] == published
    assert [(each.row, each.reason) for each in table.rejections] == rejected
    assert table.read == len(published) + len(rejected)
    assert all(isinstance(each, Rejection) and not each.statement for each in table.rejections)


def test_a_missing_file_and_a_folder_are_told(engine: Engine, tmp_path: Path) -> None:
    for access in ("none.csv", "."):
        with pytest.raises(InputError, match=rf"{access}: cannot be read: .*\n  The mapping names '{access}'"):
            open_source(engine, tmp_path, source(access), ["a"])


def test_a_name_is_never_a_pattern(engine: Engine, tmp_path: Path) -> None:
    (tmp_path / "a1.csv").write_text("a,b\nother,0\n")
    (tmp_path / "a[1].csv").write_text("a,b\nmine,0\n")
    table = open_source(engine, tmp_path, source("a[1].csv"), ["a"])
    assert [row["a"] for row in engine.rows(table.table)] == ["mine"]


def test_an_optional_column_may_be_missing_and_what_is_not_read_is_told(engine: Engine, tmp_path: Path) -> None:
    table = opened(engine, tmp_path, b"a,b\n1,2\n", ["a", "c"], optional=("c",))
    assert engine.rows(table.table) == [{ROW: 1, "a": "1", "c": None}]
    assert table.unread == ("b",)


# A dialect, a file, and the records that are read of it, by Python's own words for each rule of CSVW.
DIALECT_CASES = {
    "comment lines within a quoted cell are text": (
        Dialect(comment="#"),
        '#1\na,b\n#"\n"x\n#y",2\n# 3,4\n5,6\n',
        [("x\n#y", "2"), ("5", "6")],
    ),
    "rows before the header need not be sound, and may be blank": (
        Dialect(skip_rows=3),
        '"Title" of it\n\n"two\nlines",\na,b\n1,2\n',
        [("1", "2")],
    ),
    "a backslash takes the meaning of what stands behind it": (
        Dialect(double_quote=False),
        'a,b\n"say \\"x\\"",\\\\\n',
        [('say "x"', "\\")],
    ),
    "white space around cells is left out, within them it stays": (
        Dialect(trim=True),
        ' a ,\tb\n  x y , "z"\n',
        [("x y", "z")],
    ),
    "without quotes a quote is a character": (Dialect(quote=None), 'a,b\n"1,2"\n', [('"1', '2"')]),
    "a delimiter may be a space": (Dialect(delimiter=" "), 'a b\n"1 2" 3\n', [("1 2", "3")]),
}


@pytest.mark.parametrize("name", DIALECT_CASES)
def test_a_dialect_says_how_a_file_is_read(engine: Engine, tmp_path: Path, name: str) -> None:
    dialect, text, expected = DIALECT_CASES[name]
    table = opened(engine, tmp_path, text.encode(), ("a", "b"), dialect=dialect)
    assert records(table.table, ["a", "b"]) == list(enumerate(expected, 1))


def test_the_line_of_an_error_counts_comments_and_rows_before_the_header(engine: Engine, tmp_path: Path) -> None:
    dialect = Dialect(comment="#", skip_rows=2, quote="'")
    with pytest.raises(InputError, match=r"input\.csv:7: the record that begins here .*\n  .*: ''\."):
        opened(engine, tmp_path, b"x\n\na,b\n# no\n1,2\n# no\n3,'4\n", dialect=dialect)
    table = opened(engine, tmp_path, b"x\n\na,b\n# no\n1\n", dialect=dialect)
    assert [each.reason for each in table.rejections] == [
        "the record on line 5 is too short: 1 cells under a header of 2"
    ]


@pytest.mark.parametrize(
    "dialect",
    [
        Dialect(delimiter=""),
        Dialect(delimiter="::"),
        Dialect(delimiter="\n"),
        Dialect(quote=","),
        Dialect(comment="##"),
    ],
    ids=repr,
)
def test_a_dialect_that_no_file_can_have_is_an_error_of_the_mapping(
    engine: Engine, tmp_path: Path, dialect: Dialect
) -> None:
    with pytest.raises(MappingError, match=r"map\.yml:3: no file can be read with the marks "):
        opened(engine, tmp_path, b"a,b\n", dialect=dialect)


def test_columns_without_a_header_are_numbered(engine: Engine, tmp_path: Path) -> None:
    table = opened(engine, tmp_path, b"x,y\n1,\n", ["2"], dialect=Dialect(header=False))
    assert records(table.table, ["2"]) == [(1, ("y",)), (2, (None,))]
    assert table.unread == ("1",)
    with pytest.raises(
        InputError, match=r"the column '3', which the mapping needs, is missing\n  The header has: 1, 2"
    ):
        opened(engine, tmp_path, b"x,y\n", ["3"], dialect=Dialect(header=False))


def test_the_cells_of_a_tsv_file_are_separated_by_tabs(engine: Engine, tmp_path: Path) -> None:
    (tmp_path / "in.tsv").write_text("a\tb\n1,5\t2\n")
    table = open_source(engine, tmp_path, source("in.tsv"), ["a"])
    assert records(table.table, ["a"]) == [(1, ("1,5",))]


# A file, and the row, column and number of cells that its note is about, or None for no note.
STRAYS = {
    'a,b,c\n1,"x\n2,y,z\n3,w",v\n': (1, "b", 1),
    'a,b,c\n1,2,3\n\n4,5,"6\n7,8,9"\n"\n,,",x,y\n': (2, "c", 2),
    'a,b,c\n1,"x\r\n2,y,z\r\n",v\n': (1, "b", 1),
    'a,b,c\n1,"prose, in\nseveral, lines",3\n': None,
    'a,b,c\n1,"x,y,z",3\n\n\n': None,
    'a\n"1\n2"\n': None,
}


@pytest.mark.parametrize("text", STRAYS)
def test_a_cell_that_holds_lines_like_records_is_noted(engine: Engine, text: str) -> None:
    reading = Reading(engine, text.encode())
    assert reading.fast_notes in (None, reading.notes)
    found = [(note.row, note.column) for note in reading.notes]
    expected = STRAYS[text]
    assert found == ([expected[:2]] if expected else [])
    if expected and expected[2] > 1:
        assert f"so do {expected[2] - 1} other cells" in str(reading.notes[0])


def test_the_fast_way_notes_stray_quotes_too(engine: Engine) -> None:
    assert len(Reading(engine, next(iter(STRAYS)).encode()).fast_notes) == 1


# An encoding, and a text that tells it from others.
ENCODINGS = {
    "latin-1": "é",
    "windows-1252": "€",
    "utf-16": "é🙂",
    "UTF-16LE": "\ufeffé",
    "utf-32": "é",
    "cp1251": "ж",
    "gb18030": "中",
    "UTF8": "é",
}


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_an_encoding_is_read_as_it_is_called(engine: Engine, tmp_path: Path, encoding: str) -> None:
    text = ENCODINGS[encoding]
    content = f'a,b\r\n{text},"1\n2"\r\n'.encode(encoding)
    table = opened(engine, tmp_path, content, ("a", "b"), encoding=encoding)
    assert records(table.table, ["a", "b"]) == [(1, (text, "1\n2"))]


@pytest.mark.parametrize(
    ("encoding", "content", "says"),
    [
        ("windows-1252", b"a,b\n" + b"1,2\n" * 400_000 + b"1,\x81\n", "input.csv:400002: byte 0x81 is not windows-1252"),
        ("utf-16", "a,b\n1,2".encode("utf-16") + b"\x00", "input.csv:2: byte 0x00 is not utf-16"),
        ("utf-16", "a,b\n1,2".encode("utf-16-le"), "input.csv: is not utf-16: UTF-16 stream does not start with BOM"),
        ("utf-16", b"\xff\xfea\x00\n\x00\x00\xdcx\x00", "input.csv:2: byte 0x00 is not utf-16"),
        ("raw_unicode_escape", b"a,b\n\\ud800,1", "input.csv: is not raw_unicode_escape: "),
    ],
)  # fmt: skip
def test_a_byte_that_an_encoding_does_not_have_is_told(
    engine: Engine, tmp_path: Path, encoding: str, content: bytes, says: str
) -> None:
    with pytest.raises(InputError) as caught:
        opened(engine, tmp_path, content, encoding=encoding)
    assert str(caught.value).startswith(says)


@pytest.mark.parametrize(
    ("encoding", "hint"),
    [("windwos-1252", "Did you mean 'windows-1252'?"), ("rot13", "Known are utf-8"), ("", "Known are utf-8")],
)
def test_an_encoding_that_is_none_is_an_error_of_the_mapping(
    engine: Engine, tmp_path: Path, encoding: str, hint: str
) -> None:
    with pytest.raises(MappingError, match=r"map\.yml:3: unknown encoding") as caught:
        opened(engine, tmp_path, b"a,b\n", encoding=encoding)
    assert hint in str(caught.value)

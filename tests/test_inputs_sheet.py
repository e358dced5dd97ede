"""Sheets of Excel and OpenDocument files: typed cells, blank rows, errors; and workbooks that cannot be read."""

import sys
from pathlib import Path
from typing import Any

import pytest
from small import lod, swap, tiny_project
from workbooks import CLOCK, DAY, LENGTH, MOMENT, Rows, number, ods, text, typed, value, xlsx

from lod.engine import Engine
from lod.errors import InputError, Position
from lod.inputs import InputTable, open_source
from lod.mapping.model import LogicalSource
from lod.term_table import ROW
from lod.terms import XSD

# A cell of Excel, its text and datatype. A day is counted from 1899-12-30, a clock's time is a part of a day.
EXCEL: list[tuple[str, str | None, str | None]] = [
    (text(" é "), " é ", None),
    (text(""), None, None),
    (number(5), "5", "integer"),
    (number("5.0"), "5", "integer"),
    (number("-0.1"), "-0.1", "double"),
    (number("1E+20"), "100000000000000000000", "integer"),
    (number("1E-7"), "1e-07", "double"),
    (number(33659, DAY), "1992-02-25", "date"),
    (number(33659.5, MOMENT), "1992-02-25T12:00:00", "dateTime"),
    (number(0.25, CLOCK), "06:00:00", "time"),
    (number(1.5, LENGTH), "P1DT12H", "dayTimeDuration"),
    (typed("b", "1"), "true", "boolean"),
    (typed("b", "0"), "false", "boolean"),
    (typed("str", "cached", "A1"), "cached", None),
    (typed("n", "2", "1+1"), "2", "integer"),
    (typed("d", "1992-02-26T10:00:00"), "1992-02-26T10:00:00", "dateTime"),
    ("", None, None),
]
# The same of OpenDocument.
OPEN_DOCUMENT: list[tuple[str, str | None, str | None]] = [
    (value("string", shown=" é"), " é", None),
    (value("float", 5, "5,00"), "5", "integer"),
    (value("float", "12.50", "12,50"), "12.5", "double"),
    (value("percentage", 0.5, "50 %"), "0.5", "double"),
    (value("boolean", "true", "WAHR"), "true", "boolean"),
    (value("date", "1992-02-26", "26.2.92"), "1992-02-26", "date"),
    (value("date", "1992-02-26T10:00:00", "x"), "1992-02-26T10:00:00", "dateTime"),
    (value("time", "PT10H30M00S", "x"), "10:30:00", "time"),
    ("", None, None),
]
NA = typed("e", "#N/A", "NA()")
ODS_NA = 'table:formula="of:=NA()" office:value-type="string" office:string-value="" calcext:value-type="error"|#N/A'


def opened(engine: Engine, folder: Path, content: bytes, *columns: str, **settings: Any) -> InputTable:
    (folder / "in.xlsx").write_bytes(content)
    source = LogicalSource("in.xlsx", "excel", Position("map.yml", 3), **settings)
    return open_source(engine, folder, source, columns)


def values(engine: Engine, table: InputTable, column: str = "a") -> list[tuple[int, Any]]:
    return [(row[ROW], row[column]) for row in engine.rows(table.table.order_by(ROW))]


def plain(rows: list[tuple[int, Any]]) -> list[tuple[int, Any]]:
    return [(number, cell["text"] if isinstance(cell, dict) else cell) for number, cell in rows]


@pytest.mark.parametrize(("cell", "said", "datatype"), EXCEL)
def test_cells_of_excel_are_typed(engine: Engine, tmp_path: Path, cell: str, said: str, datatype: str | None) -> None:
    (found,) = values(engine, opened(engine, tmp_path, xlsx(s=[[text("a"), text("b")], [cell, text("x")]]), "a"))
    assert found == (1, {"text": said, "datatype": XSD + datatype} if datatype else said)


@pytest.mark.parametrize(("cell", "said", "datatype"), OPEN_DOCUMENT)
def test_cells_of_open_document_are_typed(
    engine: Engine, tmp_path: Path, cell: str, said: str, datatype: str | None
) -> None:
    content = ods(s=[[value("string", shown="a"), value("string", shown="b")], [cell, value("string", shown="x")]])
    (found,) = values(engine, opened(engine, tmp_path, content, "a"))
    assert found == (1, {"text": said, "datatype": XSD + datatype} if datatype else said)


def test_blank_rows_and_columns_hold_nothing(engine: Engine, tmp_path: Path) -> None:
    rows: Rows = [[], ["", text("a"), text("b")], [], ["", number(1)], ["", text("")], ["", "", number(2)]]
    table = opened(engine, tmp_path, xlsx(s=rows), "a", "b")
    assert plain(values(engine, table)) == [(1, "1"), (2, None)]
    assert plain(values(engine, table, "b")) == [(1, None), (2, "2")]
    assert (table.read, table.rejections) == (2, ())


@pytest.mark.parametrize(
    "content",
    [
        xlsx(x=[[text("no")]], s=[["", text("a"), text("b"), text("c")], ["", text("1"), NA], [], ["", NA], ["", text("3"), "", NA]]),
        ods(
            x=[[value("string", shown="no")]],
            s=[
                ["", *(value("string", shown=name) for name in "abc")],
                ["", value("string", shown="1"), ODS_NA],
                [],
                ["", f"{ODS_NA}"],
                ['table:number-columns-repeated="1"|', value("string", shown="3"), "", ODS_NA],
            ],
        ),
    ],
    ids=["xlsx", "ods"],
)  # fmt: skip
def test_an_error_rejects_its_record_where_the_column_is_needed(engine: Engine, tmp_path: Path, content: bytes) -> None:
    table = opened(engine, tmp_path, content, "a", "b", iterator="s")
    assert values(engine, table) == [(3, "3")]
    assert [(each.row, each.column, each.value, each.reason) for each in table.rejections] == [
        (1, "b", "#N/A", "is an error, in row 2 of the sheet"),
        (2, "a", "#N/A", "is an error, in row 4 of the sheet"),
    ]
    assert table.read == 3
    assert len(opened(engine, tmp_path, content, "c", iterator="s").rejections) == 1


def test_repeated_cells_and_rows_keep_their_places(engine: Engine, tmp_path: Path) -> None:
    content = ods(
        s=[
            [value("string", shown=name) for name in "abcd"],
            [value("string", shown="x"), f'table:number-columns-repeated="2" {ODS_NA}', value("string", shown="y")],
        ]
    )
    for column, count in {"a": 0, "b": 1, "c": 1, "d": 0}.items():
        assert len(opened(engine, tmp_path, content, column).rejections) == count, column


def test_a_value_beside_the_columns_rejects_its_record(engine: Engine, tmp_path: Path) -> None:
    table = opened(engine, tmp_path, xlsx(s=[[text("a")], [text("1"), text("note")], [text("2")]]), "a")
    assert values(engine, table) == [(2, "2")]
    assert [(each.row, each.value) for each in table.rejections] == [(1, "note")]
    assert "row 2 of the sheet is too long" in table.rejections[0].reason


def test_the_iterator_names_the_sheet(engine: Engine, tmp_path: Path) -> None:
    content = xlsx(one=[[text("a")], [text("1")]], two=[[number(2019), text("c")], [text("2"), text("3")]])
    assert values(engine, opened(engine, tmp_path, content, "a")) == [(1, "1")]
    table = opened(engine, tmp_path, content, "2019", "z", iterator="two", optional=("z",), nulls=("2",))
    assert values(engine, table, "2019") == values(engine, table, "z") == [(1, None)]
    assert table.unread == ("c",)


@pytest.mark.parametrize(
    ("content", "settings", "says"),
    [
        (xlsx(s=[[text("a")]]), {"iterator": "S"}, "in.xlsx: has no sheet 'S'"),
        (xlsx(s=[]), {}, "in.xlsx: the sheet 's' is empty"),
        (xlsx(s=[[], [text("b"), text("a"), text("b")]]), {}, "in.xlsx:2: the header names the column 'b' twice"),
        (xlsx(s=[[text("b"), "", text("a")]]), {}, "in.xlsx:1: column 2 of the header has no name"),
        (xlsx(s=[[], [text("b")]]), {}, "in.xlsx:2: the column 'a', which the mapping needs, is missing"),
        (b"", {}, "in.xlsx: is not read as a workbook: "),
        (b"a,b\n1,2\n", {}, "in.xlsx: is not read as a workbook: "),
        (xlsx(s=[[text("a")]])[:-30], {}, "in.xlsx: is not read as a workbook: "),
    ],
)
def test_a_workbook_that_cannot_be_read_is_told(
    engine: Engine, tmp_path: Path, content: bytes, settings: dict[str, str], says: str
) -> None:
    with pytest.raises(InputError) as caught:
        opened(engine, tmp_path, content, "a", **settings)
    assert str(caught.value).startswith(says)


def test_the_missing_extra_is_named(engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "python_calamine", None)
    with pytest.raises(InputError, match=r"python-calamine, .* is missing\n  Install it: pip install 'lod\[excel\]'"):
        opened(engine, tmp_path, xlsx(s=[[text("a")]]), "a")


@pytest.mark.parametrize("name", ["people.xlsx", "people.ods"])
def test_a_mapping_that_names_a_workbook_reads_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    tiny = tiny_project(tmp_path / "tiny")
    monkeypatch.chdir(tiny)
    header = ["id", "name", "lang", "born"]
    excel = [list(map(text, header)), [number(7), text("Ada"), text("en"), number(33659, DAY)]]
    shown = [value("string", shown=each) for each in header]
    document = [
        shown,
        [value("float", 7), value("string", shown="Ada"), value("string", shown="en"), value("date", "1992-02-25")],
    ]
    (tiny / "records" / name).write_bytes(xlsx(s=excel) if name.endswith("xlsx") else ods(s=document))
    swap(tiny / "mappings/people.yml", "people.csv", name)
    result = lod("map", "mappings/people.yml", "--base", "https://example.org/")
    assert (result.exit_code, result.stderr) == (0, "")
    assert f'<https://example.org/person/7> <http://schema.org/birthDate> "1992-02-25"^^<{XSD}date>' in result.stdout

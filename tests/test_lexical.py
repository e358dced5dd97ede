"""Typed literals are held to the lexical rules of XML Schema 1.1, part 2: each type with texts that are and are not.

https://www.w3.org/TR/xmlschema11-2/
"""

import calendar
from pathlib import Path

import pyarrow as pa
import pytest

from lod.compile.checks import misfits
from lod.compile.slots import Check
from lod.engine import Engine
from lod.inputs import InputTable
from lod.map import map_files
from lod.options import MapOptions
from lod.term_table import Column, Constant
from lod.terms import LEXICAL_PATTERNS, RANGES, XSD

CASES: dict[str, tuple[str, str]] = {
    "boolean": ("true false 1 0", "TRUE yes 01 t"),
    "integer": ("0 -0 +7 007 123456789012345678901234567890", "1.0 1e3 1_000 ٣ - +"),
    "nonNegativeInteger": ("0 +1 -0 -000 18446744073709551616", "-1 1.0"),
    "positiveInteger": ("1 +01", "0 -1 +0"),
    "nonPositiveInteger": ("0 -1 +0 -007", "1 +1"),
    "negativeInteger": ("-1 -01", "0 -0 1"),
    "long": ("9223372036854775807 -9223372036854775808 +1", "9223372036854775808 -9223372036854775809 1.0"),
    "int": ("2147483647 -2147483648 +2147483647", "2147483648 +2147483648 -2147483649"),
    "short": ("32767 -32768", "32768 -32769"),
    "byte": ("127 -128 +127 0000127", "128 -129 +128"),
    "unsignedLong": ("18446744073709551615 0 -0", "18446744073709551616 -1"),
    "unsignedInt": ("4294967295", "4294967296 -1"),
    "unsignedShort": ("65535", "65536"),
    "unsignedByte": ("255 +255", "256 -1 99999999999999999999999999999999999999999999"),
    "decimal": ("1 1. .5 -0.50 +1.0", "1e3 . 1,5 NaN"),
    "double": ("1 1.5e3 .5E-7 INF -INF +INF NaN 1.", "inf nan 1e e3 1e1.5 Infinity"),
    "float": ("1.5 -INF", "infinity"),
    "date": (
        "1992-02-26 2000-02-29 -0004-02-29 0000-02-29 12004-02-29 1992-02-26Z 1992-02-26+14:00 0001-01-01",
        "1992-02-30 1900-02-29 1993-02-29 1992-2-6 92-02-26 1992/02/26 1992-04-31 1992-02-26+14:01 01992-01-01 1992-00-10",
    ),
    "gYearMonth": ("1992-02 -0001-12Z", "1992 1992-13 1992-2"),
    "gYear": ("1992 -0044 12000 0000", "92 +1992 01992"),
    "gMonthDay": ("--02-29 --04-30Z", "--02-30 --04-31 02-28 --2-3"),
    "gMonth": ("--02 --12+01:00", "--13 02 --2 --02--"),
    "gDay": ("---31 ---01Z", "---32 31 ---1"),
    "time": ("00:00:00 23:59:59.999Z 24:00:00 24:00:00.000", "24:00:01 23:60:00 1:00:00 12:00"),
    "dateTime": (
        "1992-02-26T02:00:00 1992-02-29T24:00:00Z 2000-02-29T00:00:00.5-05:00",
        "1992-02-26 1992-02-26T2:00:00 1993-02-29T00:00:00 1992-02-26t00:00:00",
    ),
    "dateTimeStamp": ("1992-02-26T02:00:00Z", "1992-02-26T02:00:00"),
    "duration": ("P1Y P1Y2M3DT4H5M6.7S -P1D PT1H P2MT3S P1YT1M", "P 1Y PT P1D2H P1YT P-1Y P1M1Y PT1H1H"),
    "yearMonthDuration": ("P1Y P2M -P1Y2M", "P1D P PT1M"),
    "dayTimeDuration": ("P1D PT1H P1DT1S -PT0.5S", "P1Y P PT P1DT"),
    "hexBinary": ("00FFaa ABCD", "0 GG 0xFF"),
    "base64Binary": ("YQ== YWI= YWJj YWJjZA==", "YQ Y=== YQ=a ===="),
    "language": ("en az-Latn x-1 abcdefgh", "abcdefghi 1en en- en_GB"),
}


def bad_texts(engine: Engine, datatype: str, texts: list[str], *, by_row: bool) -> set[str]:
    """Return the texts that the engine takes for none of the datatype, which is constant or stands in every row."""
    columns = {"_row": list(range(len(texts))), "c": texts, "d": [XSD + datatype] * len(texts)}
    rows = engine.materialise("texts", pa.table(columns))
    opened = InputTable(rows, "f", len(texts))
    check = Check("c", "literal", Column("d") if by_row else Constant(XSD + datatype), ("c",))
    found = [rejection for misfit in misfits(engine, rows, opened, [check]) for rejection in misfit.rejections]
    assert {each.reason for each in found} <= {f"is no xsd:{datatype}"}
    return {each.value for each in found}


@pytest.mark.parametrize("by_row", [False, True])
@pytest.mark.parametrize("datatype", CASES)
def test_texts_that_are_of_a_type_and_texts_that_are_not(engine: Engine, datatype: str, by_row: bool) -> None:
    good, bad = (texts.split() for texts in CASES[datatype])
    odd = ["", " 1", "1\n", "x"]
    expected = {*bad, *odd} - ({""} if datatype in ("hexBinary", "base64Binary") else set())
    expected -= {"x"} if datatype == "language" else set()
    assert bad_texts(engine, datatype, [*good, *bad, *odd], by_row=by_row) == expected


def test_every_pattern_has_its_cases() -> None:
    assert {XSD + name for name in CASES} == LEXICAL_PATTERNS.keys()
    assert RANGES.keys() <= LEXICAL_PATTERNS.keys()


def test_days_exist_where_the_calendar_has_them(engine: Engine) -> None:
    years = [*range(1, 410), *range(1890, 2110), 2400, 9996, 9999]
    days = [f"{year:04}-{month:02}-{day:02}" for year in years for month in (1, 2, 4, 12) for day in (28, 29, 30, 31)]
    existing = {day for day in days if int(day[8:]) <= calendar.monthrange(int(day[:4]), int(day[5:7]))[1]}
    assert bad_texts(engine, "date", days, by_row=False) == set(days) - existing


def test_null_is_no_bad_text(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("in.csv").write_text("id,size\n1,\n2,300\n3,7\n")
    Path("map.yml").write_text(
        "mappings: {m: {sources: [in.csv~csv], s: 'http://e/$(id)', po: [[http://e/p, $(size), xsd:byte]]}}\n"
    )
    done = map_files([Path("map.yml")], Path("out.nq"), MapOptions(on_error="reject"))
    assert [(each.row, each.reason) for each in done.rejections] == [(2, "is no xsd:byte")]

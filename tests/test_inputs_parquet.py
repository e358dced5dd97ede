"""Parquet: values have the natural datatypes of R2RML and the canonical texts of XML Schema."""

from datetime import UTC, date, datetime, time, timedelta, timezone
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from small import lod, swap, tiny_project

from lod.engine import BATCH_ROWS, Engine
from lod.errors import InputError, Position
from lod.inputs import InputTable, open_source
from lod.mapping.model import LogicalSource
from lod.term_table import ROW
from lod.terms import XSD

BAKU = timezone(timedelta(hours=4))
# A type, the datatype of its values, and values with their texts.
NATURAL: list[tuple[pa.DataType, str | None, dict[Any, str]]] = [
    (pa.string(), None, {"é": "é", "": ""}),
    (pa.large_string(), None, {"x": "x"}),
    (pa.dictionary(pa.int32(), pa.string()), None, {"x": "x", "y": "y"}),
    (pa.bool_(), "boolean", {True: "true", False: "false"}),
    (pa.int8(), "integer", {-128: "-128"}),
    (pa.uint64(), "integer", {2**64 - 1: "18446744073709551615"}),
    (pa.dictionary(pa.int8(), pa.int64()), "integer", {7: "7"}),
    (pa.float64(), "double", {1.0: "1.0E0", 12.5: "1.25E1", -0.1: "-1.0E-1", 1e300: "1.0E300", 5e-324: "5.0E-324", 100.0: "1.0E2"}),
    (pa.float64(), "double", {0.0: "0.0E0", float("inf"): "INF", float("-inf"): "-INF", float("nan"): "NaN"}),
    (pa.float64(), "double", {-0.0: "-0.0E0"}),
    (pa.float32(), "double", {0.1: "1.0E-1", 16777216.0: "1.6777216E7"}),
    (pa.decimal128(20, 2), "decimal", {Decimal("1.10"): "1.1", Decimal("30.00"): "30", Decimal("-0.05"): "-0.05"}),
    (pa.decimal128(38, 9), "decimal", {Decimal("0.000000001"): "0.000000001", Decimal("12345678901234567890.5"): "12345678901234567890.5"}),
    (pa.date32(), "date", {date(1992, 2, 26): "1992-02-26", date(1, 1, 1): "0001-01-01"}),
    (pa.time64("us"), "time", {time(10, 0): "10:00:00", time(0, 0, 10, 120_000): "00:00:10.12", time(1, 2, 30): "01:02:30"}),
    (pa.timestamp("us"), "dateTime", {datetime(1992, 2, 26, 10): "1992-02-26T10:00:00", datetime(1992, 2, 26, 0, 0, 0, 50): "1992-02-26T00:00:00.00005"}),
    (pa.timestamp("ms", "UTC"), "dateTime", {datetime(1992, 2, 26, 10, tzinfo=UTC): "1992-02-26T10:00:00Z"}),
    (pa.timestamp("ms", "+04:00"), "dateTime", {datetime(1992, 2, 26, 2, 0, 0, 500_000, tzinfo=BAKU): "1992-02-25T22:00:00.5Z"}),
    (pa.binary(), "hexBinary", {b"\x00\xab": "00AB", b"": ""}),
    (pa.binary(2), "hexBinary", {b"\xff\x01": "FF01"}),
]  # fmt: skip


def opened(engine: Engine, folder: Path, table: pa.Table, *columns: str, **settings: Any) -> InputTable:
    pq.write_table(table, folder / "in.parquet")
    return open_source(
        engine, folder, LogicalSource("in.parquet", "parquet", Position("map.yml", 3), **settings), columns
    )


def values(engine: Engine, table: InputTable, column: str) -> list[Any]:
    return [row[column] for row in engine.rows(table.table.order_by(ROW))]


@pytest.mark.parametrize(("kind", "datatype", "cases"), NATURAL, ids=lambda each: str(each)[:30])
def test_values_have_their_natural_datatype(
    engine: Engine, tmp_path: Path, kind: pa.DataType, datatype: str | None, cases: dict[Any, str]
) -> None:
    single, several = [*cases, None, None], [[*cases, None], [], *[None] * len(cases)]
    table = pa.table({"a": pa.array(single, kind), "b": pa.array(several, pa.list_(kind))})
    expected = [text if datatype is None else {"text": text, "datatype": XSD + datatype} for text in cases.values()]
    read = opened(engine, tmp_path, table, "a", "b")
    assert values(engine, read, "a") == [*expected, None, None]
    assert values(engine, read, "b") == [[*expected, None], [], *[None] * len(cases)]


def test_records_are_numbered_across_batches(engine: Engine, tmp_path: Path) -> None:
    count = 2 * BATCH_ROWS + 1
    table = opened(engine, tmp_path, pa.table({"n": range(1, count + 1)}), "n")
    rows = table.table.filter(table.table[ROW].cast("string") != table.table["n"]["text"])
    assert (table.read, engine.rows(rows), engine.rows(table.table.agg(rows=table.table.count()))) == (
        count,
        [],
        [{"rows": count}],
    )


def test_columns_may_be_missing_and_what_is_not_read_is_told(engine: Engine, tmp_path: Path) -> None:
    content = pa.table({"a": ["x", "-"], "a.b": ["y", "y"], "c": [1, -9]})
    table = opened(engine, tmp_path, content, "a", "a.b", "z", optional=("z",), nulls=("-", "-9"))
    assert engine.rows(table.table.order_by(ROW)) == [
        {ROW: 1, "a": "x", "a.b": "y", "z": None},
        {ROW: 2, "a": None, "a.b": "y", "z": None},
    ]
    assert table.unread == ("c",)
    assert values(engine, opened(engine, tmp_path, content, "c", nulls=("-9",)), "c")[1] is None
    assert opened(engine, tmp_path, content).read == 2
    with pytest.raises(
        InputError, match=r"in\.parquet: the column 'A', which the mapping needs, is missing\n  The header has: B, a"
    ):
        opened(engine, tmp_path, pa.table({"B": ["x"], "a": ["y"]}), "A")


def test_a_nul_rejects_its_record(engine: Engine, tmp_path: Path) -> None:
    table = opened(engine, tmp_path, pa.table({"a": ["x", "y\0", None], "b": ["1", "2", "3"]}), "a", "b")
    assert values(engine, table, "b") == ["1", "3"]
    assert [(each.row, each.column, each.reason) for each in table.rejections] == [(2, "a", "holds a NUL character")]
    assert table.read == 3


@pytest.mark.parametrize(
    "kind",
    [
        pa.struct([("x", pa.int64())]),
        pa.duration("s"),
        pa.list_(pa.list_(pa.int64())),
        pa.map_(pa.string(), pa.string()),
    ],
    ids=str,
)
def test_a_type_without_an_rdf_form_is_told_where_it_is_needed(
    engine: Engine, tmp_path: Path, kind: pa.DataType
) -> None:
    table = pa.table({"a": pa.array([None], kind), "b": ["x"]})
    assert values(engine, opened(engine, tmp_path, table, "b"), "b") == ["x"]
    with pytest.raises(InputError, match=r"in\.parquet column a: values of the type .* have no RDF form"):
        opened(engine, tmp_path, table, "a")


@pytest.mark.parametrize("content", [b"", b"PAR1", b"a,b\n1,2\n", b"PAR1" + b"\0" * 20 + b"PAR1"])
def test_a_file_that_is_no_parquet_is_told(engine: Engine, tmp_path: Path, content: bytes) -> None:
    (tmp_path / "in.parquet").write_bytes(content)
    with pytest.raises(InputError, match=r"in\.parquet: is not read as Parquet: "):
        open_source(engine, tmp_path, LogicalSource("in.parquet", "parquet", Position("map.yml", 3)), ["a"])


def test_a_mapping_that_names_a_parquet_file_reads_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tiny = tiny_project(tmp_path / "tiny")
    monkeypatch.chdir(tiny)
    table = pa.table({"id": [7], "name": ["Ada"], "lang": ["en"], "born": [date(1815, 12, 10)]})
    pq.write_table(table, tiny / "records/people.parquet", compression="zstd")
    swap(tiny / "mappings/people.yml", "people.csv", "people.parquet")
    shown = lod("map", "mappings/people.yml", "--base", "https://example.org/")
    assert (shown.exit_code, shown.stderr) == (0, "")
    assert (
        '<https://example.org/person/7> <http://schema.org/birthDate> "1815-12-10"^^<http://www.w3.org/2001/XMLSchema#date>'
        in shown.stdout
    )

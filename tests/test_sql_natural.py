"""The natural mapping of SQL values: https://www.w3.org/TR/r2rml/#natural-mapping, spelled canonically by XSD 1.1.

Each database is asked for a value of a type, as text in its own SQL; what comes out is what the specification says.
"""

from collections.abc import Callable

import pytest
from stores import KINDS, Store

from lod.engine import Engine
from lod.inputs.sql.natural import by_name
from lod.terms import XSD

# fmt: off  (a case a line)
# An SQL type and a literal of it, as every database has them; the lexical form and the datatype.
EVERYWHERE = [
    ("INTEGER", "5", "5", "integer"),
    ("SMALLINT", "-7", "-7", "integer"),
    ("BIGINT", "9223372036854775807", "9223372036854775807", "integer"),
    ("DECIMAL(10,2)", "12.50", "12.5", "decimal"),
    ("NUMERIC(6,3)", "100", "100", "decimal"),
    ("NUMERIC(6,3)", "-0.120", "-0.12", "decimal"),
    ("FLOAT", "80.25", "8.025E1", "double"),
    ("DOUBLE PRECISION", "30", "3.0E1", "double"),
    ("DOUBLE PRECISION", "0", "0.0E0", "double"),
    ("DOUBLE PRECISION", "-0.00001234", "-1.234E-5", "double"),
    ("DOUBLE PRECISION", "1e20", "1.0E20", "double"),
    ("REAL", "1.1", "1.1E0", "double"),
    ("BOOLEAN", "TRUE", "true", "boolean"),
    ("BOOLEAN", "FALSE", "false", "boolean"),
    ("DATE", "'2001-02-03'", "2001-02-03", "date"),
    ("TIME", "'10:00:00'", "10:00:00", "time"),
    ("TIMESTAMP", "'2009-10-10 12:12:22'", "2009-10-10T12:12:22", "dateTime"),
    ("VARCHAR(10)", "'007 '", "007 ", None),
    ("VARCHAR(10)", "''", "", None),
]
# The same, as one kind has it.
SOMEWHERE = {
    "sqlite": [
        ("INTEGER", "'abc'", "abc", "integer"),  # SQLite takes it; the checks reject it
        ("DECIMAL(10,2)", "1e20", "100000000000000000000", "decimal"),
        ("BOOLEAN", "'TRUE'", "true", "boolean"),
        ("DATETIME", "'2009-10-10T12:12:22.500Z'", "2009-10-10T12:12:22.5Z", "dateTime"),
        ("VARBINARY(9)", "x'0aff'", "0AFF", "hexBinary"),
        ("BLOB", "'text'", "text", None),
        ("", "5", "5", "integer"),
        ("", "5.0", "5.0E0", "double"),
        ("", "x'0a'", "0A", "hexBinary"),
        ("", "'5'", "5", None),
        ("POINT", "5", "5", "integer"),
        ("CHAR(5)", "'x'", "x", None),
    ],
    "duckdb": [
        ("HUGEINT", "170141183460469231731687303715884105727", "170141183460469231731687303715884105727", "integer"),
        ("TIMESTAMPTZ", "'2009-10-10 12:12:22+02'", "2009-10-10T10:12:22Z", "dateTime"),
        ("TIMETZ", "'10:00:00.50+05:30'", "10:00:00.5+05:30", "time"),
        ("TIMESTAMP_NS", "'2009-10-10 12:12:22.000000001'", "2009-10-10T12:12:22.000000001", "dateTime"),
        ("DOUBLE", "'nan'", "NaN", "double"),
        ("DOUBLE", "'-inf'", "-INF", "double"),
        ("BLOB", "'\\x0A\\xFF'", "0AFF", "hexBinary"),
        ("UUID", "'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'", "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11", None),
        ("INTEGER[]", "[1, 2]", "[1, 2]", None),
    ],
    "postgresql": [
        ("TIMESTAMPTZ", "'2009-10-10 12:12:22.50+02'", "2009-10-10T10:12:22.5Z", "dateTime"),
        ("TIMETZ", "'10:00:00+02'", "10:00:00+02:00", "time"),
        ("FLOAT8", "'NaN'", "NaN", "double"),
        ("FLOAT8", "'-Infinity'", "-INF", "double"),
        ("NUMERIC", "1e20", "100000000000000000000", "decimal"),
        ("NUMERIC", "'NaN'", "NaN", "decimal"),  # XSD has none: the checks reject it
        ("BYTEA", "'\\x0aff'", "0AFF", "hexBinary"),
        ("CHAR(5)", "'x'", "x    ", None),
        ("UUID", "'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'", "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11", None),
        ("INT[]", "'{1,2}'", "{1,2}", None),
        ("JSONB", "'{\"a\": 1}'", '{"a": 1}', None),
        ("INTERVAL", "'1 day'", "P1D", None),
        ("DATE", "'infinity'", "infinity", "date"),
    ],
    "mysql": [
        ("TINYINT", "5", "5", "integer"),
        ("TINYINT(1)", "1", "true", "boolean"),
        ("TINYINT(1)", "5", "5", "boolean"),  # the checks reject it
        ("TINYINT(1) UNSIGNED", "1", "1", "integer"),
        ("INT(5) ZEROFILL", "42", "42", "integer"),
        ("BIGINT UNSIGNED", "18446744073709551615", "18446744073709551615", "integer"),
        ("DATETIME(6)", "'2009-10-10 12:12:22.5'", "2009-10-10T12:12:22.5", "dateTime"),
        ("TIME", "'-10:00:00'", "-10:00:00", "time"),  # MySQL's times are spans too: the checks reject it
        ("BIT(1)", "b'1'", "true", "boolean"),
        ("BIT(16)", "b'101011111111'", "0AFF", "hexBinary"),
        ("VARBINARY(9)", "x'0aff'", "0AFF", "hexBinary"),
        ("BLOB", "x''", "", "hexBinary"),
        ("YEAR", "2001", "2001", None),
        ("TEXT", "'é'", "é", None),
        ("CHAR(5)", "'x'", "x", None),
        ("ENUM('a', 'b')", "'b'", "b", None),
        ("JSON", "'[1]'", "[1]", None),
    ],
}
# fmt: on


@pytest.mark.parametrize("kind", KINDS)
def test_a_value_gets_its_natural_datatype(engine: Engine, stored: Callable[[str], Store], kind: str) -> None:
    cases = {f"c{number}": case for number, case in enumerate((*EVERYWHERE, *SOMEWHERE[kind]))}
    columns = ", ".join(f"{name} {sql_type}" for name, (sql_type, *_) in cases.items())
    literals = ", ".join(literal for _, literal, *_ in cases.values())
    store = stored(kind)
    store.fill(f"CREATE TABLE t ({columns})", f"INSERT INTO t VALUES ({literals})")
    expected = [(*case[:3], case[3] and XSD + case[3]) for case in cases.values()]
    for how in ({"table": "t"}, {"query": "SELECT * FROM t"}):
        (row,) = engine.rows(store.opened(engine, list(cases), **how).table)
        assert [(*cases[name][:2], *cell(row[name])) for name in cases] == expected


def cell(value: str | dict[str, str]) -> tuple[str, str | None]:
    """Return the text and the datatype of a value, be it typed or plain."""
    return (value["text"], value["datatype"]) if isinstance(value, dict) else (value, None)


def test_names_of_types() -> None:
    assert by_name("Double Precision") == by_name("FLOAT8")
    assert by_name("DECIMAL(10, 2)") == by_name("numeric")
    assert by_name("TIMESTAMP(3) WITH TIME ZONE") == by_name("timestamptz")
    assert by_name("INTEGER[]") is None
    assert by_name("interval") is None

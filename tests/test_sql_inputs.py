"""Databases as inputs: which rows, in which order, by which names; and what is told where they cannot be read."""

import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from servers import PASSWORD
from stores import KINDS, Store

from lod.engine import Engine
from lod.errors import InputError, MappingError
from lod.inputs import InputTable
from lod.inputs.sql.names import find_column, find_table
from lod.mapping.model import Database
from lod.term_table import ROW
from lod.terms import XSD

Stored = Callable[[str], Store]
SERVERS = ("postgresql", "mysql")
every_kind = pytest.mark.parametrize("kind", KINDS)
every_server = pytest.mark.parametrize("kind", SERVERS)

PEOPLE = (
    "CREATE TABLE people (region VARCHAR(9), number INTEGER, name VARCHAR(9), born DATE, PRIMARY KEY (region, number))",
    "INSERT INTO people VALUES ('b', 1, 'Bo', '1990-01-02')",
    "INSERT INTO people VALUES ('a', 2, NULL, NULL)",
    "INSERT INTO people VALUES ('a', 1, '', '1815-12-10')",
)


def rows(engine: Engine, opened: InputTable, *columns: str) -> list[tuple[object, ...]]:
    """Return rows in the order of their numbers, typed values as their text."""
    found = sorted(engine.rows(opened.table), key=lambda row: int(row[ROW]))
    assert [row[ROW] for row in found] == list(range(1, len(found) + 1)) == list(range(1, opened.read + 1))
    return [tuple(text(row[column]) for column in columns) for row in found]


def text(value: object) -> object:
    return value["text"] if isinstance(value, dict) else value


def told(engine: Engine, store: Store, columns: Sequence[str] = ("name",), **how: str) -> str:
    with pytest.raises(InputError) as caught:
        store.opened(engine, columns, **how)
    return str(caught.value)


@every_kind
def test_nulls_are_null_and_empty_texts_are_texts(engine: Engine, stored: Stored, kind: str) -> None:
    store = stored(kind)
    store.fill(*PEOPLE)
    opened = store.opened(engine, ["number", "name", "born"], table="people")
    assert set(rows(engine, opened, "number", "name", "born")) == {
        ("1", "Bo", "1990-01-02"),
        ("2", None, None),
        ("1", "", "1815-12-10"),
    }
    assert (opened.file, opened.unread) == (f"{store.database.address}#people", ("region",))


@every_server
def test_rows_of_a_table_come_in_the_order_of_its_key(engine: Engine, stored: Stored, kind: str) -> None:
    store = stored(kind)
    store.fill(*PEOPLE)
    opened = store.opened(engine, ["region", "number"], table="people")
    assert rows(engine, opened, "region", "number") == [("a", "1"), ("a", "2"), ("b", "1")]


@pytest.mark.parametrize("kind", ["sqlite", "duckdb"])
def test_rows_of_a_file_come_in_the_order_in_which_they_went_in(engine: Engine, stored: Stored, kind: str) -> None:
    store = stored(kind)
    store.fill("CREATE TABLE t (v INTEGER)", "INSERT INTO t VALUES (3), (1), (2)")
    assert rows(engine, store.opened(engine, ["v"], table="t"), "v") == [("3",), ("1",), ("2",)]


@every_kind
def test_a_query_keeps_its_order_and_its_names(engine: Engine, stored: Stored, kind: str) -> None:
    store = stored(kind)
    store.fill(*PEOPLE)
    query = "SELECT region AS r, COUNT(*) AS how_many FROM people GROUP BY region ORDER BY region DESC;\n-- done"
    opened = store.opened(engine, ["how_many", "r"], query=query)
    assert rows(engine, opened, "r", "how_many") == [("b", "1"), ("a", "2")]
    datatypes = {row["how_many"]["datatype"] for row in engine.rows(opened.table)}
    assert datatypes == {XSD + "integer"}


@every_kind
def test_rows_stream_in_batches_without_loss(engine: Engine, stored: Stored, kind: str) -> None:
    store = stored(kind)
    store.fill("CREATE TABLE d (v INTEGER)", "INSERT INTO d VALUES (0), (1), (2), (3), (4), (5), (6), (7), (8), (9)")
    number = "a.v + 10 * b.v + 100 * c.v + 1000 * e.v + 10000 * f.v"
    query = f"SELECT {number} AS n FROM d a, d b, d c, d e, d f WHERE {number} < 100000 ORDER BY {number}"
    found = rows(engine, store.opened(engine, ["n"], query=query), "n")
    assert found == [(str(value),) for value in range(100_000)]


@every_kind
def test_a_billion_rows_are_neither_held_nor_waited_for(engine: Engine, stored: Stored, kind: str) -> None:
    store = stored(kind)
    store.fill("CREATE TABLE d (v INTEGER)", "INSERT INTO d VALUES (0), (1), (2), (3), (4), (5), (6), (7), (8), (9)")
    query = "SELECT a.v FROM d a, d b, d c, d e, d f, d g, d h, d i, d j"
    assert "there is no column 'name'" in told(engine, store, query=query)


@every_kind
def test_a_view_an_empty_table_and_a_table_of_which_nothing_is_needed(
    engine: Engine, stored: Stored, kind: str
) -> None:
    store = stored(kind)
    store.fill(*PEOPLE, "CREATE VIEW named AS SELECT name AS n FROM people WHERE name IS NOT NULL AND name <> ''")
    store.fill("CREATE TABLE nobody (name VARCHAR(9))")
    assert rows(engine, store.opened(engine, ["n"], table="named"), "n") == [("Bo",)]
    assert rows(engine, store.opened(engine, ["name"], table="nobody"), "name") == []
    assert store.opened(engine, [], table="people").read == 3


@every_kind
def test_delimited_names_and_optional_columns(engine: Engine, stored: Stored, kind: str) -> None:
    store = stored(kind)
    quote = "`" if kind == "mysql" else '"'
    store.fill(
        'CREATE TABLE "Country Info" ("Country Code" INTEGER, "Name" VARCHAR(9), "a""b" VARCHAR(9))',
        "INSERT INTO \"Country Info\" VALUES (1, 'Bolivia', 'x')",
    )
    columns = ['"Country Code"', "Name", '"a""b"', "gone"]
    for table in ("Country Info", '"Country Info"', f"{quote}Country Info{quote}"):
        opened = store.opened(engine, columns, table=table, optional=("gone",))
        assert rows(engine, opened, *columns) == [("1", "Bolivia", "x", None)]


@every_server
def test_a_table_of_another_schema(engine: Engine, stored: Stored, kind: str) -> None:
    store = stored(kind)
    store.fill("CREATE SCHEMA census", "CREATE TABLE census.people (name VARCHAR(9))")
    store.fill("INSERT INTO census.people VALUES ('Bo')")
    assert rows(engine, store.opened(engine, ["name"], table="census.people"), "name") == [("Bo",)]
    assert "map.yml:3: there is no table 'people'" in told(engine, store, table="people")


# A reference, the columns that there are, and the one that it means.
COLUMNS = [
    ("name", ("id", "name"), "name"),
    ("NAME", ("id", "name"), "name"),
    ("name", ("id", "NAME"), "NAME"),
    ("Name", ("NAME", "Name", "name"), "Name"),
    ("nAME", ("NAME", "Name"), None),
    ('"Name"', ("Name",), "Name"),
    ('"name"', ("Name",), None),
    ("`Name`", ("Name",), "Name"),
    ('"a""b"', ('a"b',), 'a"b'),
    ('"quoted"', ('"quoted"', "quoted"), '"quoted"'),
    ("Country Code", ("Country Code",), "Country Code"),
    ("other", ("name",), None),
]
TABLE_NAMES = [("people",), ("census", "people"), ("Country Info",), ("a.b",), ("shop", "Sales")]
# A table as a mapping writes it, and the one that it means.
TABLES = [
    ("people", ("people",)),
    ("PEOPLE", ("people",)),
    ("census.people", ("census", "people")),
    ('"census"."people"', ("census", "people")),
    ("Census.People", ("census", "people")),
    ('census."People"', None),
    ('"Country Info"', ("Country Info",)),
    ("a.b", ("a.b",)),
    ('"a.b"', ("a.b",)),
    ("sales", None),
    ("shop.sales", ("shop", "Sales")),
    ("", None),
]


@pytest.mark.parametrize(("reference", "columns", "found"), COLUMNS)
def test_a_reference_means_a_column(reference: str, columns: tuple[str, ...], found: str | None) -> None:
    assert find_column(reference, columns) == found


@pytest.mark.parametrize(("written", "found"), TABLES)
def test_a_name_means_a_table(written: str, found: tuple[str, ...] | None) -> None:
    assert find_table(written, TABLE_NAMES) == found


@every_kind
def test_what_is_not_there_is_told_with_the_place_in_the_mapping(engine: Engine, stored: Stored, kind: str) -> None:
    store = stored(kind)
    store.fill(*PEOPLE)
    assert told(engine, store, table="peple") == "map.yml:3: there is no table 'peple'\n  Did you mean 'people'?"
    expected = "map.yml:3: there is no column 'naem'\n  Did you mean 'name'?"
    assert told(engine, store, ["naem"], table="people") == expected
    assert told(engine, store, ["naem"], query="SELECT * FROM people") == expected
    twice = told(engine, store, query="SELECT name, region AS name FROM people")
    assert twice.startswith("map.yml:3: two columns of the result have the name 'name'\n  Give one of them")


# What each kind says of a query with an unknown column, on its second line.
UNKNOWN = {
    "sqlite": "no such column: nume",
    "duckdb": "Binder Error: ",
    "postgresql": 'column "nume" does not exist (line 2, column 8 of the query)',
    "mysql": "Unknown column 'nume' in ",
}


@every_kind
def test_a_query_that_the_database_does_not_run(engine: Engine, stored: Stored, kind: str) -> None:
    store = stored(kind)
    store.fill(*PEOPLE)
    said = told(engine, store, query="SELECT region,\n       nume FROM people")
    assert said.startswith(f"map.yml:3: the database does not run it: {UNKNOWN[kind]}")


@every_kind
@pytest.mark.parametrize(
    "query",
    [
        "DELETE FROM people",
        "DROP TABLE people",
        "SELECT 1 AS name; DROP TABLE people",
        "COMMIT; DROP TABLE people",
        "-- nothing",
        "SELECT name FROM people) AS x",
    ],
)
def test_nothing_but_a_select_is_run(engine: Engine, stored: Stored, kind: str, query: str) -> None:
    store = stored(kind)
    store.fill(*PEOPLE)
    assert "map.yml:3: " in told(engine, store, query=query)
    assert store.opened(engine, [], table="people").read == 3


def test_a_source_names_a_table_or_a_query(engine: Engine, stored: Stored) -> None:
    with pytest.raises(MappingError, match=r"map\.yml:3: the source names no table and no query"):
        stored("sqlite").opened(engine, ["name"], query="")


def test_a_query_of_a_duckdb_file_reaches_no_other_file(engine: Engine, stored: Stored) -> None:
    store = stored("duckdb")
    (store.root / "other.csv").write_text("name\nBo\n")
    said = told(engine, store, query=f"SELECT name FROM read_csv('{store.root}/other.csv')")
    assert "file system operations are disabled" in said


def test_an_error_among_later_rows_is_told_too(engine: Engine, stored: Stored) -> None:
    store = stored("postgresql")
    query = "SELECT 1 / (60000 - n) AS name FROM generate_series(1, 70000) AS n"
    assert told(engine, store, query=query) == "map.yml:3: the database does not run it: division by zero"


@every_server
def test_a_wrong_password_is_told_and_not_shown(engine: Engine, stored: Stored, kind: str) -> None:
    store = stored(kind).as_user("ada", "wrong-pass")
    said = told(engine, store, table="people")
    assert said.startswith(f"{store.database.address}: cannot be opened: ")
    assert "ada" in said
    assert "wrong-pass" not in said


@every_server
def test_a_password_may_come_from_the_environment(
    engine: Engine, stored: Stored, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = stored(kind).as_user("ada", None)
    store.fill(*PEOPLE)
    monkeypatch.setenv({"postgresql": "PGPASSWORD", "mysql": "MYSQL_PWD"}[kind], PASSWORD)
    assert store.opened(engine, ["name"], table="people").read == 3


# An address where nothing is, and what is said of it.
GONE = {
    "sqlite": ("gone.db", "there is no such database file"),
    "duckdb": ("gone.db", "there is no such database file"),
    "postgresql": ("postgresql://127.0.0.1:1/shop", "cannot be opened: "),
    "mysql": ("mysql://127.0.0.1:1/shop", "cannot be opened: "),
}


@every_kind
def test_a_database_that_is_not_there(engine: Engine, tmp_path: Path, kind: str) -> None:
    address, reason = GONE[kind]
    store = Store(Database(kind, address, "ada", "secret"), tmp_path, lambda *_: None)
    said = told(engine, store, table="people")
    assert said.startswith(f"{address}: {reason}")
    assert "secret" not in said


@pytest.mark.parametrize("kind", ["sqlite", "duckdb"])
def test_a_file_that_is_no_database(engine: Engine, stored: Stored, kind: str) -> None:
    store = stored(kind)
    (store.root / store.database.address).write_text("id,name\n1,Bo\n" * 1000)
    said = told(engine, store, table="people")
    assert said.startswith(f"{store.database.address}: cannot be opened: ")


@pytest.mark.parametrize(
    ("kind", "module", "extra"), [("postgresql", "psycopg", "postgres"), ("mysql", "pymysql", "mysql")]
)
def test_a_missing_driver_is_told_with_what_to_install(
    engine: Engine, tmp_path: Path, kind: str, module: str, extra: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, module, None)
    monkeypatch.delitem(sys.modules, f"lod.inputs.sql.{kind}", raising=False)
    said = told(engine, Store(Database(kind, "there"), tmp_path, lambda *_: None), table="people")
    assert said.startswith("there: its driver is missing")
    assert said.endswith(f"\n  pip install 'lod[{extra}]'")

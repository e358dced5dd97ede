"""Addresses of databases: every way in which mappings write them, and what is told where one cannot be read."""

import pytest

from lod.errors import MappingError, Position
from lod.mapping.database import database
from lod.mapping.model import Database

HERE = Position("map.yml", 3)

# fmt: off  (a case a line)
# An address, the driver or type beside it, and the database.
ADDRESSES = {
    # JDBC, as d2rq:jdbcDSN and d2rq:jdbcDriver have it
    ("jdbc:postgresql://db.example:5433/shop", "org.postgresql.Driver"): Database(
        "postgresql", "postgresql://db.example:5433/shop"
    ),
    ("jdbc:postgresql://db.example/shop?user=ada&password=s%26t&ApplicationName=x", None): Database(
        "postgresql", "postgresql://db.example/shop", "ada", "s&t"
    ),
    ("jdbc:postgresql://h/shop?currentSchema=sales&sslmode=require", None): Database(
        "postgresql", "postgresql://h/shop?sslmode=require&options=-csearch_path%3Dsales"
    ),
    ("jdbc:postgresql:shop", None): Database("postgresql", "postgresql://localhost/shop"),
    ("jdbc:mysql://localhost/iswc", "com.mysql.jdbc.Driver"): Database("mysql", "mysql://localhost/iswc"),
    ("jdbc:mysql://localhost:3307/iswc?useSSL=false&serverTimezone=UTC", None): Database(
        "mysql", "mysql://localhost:3307/iswc"
    ),
    ("jdbc:mariadb://[::1]:3306/iswc", None): Database("mysql", "mysql://[::1]:3306/iswc"),
    ("jdbc:sqlite:data/people.db", "org.sqlite.JDBC"): Database("sqlite", "data/people.db"),
    ("jdbc:sqlite:/data/people.db", None): Database("sqlite", "/data/people.db"),
    ("jdbc:duckdb:data/people.duckdb", None): Database("duckdb", "data/people.duckdb"),
    # YARRRML's access beside its type
    ("http://localhost/example", "mysql"): Database("mysql", "mysql://localhost/example"),
    ("localhost:5432/example", "postgresql"): Database("postgresql", "postgresql://localhost:5432/example"),
    ("db.example/example", "PostgreSQL"): Database("postgresql", "postgresql://db.example/example"),
    ("people.db", "sqlite"): Database("sqlite", "people.db"),
    ("data/people.duckdb", "duckdb"): Database("duckdb", "data/people.duckdb"),
    # URLs
    ("postgresql://ada:p%40ss@db.example/shop", None): Database(
        "postgresql", "postgresql://db.example/shop", "ada", "p@ss"
    ),
    ("postgres:///shop?host=/run/postgresql", None): Database(
        "postgresql", "postgresql:///shop?host=%2Frun%2Fpostgresql"
    ),
    ("postgresql+psycopg2://ada@h:5432/shop", None): Database("postgresql", "postgresql://h:5432/shop", "ada"),
    ("mysql+pymysql://root:root@127.0.0.1:3306/shop", None): Database(
        "mysql", "mysql://127.0.0.1:3306/shop", "root", "root"
    ),
    ("sqlite:///people.db", None): Database("sqlite", "people.db"),
    ("sqlite:////data/people.db", None): Database("sqlite", "/data/people.db"),
}

# An address, the driver or type beside it, and how the MappingError begins.
UNREADABLE = {
    (
        "jdbc:oracle:thin:@host:1521:orcl",
        None,
    ): "map.yml:3: databases of the kind 'oracle' are not read\n  Read are SQLite",
    ("jdbc:sqlserver://host;databaseName=x", None): "map.yml:3: databases of the kind 'sqlserver' are not read",
    ("http://localhost/example", "oracle"): "map.yml:3: databases of the kind 'oracle' are not read",
    ("localhost/example", "com.ibm.as400.access.AS400JDBCDriver"): "map.yml:3: databases of the kind 'com.ibm",
    ("localhost/example", None): "map.yml:3: the address does not tell the kind of database\n  Write its kind",
    ("", None): "map.yml:3: the address does not tell the kind",
    ("postgresql://ada:se/cret@host:x/shop", None): "map.yml:3: the address of the database does not parse",
    ("mysql://ada:secret@host:99999/shop", None): "map.yml:3: the address of the database does not parse",
    ("sqlite:", None): "map.yml:3: the address names no file",
}
# fmt: on


@pytest.mark.parametrize(("dsn", "driver"), ADDRESSES)
def test_an_address_is_understood(dsn: str, driver: str | None) -> None:
    assert database(dsn, driver, None, None, HERE) == ADDRESSES[dsn, driver]


@pytest.mark.parametrize(("dsn", "driver"), UNREADABLE)
def test_what_cannot_be_read_is_told_without_the_password(dsn: str, driver: str | None) -> None:
    with pytest.raises(MappingError) as caught:
        database(dsn, driver, None, None, HERE)
    assert str(caught.value).startswith(UNREADABLE[dsn, driver])
    assert "cret" not in str(caught.value)


def test_credentials_of_their_own_win_and_a_password_is_never_shown() -> None:
    found = database("postgresql://ada:first@host/shop", None, "bo", "second", HERE)
    assert (found.user, found.password) == ("bo", "second")
    assert "second" not in repr(found)
    assert "first" not in repr(found)

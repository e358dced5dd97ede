"""A database of each kind to fill and to map: a file, or a fresh database on one of the tests' servers."""

import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import duckdb
from servers import PASSWORD, Server

from lod.engine import Engine
from lod.errors import Position
from lod.inputs import InputTable, open_source
from lod.mapping.model import Database, LogicalSource

KINDS = ("sqlite", "duckdb", "postgresql", "mysql")
HERE = Position("map.yml", 3)


@dataclass(frozen=True)
class Store:
    """A database: `fill` runs statements of standard SQL in it."""

    database: Database
    root: Path
    fill: Callable[..., None]

    def source(self, table: str | None = None, query: str | None = None, **other: Any) -> LogicalSource:
        return LogicalSource(
            self.database.address, "sql", HERE, iterator=table, query=query, database=self.database, **other
        )

    def opened(
        self, engine: Engine, columns: Sequence[str], table: str | None = None, query: str | None = None, **other: Any
    ) -> InputTable:
        return open_source(engine, self.root, self.source(table, query, **other), columns)

    def as_user(self, user: str | None, password: str | None) -> "Store":
        return replace(self, database=replace(self.database, user=user, password=password))


def file_store(kind: str, root: Path) -> Store:
    name = f"shop.{kind}"

    def fill(*statements: str) -> None:
        with closing(sqlite3.connect(root / name) if kind == "sqlite" else duckdb.connect(root / name)) as connection:
            for statement in statements:
                connection.execute(statement)
            connection.commit()

    fill("CREATE TABLE something (id INTEGER)")
    return Store(Database(kind, name), root, fill)


def server_store(server: Server, root: Path) -> Store:
    run = _postgresql if server.kind == "postgresql" else _mysql
    run(server, *_ANEW[server.kind])

    def fill(*statements: str) -> None:
        run(server, *statements)

    return Store(Database(server.kind, server.address, server.user, PASSWORD), root, fill)


_ANEW = {
    "postgresql": ("DROP SCHEMA public CASCADE", "DROP SCHEMA IF EXISTS census CASCADE", "CREATE SCHEMA public"),
    "mysql": ("DROP DATABASE shop", "DROP DATABASE IF EXISTS census", "CREATE DATABASE shop"),
}


def _postgresql(server: Server, *statements: str) -> None:
    import psycopg

    where = {"host": server.host, "port": server.port, "user": server.user, "password": PASSWORD, "dbname": "shop"}
    with psycopg.connect(**where) as connection:
        for statement in statements:
            connection.execute(statement)


def _mysql(server: Server, *statements: str) -> None:
    import pymysql

    where = {"host": server.host, "port": server.port, "user": server.user, "password": PASSWORD}
    with closing(pymysql.connect(**where, database="shop", sql_mode="ANSI", autocommit=True)) as connection:
        for statement in statements:
            connection.query(statement)

"""Database servers of the tests' own: each in a temporary folder, on loopback, ended when the tests are."""

import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

PASSWORD = "s3cret-of-the-tests"  # noqa: S105  # of a server that only the tests see
_SECONDS = 60
_FIRST = f"""CREATE DATABASE shop;
CREATE USER ada@'%' IDENTIFIED BY '{PASSWORD}';
GRANT ALL ON *.* TO ada@'%';
"""


@dataclass(frozen=True)
class Server:
    """A running server with an empty database `shop`, and its all-powerful user."""

    kind: str
    host: str
    port: int
    user: str

    @property
    def address(self) -> str:
        return f"{self.kind}://{self.host}:{self.port}/shop"


@contextmanager
def postgresql_server() -> Iterator[Server]:
    psycopg = pytest.importorskip("psycopg", reason="psycopg is not installed")
    initdb, postgres = _programs(
        "PostgreSQL", ("initdb", "postgres"), sorted(Path("/usr/lib/postgresql").glob("*/bin"))
    )
    with _folder("postgres") as (folder, account):
        secret = folder / "password"
        secret.write_text(PASSWORD)
        data, port = folder / "data", _free_port()
        options = ("--auth=scram-sha-256", "--username=ada", f"--pwfile={secret}", "--encoding=UTF8", "--no-locale")
        _run([initdb, f"--pgdata={data}", *options, "--no-sync", "--no-instructions"], account)
        listens = ["-h", "127.0.0.1", "-p", str(port), "-k", str(folder), "-c", "fsync=off"]
        with _running([postgres, "-D", str(data), *listens], account, folder):
            server = Server("postgresql", "127.0.0.1", port, "ada")

            def create() -> None:
                where = {"host": server.host, "port": port, "user": "ada", "password": PASSWORD, "dbname": "postgres"}
                with psycopg.connect(**where, autocommit=True) as connection:
                    connection.execute("CREATE DATABASE shop")

            _until(create, psycopg.OperationalError)
            yield server


@contextmanager
def mysql_server() -> Iterator[Server]:
    pymysql = pytest.importorskip("pymysql", reason="PyMySQL is not installed")
    install, mariadbd = _programs("MariaDB", ("mariadb-install-db", "mariadbd"), [Path("/usr/sbin")])
    with _folder("mysql") as (folder, account):
        data, port = folder / "data", _free_port()
        _run(
            [
                install,
                "--no-defaults",
                f"--datadir={data}",
                "--auth-root-authentication-method=normal",
                "--skip-test-db",
            ],
            account,
        )
        first = folder / "first.sql"
        first.write_text(_FIRST)
        listens = [
            "--bind-address=127.0.0.1",
            f"--port={port}",
            f"--socket={folder}/socket",
            f"--pid-file={folder}/pid",
        ]
        quick = [
            "--skip-log-bin",
            "--innodb-flush-log-at-trx-commit=0",
            "--innodb-buffer-pool-size=16M",
            "--skip-name-resolve",
        ]
        with _running(
            [mariadbd, "--no-defaults", f"--datadir={data}", f"--init-file={first}", *listens, *quick], account, folder
        ):
            server = Server("mysql", "127.0.0.1", port, "ada")

            def connect() -> None:
                pymysql.connect(host=server.host, port=port, user="ada", password=PASSWORD, database="shop").close()

            _until(connect, pymysql.OperationalError)
            yield server


def _programs(name: str, programs: Sequence[str], folders: Sequence[Path]) -> list[str]:
    path = os.pathsep.join([os.environ.get("PATH", ""), *map(str, folders)])
    found = [shutil.which(program, path=path) for program in programs]
    if None in found:
        pytest.skip(f"there is no {name} server on this machine ({' and '.join(programs)})")
    return [str(program) for program in found]


@contextmanager
def _folder(account: str) -> Iterator[tuple[Path, str | None]]:
    """Give a folder, and the account to run the server as: servers refuse to run as root."""
    with tempfile.TemporaryDirectory(prefix="lod-server-", ignore_cleanup_errors=True) as name:
        if os.geteuid() != 0:
            yield Path(name), None
            return
        shutil.chown(name, account)
        yield Path(name), account


def _run(command: Sequence[str], account: str | None) -> None:
    done = subprocess.run(
        command, capture_output=True, text=True, check=False, timeout=_SECONDS, **_as(account), cwd="/"
    )
    assert done.returncode == 0, done.stdout + done.stderr


def _as(account: str | None) -> dict[str, Any]:
    return {"user": account, "group": account, "extra_groups": []} if account else {}


@contextmanager
def _running(command: Sequence[str], account: str | None, folder: Path) -> Iterator[None]:
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(command, stdout=log, stderr=log, stdin=subprocess.DEVNULL, **_as(account), cwd="/")
    try:
        yield
    finally:
        process.terminate()
        try:
            process.wait(_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _until(action: Callable[[], None], error: type[Exception]) -> None:
    """Try until the server answers."""
    deadline = time.monotonic() + _SECONDS
    while True:
        try:
            action()
        except error:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.1)
        else:
            return


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])

"""Addresses of databases, as mappings write them.

They are JDBC's (http://d2rq.org/d2rq-language#database, in RML), `host:port/name` or http://host/name beside a `type`
(https://rml.io/yarrrml/spec/#access, in YARRRML), and URLs such as postgresql://host/name.
"""

import re
from urllib.parse import SplitResult, parse_qsl, unquote, urlencode, urlsplit

from lod.errors import MappingError, Position
from lod.mapping.model import Database

_KINDS = {
    "sqlite": "sqlite",
    "duckdb": "duckdb",
    "postgres": "postgresql",
    "pgsql": "postgresql",
    "mysql": "mysql",
    "mariadb": "mysql",
}
_FILES = ("sqlite", "duckdb")
_KEPT = ("host", "options", "sslmode", "sslrootcert")  # of PostgreSQL's parameters; the others tune a driver
_SCHEME = re.compile(r"(jdbc:)?([A-Za-z][A-Za-z0-9+.-]*):(?=\D|$)")
_READ = "Read are SQLite, DuckDB, PostgreSQL, and MySQL or MariaDB; of another one, map an export to CSV or Parquet."


def database(dsn: str, driver: str | None, user: str | None, password: str | None, position: Position) -> Database:
    """Return the database at an address.

    driver: what tells the kind where the address does not: YARRRML's `type`, or the class of a JDBC driver. user and
    password win over those in the address. Raises MappingError, which never shows the address: a password may be in it.
    """
    scheme, rest = _split(dsn.strip())
    kind = _kind(scheme or driver, position)
    if kind in _FILES:
        return Database(kind, _path(rest, position), user, password)
    url = _url(rest, position)
    given = dict(parse_qsl(url.query))
    return Database(
        kind,
        _address(kind, url, given),
        user or _decoded(url.username) or given.get("user"),
        password or _decoded(url.password) or given.get("password"),
    )


def _split(dsn: str) -> tuple[str | None, str]:
    """Return what tells the kind of database, if anything does, and the rest: //host:port/name, or a path."""
    match = _SCHEME.match(dsn)
    if not match:
        return None, dsn
    scheme, rest = match[2].lower(), dsn[match.end() :]
    return (None, rest) if scheme in ("http", "https") else (scheme, rest)


def _kind(word: str | None, position: Position) -> str:
    if not word:
        hint = "Write its kind before it, as in postgresql://host/name, or name its type."
        raise MappingError("the address does not tell the kind of database", at=position, hint=hint)
    kind = next((kind for name, kind in _KINDS.items() if name in word.lower()), None)
    if kind is None:
        raise MappingError(f"databases of the kind {word!r} are not read", at=position, hint=_READ)
    return kind


def _path(rest: str, position: Position) -> str:
    """Return the path of a database that is a file; after `//` comes the host that such an address does not have."""
    path = re.sub("^//[^/]*/", "", rest).partition("?")[0]
    if not path:
        raise MappingError("the address names no file", at=position, hint="As in sqlite:records/people.db")
    return path


def _url(rest: str, position: Position) -> SplitResult:
    text = rest if "/" in rest or ":" in rest else f"//localhost/{rest}"
    try:
        url = urlsplit(text if text.startswith("//") else f"//{text}")
        _ = url.port
    except ValueError:
        hint = "It is written as host:port/name; what is special in a password is percent-encoded."
        raise MappingError("the address of the database does not parse", at=position, hint=hint) from None
    return url


def _address(kind: str, url: SplitResult, given: dict[str, str]) -> str:
    kept = {name: given[name] for name in _KEPT if kind == "postgresql" and name in given}
    if kind == "postgresql" and "currentSchema" in given:
        kept["options"] = f"-csearch_path={given['currentSchema']}"
    host = url.netloc.rpartition("@")[2] or ("" if "host" in kept else "localhost")
    return f"{kind}://{host}{url.path}{'?' if kept else ''}{urlencode(kept)}"


def _decoded(text: str | None) -> str | None:
    return unquote(text) if text else None

"""What tests share: an engine, databases, and how hard Hypothesis tries.

The default run is the same every time. `pytest --hypothesis-profile=thorough` tries twenty-five times as much, each time anew,
and makes a failing example small.
"""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, settings
from servers import Server, mysql_server, postgresql_server
from stores import Store, file_store, server_store

from lod.engine import Engine, open_engine

_COMMON = {
    "deadline": None,
    "database": None,
    "suppress_health_check": [HealthCheck.too_slow, HealthCheck.data_too_large],
}
_QUICK = (Phase.explicit, Phase.generate)  # making a failing example small can take minutes
settings.register_profile("quick", max_examples=16, derandomize=True, phases=_QUICK, **_COMMON)
settings.register_profile("thorough", max_examples=400, print_blob=True, **_COMMON)
settings.load_profile("quick")


@pytest.fixture(scope="session")
def engine() -> Iterator[Engine]:
    with open_engine() as opened:
        yield opened


@pytest.fixture(scope="session")
def postgresql() -> Iterator[Server]:
    with postgresql_server() as server:
        yield server


@pytest.fixture(scope="session")
def mysql() -> Iterator[Server]:
    with mysql_server() as server:
        yield server


@pytest.fixture
def stored(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[str], Store]:
    """Give a fresh database of a kind; the test is skipped, and says so, where its server is not on the machine."""

    def store(kind: str) -> Store:
        if kind in ("sqlite", "duckdb"):
            return file_store(kind, tmp_path)
        return server_store(request.getfixturevalue(kind), tmp_path)

    return store

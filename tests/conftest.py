"""What tests share: an engine, and how hard Hypothesis tries.

The default run is the same every time. `pytest --hypothesis-profile=thorough` tries ten times as much, each time anew,
and makes a failing example small.
"""

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, Phase, settings

from lod.engine import Engine, open_engine

_COMMON = {
    "deadline": None,
    "database": None,
    "suppress_health_check": [HealthCheck.too_slow, HealthCheck.data_too_large],
}
_QUICK = (Phase.explicit, Phase.generate)  # making a failing example small can take minutes
settings.register_profile("quick", max_examples=40, derandomize=True, phases=_QUICK, **_COMMON)
settings.register_profile("thorough", max_examples=400, print_blob=True, **_COMMON)
settings.load_profile("quick")


@pytest.fixture(scope="session")
def engine() -> Iterator[Engine]:
    with open_engine() as opened:
        yield opened

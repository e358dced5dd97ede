"""Spark for tests: a session in this process, and a standalone cluster of one master and two workers on loopback."""

import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

_SECONDS = 60
_CLASSES = "org.apache.spark.deploy"


def need_spark() -> None:
    """Skip the test, and say so, where Spark cannot run."""
    if not find_spec("pyspark"):
        pytest.skip("PySpark is not installed: pip install 'lod[spark]'")
    if not shutil.which("java"):
        pytest.skip("Java is not installed, which Spark needs")


@contextmanager
def local_session() -> Iterator[Any]:
    """Give a session of two threads in this process, which `open_cluster` then uses."""
    need_spark()
    from pyspark.sql import SparkSession

    os.environ |= {"SPARK_LOCAL_IP": "127.0.0.1", "PYSPARK_PYTHON": sys.executable}
    settings = {"spark.ui.enabled": "false", "spark.sql.shuffle.partitions": "4"}
    session = SparkSession.builder.master("local[2]").config(map=settings).getOrCreate()
    session.sparkContext.setLogLevel("ERROR")
    yield session
    session.stop()


@contextmanager
def standalone_cluster(folder: Path) -> Iterator[str]:
    """Start a master and two workers; give the master's URL."""
    need_spark()
    with ExitStack() as stack:
        master = [f"{_CLASSES}.master.Master", "--host", "127.0.0.1", "--port", "0", "--webui-port", "0"]
        url = stack.enter_context(_daemon(master, folder / "master", r"spark://127\.0\.0\.1:\d+"))
        for number in range(2):
            worker = [f"{_CLASSES}.worker.Worker", "--host", "127.0.0.1", "--webui-port", "0", "-c", "1", "-m", "1g"]
            place = folder / f"worker{number}"
            stack.enter_context(_daemon([*worker, "-d", str(place), url], place, "Successfully registered"))
        yield url


@contextmanager
def _daemon(command: list[str], folder: Path, awaited: str) -> Iterator[str]:
    """Run one of Spark's classes until the block ends; give what its log says as it is ready."""
    import pyspark

    folder.mkdir()
    home = Path(pyspark.__file__).parent
    env = os.environ | {"SPARK_LOCAL_IP": "127.0.0.1", "SPARK_HOME": str(home), "SPARK_DAEMON_MEMORY": "256m"}
    log = folder / "log"
    with log.open("wb") as stream:
        process = subprocess.Popen([home / "bin" / "spark-class", *command], env=env, stdout=stream, stderr=stream)
    try:
        yield _awaited(log, awaited, process)
    finally:
        process.terminate()
        process.wait()


def _awaited(log: Path, awaited: str, process: subprocess.Popen[bytes]) -> str:
    end = time.monotonic() + _SECONDS
    while time.monotonic() < end and process.poll() is None:
        if found := re.search(awaited, log.read_text()):
            return found[0]
        time.sleep(0.2)
    raise AssertionError(f"Spark did not start:\n{log.read_text()}")

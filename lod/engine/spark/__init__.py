"""Spark behind Ibis: the engine of many machines.

https://spark.apache.org/docs/4.0.0/
Nothing imports this unless Spark is asked for: it needs PySpark (the extra `spark`) and Java.
"""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from py4j.protocol import Py4JError
from pyspark.errors import AnalysisException, PySparkException
from pyspark.sql import SparkSession

from lod.engine.spark.engine import SparkEngine
from lod.errors import EngineError, Position

__all__ = ["SparkEngine", "open_spark"]


@contextmanager
def open_spark(master: str) -> Iterator[SparkEngine]:
    """Open an engine on a cluster, such as "spark://host:7077" or "local[*]"; a session that is active lends its own.

    Raises EngineError where Spark cannot be started or reached, or stops in the midst of its work.
    """
    with _told(master), _session(master) as session:
        engine = SparkEngine(session)
        try:
            yield engine
        finally:
            engine.close()


@contextmanager
def _session(master: str) -> Iterator[SparkSession]:
    active = SparkSession.getActiveSession()
    if active:
        yield active.newSession()
        return
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)  # Spark's own default may be another Python than this
    builder = SparkSession.builder.appName("lod").master(master).config("spark.ui.enabled", "false")
    session = builder.getOrCreate()
    session.sparkContext.setLogLevel("ERROR")
    try:
        yield session
    finally:
        session.stop()


@contextmanager
def _told(master: str) -> Iterator[None]:
    try:
        yield
    except AnalysisException:
        raise  # a query that Spark does not understand is a defect of ours
    except (PySparkException, Py4JError) as error:
        what = str(error).strip().partition("\n")[0]
        hint = "Spark needs Java 17 or later, a master that can be reached, and lod[spark] on every worker."
        raise EngineError(f"Spark stopped: {what}", at=Position(master), hint=hint) from error

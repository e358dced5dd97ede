"""The engine that tables live in: Ibis expressions go in, engine tables and Arrow batches come out."""

from collections.abc import Iterator
from contextlib import contextmanager

from lod.engine.base import BATCH_ROWS, Cluster, Engine, table_name, union
from lod.engine.duckdb import DuckDbEngine, open_engine, sql_text
from lod.errors import EngineError

__all__ = [
    "BATCH_ROWS",
    "Cluster",
    "DuckDbEngine",
    "Engine",
    "open_cluster",
    "open_engine",
    "sql_text",
    "table_name",
    "union",
]


@contextmanager
def open_cluster(master: str) -> Iterator[Cluster]:
    """Open an engine on the Spark cluster that `master` names, such as "local[*]" or "spark://host:7077".

    Raises EngineError where Spark is not installed, or cannot be started or reached.
    """
    try:
        from lod.engine.spark import open_spark
    except ImportError as error:
        raise EngineError(f"Spark is not installed ({error})", hint="pip install 'lod[spark]'") from error
    with open_spark(master) as cluster:
        yield cluster

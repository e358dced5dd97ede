"""The engine that tables live in: Ibis expressions go in, engine tables and Arrow batches come out."""

from collections.abc import Iterator
from contextlib import contextmanager

from lod.engine.base import BATCH_ROWS, Cluster, Engine, sql_text, table_name
from lod.engine.duckdb import DuckDbEngine, open_duckdb
from lod.errors import EngineError

__all__ = [
    "BATCH_ROWS",
    "Cluster",
    "DuckDbEngine",
    "Engine",
    "open_duckdb",
    "open_engine",
    "sql_text",
    "table_name",
]


@contextmanager
def open_engine(name: str = "duckdb", *, master: str = "local[*]") -> Iterator[Engine]:
    """Open the engine of this name: "duckdb", in this process, or "spark", on the cluster that `master` names.

    Raises EngineError where Spark is asked for and is not installed, or cannot be started or reached.
    """
    if name == "duckdb":
        with open_duckdb() as engine:
            yield engine
        return
    try:
        from lod.engine.spark import open_spark
    except ImportError as error:
        hint = "Install it: pip install 'lod[spark]'."
        raise EngineError(f"Spark is not installed: {error}", hint=hint) from error
    with open_spark(master) as cluster:
        yield cluster

"""SHACL on Spark: the reports are those of DuckDB, and those that the W3C expects.

Every twenty-fourth case is run; `pytest --hypothesis-profile=thorough tests/test_shacl_spark.py` runs all of them.
"""

from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest
import shacl_cases
import test_shacl_suite as suite
from clusters import local_session
from rdflib import RDF, SH, Graph
from rdflib.compare import isomorphic
from sample import sample
from shacl_peers import findings, statements, term_tables

from lod import ShapeError
from lod.engine import Cluster, Engine, open_cluster
from lod.formats.read import read_quads
from lod.validation import as_turtle, read_shapes, validate

# PySpark leaves sockets to the garbage collector; rdflib warns of ill-typed literals, which some cases are about.
pytestmark = [
    pytest.mark.filterwarnings("ignore:unclosed <socket:ResourceWarning"),
    pytest.mark.filterwarnings("ignore:Exception ignored in. <socket:pytest.PytestUnraisableExceptionWarning"),
    pytest.mark.filterwarnings("ignore::UserWarning"),
]


@pytest.fixture(scope="module")
def cluster() -> Iterator[Cluster]:
    with local_session() as session:
        session.conf.set("spark.sql.shuffle.partitions", "1")
        with open_cluster("local[2]") as opened:
            yield opened


@pytest.mark.parametrize("file", sample(suite.files(), 24), ids=lambda file: file.stem)
def test_a_case_gives_the_report_that_it_expects(file: Path, cluster: Cluster) -> None:
    manifest, expected, data, shapes = suite.case(file)
    tables = term_tables(cluster, read_quads(data, data.name, ShapeError))
    found = Graph().parse(data=as_turtle(validate(cluster, tables, read_shapes([(shapes, shapes.name)]))))
    [ours] = found.subjects(RDF.type, SH.ValidationReport)
    assert isomorphic(suite.report(found, ours), suite.report(manifest, expected))


@pytest.mark.parametrize("seed", sample([4, 12, 42], 3))
def test_random_shapes_find_what_they_find_on_duckdb(
    seed: int, cluster: Cluster, engine: Engine, tmp_path: Path
) -> None:
    random = Random(seed)
    data = statements(shacl_cases.data(random))
    (tmp_path / "shapes.ttl").write_text(shacl_cases.shapes(random), encoding="utf-8")
    shapes = read_shapes([(tmp_path / "shapes.ttl", "shapes.ttl")])
    reports = [validate(each, term_tables(each, data), shapes) for each in (cluster, engine)]
    assert findings(reports[0].results) == findings(reports[1].results)
    assert reports[0].idle_shapes == reports[1].idle_shapes

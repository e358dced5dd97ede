"""Random graphs held to random shapes: our report is that of pySHACL and of the package shacl, result for result.

Where one of them is wrong by the specification, a named exception says so with the clause, and the other must agree.
`LOD_SHACL_CASES=20000 pytest tests/test_shacl_peers.py` runs more of them.
"""

import os
import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest
import shacl_cases
from shacl_peers import Finding, by_pyshacl, by_shacl, findings, statements, term_tables, without_paths

from lod import ShapeError
from lod.engine import Engine, open_engine
from lod.validation import read_shapes, validate

CASES = int(os.environ.get("LOD_SHACL_CASES", "1500"))
BATCH = 50

# What a shape asks for, where the peer's answer is not the specification's.
EXCEPTIONS = {
    "pyshacl": {
        # "or if the two values cannot be compared": rdflib orders literals of different kinds, and ill-typed ones.
        # https://www.w3.org/TR/shacl/#core-components-range, https://www.w3.org/TR/sparql11-query/#OperatorMapping
        "orders what SPARQL does not": r"(?:min|max)(?:In|Ex)clusive",
        # It raises an error at blank nodes, and finds an IRI not greater than itself.
        # https://www.w3.org/TR/shacl/#LessThanConstraintComponent
        "compares what is no literal": r"lessThan",
        # "or if the value node is a blank node". https://www.w3.org/TR/shacl/#MinLengthConstraintComponent
        "gives a blank node the length 0": r"minLength 0",
    },
    "shacl": {
        # "each triple that has a value node as its subject": it takes the focus node's.
        # https://www.w3.org/TR/shacl/#ClosedConstraintComponent
        "closes the focus nodes of a property shape": r"sh:path .*sh:closed",
        # An ill-typed literal has no value. https://www.w3.org/TR/sparql11-query/#OperatorMapping
        "orders ill-typed literals": r"(?:min|max)(?:In|Ex)clusive|lessThan",
    },
}
PEERS: dict[str, Callable[[str, str], Counter[Finding]]] = {"pyshacl": by_pyshacl, "shacl": by_shacl}


def excused(peer: str, shapes: str) -> bool:
    return any(re.search(pattern, shapes) for pattern in EXCEPTIONS[peer].values())


def ours(engine: Engine, data: str, shapes: str, folder: Path) -> Counter[Finding]:
    (folder / "shapes.ttl").write_text(shapes, encoding="utf-8")
    tables = term_tables(engine, statements(data))
    return findings(validate(engine, tables, read_shapes([(folder / "shapes.ttl", "shapes.ttl")])).results)


def theirs(peer: str, data: str, shapes: str) -> Counter[Finding] | None:
    try:
        return PEERS[peer](data, shapes)
    except ShapeError:
        assert excused(peer, shapes), shapes
        return None


@pytest.mark.parametrize("batch", range(CASES // BATCH))
def test_the_report_is_that_of_others(batch: int, tmp_path: Path) -> None:
    agreed: Counter[str] = Counter()
    with open_engine() as engine:
        for seed in range(batch * BATCH, (batch + 1) * BATCH):
            random = Random(seed)
            data, shapes = shacl_cases.data(random), shacl_cases.shapes(random)
            found = ours(engine, data, shapes, tmp_path)
            for peer, seen in (("pyshacl", found), ("shacl", without_paths(found))):
                agrees = theirs(peer, data, shapes) == seen
                agreed[peer] += agrees
                assert agrees or excused(peer, shapes), f"seed {seed}, {peer}:\n{data}\n{shapes}"
    assert agreed["pyshacl"] >= 0.8 * BATCH
    assert agreed["shacl"] >= 0.8 * BATCH

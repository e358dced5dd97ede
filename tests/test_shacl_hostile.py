"""Data and shapes that are made to hurt stay within time and memory."""

import json
import subprocess
import sys
import time
from pathlib import Path

import pytest
from small import MAIN

PREFIXES = """
@prefix ex: <http://example.org/> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""
MEBIBYTES, SECONDS = 1024, 120
PEAK = """
import atexit
from pathlib import Path
atexit.register(lambda: Path("status").write_text(Path("/proc/self/status").read_text()))
"""  # what wait4 tells starts from the size of the process that forks


def peak(status: Path) -> float:
    """Return a process's largest resident set, in MiB, as Linux tells it of the process itself."""
    [line] = (line for line in status.read_text().splitlines() if line.startswith("VmHWM:"))
    return int(line.split()[1]) / 1024


def validated(folder: Path, *options: str) -> dict[str, int]:
    """Validate in a process of its own, within limits; return how many results there are of each severity."""
    command = [
        sys.executable,
        "-c",
        PEAK + MAIN,
        "validate",
        "data.nt",
        "--shapes",
        "shapes.ttl",
        "--format",
        "json",
        "-o",
        "report.json",
        *options,
    ]
    began = time.monotonic()
    assert subprocess.run(command, cwd=folder, check=False).returncode in (0, 1)
    assert time.monotonic() - began < SECONDS
    assert peak(folder / "status") < MEBIBYTES
    report = json.loads((folder / "report.json").read_text(encoding="utf-8"))
    return dict(report["counts"], listed=len(report["results"]))


def test_a_node_with_a_million_values(tmp_path: Path) -> None:
    shapes = """ex:S a sh:NodeShape ; sh:targetNode ex:n ; sh:property
        [ sh:path ex:p ; sh:maxCount 1 ; sh:uniqueLang true ], [ sh:path ex:p ; sh:datatype xsd:integer ],
        [ sh:path ex:p ; sh:disjoint ex:q ; sh:minLength 2 ] ."""
    (tmp_path / "shapes.ttl").write_text(PREFIXES + shapes, encoding="utf-8")
    with (tmp_path / "data.nt").open("w", encoding="utf-8") as stream:
        line = '<http://example.org/n> <http://example.org/p> "{}"@en .\n'
        stream.writelines(line.format(number) for number in range(1_000_000))
    counts = validated(tmp_path, "--max-results", "10")
    assert counts == {"violation": 2 + 1_000_000 + 10, "warning": 0, "info": 0, "listed": 2 + 10 + 10}


def test_a_path_ten_levels_deep(tmp_path: Path) -> None:
    path = "ex:p"
    for level in range(10):
        path = [f"[ sh:zeroOrMorePath {path} ]", f"( {path} ex:q )", f"[ sh:alternativePath ( {path} ex:r ) ]"][
            level % 3
        ]
    shapes = f"ex:S a sh:NodeShape ; sh:targetSubjectsOf ex:p ; sh:property [ sh:path {path} ; sh:minCount 2 ] ."
    (tmp_path / "shapes.ttl").write_text(PREFIXES + shapes, encoding="utf-8")
    edges = [(number, name, (number * 7 + step) % 200) for number in range(200) for step, name in enumerate("pqr", 1)]
    lines = (
        f"<http://example.org/{one}> <http://example.org/{name}> <http://example.org/{other}> .\n"
        for one, name, other in edges
    )
    (tmp_path / "data.nt").write_text("".join(lines), encoding="utf-8")
    assert validated(tmp_path)["violation"] == 0


@pytest.mark.parametrize("count", [300])
def test_many_shapes_on_one_node(count: int, tmp_path: Path) -> None:
    shape = "ex:S{0} a sh:NodeShape ; sh:targetNode ex:n ; sh:property [ sh:path ex:p ; sh:minCount {0} ] .\n"
    (tmp_path / "shapes.ttl").write_text(PREFIXES + "".join(map(shape.format, range(count))), encoding="utf-8")
    lines = (f'<http://example.org/n> <http://example.org/p> "{number}" .\n' for number in range(100))
    (tmp_path / "data.nt").write_text("".join(lines), encoding="utf-8")
    assert validated(tmp_path)["violation"] == count - 101


def test_a_shape_with_very_many_targets(tmp_path: Path) -> None:
    targets = ", ".join(f"ex:n{number}" for number in range(100_000))
    shapes = f"ex:S a sh:NodeShape ; sh:targetNode {targets} ; sh:property [ sh:path ex:p ; sh:minCount 1 ] ."
    (tmp_path / "shapes.ttl").write_text(PREFIXES + shapes, encoding="utf-8")
    (tmp_path / "data.nt").write_text('<http://example.org/n1> <http://example.org/p> "x" .\n', encoding="utf-8")
    assert validated(tmp_path, "--max-results", "1")["violation"] == 99_999

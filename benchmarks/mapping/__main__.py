"""Time `lod map` beside its peers on the same generated records, in one run: prints ratios and compares the lines.

    python -m benchmarks.mapping --rows 1000000 --morph-kgc peer/bin/python

The figures are medians of --runs runs, ours and the peers' in turn. A target that is missed is named.
"""

import argparse
import platform
import sys
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from benchmarks.mapping.engines import Peers
from benchmarks.mapping.records import generate
from benchmarks.mapping.scenarios import TEN, TENTH, Plan, Scenario
from benchmarks.processes import median, run


def measure(scenario: Scenario, folder: Path, runs: int) -> None:
    """Run every command of a scenario in turn, so often."""
    for _ in range(runs):
        for entry in scenario.entries:
            scenario.runs.setdefault(entry.name, []).append(run(entry.command, folder / entry.within))


def report(scenario: Scenario, folder: Path) -> None:
    """Print a scenario's table."""
    ours = median(scenario.runs[scenario.entries[0].name])
    first = folder / scenario.entries[0].output
    count = f": {_apart(_count, first)} triples" if scenario.lines else ""
    print(f"\n{scenario.title}{count}\n")
    print("| command | CPU s | wall s | MiB | CPU ratio | wall ratio | |\n|---|--:|--:|--:|--:|--:|---|")
    for entry in scenario.entries:
        each = median(scenario.runs[entry.name])
        same = not scenario.lines or _apart(_same_lines, first, folder / entry.output)
        notes = [*([] if same else ["other lines"]), *entry.missed(ours, each)]
        ratios = f"{each.cpu / ours.cpu:.2g} | {each.wall / ours.wall:.2g}"
        figures = f"{each.cpu:.2f} | {each.wall:.2f} | {each.memory:.0f} | {ratios}"
        print(f"| {entry.name} | {figures} | {'; '.join(notes)} |", flush=True)


def _apart(function: Callable[..., Any], *arguments: Path) -> Any:
    """Call a function in a process of its own: a child's largest resident set counts its parent's at its start."""
    with ProcessPoolExecutor(1) as pool:
        return pool.submit(function, *arguments).result()


def _count(path: Path) -> int:
    return len(_lines(path))


def _same_lines(one: Path, other: Path) -> bool:
    return _lines(one) == _lines(other)


def _lines(path: Path) -> set[bytes]:
    with path.open("rb") as stream:
        return {_hash(line) for line in stream}


def _hash(line: bytes) -> bytes:
    """Return a line shortened to what tells it from others: sets of whole lines would not fit into memory."""
    return hash(line).to_bytes(8, "big", signed=True)


def main() -> None:
    """Run the comparison and print it."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rows", type=int, default=100_000, help="claims; a fiftieth of events and a tenth of sources")
    parser.add_argument("--runs", type=int, default=3)
    for peer in ("Morph-KGC", "SDM-RDFizer", "maplib"):
        parser.add_argument(f"--{peer.lower()}", metavar="PYTHON", help=f"an interpreter that has {peer}")
    parser.add_argument("--only", default="", help="run the scenarios whose title has this text")
    options = parser.parse_args()
    versions = ", ".join(f"{name} {version(name)}" for name in ("duckdb", "ibis-framework", "pyarrow"))
    machine = f"{platform.platform()}, Python {platform.python_version()}"
    print(f"{options.rows} claims, medians of {options.runs}; {machine}")
    print(f"{versions}; command: python -m benchmarks.mapping {' '.join(sys.argv[1:])}")
    with TemporaryDirectory() as name:
        folder = Path(name)
        for within, rows in ((".", options.rows), (TENTH, options.rows // 10), (TEN, 10)):
            generate(folder / within, rows)
        peers = Peers(options.morph_kgc, options.sdm_rdfizer, options.maplib)
        for scenario in Plan(folder, peers, options.rows).scenarios():
            if options.only in scenario.title:
                measure(scenario, folder, options.runs)
                report(scenario, folder)


if __name__ == "__main__":
    main()

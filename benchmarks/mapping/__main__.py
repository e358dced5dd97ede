"""Time `lod map` beside its peers on the same generated records, in one run: prints ratios and compares the lines.

    python -m benchmarks.mapping --rows 1000000 --morph-kgc peer/bin/python

The first figures of a peer are medians of --runs runs, in turn with ours. A target that is missed is named.
"""

import argparse
import platform
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from benchmarks.mapping import engines
from benchmarks.mapping.records import generate
from benchmarks.processes import Run, median, run

LINES = ("--format", "ntriples")


@dataclass(frozen=True)
class Entry:
    """A command with the file that it writes; `cpu` and `wall` are the ratios to ours that the project aims at."""

    name: str
    command: list[str]
    output: str
    cpu: float | None = None
    wall: float | None = None


@dataclass(frozen=True)
class Scenario:
    """Commands that do the same job; the first is ours, and where `lines` is set all must write its lines."""

    title: str
    entries: tuple[Entry, ...]
    lines: bool = True
    runs: dict[str, list[Run]] = field(default_factory=dict)


def scenarios(folder: Path, peers: engines.Peers, rows: int) -> Iterator[Scenario]:
    """Yield what is timed. Start-up weighs below a million rows, so that the target is lower there."""
    wanted = (7.0, 6.0) if rows >= 1_000_000 else (2.5, None)
    ours = Entry("lod", engines.lod("map.ttl", "lod.nt", "--format", "ntriples"), "lod.nt")
    unsorted = Entry(
        "lod --unsorted", [*ours.command[:-3], "loose.nt", "--format", "ntriples", "--unsorted"], "loose.nt"
    )
    yield Scenario(
        "events, claims and sources to N-Triples", (ours, unsorted, *_peers(folder, peers, "map.ttl", *wanted))
    )
    for name, suffix in (("turtle", "ttl"), ("jsonld", "jsonld"), ("parquet", "parquet")):
        entry = Entry(f"lod, {name}", engines.lod("map.ttl", f"lod.{suffix}", "--format", name), f"lod.{suffix}")
        yield Scenario(f"to {name}", (entry, *_peers(folder, peers, "map.ttl", 5.0, None)), lines=False)
    plain = Entry("lod, claims alone", engines.lod("plain.ttl", "plain.nt", *LINES), "plain.nt")
    loop = Entry("csv loop, no checks", engines.loop("loop.nt"), "loop.nt", cpu=1.0)
    limit = Entry("read and write alone", engines.limit("plain.nt", "limit.nt"), "limit.nt", cpu=1 / 3)
    yield Scenario("claims alone: how far from the limit", (plain, loop, limit))
    joined = Entry("lod, with a join", engines.lod("join.ttl", "join.nt", "--format", "ntriples"), "join.nt")
    yield Scenario(
        "with a join: a claim's source by its title", (joined, *_peers(folder, peers, "join.ttl", 7.0, None))
    )


def _peers(folder: Path, peers: engines.Peers, mapping: str, cpu: float, wall: float | None) -> Iterator[Entry]:
    if peers.morph_kgc:
        command = engines.morph_kgc(peers.morph_kgc, mapping, "morph.nt", folder)
        yield Entry("Morph-KGC", command, "morph.nt", cpu, wall)
    if peers.sdm_rdfizer:
        yield Entry("SDM-RDFizer", engines.sdm_rdfizer(peers.sdm_rdfizer, mapping, "sdm.nt", folder), "sdm.nt")


def measure(scenario: Scenario, folder: Path, runs: int) -> None:
    """Run every command of a scenario in turn, so often."""
    for _ in range(runs):
        for entry in scenario.entries:
            scenario.runs.setdefault(entry.name, []).append(run(entry.command, folder))


def report(scenario: Scenario, folder: Path) -> None:
    """Print a scenario's table."""
    ours = median(scenario.runs[scenario.entries[0].name])
    first = folder / scenario.entries[0].output
    count = f": {_apart(_count, first)} triples" if scenario.lines else ""
    print(f"\n{scenario.title}{count}\n")
    print("| command | CPU s | wall s | MiB | CPU ratio | wall ratio | |\n|---|--:|--:|--:|--:|--:|---|")
    for entry in scenario.entries:
        each = median(scenario.runs[entry.name])
        cpu, wall = each.cpu / ours.cpu, each.wall / ours.wall
        same = not scenario.lines or _apart(_same_lines, first, folder / entry.output)
        notes = [] if same else ["other lines"]
        notes += [f"CPU target {entry.cpu:.2g} missed"] if entry.cpu and cpu < entry.cpu else []
        notes += [f"wall target {entry.wall:.2g} missed"] if entry.wall and wall < entry.wall else []
        figures = f"{each.cpu:.2f} | {each.wall:.2f} | {each.memory:.0f} | {cpu:.1f} | {wall:.1f}"
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
    parser.add_argument("--morph-kgc", metavar="PYTHON", help="an interpreter that has Morph-KGC")
    parser.add_argument("--sdm-rdfizer", metavar="PYTHON", help="an interpreter that has SDM-RDFizer")
    parser.add_argument("--only", default="", help="run the scenarios whose title has this text")
    options = parser.parse_args()
    versions = ", ".join(f"{name} {version(name)}" for name in ("duckdb", "ibis-framework", "pyarrow"))
    print(
        f"{options.rows} claims, medians of {options.runs}; {platform.platform()}, Python {platform.python_version()}"
    )
    print(f"{versions}; command: python -m benchmarks.mapping {' '.join(sys.argv[1:])}")
    with TemporaryDirectory() as name:
        folder = Path(name)
        generate(folder, options.rows)
        peers = engines.Peers(options.morph_kgc, options.sdm_rdfizer)
        for scenario in scenarios(folder, peers, options.rows):
            if options.only in scenario.title:
                measure(scenario, folder, options.runs)
                report(scenario, folder)


if __name__ == "__main__":
    main()

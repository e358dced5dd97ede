"""Time lod's validation beside pySHACL and the package shacl on the same generated claims: prints figures and ratios.

    python -m benchmarks.validation --triples 1000000

A peer's ratio is the CPU time of its whole process over ours; from term tables, which a build has, ours is the time of
the validation alone. A target that is missed, and a number of results that is not the one by construction, are named.
"""

import argparse
import json
import os
import platform
import sys
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.processes import Run, run
from benchmarks.validation.records import generate

HERE = Path(__file__).resolve().parents[2]
PEERS = ("pyshacl", "shacl")
MOST_MEMORY = 1536  # MiB, at five million statements


@dataclass(frozen=True)
class Measured:
    """A validator's run, and how many results it gave; for term tables the run's times are the validation's alone."""

    name: str
    run: Run
    results: int


def wanted(triples: int) -> dict[tuple[str, str], float]:
    """Return the least ratio of a peer's CPU time to ours, by our entry and the peer."""
    if triples < 1_000_000:
        return {}
    tables = {("tables", "pyshacl"): 100.0, ("file", "pyshacl"): 20.0, ("file", "shacl"): 1.0}
    return tables | {("tables", "shacl"): 10.0 if triples >= 5_000_000 else 3.0}


def measured(name: str, folder: Path) -> Measured:
    """Run a validator."""
    if name == "file":
        lod = str(Path(sys.executable).parent / "lod")
        command = [lod, "validate", "data.nt", "--shapes", "shapes.ttl", "--format", "json"]
        done = run([*command, "-o", "report.json"], folder)
        return Measured(name, done, len(json.loads((folder / "report.json").read_text())["results"]))
    done = run([sys.executable, "-m", "benchmarks.validation.peers", name], folder)
    told = json.loads((folder / "log.txt").read_text().splitlines()[-1])
    if name == "tables":
        done = Run(told["cpu"], told["wall"], done.memory)
    return Measured(name, done, told["results"])


def report(found: list[Measured], triples: int, expected: int) -> None:
    """Print the table of one size."""
    print(f"\n{triples:,} statements, {expected:,} results by construction\n")
    names = [each.name for each in found if each.name in PEERS]
    print(f"| | CPU s | wall s | MiB | {' | '.join(f'{name} / this' for name in names)} | |")
    print(f"|---|--:|--:|--:|{'--:|' * len(names)}---|")
    peers = {each.name: each for each in found if each.name in PEERS}
    for each in found:
        ratios = {name: peer.run.cpu / each.run.cpu for name, peer in peers.items()}
        notes = [] if each.results == expected else [f"{each.results} results"]
        notes += [
            f"{peer}: target {least:g} missed"
            for (entry, peer), least in wanted(triples).items()
            if entry == each.name and peer in ratios and ratios[peer] < least
        ]
        ours = each.name not in PEERS
        notes += ["over 1.5 GiB"] if ours and each.run.memory > MOST_MEMORY else []
        shown = " | ".join(f"{ratio:.1f}" if ours else "" for ratio in ratios.values())
        figures = f"{each.run.cpu:.2f} | {each.run.wall:.2f} | {each.run.memory:.0f} | {shown}"
        print(f"| {LABELS[each.name]} | {figures} | {'; '.join(notes)} |", flush=True)


LABELS = {
    "tables": "lod, from term tables",
    "file": "lod validate, from N-Triples",
    "pyshacl": "pySHACL, from N-Triples",
    "shacl": "shacl (Rust), from N-Triples",
}


def main() -> None:
    """Run the comparison and print it."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--triples", type=int, nargs="+", default=[100_000])
    parser.add_argument("--without", nargs="*", default=[], choices=[*LABELS], help="leave these out")
    options = parser.parse_args()
    os.environ["PYTHONPATH"] = str(HERE)
    versions = ", ".join(f"{name} {version(name)}" for name in ("duckdb", "ibis-framework", "pyshacl", "shacl"))
    print(f"{platform.platform()}, Python {platform.python_version()}, {versions}")
    print(f"command: python -m benchmarks.validation {' '.join(sys.argv[1:])}")
    for triples in options.triples:
        with TemporaryDirectory() as name:
            expected = generate(Path(name), triples)
            found = [measured(entry, Path(name)) for entry in LABELS if entry not in options.without]
            report(found, triples, expected)


if __name__ == "__main__":
    main()

"""Time lineage on generated claims: prints a figure for each size, and how it grows.

    python -m benchmarks.lineage --claims 300000 1000000

Each size runs in a process of its own; its time is that of lineage alone, from term tables to computed ones, as a build
has them. What is found is held to what there is by construction.
"""

import argparse
import json
import os
import resource
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.lineage.records import BASE, expected, generate
from benchmarks.processes import run
from lod.engine import open_engine
from lod.lineage import lineage, lineage_tables
from lod.quad import TRIPLE
from lod.triples import triples

MOST_SECONDS, MOST_MEMORY, TARGET = 60, 2048, 1_000_000  # wall, MiB, at so many claims
HERE = Path(__file__).resolve().parents[2]
STEP = 300  # claims come in multiples of it


def work(claims: int) -> None:
    """Compute one size in this process, and print what was found and what it took."""
    with open_engine(usual=1_000_000_000) as engine:
        tables = generate(engine, claims)
        began, before = time.perf_counter(), _cpu()
        found = lineage(engine, triples(engine, tables).select(*TRIPLE))
        lineage_tables(engine, found, BASE)
        took = {"wall": time.perf_counter() - began, "cpu": _cpu() - before}
        counts = {
            name: engine.rows(getattr(found, name).aggregate(count=getattr(found, name).count()))[0]["count"]
            for name in ("roots", "contradictions", "agreements", "spreads")
        }
    print(json.dumps(took | counts))


def _cpu() -> float:
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime


def main() -> None:
    """Run the sizes, each a process."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--claims", type=int, nargs="+", default=[300_000, 1_000_000])
    parser.add_argument("--work", type=int, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.work:
        work(asked.work)
        return
    os.environ["PYTHONPATH"] = str(HERE)
    print("| claims | sources | contradictions | CPU s | wall s | MiB | microseconds a claim | |")
    print("|--:|--:|--:|--:|--:|--:|--:|---|")
    with TemporaryDirectory() as folder:
        for claims in (size // STEP * STEP for size in asked.claims):
            _row(claims, Path(folder))


def _row(claims: int, folder: Path) -> None:
    done = run([sys.executable, "-m", "benchmarks.lineage", "--work", str(claims)], folder)
    told = json.loads((folder / "log.txt").read_text().splitlines()[-1])
    remarks = [
        f"WRONG: {told[name]} {name}, not {count}" for name, count in expected(claims).items() if told[name] != count
    ]
    if claims >= TARGET and told["wall"] > MOST_SECONDS:
        remarks.append(f"target of {MOST_SECONDS} s missed")
    if claims >= TARGET and done.memory > MOST_MEMORY:
        remarks.append(f"target of {MOST_MEMORY} MiB missed")
    figures = (f"{told['cpu']:.1f}", f"{told['wall']:.1f}", f"{done.memory:.0f}", f"{told['cpu'] / claims * 1e6:.1f}")
    print(
        f"| {claims:,} | {claims // 5:,} | {told['contradictions']:,} | {' | '.join(figures)} | {'; '.join(remarks)} |"
    )


if __name__ == "__main__":
    main()

"""Time what a release is written by, on generated claims, beside pyoxigraph and rdflib.

    python -m benchmarks.release --claims 100000

A dump is ours from term tables, as a build has them, sorted; a peer's is from the same statements as N-Triples, in the
order in which they stand. rdflib makes it of fewer claims (--rdflib), documents and pages are those of as many as
--documents says; rates are per CPU second, of all threads, without start-up. What is missed of the targets is named.
"""

import argparse
import json
import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pyoxigraph as ox

from benchmarks.processes import run
from benchmarks.release.work import WORK
from lod.formats import by_name

FASTER = {"turtle": (2, 50), "jsonld": (2, 50)}  # so many times as pyoxigraph, as rdflib
MOST_MEMORY = 2048  # MiB
LEAST = {"documents": 3000, "pages": 300}  # a second; an entity has two documents
FORMS = ("ntriples", "nquads", "turtle", "trig", "jsonld", "jsonl", "rdfxml", "parquet", "csv")
PEERS = {"pyoxigraph": ("turtle", "trig", "jsonld", "rdfxml"), "rdflib": ("turtle", "jsonld", "rdfxml")}
HERE = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Bench:
    """A folder to work in, and of how many claims the dumps are."""

    folder: Path
    claims: int

    def work(self, name: str, form: str = "") -> dict[str, Any]:
        """Do a piece of work in a process of its own; return what it tells, and its largest resident set in MiB."""
        command = [sys.executable, "-m", "benchmarks.release", "--work", name, form, "--claims", str(self.claims)]
        done = run(command, self.folder)
        told: dict[str, Any] = json.loads((self.folder / "log.txt").read_text().splitlines()[-1])
        return told | {"memory": done.memory}

    def rate(self, peer: str, form: str, count: int) -> float | None:
        """Return how many statements a peer writes in a CPU second, once what it wrote is found whole."""
        if form not in PEERS[peer]:
            return None
        told = self.work(peer, form)
        found = sum(1 for _ in ox.parse(path=self.folder / f"{peer}{by_name(form).suffix}", base_iri="urn:x:"))
        if found != count:
            raise SystemExit(f"{peer} wrote {found} statements of {count} in {form}")
        return float(count / told["cpu"])


def dumps(bench: Bench, fewer: Bench) -> None:
    """Print the table of dumps."""
    few = fewer.work("dump", "ntriples")["statements"]
    print("| form | statements | MB | MiB | statements a CPU s | pyoxigraph | ratio | rdflib | ratio | |")
    print("|---|--:|--:|--:|--:|--:|--:|--:|--:|---|")
    for form in FORMS:
        told = bench.work("dump", form)
        count, rate = told["statements"], told["statements"] / told["cpu"]
        rates = [bench.rate("pyoxigraph", form, count), fewer.rate("rdflib", form, few)]
        ratios = [each and rate / each for each in rates]
        figures = [_number(each) for pair in zip(rates, ratios, strict=True) for each in pair]
        size = (bench.folder / f"lod{by_name(form).suffix}").stat().st_size / 1e6
        missed = "; ".join(_missed(form, ratios, told["memory"]))
        ours = f"{count:,} | {size:.0f} | {told['memory']:.0f} | {rate:,.0f}"
        print(f"| {form} | {ours} | {' | '.join(figures)} | {missed} |", flush=True)


def _number(figure: float | None) -> str:
    return "" if figure is None else f"{figure:,.0f}" if figure >= 100 else f"{figure:.1f}"


def _missed(form: str, ratios: list[float | None], memory: float) -> Iterator[str]:
    for target, ratio, peer in zip(FASTER.get(form, (0, 0)), ratios, PEERS, strict=True):
        if ratio is not None and ratio < target:
            yield f"target of {target} times {peer} missed"
    if memory > MOST_MEMORY:
        yield f"target of {MOST_MEMORY} MiB missed"


def documents(bench: Bench) -> None:
    """Print the table of documents and pages."""
    told = bench.work("documents")
    print("\n| step | how many | CPU s | a CPU s | |\n|---|--:|--:|--:|---|")
    for step, each in (("finding", 1), ("documents", 2), ("pages", 1)):
        count = each * told["entities"]
        rate = count / told[step]
        missed = f"target of {LEAST[step]} missed" if rate < LEAST.get(step, 0) else ""
        print(f"| {step} | {count:,} | {told[step]:.1f} | {rate:,.0f} | {missed} |")
    print(f"\n{told['memory']:.0f} MiB")


def main() -> None:
    """Run it all, or the work that is asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--claims", type=int, default=100_000, help="a multiple of twenty")
    parser.add_argument("--rdflib", type=int, default=5_000, metavar="CLAIMS")
    parser.add_argument("--documents", type=int, default=10_000, metavar="CLAIMS")
    parser.add_argument("--work", nargs=2, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.work:
        name, form = asked.work
        print(json.dumps(WORK[name](form, asked.claims, Path())))
        return
    os.environ["PYTHONPATH"] = str(HERE)
    with TemporaryDirectory() as one, TemporaryDirectory() as other, TemporaryDirectory() as third:
        dumps(Bench(Path(one), asked.claims), Bench(Path(other), asked.rdflib))
        documents(Bench(Path(third), asked.documents))


if __name__ == "__main__":
    main()

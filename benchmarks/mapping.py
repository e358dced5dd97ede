"""Time `lod map` beside its peers on the same generated records, in one run: prints ratios and checks the lines.

    python benchmarks/mapping.py --rows 600000 --morph-kgc /path/to/venv/bin/python

The peers are Morph-KGC (an interpreter that has it: python -m venv peer && peer/bin/pip install morph-kgc) and a plain
loop of Python's csv that checks nothing. CPU is user and system time of the whole process with its children, memory the
largest resident set; each command runs --runs times in turn, and medians are printed.
"""

import argparse
import csv
import os
import random
import statistics
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

MAPPING = """
@prefix rml: <http://w3id.org/rml/> .
@prefix schema: <http://schema.org/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
<http://example.org/map> a rml:TriplesMap ;
  rml:logicalSource [ rml:source "claims.csv" ; rml:referenceFormulation rml:CSV ] ;
  rml:subjectMap [ rml:template "http://example.org/claim/{id}" ; rml:class schema:Claim ] ;
"""
OBJECTS = {
    "text": 'rml:reference "text" ; rml:language "en"',
    "about": 'rml:template "http://example.org/event/{event}"',
    "appearance": 'rml:template "http://example.org/source/{source}"',
    "author": 'rml:template "http://example.org/agent/{claimant}"',
    "value": 'rml:reference "value" ; rml:datatype xsd:integer',
    "datePublished": 'rml:reference "date" ; rml:datatype xsd:date',
    "url": 'rml:reference "url" ; rml:termType rml:IRI',
}
PLAIN = """
import csv
from urllib.parse import quote
with open("claims.csv", newline="") as source, open("plain.nt", "w") as target:
    for r in csv.DictReader(source):
        s = f"<http://example.org/claim/{r['id']}>"
        text = r["text"].replace("\\\\", "\\\\\\\\").replace('"', '\\\\"')
        target.write(
            f"{s} <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <http://schema.org/Claim> .\\n"
            f"{s} <http://schema.org/text> \\"{text}\\"@en .\\n"
            f"{s} <http://schema.org/about> <http://example.org/event/{quote(r['event'])}> .\\n"
            f"{s} <http://schema.org/appearance> <http://example.org/source/{quote(r['source'])}> .\\n"
            f"{s} <http://schema.org/author> <http://example.org/agent/{quote(r['claimant'])}> .\\n"
            f"{s} <http://schema.org/value> \\"{r['value']}\\"^^<http://www.w3.org/2001/XMLSchema#integer> .\\n"
            f"{s} <http://schema.org/datePublished> \\"{r['date']}\\"^^<http://www.w3.org/2001/XMLSchema#date> .\\n"
            f"{s} <http://schema.org/url> <{r['url']}> .\\n"
        )
"""


@dataclass(frozen=True)
class Run:
    """One finished process: CPU and wall seconds, largest resident set in MiB."""

    cpu: float
    wall: float
    memory: float


def generate(folder: Path, rows: int) -> None:
    """Write claims.csv (the same for the same number of rows), the mapping, and the peer's settings."""
    draw = random.Random(1)  # noqa: S311  # test data
    with (folder / "claims.csv").open("w", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(["id", "text", "event", "source", "claimant", "value", "date", "url"])
        for number in range(rows):
            day = f"19{draw.randint(10, 99)}-0{draw.randint(1, 9)}-1{draw.randint(0, 9)}"
            claim = [
                f"c{number}",
                f'Claim {number} says "about" {draw.randint(1, 500)}',
                f"e{draw.randint(0, rows // 50)}",
            ]
            source = [f"s{draw.randint(0, rows // 10)}", f"agent {draw.randint(0, 999)}", draw.randint(0, 9999), day]
            writer.writerow([*claim, *source, f"https://example.org/document/{number}?page=1"])
    pairs = (f"rml:predicateObjectMap [ rml:predicate schema:{p} ; rml:objectMap [ {o} ] ]" for p, o in OBJECTS.items())
    (folder / "map.ttl").write_text(MAPPING + " ;\n".join(pairs) + " .\n")
    (folder / "peer.ini").write_text("[CONFIGURATION]\noutput_file: peer.nt\n[DS]\nmappings: map.ttl\n")


def run(command: Sequence[str], folder: Path) -> Run:
    """Run a command to its end; raise where it fails."""
    start = time.perf_counter()
    with (folder / "log.txt").open("wb") as log:
        process = subprocess.Popen(command, cwd=folder, stdout=log, stderr=log)  # noqa: S603  # the caller's command
        _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in (0, 1):
        raise SystemExit((folder / "log.txt").read_text() + f"\n{command[0]} ended with {process.returncode}")
    return Run(usage.ru_utime + usage.ru_stime, time.perf_counter() - start, usage.ru_maxrss / 1024)


def median(runs: Sequence[Run]) -> Run:
    """Return the median of each figure."""
    return Run(*(statistics.median(getattr(each, name) for each in runs) for name in ("cpu", "wall", "memory")))


def lines(path: Path) -> list[bytes]:
    """Return the distinct lines of a file, sorted."""
    return sorted(set(path.read_bytes().splitlines()))


def main() -> None:
    """Run the comparison and print it."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--morph-kgc", help="a Python interpreter that has Morph-KGC")
    options = parser.parse_args()
    lod = [str(Path(sys.executable).parent / "lod"), "map", "map.ttl", "--format", "ntriples", "-o", "lod.nt"]
    commands = {"lod": lod, "plain loop": [sys.executable, "-c", PLAIN]}
    outputs = {"lod": "lod.nt", "plain loop": "plain.nt", "Morph-KGC": "peer.nt"}
    if options.morph_kgc:
        commands["Morph-KGC"] = [options.morph_kgc, "-m", "morph_kgc", "peer.ini"]
    with TemporaryDirectory() as name:
        folder = Path(name)
        generate(folder, options.rows)
        found: dict[str, list[Run]] = {peer: [] for peer in commands}
        for _ in range(options.runs):
            for peer, command in commands.items():
                found[peer].append(run(command, folder))
        ours = median(found["lod"])
        written = lines(folder / "lod.nt")
        print(f"{options.rows} rows, {len(written)} triples, medians of {options.runs}")
        for peer, runs in found.items():
            each, same = median(runs), lines(folder / outputs[peer]) == written
            ratios = f"{each.cpu / ours.cpu:5.1f}x cpu {each.wall / ours.wall:5.1f}x wall"
            figures = f"{each.cpu:7.2f} s cpu {each.wall:7.2f} s wall {each.memory:7.0f} MiB"
            print(f"{peer:12} {figures} {ratios}  {'the same lines' if same else 'OTHER LINES'}")


if __name__ == "__main__":
    main()

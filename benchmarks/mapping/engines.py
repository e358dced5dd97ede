"""The engines that are compared: for each, the command that maps `MAPPING` into `OUTPUT`."""

import sys
from dataclasses import dataclass
from pathlib import Path

from benchmarks.mapping.records import former

# No engine: Python's csv and an f-string, which checks nothing and escapes little. It knows plain.ttl by heart.
LOOP = """
import csv, sys
from urllib.parse import quote
with open("claims.csv", newline="") as source, open(sys.argv[1], "w") as target:
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
# The limit: parse the CSV, and write as many bytes as the engine writes.
LIMIT = """
import sys, duckdb
duckdb.sql("SELECT " + ", ".join(f"max(length(c{n}))" for n in range(8)) + " FROM read_csv('claims.csv', "
    "auto_detect = false, header = true, delim = ',', quote = '\\"', escape = '\\"', strict_mode = true, columns = {"
    + ", ".join(f"c{n}: 'VARCHAR'" for n in range(8)) + "})").fetchall()
with open(sys.argv[1], "rb") as source, open(sys.argv[2], "wb") as target:
    while chunk := source.read(1 << 20):
        target.write(chunk)
"""


@dataclass(frozen=True)
class Peers:
    """Python interpreters that have the peers; None: that one is left out."""

    morph_kgc: str | None
    sdm_rdfizer: str | None
    maplib: str | None


def lod(*words: str) -> list[str]:
    """Return the command of ours."""
    return [str(Path(sys.executable).parent / "lod"), *words]


def loop(output: str) -> list[str]:
    """Return the command of the plain loop."""
    return [sys.executable, "-c", LOOP, output]


def limit(written: str, output: str) -> list[str]:
    """Return the command that parses the claims and writes the bytes of a file again."""
    return [sys.executable, "-c", LIMIT, written, output]


def morph_kgc(python: str, mapping: str, output: str, folder: Path) -> list[str]:
    """Return the command of Morph-KGC (python -m venv peer && peer/bin/pip install morph-kgc 'pandas<3')."""
    settings = folder / f"{mapping}.ini"
    settings.write_text(f"[CONFIGURATION]\noutput_file: {output}\n[DS]\nmappings: {mapping}\n")
    return [python, "-m", "morph_kgc", str(settings)]


def sdm_rdfizer(python: str, mapping: str, output: str, folder: Path) -> list[str]:
    """Return the command of SDM-RDFizer (python -m venv peer && peer/bin/pip install rdfizer).

    It reads the former vocabulary alone, and needs unixODBC on the machine.
    """
    (folder / f"former.{mapping}").write_text(former((folder / mapping).read_text()))
    settings, name = folder / f"{mapping}.rdfizer.ini", output.removesuffix(".nt")
    settings.write_text(
        "[default]\nmain_directory: .\n[datasets]\nnumber_of_datasets: 1\noutput_folder: .\nall_in_one_file: yes\n"
        "remove_duplicate: yes\nenrichment: yes\nordered: yes\noutput_format: n-triples\nlarge_file: false\n"
        f"name: {name}\n[dataset1]\nname: {name}\nmapping: former.{mapping}\n"
    )
    return [python, "-m", "rdfizer", "-c", str(settings)]


def maplib(python: str, output: str) -> list[str]:
    """Return the command of maplib, which reads no RML: its program says what map.ttl says."""
    return [python, str(Path(__file__).with_name("by_maplib.py")), output]

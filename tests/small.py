"""A small project (the one that `lod init` writes) for tests to spoil, and what must hold of a release's folder."""

import csv
import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyoxigraph as ox
from click.testing import CliRunner, Result

from lod.cli import main
from lod.starter import init

BASE = "https://example.org/my-dataset/"
CLAIMS, SOURCES, EVENTS = "records/claims.csv", "records/sources.csv", "records/events.csv"
ROWNUM = "http://www.w3.org/ns/csvw#rownum"
MODES = ("refuse", "reject")
MAIN = "import sys; from lod.cli import main; sys.argv[0] = 'lod'; main()"
PEOPLE = "records/people.csv"
TINY = {
    "lod.toml": """
[dataset]
base = "https://example.org/people/"
title = "People"
publisher = "Testers"
license = "https://creativecommons.org/publicdomain/zero/1.0/"
version = "1"
released = 2026-01-31
""",
    "mappings/people.yml": """
prefixes: {schema: "http://schema.org/"}
mappings:
  person:
    sources: {access: records/people.csv, referenceFormulation: csv, optional: [born]}
    s: person/$(id)
    po:
      - [a, schema:Person]
      - [schema:name, $(name), $(lang)~lang]
      - [schema:birthDate, $(born), xsd:date]
""",
    "shapes/people.ttl": """
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix schema: <http://schema.org/> .
<urn:shapes:Person> a sh:NodeShape ; sh:targetClass schema:Person ; sh:property <urn:shapes:Person-name> .
<urn:shapes:Person-name> a sh:PropertyShape ; sh:path schema:name ; sh:minCount 1 ;
    sh:message "A person has a name: fill the column name."@en .
<urn:shapes:Robot> a sh:NodeShape ; sh:targetClass schema:Robot .
""",
    PEOPLE: "id,name,lang,born\nada,Ada,en,1815-12-10\nbo,Bo,en,\n",
}

Spoil = Callable[[Path], Any]


def small_project(folder: Path, mode: str = "refuse") -> Path:
    init(folder)
    if mode != "refuse":
        swap(folder / "lod.toml", 'on_violation = "refuse"', f'on_violation = "{mode}"')
    return folder


def tiny_project(folder: Path) -> Path:
    """Write a project of one table, one mapping and one shape: quick to build."""
    for name, text in TINY.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text.lstrip(), encoding="utf-8")
    return folder


def copied(project: Path, folder: Path) -> Path:
    return Path(shutil.copytree(project, folder, symlinks=True))


def swap(path: Path, old: str | bytes, new: str | bytes) -> None:
    before, after = (text.encode() if isinstance(text, str) else text for text in (old, new))
    content = path.read_bytes()
    assert before in content, f"{before!r} is not in {path}"
    path.write_bytes(content.replace(before, after, 1))


def append(path: Path, text: str) -> None:
    with path.open("a", encoding="utf-8", newline="") as stream:
        stream.write(text)


def records(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def write_records(path: Path, rows: list[dict[str, str]]) -> None:
    header = list(dict.fromkeys(name for row in rows for name in row))
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, header, restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def change(path: Path, row: int, **cells: str) -> None:
    """Change cells of a record (from 1); a column that is not there is added."""
    rows = records(path)
    rows[row - 1].update(cells)
    write_records(path, rows)


def add(path: Path, like: int, **cells: str) -> int:
    """Add a record like another one but for these cells; return its number."""
    rows = records(path)
    write_records(path, [*rows, rows[like - 1] | cells])
    return len(rows) + 1


def lod(*words: object) -> Result:
    """Run the command line in this process."""
    return CliRunner().invoke(main, [str(word) for word in words], catch_exceptions=False)


def lod_process(*words: object, cwd: Path | None = None, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the command line in a process of its own."""
    command = [sys.executable, "-c", MAIN, *map(str, words)]
    return subprocess.run(
        command, capture_output=True, text=True, cwd=cwd, env={**os.environ, **environment}, check=False, timeout=120
    )


def contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def manifest(release: Path) -> dict[str, Any]:
    document: dict[str, Any] = json.loads((release / "manifest.json").read_text(encoding="utf-8"))
    return document


def is_whole(release: Path) -> bool:
    """Whether a folder holds the files that its manifest names, byte for byte, and nothing else."""
    said = manifest(release)["files"]
    found = {name: content for name, content in contents(release).items() if name != "manifest.json"}
    measured = {name: {"bytes": len(text), "sha256": hashlib.sha256(text).hexdigest()} for name, text in found.items()}
    return bool(measured == said)


def quads(release: Path) -> list[ox.Quad]:
    return list(ox.parse(path=release / "dataset.nq", format=ox.RdfFormat.N_QUADS))


def rejected(release: Path) -> list[dict[str, str]]:
    return records(release / "rejected.csv")


def told(release: Path, row: int, file: str = CLAIMS) -> list[str]:
    """Return why a record was rejected, as `column: reason`."""
    found = (each for each in rejected(release) if each["scope"] == "record")
    return [f"{each['column']}: {each['reason']}" for each in found if (each["file"], each["row"]) == (file, str(row))]


def assert_accounted(project: Path, release: Path, base: str = BASE) -> None:
    """Count the records of each input, and find each of them either in the data or among the rejected."""
    numbered = [quad for quad in quads(release) if quad.predicate.value == ROWNUM]
    lost = [each for each in rejected(release) if each["scope"] == "record"]
    for account in manifest(release)["records"]:
        name = account["file"]
        read = set(range(1, 1 + _count(project / name)))
        rows = f"{base}row/{Path(name).stem}-"
        there = {int(quad.object.value) for quad in numbered if quad.subject.value.startswith(rows)}
        gone = {int(each["row"]) for each in lost if each["file"] == name}
        assert there | gone == read, name
        assert not there & gone, name
        expected = {"read": len(read), "published": len(there), "rejected": len(gone), "skipped": 0}
        assert account == {"file": name, **expected}


def _count(path: Path) -> int:
    """Return how many records a CSV file has."""
    csv.field_size_limit(sys.maxsize)
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return sum(1 for cells in csv.reader(stream) if cells) - 1

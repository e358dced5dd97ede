"""Releases built on real input that nobody here wrote, and what can be asked of one.

The data files stay where they are: a case is copied into a folder of its own, and they are linked under its records/.
"""

import csv
import shutil
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pyoxigraph as ox
import pytest

import lod

ROOT = Path(__file__).resolve().parents[1]
DATA = ROOT.parent / "shared" / "data"
PREFIXES = "".join(
    f"PREFIX {name}: <{iri}> "
    for name, iri in {
        "csvw": "http://www.w3.org/ns/csvw#",
        "ns": "https://w3id.org/lod/ns#",
        "prov": "http://www.w3.org/ns/prov#",
        "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
        "schema": "http://schema.org/",
    }.items()
)


@dataclass(frozen=True)
class Release:
    outcome: lod.Outcome
    folder: Path

    @cached_property
    def store(self) -> ox.Store:
        store = ox.Store()
        store.bulk_load(path=self.folder / "dataset.nq", format=ox.RdfFormat.N_QUADS)
        return store

    def ask(self, query: str) -> list[tuple[str, ...]]:
        """Return the rows of a query; of an IRI what follows the last slash."""
        found = self.store.query(PREFIXES + query)
        return [tuple(_short(term) for term in row) for row in found]

    def reasons(self, file: str) -> dict[int, set[str]]:
        """Return why each rejected record of an input is rejected, by its number."""
        found: dict[int, set[str]] = {}
        with (self.folder / "rejected.csv").open(encoding="utf-8", newline="") as stream:
            for item in csv.DictReader(stream):
                if item["file"] == file and item["scope"] == "record":
                    found.setdefault(int(item["row"]), set()).add(item["reason"])
        return found

    def accounts(self) -> dict[str, tuple[int, int, int, int]]:
        return {item.file: (item.read, item.published, item.rejected, item.skipped) for item in self.outcome.accounts}


def _short(term: ox.NamedNode | ox.Literal) -> str:
    return term.value.rpartition("/")[2] if isinstance(term, ox.NamedNode) else term.value


def built(case: str, folder: Path, records: dict[str, Path]) -> Release:
    """Build a case on these data files (name under records/ -> where it is)."""
    for source in records.values():
        if not source.is_file():
            pytest.skip(f"THE REAL DATA ARE MISSING: there is no {source}; nothing is tested with them")
    project = Path(shutil.copytree(ROOT / "tests" / "cases" / case, folder / case))
    shutil.copytree(ROOT / "shapes", project / "shapes", dirs_exist_ok=True)
    (project / "records").mkdir()
    for name, source in records.items():
        (project / "records" / name).symlink_to(source)
    outcome = lod.build(lod.read_project(project))
    assert outcome.release is not None
    return Release(outcome, outcome.release)


def assert_every_claim_is_traceable(release: Release, rows: dict[str, int]) -> None:
    """Every claim rests on a described source and leads to its input row; N-Quads hold what the build counted."""
    count = sum(1 for _ in ox.parse(path=release.folder / "dataset.nq", format=ox.RdfFormat.N_QUADS))
    assert count == release.outcome.statements
    claims = {claim for (claim,) in release.ask("SELECT ?c { ?c a schema:Claim }")}
    grounded = release.ask(
        "SELECT DISTINCT ?c { ?c a schema:Claim ; prov:wasDerivedFrom/prov:wasDerivedFrom* ?s . ?s a ns:Source }"
    )
    described = release.ask("SELECT ?c ?n { ?c a schema:Claim . GRAPH ?g { ?row csvw:describes ?c ; csvw:rownum ?n } }")
    assert claims == {claim for (claim,) in grounded} == set(rows)
    assert {claim: int(number) for claim, number in described} == rows

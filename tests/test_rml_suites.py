"""The RML test suites, run from their own metadata; outputs are compared as data sets, blank nodes renamed.

Cases: https://github.com/kg-construct/rml-core and https://github.com/kg-construct/rml-test-cases (CC BY 4.0).
"""

import csv
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest

from lod import LodError
from lod.map import map_files
from lod.options import MapOptions

SUITES = Path(__file__).parents[2] / "shared" / "suites"
# The former suite expects the other records of an input with bad ones; the current one expects an error.
LIMITED = {"RMLTC0019b-CSV", "RMLTC0020b-CSV"}
LEGACY_BASE = "http://example.com/base/"
# What does not pass, and why: each must fail as an error, not in silence.
EXCUSED = {
    "RMLTC0027b-JSON": "expects IRIs with spaces, which RDF 1.1 does not have; we say so instead of writing them",
    "RMLTC0007h-CSV": "a graph named by a literal, which R2RML (section 9) forbids; its metadata expects none, yet its "
    "title says that it is one, and RMLTC0007h-JSON, its successor, expects one",
}


def cases() -> Iterator[object]:
    if not SUITES.is_dir():
        yield pytest.param(None, None, None, marks=pytest.mark.skip(reason="../shared/suites is not here"))
        return
    with (SUITES / "rml-core" / "metadata.csv").open(encoding="utf-8") as stream:
        for row in csv.DictReader(stream):
            yield pytest.param(SUITES / "rml-core" / row["ID"], row["base_iri"], row["error"] == "true", id=row["ID"])
    with (SUITES / "rml-legacy-csv" / "metadata.csv").open(encoding="utf-8") as stream:
        for row in csv.DictReader(stream):
            folder = SUITES / "rml-legacy-csv" / row["RML id"]
            if folder.is_dir():
                yield pytest.param(folder, LEGACY_BASE, row["error expected?"] == "true", id=folder.name)


@pytest.mark.parametrize(("folder", "base", "error"), list(cases()))
def test_case(folder: Path, base: str, error: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)
    output = tmp_path / "output.nq"
    if error or folder.name in EXCUSED:
        with pytest.raises(LodError):
            map_files([Path("mapping.ttl")], output, MapOptions(base=base))
        assert not output.exists()
    else:
        options = MapOptions(base=base, on_error="reject" if folder.name in LIMITED else "fail")
        mapped = map_files([Path("mapping.ttl")], output, options)
        assert bool(mapped.rejections) == (folder.name in LIMITED)
        assert dataset(output) == dataset(folder / "output.nq")


def dataset(path: Path) -> ox.Dataset:
    quads = ox.Dataset(ox.parse(path=path, format=ox.RdfFormat.N_QUADS))
    quads.canonicalize(ox.CanonicalizationAlgorithm.UNSTABLE)
    return quads

"""The manifest's hash of the statements is that of their canonical form, by implementations that are not ours."""

import json
from hashlib import sha256
from pathlib import Path

import pyoxigraph as ox
import pytest
from pyld import jsonld
from small import append, lod, tiny_project

ROOT = Path(__file__).parents[1]
NQUADS = "application/n-quads"


@pytest.fixture(scope="module")
def released() -> str:
    manifest = json.loads((ROOT / "output/latest/manifest.json").read_text(encoding="utf-8"))
    assert manifest["canonical"]["algorithm"] == "RDFC-1.0"
    return str(manifest["canonical"]["sha256"])


@pytest.mark.parametrize(
    ("name", "syntax"), [("dataset.nq", ox.RdfFormat.N_QUADS), ("dataset.jsonld", ox.RdfFormat.JSON_LD)]
)
def test_oxigraph_canonicalizes_to_the_same(name: str, syntax: ox.RdfFormat, released: str) -> None:
    dataset = ox.Dataset(ox.parse(path=ROOT / "output/latest" / name, format=syntax))
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    assert sha256("".join(sorted(f"{quad} .\n" for quad in dataset)).encode()).hexdigest() == released


def test_pyld_canonicalizes_to_the_same(released: str) -> None:
    """By URDNA2015, which RDFC-1.0 is the standard of; they differ in control characters alone, and here are none."""
    text = (ROOT / "output/latest/dataset.nq").read_text(encoding="utf-8")
    options = {"algorithm": "URDNA2015", "inputFormat": NQUADS, "format": NQUADS}
    assert sha256(jsonld.normalize(text, options).encode()).hexdigest() == released


def test_blank_nodes_have_no_hash(tmp_path: Path) -> None:
    project = tiny_project(tmp_path / "tiny")
    append(
        project / "mappings/people.yml",
        """
  place:
    sources: {access: records/people.csv, referenceFormulation: csv, optional: [born, name, lang]}
    po:
      - [a, schema:Place]
""",
    )
    done = lod("build", project)
    assert done.exit_code == 0, done.stderr
    assert json.loads((project / "output/latest/manifest.json").read_text())["canonical"] is None

"""A project chooses the forms of its release; each says all that `dataset.nq` says."""

import gzip
import re
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pyoxigraph as ox
import pytest
from parsers import by_csv, by_line, by_oxigraph, by_rdflib
from small import BASE, append, lod, small_project

from lod import read_project
from lod.formats import CSV, FORMS, JSONLD, NQUADS, NTRIPLES, RDFXML, TRIG, TURTLE, form_of
from lod.mapping import read_mappings
from lod.publish import prologue_of
from lod.quad import Quad, quads

pytestmark = pytest.mark.filterwarnings("ignore:(Dataset|ConjunctiveGraph):DeprecationWarning:rdflib")

EVERY = [form.name for form in FORMS]


def built(project: Path, *lines: str) -> Path:
    append(project / "lod.toml", "[release]\n" + "".join(f"{line}\n" for line in lines))
    done = lod("build", project)
    assert done.exit_code == 0, done.stderr
    return project / "output/latest"


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return small_project(tmp_path_factory.mktemp("forms") / "project")


@pytest.fixture(scope="module")
def release(project: Path) -> Path:
    return built(project, f"forms = {EVERY}")


def plain(path: Path) -> bytes:
    content = path.read_bytes()
    if path.suffix == ".gz":
        return gzip.decompress(content)
    return pa.CompressedInputStream(pa.BufferReader(content), "zstd").read() if path.suffix == ".zst" else content


def everything(release: Path) -> set[Quad]:
    return by_oxigraph((release / "dataset.nq").read_bytes(), NQUADS)


@pytest.mark.parametrize("ending", ["", ".gz", ".zst"])
@pytest.mark.parametrize(
    ("suffix", "read"),
    [
        (".nq", lambda content: by_oxigraph(content, NQUADS)),
        (".trig", lambda content: by_oxigraph(content, TRIG)),
        (".trig", lambda content: by_rdflib(content, TRIG)),
        (".jsonld", lambda content: by_oxigraph(content, JSONLD)),
        (".jsonl", by_line),
    ],
)
def test_a_form_says_all(suffix: str, ending: str, read: Callable[[bytes], set[Quad]], release: Path) -> None:
    assert read(plain(release / f"dataset{suffix}{ending}")) == everything(release)


@pytest.mark.parametrize("ending", ["", ".gz", ".zst"])
@pytest.mark.parametrize(("suffix", "format_"), [(".nt", NTRIPLES), (".ttl", TURTLE), (".rdf", RDFXML)])
def test_a_syntax_without_graphs_has_a_file_a_graph(suffix: str, ending: str, format_: object, release: Path) -> None:
    said = everything(release)
    graphs = {quad.graph for quad in said}
    assert {graph.rpartition("/")[2] for graph in graphs} == {"", "rows", "run", "lineage"}
    for graph in graphs:
        content = plain(release / f"{graph.rpartition('/')[2] or 'dataset'}{suffix}{ending}")
        assert by_oxigraph(content, format_) == {quad._replace(graph="") for quad in said if quad.graph == graph}


def test_tables_say_all(project: Path, release: Path) -> None:
    found = read_project(project)
    prologue = prologue_of(found, read_mappings(found.mapping_files(), BASE))
    assert by_csv((release / f"dataset{CSV.suffix}").read_bytes(), prologue.prefixes) == everything(release)
    assert set(quads(pq.read_table(release / "dataset.parquet").to_batches())) == everything(release)


def test_each_file_is_described_and_verified(release: Path) -> None:
    assert lod("verify", release, "--deep").exit_code == 0
    store = ox.Store()
    store.bulk_load(path=release / "description.ttl", format=ox.RdfFormat.TURTLE)
    query = """PREFIX dcat: <http://www.w3.org/ns/dcat#>
    SELECT ?at ?type ?packed { ?d dcat:downloadURL ?at ; dcat:mediaType ?type OPTIONAL { ?d dcat:compressFormat ?packed } }"""
    found = {row["at"].value.removeprefix(BASE): (row["type"], row["packed"]) for row in store.query(query)}
    dumped = {
        path.name
        for path in release.glob("*")
        if form_of(path) and path.stem not in ("context", "report", "description", "ns")
    }
    assert found.keys() == dumped
    for name, (_, packed) in found.items():
        kind = {".gz": "gzip", ".zst": "zstd"}.get(Path(name).suffix)
        assert (packed.value.rpartition("/")[2] if packed else None) == kind


def test_a_dump_is_split_between_subjects(tmp_path: Path) -> None:
    forms = ["nquads", "nquads.gz", "turtle", "trig.zst", "rdfxml", "jsonl"]
    release = built(small_project(tmp_path / "project"), f"forms = {forms}", "split = 40")
    said = everything(release)
    for suffix, format_ in ((".nq.gz", NQUADS), (".trig.zst", TRIG)):
        paths = sorted(release.glob(f"dataset-*{suffix}"))
        found = [by_oxigraph(plain(path), format_) for path in paths]
        assert [path.name for path in paths] == [f"dataset-{number:05}{suffix}" for number in range(1, len(paths) + 1)]
        assert set().union(*found) == said
        assert sum(len({quad.subject for quad in part}) for part in found) == len({quad.subject for quad in said})
        assert all(len(part) >= 40 for part in found[:-1])
    assert set().union(*(by_line(path.read_bytes()) for path in release.glob("dataset-*.jsonl"))) == said
    for suffix, format_ in ((".ttl", TURTLE), (".rdf", RDFXML)):
        paths = [path for path in release.glob(f"*{suffix}") if re.search(r"-\d{5}\.", path.name)]
        parts = [by_oxigraph(path.read_bytes(), format_) for path in paths]
        assert set().union(*parts) == {quad._replace(graph="") for quad in said}
        assert all(parts), "no part is empty"
    assert not (release / "dataset.ttl").exists()


def test_a_second_build_gives_the_same_bytes(tmp_path: Path) -> None:
    project = small_project(tmp_path / "project")
    built(project, 'forms = ["turtle.gz", "trig.zst", "parquet", "csv"]', "split = 500", "excel_safe = true")
    assert lod("build", project).stdout.endswith(", as it was\n")


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ('forms = ["turtel"]', "there is no form 'turtel'\n  Did you mean 'turtle'?"),
        ('forms = ["parquet.gz"]', "there is no form 'parquet.gz'"),
        ("forms = 3", "forms is a list of texts"),
        ("split = 0", "split is a number of statements, not 0"),
        ("split = true", "split is a number of statements, not True"),
        ('excel_safe = "yes"', "excel_safe is true or false, not 'yes'"),
    ],
)
def test_what_is_no_form_is_told_with_its_line(line: str, says: str, tmp_path: Path) -> None:
    project = small_project(tmp_path / "project")
    number = (project / "lod.toml").read_text().count("\n") + 2
    append(project / "lod.toml", f"[release]\n{line}\n")
    shown = lod("build", project)
    assert shown.exit_code == 2
    assert f"lod.toml:{number}: {says}" in shown.stderr


def test_a_release_without_its_default_forms(tmp_path: Path) -> None:
    release = built(small_project(tmp_path / "project"), 'forms = ["csv"]')
    assert sorted(path.name for path in release.glob("dataset*")) == ["dataset.csv.zip", "dataset.nq"]
    assert lod("verify", release, "--deep").exit_code == 0
    assert lod("trace", "c1", "--release", release).exit_code == 0

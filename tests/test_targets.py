"""Statements of term maps with targets go to files of their own, whole or not at all."""

import gzip
import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pyarrow as pa
import pyoxigraph as ox
import pytest
from small import lod

MAPPING = """
prefixes: {ex: "http://example.org/"}
targets:
  names: {access: names.nt, type: localfile, serialization: ntriples}
  packed: {access: births.ttl.gz, type: localfile, serialization: turtle, compression: gzip}
mappings:
  person:
    sources: [people.csv~csv]
    s: ex:$(id)
    po:
      - {p: ex:name, o: {value: $(name), targets: [names]}}
      - {p: ex:born, o: {value: $(born), datatype: xsd:gYear, targets: [packed, names]}}
      - [ex:page, ex:$(id)/page~iri]
"""


@pytest.fixture(autouse=True)
def people(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("map.yml").write_text(MAPPING)
    Path("people.csv").write_text("id,name,born\n1,Ada,1815\n2,Bo,\n")


def predicates(content: bytes, format_: ox.RdfFormat) -> list[tuple[str, str]]:
    found = ox.parse(content, format=format_)
    return sorted((quad.subject.value[-1], quad.predicate.value.rpartition("/")[2]) for quad in found)


def test_each_statement_goes_where_its_term_maps_say() -> None:
    done = lod("map", "map.yml", "-o", "rest.nq")
    assert (done.exit_code, done.stderr) == (0, "")
    assert predicates(Path("rest.nq").read_bytes(), ox.RdfFormat.N_QUADS) == [("1", "page"), ("2", "page")]
    names = predicates(Path("names.nt").read_bytes(), ox.RdfFormat.N_TRIPLES)
    assert names == [("1", "born"), ("1", "name"), ("2", "name")]
    assert predicates(gzip.decompress(Path("births.ttl.gz").read_bytes()), ox.RdfFormat.TURTLE) == [("1", "born")]


def test_zstandard_is_read_by_another_reader() -> None:
    swapped = MAPPING.replace("ttl.gz", "ttl.zst").replace("compression: gzip", "compression: zstd")
    Path("map.yml").write_text(swapped)
    assert lod("map", "map.yml", "-o", "rest.nq").exit_code == 0
    with pa.CompressedInputStream(Path("births.ttl.zst").open("rb"), "zstd") as stream:
        assert predicates(stream.read(), ox.RdfFormat.TURTLE) == [("1", "born")]


def test_no_file_appears_where_one_cannot_be_written() -> None:
    Path("map.yml").write_text(MAPPING.replace("births.ttl.gz", "nowhere/births.ttl.gz"))
    done = lod("map", "map.yml", "-o", "rest.nq")
    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr.startswith("error: nowhere/births.ttl.gz: cannot be written")
    assert sorted(path.name for path in Path().iterdir()) == ["map.yml", "people.csv"]


def test_a_syntax_without_graphs_holds_none() -> None:
    Path("map.yml").write_text(MAPPING.replace("    s: ex:$(id)\n", "    s: ex:$(id)\n    graphs: ex:g\n"))
    done = lod("map", "map.yml", "-o", "rest.nq")
    assert done.exit_code == 2
    assert "map.yml:4 column" in done.stderr or "map.yml:5 column" in done.stderr
    assert "holds no named graphs" in done.stderr


def test_a_named_pipe_is_written_into_and_stays_one() -> None:
    os.mkfifo("pipe.nt")
    with ThreadPoolExecutor() as threads:
        content = threads.submit(Path("pipe.nt").read_bytes)
        assert lod("map", "map.yml", "-o", "pipe.nt").exit_code == 0
    assert predicates(content.result(), ox.RdfFormat.N_TRIPLES) == [("1", "page"), ("2", "page")]
    assert Path("pipe.nt").is_fifo()


def test_a_link_stays_one_and_the_file_that_it_names_is_replaced() -> None:
    Path("rest.nt").write_text("former")
    Path("link.nt").symlink_to("rest.nt")
    assert lod("map", "map.yml", "-o", "link.nt").exit_code == 0
    assert Path("link.nt").is_symlink()
    assert predicates(Path("rest.nt").read_bytes(), ox.RdfFormat.N_TRIPLES) == [("1", "page"), ("2", "page")]


def test_a_folder_is_no_file_to_write() -> None:
    Path("folder").mkdir()
    done = lod("map", "map.yml", "-o", "folder")
    assert (done.exit_code, done.stderr) == (2, "error: folder: cannot be written: Is a directory\n")

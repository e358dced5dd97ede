"""The example's quotes in the text of the article that they were read in; needs the text beside the repository."""

import csv
import hashlib
import re
import shutil
from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest
from small import change

from lod import read_project
from lod.anchors import anchors
from lod.compile import compile_project
from lod.engine import Engine
from lod.lineage import roots
from lod.mapping import read_mappings
from lod.quad import TRIPLE
from lod.triples import triples

ROOT = Path(__file__).resolve().parents[1]
SEED = sorted((ROOT.parent / "shared/seed").glob("*.txt"))
pytestmark = pytest.mark.skipif(not SEED, reason="the article's text is not in ../shared/seed")
Found = tuple[list[dict[str, Any]], dict[str, set[str]]]


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory, engine: Engine) -> Found:
    """The anchors of the example, and the roots of its claims, with the article as the stored text of its source."""
    folder = tmp_path_factory.mktemp("seed") / "project"
    folder.mkdir()
    for name in ("records", "mappings", "shapes"):
        shutil.copytree(ROOT / name, folder / name)
    for path, name in ((ROOT / "lod.toml", "lod.toml"), (SEED[0], "article.txt")):
        shutil.copyfile(path, folder / name)
    sha256 = hashlib.sha256(SEED[0].read_bytes()).hexdigest()
    change(folder / "records/sources.csv", 1, text_file="article.txt", text_sha256=sha256)
    project = read_project(folder)
    graph = compile_project(engine, project, read_mappings(project.mapping_files(), project.dataset.base))
    view = triples(engine, graph.tables)
    led = defaultdict(set)
    for row in engine.rows(roots(engine, view.select(*TRIPLE))):
        led[name_of(row["claim"])].add(name_of(row["root"]))
    return engine.rows(anchors(engine, view, folder)), led


def name_of(iri: str) -> str:
    return iri.rpartition("/")[2]


def claims() -> list[dict[str, str]]:
    with (ROOT / "records/claims.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def article() -> str:
    return SEED[0].read_bytes().decode("utf-8")


def expected(quote: str) -> str:
    """Say how a quote stands in the article, by a pattern that cuts no word."""
    words = rf"(?<!\w){re.escape(quote)}(?!\w)"
    if re.search(words, article()):
        return "foundExactly"
    loose = re.sub(r"(\\ )+", r"\\s+", words)
    return "foundFolded" if re.search(loose, article(), re.IGNORECASE) else "notFound"


def test_each_fragment_has_the_anchor_that_a_plain_search_gives(found: Found) -> None:
    told = {name_of(row["quote"]): row for row in found[0] if name_of(row["source"]) == "article"}
    assert {name: row["anchoring"] for name, row in told.items()} == {
        row["id"]: expected(row["quote"]) for row in claims() if row["quote"]
    }
    for row in told.values():
        assert article()[row["start"] : row["end"]] == row["exact"]


def test_the_words_of_newspapers_have_no_text_of_theirs(found: Found) -> None:
    told = {(name_of(row["quote"]), name_of(row["source"])): row["anchoring"] for row in found[0]}
    relayed = {(row["id"], row["rests_on"]): "noText" for row in claims() if row["speaker"]}
    assert {source for _, source in relayed} == {
        "hrw-unidentified",
        "new-york-times-1992-03-03",
        "times-1992-03-03",
        "washington-times-1992-03-02",
    }
    assert {key: how for key, how in told.items() if key[1] != "article"} == relayed


def test_all_that_rests_on_the_article_alone_has_one_root(found: Found) -> None:
    own = {row["id"] for row in claims() if not row["rests_on"]}
    assert len(own) > 40
    assert set[str]().union(*(found[1][name] for name in own)) == {"article"}
    assert all(found[1][row["id"]] == {row["rests_on"]} for row in claims() if row["rests_on"])

"""Lineage as it is published: in the graph, by the commands, and computed again by the queries that ship with it."""

import csv
import io
import json
from pathlib import Path

import pyoxigraph as ox
import pytest
from small import BASE, CLAIMS, SOURCES, add, change, lod, quads, small_project, tiny_project

NS = "https://w3id.org/lod/ns#"
GRAPH = f"{BASE}graph/lineage"
GAZETTE, COURIER = "gazette-2001-03-02", "courier-2001-03-03"


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small project (12 twice, from one root, and more than 20), with a claim that is a part and exceeds its whole."""
    project = small_project(tmp_path_factory.mktemp("lineage") / "project")
    add(project / CLAIMS, like=1, id="c4", value="15", part_of="c1", as_worded="15", quote="")
    add(project / SOURCES, like=1, id="wire-2001-03-02", title="Wire", first_hand="true")
    change(project / SOURCES, 1, derived_from="wire-2001-03-02")
    assert lod("build", project).exit_code in (0, 1)
    return project / "output/latest"


def said(release: Path, predicate: str) -> set[tuple[str, str]]:
    """Return subject and object of the lineage graph's statements with a predicate, after the base."""
    return {
        (quad.subject.value.removeprefix(BASE), quad.object.value.removeprefix(BASE))
        for quad in quads(release)
        if (quad.predicate.value, quad.graph_name) == (NS + predicate, ox.NamedNode(GRAPH))
    }


def asked(release: Path, name: str) -> list[ox.QuerySolution]:
    store = ox.Store()
    store.bulk_load(path=release / "dataset.nq", format=ox.RdfFormat.N_QUADS)
    found = store.query((release / f"queries/{name}.rq").read_text(), use_default_graph_as_union=True)
    assert isinstance(found, ox.QuerySolutions)
    return list(found)


def test_the_roots_are_published_and_the_query_finds_the_same(release: Path) -> None:
    wire, courier = "source/wire-2001-03-02", f"source/{COURIER}"
    wanted = {("claim/c1", wire), ("claim/c2", courier), ("claim/c3", wire), ("claim/c4", wire)}
    assert said(release, "root") == wanted
    queried = asked(release, "roots")
    assert {(row["claim"].value, row["root"].value) for row in queried} == {(BASE + a, BASE + b) for a, b in wanted}


def test_what_agrees_and_what_contradicts_is_published(release: Path) -> None:
    among, between = said(release, "among"), said(release, "between")
    groups = {node: {claim for other, claim in among if other == node} for node, _ in among}
    [agreed] = [node for node in groups if node.startswith("agreement/")]
    assert groups[agreed] == {"claim/c1", "claim/c3"}
    assert {name: dict(said(release, f"{name}Roots"))[agreed] for name in ("firstHand", "unknown", "unseen")} == {
        "firstHand": "1",
        "unknown": "0",
        "unseen": "0",
    }
    [spread] = [node for node in groups if node.startswith("spread/")]
    assert groups[spread] == {f"claim/c{number}" for number in (1, 2, 3, 4)}
    ends = [dict(said(release, name))[spread] for name in ("lowest", "highest", "claims", "roots")]
    assert ends == ["12", "15", "4", "2"]
    pairs = {frozenset(claim for other, claim in between if other == node) for node, _ in between}
    assert pairs == {frozenset({"claim/c2", f"claim/c{number}"}) for number in (1, 3, 4)} | {
        frozenset({"claim/c3", "claim/c4"})
    }
    assert sorted(value for _, value in said(release, "sameRoot")) == ["false", "false", "false", "true"]
    assert {claim for _, claim in said(release, "part")} == {"claim/c4"}
    assert {claim for _, claim in said(release, "whole")} == {"claim/c1"}
    queried = {
        frozenset(row[name].value.removeprefix(BASE) for name in ("one", "other"))
        for row in asked(release, "contradictions")
    }
    assert queried == pairs
    counts = sorted(
        tuple(int(row[name].value) for name in ("claims", "firstHand", "unknown", "unseen"))
        for row in asked(release, "agreements")
    )
    assert counts == [(1, 0, 1, 0), (1, 1, 0, 0), (2, 1, 0, 0)]


def test_each_computed_node_says_what_computed_it(release: Path) -> None:
    made = "http://www.w3.org/ns/prov#wasGeneratedBy"
    nodes = {node for name in ("among", "between", "part") for node, _ in said(release, name)}
    by = {(quad.subject.value, quad.object.value) for quad in quads(release) if quad.predicate.value == made}
    run = f"{BASE}run/lineage"
    assert {(BASE + node, run) for node in nodes} | {(GRAPH, run)} <= by
    assert said(release, "tolerance") == {("run/lineage", "0.1")}


def test_a_row_more_changes_no_other_address(release: Path, tmp_path: Path) -> None:
    before = {node for name in ("among", "between") for node, _ in said(release, name)}
    project = small_project(tmp_path / "project")
    add(project / CLAIMS, like=1, id="c4", value="15", part_of="c1", as_worded="15", quote="")
    add(project / CLAIMS, like=2, id="a0", value_min="30", as_worded="more than 30", quote="")
    assert lod("build", project).exit_code in (0, 1)
    after = {node for name in ("among", "between") for node, _ in said(project / "output/latest", name)}
    assert before < after


def test_the_commands_tell_the_same(release: Path) -> None:
    shown = lod("lineage", release, "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(shown.stdout)))
    assert {(row["claim"].removeprefix(BASE), row["root"].removeprefix(BASE)) for row in rows} == said(release, "root")
    assert [row["kind"] for row in rows if row["claim"].endswith("c2")] == ["unknown"]
    apart = list(csv.DictReader(io.StringIO(lod("contradictions", release, "--format", "csv").stdout)))
    ones = {frozenset(row[name].rpartition("/")[2] for name in ("one", "other")) for row in apart}
    assert ones == {frozenset(pair) for pair in (("c1", "c2"), ("c2", "c3"), ("c2", "c4"), ("c3", "c4"))}
    assert len(json.loads(lod("contradictions", release, "--format", "json").stdout)) == 4
    assert {len(each["roots"]) for each in json.loads(lod("lineage", release, "--format", "json").stdout)} == {1}
    text = lod("lineage", release).stdout.splitlines()
    assert text[:3] == [
        "Sampletown, 1 March 2001: injured",
        "  4 claims from 2 roots (1 first-hand, 1 of unknown origin)",
        "  2 claims state the same, from 1 root (1 first-hand)",
    ]
    told = lod("contradictions", release).stdout
    assert told.splitlines()[-1] == "4 contradictions, 1 excess"
    assert told.count("both go back to one root") == 1


def test_pages_tell_of_roots_and_contradictions(release: Path) -> None:
    event = (release / "event/bridge-2001-03-01.html").read_text(encoding="utf-8")
    assert "4 claims, 2 roots, 4 contradictions" in event
    assert event.count("goes back to") == 2
    claim = (release / "claim/c3.html").read_text(encoding="utf-8")
    assert "Claims that state the same" in claim
    assert "one root" in claim


def test_a_release_without_claims_has_no_lineage(tmp_path: Path) -> None:
    project = tiny_project(tmp_path / "tiny")
    assert lod("build", project).exit_code == 0
    assert not (project / "output/latest/lineage.ttl").exists()
    assert lod("lineage", project / "output/latest").stdout == ""
    missing = lod("contradictions", tmp_path)
    assert (missing.exit_code, missing.stderr) == (
        2,
        f"error: there is no release in {tmp_path}\n  `lod build` makes one.\n",
    )

"""The way that makes two sources one: held to a walk over random graphs, and told by the command and the pages."""

import csv
import io
import json
from itertools import pairwise
from pathlib import Path
from random import Random

import pytest
from claimed import BASE, PROV, SCHEMA, Claims, random_claims
from small import BASE as SMALL
from small import CLAIMS, SOURCES, add, change, lod, small_project

from lod.derivation import ways
from lod.terms import RDF_TYPE

EDGES = {"rests on": SCHEMA + "isBasedOn", "read in": SCHEMA + "appearance", "derives from": PROV + "wasDerivedFrom"}


class Said:
    """The statements of random claims, as they are followed."""

    def __init__(self, claims: Claims) -> None:
        self.claims = claims

    def objects(self, subject: str, predicate: str) -> list[str]:
        if predicate == RDF_TYPE:
            return [SCHEMA + "Claim"] if subject.removeprefix(BASE) in self.claims.states else []
        return sorted(BASE + name for name in self.claims.next(subject.removeprefix(BASE), predicate))


@pytest.mark.parametrize("seed", range(40))
def test_ways_lead_to_the_roots_along_what_is_said(seed: int) -> None:
    claims = random_claims(Random(seed))
    for claim in claims.states:
        found = ways(Said(claims), BASE + claim)
        assert {root.removeprefix(BASE) for root in found} == claims.roots(claim)
        for root, hops in found.items():
            nodes = [claim, *(hop.iri.removeprefix(BASE) for hop in hops)]
            assert BASE + nodes[-1] == root
            assert len(set(nodes)) == len(nodes)
            for (one, other), hop in zip(pairwise(nodes), hops, strict=True):
                assert other in claims.next(one, EDGES[hop.how])


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """c1 was read in the Gazette, which has it from a wire; c3 states 15, resting on a radio that has it from there too."""
    project = small_project(tmp_path_factory.mktemp("kinship") / "project")
    add(project / SOURCES, like=1, id="wire", title="Wire", url="")
    add(project / SOURCES, like=1, id="radio", title="Radio", url="", derived_from="wire")
    add(project / SOURCES, like=1, id="c1", title="A source like a claim", url="")
    change(project / SOURCES, 1, derived_from="wire")
    change(project / CLAIMS, 3, value="15", as_worded="15", rests_on="radio")
    assert lod("build", project).exit_code in (0, 1)
    return project / "output/latest"


def test_the_command_prints_both_ways_to_the_root(release: Path) -> None:
    lines = lod("lineage", release, "--why", "claim/c1", "c3").stdout.splitlines()
    assert [line[:29].rstrip() for line in lines] == [
        "c1 and c3 both go back to wir",
        "  c1  The Gazette counts 12 i",
        "    read in gazette-2001-03-0",
        "      derives from wire  Wire",
        "  c3  The Courier repeats the",
        "    rests on radio  Radio",
        "      derives from wire  Wire",
    ]
    rows = list(csv.DictReader(io.StringIO(lod("lineage", release, "--why", "radio", "c3", "--format", "csv").stdout)))
    told = [(row["from"].rpartition("/")[2], row["step"], row["how"], row["node"].rpartition("/")[2]) for row in rows]
    assert told == [
        ("radio", "0", "", "radio"),
        ("radio", "1", "derives from", "wire"),
        ("c3", "0", "", "c3"),
        ("c3", "1", "rests on", "radio"),
        ("c3", "2", "derives from", "wire"),
    ]
    [shared] = json.loads(lod("lineage", release, "--why", "wire", "radio", "--format", "json").stdout)
    assert shared["root"]["iri"] == f"{SMALL}source/wire"
    assert [place["label"] for place in shared["one"]] == ["Wire"]


def test_no_root_in_common_is_said(release: Path) -> None:
    shown = lod("lineage", release, "--why", "c2", "c3")
    assert (shown.exit_code, shown.stdout) == (0, "c2 and c3 go back to no root in common\n")


@pytest.mark.parametrize(
    ("name", "told"),
    [("c1", "'c1' may be claim/c1 and source/c1"), ("c9", "there is no claim or source 'c9' in the release")],
)
def test_a_name_that_says_nothing_or_too_much_is_refused(release: Path, name: str, told: str) -> None:
    shown = lod("lineage", release, "--why", "c2", name)
    assert shown.exit_code == 2
    assert told in shown.stderr


def test_the_page_of_a_claim_tells_the_way(release: Path) -> None:
    page = (release / "claim/c1.html").read_text(encoding="utf-8")
    told = page.partition("One root: this claim comes from it by")[2].partition("</p>")[0]
    assert told.index("read in") < told.index("gazette") < told.index("derives from") < told.index("Wire")
    assert "One root" not in (release / "claim/c2.html").read_text(encoding="utf-8")

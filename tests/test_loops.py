"""Loops of derivation: refused, with the way round in the message."""

from itertools import pairwise, permutations
from pathlib import Path
from random import Random

import pytest
from small import CLAIMS, SOURCES, add, change, lod, rejected, small_project

from lod.terms import Kind
from lod.validation import Node, Report, Result, with_loops
from lod.validation.select import COMPONENT


def node(name: str) -> Node:
    return Node(f"https://example.org/{name}", Kind.IRI)


def result(focus: str, value: str) -> Result:
    message = Node("No loops.", Kind.LITERAL, None, "en")
    return Result("v", node(focus), None, node(value), node("shape"), COMPONENT, (message,))


def shortest(edges: set[tuple[str, str]], focus: str, value: str) -> int | None:
    """Return how many nodes the shortest loop has that begins with an edge: every order of every few nodes is tried."""
    others = {name for edge in edges for name in edge} - {focus, value}
    if focus == value:
        return 1
    for count in range(len(others) + 1):
        for middle in permutations(others, count):
            way = (focus, value, *middle, focus)
            if all(step in edges for step in pairwise(way)):
                return len(way) - 1
    return None


@pytest.mark.parametrize("seed", range(20))
def test_each_message_tells_a_shortest_loop(seed: int) -> None:
    random = Random(seed)
    edges = {(random.choice("abcdef"), random.choice("abcdef")) for _ in range(random.randrange(1, 10))}
    report = with_loops(Report(tuple(result(*edge) for edge in sorted(edges))))
    for (focus, value), found in zip(sorted(edges), report.results, strict=True):
        _, _, told = found.message.partition("No loops. The loop: ")
        way = told.rstrip(".").split(" \u2192 ") if told else []
        length = shortest(edges, focus, value)
        assert len(way) == (length + 1 if length else 0)
        assert all(step in edges for step in pairwise(way))
        assert not way or (way[:2], way[-1]) == ([focus, value], focus)


def looping(folder: Path, mode: str = "refuse") -> Path:
    """A wire that derives from a paper, which derives from a radio, which derives from the wire."""
    project = small_project(folder, mode)
    origins = {"wire": "paper", "paper": "radio", "radio": "wire"}
    for name, origin in origins.items():
        add(project / SOURCES, like=1, id=name, title=name.title(), url="", derived_from=origin)
    return project


def test_a_build_refuses_a_loop_and_prints_it(tmp_path: Path) -> None:
    shown = lod("build", looping(tmp_path / "project"))
    assert shown.exit_code == 3
    told = " ".join((shown.stdout + shown.stderr).split())
    assert "The loop: wire \u2192 paper \u2192 radio \u2192 wire." in told
    assert told.count("The loop:") == 3


def test_a_rejected_record_tells_its_loop(tmp_path: Path) -> None:
    project = looping(tmp_path / "project", "reject")
    for row, other in ((1, "c3"), (3, "c1")):
        change(project / CLAIMS, row, rests_on=other)
    assert lod("build", project).exit_code == 1
    reasons = [each["reason"] for each in rejected(project / "output/latest")]
    assert sum("The loop: paper \u2192 radio \u2192 wire \u2192 paper." in each for each in reasons) == 1
    assert sum("The loop: c1 \u2192 c3 \u2192 c1." in each for each in reasons) == 1

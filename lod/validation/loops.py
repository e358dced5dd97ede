"""Loops: where results lead from node to node and back, their messages tell the way round.

A constraint that refuses loops finds a node (the focus node) and the next one on its loop (the value); each node of the
loop has such a result.
"""

from collections import defaultdict, deque
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TypeAlias

from lod.terms import Kind
from lod.validation.path import Path
from lod.validation.report import Node, Report, Result
from lod.validation.select import COMPONENT


def with_loops(report: Report) -> Report:
    """Add to each message of a SPARQL-based constraint the shortest loop that its result is on, if it is on one."""
    steps: _Steps = defaultdict(lambda: defaultdict(list))
    for each in report.results:
        if each.component == COMPONENT and each.value:
            steps[each.shape, each.path][each.focus].append(each.value)
    results = (_told(each, _loop(each, steps[each.shape, each.path])) for each in report.results)
    return replace(report, results=tuple(results))


_Steps: TypeAlias = dict[tuple[Node, Path | None], dict[Node, list[Node]]]  # from a node to the next


def _told(result: Result, loop: Sequence[Node]) -> Result:
    if not loop:
        return result
    way = " \N{RIGHTWARDS ARROW} ".join(map(_name, loop))
    messages = (replace(each, value=f"{each.value} The loop: {way}.") for each in result.messages)
    return replace(result, messages=tuple(messages))


def _loop(result: Result, steps: Mapping[Node, Sequence[Node]]) -> Sequence[Node]:
    """Return the shortest way from the focus node by the value back to the focus node; empty where none leads there."""
    if result.value is None:
        return ()
    ways: deque[tuple[Node, ...]] = deque([(result.focus, result.value)])
    seen = {result.value}
    while ways:
        way = ways.popleft()
        if way[-1] == result.focus:
            return way
        fresh = [node for node in steps.get(way[-1], ()) if node not in seen]
        seen.update(fresh)
        ways.extend((*way, node) for node in fresh)
    return ()


def _name(node: Node) -> str:
    return node.value.rpartition("/")[2] if node.kind is Kind.IRI else str(node)

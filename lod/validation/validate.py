"""Term tables validated: what breaks which shape becomes a report.

https://www.w3.org/TR/shacl/#validation
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from lod.engine import Engine
from lod.options import ValidateOptions
from lod.quad import TRIPLE, quads
from lod.term_table import TermTable
from lod.terms import Kind
from lod.triples import triples
from lod.validation.evaluate import Evaluation, Finding
from lod.validation.facts import Facts
from lod.validation.foreign import Foreign
from lod.validation.key import node_of
from lod.validation.messages import messages
from lod.validation.model import Constraint, Shape
from lod.validation.path import Predicate
from lod.validation.report import Node, Report, Result, Severity, in_order, level, no_node
from lod.validation.shapes import Shapes
from lod.validation.store import Store


def validate(
    engine: Engine, tables: Sequence[TermTable], shapes: Shapes, options: ValidateOptions = ValidateOptions()
) -> Report:
    """Hold the statements of term tables, all graphs merged, to shapes.

    What lod does not do itself pySHACL does, and a note of the report says so. Raises ShapeError where pySHACL cannot
    use a shape.
    """
    ours = options.engine == "lod"
    evaluation = Evaluation(engine, Facts(engine, tables, shapes.subclasses))
    tally = _Tally(options.max_results)
    idle: list[Shape] = []
    store, inexact = Store(engine, tables), set[Node]()
    for shape in shapes.shapes:
        nodes = evaluation.focus_nodes(shape)
        if engine.is_empty(nodes):
            idle.append(shape)
        elif ours:
            for finding in evaluation.findings(shape, nodes):
                tally.add_finding(finding)
            for select in () if shape.deactivated else shape.selects:
                if store.answers(select, nodes):
                    for result in store.results(shape, select, nodes):
                        tally.add_result(result)
                else:
                    inexact.add(select.node)
    foreign = replace(shapes.foreign, inexact=frozenset(inexact))
    if foreign.shapes() or not ours:
        from lod.validation.by_pyshacl import validate_by_pyshacl  # with rdflib, which takes a while

        view = triples(engine, tables).select(*TRIPLE)
        held = foreign.quads() if ours else shapes.quads
        for result in validate_by_pyshacl(quads(engine.batches(view)), held, shapes.places):
            tally.add_result(result)
    named = sorted(shape.node.value for shape in idle if shape.node.kind is Kind.IRI)
    unnamed = (no_node(f"the shape at {shape.position}") for shape in idle if shape.node.kind is not Kind.IRI)
    notes = (*unnamed, *shapes.notes, *_notes(foreign))
    return Report(in_order(tally.results), tuple(named), tuple(sorted(tally.unlisted.items())), notes)


class _Tally:
    """The results: of each constraint of a shape so many, and how many more there are of each level."""

    def __init__(self, most: int | None) -> None:
        self.results: list[Result] = []
        self.unlisted: Counter[Severity] = Counter()
        self._most = most
        self._counts: Counter[tuple[Node, Constraint | str]] = Counter()

    def add_finding(self, finding: Finding) -> None:
        """Take in what lod found; it becomes a result where it is listed."""
        listed = self._listed(finding.shape.node, finding.constraint, finding.shape.severity, finding.times)
        self.results += [_result(finding)] * listed if listed else []

    def add_result(self, result: Result) -> None:
        """Take in what pySHACL found."""
        self.results += [result] * self._listed(result.shape, result.component, result.severity, 1)

    def _listed(self, shape: Node, constraint: Constraint | str, severity: str, times: int) -> int:
        """Count what was found so many times, and return how many of these are listed."""
        asked = (shape, constraint)
        listed = times if self._most is None else min(times, self._most - self._counts[asked])
        self._counts[asked] += listed
        if listed < times:
            self.unlisted[level(severity)] += times - listed
        return listed


def _result(finding: Finding) -> Result:
    shape, focus = finding.shape, node_of(finding.focus)
    value = node_of(finding.value) if finding.value is not None else None
    return Result(
        severity=shape.severity,
        focus=focus,
        path=Predicate(finding.path) if finding.path is not None else shape.path,
        value=value,
        shape=shape.node,
        component=finding.constraint.component,
        messages=messages(shape, finding.constraint, focus, value),
        origin=shape.position,
    )


def _notes(foreign: Foreign) -> Iterator[str]:
    held = foreign.shapes()
    if held:
        names = ", ".join(map(str, held))
        what = "SPARQL, SHACL-AF or components of their own"
        yield f"{len(held)} shapes ask for {what}, and were held to by pySHACL: {names}"

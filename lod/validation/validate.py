"""Term tables validated: what breaks which shape becomes a report.

https://www.w3.org/TR/shacl/#validation
"""

from collections.abc import Iterator, Sequence
from typing import Any, Literal

from lod.engine import Engine
from lod.quad import TRIPLE, quads
from lod.term_table import TermTable
from lod.triples import triples
from lod.validation.by_pyshacl import validate_by_pyshacl
from lod.validation.evaluate import Evaluation, Found
from lod.validation.facts import Facts
from lod.validation.key import node_of
from lod.validation.messages import messages
from lod.validation.path import Predicate
from lod.validation.report import Report, Result, in_order
from lod.validation.shapes import Shapes

By = Literal["lod", "pyshacl"]


def validate(engine: Engine, tables: Sequence[TermTable], shapes: Shapes, by: By = "lod") -> Report:
    """Hold the statements of term tables, all graphs merged, to shapes; `by` says who does.

    What lod does not do itself pySHACL does, and a note of the report says so. Raises ShapeError where pySHACL cannot
    use a shape.
    """
    evaluation = Evaluation(engine, Facts(engine, tables, shapes.subclasses))
    results: list[Result] = []
    idle: list[str] = []
    for shape in shapes.shapes:
        nodes = evaluation.focus_nodes(shape)
        if not engine.rows(nodes.limit(1)):
            idle.append(shape.node.value)
        elif by == "lod":
            results += (result for found in evaluation.results(shape, nodes) for result in _results(engine, found))
    foreign = shapes.foreign.quads() if by == "lod" else shapes.quads
    if shapes.foreign.shapes() or by == "pyshacl":
        view = triples(engine, tables).select(*TRIPLE)
        results += validate_by_pyshacl(quads(engine.batches(view)), foreign, shapes.places)
    return Report(in_order(results), tuple(sorted(idle)), notes=(*shapes.notes, *_notes(shapes)))


def _results(engine: Engine, found: Found) -> Iterator[Result]:
    for row in engine.rows(found.rows):
        yield from [_result(found, row)] * int(row["times"])


def _result(found: Found, row: dict[str, Any]) -> Result:
    value = node_of(row["value"]) if "value" in row else None
    focus = node_of(row["focus"])
    return Result(
        severity=found.shape.severity,
        focus=focus,
        path=Predicate(row["path"]) if "path" in row else found.shape.path,
        value=value,
        shape=found.shape.node,
        component=found.constraint.component,
        messages=messages(found.shape, found.constraint, focus, value),
        origin=found.shape.position,
    )


def _notes(shapes: Shapes) -> Iterator[str]:
    held = shapes.foreign.shapes()
    if held:
        names = ", ".join(map(str, held))
        what = "SPARQL, SHACL-AF or components of their own"
        yield f"{len(held)} shapes ask for {what}, and were held to by pySHACL: {names}"

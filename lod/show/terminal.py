"""What a terminal shows: trails as trees, accounts as a table."""

import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from io import BytesIO, StringIO
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from lod.errors import Position
from lod.explain import Plan, Trace
from lod.formats import NQUADS, TURTLE, Prologue, open_sink
from lod.outcome import Account
from lod.quad import quads_table
from lod.show.printable import printable
from lod.vocab import CSVW, NS, PREFIXES
from lod.whole import whole_files

if TYPE_CHECKING:
    from lod.steps import Step

# Nothing in a text is taken for markup or for the name of an emoji.
_AS_WRITTEN: Final[dict[str, Any]] = {"highlight": False, "markup": False, "emoji": False}


def trail_text(trail: "Step") -> str:
    """Return a trail as a tree, two lines a step: what it is, and its IRI."""
    from rich.console import Console
    from rich.tree import Tree

    def grow(tree: Tree, step: "Step") -> None:
        branch = tree.add(_line(step), highlight=False)
        for each in step.steps:
            grow(branch, each)

    root = Tree(_line(trail))
    for each in trail.steps:
        grow(root, each)
    console = Console(file=StringIO(), width=200, force_terminal=sys.stdout.isatty(), **_AS_WRITTEN)
    console.print(root)
    return str(console.file.getvalue())  # type: ignore[attr-defined]  # the file given two lines above


def _line(step: "Step") -> str:
    details = f" ({'; '.join(step.details)})" if step.details else ""
    return f"{printable(f'{step.role}: {step.label}{details}')}\n{printable(f'<{step.iri}>')}"


def trail_json(trail: "Step") -> str:
    """Return a trail as nested JSON objects."""
    return json.dumps(_object(trail), ensure_ascii=False, indent=2) + "\n"


def _object(step: "Step") -> dict[str, object]:
    steps = [_object(each) for each in step.steps]
    return {"role": step.role, "iri": step.iri, "label": step.label, "details": list(step.details), "steps": steps}


def trail_turtle(folder: Path, trail: "Step") -> str:
    """Return all that the release in `folder` says of a trail's nodes, as Turtle."""
    from lod.trail import trail_quads

    stream, sink = BytesIO(), open_sink(TURTLE)
    sink.start(stream, Prologue(prefixes={**PREFIXES, "csvw": CSVW, "ns": NS}))
    merged = (quad._replace(graph="") for quad in trail_quads(folder, trail))
    for batch in quads_table(merged).to_batches():
        sink.take(batch)
    sink.finish()
    return stream.getvalue().decode()


def plan_text(plans: Sequence[Plan]) -> str:
    """Return a plan, term table by term table: where it comes from, what it says, and its query."""
    return "\n".join(line for plan in plans for line in _plan_lines(plan))


def _plan_lines(plan: Plan) -> Iterator[str]:
    yield f"triples map {plan.triples_map}"
    yield f"  {plan.file}: {plan.rows} rows"
    yield from (f"  {statement}" for statement in plan.statements)
    yield from (f"    {line}" for line in plan.sql.splitlines())
    yield ""


def traces_text(traces: Sequence[Trace]) -> str:
    """Return the statements behind a node, by record."""
    lines = []
    for (file, row, name), same in groupby(traces, key=lambda each: (each.file, each.row, each.triples_map)):
        lines.append(f"{Position(file, row=row)}, by {name}")
        stream, sink = BytesIO(), open_sink(NQUADS)
        sink.start(stream, Prologue())
        for batch in quads_table(sorted({each.statement for each in same})).to_batches():
            sink.take(batch)
        lines += [f"  {line}" for line in stream.getvalue().decode().splitlines()]
    return "\n".join([*lines, ""])


def accounts_table(accounts: Sequence[Account]) -> None:
    """Print to stderr what became of the records of each input."""
    from rich.console import Console
    from rich.table import Table

    table = Table("input", "records", "published", "rejected", "skipped", box=None, pad_edge=False)
    for account in accounts:
        table.add_row(account.file, *map(str, (account.read, account.published, account.rejected, account.skipped)))
    Console(stderr=True, **_AS_WRITTEN).print(table)


def write_lines(lines: Iterable[str], path: Path | None) -> int:
    """Write lines as `write_text` writes a text; return how many there were."""
    count = 0
    with whole_files() as open_file, open_file(path, None) as stream:
        for count, line in enumerate(lines, 1):  # noqa: B007  # the last number is the count
            stream.write(f"{line}\n".encode())
    return count


def write_text(text: str, path: Path | None) -> None:
    """Write a result to a file, or to standard output where there is none; raise ReleaseError where it cannot be."""
    with whole_files() as open_file, open_file(path, None) as stream:
        stream.write(text.encode())

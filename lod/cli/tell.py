"""What commands say: results as JSON; and on standard error progress, rejections, notes, and the outcome of a build."""

import json
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

    from lod.outcome import Rejection
    from lod.pipeline import Outcome


@contextmanager
def progress(quiet: bool) -> Iterator[Callable[[str], None]]:
    """Give a function that shows the step at work: on a terminal only, and gone when the work is done."""
    if quiet or not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console

    with Console(stderr=True).status("starting") as status:
        yield lambda step: status.update(f"{step} ...")


def echo_json(parts: "Iterable[DataclassInstance]") -> None:
    """Print parts of a result as a JSON array of objects, with the names of their fields."""
    click.echo(json.dumps([asdict(part) for part in parts], ensure_ascii=False, indent=2))


@contextmanager
def told(verbose: bool, quiet: bool, report: Path | None, project: Path) -> Iterator[None]:
    """Tell the outcome of a build that a gate refused, then let the error through."""
    from lod.pipeline import GateRefused

    try:
        yield
    except GateRefused as refused:
        tell(refused.outcome, verbose, quiet, published=False)
        write_report(refused.outcome, report, project)
        raise


def tell(outcome: "Outcome", verbose: bool, quiet: bool, *, published: bool = True) -> None:
    """Tell what a build or check found; published: whether the counts of records are those of a release."""
    from lod.show.terminal import accounts_table
    from lod.validation import as_text

    if quiet:
        return
    tell_notes(outcome.notes, quiet)
    _tell_some("rejected", outcome.rejections, verbose)
    _tell_some("warning", outcome.vanished, verbose)
    if outcome.report.results or verbose:
        click.echo(as_text(outcome.report, shown=None if verbose else 5, idle=verbose), err=True, nl=False)
    idle = len(outcome.report.idle_shapes)
    if idle and not verbose:
        click.echo(f"note: {idle} shapes were held to no node and pass for that alone (-v names them)", err=True)
    if published:
        accounts_table(outcome.accounts)


def write_report(outcome: "Outcome", path: Path | None, project: Path) -> None:
    """Write the validation report to a file, in the form of its suffix, with the lines of files below the project."""
    from lod.show.terminal import write_text
    from lod.validation import FORMS, form_of
    from lod.validation.lines import with_lines

    if path:
        write_text(FORMS[form_of(path)](with_lines(outcome.report, project, outcome.sources)), path)


def tell_notes(notes: Sequence[object], quiet: bool) -> None:
    """Tell what deserves a look though nothing is wrong."""
    for note in () if quiet else notes:
        click.echo(f"note: {note}", err=True)


def tell_rejections(rejections: "Sequence[Rejection]", verbose: bool, quiet: bool) -> None:
    """Tell what was rejected and why: the first ten, or all."""
    if not quiet:
        _tell_some("rejected", rejections, verbose)


def _tell_some(word: str, things: Sequence[object], verbose: bool) -> None:
    shown = things if verbose else things[:10]
    for thing in shown:
        click.echo(f"{word}: {thing}", err=True)
    if len(things) > len(shown):
        click.echo(f"{word}: ... and {len(things) - len(shown)} more (-v names all)", err=True)

"""The command line: words become one call of the library each.

Exit codes: 0 done, nothing to report; 1 done, with findings; 2 nothing done: usage, or something cannot be read;
3 refused by a gate, nothing published; 70 a defect of lod itself. Results go to stdout, messages to stderr.
"""

import gc
import sys
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, TypeVar

import click

from lod.errors import LodError, Refused

if TYPE_CHECKING:
    from lod.pipeline import Outcome

_FINDINGS, _FAILED, _REFUSED = 1, 2, 3
_DEFECT = 70  # EX_SOFTWARE of sysexits.h; Python's own 1 would say "done, with findings"
_INTERRUPTED = 130  # 128 and the number of the signal, as shells say it
_Command = TypeVar("_Command", bound=Callable[..., Any])

_PATH = click.Path(path_type=Path)


class _Commands(click.Group):
    """Turns every error of the library into one message and an exit code."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command."""
        try:
            return super().invoke(ctx)
        except Refused as error:
            click.echo(f"refused: {error}", err=True)
            ctx.exit(_REFUSED)
        except LodError as error:
            click.echo(f"error: {error}", err=True)
            ctx.exit(_FAILED)
        except BrokenPipeError:
            sys.stderr.close()
            ctx.exit(_FAILED)
        except KeyboardInterrupt:
            click.echo("interrupted", err=True)
            ctx.exit(_INTERRUPTED)
        except (click.ClickException, click.exceptions.Exit, click.Abort):
            raise
        except Exception:  # the last frame: whatever comes this far is told, and has a code of its own
            traceback.print_exc()
            click.echo("This is a defect of lod; please report it with the lines above.", err=True)
            ctx.exit(_DEFECT)

    def resolve_command(self, ctx: click.Context, args: list[str]) -> Any:
        """Find a command, and suggest one where there is a typing error."""
        from lod.errors import did_you_mean

        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as error:
            hint = did_you_mean(args[0], self.list_commands(ctx))
            raise click.UsageError(f"{error.message} {hint or ''}".strip(), ctx) from None


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(version("lod"), prog_name="lod")
def main() -> None:
    """Publish who claims what, in which source, as linked data that keeps its provenance."""


def _talk(command: _Command) -> _Command:
    """Add -v and -q."""
    quiet = click.option("-q", "--quiet", is_flag=True, help="Say nothing but errors and the result.")
    verbose = click.option("-v", "--verbose", is_flag=True, help="Name every rejected record and every result.")
    return quiet(verbose(command))


def _format(*names: str) -> Callable[[_Command], _Command]:
    """Add --format, the first of the names its default."""
    choice = click.Choice(names)
    return click.option(
        "--format", "format_", type=choice, default=names[0], show_default=True, help="How the result is spelled."
    )


_PROJECT = click.argument("project", type=_PATH, default=".")
_HOSTS = click.option(
    "--allow-host", "hosts", metavar="HOST", multiple=True, help="A host that sources may be fetched from."
)
_EXTERNAL = click.option(
    "--external",
    multiple=True,
    metavar="NAME=VALUE",
    help="What $(_NAME) stands for in YARRRML; may be given several times.",
)


def _of_known_form(_ctx: click.Context, _option: click.Parameter, path: Path | None) -> Path | None:
    """Refuse a report of no known form before the work that it is to report."""
    if path:
        from lod.validation import form_of

        form_of(path)
    return path


_REPORT = click.option(
    "--report",
    type=_PATH,
    callback=_of_known_form,
    help="Also write the validation report here: .html, .sarif (for code hosts), .csv, .json, .ttl, .jsonld or .txt.",
)
_VOCABULARY = click.option(
    "--vocabulary", is_flag=True, help="Also check the terms of schema.org, PROV-O and DCAT: do they exist and fit."
)
_FUNCTIONS = click.option("--functions", type=_PATH, help="A Python file whose functions the mappings may call.")


@main.command()
@_PROJECT
@click.option("--output", type=_PATH, help="The release's folder (default: the project's, output/).")
@_REPORT
@_talk
@click.pass_context
def build(
    ctx: click.Context, project: Path, output: Path | None, report: Path | None, verbose: bool, quiet: bool
) -> None:
    """Map, validate and publish a project (a folder with lod.toml)."""
    from lod.pipeline import build as build_project
    from lod.project import read_project

    with _told(verbose, quiet, report, project), _progress(quiet) as observe:
        outcome = build_project(read_project(project), output, observe)
    _tell(outcome, verbose, quiet)
    _write_report(outcome, report, project)
    click.echo(f"{outcome.release}: {outcome.statements} statements")
    ctx.exit(_FINDINGS if outcome.findings else 0)


@main.command()
@_PROJECT
@_REPORT
@_VOCABULARY
@_talk
@click.pass_context
def check(ctx: click.Context, project: Path, report: Path | None, vocabulary: bool, verbose: bool, quiet: bool) -> None:
    """Do all that build does, but publish nothing."""
    from lod.pipeline import check as check_project
    from lod.project import read_project

    with _told(verbose, quiet, report, project), _progress(quiet) as observe:
        outcome = check_project(read_project(project), observe, vocabulary=vocabulary)
    _tell(outcome, verbose, quiet)
    _write_report(outcome, report, project)
    click.echo("build would publish this" + (", with findings" if outcome.findings else ""))
    ctx.exit(_FINDINGS if outcome.findings else 0)


@main.command()
@click.argument("claim")
@click.option("--project", type=_PATH, default=".", help="The project's folder (default: here).")
@click.option("--release", type=_PATH, help="The release's folder (default: the project's, output/).")
@_format("text", "json", "ttl")
def trace(claim: str, project: Path, release: Path | None, format_: str) -> None:
    """Show the trail of CLAIM (an id or IRI): quote, source, sources behind it, and the input row."""
    from lod.show import trail_json, trail_text, trail_turtle
    from lod.trail import trace as trace_claim

    folder = release or _release_of(project)
    trail = trace_claim(folder, claim)
    spelled = {
        "text": lambda: trail_text(trail),
        "json": lambda: trail_json(trail),
        "ttl": lambda: trail_turtle(folder, trail),
    }
    click.echo(spelled[format_](), nl=False)


def _release_of(project: Path) -> Path:
    from lod.project import read_project

    return project / read_project(project).output


@main.command()
@click.argument("folder", metavar="DIR", type=_PATH)
def init(folder: Path) -> None:
    """Write a project to start from into DIR; it builds at once."""
    from lod.starter import init as init_project

    written = init_project(folder)
    click.echo(f"{folder}: {len(written)} files. Next: lod build {folder}")


@main.command(name="map")
@click.argument("mappings", metavar="MAPPING...", type=_PATH, nargs=-1, required=True)
@click.option("--base", default="", help="The IRI that relative IRIs continue, where the mapping names none.")
@_format("nquads", "ntriples", "turtle", "jsonld", "parquet")
@click.option("-o", "--output", type=_PATH, help="The file to write (default: standard output); on Spark, the folder.")
@click.option(
    "--on-error",
    type=click.Choice(["fail", "reject", "term"]),
    default="fail",
    show_default=True,
    help="What a value that makes no term does: fail the whole, leave out its record, or itself alone; it is named.",
)
@click.option("--unsorted", is_flag=True, help="Write statements as the records come, some perhaps twice: for a pipe.")
@_EXTERNAL
@click.option(
    "--memory", metavar="SIZE", help="What may be held at once, such as 2GB (default: 60 % of the machine's)."
)
@click.option("--engine", type=click.Choice(["duckdb", "spark"]), default="duckdb", show_default=True, help="Who maps.")
@click.option("--master", default="local[*]", show_default=True, help="Spark's cluster, such as spark://host:7077.")
@_FUNCTIONS
@_HOSTS
@_talk
@click.pass_context
def map_(
    ctx: click.Context,
    mappings: tuple[Path, ...],
    base: str,
    format_: str,
    output: Path | None,
    on_error: str,
    unsorted: bool,
    external: tuple[str, ...],
    memory: str | None,
    engine: str,
    master: str,
    functions: Path | None,
    hosts: tuple[str, ...],
    verbose: bool,
    quiet: bool,
) -> None:
    """Map tables to RDF by YARRRML (.yml) or RML (.ttl), without a project.

    Sources are found from the current folder.
    """
    with _loading():
        from lod.map import map_files
        from lod.options import MapOptions
        from lod.show import accounts_table

    options = MapOptions(
        base=base,
        external=_named(external),
        functions=functions,
        hosts=hosts,
        format=format_,
        on_error=on_error,
        unsorted=unsorted,
        memory=memory,
        engine=engine,
        master=master,
    )
    with _progress(quiet) as observe:
        mapped = map_files(mappings, output, options, observe)
    _tell_notes(mapped.notes, quiet)
    _tell_rejections(mapped.rejections, verbose, quiet)
    if (mapped.rejections or verbose) and not quiet:
        accounts_table(mapped.accounts)
    ctx.exit(_FINDINGS if mapped.rejections else 0)


@contextmanager
def _loading() -> Iterator[None]:
    """Let the collector of garbage rest: modules are kept, and it would look through them again and again."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def _named(texts: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    pairs = [text.partition("=") for text in texts]
    for name, equals, _ in pairs:
        if not equals:
            raise click.BadParameter(f"{name!r} is not NAME=VALUE", param_hint="--external")
    return tuple((name, value) for name, _, value in pairs)


@main.command()
@click.argument("mappings", metavar="MAPPING...", type=_PATH, nargs=-1, required=True)
@click.option("--base", default="", help="The IRI that relative IRIs continue, where the mapping names none.")
@click.option("--node", help="An IRI: show the records and statements behind it instead of the plan.")
@_EXTERNAL
@_FUNCTIONS
@_HOSTS
def explain(
    mappings: tuple[Path, ...],
    base: str,
    node: str | None,
    external: tuple[str, ...],
    functions: Path | None,
    hosts: tuple[str, ...],
) -> None:
    """Show what a mapping compiles to: statements and SQL, triples map by triples map."""
    from lod.explain import explain as explain_plan
    from lod.explain import explain_node
    from lod.options import ReadOptions
    from lod.show import plan_text, traces_text

    options = ReadOptions(base=base, external=_named(external), functions=functions, hosts=hosts)
    text = traces_text(explain_node(mappings, node, options)) if node else plan_text(explain_plan(mappings, options))
    click.echo(text, nl=False)


@main.command()
@click.argument("data", metavar="DATA...", type=_PATH, nargs=-1, required=True)
@click.option(
    "--shapes",
    type=_PATH,
    multiple=True,
    required=True,
    help="Shapes in Turtle, a file or folder; may be given several times.",
)
@_format("text", "json", "csv", "turtle", "jsonld", "sarif", "html")
@click.option("-o", "--output", type=_PATH, help="The file to write (default: standard output).")
@click.option("--max-results", type=click.IntRange(0), help="List so many results of each constraint; count them all.")
@click.option(
    "--fail-on",
    type=click.Choice(["info", "warning", "violation"]),
    default="info",
    show_default=True,
    help="The mildest severity that gives exit code 1.",
)
@click.option(
    "--engine",
    type=click.Choice(["lod", "pyshacl"]),
    default="lod",
    show_default=True,
    help="pyshacl: leave all to pySHACL, as is done with what is not SHACL Core.",
)
@_VOCABULARY
@click.option("--memory", help="What may be held in memory at once, such as 2GB (default: 60 % of the machine's).")
@click.pass_context
def validate(
    ctx: click.Context,
    data: tuple[Path, ...],
    shapes: tuple[Path, ...],
    format_: str,
    output: Path | None,
    max_results: int | None,
    fail_on: str,
    engine: Literal["lod", "pyshacl"],
    vocabulary: bool,
    memory: str | None,
) -> None:
    """Hold RDF files to SHACL shapes, without a project."""
    from lod.options import ValidateOptions
    from lod.show import write_text
    from lod.validate import validate_files
    from lod.validation import FORMS, Severity

    options = ValidateOptions(engine=engine, max_results=max_results, vocabulary=vocabulary, memory=memory)
    report = validate_files(data, shapes, options)
    write_text(FORMS[format_](report), output)
    ctx.exit(_FINDINGS if report.reaches(Severity[fail_on.upper()]) else 0)


@main.group()
def shapes() -> None:
    """Work on SHACL shapes."""


@shapes.command(name="init")
@click.argument("mappings", metavar="MAPPING...", type=_PATH, nargs=-1, required=True)
@click.option("--base", default="", help="The IRI that relative IRIs continue, where the mapping names none.")
@click.option("-o", "--output", type=_PATH, help="The file to write, a new one (default: standard output).")
@_EXTERNAL
@_FUNCTIONS
@_HOSTS
def shapes_init(
    mappings: tuple[Path, ...],
    base: str,
    output: Path | None,
    external: tuple[str, ...],
    functions: Path | None,
    hosts: tuple[str, ...],
) -> None:
    """Draft shapes from a mapping and what it makes of the records, to edit."""
    from lod.draft import draft_shapes
    from lod.errors import Position, ReleaseError
    from lod.options import ReadOptions
    from lod.show import write_text

    if output and output.exists():
        raise ReleaseError("is there already", at=Position(str(output)), hint="Name a new file.")
    options = ReadOptions(base=base, external=_named(external), functions=functions, hosts=hosts)
    write_text(draft_shapes(mappings, options), output)


@contextmanager
def _progress(quiet: bool) -> Iterator[Callable[[str], None]]:
    """Give a function that shows the step at work: on a terminal only, and gone when the work is done."""
    if quiet or not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console

    with Console(stderr=True).status("starting") as status:
        yield lambda step: status.update(f"{step} ...")


@contextmanager
def _told(verbose: bool, quiet: bool, report: Path | None, project: Path) -> Iterator[None]:
    """Tell the outcome of a build that a gate refused, then let the error through."""
    from lod.pipeline import GateRefused

    try:
        yield
    except GateRefused as refused:
        _tell(refused.outcome, verbose, quiet, published=False)
        _write_report(refused.outcome, report, project)
        raise


def _tell(outcome: "Outcome", verbose: bool, quiet: bool, *, published: bool = True) -> None:
    from lod.show import accounts_table
    from lod.validation import as_text

    if quiet:
        return
    _tell_notes(outcome.notes, quiet)
    _tell_rejections(outcome.rejections, verbose, quiet)
    if outcome.report.results or verbose:
        click.echo(as_text(outcome.report, shown=None if verbose else 5, idle=verbose), err=True, nl=False)
    idle = len(outcome.report.idle_shapes)
    if idle and not verbose:
        click.echo(f"note: {idle} shapes were held to no node and pass for that alone (-v names them)", err=True)
    if published:
        accounts_table(outcome.accounts)


def _write_report(outcome: "Outcome", path: Path | None, project: Path) -> None:
    from lod.show import write_text
    from lod.validation import FORMS, form_of
    from lod.validation.lines import with_lines

    if path:
        write_text(FORMS[form_of(path)](with_lines(outcome.report, project, outcome.sources)), path)


def _tell_notes(notes: "tuple[Any, ...]", quiet: bool) -> None:
    for note in () if quiet else notes:
        click.echo(f"note: {note}", err=True)


def _tell_rejections(rejections: "tuple[Any, ...]", verbose: bool, quiet: bool) -> None:
    if quiet:
        return
    shown = rejections if verbose else rejections[:10]
    for rejection in shown:
        click.echo(f"rejected: {rejection}", err=True)
    if len(rejections) > len(shown):
        click.echo(f"rejected: ... and {len(rejections) - len(shown)} more (-v names all)", err=True)

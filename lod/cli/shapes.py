"""Commands on SHACL shapes: validate, shapes init."""

from pathlib import Path
from typing import Literal

import click

from lod.cli.group import FINDINGS
from lod.cli.options import BASE, EXTERNAL, FUNCTIONS, HOSTS, MAPPINGS, PATH, VOCABULARY, format_option, named


@click.command()
@click.argument("data", metavar="DATA...", type=PATH, nargs=-1, required=True)
@click.option(
    "--shapes",
    type=PATH,
    multiple=True,
    required=True,
    help="Shapes in Turtle, a file or folder; may be given several times.",
)
@format_option("text", "json", "csv", "turtle", "jsonld", "sarif", "html")
@click.option("-o", "--output", type=PATH, help="The file to write (default: standard output).")
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
@VOCABULARY
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
    from lod.show.terminal import write_text
    from lod.validate import validate_files
    from lod.validation import FORMS, Severity

    options = ValidateOptions(engine=engine, max_results=max_results, vocabulary=vocabulary, memory=memory)
    report = validate_files(data, shapes, options)
    write_text(FORMS[format_](report), output)
    ctx.exit(FINDINGS if report.reaches(Severity[fail_on.upper()]) else 0)


@click.group()
def shapes() -> None:
    """Work on SHACL shapes."""


@shapes.command(name="init")
@MAPPINGS
@BASE
@click.option("-o", "--output", type=PATH, help="The file to write, a new one (default: standard output).")
@EXTERNAL
@FUNCTIONS
@HOSTS
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
    from lod.show.terminal import write_text

    if output and output.exists():
        raise ReleaseError("is there already", at=Position(str(output)), hint="Name a new file.")
    options = ReadOptions(base=base, external=named(external), functions=functions, hosts=hosts)
    write_text(draft_shapes(mappings, options), output)

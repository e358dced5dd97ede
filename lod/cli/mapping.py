"""Commands on mappings, without a project: map, explain."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from lod.cli.group import FINDINGS
from lod.cli.options import BASE, EXTERNAL, FUNCTIONS, HOSTS, MAPPINGS, PATH, named, talk
from lod.cli.tell import progress, tell_notes, tell_rejections


def _known_form(_ctx: click.Context, _option: click.Parameter, name: str | None) -> str | None:
    """Refuse a form of no known name."""
    if name is None:
        return None
    from lod.errors import did_you_mean
    from lod.formats import FORMS

    names = [form.name for form in FORMS]
    if name not in names:
        raise click.BadParameter(f"there is no form {name!r}. {did_you_mean(name, names) or ''}".rstrip())
    return name


@click.command(name="map")
@MAPPINGS
@BASE
@click.option(
    "--format",
    "format_",
    metavar="FORM",
    callback=_known_form,
    help="nquads, ntriples, turtle, trig, rdfxml, jsonld, jsonl, parquet or csv (a table a class, zipped); .gz or .zst"
    " behind it compresses (default: what the name of -o ends in, or else nquads).",
)
@click.option("--split", type=click.IntRange(1), metavar="N", help="Write numbered files of N statements each, about.")
@click.option("--excel-safe", is_flag=True, help="Write CSV in which no cell is a formula to a spreadsheet.")
@click.option("-o", "--output", type=PATH, help="The file to write (default: standard output); on Spark, the folder.")
@click.option(
    "--on-error",
    type=click.Choice(["fail", "reject", "term"]),
    default="fail",
    show_default=True,
    help="What a value that makes no term does: fail the whole, leave out its record, or itself alone; it is named.",
)
@click.option("--unsorted", is_flag=True, help="Write statements as the records come, some perhaps twice: for a pipe.")
@EXTERNAL
@click.option(
    "--memory",
    metavar="SIZE",
    help="What may be held at once, such as 4GB (default: 2GB, or 60 % of the machine's where that is less).",
)
@click.option("--engine", type=click.Choice(["duckdb", "spark"]), default="duckdb", show_default=True, help="Who maps.")
@click.option("--master", default="local[*]", show_default=True, help="Spark's cluster, such as spark://host:7077.")
@FUNCTIONS
@HOSTS
@talk
@click.pass_context
def map_(
    ctx: click.Context,
    mappings: tuple[Path, ...],
    base: str,
    format_: str | None,
    split: int | None,
    excel_safe: bool,
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
        from lod.show.terminal import accounts_table

    options = MapOptions(
        base=base,
        external=named(external),
        functions=functions,
        hosts=hosts,
        format=format_,
        split=split,
        excel_safe=excel_safe,
        on_error=on_error,
        unsorted=unsorted,
        memory=memory,
        engine=engine,
        master=master,
    )
    with progress(quiet) as observe:
        mapped = map_files(mappings, output, options, observe)
    tell_notes(mapped.notes, quiet)
    tell_rejections(mapped.rejections, verbose, quiet)
    if (mapped.rejections or verbose) and not quiet:
        accounts_table(mapped.accounts)
    ctx.exit(FINDINGS if mapped.rejections else 0)


@contextmanager
def _loading() -> Iterator[None]:
    """Keep the collector of garbage from modules, which stay: it would look through them again and again."""
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


@click.command()
@MAPPINGS
@BASE
@click.option("--node", help="An IRI: show the records and statements behind it instead of the plan.")
@EXTERNAL
@FUNCTIONS
@HOSTS
def explain(
    mappings: tuple[Path, ...],
    base: str,
    node: str | None,
    external: tuple[str, ...],
    functions: Path | None,
    hosts: tuple[str, ...],
) -> None:
    """Show what a mapping compiles to: statements and SQL, triples map by triples map."""
    from lod.explain import explain_node, explain_plan
    from lod.options import ReadOptions
    from lod.show.terminal import plan_text, traces_text

    options = ReadOptions(base=base, external=named(external), functions=functions, hosts=hosts)
    text = traces_text(explain_node(mappings, node, options)) if node else plan_text(explain_plan(mappings, options))
    click.echo(text, nl=False)

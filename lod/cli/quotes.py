"""Commands on the quotes of a project and the texts that they stand in: anchors, snapshot."""

from pathlib import Path

import click

from lod.cli.group import FINDINGS
from lod.cli.options import IN_PROJECT, PROJECT, format_option
from lod.cli.tell import echo_json


@click.command()
@PROJECT
@format_option("text", "json")
@click.pass_context
def anchors(ctx: click.Context, project: Path, format_: str) -> None:
    """Look up each quote of PROJECT (a folder with lod.toml) in the stored text of its source."""
    from lod.project import read_project
    from lod.quotes import find_quotes
    from lod.show.anchors import anchors_text

    found = find_quotes(read_project(project))
    if format_ == "json":
        echo_json(found)
    else:
        click.echo(anchors_text(found), nl=False)
    ctx.exit(FINDINGS if any(anchor.missing for anchor in found) else 0)


@click.command()
@click.argument("urls", metavar="URL...", nargs=-1, required=True)
@click.option("--into", metavar="DIR", default="texts", show_default=True, help="A folder of the project.")
@click.option("--archive", is_flag=True, help="Ask archive.org for the copy that it has of each page.")
@IN_PROJECT
def snapshot(urls: tuple[str, ...], into: str, archive: bool, project: Path) -> None:
    """Store pages of the web in a project, and print the rows of sources.csv that tell of them."""
    from lod.show.snapshots import snapshot_rows
    from lod.snapshot import snapshot_pages

    for line in snapshot_rows(snapshot_pages(urls, project, into, archive=archive)):
        click.echo(line, nl=False)

"""Commands on the claims of releases: lineage, contradictions, duplicates, diff."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

from lod.cli.group import FINDINGS
from lod.cli.options import IN_PROJECT, PATH, RELEASE, format_option, release_of
from lod.cli.tell import echo_json

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

    from lod.comparison import Comparison
    from lod.kinship import Kinship

_Found = TypeVar("_Found", "Comparison", "Kinship")


@click.command()
@RELEASE
@IN_PROJECT
@format_option("text", "csv", "json")
@click.option("--why", nargs=2, metavar="ONE OTHER", help="Show how two claims or sources go back to one root.")
def lineage(release: Path | None, project: Path, format_: str, why: tuple[str, str] | None) -> None:
    """Show where the claims of RELEASE (a folder; default: the project's output/latest) go back to in the end."""
    from lod.comparison import compare_claims
    from lod.kinship import kinship
    from lod.show.comparison import lineage_csv, lineage_text
    from lod.show.kinship import kinship_csv, kinship_text

    place = release or release_of(project)
    if why:
        related = kinship(place, *why)
        _echo(format_, related, kinship_text, kinship_csv, related.shared)
    else:
        found = compare_claims(place)
        _echo(format_, found, lineage_text, lineage_csv, found.claims)


@click.command()
@RELEASE
@IN_PROJECT
@format_option("text", "csv", "json")
def contradictions(release: Path | None, project: Path, format_: str) -> None:
    """Show which claims of RELEASE (a folder; default: the project's output/latest) cannot both hold."""
    from lod.comparison import compare_claims
    from lod.show.comparison import contradictions_csv, contradictions_text

    found = compare_claims(release or release_of(project))
    _echo(format_, found, contradictions_text, contradictions_csv, found.contradictions)


@click.command()
@RELEASE
@IN_PROJECT
@format_option("text", "csv", "json")
def duplicates(release: Path | None, project: Path, format_: str) -> None:
    """Show which sources of RELEASE (a folder; default: the project's output/latest) may be one, by address or text."""
    from lod.comparison import compare_claims
    from lod.show.comparison import duplicates_csv, duplicates_text

    found = compare_claims(release or release_of(project))
    _echo(format_, found, duplicates_text, duplicates_csv, found.duplicates)


@click.command()
@click.argument("old", type=PATH)
@click.argument("new", type=PATH)
@format_option("text", "json", "html", "patch")
@click.option("-o", "--output", type=PATH, help="The file to write (default: standard output).")
@click.pass_context
def diff(ctx: click.Context, old: Path, new: Path, format_: str, output: Path | None) -> None:
    """Show what became of the claims of release OLD in release NEW (folders, or their dataset.nq or dataset.ttl).

    Exit code 0 says that nothing changed, 1 that something did. A patch (RDF patch) holds every statement that differs,
    those of rows, run, lineage and anchors too.
    """
    from lod.difference import diff_releases, rdf_patch
    from lod.show.difference import difference_html, difference_json, difference_text
    from lod.show.terminal import write_lines, write_text

    if format_ == "patch":
        ctx.exit(FINDINGS if write_lines(rdf_patch(old, new), output) else 0)
    found = diff_releases(old, new)
    spell = {"text": difference_text, "json": difference_json, "html": difference_html}[format_]
    write_text(spell(found), output)
    ctx.exit(FINDINGS if found else 0)


def _echo(
    format_: str,
    found: _Found,
    text: Callable[[_Found], str],
    csv: Callable[[_Found], str],
    parts: "Iterable[DataclassInstance]",
) -> None:
    """Print what was found as text or CSV, or parts of it as JSON."""
    if format_ == "json":
        echo_json(parts)
    else:
        click.echo((text if format_ == "text" else csv)(found), nl=False)

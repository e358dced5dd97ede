"""Commands on the claims of a release: lineage, contradictions, duplicates."""

import json
from collections.abc import Callable, Iterable
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from lod.cli.options import IN_PROJECT, RELEASE, format_option, release_of

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

    from lod.comparison import Comparison


@click.command()
@RELEASE
@IN_PROJECT
@format_option("text", "csv", "json")
def lineage(release: Path | None, project: Path, format_: str) -> None:
    """Show where the claims of RELEASE (a folder; default: the project's output/latest) go back to in the end."""
    from lod.comparison import compare_claims
    from lod.show import lineage_csv, lineage_text

    found = compare_claims(release or release_of(project))
    _echo(format_, found, lineage_text, lineage_csv, found.claims)


@click.command()
@RELEASE
@IN_PROJECT
@format_option("text", "csv", "json")
def contradictions(release: Path | None, project: Path, format_: str) -> None:
    """Show which claims of RELEASE (a folder; default: the project's output/latest) cannot both hold."""
    from lod.comparison import compare_claims
    from lod.show import contradictions_csv, contradictions_text

    found = compare_claims(release or release_of(project))
    _echo(format_, found, contradictions_text, contradictions_csv, found.contradictions)


@click.command()
@RELEASE
@IN_PROJECT
@format_option("text", "csv", "json")
def duplicates(release: Path | None, project: Path, format_: str) -> None:
    """Show which sources of RELEASE (a folder; default: the project's output/latest) may be one, by their addresses."""
    from lod.comparison import compare_claims
    from lod.show import duplicates_csv, duplicates_text

    found = compare_claims(release or release_of(project))
    _echo(format_, found, duplicates_text, duplicates_csv, found.duplicates)


def _echo(
    format_: str,
    found: "Comparison",
    text: Callable[["Comparison"], str],
    csv: Callable[["Comparison"], str],
    parts: "Iterable[DataclassInstance]",
) -> None:
    """Print a comparison as text or CSV, or parts of it as JSON."""
    if format_ == "json":
        click.echo(json.dumps([asdict(part) for part in parts], ensure_ascii=False, indent=2))
    else:
        click.echo((text if format_ == "text" else csv)(found), nl=False)

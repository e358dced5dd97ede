"""Commands on the claims of a release: lineage, contradictions."""

import json
from dataclasses import asdict
from pathlib import Path

import click

from lod.cli.options import IN_PROJECT, RELEASE, format_option, release_of


@click.command()
@RELEASE
@IN_PROJECT
@format_option("text", "csv", "json")
def lineage(release: Path | None, project: Path, format_: str) -> None:
    """Show where the claims of RELEASE (a folder; default: the project's output/latest) go back to in the end."""
    from lod.comparison import compare_claims
    from lod.show import lineage_csv, lineage_text

    found = compare_claims(release or release_of(project))
    spelled = {
        "text": lambda: lineage_text(found),
        "csv": lambda: lineage_csv(found),
        "json": lambda: _json([asdict(claim) for claim in found.claims]),
    }
    click.echo(spelled[format_](), nl=False)


@click.command()
@RELEASE
@IN_PROJECT
@format_option("text", "csv", "json")
def contradictions(release: Path | None, project: Path, format_: str) -> None:
    """Show which claims of RELEASE (a folder; default: the project's output/latest) cannot both hold."""
    from lod.comparison import compare_claims
    from lod.show import contradictions_csv, contradictions_text

    found = compare_claims(release or release_of(project))
    spelled = {
        "text": lambda: contradictions_text(found),
        "csv": lambda: contradictions_csv(found),
        "json": lambda: _json([asdict(pair) for pair in found.contradictions]),
    }
    click.echo(spelled[format_](), nl=False)


def _json(found: object) -> str:
    return json.dumps(found, ensure_ascii=False, indent=2) + "\n"

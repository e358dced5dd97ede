"""Commands on a project and its releases: init, check, build, trace, verify, bag."""

from pathlib import Path

import click

from lod.cli.group import FINDINGS
from lod.cli.options import (
    IN_PROJECT,
    PATH,
    PROJECT,
    RELEASE,
    REPORT,
    VOCABULARY,
    format_option,
    release_of,
    talk,
)
from lod.cli.tell import progress, tell, told, write_report


@click.command()
@PROJECT
@click.option("--output", type=PATH, help="The folder of the releases (default: the project's, output/).")
@click.option("--replace", is_flag=True, help="Overwrite this version of the release where it is there and differs.")
@click.option("--sign", "key", metavar="KEY", type=PATH, help="Sign the release by this secret key of minisign.")
@REPORT
@talk
@click.pass_context
def build(
    ctx: click.Context,
    project: Path,
    output: Path | None,
    replace: bool,
    key: Path | None,
    report: Path | None,
    verbose: bool,
    quiet: bool,
) -> None:
    """Map, validate and publish a project (a folder with lod.toml)."""
    from lod.pipeline import build as build_project
    from lod.project import read_project
    from lod.release.minisign import read_secret_key

    secret = read_secret_key(key, lambda: _password(key)) if key else None
    with told(verbose, quiet, report, project), progress(quiet) as observe:
        outcome = build_project(read_project(project), output, observe, replace_version=replace, sign=secret)
    tell(outcome, verbose, quiet)
    write_report(outcome, report, project)
    click.echo(f"{outcome.release}: {outcome.statements} statements{'' if outcome.fresh else ', as it was'}")
    ctx.exit(FINDINGS if outcome.findings else 0)


def _password(key: Path) -> str:
    return str(click.prompt(f"Password of {key}", hide_input=True, err=True))


@click.command()
@PROJECT
@REPORT
@VOCABULARY
@talk
@click.pass_context
def check(ctx: click.Context, project: Path, report: Path | None, vocabulary: bool, verbose: bool, quiet: bool) -> None:
    """Do all that build does, but publish nothing."""
    from lod.pipeline import check as check_project
    from lod.project import read_project

    with told(verbose, quiet, report, project), progress(quiet) as observe:
        outcome = check_project(read_project(project), observe, vocabulary=vocabulary)
    tell(outcome, verbose, quiet)
    write_report(outcome, report, project)
    click.echo("build would publish this" + (", with findings" if outcome.findings else ""))
    ctx.exit(FINDINGS if outcome.findings else 0)


@click.command()
@click.argument("claim")
@IN_PROJECT
@click.option("--release", type=PATH, help="The release's folder (default: the project's, output/latest).")
@format_option("text", "json", "ttl")
def trace(claim: str, project: Path, release: Path | None, format_: str) -> None:
    """Show the trail of CLAIM (an id or IRI): quote, source, sources behind it, and the input row."""
    from lod.show.terminal import trail_json, trail_text, trail_turtle
    from lod.trail import trace as trace_claim

    folder = release or release_of(project)
    trail = trace_claim(folder, claim)
    spelled = {
        "text": lambda: trail_text(trail),
        "json": lambda: trail_json(trail),
        "ttl": lambda: trail_turtle(folder, trail),
    }
    click.echo(spelled[format_](), nl=False)


@click.command()
@RELEASE
@IN_PROJECT
@click.option("--deep", is_flag=True, help="Also hold the data to the release's own shapes and queries.")
@click.option(
    "--verify-key", "key", metavar="KEY", help="Also check the signature: a public key of minisign, or its file."
)
@click.pass_context
def verify(ctx: click.Context, release: Path | None, project: Path, deep: bool, key: str | None) -> None:
    """Check that RELEASE (a folder; default: the project's output/latest) is as it was published."""
    from lod.release.minisign import read_public_key
    from lod.verify import verify_release

    folder = release or release_of(project)
    breaches = verify_release(folder, deep=deep, key=read_public_key(key) if key else None)
    for breach in breaches:
        click.echo(breach)
    click.echo(f"{folder}: {len(breaches) or 'no'} breach{'' if len(breaches) == 1 else 'es'}")
    ctx.exit(FINDINGS if breaches else 0)


@click.command()
@click.argument("release", type=PATH)
@click.argument("folder", metavar="DIR", type=PATH)
def bag(release: Path, folder: Path) -> None:
    """Copy RELEASE (a folder) into the new folder DIR as a bag, which archives take in (BagIt, RFC 8493)."""
    from lod.bagit import bag as bag_release

    click.echo(f"{folder}: {bag_release(release, folder)} files")


@click.command()
@click.argument("folder", metavar="DIR", type=PATH)
def init(folder: Path) -> None:
    """Write a project to start from into DIR; it builds at once."""
    from lod.starter import init as init_project

    written = init_project(folder)
    click.echo(f"{folder}: {len(written)} files. Next: lod build {folder}")

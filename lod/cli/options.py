"""Arguments and options that several commands share."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

_Command = TypeVar("_Command", bound=Callable[..., Any])

PATH = click.Path(path_type=Path)


def talk(command: _Command) -> _Command:
    """Add -v and -q."""
    quiet = click.option("-q", "--quiet", is_flag=True, help="Say nothing but errors and the result.")
    verbose = click.option("-v", "--verbose", is_flag=True, help="Name every rejected record and every result.")
    return quiet(verbose(command))


def format_option(*names: str) -> Callable[[_Command], _Command]:
    """Add --format, the first of the names its default."""
    choice = click.Choice(names)
    return click.option(
        "--format", "format_", type=choice, default=names[0], show_default=True, help="How the result is spelled."
    )


PROJECT = click.argument("project", type=PATH, default=".")
IN_PROJECT = click.option("--project", type=PATH, default=".", help="The project's folder (default: here).")
RELEASE = click.argument("release", type=PATH, required=False)
HOSTS = click.option(
    "--allow-host", "hosts", metavar="HOST", multiple=True, help="A host that sources may be fetched from."
)
EXTERNAL = click.option(
    "--external",
    multiple=True,
    metavar="NAME=VALUE",
    help="What $(_NAME) stands for in YARRRML; may be given several times.",
)


def release_of(project: Path) -> Path:
    """Return the folder of a project's newest release; raise ProjectError where there is no project."""
    from lod.project import read_project
    from lod.release import LATEST

    return project / read_project(project).output / LATEST


def _of_known_form(_ctx: click.Context, _option: click.Parameter, path: Path | None) -> Path | None:
    """Refuse a report of no known form before the work that it is to report."""
    if path:
        from lod.validation import form_of

        form_of(path)
    return path


REPORT = click.option(
    "--report",
    type=PATH,
    callback=_of_known_form,
    help="Also write the validation report here: .html, .sarif (for code hosts), .csv, .json, .ttl, .jsonld or .txt.",
)
VOCABULARY = click.option(
    "--vocabulary", is_flag=True, help="Also check the terms of schema.org, PROV-O, DCAT and ns: do they exist and fit."
)
FUNCTIONS = click.option("--functions", type=PATH, help="A Python file whose functions the mappings may call.")
BASE = click.option("--base", default="", help="The IRI that relative IRIs continue, where the mapping names none.")
MAPPINGS = click.argument("mappings", metavar="MAPPING...", type=PATH, nargs=-1, required=True)


def named(texts: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """Return the pairs that EXTERNAL names; raise click.BadParameter where a text is not NAME=VALUE."""
    pairs = [text.partition("=") for text in texts]
    for name, equals, _ in pairs:
        if not equals:
            raise click.BadParameter(f"{name!r} is not NAME=VALUE", param_hint="--external")
    return tuple((name, value) for name, _, value in pairs)

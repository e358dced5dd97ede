"""The documents say what is so."""

import re
from collections.abc import Sequence
from pathlib import Path

import pyoxigraph as ox
import pytest
from click.testing import CliRunner

import lod
from lod.cli import main
from lod.compile.lower import lower
from lod.functions import FUNCTIONS, Parameter
from lod.functions.alias import local_name
from lod.functions.aliases import ALIASES, REFUSED
from lod.functions.morph import MORPH
from lod.mapping import read_mappings
from lod.mapping.yarrrml import keys
from lod.vocab import GREL, IDLAB

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
NAMES = ("events", "claims", "sources", "agents", "variables")
DOCUMENTS = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])


def blocks(text: str, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", text, flags=re.MULTILINE | re.DOTALL)


def test_the_readme_excerpt_stands_in_the_release() -> None:
    document = (ROOT / "output/latest/dataset.ttl").read_text(encoding="utf-8")
    head = "".join(f"{line}\n" for line in document.splitlines() if line.startswith("@"))
    released = {quad.triple for quad in ox.parse(path=ROOT / "output/latest/dataset.nq", format=ox.RdfFormat.N_QUADS)}
    shown = {quad.triple for quad in ox.parse(head + blocks(README, "turtle")[0], format=ox.RdfFormat.TURTLE)}
    assert len(shown) > 10
    assert shown <= released


def test_the_readme_names_every_command() -> None:
    table = set(re.findall(r"^\| `lod (\w+)", README, flags=re.MULTILINE))
    assert table == set(main.commands)


@pytest.mark.parametrize("command", sorted(main.commands))
def test_every_command_has_help_that_ends_a_sentence(command: str) -> None:
    shown = CliRunner().invoke(main, [command, "--help"])
    assert shown.exit_code == 0
    assert main.commands[command].help.rstrip().endswith(".")


def test_the_readme_names_only_what_the_package_has() -> None:
    named = set(re.findall(r"`lod\.(\w+)`", README))
    assert named
    assert named <= set(lod.__all__)


def test_all_public_names_can_be_had() -> None:
    assert all(getattr(lod, name) for name in lod.__all__)
    assert lod.__all__ == sorted(lod.__all__)


def described(parameters: Sequence[Parameter]) -> str:
    """Write parameters: constants as code with their defaults, others in brackets where they may be left out."""
    inputs = [f"[{each.name}]" if each.optional else each.name for each in parameters if not each.constant]
    constants = [
        f"`{each.name}`" + (f" = {each.default or 'none'}" if each.optional else "")
        for each in parameters
        if each.constant
    ]
    shown = inputs if len(inputs) < 4 else [*inputs[:2], f"... {inputs[-1]}"]
    return ", ".join([*shown, *constants])


def test_the_function_table_is_what_the_library_declares() -> None:
    document = (ROOT / "docs/functions.md").read_text(encoding="utf-8")
    for function in FUNCTIONS.values():
        rejects = "; else rejects" if function.complaint else ""
        parameters, about = (each.replace("|", r"\|") for each in (described(function.parameters), function.about))
        assert f"| `{function.name}` | {parameters} | {about}{rejects} |" in document
    rows = re.findall(r"^\| `(\w+)` \|", document, flags=re.MULTILINE)
    assert sorted(rows) == sorted(each.name for each in FUNCTIONS.values())


def test_the_alias_table_names_each_and_what_it_means() -> None:
    document = (ROOT / "docs/functions.md").read_text(encoding="utf-8")
    for heading, namespace in (("GREL", GREL), ("IDLab", IDLAB), ("Morph-KGC", MORPH)):
        section = document.partition(f"### {heading}")[2].partition("\n### ")[0].partition("\n## ")[0]
        told = dict(re.findall(r"`(\w+)`\s\((\w+)\)", section))
        meant = {local_name(iri): alias.function for iri, alias in ALIASES.items() if iri.startswith(namespace)}
        assert told == meant
        refused = {local_name(iri) for iri in REFUSED if iri.startswith(namespace)}
        assert refused == set(re.findall(r"`(\w+)`", section.partition("Refused")[2]))


def test_every_key_of_yarrrml_is_documented() -> None:
    documented = set(re.findall(r"`(\w+)`", (ROOT / "docs/mappings.md").read_text(encoding="utf-8")))
    known = {name for key in vars(keys).values() if isinstance(key, tuple) for name in key}
    assert known <= documented


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_links_between_documents_lead_somewhere(document: Path) -> None:
    for target in re.findall(r"\]\(([^)#]+)", document.read_text(encoding="utf-8")):
        if not target.startswith("http"):
            assert (document.parent / target).exists(), target


@pytest.mark.parametrize("name", NAMES)
def test_the_profile_documents_every_column_that_its_mapping_reads(name: str) -> None:
    mapping = read_mappings([(ROOT / f"mappings/{path}.yml", path) for path in NAMES], "https://example.org/")
    lowered = lower(mapping)
    section = (
        (ROOT / "docs/profile.md").read_text(encoding="utf-8").partition(f"## {name}.csv")[2].partition("\n## ")[0]
    )
    cells = [line.split("|")[1] for line in section.splitlines() if line.startswith("|")][2:]
    documented = {word for cell in cells for word in re.findall(r"[a-z_][a-z0-9_]*", cell)}
    documented_optional = {word for cell in cells for word in re.findall(r"\*([a-z_][a-z0-9_]*)\*", cell)}
    sources = [each for source, each in lowered.sources.items() if source.access == f"records/{name}.csv"]
    assert documented == {column for each in sources for column in each.columns}
    assert documented_optional == {column for each in sources for column in each.source.optional}

"""The command line: help, exit codes, what goes to which stream, and what a typing error gets for an answer."""

import json
import os
import pty
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pyoxigraph as ox
import pytest
from small import (
    BASE,
    MAIN,
    PEOPLE,
    append,
    contents,
    copied,
    lod,
    lod_process,
    quads,
    small_project,
    swap,
    tiny_project,
)

from lod.cli import main
from lod.show.terminal import trail_text
from lod.steps import Step

HEAVY = {"duckdb", "ibis", "pyarrow", "pyoxigraph", "pyshacl", "rdflib", "rich", "ruamel"}
UNUSED = {
    "jsonpath_rfc9535",
    "lod.mapping.rml",
    "lod.release",
    "lod.validation",
    "pandas",
    "rdflib",
    "pyshacl",
    "psycopg",
    "pymysql",
    "python_calamine",
    "pyspark",
}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project that was made and built by real processes, as a newcomer does."""
    folder = tmp_path_factory.mktemp("cli")
    made = lod_process("init", "bridge", cwd=folder)
    assert (made.returncode, made.stdout, made.stderr) == (0, "bridge: 35 files. Next: lod build bridge\n", "")
    done = lod_process("build", "bridge", cwd=folder)
    assert (done.returncode, done.stdout) == (0, "bridge/output/0.1.0: 329 statements\n")
    assert "records/claims.csv     3        3          0         0" in done.stderr
    assert "\x1b" not in done.stdout + done.stderr
    return folder / "bridge"


@pytest.fixture
def tiny(tmp_path: Path) -> Path:
    return tiny_project(tmp_path / "tiny")


# Help and typing errors


@pytest.mark.parametrize("name", sorted(main.commands))
def test_every_command_and_option_has_help(name: str) -> None:
    shown = lod(name, "--help")
    assert (shown.exit_code, shown.stderr) == (0, "")
    assert f"Usage: main {name} " in shown.stdout
    for option in main.commands[name].params:
        if isinstance(option, click.Option):
            assert option.help, f"{name} {option.opts}"


def test_help_loads_nothing_heavy() -> None:
    script = f"import sys, atexit; atexit.register(lambda: print(sorted({HEAVY} & set(sys.modules)))); {MAIN}"
    for words in (["--help"], ["build", "--help"], ["--version"], ["biuld"]):
        shown = subprocess.run([sys.executable, "-c", script, *words], capture_output=True, text=True, check=False)
        assert shown.stdout.endswith("[]\n"), shown.stdout


def test_a_small_mapping_loads_no_more_than_it_needs(tmp_path: Path) -> None:
    (tmp_path / "people.csv").write_text("id,name,lang\n1,Ann,en\n2,Bob,\n3,,de\n")
    (tmp_path / "map.yml").write_text("""
mappings:
  people:
    sources: [people.csv~csv]
    s: http://e/$(id)
    po: [[http://e/name, $(name)], [http://e/called, $(name), $(lang)~lang]]
""")
    script = f"import sys, atexit; atexit.register(lambda: print(sorted({UNUSED} & set(sys.modules)))); {MAIN}"
    words = ["map", "map.yml", "-o", "people.nq"]
    shown = subprocess.run([sys.executable, "-c", script, *words], capture_output=True, text=True, cwd=tmp_path)
    assert (shown.stdout, len((tmp_path / "people.nq").read_text().splitlines())) == ("[]\n", 4), shown.stderr


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["biuld"], "No such command 'biuld'. Did you mean 'build'?"),
        (["xyzzy"], "No such command 'xyzzy'."),
        (["build", "--ouput", "x"], "No such option '--ouput'. Did you mean '--output'?"),
        (["trace"], "Missing argument 'CLAIM'."),
        (["trace", "c1", "--format", "xml"], "'xml' is not one of 'text', 'json', 'ttl'."),
        (["map"], "Missing argument 'MAPPING...'."),
        (["validate", "x.ttl"], "Missing option '--shapes'."),
    ],
)
def test_a_typing_error_is_usage_and_gets_a_suggestion(words: list[str], says: str) -> None:
    shown = lod(*words)
    assert (shown.exit_code, shown.stdout) == (2, "")
    assert says in shown.stderr


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["build", "nowhere"], "nowhere/lod.toml: cannot be read: No such file or directory\n  A project is a folder"),
        (["check", "nowhere"], "nowhere/lod.toml: cannot be read"),
        (["trace", "c1", "--project", "nowhere"], "nowhere/lod.toml: cannot be read"),
        (["trace", "c1", "--release", "nowhere"], "there is no release in nowhere\n  `lod build` makes one."),
        (["map", "nowhere.yml"], "nowhere.yml: cannot be read: No such file or directory"),
        (["validate", "nowhere.ttl", "--shapes", "nowhere.ttl"], "nowhere.ttl: cannot be read: No such file"),
    ],
)
def test_a_wrong_path_is_named(words: list[str], says: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    shown = lod(*words)
    assert (shown.exit_code, shown.stdout) == (2, "")
    assert f"error: {says}" in shown.stderr
    assert not list(tmp_path.iterdir())


# init, check, build


def test_init_leaves_a_folder_alone_that_has_something_in_it(tiny: Path) -> None:
    before = contents(tiny)
    for place in (tiny, tiny / "lod.toml"):
        shown = lod("init", place)
        assert (shown.exit_code, shown.stdout) == (2, "")
        assert f"error: {place}: is not an empty folder\n  Choose a new one." in shown.stderr
    assert contents(tiny) == before


def test_check_writes_nothing(tiny: Path) -> None:
    before = contents(tiny)
    shown = lod("check", tiny, "-v")
    assert (shown.exit_code, shown.stdout) == (0, "build would publish this\n")
    assert "note: no node was held to <urn:shapes:Robot>" in shown.stderr
    assert "The data conforms to the shapes." in shown.stderr
    append(tiny / PEOPLE, "cy,Cy,english,\n")
    shown = lod("check", tiny)
    assert (shown.exit_code, shown.stdout) == (1, "build would publish this, with findings\n")
    append(tiny / PEOPLE, "di,,en,\n")
    shown = lod("check", tiny, "-q")
    assert (shown.exit_code, shown.stdout) == (3, "")
    assert shown.stderr == (
        "refused: 1 violation: nothing is published\n"
        '  Mend the records, or let lod.toml say on_violation = "reject" to publish the rest.\n'
    )
    assert contents(tiny).keys() == before.keys()


def test_a_refused_release_is_told_by_file_and_row(tiny: Path) -> None:
    append(tiny / PEOPLE, "di,,en,\n")
    shown = lod("build", tiny)
    assert (shown.exit_code, shown.stdout) == (3, "")
    assert shown.stderr.splitlines()[:4] == [
        "violation: A person has a name: fill the column name.",
        "  shape <urn:shapes:Person-name>, 1 time",
        "  records/people.csv row 3: <https://example.org/people/person/di> path <http://schema.org/name>",
        "1 violation.",
    ]
    assert "published  rejected" not in shown.stderr  # nothing is
    assert not (tiny / "output").exists()


def test_quiet_says_nothing_but_the_result(tiny: Path) -> None:
    shown = lod("build", tiny, "-q", "--output", tiny / "elsewhere")
    assert (shown.exit_code, shown.stderr) == (0, "")
    assert re.fullmatch(rf"{re.escape(str(tiny))}/elsewhere/1: [0-9]+ statements\n", shown.stdout)


def test_many_findings_are_cut_short_unless_asked_for(tiny: Path) -> None:
    append(tiny / PEOPLE, "".join(f"x{number},X,en,yesterday\n" for number in range(12)))
    short = lod("check", tiny)
    assert short.stderr.count("rejected: records/people.csv row") == 10
    assert "rejected: ... and 2 more (-v names all)" in short.stderr
    assert lod("check", tiny, "-v").stderr.count("rejected: records/people.csv row") == 12


def test_a_column_that_no_mapping_reads_is_named(tiny: Path) -> None:
    swap(tiny / PEOPLE, ",born", ",borm")
    shown = lod("check", tiny)
    assert "note: records/people.csv: no mapping reads the column 'borm'. Did you mean 'born'?" in shown.stderr


# A progress display, on a terminal only; an interrupt


def test_progress_is_shown_on_a_terminal_only(tmp_path: Path) -> None:
    project = small_project(tmp_path / "project")  # each step takes long enough to be seen
    master, slave = pty.openpty()
    command = [sys.executable, "-c", MAIN, "check", str(project)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=slave, env={**os.environ, "TERM": "xterm"}) as child:
        os.close(slave)
        screen = b"".join(_read(master)).decode()
        assert child.stdout is not None
        assert child.stdout.read() == b"build would publish this\n"
    assert child.returncode == 0
    assert "mapping ..." in screen
    assert "validating ..." in screen
    assert "\x1b[2K" in screen  # the line is erased when the work is done
    for words in ("mapping ...", "validating ..."):
        assert words not in lod("check", project).stderr


def test_an_interrupt_is_no_finding(tiny: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("lod.publish.write_release", interrupted)
    shown = lod("build", tiny)
    assert (shown.exit_code, shown.stdout, shown.stderr) == (130, "", "interrupted\n")
    assert {path.name for path in tiny.iterdir()} == {"lod.toml", "mappings", "records", "shapes"}


def _read(terminal: int) -> Iterator[bytes]:
    while True:
        try:
            found = os.read(terminal, 4096)
        except OSError:  # Linux says so where the other end is closed
            found = b""
        if not found:
            break
        yield found
    os.close(terminal)


# trace


def test_trace_by_id_or_iri_gives_one_trail(built: Path) -> None:
    by_id = lod("trace", "c3", "--project", built)
    by_iri = lod("trace", f"{BASE}claim/c3", "--release", built / "output/latest")
    assert (by_id.exit_code, by_id.stderr) == (0, "")
    assert by_id.stdout == by_iri.stdout
    lines = by_id.stdout.splitlines()
    assert lines[:2] == ["claim: The Courier repeats the Gazette's count of 12.", f"<{BASE}claim/c3>"]
    for words in ("said by: Sampletown Courier", "in the words: 12, as the Gazette wrote", "read in: After the bridge"):
        assert any(words in line for line in lines), words
    assert any(line.startswith("├── rests on: Bridge gives way") for line in lines)
    assert lines[-2:] == [
        "└── input row: records/claims.csv row 3",
        f"    <{BASE}row/claims-c3>",
    ]


def test_trace_for_programs(built: Path) -> None:
    tree = json.loads(lod("trace", "c3", "--project", built, "--format", "json").stdout)
    assert (tree["role"], tree["iri"]) == ("claim", f"{BASE}claim/c3")
    assert {"rests on", "read in", "input row"} <= {step["role"] for step in tree["steps"]}
    turtle = lod("trace", "c3", "--project", built, "--format", "ttl").stdout
    shown = {quad.triple for quad in ox.parse(turtle, format=ox.RdfFormat.TURTLE)}
    assert shown <= {quad.triple for quad in quads(built / "output/latest")}
    subjects = {triple.subject.value for triple in shown}
    assert {f"{BASE}{node}" for node in ("claim/c3", "value/c3", "quote/c3", "row/claims-c3")} <= subjects


def test_trace_suggests_a_claim(built: Path) -> None:
    shown = lod("trace", "cc1", "--project", built)
    assert (shown.exit_code, shown.stdout) == (2, "")
    assert shown.stderr == "error: there is no claim 'cc1' in the release\n  Did you mean 'c1'?\n"


@pytest.mark.parametrize(("claim", "local"), [("a/b c", "a%2Fb%20c"), ("Хоҷалӣ", "Хоҷалӣ"), ("100%", "100%25")])
def test_trace_takes_an_id_as_the_records_write_it(claim: str, local: str, tmp_path: Path) -> None:
    statement = f"<{BASE}claim/{local}> <{ox.NamedNode('http://www.w3.org/1999/02/22-rdf-syntax-ns#type').value}>"
    (tmp_path / "dataset.nq").write_text(f"{statement} <http://schema.org/Claim> .\n", encoding="utf-8")
    assert lod("trace", claim, "--release", tmp_path).stdout.endswith(f"<{BASE}claim/{local}>\n")


def test_a_trail_shows_texts_as_they_are_written() -> None:
    text = "[red]12[/red] :fire: 'hurt'"
    assert trail_text(Step("claim", "urn:x:c", text, (), ())) == f"claim: {text}\n<urn:x:c>\n"


def test_the_project_can_be_copied_with_its_release(built: Path, tmp_path: Path) -> None:
    moved = copied(built, tmp_path / "moved")
    assert lod("trace", "c1", "--project", moved).stdout == lod("trace", "c1", "--project", built).stdout

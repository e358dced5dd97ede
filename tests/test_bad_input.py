"""Bad input: each kind gives a clear message with file and line or row, and nothing is lost or half written.

What cannot be read at all stops the build (exit code 2) and leaves the old release as it was. Bad records are in
test_bad_records.py.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from small import CLAIMS, Spoil, append, contents, copied, lod, small_project, swap, tiny_project

MAPPING, SHAPES = "mappings/claims.yml", "shapes/claims.ttl"


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A sound project with its release."""
    project = small_project(tmp_path_factory.mktemp("base") / "project")
    assert lod("build", project).exit_code == 0
    return project


@pytest.fixture
def project(base: Path, tmp_path: Path) -> Path:
    return copied(base, tmp_path / "project")


def spoil(path: str, old: str | bytes, new: str | bytes) -> Spoil:
    return lambda project: swap(project / path, old, new)


@dataclass(frozen=True)
class Unreadable:
    """Something that stops a build: what is done to the project, and what the message must say.

    at: a file and the word in it whose line the message names for LINE; no word: the line after the last.
    """

    name: str
    spoil: Spoil
    says: tuple[str, ...]
    at: tuple[str, str] = (CLAIMS, "")

    def expected(self, project: Path) -> Iterator[str]:
        file, word = self.at
        path = project / file
        line = next((n for n, text in enumerate(_lines(path), 1) if word and word in text), len(_lines(path)) + 1)
        yield from (words.replace("LINE", str(line)) for words in self.says)


def _lines(path: Path) -> list[str]:
    return path.read_text(encoding="latin-1").splitlines() if path.exists() else []


UNREADABLE = [
    Unreadable(
        "missing file",
        lambda project: (project / CLAIMS).unlink(),
        (f"{CLAIMS}: cannot be read: No such file", "it is looked for from "),
    ),
    Unreadable(
        "empty file",
        lambda project: (project / CLAIMS).write_bytes(b""),
        (f"{CLAIMS}: is empty", "begins with a row that names its columns"),
    ),
    Unreadable(
        "missing column",
        spoil(CLAIMS, ",claimant,", ",klaimant,"),
        (f"{CLAIMS}:1: the column 'claimant', which the mapping needs, is missing", "Did you mean 'klaimant'?"),
    ),
    Unreadable(
        "a header that does not match",
        spoil(CLAIMS, "id,text,lang,event,variable,claimant,source", "a,b,c,d,e,f,g"),
        (f"{CLAIMS}:1: the column ", "which the mapping needs, is missing", "The header has: a, b, c, d, e, f, g,"),
    ),
    Unreadable("a column named twice", spoil(CLAIMS, ",quote_lang", ",quote"), (f"{CLAIMS}:1: ", "'quote' twice")),
    Unreadable("a column without a name", spoil(CLAIMS, ",quote_lang", ","), (f"{CLAIMS}:1: column 13 of the header",)),
    Unreadable(
        "unterminated quote",
        lambda project: append(project / CLAIMS, 'c4,"never closed,en\nc5,next,en\n'),
        (f"{CLAIMS}:5: the record that begins here does not parse", 'is written twice: ""'),
    ),
    Unreadable(
        "a quote inside a quoted cell",
        spoil(CLAIMS, '"The Courier repeats', '"The "Courier" repeats'),
        (f"{CLAIMS}:4: the record that begins here does not parse", 'is written twice: ""'),
    ),
    Unreadable(
        "Latin-1 bytes",
        spoil(CLAIMS, b"The Courier speaks", b"The Couri\xe9r speaks"),
        (f"{CLAIMS}:3: byte 0xE9 is not UTF-8", "Save the file as UTF-8."),
    ),
    Unreadable(
        "a mapping with an unknown prefix",
        spoil(MAPPING, "cito:disputes", "citoo:disputes"),
        (f"{MAPPING}:LINE column 10: the prefix 'citoo' is not declared", "Did you mean 'cito'?"),
        (MAPPING, "citoo:"),
    ),
    Unreadable(
        "a typo in a key of a mapping",
        spoil(MAPPING, "    condition: {function: fn:absent", "    conditon: {function: fn:absent"),
        (f"{MAPPING}:LINE column 5: the mapping 'claim' has no key 'conditon'", "Did you mean 'condition'?"),
        (MAPPING, "conditon:"),
    ),
    Unreadable(
        "a typo in a function",
        spoil(MAPPING, "fn:absent", "fn:absnt"),
        (f"{MAPPING}:LINE column 39: there is no function 'absnt'", "Did you mean 'absent'?"),
        (MAPPING, "fn:absnt"),
    ),
    Unreadable(
        "a mapping that is no YAML",
        lambda project: append(project / MAPPING, "  x: [\n"),
        (f"{MAPPING}:LINE column 1: not YAML",),
        (MAPPING, ""),
    ),
    Unreadable(
        "a shape that does not parse",
        lambda project: append(project / SHAPES, "shapes:X a sh:NodeShape ; sh:targetClass \n"),
        (f"{SHAPES}:LINE column 1: does not parse: Unexpected end",),
        (SHAPES, ""),
    ),
    Unreadable(
        "a project file that is no TOML",
        lambda project: append(project / "lod.toml", "x = \n"),
        ("lod.toml: not TOML", "line LINE,"),
        ("lod.toml", "x = "),
    ),
    Unreadable(
        "a typo in the project file",
        spoil("lod.toml", 'on_violation = "refuse"', 'on_violatoin = "refuse"'),
        ("lod.toml:LINE: [build] has no key 'on_violatoin'", "Did you mean 'on_violation'?"),
        ("lod.toml", "on_violatoin"),
    ),
]


@pytest.mark.parametrize("case", UNREADABLE, ids=lambda case: case.name)
def test_what_cannot_be_read_stops_the_build_and_leaves_the_old_release(case: Unreadable, project: Path) -> None:
    before = contents(project / "output")
    case.spoil(project)
    result = lod("build", project)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith("error: ")
    for words in case.expected(project):
        assert words in result.stderr
    assert contents(project / "output") == before
    assert not list((project / "output").glob(".*"))


def test_what_cannot_be_read_makes_no_release(project: Path) -> None:
    (project / CLAIMS).unlink()
    assert lod("build", project, "--output", project / "new").exit_code == 2
    assert not (project / "new").exists()


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ("SELECT oops", "shapes/people.ttl:7 column 57: a SELECT of the query does not select $this\n"),
        (
            "SELECT $this oops",
            "shapes/people.ttl:7 column 57: the query is no SPARQL, error at 1:18: expected one of FROM, [_]\n",
        ),
        ("SELECT $this WHERE { $this nope:x ?y }", "the query is no SPARQL, error at 1:34: a prefix is not declared\n"),
    ],
)
def test_a_query_of_a_shape_that_does_not_parse(query: str, says: str, tmp_path: Path) -> None:
    tiny = tiny_project(tmp_path / "tiny")
    append(
        tiny / "shapes/people.ttl", f'<urn:shapes:Person> sh:sparql [ a sh:SPARQLConstraint ; sh:select "{query}" ] .'
    )
    result = lod("build", tiny)
    assert (result.exit_code, result.stdout) == (2, "")
    assert says in result.stderr


@pytest.mark.parametrize("command", ["build", "check"])
@pytest.mark.parametrize(
    ("output", "says"),
    [
        ("file/release", "file: is a file, not a folder\n  Choose another output folder."),
        ("file", "file: is a file, not a folder\n  Choose another output folder."),
        ("taken", "taken/1: holds 'notes.txt', which no build wrote\n  Choose another output folder"),
        ("/dev/null/release", "/dev/null: is a file, not a folder\n  Choose another output folder."),
    ],
)
def test_an_output_folder_that_cannot_be_one(command: str, output: str, says: str, tmp_path: Path) -> None:
    tiny = tiny_project(tmp_path / "tiny")
    append(tiny / "lod.toml", f'[build]\noutput = "{output}"\n')
    (tiny / "file").write_text("not a folder")
    (tiny / "taken/1").mkdir(parents=True)
    (tiny / "taken/1/notes.txt").write_text("somebody's")
    before = contents(tiny)
    result = lod(command, tiny)
    assert (result.exit_code, result.stdout) == (2, "")
    assert says in result.stderr
    assert contents(tiny) == before


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="no file system that nobody can write to")
def test_an_output_folder_that_is_not_writable(tmp_path: Path) -> None:
    result = lod("build", tiny_project(tmp_path / "tiny"), "--output", "/proc/release")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "error: /proc/release: cannot be written: " in result.stderr
    assert "Choose another output folder, or mend this one." in result.stderr

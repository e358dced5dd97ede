"""How much the embedded engine holds at once, and that what does not fit changes nothing of what is written."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from small import lod

from lod.engine import open_engine

MB = 1_000_000
MAPPING = """
prefixes: {e: "http://example.org/"}
mappings:
  row:
    sources: [rows.csv~csv]
    s: e:$(id)
    po: [[e:text, $(text)], [e:next, e:$(next)~iri], [e:other, e:$(text)/$(next)~iri]]
"""


def limit(memory: str | None = None, usual: int | None = None) -> str:
    with open_engine(memory, usual) as engine:
        [shown] = engine.query("SELECT current_setting('memory_limit')").fetchone()
    return str(shown)


@pytest.mark.parametrize(
    ("memory", "usual", "shown"),
    [
        ("300MB", None, "286.1 MiB"),
        ("300MB", 500 * MB, "286.1 MiB"),
        (None, 500 * MB, "476.8 MiB"),
    ],
)
def test_an_engine_holds_what_is_asked_or_what_is_usual(memory: str | None, usual: int | None, shown: str) -> None:
    assert limit(memory, usual) == shown


def test_what_is_usual_is_never_more_than_a_part_of_the_machine() -> None:
    assert limit(None, 10**15) == limit()


@pytest.fixture
def many(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A mapping of 400,000 records, in the current folder; sorted, they take some 500 MB."""
    monkeypatch.chdir(tmp_path)
    rows = (f"{number},{'text ' * 60}{number},{number * 7919 % 400_000}\n" for number in range(400_000))
    Path("rows.csv").write_text("id,text,next\n" + "".join(rows))
    Path("map.yml").write_text(MAPPING)
    yield
    Path("rows.csv").unlink()  # pytest keeps what lies here


@pytest.mark.usefixtures("many")
def test_what_does_not_fit_is_kept_in_files() -> None:
    written = []
    for memory in ("300MB", "2GB"):
        shown = lod("map", "map.yml", "--memory", memory, "-o", "out.nq")
        assert (shown.exit_code, shown.stderr) == (0, "")
        written.append(Path("out.nq").read_bytes())
        Path("out.nq").unlink()
    assert written[0] == written[1]
    assert written[0].count(b"\n") == 1_200_000


@pytest.mark.usefixtures("many")
def test_too_little_memory_is_told_and_nothing_is_written() -> None:
    shown = lod("map", "map.yml", "--memory", "1MB", "-o", "out.nq")
    assert (shown.exit_code, shown.stdout) == (2, "")
    assert (
        shown.stderr
        == "error: there is not enough memory for this\n  Allow more: --memory 4GB (lod map, lod validate).\n"
    )
    assert sorted(path.name for path in Path().iterdir()) == ["map.yml", "rows.csv"]

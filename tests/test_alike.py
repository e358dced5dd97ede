"""Sources that may be one by their stored texts: held to all pairs compared, as sets of runs of words."""

import csv
import hashlib
import io
import json
from collections.abc import Sequence
from decimal import ROUND_FLOOR, Decimal
from fractions import Fraction
from itertools import combinations
from pathlib import Path
from random import Random

import ibis
import pytest
from small import BASE, SOURCES, add, contents, lod, quads, small_project

from lod.engine import Engine
from lod.lineage import alike
from lod.quad import Quad, quads_table
from lod.terms import Kind

SCHEMA, NS, PROV = "http://schema.org/", "https://w3id.org/lod/ns#", "http://www.w3.org/ns/prov#"
STORY = " ".join(f"word{number}" for number in range(100))

Found = dict[frozenset[str], tuple[str, str | None]]


def found(engine: Engine, root: Path, texts: dict[str, str], more: Sequence[Quad] = ()) -> Found:
    """Store texts as those of sources of these names; return the groups, with why and the similarity."""
    said = list(more)
    for name, text in texts.items():
        (root / f"{name}.txt").write_text(text, encoding="utf-8")
        node = f"{BASE}snapshot/{name}"
        digest = hashlib.sha256(text.encode()).hexdigest()
        said += [
            Quad(node, NS + "storedAs", f"{name}.txt", Kind.LITERAL),
            Quad(node, SCHEMA + "sha256", digest, Kind.LITERAL),
            Quad(node, PROV + "specializationOf", BASE + name),
        ]
    view = engine.materialise("statements", quads_table(said)).mutate(file=ibis.literal("sources.csv"), _row=1)
    groups: dict[tuple[str, str, str | None], set[str]] = {}
    for row in engine.rows(alike(engine, view, root)):
        key = (row["address"], row["because"], row["similarity"])
        groups.setdefault(key, set()).add(row["source"].removeprefix(BASE))
    return {frozenset(sources): (because, similarity) for (_, because, similarity), sources in groups.items()}


def likeness(one: str, other: str) -> Fraction:
    """Jaccard similarity of all runs of four words."""
    left, right = ({tuple(text.split()[at : at + 4]) for at in range(len(text.split()) - 3)} for text in (one, other))
    return Fraction(len(left & right), len(left | right))


def edited(random: Random, text: str) -> str:
    """Change a few words of a text, here and there, leave some out and add some."""
    words = text.split()
    for _ in range(random.randrange(6)):
        at = random.randrange(len(words))
        words[at : at + random.randrange(3)] = [f"new{random.randrange(50)}" for _ in range(random.randrange(3))]
    return " ".join(words)


@pytest.mark.parametrize("seed", range(8))
def test_the_pairs_are_those_of_all_pairs_compared(engine: Engine, tmp_path: Path, seed: int) -> None:
    random = Random(seed)
    texts = {"s0": STORY, "s1": " ".join(f"other{number % 7}" for number in range(60))}
    for number in range(2, 14):
        texts[f"s{number}"] = edited(random, random.choice(list(texts.values())))
    wanted: Found = {}
    for pair in combinations(texts, 2):
        one, other = (texts[name] for name in pair)
        if one != other and likeness(one, other) >= Fraction(4, 5):
            exact = Decimal(likeness(one, other).numerator) / likeness(one, other).denominator
            wanted[frozenset(pair)] = ("nearText", str(exact.quantize(Decimal("0.01"), ROUND_FLOOR)))
    for text in set(texts.values()):
        same = frozenset(name for name in texts if texts[name] == text)
        if len(same) > 1:
            wanted[same] = ("sameText", None)
    assert found(engine, tmp_path, texts) == wanted
    assert wanted


def test_the_threshold_is_four_in_five(engine: Engine, tmp_path: Path) -> None:
    """Of n shingles, the first m: m in n of all shingles are in both."""
    words = [f"w{number}" for number in range(103)]
    texts = {"whole": " ".join(words), "enough": " ".join(words[:83]), "short": " ".join(words[:82])}
    assert likeness(texts["whole"], texts["enough"]) == Fraction(4, 5)
    groups = found(engine, tmp_path, texts)
    assert groups[frozenset({"whole", "enough"})] == ("nearText", "0.80")
    assert frozenset({"whole", "short"}) not in groups
    assert groups[frozenset({"enough", "short"})] == ("nearText", "0.98")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("At noon 12 people were hurt.", "At  noon\n12 people were HURT. "),
        ("He said \u201cno\u201d.", 'He said "no".'),
        ("hurt", "Hurt"),
        ("\u6a4b\u304c\u843d\u3061\u305f", "\u6a4b\u304c\u843d\u3061\u305f\n"),
    ],
)
def test_what_folds_to_the_same_is_the_same(engine: Engine, tmp_path: Path, one: str, other: str) -> None:
    assert found(engine, tmp_path, {"a": one, "b": other}) == {frozenset("ab"): ("sameText", None)}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("", " \n"),  # a scan without text says nothing
        ("12 people were hurt", "13 people were hurt"),
        ("people were hurt", "people were not hurt"),
    ],
)
def test_no_words_and_other_words_are_not_alike(engine: Engine, tmp_path: Path, one: str, other: str) -> None:
    assert found(engine, tmp_path, {"a": one, "b": other}) == {}


def test_text_without_spaces_is_compared_by_characters(engine: Engine, tmp_path: Path) -> None:
    text = "".join(chr(0x4E00 + number) for number in range(100))
    groups = found(engine, tmp_path, {"a": text, "b": text[:50] + "\u9fa0" + text[51:]})
    assert groups == {frozenset("ab"): ("nearText", "0.92")}  # 93 of 101


def test_sources_whose_relation_is_said_are_no_candidates(engine: Engine, tmp_path: Path) -> None:
    said = [Quad(f"{BASE}a", PROV + "wasDerivedFrom", f"{BASE}b")]
    assert found(engine, tmp_path, {"a": STORY, "b": STORY}, said) == {}
    assert found(engine, tmp_path, {"a": STORY, "b": STORY + " end"}, said) == {}


def test_a_release_names_them_and_the_command_reads_it_there(tmp_path: Path) -> None:
    project = small_project(tmp_path / "project")
    (project / "texts").mkdir()
    for name, text in {"mail": STORY, "web": STORY.upper(), "print": STORY + " more"}.items():
        (project / f"texts/{name}.txt").write_text(text)
        digest = hashlib.sha256(text.encode()).hexdigest()
        cells = {"title": f"Wire, by {name}", "text_file": f"texts/{name}.txt", "text_sha256": digest}
        add(project / SOURCES, like=1, id=name, url="", **cells)
    assert lod("build", project).exit_code in (0, 1)
    release = project / "output/latest"
    similar = [quad.object for quad in quads(release) if quad.predicate.value == NS + "similarity"]
    assert [(each.value, each.datatype.value.rpartition("#")[2]) for each in similar] == [("0.98", "decimal")] * 2
    assert "Wire, by web" in (release / "source/mail.html").read_text().partition("May be one with")[2]
    *groups, count = lod("duplicates", release).stdout.strip().split("\n\n")
    assert count == "3 candidates"
    assert set(groups) == {
        "Nearly the same text: 0.98 of its parts\n  mail  Wire, by mail\n  print  Wire, by print",
        "Nearly the same text: 0.98 of its parts\n  print  Wire, by print\n  web  Wire, by web",
        "Same text\n  mail  Wire, by mail\n  web  Wire, by web",
    }
    rows = list(csv.DictReader(io.StringIO(lod("duplicates", release, "--format", "csv").stdout)))
    told = {(row["because"], row["similarity"], row["source"].rpartition("/")[2]) for row in rows}
    near = {("nearText", "0.98", name) for name in ("mail", "print", "web")}
    assert told == near | {("sameText", "", "mail"), ("sameText", "", "web")}
    assert len(json.loads(lod("duplicates", release, "--format", "json").stdout)) == 3
    before = contents(release)
    assert lod("build", project, "--replace").exit_code in (0, 1)
    assert contents(project / "output/latest") == before

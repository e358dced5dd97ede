"""Citations of sources: read back by libraries that are not ours, and compared with the records."""

import json
import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any

import bibtexparser
import pytest
import rispy
from bibtexparser.middlewares import LatexDecodingMiddleware, RemoveEnclosingMiddleware
from citeproc.source.json import CiteProcJSON
from pylatexenc.latex2text import LatexNodes2Text, MacroTextSpec, get_default_latex_context_db
from small import CLAIMS, SOURCES, add, change, lod, small_project

TITLE = 'A 50% {brace and "quote" \\back & $5 #1 a_b ~c ^d } \'e @f, ER  - x\n\u2028g\t\u202egnol\u202c \u05d0\u05d1 <i>h</i> \U0001f600'
ONE_LINE = " ".join(TITLE.split())
FULL = {
    "id": "full",
    "type": "ScholarlyArticle",
    "title": TITLE,
    "lang": "en-GB",
    "author": "gazette|courier",  # an RDF graph keeps no order: they are told by their ids
    "editor": "gazette",
    "translator": "courier",
    "publisher": "gazette",
    "container": "gazette-2001-03-02",
    "place": "Sample & Town",
    "date": "2001-04",
    "edition": "2nd",
    "volume": "12",
    "issue": "3",
    "pages": "12-15",
    "url": "https://example.org/a%20b?c=d_e&f=%7B#g",
    "archived_url": "https://web.archive.org/web/2001/https://example.org/",
    "archived_at": "2001-05-06T07:08:09Z",
    "accessed": "2026-01-02",
    "doi": "10.1000/a_b",
    "isbn": "978-3-16-148410-0",
    "issn": "0028-0836",
    "oclc": "123456",
    "shelfmark": "MS 1_2",
    "wikidata": "Q42",
}
NAMES = ["Sampletown Courier", "Sampletown Gazette"]
NOTE = f"archived at {FULL['archived_url']}; OCLC 123456"


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> Path:
    project = small_project(tmp_path_factory.mktemp("citations") / "project")
    add(project / SOURCES, 1, **FULL)
    add(project / SOURCES, 1, id="vague", type="UnidentifiedWork", title="", date="2001?/2002")
    add(project / SOURCES, 1, id="unseen", type="Book", title="Unseen", date="", known_through="full")
    change(project / CLAIMS, 1, source="full", locator="13", locator_type="page", quote="12\npeople", quote_lang="en")
    shown = lod("build", project)
    assert shown.exit_code == 0, shown.output
    return project / "output/latest"


def latex() -> LatexNodes2Text:
    """Return what reads LaTeX, with three characters that it does not know by these names, or knows as accents."""
    known = get_default_latex_context_db()
    names = {"textbraceleft": "{", "textbraceright": "}", "textasciicircum": "^"}
    known.add_context_category("named", prepend=True, macros=[MacroTextSpec(*each) for each in names.items()])
    return LatexNodes2Text(latex_context=known)


def bibtex(release: Path, name: str) -> dict[str, str]:
    layers = [RemoveEnclosingMiddleware(), LatexDecodingMiddleware(decoder=latex())]
    raw = bibtexparser.parse_string((release / f"source/{name}.bib").read_text("utf-8"), parse_stack=layers[:1])
    decoded = bibtexparser.parse_file(release / f"source/{name}.bib", parse_stack=layers)
    assert not decoded.failed_blocks
    [before], [entry] = raw.entries, decoded.entries
    assert entry.key == name
    addresses = {each.key: each.value for each in before.fields if each.key in ("url", "doi")}
    return {"type": entry.entry_type} | {each.key: str(each.value) for each in entry.fields} | addresses


def ris(release: Path, name: str) -> dict[str, Any]:
    [entry] = rispy.loads((release / f"source/{name}.ris").read_text("utf-8"))
    return dict(entry)


def csl(release: Path, name: str) -> dict[str, Any]:
    items = json.loads((release / f"source/{name}.csl.json").read_text("utf-8"))
    read = CiteProcJSON(items)  # a field that CSL has not is a warning, and so an error
    assert list(read) == [name]
    return dict(items[0])


def references(page: Path) -> Iterator[dict[str, list[str]]]:
    """Take the references of a page apart as QuickStatements does."""
    for text in re.findall(r"<pre>(.*?)</pre>", page.read_text("utf-8"), re.DOTALL):
        parts = unescape(text).split("\t")
        found: dict[str, list[str]] = {}
        for name, value in zip(parts[::2], parts[1::2], strict=True):
            assert re.fullmatch(r'S\d+ (Q\d+|\+\d{4}-\d\d-\d\dT00:00:00Z/(9|10|11)|([a-z-]+:)?".+")', f"{name} {value}")
            found.setdefault(name, []).append(value)
        yield found


def test_bibtex_says_what_the_record_says(release: Path) -> None:
    assert bibtex(release, "full") == {
        "type": "article",
        "title": ONE_LINE,
        "author": " and ".join(NAMES),
        "editor": NAMES[1],
        "translator": NAMES[0],
        "journal": "Bridge gives way",
        "publisher": NAMES[1],
        "address": FULL["place"],
        "date": "2001-04",
        "year": "2001",
        "month": "4",
        "edition": "2nd",
        "volume": "12",
        "number": "3",
        "pages": "12-15",
        "url": FULL["url"],
        "urldate": FULL["accessed"],
        "doi": FULL["doi"],
        "isbn": FULL["isbn"],
        "issn": FULL["issn"],
        "library": FULL["shelfmark"],
        "note": NOTE,
    }


def test_bibtex_has_as_many_braces_open_as_it_closes(release: Path) -> None:
    """BibTeX counts braces, and knows no backslash before them."""
    for path in release.glob("source/*.bib"):
        depths, depth = [], 0
        for char in path.read_text("utf-8"):
            depth += (char == "{") - (char == "}")
            depths.append(depth)
        assert depth == 0
        assert 0 not in depths[depths.index(1) : -2]


def test_ris_says_what_the_record_says(release: Path) -> None:
    text = (release / "source/full.ris").read_text("utf-8")
    assert re.findall(r"^SN  - (.*)$", text, re.MULTILINE) == [FULL["isbn"], FULL["issn"]]
    assert all(re.match(r"[A-Z][A-Z0-9]  - ", line) for line in text.splitlines())
    assert ris(release, "full") == {
        "type_of_reference": "JOUR",
        "id": "full",
        "title": ONE_LINE,
        "authors": NAMES,
        "secondary_authors": [NAMES[1]],
        "subsidiary_authors": [NAMES[0]],
        "secondary_title": "Bridge gives way",
        "publisher": NAMES[1],
        "place_published": FULL["place"],
        "year": "2001",
        "date": "2001/04//",
        "edition": "2nd",
        "volume": "12",
        "number": "3",
        "start_page": "12",
        "end_page": "15",
        "urls": [FULL["url"]],
        "access_date": "2026/01/02/",
        "doi": FULL["doi"],
        "issn": FULL["isbn"],  # of the two SN the library keeps the first
        "call_number": FULL["shelfmark"],
        "language": "en-GB",
        "notes": [NOTE],
    }


def test_csl_says_what_the_record_says(release: Path) -> None:
    assert csl(release, "full") == {
        "id": "full",
        "type": "article-journal",
        "title": ONE_LINE,
        "author": [{"literal": name} for name in NAMES],
        "editor": [{"literal": NAMES[1]}],
        "translator": [{"literal": NAMES[0]}],
        "container-title": "Bridge gives way",
        "publisher": NAMES[1],
        "publisher-place": FULL["place"],
        "issued": {"date-parts": [[2001, 4]]},
        "edition": "2nd",
        "volume": "12",
        "issue": "3",
        "page": "12-15",
        "URL": FULL["url"],
        "accessed": {"date-parts": [[2026, 1, 2]]},
        "DOI": FULL["doi"],
        "ISBN": FULL["isbn"],
        "ISSN": FULL["issn"],
        "call-number": FULL["shelfmark"],
        "language": "en-GB",
        "note": NOTE,
    }


def test_a_date_is_no_more_certain_than_in_the_record(release: Path) -> None:
    assert bibtex(release, "vague") == {"type": "misc", "publisher": NAMES[1], "date": "2001?/2002"}
    assert ris(release, "vague")["date"] == "2001?/2002"
    assert "year" not in ris(release, "vague")
    assert csl(release, "vague")["issued"] == {"literal": "2001?/2002"}


def test_a_source_that_was_not_seen_says_so_everywhere(release: Path) -> None:
    said = f"not seen, known through: {ONE_LINE}"
    assert (bibtex(release, "unseen")["note"], ris(release, "unseen")["notes"]) == (said, [said])
    assert csl(release, "unseen")["note"] == said
    assert list(references(release / "source/unseen.html")) == []
    assert "It was not seen" in (release / "source/unseen.html").read_text("utf-8")


def test_a_reference_for_wikidata_has_the_properties_of_the_model(release: Path) -> None:
    [found] = references(release / "source/full.html")
    assert found == {
        "S248": ["Q42"],
        "S1476": [f'en-gb:"{ONE_LINE}"'],
        "S2093": [f'"{name}"' for name in NAMES],
        "S577": ["+2001-04-00T00:00:00Z/10"],
        "S478": ['"12"'],
        "S433": ['"3"'],
        "S212": [f'"{FULL["isbn"]}"'],
        "S356": [f'"{FULL["doi"]}"'],
        "S236": [f'"{FULL["issn"]}"'],
        "S243": ['"123456"'],
        "S217": [f'"{FULL["shelfmark"]}"'],
        "S854": [f'"{FULL["url"]}"'],
        "S1065": [f'"{FULL["archived_url"]}"'],
        "S2960": ["+2001-05-06T00:00:00Z/11"],
        "S813": ["+2026-01-02T00:00:00Z/11"],
        "S304": ['"12-15"'],
    }


def test_a_claim_is_cited_with_its_place_and_words(release: Path) -> None:
    [of_source], [of_claim] = references(release / "source/full.html"), references(release / "claim/c1.html")
    assert of_claim == of_source | {"S304": ['"13"'], "S1683": ['en:"12 people"']}
    page = (release / "claim/c1.html").read_text("utf-8")
    assert all(f'href="../source/full{suffix}"' in page for suffix in (".bib", ".ris", ".csl.json"))


def test_each_source_is_cited_and_nothing_else(release: Path) -> None:
    sources = {path.stem for path in release.glob("source/*.ttl")}
    for suffix in (".bib", ".ris", ".csl.json"):
        assert {path.name.removesuffix(suffix) for path in release.glob(f"*/*{suffix}")} == sources

"""Pages for people: one for each entity, lists of them, and a front page. No script, nothing from another host.

https://jinja.palletsprojects.com/ escapes every value; JSON-LD is written so that nothing in it closes its element.
"""

import json
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from lod.formats import JSONLD, TURTLE, Prologue
from lod.formats.compact import Compactor
from lod.formats.frame import framed
from lod.formats.names import Names
from lod.project import Dataset
from lod.release.documents import Entity
from lod.release.pages.citations import STYLES, Work, reference, works
from lod.release.pages.claim import Claim
from lod.release.pages.columns import Column
from lod.release.pages.group import contradictions, groups, paged
from lod.release.pages.place import coordinates
from lod.release.pages.terms import Term
from lod.release.pages.timeline import timeline
from lod.release.pages.view import Link, View
from lod.steps import walk

HTML = ".html"
STYLE = "style.css"
WORDS = "ns"  # the page of terms and columns, and the vocabulary beside it
_PAGE_ROWS = 500
_CLAIM, _WITHDRAWN, _EVENT = "claim", "withdrawn claim", "event"


@dataclass(frozen=True)
class Listed:
    """An entity in a list: its page and label, and what kind of it it is."""

    link: Link
    note: str


class PageWriter:
    """Writes the pages of entities below a folder; `finish` writes the lists and the front page."""

    def __init__(self, folder: Path, dataset: Dataset, kinds: Collection[str], prologue: Prologue) -> None:
        self._folder, self._base, self._kinds = folder, dataset.base, kinds
        prefixes = dict(sorted(prologue.prefixes.items()))
        self._names = Names(dataset.base, prefixes)
        self._compactor, self._head = Compactor(prefixes, dataset.base), {"@base": dataset.base, **prefixes}
        self._templates = Environment(
            loader=PackageLoader("lod.release.pages"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._templates.globals |= {"site": dataset, "plural": _plural, "styles": STYLES}
        self._listed: dict[str, list[Listed]] = defaultdict(list)

    def write(self, entity: Entity) -> None:
        """Write the page of an entity, or several where an event has many claims."""
        view = View(entity, self._base, self._kinds)
        classes = view.classes(view.iri)
        kind, _, name = entity.path.partition("/")
        template, found = self._parts(view, classes)
        names = [f"{name}.{number}{HTML}" if number > 1 else name + HTML for number in range(1, len(found) + 1)]
        cited = works(view)
        more = {"view": view, "classes": classes, "data": self._data(entity, whole=len(found) == 1), "names": names}
        more["cited"] = [(work, reference(work, found[0].get("claim"))) for work in cited]
        for here, parts in zip(names, found, strict=True):
            self._write(f"{kind}/{here}", template, here=here, formats=(TURTLE, JSONLD), **more, **parts)
        for work in cited:
            if work.iri == entity.iri:
                self._cite(entity.path, work)
        link = Link(view.label.text, view.label.language, f"{name}{HTML}")
        self._listed[kind].append(Listed(link, ", ".join(each for each in classes if each not in (kind, "entity"))))

    def _data(self, entity: Entity, *, whole: bool) -> Markup:
        """Return what a page says to programs: all of the entity's document, or what its own node says."""
        nodes = entity.nodes if whole else (entity.by_subject[entity.iri],)
        data = framed(entity.iri, nodes, self._compactor)
        return _kept_inside(f'{{"@context": {json.dumps(self._head, ensure_ascii=False)},{data.removeprefix("{")}')

    def write_words(self, terms: Mapping[str, Sequence[Term]], columns: Mapping[str, Sequence[Column]]) -> None:
        """Write the page of the project's terms, by kind, and of the columns of its records, by file."""
        anchors = {term.iri: f"#{term.anchor}" for own in terms.values() for term in own}

        def property_(iri: str) -> Link:
            return Link(self._names.short(iri), None, anchors.get(iri, iri))

        tables = {
            file: [(column, [property_(iri) for iri in column.properties]) for column in own]
            for file, own in columns.items()
        }
        self._write(f"{WORDS}{HTML}", "ns.html", terms=terms, columns=tables)

    def finish(self, files: Sequence[Path], described: dict[str, Any]) -> None:
        """Write the lists, the front page and the style sheet.

        The front page offers `files` of the release, and says what the release is (`described`, JSON-LD) to programs.
        """
        for kind, listed in sorted(self._listed.items()):
            self._write_list(kind, listed)
        events = self._listed.get(_EVENT, [])[:_PAGE_ROWS]
        counts = [(kind, len(listed)) for kind, listed in sorted(self._listed.items())]
        offered = [(path.name, path.stat().st_size) for path in files]
        data = _kept_inside(json.dumps(described, ensure_ascii=False))
        self._write("index.html", "index.html", counts=counts, events=events, files=offered, data=data)
        (self._folder / STYLE).write_bytes(resources.files("lod.release.pages").joinpath(STYLE).read_bytes())

    def _cite(self, path: str, work: Work) -> None:
        for style in STYLES:
            (self._folder / f"{path}{style.suffix}").write_text(style.write(work), encoding="utf-8")

    def _write_list(self, kind: str, listed: Sequence[Listed]) -> None:
        count = -(-len(listed) // _PAGE_ROWS)
        names = [f"index{f'-{number}' if number else ''}{HTML}" for number in range(count)]
        for number, name in enumerate(names):
            rows = listed[number * _PAGE_ROWS : (number + 1) * _PAGE_ROWS]
            self._write(f"{kind}/{name}", "list.html", kind=kind, rows=rows, total=len(listed), names=names, here=name)

    def _write(self, path: str, template: str, **parts: Any) -> None:
        text = self._templates.get_template(template).render(**parts)
        (self._folder / path).write_text(text, encoding="utf-8")

    def _parts(self, view: View, classes: Sequence[str]) -> tuple[str, list[dict[str, Any]]]:
        """Return a template, and what it is filled with on each page."""
        if _EVENT in classes:
            dated, places = timeline(view), list(coordinates(view))
            shown = dated if dated and len(dated.sources) <= _PAGE_ROWS else None
            pages: list[dict[str, Any]] = [
                {"groups": part, "timeline": None, "coordinates": ()} for part in paged(groups(view), _PAGE_ROWS)
            ]
            pages[0] |= {"timeline": shown, "coordinates": places}
            return "event.html", pages
        if _CLAIM in classes or _WITHDRAWN in classes:
            claim = Claim(view, view.iri)
            apart = [each for each in contradictions(view) if claim in (each.one, each.other)]
            return "claim.html", [{"claim": claim, "trail": walk(view, view.iri), "contradictions": apart}]
        return "entity.html", [{}]


def _kept_inside(data: str) -> Markup:
    """Return JSON in which nothing can end the script element that it stands in, nor begin a comment there."""
    return Markup(data.translate({ord(char): f"\\u{ord(char):04x}" for char in "<>&"}))  # noqa: S704  # escaped here


def _plural(word: str, count: int) -> str:
    return word if count == 1 else f"{word}s"

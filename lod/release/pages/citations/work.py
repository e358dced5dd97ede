"""A source as it is cited: what other systems have a field for, in texts of one line."""

import re
import unicodedata
from dataclasses import dataclass

from lod.release.pages.citations.kind import Kind, kind_of
from lod.release.pages.view import Link, View
from lod.terms import RDF_TYPE
from lod.vocab import NS, SCHEMA

_WIKIDATA = re.compile(r"https?://www\.wikidata\.org/(?:entity|wiki)/(Q[1-9][0-9]*)")
_DATE = re.compile(r"(-?[0-9]{4,})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")


@dataclass(frozen=True)
class Work:
    """A source of a view, and the path of its files without suffix; what is missing is empty."""

    view: View
    iri: str
    path: str

    @property
    def key(self) -> str:
        """The name that it is cited by: that of its files."""
        return self.path.rpartition("/")[2]

    @property
    def kind(self) -> Kind:
        """What kind of work it is."""
        return kind_of(self.view.objects(self.iri, RDF_TYPE))

    @property
    def title(self) -> str:
        """Its title."""
        found = self.view.named(self.iri)
        return one_line(found.value) if found else ""

    @property
    def language(self) -> str:
        """The language of the title, as in BCP 47."""
        found = self.view.named(self.iri)
        return (found.language or "") if found else ""

    def names(self, role: str) -> list[str]:
        """Return the names of those who have a role (`author`, `editor`, `translator`, `publisher`) in it."""
        return self._labels(SCHEMA + role)

    @property
    def container(self) -> str:
        """The title of the work that it is part of."""
        return ", ".join(self._labels(SCHEMA + "isPartOf"))

    @property
    def date(self) -> str:
        """The day, month or year of publication, as XSD writes it; empty where it is less certain than that."""
        return self.text("datePublished")

    @property
    def date_as_written(self) -> str:
        """The date of publication in EDTF."""
        return self._first(NS + "edtf")

    @property
    def place(self) -> str:
        """The place of publication, as written in it."""
        return self._first(NS + "placeOfPublication")

    @property
    def pages(self) -> str:
        """Its pages: "12-15", or as written."""
        return "-".join(filter(None, (self.text("pageStart"), self.text("pageEnd")))) or self.text("pagination")

    @property
    def archived_on(self) -> str:
        """When the archived copy was made."""
        return self._first(NS + "archivedOn")

    @property
    def accessed(self) -> str:
        """The day on which it was consulted."""
        return self._first(NS + "accessed")

    @property
    def item(self) -> str:
        """Its item in Wikidata: "Q42"."""
        found = map(_WIKIDATA.fullmatch, self.view.objects(self.iri, SCHEMA + "sameAs"))
        return next((match[1] for match in found if match), "")

    @property
    def relays(self) -> list[Link]:
        """The sources that it is known through; where there are any, it was not seen."""
        return self.view.links(self.iri, NS + "knownThrough")

    def text(self, name: str) -> str:
        """Return the value of a property of schema.org."""
        return self._first(SCHEMA + name)

    def identifier(self, scheme: str) -> str:
        """Return what identifies it in a scheme: `doi`, `isbn`, `issn`, `oclc`, `shelfmark`."""
        found = self.view.objects(self.iri, SCHEMA + "identifier")
        return next((one_line(text.partition(":")[2]) for text in found if text.startswith(f"{scheme}:")), "")

    @property
    def note(self) -> str:
        """What has no field of its own: that it was not seen, its archived copy, its number in WorldCat."""
        relays = ", ".join(one_line(link.text) for link in self.relays)
        said = (
            ("not seen, known through:", relays),
            ("archived at", self.text("archivedAt")),
            ("OCLC", self.identifier("oclc")),
        )
        return "; ".join(f"{what} {text}" for what, text in said if text)

    def _labels(self, predicate: str) -> list[str]:
        return [one_line(link.text) for link in self.view.links(self.iri, predicate)]

    def _first(self, predicate: str) -> str:
        return one_line(self.view.object(self.iri, predicate) or "")


def works(view: View) -> list[Work]:
    """Return what is to be cited for an entity: a source itself, else the sources that a claim was read in."""
    found = (view.iri, *view.objects(view.iri, SCHEMA + "appearance"))
    sources = ((iri, view.document(iri)) for iri in found if view.is_a(iri, NS + "Source"))
    return [Work(view, iri, path) for iri, path in sources if path]


def date_parts(date: str) -> list[int]:
    """Return the year of a date of XSD, and its month and day, as far as it has them."""
    found = _DATE.match(date)
    return [int(part) for part in found.groups() if part] if found else []


def one_line(text: str) -> str:
    """Return a text without line ends, tabs and other control characters; those that direct bidi text stay."""
    return " ".join("".join(" " if unicodedata.category(char) == "Cc" else char for char in text).split())

"""A claim as a line of a page: who says what, in which words, read where."""

from dataclasses import dataclass
from functools import cached_property

from lod.derivation import ways
from lod.release.pages.anchor import Anchor
from lod.release.pages.view import Link, View
from lod.terms import name_of
from lod.vocab import CITO, NS, SCHEMA, SKOS

_QUALIFIERS = {
    "about": "about {}",
    "at least": "at least {}",
    "at most": "at most {}",
    "more than": "more than {}",
    "fewer than": "fewer than {}",
}


@dataclass(frozen=True)
class Claim:
    """A claim of a view; what is missing is None or empty."""

    view: View
    iri: str

    @cached_property
    def link(self) -> Link:
        """The claim's own words for what is said, and its page."""
        return self.view.link(self.iri)

    @property
    def claimants(self) -> list[Link]:
        """Who says it."""
        return self.view.links(self.iri, SCHEMA + "author")

    @property
    def sources(self) -> list[Link]:
        """Where it was read."""
        return self.view.links(self.iri, SCHEMA + "appearance")

    @property
    def grounds(self) -> list[Link]:
        """What it rests on."""
        return self.view.links(self.iri, SCHEMA + "isBasedOn")

    @cached_property
    def roots(self) -> list[Link]:
        """The sources that it goes back to in the end."""
        return self.view.links(self.iri, NS + "root")

    @property
    def ways(self) -> list[list[tuple[str, Link]]]:
        """How it goes back to each of its roots: the steps, each with the words for it."""
        found = ways(self.view, self.iri)
        return [[(hop.how, self.view.link(hop.iri)) for hop in hops] for _, hops in sorted(found.items())]

    @property
    def agreeing(self) -> list[Link]:
        """The other claims that state the same."""
        return self.view.alike("Agreement")

    @property
    def locator(self) -> str | None:
        """Where in the source it was read."""
        return self.view.object(self.iri, NS + "locator")

    @property
    def locator_type(self) -> str:
        """What the locator counts or names: a page, a section ..."""
        return name_of(self.view.object(self.iri, NS + "locatorType") or "")

    @property
    def notes(self) -> list[Link]:
        """The editors' notes."""
        return self.view.links(self.iri, SKOS + "editorialNote")

    @property
    def retractions(self) -> list[Link]:
        """The sources in which the claimant takes it back."""
        return [self.view.link(iri) for iri in self.view.subjects(CITO + "retracts", self.iri)]

    @cached_property
    def value(self) -> str | None:
        """The IRI of what it states."""
        return self.view.object(self.iri, NS + "states")

    @property
    def variable(self) -> Link:
        """What the value is of."""
        found = self.view.links(self.value, SCHEMA + "variableMeasured") if self.value else []
        return found[0] if found else Link("")

    @property
    def quote(self) -> Link | None:
        """The words of the source."""
        quotes = self.view.objects(self.iri, SCHEMA + "citation")
        texts = [text for quote in quotes for text in self.view.links(quote, SCHEMA + "text")]
        return texts[0] if texts else None

    @property
    def anchors(self) -> list[Anchor]:
        """What came of looking up the words."""
        quotes = self.view.objects(self.iri, SCHEMA + "citation")
        return [Anchor(self.view, iri) for quote in quotes for iri in self.view.objects(quote, NS + "anchor")]

    @property
    def speakers(self) -> list[Link]:
        """Whose words these are."""
        quotes = self.view.objects(self.iri, SCHEMA + "citation")
        return [link for quote in quotes for link in self.view.links(quote, SCHEMA + "spokenByCharacter")]

    @property
    def qualifier(self) -> str:
        """How the value is meant: exactly, about, at least ..."""
        found = self.view.object(self.value, SCHEMA + "measurementQualifier") if self.value else None
        return name_of(found) if found else "exactly"

    @property
    def as_of(self) -> str | None:
        """The date that the value is of."""
        return self.view.object(self.value, SCHEMA + "observationDate") if self.value else None

    @property
    def says(self) -> Link:
        """The value in short: as worded, else by its numbers, else the claim's text."""
        if self.value is None:
            return self.link
        worded = self.view.links(self.value, NS + "asWorded") + self.view.links(self.value, NS + "valueItem")
        low, high = (self._text("minValue"), self._text("maxValue"))
        number = self._text("value") or (low if low == high else f"{low or ''}\N{EN DASH}{high or ''}")
        if worded:
            return worded[0]
        return Link(_QUALIFIERS.get(self.qualifier, "{}").format(number)) if number else self.link

    def number(self, name: str) -> float | None:
        """Return `value`, `minValue` or `maxValue` as a number to place on a scale; None where there is none."""
        text = self._text(name)
        try:
            return float(text) if text else None
        except ValueError:
            return None

    def _text(self, name: str) -> str | None:
        return self.view.object(self.value, SCHEMA + name) if self.value else None

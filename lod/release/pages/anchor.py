"""An anchor as a line of a page: what came of looking up a quote, and where it stands."""

from dataclasses import dataclass

from lod.release.pages.view import Link, View
from lod.vocab import NS, OA


@dataclass(frozen=True)
class Anchor:
    """An anchor of a view."""

    view: View
    iri: str

    @property
    def outcome(self) -> str:
        """What came of it: found exactly, found folded, not found, no stored text."""
        return self.view.link(self.iri).text

    @property
    def sources(self) -> list[Link]:
        """Where it was looked up."""
        return self.view.links(self.iri, NS + "soughtIn")

    @property
    def exact(self) -> str:
        """The words of the text; empty where the quote is not there."""
        return self._text("exact")

    @property
    def prefix(self) -> str:
        """What stands before them."""
        return self._text("prefix")

    @property
    def suffix(self) -> str:
        """What stands behind them."""
        return self._text("suffix")

    def _text(self, name: str) -> str:
        """Return words of the text, without the control characters that no page may hold."""
        selectors = self.view.objects(self.iri, OA + "hasSelector")
        found = next((text for each in selectors for text in self.view.objects(each, OA + name)), "")
        return "".join(char if char.isprintable() else " " for char in found)

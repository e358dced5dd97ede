"""The claims on one variable of an event: who contradicts whom, and on how many roots they rest."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

from lod.release.pages.claim import Claim
from lod.release.pages.plot import Plot, plot
from lod.release.pages.view import Link, View
from lod.vocab import NS, SCHEMA


@dataclass(frozen=True)
class Contradiction:
    """Two claims that cannot both hold; same_root: whether they are two appearances of one report."""

    one: Claim
    other: Claim
    same_root: bool


@dataclass(frozen=True)
class Group:
    """Claims on one variable, those with one root side by side."""

    variable: Link
    claims: tuple[Claim, ...]
    contradictions: tuple[Contradiction, ...]

    @cached_property
    def picture(self) -> Plot | None:
        """The picture of the claims that have a number."""
        return plot(self.claims)

    @property
    def roots(self) -> list[Link]:
        """The roots of all claims."""
        return list(dict.fromkeys(root for claim in self.claims for root in claim.roots))

    def rest(self) -> list[Claim]:
        """Return the claims that are not in the picture."""
        shown = {mark.claim.iri for mark in self.picture.marks} if self.picture else set()
        return [claim for claim in self.claims if claim.iri not in shown]


def groups(view: View) -> list[Group]:
    """Return an event's claims by variable, those with a picture first."""
    claims = [Claim(view, iri) for iri in view.subjects(SCHEMA + "about", view.iri)]
    ordered = sorted(claims, key=lambda claim: (claim.variable.text, [root.text for root in claim.roots], claim.iri))
    apart = tuple(contradictions(view))
    found = [
        Group(variable, own, tuple(each for each in apart if each.one in own))
        for variable, same in groupby(ordered, key=lambda claim: claim.variable)
        for own in [tuple(same)]
    ]
    return sorted(found, key=lambda group: (group.picture is None, -len(group.claims), group.variable.text))


def contradictions(view: View) -> Iterator[Contradiction]:
    """Yield the contradictions that a view tells of."""
    for node in view.instances(NS + "Contradiction"):
        one, other = (Claim(view, iri) for iri in sorted(view.objects(node, NS + "between")))
        yield Contradiction(one, other, view.object(node, NS + "sameRoot") == "true")

"""The claims on one variable of an event: who contradicts whom, and on how many roots they rest."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import groupby
from operator import itemgetter

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
    """Claims on one variable, those with one root side by side; more: how many contradictions are left out."""

    variable: Link
    claims: tuple[Claim, ...]
    contradictions: tuple[Contradiction, ...]
    more: int = 0

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
        Group(variable, own, _among(own, apart))
        for variable, same in groupby(ordered, key=lambda claim: claim.variable)
        for own in [tuple(same)]
    ]
    return sorted(found, key=lambda group: (group.picture is None, -len(group.claims), group.variable.text))


def paged(found: Sequence[Group], most: int) -> list[list[Group]]:
    """Deal groups out to pages of so many claims; what is cut goes on, on the next page, with a picture of its own."""
    claims = [(place, claim) for place, group in enumerate(found) for claim in group.claims]
    pages = (claims[start : start + most] for start in range(0, max(len(claims), 1), most))
    return [
        [_part(found[place], tuple(claim for _, claim in own), most) for place, own in groupby(page, key=itemgetter(0))]
        for page in pages
    ]


def _part(group: Group, claims: tuple[Claim, ...], most: int) -> Group:
    apart = _among(claims, group.contradictions)
    return replace(group, claims=claims, contradictions=apart[:most], more=len(apart[most:]))


def _among(claims: Sequence[Claim], apart: Sequence[Contradiction]) -> tuple[Contradiction, ...]:
    known = {claim.iri for claim in claims}
    return tuple(each for each in apart if each.one.iri in known)


def contradictions(view: View) -> Iterator[Contradiction]:
    """Yield the contradictions that a view tells of."""
    for node in view.instances(NS + "Contradiction"):
        one, other = (Claim(view, iri) for iri in sorted(view.objects(node, NS + "between")))
        yield Contradiction(one, other, view.object(node, NS + "sameRoot") == "true")

"""Kinship: the roots that two claims or sources of a release have in common, and the ways that lead to them."""

from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote

from lod.derivation import ways
from lod.errors import ReleaseError, did_you_mean
from lod.terms import RDF_TYPE
from lod.trail import Release
from lod.vocab import NS, RDFS, SCHEMA


@dataclass(frozen=True)
class Place:
    """A node on a way: the words for the step to it (empty: it is where the way begins), its IRI and label."""

    how: str
    iri: str
    label: str


@dataclass(frozen=True)
class Shared:
    """A root in common, and the ways to it: each begins with the claim or source itself, and ends with the root."""

    root: Place
    one: tuple[Place, ...]
    other: tuple[Place, ...]


@dataclass(frozen=True)
class Kinship:
    """Two claims or sources, and the roots that both go back to."""

    one: Place
    other: Place
    shared: tuple[Shared, ...]


def kinship(folder: Path, one: str, other: str) -> Kinship:
    """Return what two claims or sources (IRIs, or ids) of the release in a folder have in common.

    An id is what an IRI ends with: `c1`, or `claim/c1` where a source has the same. Raises ReleaseError where there is
    no release, or an id names no claim or source of it, or several.
    """
    found = _Finder(Release(folder))
    return found.kinship(found.node(one), found.node(other))


@dataclass(frozen=True)
class _Finder:
    release: Release

    def kinship(self, one: str, other: str) -> Kinship:
        left, right = self._ways(one), self._ways(other)
        shared = (Shared(self._place(root), left[root], right[root]) for root in sorted(left.keys() & right.keys()))
        return Kinship(self._place(one), self._place(other), tuple(shared))

    def node(self, name: str) -> str:
        nodes = [iri for iri in self.release.by_subject if self._is_known(iri)]
        fitting = [iri for iri in nodes if name == iri or unquote(iri).endswith(f"/{name}")]
        if len(fitting) == 1:
            return fitting[0]
        if fitting:
            words = " and ".join("/".join(iri.rsplit("/", 2)[1:]) for iri in sorted(fitting))
            raise ReleaseError(f"{name!r} may be {words}", hint="Write one of these.")
        hint = did_you_mean(name, [unquote(iri.rpartition("/")[2]) for iri in nodes])
        raise ReleaseError(f"there is no claim or source {name!r} in the release", hint=hint)

    def _is_known(self, iri: str) -> bool:
        return not {SCHEMA + "Claim", NS + "Source"}.isdisjoint(self.release.objects(iri, RDF_TYPE))

    def _ways(self, start: str) -> dict[str, tuple[Place, ...]]:
        return {
            root: (self._place(start), *(self._place(hop.iri, hop.how) for hop in hops))
            for root, hops in ways(self.release, start).items()
        }

    def _place(self, iri: str, how: str = "") -> Place:
        label = next(iter(self.release.objects(iri, RDFS + "label")), iri)
        return Place(how, iri, label)

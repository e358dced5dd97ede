"""The trail of a claim: claim -> quote -> source -> sources behind it -> input row, read from a release."""

from collections import defaultdict
from pathlib import Path
from urllib.parse import unquote

from lod.errors import ReleaseError, did_you_mean
from lod.formats.read import read_quads
from lod.quad import Quad
from lod.release.write import DATASET_FILE
from lod.steps import Step, walk
from lod.terms import RDF_TYPE
from lod.vocab import CSVW, NS, SCHEMA


class Release:
    """The statements of a release, by subject and by object."""

    def __init__(self, folder: Path) -> None:
        path = folder / DATASET_FILE
        if not path.is_file():
            raise ReleaseError(f"there is no release in {folder}", hint="`lod build` makes one.")
        self.by_subject: dict[str, list[Quad]] = defaultdict(list)
        self._rows: dict[str, list[str]] = defaultdict(list)
        for quad in read_quads(path, str(path), ReleaseError):
            self.by_subject[quad.subject].append(quad)
            if quad.predicate == CSVW + "describes":
                self._rows[quad.object].append(quad.subject)

    def objects(self, subject: str, predicate: str) -> list[str]:
        """Return the objects of a subject's predicate, in the release's order."""
        return [quad.object for quad in self.by_subject.get(subject, ()) if quad.predicate == predicate]

    def rows(self, node: str) -> list[str]:
        """Return the rows that describe a node."""
        return self._rows.get(node, [])

    def claims(self) -> list[str]:
        """Return the IRIs of all claims, the withdrawn ones too."""
        classes = (SCHEMA + "Claim", NS + "WithdrawnClaim")
        return [iri for iri in self.by_subject if any(name in classes for name in self.objects(iri, RDF_TYPE))]


def trace(folder: Path, claim: str) -> Step:
    """Return the trail of a claim (its IRI, or its id) in the release in `folder`.

    Raises ReleaseError where there is no release, or no such claim.
    """
    release = Release(folder)
    return walk(release, _find(release, claim))


def trail_quads(folder: Path, trail: Step) -> list[Quad]:
    """Return every statement about the nodes of a trail, sorted."""
    release = Release(folder)
    found = {quad for iri in trail.iris() for quad in release.by_subject.get(iri, ())}
    return sorted(found, key=lambda quad: (*quad[:4], quad.datatype or "", quad.language or ""))


def _find(release: Release, claim: str) -> str:
    claims = release.claims()
    if claim in claims:
        return claim
    ids = [unquote(iri.rpartition("/")[2]) for iri in claims]
    if ids.count(claim) == 1:
        return claims[ids.index(claim)]
    hint = did_you_mean(claim, ids)
    raise ReleaseError(f"there is no claim {claim!r} in the release", hint=hint)

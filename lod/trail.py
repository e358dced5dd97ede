"""The trail of a claim: claim -> quote -> source -> sources behind it -> input row, read from a release."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote

from lod.errors import ReleaseError, did_you_mean
from lod.formats.read import read_quads
from lod.quad import Quad
from lod.release.write import DATASET_FILE
from lod.terms import RDF_TYPE
from lod.vocab import CSVW, NS, PROV, RDFS, SCHEMA


@dataclass(frozen=True)
class Step:
    """One node of a trail: its role towards the step before, IRI, label, details, and what it leads to."""

    role: str
    iri: str
    label: str
    details: tuple[str, ...]
    steps: tuple["Step", ...]

    def iris(self) -> Iterator[str]:
        """Yield the IRI of this step and of all behind it."""
        yield self.iri
        for step in self.steps:
            yield from step.iris()


# What is followed from a node, in the order in which a person reads it: role and predicate.
_AHEAD = (
    ("said by", SCHEMA + "author"),
    ("states", NS + "states"),
    ("in the words", SCHEMA + "citation"),
    ("quoted from", PROV + "wasQuotedFrom"),
    ("read in", SCHEMA + "appearance"),
    ("part of", SCHEMA + "isPartOf"),
    ("revision of", PROV + "wasRevisionOf"),
    ("rests on", SCHEMA + "isBasedOn"),
    ("published by", SCHEMA + "publisher"),
    ("known through", NS + "knownThrough"),
    ("withdrawn by", PROV + "wasInvalidatedBy"),
    ("derived from", PROV + "wasDerivedFrom"),
)
_LABELS = (RDFS + "label", SCHEMA + "text", NS + "asWorded")
_DETAILS = (
    ("at", NS + "locator"),
    ("of", SCHEMA + "datePublished"),
    ("at", SCHEMA + "url"),
)


class Release:
    """The statements of a release, by subject and by object."""

    def __init__(self, folder: Path) -> None:
        path = folder / DATASET_FILE
        if not path.is_file():
            raise ReleaseError(f"there is no release in {folder}", hint="`lod build` makes one.")
        self.by_subject: dict[str, list[Quad]] = defaultdict(list)
        self.rows: dict[str, list[str]] = defaultdict(list)
        for quad in read_quads(path, str(path), ReleaseError):
            self.by_subject[quad.subject].append(quad)
            if quad.predicate == CSVW + "describes":
                self.rows[quad.object].append(quad.subject)

    def objects(self, subject: str, predicate: str) -> list[str]:
        """Return the objects of a subject's predicate, in the release's order."""
        return [quad.object for quad in self.by_subject.get(subject, ()) if quad.predicate == predicate]

    def claims(self) -> list[str]:
        """Return the IRIs of all claims, the withdrawn ones too."""
        classes = (SCHEMA + "Claim", NS + "WithdrawnClaim")
        return [iri for iri in self.by_subject if any(name in classes for name in self.objects(iri, RDF_TYPE))]


def trace(folder: Path, claim: str) -> Step:
    """Return the trail of a claim (its IRI, or its id) in the release in `folder`.

    Raises ReleaseError where there is no release, or no such claim.
    """
    release = Release(folder)
    return _Walk(release, set()).step("claim", _find(release, claim))


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


@dataclass
class _Walk:
    """One walk through a release; a node that was shown before is named again, and leads no further."""

    release: Release
    shown: set[str]

    def step(self, role: str, iri: str) -> Step:
        objects = self.release.objects
        label = next((text for each in _LABELS for text in objects(iri, each)), iri.rpartition("/")[2])
        details = [
            f"{name} {text}" for name, predicate in _DETAILS for text in objects(iri, predicate) if text != label
        ]
        behind = () if iri in self.shown else tuple(self._behind(iri))
        return Step(role, iri, label, tuple(details), behind)

    def _behind(self, iri: str) -> Iterator[Step]:
        self.shown.add(iri)
        seen: set[str] = set()
        for role, predicate in _AHEAD:
            for target in self.release.objects(iri, predicate):
                if target not in seen:
                    seen.add(target)
                    yield self.step(role, target)
        for row in self.release.rows.get(iri, ()):
            yield self._row(row)

    def _row(self, row: str) -> Step:
        inputs = self.release.objects(row, PROV + "wasDerivedFrom")
        files = [label for each in inputs for label in self.release.objects(each, RDFS + "label")]
        number = " ".join(self.release.objects(row, CSVW + "rownum"))
        return Step("input row", row, f"{', '.join(files)} row {number}".strip(), (), ())

"""A catalogue of one data set, as DCAT-AP wants it.

https://www.w3.org/TR/vocab-dcat-3/, https://semiceu.github.io/DCAT-AP/releases/3.0.0/
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product

from lod.formats import Form
from lod.project import Dataset
from lod.quad import Quad
from lod.release.description.void import void_quads
from lod.release.run import dataset_quads, released_time
from lod.statistics import Statistics
from lod.terms import RDF_TYPE, XSD, Kind, iri_safe
from lod.vocab import DCAT, DCTERMS, FOAF, PREFIXES, PROV, RDFS, SCHEMA, SPDX, VCARD, VOID

DESCRIPTION_PREFIXES = PREFIXES | {"foaf": FOAF, "spdx": SPDX, "vcard": VCARD}
_MEDIA_TYPES = "http://www.iana.org/assignments/media-types/"
_WKT = "http://www.opengis.net/ont/geosparql#wktLiteral"


@dataclass(frozen=True)
class File:
    """A file of the dump: its name in the release, form, size in bytes and SHA-256."""

    name: str
    form: Form
    size: int
    sha256: str


def description_quads(dataset: Dataset, counts: Statistics, files: Sequence[File]) -> Iterator[Quad]:
    """Yield what a release says of itself: a catalogue of one data set, with a distribution a file."""
    say = _Describer(dataset)
    yield from say.catalog()
    yield from say.dataset(files)
    yield from say.coverage(counts)
    yield from void_quads(say.node, dataset.base, counts)
    for file in files:
        yield from say.distribution(file)


@dataclass(frozen=True)
class _Describer:
    about: Dataset

    @property
    def node(self) -> str:
        return self.about.base + "dataset"

    @property
    def publisher(self) -> str:
        return self.about.publisher_url or self.about.base + "publisher"

    def catalog(self) -> Iterator[Quad]:
        node = self.about.base + "catalog"
        yield Quad(node, RDF_TYPE, DCAT + "Catalog")
        yield from self._titled(node, self.about.title, self.about.description or self.about.title)
        yield Quad(node, DCTERMS + "publisher", self.publisher)
        yield Quad(node, DCAT + "dataset", self.node)
        yield Quad(self.publisher, RDF_TYPE, FOAF + "Agent")
        yield _text(self.publisher, FOAF + "name", self.about.publisher)

    def dataset(self, files: Sequence[File]) -> Iterator[Quad]:
        about = self.about
        text = about.description or about.title
        yield from dataset_quads(about)
        yield Quad(self.node, RDF_TYPE, SCHEMA + "Dataset")
        yield _text(self.node, DCTERMS + "description", text, about.language)
        yield _text(self.node, SCHEMA + "description", text, about.language)
        yield _text(self.node, SCHEMA + "name", about.title, about.language)
        yield Quad(self.node, SCHEMA + "publisher", self.publisher)
        yield Quad(self.node, SCHEMA + "license", about.license)
        yield Quad(about.license, RDF_TYPE, DCTERMS + "LicenseDocument")
        yield _typed(self.node, SCHEMA + "datePublished", released_time(about)[:10], XSD + "date")
        yield _text(self.node, SCHEMA + "version", about.version)
        yield _text(self.node, DCTERMS + "identifier", self.node)
        for predicate in (DCAT + "landingPage", SCHEMA + "url"):
            yield Quad(self.node, predicate, about.base)
        for predicate, word in product((DCAT + "keyword", SCHEMA + "keywords"), about.keywords):
            yield _text(self.node, predicate, word, about.language)
        for file in files:
            yield Quad(self.node, DCAT + "distribution", self._of("distribution", file.name))
            yield Quad(self.node, VOID + "dataDump", about.base + iri_safe(file.name))
        yield from self._people()

    def _people(self) -> Iterator[Quad]:
        for name in self.about.authors:
            node = self._of("author", name)
            for predicate in (DCTERMS + "creator", SCHEMA + "creator"):
                yield Quad(self.node, predicate, node)
            for class_iri in (FOAF + "Agent", PROV + "Agent", SCHEMA + "Person"):
                yield Quad(node, RDF_TYPE, class_iri)
            for predicate in (FOAF + "name", SCHEMA + "name", RDFS + "label"):
                yield _text(node, predicate, name)
        if self.about.contact:
            node, is_page = self.about.base + "contact", self.about.contact.startswith("http")
            yield Quad(self.node, DCAT + "contactPoint", node)
            yield Quad(node, RDF_TYPE, VCARD + "Kind")
            yield _text(node, VCARD + "fn", self.about.publisher)
            reach = (
                (VCARD + "hasURL", self.about.contact)
                if is_page
                else (VCARD + "hasEmail", f"mailto:{self.about.contact}")
            )
            yield Quad(node, *reach)

    def coverage(self, counts: Statistics) -> Iterator[Quad]:
        if counts.days:
            node, (first, last) = self.about.base + "coverage/days", counts.days
            yield Quad(self.node, DCTERMS + "temporal", node)
            yield Quad(node, RDF_TYPE, DCTERMS + "PeriodOfTime")
            yield _typed(node, DCAT + "startDate", first, XSD + "date")
            yield _typed(node, DCAT + "endDate", last, XSD + "date")
            yield _text(self.node, SCHEMA + "temporalCoverage", f"{first}/{last}")
        if counts.box:
            node, (south, west, north, east) = self.about.base + "coverage/places", counts.box
            corners = ((west, south), (east, south), (east, north), (west, north), (west, south))
            ring = ", ".join(" ".join(corner) for corner in corners)
            yield Quad(self.node, DCTERMS + "spatial", node)
            yield Quad(node, RDF_TYPE, DCTERMS + "Location")
            yield _typed(node, DCAT + "bbox", f"POLYGON(({ring}))", _WKT)

    def distribution(self, file: File) -> Iterator[Quad]:
        node, checksum = self._of("distribution", file.name), self._of("checksum", file.name)
        syntax, address = file.form.format, self.about.base + iri_safe(file.name)
        media_type = _MEDIA_TYPES + syntax.media_type
        yield Quad(node, RDF_TYPE, DCAT + "Distribution")
        yield from self._titled(node, file.name, f"{file.name}: {file.form.title}")
        yield Quad(node, DCAT + "accessURL", address)
        yield Quad(node, DCAT + "downloadURL", address)
        yield Quad(node, DCAT + "mediaType", media_type)
        yield Quad(media_type, RDF_TYPE, DCTERMS + "MediaType")
        yield Quad(node, DCTERMS + "format", syntax.iri)
        yield Quad(syntax.iri, RDF_TYPE, DCTERMS + "MediaTypeOrExtent")
        if file.form.compression:
            packed = _MEDIA_TYPES + file.form.compression.media_type
            yield Quad(node, DCAT + "compressFormat", packed)
            yield Quad(packed, RDF_TYPE, DCTERMS + "MediaType")
        yield _typed(node, DCAT + "byteSize", str(file.size), XSD + "nonNegativeInteger")
        yield Quad(node, DCTERMS + "license", self.about.license)
        yield Quad(node, SPDX + "checksum", checksum)
        yield Quad(checksum, RDF_TYPE, SPDX + "Checksum")
        yield Quad(checksum, SPDX + "algorithm", SPDX + "checksumAlgorithm_sha256")
        yield _typed(checksum, SPDX + "checksumValue", file.sha256, XSD + "hexBinary")

    def _titled(self, node: str, title: str, description: str) -> Iterator[Quad]:
        for predicate, text in (
            (DCTERMS + "title", title),
            (RDFS + "label", title),
            (DCTERMS + "description", description),
        ):
            yield _text(node, predicate, text, self.about.language)

    def _of(self, kind: str, name: str) -> str:
        return f"{self.about.base}{kind}/{iri_safe(name)}"


def _text(subject: str, predicate: str, text: str, language: str | None = None) -> Quad:
    return Quad(subject, predicate, text, int(Kind.LITERAL), None, language)


def _typed(subject: str, predicate: str, text: str, datatype: str) -> Quad:
    return Quad(subject, predicate, text, int(Kind.LITERAL), datatype)

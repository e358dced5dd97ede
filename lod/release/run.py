"""The run as provenance: one activity, what it used, and the data set that it generated.

https://www.w3.org/TR/prov-o/
Entities link to the run through the data set, of which they are members, not triple by triple.
"""

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, time
from importlib.metadata import version

from lod.errors import ProjectError
from lod.project import Dataset
from lod.quad import Quad
from lod.terms import RDF_TYPE, XSD, Kind, iri_safe
from lod.vocab import DCAT, DCTERMS, PROV, RDFS, SCHEMA, VOID

GRAPH = "graph/run"


@dataclass(frozen=True)
class Used:
    """What the run read: its role (input, mapping, shapes), name, and SHA-256 where it is a file."""

    role: str
    name: str
    sha256: str | None


def released_time(dataset: Dataset) -> str:
    """Return the release's time as xsd:dateTime: SOURCE_DATE_EPOCH if it is set, else midnight (UTC) of `released`.

    https://reproducible-builds.org/specs/source-date-epoch/
    """
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    moment = datetime.combine(dataset.released, time(), UTC)
    if epoch:
        try:
            moment = datetime.fromtimestamp(int(epoch), UTC)
        except (ValueError, OverflowError) as error:
            raise ProjectError(f"SOURCE_DATE_EPOCH must be a number of seconds, not {epoch!r}") from error
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def run_quads(dataset: Dataset, used: Iterable[Used], entities: Iterable[str]) -> Iterator[Quad]:
    """Yield the description of data set and run, with the data set's members, in the graph `graph/run`."""
    for quad in (*dataset_quads(dataset), *_made(dataset, entities), *_run(dataset, used)):
        yield quad._replace(graph=dataset.base + GRAPH)


def dataset_quads(dataset: Dataset) -> Iterator[Quad]:
    """Yield what a data set is: title, licence, publisher, day and version."""
    node, publisher = dataset.base + "dataset", dataset.publisher_url or dataset.base + "publisher"
    for class_iri in (DCAT + "Dataset", VOID + "Dataset"):
        yield Quad(node, RDF_TYPE, class_iri)
    yield _text(node, DCTERMS + "title", dataset.title, dataset.language)
    yield _text(node, RDFS + "label", dataset.title, dataset.language)
    if dataset.description:
        yield _text(node, DCTERMS + "description", dataset.description, dataset.language)
    yield Quad(node, DCTERMS + "license", dataset.license)
    yield Quad(node, DCTERMS + "publisher", publisher)
    yield _typed(node, DCTERMS + "issued", released_time(dataset)[:10], "date")
    yield _text(node, DCAT + "version", dataset.version)
    yield _text(node, VOID + "uriSpace", dataset.base)
    for class_iri in (PROV + "Agent", SCHEMA + "Organization"):
        yield Quad(publisher, RDF_TYPE, class_iri)
    for predicate in (RDFS + "label", SCHEMA + "name"):
        yield _text(publisher, predicate, dataset.publisher)


def _made(dataset: Dataset, entities: Iterable[str]) -> Iterator[Quad]:
    node = dataset.base + "dataset"
    for class_iri in (PROV + "Collection", PROV + "Entity"):
        yield Quad(node, RDF_TYPE, class_iri)
    yield Quad(node, PROV + "wasGeneratedBy", _node(dataset))
    for entity in entities:
        yield Quad(node, PROV + "hadMember", entity)


def _run(dataset: Dataset, used: Iterable[Used]) -> Iterator[Quad]:
    run, release = _node(dataset), version("lod")
    software = f"{dataset.base}software/lod-{iri_safe(release)}"
    yield Quad(run, RDF_TYPE, PROV + "Activity")
    yield _text(run, RDFS + "label", f"Build of version {dataset.version}", "en")
    yield _typed(run, PROV + "endedAtTime", released_time(dataset), "dateTime")
    yield Quad(run, PROV + "wasAssociatedWith", software)
    yield Quad(software, RDF_TYPE, PROV + "SoftwareAgent")
    yield _text(software, RDFS + "label", f"lod {release}")
    yield _text(software, SCHEMA + "softwareVersion", release)
    for each in used:
        node = f"{dataset.base}{each.role}/{iri_safe(each.name)}"
        yield Quad(run, PROV + "used", node)
        yield Quad(node, RDF_TYPE, PROV + "Entity")
        yield Quad(node, RDF_TYPE, SCHEMA + "MediaObject")
        yield _text(node, RDFS + "label", each.name)
        if each.sha256:
            yield _text(node, SCHEMA + "sha256", each.sha256)


def _node(dataset: Dataset) -> str:
    return f"{dataset.base}run/{iri_safe(dataset.version)}"


def _text(subject: str, predicate: str, text: str, language: str | None = None) -> Quad:
    return Quad(subject, predicate, text, int(Kind.LITERAL), None, language)


def _typed(subject: str, predicate: str, text: str, datatype: str) -> Quad:
    return Quad(subject, predicate, text, int(Kind.LITERAL), XSD + datatype)

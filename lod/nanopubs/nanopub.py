"""Nanopublications: a claim with its provenance, as one document whose address holds its hash.

https://nanopub.net/guidelines/working_draft/
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from lod.nanopubs.trusty import HOLE, artifact_code
from lod.project import Dataset
from lod.quad import Quad
from lod.terms import RDF_TYPE, XSD, Kind
from lod.vocab import DCTERMS, NP, PROV, RDFS, SCHEMA

HEAD, ASSERTION, PROVENANCE, INFO = GRAPHS = ("Head", "assertion", "provenance", "pubinfo")


@dataclass(frozen=True)
class Nanopub:
    """A nanopublication: its address, and its statements by graph, in the order of `GRAPHS`."""

    iri: str
    quads: tuple[Quad, ...]


def nanopub(claim: str, assertion: Iterable[Quad], provenance: Iterable[Quad], dataset: Dataset) -> Nanopub:
    """Return the nanopublication of a claim, from the statements that assert it and those of its provenance.

    Its address depends on these, and on licence and publisher, alone: a claim that stays as it is keeps it. It was made
    when the claim was recorded, or where that is not said, when the data set was released.
    """
    said, trail = list(assertion), list(provenance)
    hollow = f"{dataset.base}np/{HOLE}"
    graphs = {
        HEAD: _head(hollow),
        ASSERTION: said,
        PROVENANCE: [*trail, *_said_of_assertion(claim, trail, f"{hollow}#{ASSERTION}")],
        INFO: _info(hollow, claim, [*said, *trail], dataset),
    }
    quads = [quad._replace(graph=f"{hollow}#{name}") for name, own in graphs.items() for quad in own]
    whole = f"{dataset.base}np/{artifact_code(quads)}"
    return Nanopub(whole, tuple(_filled(quad, hollow, whole) for quad in quads))


def by_claim(rows: Iterable[tuple[str, str, *tuple[object, ...]]], dataset: Dataset) -> Iterator[Nanopub]:
    """Yield the nanopublications of statements, each with its claim and part before it, claim after claim."""
    for claim, own in groupby(rows, key=lambda row: row[0]):
        parts: dict[str, list[Quad]] = {ASSERTION: [], PROVENANCE: []}
        for _, part, *terms in own:
            parts[part].append(Quad(*terms))  # type: ignore[arg-type]  # as `claim_statements` has them
        yield nanopub(claim, parts[ASSERTION], parts[PROVENANCE], dataset)


def _head(node: str) -> list[Quad]:
    names = {"Assertion": ASSERTION, "Provenance": PROVENANCE, "PublicationInfo": INFO}
    typed = Quad(node, RDF_TYPE, f"{NP}Nanopublication")
    return [typed, *(Quad(node, f"{NP}has{name}", f"{node}#{graph}") for name, graph in names.items())]


def _said_of_assertion(claim: str, trail: Iterable[Quad], node: str) -> Iterator[Quad]:
    """Say of the assertion what the claim says of its own provenance: the claim is what it asserts."""
    for quad in trail:
        if quad.subject == claim and quad.predicate.startswith(PROV):
            yield quad._replace(subject=node)


def _info(node: str, claim: str, quads: Sequence[Quad], dataset: Dataset) -> list[Quad]:
    publisher = dataset.publisher_url or f"{dataset.base}publisher"
    created, datatype = _recorded(quads) or (f"{dataset.released.isoformat()}T00:00:00Z", f"{XSD}dateTime")
    return [
        Quad(node, f"{DCTERMS}created", created, int(Kind.LITERAL), datatype),
        Quad(node, f"{DCTERMS}license", dataset.license),
        Quad(node, f"{DCTERMS}creator", publisher),
        Quad(publisher, f"{RDFS}label", dataset.publisher, int(Kind.LITERAL)),
        Quad(node, f"{DCTERMS}isPartOf", f"{dataset.base}dataset"),
        Quad(node, f"{SCHEMA}about", claim),
    ]


def _recorded(quads: Sequence[Quad]) -> tuple[str, str | None] | None:
    """Return when the claim's row was entered, with its datatype."""
    entered = {quad.object for quad in quads if quad.predicate == f"{PROV}wasGeneratedBy"}
    told = (quad for quad in quads if quad.predicate in (f"{PROV}endedAtTime", f"{DCTERMS}date"))
    return next(((quad.object, quad.datatype) for quad in told if quad.subject in entered), None)


def _filled(quad: Quad, hollow: str, whole: str) -> Quad:
    subject, graph = (text.replace(hollow, whole) for text in (quad.subject, quad.graph))
    named = quad.object.replace(hollow, whole) if quad.kind == Kind.IRI else quad.object
    return quad._replace(subject=subject, object=named, graph=graph)

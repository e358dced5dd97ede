"""What a data set holds, in numbers.

https://www.w3.org/TR/void/
"""

from collections.abc import Iterator

from lod.quad import Quad
from lod.statistics import Statistics
from lod.terms import RDF_TYPE, XSD, Kind, iri_safe
from lod.vocab import VOID

_MOST_KINDS = 500


def void_quads(node: str, base: str, counts: Statistics) -> Iterator[Quad]:
    """Yield the counts of a data set (`node`), with a partition a class and property, and a linkset a host."""
    whole = {
        "triples": counts.triples,
        "entities": counts.subjects,
        "distinctSubjects": counts.subjects,
        "distinctObjects": counts.objects,
        "classes": len(counts.classes),
        "properties": len(counts.properties),
    }
    yield from (_count(node, name, number) for name, number in whole.items())
    yield from (Quad(node, VOID + "exampleResource", example) for example in counts.examples)
    vocabularies = {_namespace(iri) for iri, _ in (*counts.classes, *counts.properties)}
    yield from (Quad(node, VOID + "vocabulary", iri) for iri in sorted(vocabularies))
    for iri, number in counts.classes[:_MOST_KINDS]:
        yield from _partition(node, f"{base}partition/class/{iri_safe(iri)}", "class", iri, ("entities", number))
    for iri, number in counts.properties[:_MOST_KINDS]:
        yield from _partition(node, f"{base}partition/property/{iri_safe(iri)}", "property", iri, ("triples", number))
    for links in counts.links:
        part = f"{base}linkset/{iri_safe(f'{links.predicate} {links.host}')}"
        yield Quad(node, VOID + "subset", part)
        yield Quad(part, RDF_TYPE, VOID + "Linkset")
        yield Quad(part, VOID + "linkPredicate", links.predicate)
        yield Quad(part, VOID + "subjectsTarget", node)
        yield Quad(part, VOID + "objectsTarget", links.host)
        yield _count(part, "triples", links.count)


def _partition(node: str, part: str, kind: str, iri: str, counted: tuple[str, int]) -> Iterator[Quad]:
    yield Quad(node, f"{VOID}{kind}Partition", part)
    yield Quad(part, RDF_TYPE, VOID + "Dataset")
    yield Quad(part, VOID + kind, iri)
    yield _count(part, *counted)


def _namespace(iri: str) -> str:
    return iri[: max(iri.rfind("#"), iri.rfind("/")) + 1]


def _count(node: str, name: str, number: int) -> Quad:
    return Quad(node, VOID + name, str(number), int(Kind.LITERAL), XSD + "integer")

"""The syntaxes that a graph is published in, each known by name, media type, suffix and IRI.

https://www.w3.org/ns/formats/
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Format:
    """A syntax.

    quads: whether one document can hold named graphs; packed: whether its documents are compressed as they stand.
    """

    name: str
    title: str
    media_type: str
    suffix: str
    iri: str
    quads: bool
    packed: bool = False

    @property
    def extension(self) -> str:
        """What servers tell its files by: the last part of the suffix."""
        return f".{self.suffix.rpartition('.')[2]}"


_W3C = "http://www.w3.org/ns/formats/"
_IANA = "https://www.iana.org/assignments/media-types/"

NQUADS = Format("nquads", "N-Quads", "application/n-quads", ".nq", _W3C + "N-Quads", quads=True)
NTRIPLES = Format("ntriples", "N-Triples", "application/n-triples", ".nt", _W3C + "N-Triples", quads=False)
TURTLE = Format("turtle", "Turtle", "text/turtle", ".ttl", _W3C + "Turtle", quads=False)
TRIG = Format("trig", "TriG", "application/trig", ".trig", _W3C + "TriG", quads=True)
RDFXML = Format("rdfxml", "RDF/XML", "application/rdf+xml", ".rdf", _W3C + "RDF_XML", quads=False)
JSONLD = Format("jsonld", "JSON-LD", "application/ld+json", ".jsonld", _W3C + "JSON-LD", quads=True)
JSONLINES = Format("jsonl", "JSON Lines", "application/jsonl", ".jsonl", "https://jsonlines.org/", quads=True)
PARQUET = Format(
    "parquet",
    "Parquet",
    "application/vnd.apache.parquet",
    ".parquet",
    _IANA + "application/vnd.apache.parquet",
    quads=True,
    packed=True,
)
CSV = Format("csv", "CSV", "application/zip", ".csv.zip", _IANA + "text/csv", quads=True, packed=True)

FORMATS = (NQUADS, NTRIPLES, TURTLE, TRIG, RDFXML, JSONLD, JSONLINES, PARQUET, CSV)


def by_name(name: str) -> Format:
    """Return the format of this name; KeyError where there is none."""
    return {each.name: each for each in FORMATS}[name]


def by_suffix(suffix: str) -> Format | None:
    """Return the format whose files end in this suffix, or None."""
    return {each.suffix: each for each in FORMATS}.get(suffix)

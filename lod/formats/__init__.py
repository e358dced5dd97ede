"""Formats: a sink per syntax, fed the same sorted batches in one pass."""

from lod.formats.format import FORMATS, JSONLD, NQUADS, NTRIPLES, PARQUET, TURTLE, Format, by_name, by_suffix
from lod.formats.jsonld import JsonLdSink
from lod.formats.nquads import NQuadsSink
from lod.formats.sink import Prologue, Sink, feed
from lod.formats.turtle import TurtleSink

__all__ = [
    "FORMATS",
    "JSONLD",
    "NQUADS",
    "NTRIPLES",
    "PARQUET",
    "TURTLE",
    "Format",
    "Prologue",
    "Sink",
    "by_name",
    "by_suffix",
    "feed",
    "open_sink",
]


def open_sink(format_: Format, graph: str = "") -> Sink:
    """Return a new sink of a format; `graph` says which graph a Turtle document is of."""
    if format_ is PARQUET:
        from lod.formats.parquet import ParquetSink

        return ParquetSink()
    if format_ is TURTLE:
        return TurtleSink(graph)
    return JsonLdSink() if format_ is JSONLD else NQuadsSink(triples=not format_.quads)

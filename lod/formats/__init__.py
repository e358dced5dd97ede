"""Formats: a sink per syntax, fed the same sorted batches in one pass."""

from collections.abc import Callable

from lod.formats.compression import COMPRESSIONS, compressed, opened
from lod.formats.dump import PLAIN, Dump
from lod.formats.form import FORMS, Form, form_by_name, form_of, numbered
from lod.formats.format import (
    CSV,
    FORMATS,
    JSONLD,
    JSONLINES,
    NQUADS,
    NTRIPLES,
    PARQUET,
    RDFXML,
    TRIG,
    TURTLE,
    Format,
    by_name,
    by_suffix,
)
from lod.formats.jsonld import JsonLdSink
from lod.formats.jsonlines import JsonLinesSink
from lod.formats.nquads import NQuadsSink
from lod.formats.rdfxml import RdfXmlSink
from lod.formats.sink import Piece, Prologue, Sink, feed
from lod.formats.split import parts
from lod.formats.trig import TrigSink
from lod.formats.turtle import TurtleSink

__all__ = [
    "COMPRESSIONS",
    "CSV",
    "FORMATS",
    "FORMS",
    "JSONLD",
    "JSONLINES",
    "NQUADS",
    "NTRIPLES",
    "PARQUET",
    "PLAIN",
    "RDFXML",
    "TRIG",
    "TURTLE",
    "Dump",
    "Form",
    "Format",
    "Piece",
    "Prologue",
    "Sink",
    "by_name",
    "by_suffix",
    "compressed",
    "feed",
    "form_by_name",
    "form_of",
    "numbered",
    "open_sink",
    "opened",
    "parts",
]


def open_sink(format_: Format, graph: str = "", *, excel_safe: bool = False) -> Sink:
    """Return a new sink of a format.

    graph: which one a document of N-Triples, Turtle or RDF/XML is of; excel_safe: whether no cell of CSV is a formula.
    """
    if format_ is PARQUET:
        from lod.formats.parquet import ParquetSink

        return ParquetSink()
    if format_ is CSV:
        from lod.formats.csv import CsvSink

        return CsvSink(excel_safe=excel_safe)
    sinks: dict[Format, Callable[[], Sink]] = {
        NQUADS: NQuadsSink,
        NTRIPLES: lambda: NQuadsSink(graph),
        TURTLE: lambda: TurtleSink(graph),
        TRIG: TrigSink,
        RDFXML: lambda: RdfXmlSink(graph),
        JSONLD: JsonLdSink,
        JSONLINES: JsonLinesSink,
    }
    return sinks[format_]()

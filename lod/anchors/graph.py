"""Anchors as statements: in a graph of their own, with the selectors of Web Annotation where a quote was found.

https://www.w3.org/TR/annotation-model/#selectors
"""

import ibis
import ibis.expr.types as ir

from lod.anchors.find import NO_TEXT
from lod.computed import Computed, constant, iri, literal, numbered
from lod.engine import Engine
from lod.term_table import Column, TermTable
from lod.terms import RDF_TYPE
from lod.vocab import NS, OA, PROV, SCHEMA

LABELS = {
    "foundExactly": "found exactly",
    "foundFolded": "found folded",
    "notFound": "not found",
    "noText": "no stored text",
}
ANCHOR_NODES = ("anchor", "selector", "text")  # what their IRIs go on with behind the base
_ENDS = {"start": "first", "end": "last"}  # "end" is a word of SQL


def anchor_tables(engine: Engine, found: ir.Table, base: str) -> tuple[TermTable, ...]:
    """Return anchors as term tables, with all statements in the graph `graph/anchors`.

    None where no text is stored at all: then nothing was looked up. The address of an anchor depends on its quote,
    source and stored text alone.
    """
    if not engine.flags(found, [found.anchoring != NO_TEXT])[0]:
        return ()
    of = Computed(engine, base, "anchors")
    rows = engine.materialise("anchors", _addressed(found, base))
    placed = rows.filter(rows.start.notnull())
    return (
        of.activity("Quotes looked up in stored texts"),
        _anchors(of, rows),
        of.links(Column("quote"), rows, {"anchor": "anchor"}),
        *_places(of, placed),
        _texts(of, rows.filter(rows.text.notnull())),
    )


def _addressed(found: ir.Table, base: str) -> ir.Table:
    """Add the IRIs of anchors, selectors and texts, and labels."""
    rows = numbered(found, ("quote", "source", "snapshot"))
    text = rows.snapshot.hexdigest("sha256").left(16)
    return rows.mutate(
        anchor=ibis.literal(f"{base}anchor/") + rows.id,
        quote_selector=ibis.literal(f"{base}selector/") + rows.id + "-quote",
        position_selector=ibis.literal(f"{base}selector/") + rows.id + "-position",
        text=ibis.literal(f"{base}text/") + text,
        result=ibis.literal(NS) + rows.anchoring,
        label=rows.anchoring.cases(*LABELS.items()),
    )


def _anchors(of: Computed, rows: ir.Table) -> TermTable:
    statements = [
        of.said(NS + "soughtIn", iri("source")),
        of.said(NS + "anchoring", iri("result")),
        of.said(NS + "times", literal("times", "integer")),
    ]
    return of.nodes(Column("anchor"), NS + "Anchor", Column("label"), rows, statements)


def _places(of: Computed, placed: ir.Table) -> tuple[TermTable, ...]:
    """Return where the quotes that were found stand: by their words, and by their place."""
    selectors = [of.said(OA + "hasSelector", iri(f"{kind}_selector")) for kind in ("quote", "position")]
    resource = [of.said(RDF_TYPE, constant(OA + "SpecificResource")), of.said(OA + "hasSource", iri("text"))]
    words = placed.mutate(prefix=placed.prefix.nullif(""), suffix=placed.suffix.nullif(""))
    said = [of.said(OA + name, literal(name, "string")) for name in ("exact", "prefix", "suffix")]
    ends = [of.said(OA + name, literal(column, "nonNegativeInteger")) for name, column in _ENDS.items()]
    spans = placed.rename({column: name for name, column in _ENDS.items()})
    return (
        of.table(placed, Column("quote"), [of.said(SCHEMA + "isBasedOn", iri("anchor"))]),
        of.table(placed, Column("anchor"), [*resource, *selectors]),
        of.table(words, Column("quote_selector"), [of.said(RDF_TYPE, constant(OA + "TextQuoteSelector")), *said]),
        of.table(spans, Column("position_selector"), [of.said(RDF_TYPE, constant(OA + "TextPositionSelector")), *ends]),
    )


def _texts(of: Computed, rows: ir.Table) -> TermTable:
    """Return the texts that quotes were looked up in: what was taken out of which bytes, by what."""
    texts = rows.select("text", "snapshot", "text_sha256", "extractor").distinct()
    labelled = texts.mutate(label=ibis.literal("text of a stored copy"))
    statements = [
        of.said(PROV + "wasDerivedFrom", iri("snapshot")),
        of.said(SCHEMA + "sha256", literal("text_sha256", "string")),
        of.said(NS + "extractor", literal("extractor", "string")),
    ]
    return of.nodes(Column("text"), SCHEMA + "MediaObject", Column("label"), labelled, statements)

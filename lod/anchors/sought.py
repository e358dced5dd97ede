"""Which words are to be found in which source, and which text of it is stored."""

import ibis
import ibis.expr.types as ir

from lod.engine import Engine
from lod.term_table import ROW
from lod.terms import RDF_TYPE, Kind
from lod.triples import links, members
from lod.vocab import NS, PROV, SCHEMA


def sought(engine: Engine, statements: ir.Table) -> ir.Table:
    """Return `quote`, `words` and `source` of statements (`TRIPLE`), no quote and source twice.

    The words of a quote are sought in the source that it was quoted from (`prov:wasQuotedFrom`). Where that quotes
    someone, they are sought too in what the claim rests on (`prov:hadPrimarySource`), if the speaker made that.
    """
    quotes = members(statements, SCHEMA + "Quotation", RDF_TYPE)
    words = _texts(statements, SCHEMA + "text").semi_join(quotes, "subject")
    read = links(statements, PROV + "wasQuotedFrom").select(quote="subject", source="object")
    places = read.union(_said(statements)).distinct()
    found = words.join(places, words.subject == places.quote)
    return engine.materialise("sought", found.select("quote", "source", words="text"))


def stored(engine: Engine, view: ir.Table) -> ir.Table:
    """Return the stored texts of a triples view: `source`, `snapshot`, `name`, `sha256`, `url`, `file` and `row`.

    A snapshot (`prov:specializationOf` a source) names its file with `ns:storedAs`; `file` and `row` are the record
    that says so.
    """
    named = view.filter((view.predicate == NS + "storedAs") & (view.kind == int(Kind.LITERAL)))
    files = named.group_by(snapshot="subject", name="object").aggregate(file=ibis._.file.min(), row=ibis._[ROW].min())
    of = links(view, PROV + "specializationOf").select(snapshot="subject", source="object")
    hashes = _texts(view, SCHEMA + "sha256").rename(sha256="text")
    pages = view.filter(view.predicate == SCHEMA + "url").group_by("subject").aggregate(url=ibis._.object.min())
    found = files.join(of, "snapshot")
    found = found.left_join(hashes, found.snapshot == hashes.subject).drop("subject")
    found = found.left_join(pages, found.source == pages.subject).drop("subject")
    return engine.materialise("stored", found.select(*STORED))


STORED = ("source", "snapshot", "name", "sha256", "url", "file", "row")


def _texts(statements: ir.Table, predicate: str) -> ir.Table:
    """Return `subject` and `text`: the literal of each subject (the least, should there be several)."""
    said = statements.filter((statements.predicate == predicate) & (statements.kind == int(Kind.LITERAL)))
    return said.group_by("subject").aggregate(text=said.object.min())


def _said(statements: ir.Table) -> ir.Table:
    """Return `quote` and `source`: the works of the speakers of quotes on which their claims rest."""
    cited = links(statements, SCHEMA + "citation").select(claim="subject", quote="object")
    grounds = links(statements, PROV + "hadPrimarySource").select(claim="subject", source="object")
    speakers = links(statements, SCHEMA + "spokenByCharacter").select(quote="subject", agent="object")
    made = links(statements, SCHEMA + "author").union(links(statements, SCHEMA + "publisher"))
    makers = made.select(source="subject", agent="object").distinct()
    return (
        cited.join(grounds, "claim").join(speakers, "quote").join(makers, ["source", "agent"]).select("quote", "source")
    )

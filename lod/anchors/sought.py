"""Which words are to be found in which source."""

import ibis.expr.types as ir

from lod.engine import Engine
from lod.terms import RDF_TYPE
from lod.triples import links, literals, members
from lod.vocab import PROV, SCHEMA


def sought(engine: Engine, statements: ir.Table) -> ir.Table:
    """Return `quote`, `words` and `source` of statements (`TRIPLE`), no quote and source twice.

    The words of a quote are sought in the source that it was quoted from (`prov:wasQuotedFrom`). Where that quotes
    someone, they are sought too in what the claim rests on (`prov:hadPrimarySource`), if the speaker made that.
    """
    quotes = members(statements, SCHEMA + "Quotation", RDF_TYPE)
    words = literals(statements, SCHEMA + "text").semi_join(quotes, "subject")
    read = links(statements, PROV + "wasQuotedFrom").select(quote="subject", source="object")
    places = read.union(_said(statements)).distinct()
    found = words.join(places, words.subject == places.quote)
    return engine.materialise("sought", found.select("quote", "source", words="text"))


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

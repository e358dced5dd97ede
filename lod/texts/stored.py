"""Which texts of sources are stored, as the records say."""

from collections.abc import Mapping
from typing import Any

import ibis
import ibis.expr.types as ir

from lod.engine import Engine
from lod.errors import Position
from lod.term_table import ROW
from lod.terms import Kind
from lod.texts.read import Snapshot
from lod.triples import links, literals
from lod.vocab import NS, PROV, SCHEMA

STORED = ("source", "snapshot", "name", "sha256", "url", "file", "row")


def stored(engine: Engine, view: ir.Table) -> ir.Table:
    """Return the stored texts of a triples view: `source`, `snapshot`, `name`, `sha256`, `url`, `file` and `row`.

    A snapshot (`prov:specializationOf` a source) names its file with `ns:storedAs`; `file` and `row` are the record
    that says so.
    """
    named = view.filter((view.predicate == NS + "storedAs") & (view.kind == int(Kind.LITERAL)))
    files = named.group_by(snapshot="subject", name="object").aggregate(file=ibis._.file.min(), row=ibis._[ROW].min())
    of = links(view, PROV + "specializationOf").select(snapshot="subject", source="object")
    hashes = literals(view, SCHEMA + "sha256").rename(sha256="text")
    pages = view.filter(view.predicate == SCHEMA + "url").group_by("subject").aggregate(url=ibis._.object.min())
    found = files.join(of, "snapshot")
    found = found.left_join(hashes, found.snapshot == hashes.subject).drop("subject")
    found = found.left_join(pages, found.source == pages.subject).drop("subject")
    return engine.materialise("stored", found.select(*STORED))


def snapshot(row: Mapping[str, Any]) -> Snapshot:
    """Return what a row of `stored` says of the stored bytes."""
    return Snapshot(row["name"], row["sha256"], row["url"], Position(row["file"], row=row["row"]))

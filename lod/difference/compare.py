"""Two releases compared, by queries over the statements of both: what became of each entity."""

from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any

import ibis
import ibis.expr.types as ir

from lod.difference.changes import INCOMING, WITHDRAWAL, Said, changes
from lod.difference.fate import BECAME, Difference, Fate, Value
from lod.difference.side import MEMORY, Side, read_sides
from lod.engine import Engine, open_engine
from lod.entities import owners
from lod.terms import Kind
from lod.vocab import CITO, PROV

_CHANGED, _WITHDRAWN, _RESTORED, _GONE, _NEW = BECAME
_SAME = "same"


def diff_releases(old: Path, new: Path) -> Difference:
    """Return what became of each event, claim, source, agent and variable of a release in another.

    A release is its folder, or the file with its statements (`dataset.nq`, `dataset.ttl`). Raises ReleaseError where
    one cannot be read.
    """
    with open_engine(usual=MEMORY) as engine:
        before, after = read_sides(engine, old, new)
        removed, added, said = _differing(engine, before, after)
        fates = engine.materialise("fates", _fates(before, after, said))
        told = _told(engine, fates, _telling(fates, said).union(_words_on_the_gone(after, fates)))
        counts = engine.rows(fates.filter(fates.became == _SAME).group_by("type").aggregate(count=ibis._.count()))
        return Difference(
            str(old),
            str(new),
            after.kinds,
            tuple(sorted(told, key=lambda fate: (after.kinds.index(fate.kind), fate.iri))),
            {row["type"]: row["count"] for row in counts},
            *(engine.rows(rows.aggregate(count=rows.count()))[0]["count"] for rows in (removed, added)),
        )


def changed_claims(engine: Engine, before: Side, after: Side) -> tuple[Fate, ...]:
    """Return the claims that both sides have, and that changed, by IRI."""
    _, _, said = _differing(engine, before, after)
    fates = _fates(before, after, said)
    changed = engine.materialise("fates", fates.filter((fates.became == _CHANGED) & fates.claim))
    return tuple(_told(engine, changed, _telling(changed, said)))


def _differing(engine: Engine, before: Side, after: Side) -> tuple[ir.Table, ir.Table, ir.Table]:
    """Return the statements of one side alone, before and after, and both as entities have them."""
    removed = engine.materialise("removed", before.statements.difference(after.statements))
    added = engine.materialise("added", after.statements.difference(before.statements))
    parts = [_own(before, removed), _own(after, added), _of_others(before, removed), _of_others(after, added)]
    return removed, added, engine.materialise("said", ibis.union(*parts))


# Statements as entities have them. Columns: `entity`, `node`, `by` (see `Said`), `predicate`, those of the object
# (`value`, `kind`, `datatype`, `language`, `label`), `incoming` and `after`.


def _own(side: Side, statements: ir.Table) -> ir.Table:
    """Return statements as those of the entities that say them, themselves or in what belongs to them."""
    own = side.recorded(statements).filter(statements.predicate != CITO + "retracts")
    owned = owners(side.engine, side.recorded(side.statements), own.select(node="subject"), side.kinds, side.base)
    rows = own.rename(value="object").join(owned.rename(by="property"), own.subject == owned.node)
    return _named(side, rows.mutate(incoming=ibis.literal(False)))


def _of_others(side: Side, statements: ir.Table) -> ir.Table:
    """Return statements as those of the entities of which they are said by another."""
    said = statements.filter(statements.predicate.isin(sorted(INCOMING)))
    rows = said.mutate(entity=said.object, node=said.object, by=ibis.literal(""), value=said.subject)
    return _named(side, rows.mutate(incoming=ibis.literal(True)))


def _named(side: Side, rows: ir.Table) -> ir.Table:
    """Add the labels of the nodes that are values, and the side."""
    nodes = rows.mutate(named=ibis.ifelse(rows.kind == int(Kind.LITERAL), ibis.null("string"), rows.value))
    found = nodes.left_join(side.labels().rename(named="node"), "named")
    terms = ("entity", "node", "by", "predicate", "value", "kind", "datatype", "language", "label", "incoming")
    return found.select(*terms, after=ibis.literal(side.later))


def _fates(before: Side, after: Side, said: ir.Table) -> ir.Table:
    """Return what became of each entity: `iri`, `type`, `claim`, `name` and `became`."""
    old, new = before.entities(), after.entities()
    both = old.outer_join(new, "node")
    iri = ibis.coalesce(both.node, both.node_right)
    became = ibis.cases(
        (both.node.isnull(), _NEW),
        (both.node_right.isnull(), _GONE),
        (~both.withdrawn & both.withdrawn_right, _WITHDRAWN),
        (both.withdrawn & ~both.withdrawn_right, _RESTORED),
        (iri.isin(said.entity), _CHANGED),
        else_=_SAME,
    )
    return both.select(
        iri=iri,
        type=ibis.coalesce(both.kind_right, both.kind),
        claim=ibis.coalesce(both.claim_right, both.claim),
        name=ibis.coalesce(both.label_right, both.label, iri),
        became=became,
    )


def _telling(fates: ir.Table, said: ir.Table) -> ir.Table:
    """Return the statements that tell what became of entities, but for those that are gone."""
    rows = said.join(fates, said.entity == fates.iri)
    ended = rows.by.isin(WITHDRAWAL) | rows.predicate.isin(WITHDRAWAL)
    linked = rows.after & (rows.incoming | (rows.predicate == PROV + "wasRevisionOf"))
    tells = ibis.cases(
        (rows.became == _CHANGED, True),
        (rows.became == _NEW, linked),
        (rows.became.isin([_WITHDRAWN, _RESTORED]), ended),
        else_=False,
    )
    return rows.filter(tells).select(*said.columns)


def _words_on_the_gone(after: Side, fates: ir.Table) -> ir.Table:
    """Return what a release says of entities that it does not have any more."""
    gone = fates.filter(fates.became == _GONE)
    return _of_others(after, after.statements.semi_join(gone, ibis._.object == gone.iri))


def _told(engine: Engine, fates: ir.Table, said: ir.Table) -> Iterator[Fate]:
    changed = fates.filter(fates.became != _SAME)
    rows = changed.left_join(said, changed.iri == said.entity).order_by("iri")
    dicts = (row for batch in engine.batches(rows) for row in batch.to_pylist())
    for iri, own in groupby(dicts, key=itemgetter("iri")):
        found = list(own)
        first = found[0]
        told = changes([_said(row) for row in found if row["entity"]], claim=first["claim"])
        yield Fate(first["type"], iri, first["name"], first["became"], told, first["claim"])


def _said(row: dict[str, Any]) -> Said:
    literal = row["kind"] == Kind.LITERAL
    value = Value(row["value"], literal, row["datatype"] or "", row["language"] or "", row["label"] or "")
    return Said(row["node"], row["by"], row["predicate"], value, row["after"], row["incoming"])

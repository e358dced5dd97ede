"""Sources that may be one, found by their stored texts: the same when folded, or nearly so.

Texts are compared by their shingles, all runs of four words (https://doi.org/10.1109/SEQUEN.1997.666900): two are
nearly the same where four in five of the shingles that either has are in both (Jaccard similarity). No such pair is
missed, as it shares one at least of the rarest fifth of each text's shingles (https://doi.org/10.1109/ICDE.2006.9).
"""

import re
from collections.abc import Iterator
from hashlib import blake2b, sha256
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any

import ibis
import ibis.expr.types as ir
import pyarrow as pa

from lod.engine import Engine
from lod.lineage.duplicates import candidates
from lod.terms import RDF_TYPE
from lod.texts import STORED, fold, read_text, snapshot, stored
from lod.triples import links, literals, members
from lod.vocab import NS

SAME_TEXT, NEAR_TEXT = "sameText", "nearText"
_LENGTH = 4  # words of a shingle
_ALIKE, _OF = 4, 5  # nearly the same: so many of so many shingles are in both
_NO_SPACES = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"  # where each character is taken for a word
_WORD = re.compile(rf"[{_NO_SPACES}]|[^\s{_NO_SPACES}]+")
_ROWS = pa.schema([("source", pa.string()), ("text", pa.string()), ("shingles", pa.list_(pa.int64()))])


def alike(engine: Engine, view: ir.Table, root: Path) -> ir.Table:
    """Return groups of sources of a triples view whose stored texts, below a project's folder, are alike.

    Columns: `address` (of the group: it tells it apart), `source`, `because` (`sameText` or `nearText`) and
    `similarity` (a decimal, rounded down; null where the texts are the same). What `duplicates` leaves out is left out
    here too, and texts without words. Raises InputError as `lod.texts.read_text` does.
    """
    found = stored(engine, view)
    named = found.group_by("source").aggregate(texts=found.snapshot.nunique())
    rows = list(_read(engine, found, root)) if len(engine.rows(named.limit(2))) > 1 else []
    texts = engine.materialise("texts", pa.Table.from_pylist(rows, _ROWS))
    own = texts.select("source", "text").distinct()
    same = own.mutate(address=own.text, because=ibis.literal(SAME_TEXT), similarity=ibis.null("string"))
    both = same.select(*_COLUMNS).union(_near(engine, texts, own))
    return candidates(engine, engine.materialise("alike", both), view)


def published(engine: Engine, statements: ir.Table) -> ir.Table:
    """Return what a release says of sources whose texts are alike, as `alike` does; each group is told by its node."""
    nodes = members(statements, NS + "Candidate", RDF_TYPE)
    because = links(statements, NS + "because").semi_join(nodes, "subject").rename(why="object")
    why = because.filter(because.why.isin([NS + SAME_TEXT, NS + NEAR_TEXT]))
    found = why.join(links(statements, NS + "among").rename(source="object"), "subject")
    told = found.left_join(literals(statements, NS + "similarity").rename(similarity="text"), "subject")
    rows = told.select("source", "similarity", address="subject", because=told.why.substr(len(NS)))
    return engine.materialise("alike", rows.select(*_COLUMNS))


def shingles(text: str) -> set[int]:
    """Return the shingles of a folded text as numbers of 64 bits; a text of fewer words is one, without words none."""
    words = _WORD.findall(text)
    runs = {" ".join(words[start : start + _LENGTH]) for start in range(max(len(words) - _LENGTH, 0) + bool(words))}
    return {int.from_bytes(blake2b(run.encode(), digest_size=8).digest(), signed=True) for run in runs}


_COLUMNS = ("address", "source", "because", "similarity")


def _read(engine: Engine, found: ir.Table, root: Path) -> Iterator[dict[str, Any]]:
    """Yield the texts that have words; each stored text is read once."""
    rows = engine.rows(found.select(*STORED).order_by("snapshot", "source"))
    for _, own in groupby(rows, key=itemgetter("snapshot")):
        first, *others = own
        folded = fold(read_text(root, snapshot(first)).text).text.strip()
        if parts := shingles(folded):
            said = {"text": sha256(folded.encode()).hexdigest(), "shingles": sorted(parts)}
            yield from ({"source": row["source"], **said} for row in (first, *others))


def _near(engine: Engine, texts: ir.Table, own: ir.Table) -> ir.Table:
    """Return a group for each two sources that have texts which are nearly the same."""
    pairs = _pairs(engine, texts)
    left, right = own.rename(one="text", left="source"), own.rename(other="text", right="source")
    named = pairs.join(left, "one").join(right, "other")
    apart = named.filter(named.left != named.right)
    first, last = ibis.least(apart.left, apart.right), ibis.greatest(apart.left, apart.right)
    groups = apart.group_by(first=first, last=last).aggregate(hundredths=apart.hundredths.max())
    told = groups.mutate(
        address=groups.first + " " + groups.last,
        because=ibis.literal(NEAR_TEXT),
        similarity=(groups.hundredths // 100).cast("string")
        + "."
        + (groups.hundredths % 100).cast("string").lpad(2, "0"),
    )
    ends = [told.mutate(source=told[end]).select(*_COLUMNS) for end in ("first", "last")]
    return ends[0].union(ends[1])


def _pairs(engine: Engine, texts: ir.Table) -> ir.Table:
    """Return the texts that are nearly the same: `one`, `other`, and `hundredths` of all shingles that both have."""
    distinct = texts.select("text", "shingles").distinct()
    parts = distinct.select("text", size=distinct.shingles.length(), shingle=distinct.shingles.unnest())
    all_ = engine.materialise("shingles", parts)
    one = _rarest(engine, all_)
    other = one.view()
    met = one.join(other, [one.shingle == other.shingle, one.text < other.text])
    pairs = engine.materialise("pairs", met.select(one=one.text, other=other.text).distinct())
    first = pairs.join(all_.rename(one="text", one_size="size"), "one")
    shared = first.join(all_.rename(other="text", other_size="size"), ["other", "shingle"])
    counted = shared.group_by("one", "other").aggregate(
        both=shared.count(), either=shared.one_size.min() + shared.other_size.min() - shared.count()
    )
    near = counted.filter(counted.both * _OF >= counted.either * _ALIKE)
    return engine.materialise("near", near.select("one", "other", hundredths=100 * near.both // near.either))


def _rarest(engine: Engine, parts: ir.Table) -> ir.Table:
    """Return of each text the shingles of which it shares one at least with every text that is nearly the same."""
    counts = parts.group_by("shingle").aggregate(texts=parts.count())
    by_rarity = ibis.window(group_by="text", order_by=["texts", "shingle"])
    ranked = parts.join(counts, "shingle").mutate(place=ibis.row_number().over(by_rarity))
    return engine.materialise("rarest", ranked.filter(ranked.place * _OF <= ranked.size * (_OF - _ALIKE)))

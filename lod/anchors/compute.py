"""Every quote looked up in the stored text of each source that it should stand in."""

from collections.abc import Iterable, Iterator
from dataclasses import asdict
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any

import ibis
import ibis.expr.types as ir
import pyarrow as pa

from lod.anchors.find import NO_TEXT, NOT_FOUND, Text
from lod.anchors.sought import sought
from lod.engine import Engine
from lod.texts import STORED, read_text, snapshot, stored

_TEXT, _NUMBER = pa.string(), pa.int64()
_PLACE = {
    "start": _NUMBER,
    "end": _NUMBER,
    "exact": _TEXT,
    "prefix": _TEXT,
    "suffix": _TEXT,
    "times": _NUMBER,
}
_LOOKED_UP = {"snapshot": _TEXT, "text_sha256": _TEXT, "extractor": _TEXT, "anchoring": _TEXT, **_PLACE}
_KEY = ("quote", "source", "words")
_ROWS = pa.schema([*((name, _TEXT) for name in _KEY), *_LOOKED_UP.items()])


def anchors(engine: Engine, view: ir.Table, root: Path) -> ir.Table:
    """Look up the quotes of a triples view in the stored texts below a project's folder; a row a quote and source.

    Columns: `quote`, `source`, `words`; `anchoring` (foundExactly, foundFolded, notFound or noText); where there is a
    text, its `snapshot`, `text_sha256` and `extractor`; where the quote is found, the fields of `Place`. What is
    missing is null.
    Raises InputError where a stored text cannot be read, or is not what was stored.
    """
    words, texts = sought(engine, view), stored(engine, view)
    both = texts.left_join(words, "source").select(*STORED, "quote", "words").order_by("snapshot", "quote")
    rows = list(_looked_up(engine.batches(both), root))
    found = engine.materialise("anchors", pa.Table.from_pylist(rows, _ROWS))
    missing = {name: ibis.null("int64" if type_ is _NUMBER else "string") for name, type_ in _LOOKED_UP.items()}
    without = words.anti_join(texts, "source").mutate(**(missing | {"anchoring": ibis.literal(NO_TEXT)}))
    return engine.materialise("anchors", found.union(without.select(*found.columns)))


def _looked_up(batches: Iterable[pa.RecordBatch], root: Path) -> Iterator[dict[str, Any]]:
    """Yield what is found of each quote; each text is read once, also where nothing is quoted from it."""
    rows = (row for batch in batches for row in batch.to_pylist())
    for _, own in groupby(rows, key=itemgetter("snapshot")):
        first, *others = own
        read = read_text(root, snapshot(first))
        text = Text(read.text)
        said = {"snapshot": first["snapshot"], "text_sha256": read.sha256, "extractor": read.extractor or None}
        for row in (first, *others):
            if row["quote"] is not None:
                place = text.find(row["words"])
                key = {name: row[name] for name in _KEY}
                yield {**key, **said, **(asdict(place) if place else {"anchoring": NOT_FOUND})}

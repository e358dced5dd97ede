"""Anchors as text: source by source, each quote with what stands around it."""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby

from lod.anchors import LABELS
from lod.quotes import Anchor
from lod.show.printable import printable


def anchors_text(anchors: Sequence[Anchor]) -> str:
    """Return what was found of each quote, by source."""
    lines: list[str] = []
    for source, found in groupby(anchors, key=lambda anchor: anchor.source):
        own = list(found)
        lines.append(f"{_id(source)}: {_counts(own)}")
        for anchor in own:
            lines += _lines(anchor)
    return "".join(f"{printable(line)}\n" for line in [*lines, _counts(anchors)])


def _lines(anchor: Anchor) -> Iterator[str]:
    place = anchor.place
    if place is None:
        yield f'  {_id(anchor.quote)}  {LABELS[anchor.anchoring]}: "{_on_a_line(anchor.words)}"'
        return
    often = f", {place.times} times" if place.times > 1 else ""
    yield f"  {_id(anchor.quote)}  {LABELS[anchor.anchoring]}, {place.start} to {place.end}{often}"
    yield f"    ... {_on_a_line(f'{place.prefix}[{place.exact}]{place.suffix}')} ..."


def _counts(anchors: Sequence[Anchor]) -> str:
    found = Counter(anchor.anchoring for anchor in anchors)
    return ", ".join(f"{found[kind]} {words}" for kind, words in LABELS.items() if found[kind]) or "no quotes"


def _on_a_line(text: str) -> str:
    return " ".join(text.split())


def _id(iri: str) -> str:
    return iri.rpartition("/")[2]

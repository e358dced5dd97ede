"""Spelling whole rows at once: constants and Arrow columns laid side by side, a text a row.

A row's text is a head, fragments (one a predicate) with a separator between them, and a tail. A fragment with a null in
it is left out of its row.
"""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import TypeAlias

import pyarrow as pa
import pyarrow.compute as pc

from lod.arrow import scalar

Part: TypeAlias = str | pa.Array
Fragment: TypeAlias = tuple[Part, ...]


def spell(head: Fragment, fragments: Sequence[Fragment], separator: str, tail: str) -> pa.Array:
    """Return a text a row; rows of which no fragment is there are left out."""
    certain = next((place for place, fragment in enumerate(fragments) if not _has_null(fragment)), None)
    if certain is None:
        return _spell_uncertain(head, fragments, separator, tail)
    parts = list(head)
    for place, fragment in enumerate(fragments):
        before, after = separator if place > certain else "", separator if place < certain else ""
        parts += _optional((before, *fragment, after))
    return join((*parts, tail))


def _optional(fragment: Fragment) -> Fragment:
    return (pc.fill_null(join(fragment), scalar("")),) if _has_null(fragment) else fragment


def _spell_uncertain(head: Fragment, fragments: Sequence[Fragment], separator: str, tail: str) -> pa.Array:
    parts = [part for fragment in fragments for part in _optional((separator, *fragment))]
    led = join(tuple(parts))
    said = pc.utf8_slice_codeunits(led, len(separator))
    return join((*head, said, tail)).filter(pc.not_equal(led, scalar("")))


def _has_null(fragment: Fragment) -> bool:
    return any(part.null_count for part in fragment if not isinstance(part, str))


def join(parts: Fragment) -> pa.Array:
    """Return the parts of each row joined; null where one of them is. One part at least is an array."""
    return pc.binary_join_element_wise(*_merged(parts), scalar(""))


def _merged(parts: Fragment) -> Iterator[pa.Array | pa.Scalar]:
    """Yield the parts, constants side by side as one: each part costs a pass."""
    for constant, same in groupby(parts, key=lambda part: isinstance(part, str)):
        if constant:
            yield scalar("".join(same))
        else:
            yield from same

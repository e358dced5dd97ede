"""A difference as text for people: how many first, then each entity with what changed."""

from collections.abc import Iterator

from lod.difference import BECAME, Change, Difference, Fate, Value
from lod.show.difference.words import count_words, heading, plural, property_words, sentence
from lod.show.printable import printable


def difference_text(difference: Difference) -> str:
    """Return the counts of each kind, then the entities that are not as they were, by kind and by what they became."""
    lines = [f"from {difference.old}", f"to {difference.new}", sentence(difference)]
    lines += (f"{plural(kind, 2)}: {', '.join(count_words(difference, kind))}" for kind in difference.kinds)
    for kind in difference.kinds:
        for became in BECAME:
            fates = difference.of(kind, became)
            lines += ["", heading(kind, became)] if fates else []
            lines += (line for fate in fates for line in _fate(fate))
    return "".join(f"{printable(line)}\n" for line in lines)


def _fate(fate: Fate) -> Iterator[str]:
    silent = ": without a word" if fate.without_a_word else ""
    yield f"  {fate.iri.rpartition('/')[2]}  {fate.label}{silent}"
    for change in fate.changes:
        yield f"    {property_words(change, fate.iri)}{_values(change)}"


def _values(change: Change) -> str:
    before, after = (", ".join(map(_value, values)) for values in (change.before, change.after))
    if before and after:
        return f": {before} -> {after}"
    return f" gained: {after}" if after else f" lost: {before}"


def _value(value: Value) -> str:
    if not value.literal:
        return f"{value.label} <{value.text}>" if value.label else f"<{value.text}>"
    return value.text if value.datatype else f'"{value.text}"{f"@{value.language}" if value.language else ""}'

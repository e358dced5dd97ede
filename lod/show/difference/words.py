"""The words for what became of entities and their properties."""

from collections import Counter
from collections.abc import Sequence

from lod.difference import Change, Difference, Fate
from lod.terms import name_of


def heading(kind: str, became: str) -> str:
    """Return what a group of entities is called: "claims: gone"."""
    return f"{plural(kind, 2)}: {became}"


def sentence(difference: Difference) -> str:
    """Return in a sentence whether anything changed, and what differs besides."""
    if not (difference.removed or difference.added):
        return "Nothing changed."
    statements = f"Statements: {difference.removed:,} gone, {difference.added:,} new."
    return statements if difference else f"Nothing changed but rows, run or lineage. {statements}"


def count_words(difference: Difference, kind: str) -> list[str]:
    """Return how many entities of a kind became what: "5 changed (2 value, 3 quote)"."""
    counts = difference.counts()[kind]
    same = counts.pop("same")
    told = [f"{count:,} {became}{_detail(difference.of(kind, became))}" for became, count in counts.items() if count]
    return [*told, f"{same:,} as {'it was' if same == 1 else 'they were'}"]


def _detail(fates: Sequence[Fate]) -> str:
    """Return in brackets in how many entities what changed, or how many are gone without a word."""
    words = Counter(word for fate in fates for word in {change.what for change in fate.changes})
    silent = sum(fate.without_a_word for fate in fates)
    told = [f"{count:,} {word}" for word, count in sorted(words.items())]
    told += [f"{silent:,} without a word"] * bool(silent)
    return f" ({', '.join(told)})" if told else ""


def property_words(change: Change, iri: str) -> str:
    """Return the name of a property of an entity; of what belongs to it, both names: "quote (text)"."""
    name = name_of(change.property)
    return change.what if change.node == iri or name == change.what else f"{change.what} ({name})"


def plural(word: str, count: int) -> str:
    """Return what so many of a thing are called."""
    return word if count == 1 else f"{word}s"

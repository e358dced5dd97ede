"""The changes of an entity, told from the statements that it has in one release alone.

Several statements may say one thing: PROV repeats what schema.org says, and a number without bounds stands for its
bounds too. What only repeats another change, or follows from it, is not told again.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple, TypeAlias

from lod.difference.fate import Change, Value
from lod.terms import RDF_TYPE, name_of
from lod.vocab import CITO, NS, PROV, RDFS, SCHEMA, SKOS

INCOMING = {PROV + "wasRevisionOf": "revised by", CITO + "retracts": "retraction"}
WITHDRAWAL = (PROV + "invalidatedAtTime", PROV + "wasInvalidatedBy")


class Said(NamedTuple):
    """A statement that an entity has in one release alone: of itself, or of a node that belongs to it.

    by: the property by which the entity leads to that node, empty for the entity itself; after: whether the later
    release has it; incoming: whether another node says it of the entity (`value` is that node).
    """

    node: str
    by: str
    predicate: str
    value: Value
    after: bool
    incoming: bool = False


def changes(said: Iterable[Said], *, claim: bool) -> tuple[Change, ...]:
    """Return the changes that the statements of one entity amount to, sorted; claim: whether it is one."""
    words: dict[_Place, str] = {}
    sides: _Sides = defaultdict(set)
    for each in _telling(list(said)):
        place = (each.node, INCOMING[each.predicate] if each.incoming else each.predicate)
        words[place] = _word(each, claim)
        sides[place, each.after].add(each.value)
    found = (
        Change(word, *place, *(tuple(sorted(_own(place, sides, after=after))) for after in (False, True)))
        for place, word in words.items()
        if not any((place[0], other) in words for other in _FOLLOWS.get(place[1], ()))
    )
    return tuple(sorted(change for change in found if change.before or change.after))


_Place: TypeAlias = tuple[str, str]  # a node, and a property of it
_Sides: TypeAlias = defaultdict[tuple[_Place, bool], set[Value]]

_WORDS = {
    SCHEMA + "about": "event",
    SCHEMA + "text": "wording",
    RDFS + "label": "wording",
    NS + "asWorded": "wording",
    SCHEMA + "author": "claimant",
    PROV + "wasAttributedTo": "claimant",
    SCHEMA + "appearance": "source",
    PROV + "wasDerivedFrom": "source",
    PROV + "hadPrimarySource": "source",
    NS + "locator": "place in the source",
    NS + "locatorType": "place in the source",
    SCHEMA + "isBasedOn": "grounds",
    SCHEMA + "isPartOf": "whole",
    CITO + "disputes": "dispute",
    CITO + "supports": "support",
    PROV + "wasRevisionOf": "revision",
    SKOS + "editorialNote": "note",
    NS + "states": "value",
    SCHEMA + "citation": "quote",
    **dict.fromkeys(WITHDRAWAL, "withdrawal"),
}

_DATES = tuple(SCHEMA + name for name in ("startDate", "endDate", "datePublished", "observationDate"))

# What a property repeats: values that one of these has too, on the same node.
_REPEATS = {
    RDFS + "label": (SCHEMA + "text", SCHEMA + "name", SCHEMA + "headline"),
    PROV + "wasAttributedTo": (SCHEMA + "author",),
    PROV + "wasDerivedFrom": (SCHEMA + "appearance", SCHEMA + "isBasedOn", PROV + "hadPrimarySource"),
    PROV + "hadPrimarySource": (SCHEMA + "isBasedOn",),
    NS + "edtf": _DATES,
    SCHEMA + "minValue": (SCHEMA + "value",),
    SCHEMA + "maxValue": (SCHEMA + "value",),
}

# What changes with one of these, on the same node, since it is computed from it.
_FOLLOWS = dict.fromkeys((NS + "earliest", NS + "latest"), (NS + "edtf", *_DATES))


def _telling(said: Sequence[Said]) -> Iterator[Said]:
    """Yield all but what is clear from the rest: that a node belongs to the entity, and its class where it has more."""
    leading = {(each.by, each.node, each.after) for each in said if each.by}
    more = {(each.node, each.after) for each in said if each.by and each.predicate != RDF_TYPE}
    for each in said:
        leads = (each.predicate, each.value.text, each.after) in leading
        classes = each.by and each.predicate == RDF_TYPE and (each.node, each.after) in more
        if not (leads or classes):
            yield each


def _own(place: _Place, sides: _Sides, *, after: bool) -> set[Value]:
    """Return the values of a property that no other change of its node tells."""
    node, predicate = place
    told = (sides.get(((node, other), after), set()) for other in _REPEATS.get(predicate, ()))
    return sides.get((place, after), set()).difference(*told)


def _word(said: Said, claim: bool) -> str:
    """Return what a statement of an entity is about: a claim has words of its own, others the names of properties."""
    if said.incoming:
        return INCOMING[said.predicate]
    if not claim:
        return name_of(said.by or said.predicate)
    leading = said.predicate if said.predicate == NS + "asWorded" else said.by or said.predicate
    return _WORDS.get(leading) or name_of(leading)

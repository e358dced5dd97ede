"""What became of entities, as data."""

from collections import Counter
from dataclasses import dataclass, field

BECAME = ("changed", "withdrawn", "restored", "gone", "new")


@dataclass(frozen=True, order=True)
class Value:
    """A term: its lexical form, whether it is a literal, and of a node the label (empty: it has none)."""

    text: str
    literal: bool = False
    datatype: str = ""
    language: str = ""
    label: str = ""


@dataclass(frozen=True, order=True)
class Change:
    """A property whose values changed.

    what: the word for it, such as `value`, `quote` or `source`; node: the entity, or what belongs to it; property: an
    IRI; before, after: the values that are only in the one release or only in the other, sorted.
    """

    what: str
    node: str
    property: str
    before: tuple[Value, ...] = ()
    after: tuple[Value, ...] = ()


@dataclass(frozen=True)
class Fate:
    """What became of an entity.

    kind: the word that its IRI goes on with behind the base; became: one of `BECAME`. A withdrawn entity left a
    tombstone, one that is gone left nothing. changes: of one that is changed, all; of one that is withdrawn, when and
    why; of one that is gone or new, what links it to a later or an earlier version of itself. claim: whether it is one.
    """

    kind: str
    iri: str
    label: str
    became: str
    changes: tuple[Change, ...] = ()
    claim: bool = False

    @property
    def without_a_word(self) -> bool:
        """Whether it is a claim that is gone, and nothing says that it was retracted or replaced."""
        return self.claim and self.became == "gone" and not self.changes


@dataclass(frozen=True)
class Difference:
    """What became of the entities of one release in another.

    old, new: the names of what was compared; kinds: the kinds of entities, in their order; fates: all that are not as
    they were, by kind and IRI; same: how many are, by kind; removed, added: how many statements are only in the one
    release or only in the other, all graphs merged, those of rows, run, lineage and anchors too.
    """

    old: str
    new: str
    kinds: tuple[str, ...]
    fates: tuple[Fate, ...]
    same: dict[str, int] = field(default_factory=dict)
    removed: int = 0
    added: int = 0

    def __bool__(self) -> bool:
        return bool(self.fates)

    def of(self, kind: str, became: str) -> tuple[Fate, ...]:
        """Return the entities of a kind that became new, changed, withdrawn, restored or gone."""
        return tuple(fate for fate in self.fates if (fate.kind, fate.became) == (kind, became))

    def counts(self) -> dict[str, dict[str, int]]:
        """Return how many entities of each kind became what, or are the same."""
        found = Counter((fate.kind, fate.became) for fate in self.fates)
        return {
            kind: {became: found[kind, became] for became in BECAME} | {"same": self.same.get(kind, 0)}
            for kind in self.kinds
        }

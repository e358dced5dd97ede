"""The waist of the house: what a triples map compiles to, and what everything after it reads.

A term table is a table of the engine plus this description of it. Its rows carry a locator (`_row`, the number of the
input record, from 1, and `_file` where the records come from several files) and lexical forms. A wide table has one row
a record and a column per single-valued term; a narrow table has one row per value of one multi-valued object. Nothing
here knows how a term is spelled.
"""

from dataclasses import dataclass, field, replace

from lod.errors import Position
from lod.terms import Kind

ROW = "_row"
FILE = "_file"


@dataclass(frozen=True)
class Constant:
    """The same text in every row."""

    value: str


@dataclass(frozen=True)
class Column:
    """A text per row, in the column of this name; null where there is none.

    before: what stands before the text in every row, so that no row need hold it.
    """

    name: str
    before: str = ""


Slot = Constant | Column


@dataclass(frozen=True)
class Term:
    """An RDF term per row: its lexical form, and for literals a datatype or a language (neither: xsd:string)."""

    value: Slot
    kind: Kind
    datatype: Slot | None = None
    language: Slot | None = None


@dataclass(frozen=True)
class Target:
    """A file that statements go to instead of the main output (RML-IO's logical target).

    format: a name of `lod.formats.FORMATS`; compression: gzip, zstd or None.
    """

    access: str
    format: str
    position: Position = field(compare=False)
    compression: str | None = None


@dataclass(frozen=True)
class Statement:
    """One triple per row; none where a slot that it needs is null. No graph: the default graph.

    targets: the files that it goes to; none: the main output.
    """

    predicate: Slot
    object: Term
    graph: Slot | None = None
    targets: tuple[Target, ...] = ()


@dataclass(frozen=True)
class TermTable:
    """An engine table (`name`), made from records of `file` by the triples map `origin`.

    unique: whether it has one row a record at most; collection: the class of what its rows are members of, if they are:
    where rows go, the others are linked anew.
    """

    name: str
    file: Slot
    origin: str
    subject: Slot
    statements: tuple[Statement, ...]
    unique: bool = False
    collection: str | None = None

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of the columns that the statements are made of."""
        slots = [self.subject]
        for each in self.statements:
            term = each.object
            slots += (slot for slot in (each.predicate, term.value, term.datatype, term.language, each.graph) if slot)
        return tuple(dict.fromkeys(slot.name for slot in slots if isinstance(slot, Column)))

    def at(self, name: str) -> "TermTable":
        """Return the same description over another engine table."""
        return replace(self, name=name)

    def to(self, target: Target | None) -> "TermTable":
        """Return the table with the statements that go to a target alone (None: the main output)."""
        chosen = (each for each in self.statements if (target in each.targets if target else not each.targets))
        return replace(self, statements=tuple(chosen))

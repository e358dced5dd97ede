"""Shapes as frozen data: what a shapes graph says, and nothing of how it is evaluated.

The classes of constraints have the names of SHACL's constraint components.
https://www.w3.org/TR/shacl/#core-components
"""

from dataclasses import dataclass, field
from typing import ClassVar

from lod.errors import Position
from lod.terms import Kind
from lod.validation.path import Path
from lod.validation.report import Node
from lod.validation.select import Select
from lod.vocab import SHACL

VIOLATION = SHACL + "Violation"


@dataclass(frozen=True)
class TargetNode:
    """One node."""

    node: Node


@dataclass(frozen=True)
class TargetClass:
    """The instances of a class and of its subclasses."""

    iri: str


@dataclass(frozen=True)
class SubjectsOf:
    """What has a property."""

    iri: str


@dataclass(frozen=True)
class ObjectsOf:
    """What is a value of a property."""

    iri: str


Target = TargetNode | TargetClass | SubjectsOf | ObjectsOf


@dataclass(frozen=True)
class Constraint:
    """What a shape asks of its value nodes."""

    NAME: ClassVar[str] = ""

    @property
    def component(self) -> str:
        """The IRI of the constraint component."""
        return f"{SHACL}{self.NAME or type(self).__name__}ConstraintComponent"


@dataclass(frozen=True)
class Shape:
    """A node shape, or, with a path, a property shape.

    node: its IRI or blank node; severity: an IRI; selects: SPARQL-based constraints, which hold where the shape has
    targets of its own; a deactivated shape holds of every node.
    """

    node: Node
    position: Position = field(compare=False)
    path: Path | None = None
    targets: tuple[Target, ...] = ()
    constraints: tuple[Constraint, ...] = ()
    severity: str = VIOLATION
    messages: tuple[Node, ...] = ()
    selects: tuple[Select, ...] = ()
    deactivated: bool = False


@dataclass(frozen=True)
class Class(Constraint):
    """Each value node is an instance of the class."""

    iri: str


@dataclass(frozen=True)
class Datatype(Constraint):
    """Each value node is a literal of the datatype, and well-formed."""

    iri: str


@dataclass(frozen=True)
class NodeKind(Constraint):
    """Each value node is of one of these kinds."""

    kinds: frozenset[Kind]


@dataclass(frozen=True)
class MinCount(Constraint):
    """There are so many value nodes at least."""

    count: int


@dataclass(frozen=True)
class MaxCount(Constraint):
    """There are so many value nodes at most."""

    count: int


@dataclass(frozen=True)
class Bound(Constraint):
    """Each value node compares with a literal in one of the allowed ways: -1 less, 0 equal, 1 greater."""

    literal: Node
    ALLOWED: ClassVar[frozenset[int]] = frozenset()


class MinExclusive(Bound):
    """Greater than the literal."""

    ALLOWED = frozenset({1})


class MinInclusive(Bound):
    """Greater than the literal, or equal."""

    ALLOWED = frozenset({0, 1})


class MaxExclusive(Bound):
    """Less than the literal."""

    ALLOWED = frozenset({-1})


class MaxInclusive(Bound):
    """Less than the literal, or equal."""

    ALLOWED = frozenset({-1, 0})


@dataclass(frozen=True)
class MinLength(Constraint):
    """The text of each value node has so many characters at least; a blank node has none."""

    length: int


@dataclass(frozen=True)
class MaxLength(Constraint):
    """The text of each value node has so many characters at most; a blank node has none."""

    length: int


@dataclass(frozen=True)
class Pattern(Constraint):
    """A regular expression finds something in the text of each value node (regex: the same in RE2's syntax)."""

    pattern: str
    flags: str
    regex: str = field(compare=False)


@dataclass(frozen=True)
class LanguageIn(Constraint):
    """The language of each value node is in one of the ranges."""

    ranges: tuple[str, ...]


@dataclass(frozen=True)
class UniqueLang(Constraint):
    """No two value nodes have the same language."""


@dataclass(frozen=True)
class Equals(Constraint):
    """The value nodes are the values of the property."""

    iri: str


@dataclass(frozen=True)
class Disjoint(Constraint):
    """No value node is a value of the property."""

    iri: str


@dataclass(frozen=True)
class LessThan(Constraint):
    """Each value node is less than each value of the property."""

    iri: str
    ALLOWED: ClassVar[frozenset[int]] = frozenset({-1})


class LessThanOrEquals(LessThan):
    """Each value node is less than each value of the property, or equal."""

    ALLOWED = frozenset({-1, 0})


@dataclass(frozen=True)
class Not(Constraint):
    """No value node conforms to the shape."""

    shape: Shape


@dataclass(frozen=True)
class And(Constraint):
    """Each value node conforms to all shapes."""

    shapes: tuple[Shape, ...]


@dataclass(frozen=True)
class Or(Constraint):
    """Each value node conforms to a shape at least."""

    shapes: tuple[Shape, ...]


@dataclass(frozen=True)
class Xone(Constraint):
    """Each value node conforms to exactly one of the shapes."""

    shapes: tuple[Shape, ...]


@dataclass(frozen=True)
class Conforms(Constraint):
    """Each value node conforms to the shape (sh:node)."""

    NAME = "Node"
    shape: Shape


@dataclass(frozen=True)
class Property(Constraint):
    """Each value node is held to a property shape, which gives the results."""

    shape: Shape


@dataclass(frozen=True)
class Qualified(Constraint):
    """So many value nodes conform to the shape, and to no sibling where there are any."""

    shape: Shape
    count: int
    siblings: tuple[Shape, ...]


class QualifiedMinCount(Qualified):
    """So many at least."""

    NAME = "QualifiedMinCount"


class QualifiedMaxCount(Qualified):
    """So many at most."""

    NAME = "QualifiedMaxCount"


@dataclass(frozen=True)
class Closed(Constraint):
    """Value nodes have the allowed properties alone."""

    allowed: frozenset[str]


@dataclass(frozen=True)
class HasValue(Constraint):
    """One of the value nodes is the node."""

    node: Node


@dataclass(frozen=True)
class In(Constraint):
    """Each value node is one of the nodes."""

    nodes: tuple[Node, ...]


def referred(constraint: Constraint) -> tuple[Shape, ...]:
    """Return the shapes that a constraint refers to."""
    match constraint:
        case Not(shape) | Conforms(shape) | Property(shape):
            return (shape,)
        case And(shapes) | Or(shapes) | Xone(shapes):
            return shapes
        case Qualified(shape, _, siblings):
            return (shape, *siblings)
    return ()

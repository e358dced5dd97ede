"""The parameters of SHACL Core's constraint components, read from a shape into constraints.

https://www.w3.org/TR/shacl/#core-components
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from lod.terms import Kind
from lod.validation import model
from lod.validation.graph import Subject
from lod.validation.model import Constraint, Shape
from lod.validation.path import Predicate
from lod.validation.read_path import read_path
from lod.validation.report import Node
from lod.validation.shacl_terms import NODE_KINDS
from lod.validation.xpath_regex import to_re2
from lod.vocab import SHACL

_LETTERS = {Kind.IRI: "IRI", Kind.BLANK: "BlankNode", Kind.LITERAL: "Literal"}


@dataclass(frozen=True)
class Given:
    """What a parameter is read from: the subject that has it, whether that is a property shape, and other shapes.

    shape: reads the shape at a node; used: which nodes of a shape-valued parameter are read here.
    """

    subject: Subject
    is_property: bool
    shape: Callable[[Node], Shape]
    used: Callable[[Node], bool]

    def shapes(self, name: str) -> list[Shape]:
        """Return the shapes that are values of a parameter."""
        return [self._shape(name, node) for node in self.subject.all(name) if self.used(node)]

    def listed(self, name: str) -> list[tuple[Shape, ...]]:
        """Return the lists of shapes that are values of a parameter."""
        lists = [self.subject.members(name, node) for node in self.subject.all(name)]
        return [tuple(self._shape(name, node) for node in each) for each in lists if all(map(self.used, each))]

    def _shape(self, name: str, node: Node) -> Shape:
        if node.kind is Kind.LITERAL:
            raise self.subject.error(name, f"sh:{name} wants a shape, not {node}")
        return self.shape(node)


def constraints(given: Given) -> Iterator[Constraint]:
    """Yield the constraints of a shape. Raises ShapeError where a parameter is malformed."""
    for name, read in _READERS.items():
        if given.subject.all(name):
            if name in _PROPERTY_SHAPES_ONLY and not given.is_property:
                what = f"sh:{name} is for property shapes, and this one has no sh:path"
                raise given.subject.error(name, what)
            yield from read(given)


def _class(given: Given) -> Iterator[Constraint]:
    yield from (model.Class(given.subject.iri("class", node)) for node in given.subject.all("class"))


def _datatype(given: Given) -> Iterator[Constraint]:
    if node := given.subject.one("datatype"):
        yield model.Datatype(given.subject.iri("datatype", node))


def _node_kind(given: Given) -> Iterator[Constraint]:
    node = given.subject.one("nodeKind")
    name = node.value.removeprefix(SHACL) if node else ""
    if name not in NODE_KINDS:
        raise given.subject.error("nodeKind", f"sh:nodeKind is one of sh:{', sh:'.join(sorted(NODE_KINDS))}")
    yield model.NodeKind(frozenset(kind for kind, word in _LETTERS.items() if word in name))


def _number(kind: type[Constraint], name: str) -> Callable[[Given], Iterator[Constraint]]:
    def read(given: Given) -> Iterator[Constraint]:
        number = given.subject.number(name)
        if number is not None:
            yield kind(number)  # type: ignore[call-arg]  # each has one field, a number

    return read


def _bound(kind: type[model.Bound], name: str) -> Callable[[Given], Iterator[Constraint]]:
    def read(given: Given) -> Iterator[Constraint]:
        node = given.subject.one(name)
        if node and node.kind is not Kind.LITERAL:
            raise given.subject.error(name, f"sh:{name} is a literal, not {node}")
        if node:
            yield kind(node)

    return read


def _pattern(given: Given) -> Iterator[Constraint]:
    subject = given.subject
    node, flags_node = subject.one("pattern"), subject.one("flags")
    if node is None:
        return
    pattern = subject.text("pattern", node)
    flags = subject.text("flags", flags_node) if flags_node else ""
    try:
        yield model.Pattern(pattern, flags, to_re2(pattern, flags))
    except ValueError as error:
        raise subject.error("pattern", f"sh:pattern {pattern!r} cannot be used: {error}") from error


def _language_in(given: Given) -> Iterator[Constraint]:
    if node := given.subject.one("languageIn"):
        members = given.subject.members("languageIn", node)
        yield model.LanguageIn(tuple(given.subject.text("languageIn", each) for each in members))


def _unique_lang(given: Given) -> Iterator[Constraint]:
    node = given.subject.one("uniqueLang")
    # SHACL's definition asks for the term true itself: "1"^^xsd:boolean is another.
    if given.subject.flag("uniqueLang") and node and node.value == "true":
        yield model.UniqueLang()


def _property_of(kind: type[Constraint], name: str) -> Callable[[Given], Iterator[Constraint]]:
    def read(given: Given) -> Iterator[Constraint]:
        for node in given.subject.all(name):
            yield kind(given.subject.iri(name, node))  # type: ignore[call-arg]  # each has one field, an IRI

    return read


def _node(given: Given) -> Iterator[Constraint]:
    for shape in given.shapes("node"):
        if shape.path is not None:
            hint = "Name it with sh:property instead. https://www.w3.org/TR/shacl/#NodeConstraintComponent"
            raise given.subject.error("node", f"sh:node wants a node shape, and {shape.node} has a sh:path", hint)
        yield model.Conforms(shape)


def _shape(kind: type[Constraint], name: str) -> Callable[[Given], Iterator[Constraint]]:
    def read(given: Given) -> Iterator[Constraint]:
        yield from (kind(shape) for shape in given.shapes(name))  # type: ignore[call-arg]  # one field, a shape

    return read


def _shapes(kind: type[Constraint], name: str) -> Callable[[Given], Iterator[Constraint]]:
    def read(given: Given) -> Iterator[Constraint]:
        yield from (kind(shapes) for shapes in given.listed(name))  # type: ignore[call-arg]  # one field, shapes

    return read


def _property(given: Given) -> Iterator[Constraint]:
    for shape in given.shapes("property"):
        if shape.path is None:
            raise given.subject.error(
                "property", f"sh:property wants a shape with a sh:path, and {shape.node} has none"
            )
        yield model.Property(shape)


def _qualified(given: Given) -> Iterator[Constraint]:
    subject = given.subject
    subject.one("qualifiedValueShape")
    least, most = subject.number("qualifiedMinCount"), subject.number("qualifiedMaxCount")
    for shape in given.shapes("qualifiedValueShape"):
        siblings = tuple(_siblings(given, shape)) if subject.flag("qualifiedValueShapesDisjoint") else ()
        if least is not None:
            yield model.QualifiedMinCount(shape, least, siblings)
        if most is not None:
            yield model.QualifiedMaxCount(shape, most, siblings)


def _siblings(given: Given, shape: Shape) -> Iterator[Shape]:
    """Yield the qualified value shapes of the property shapes beside this one.

    https://www.w3.org/TR/shacl/#QualifiedValueShapeConstraintComponent
    """
    graph, own = given.subject.graph, given.subject.node
    found: dict[Node, None] = {}
    for parent in graph.subjects(SHACL + "property", own.value):
        for sibling in parent.all("property"):
            found |= dict.fromkeys(graph.subject(sibling.value).all("qualifiedValueShape"))
    yield from (given.shape(node) for node in found if node != shape.node)


def _closed(given: Given) -> Iterator[Constraint]:
    subject = given.subject
    if not subject.flag("closed"):
        return
    ignored = subject.one("ignoredProperties")
    members = subject.members("ignoredProperties", ignored) if ignored else ()
    allowed = {subject.iri("ignoredProperties", node) for node in members}
    for node in subject.all("property"):
        path = read_path(subject.graph.subject(node.value))
        allowed |= {path.iri} if isinstance(path, Predicate) else set()
    yield model.Closed(frozenset(allowed))


def _has_value(given: Given) -> Iterator[Constraint]:
    yield from (model.HasValue(node) for node in given.subject.all("hasValue"))


def _in(given: Given) -> Iterator[Constraint]:
    if node := given.subject.one("in"):
        yield model.In(given.subject.members("in", node))


_READERS: dict[str, Callable[[Given], Iterator[Constraint]]] = {
    "class": _class,
    "datatype": _datatype,
    "nodeKind": _node_kind,
    "minCount": _number(model.MinCount, "minCount"),
    "maxCount": _number(model.MaxCount, "maxCount"),
    "minExclusive": _bound(model.MinExclusive, "minExclusive"),
    "minInclusive": _bound(model.MinInclusive, "minInclusive"),
    "maxExclusive": _bound(model.MaxExclusive, "maxExclusive"),
    "maxInclusive": _bound(model.MaxInclusive, "maxInclusive"),
    "minLength": _number(model.MinLength, "minLength"),
    "maxLength": _number(model.MaxLength, "maxLength"),
    "pattern": _pattern,
    "languageIn": _language_in,
    "uniqueLang": _unique_lang,
    "equals": _property_of(model.Equals, "equals"),
    "disjoint": _property_of(model.Disjoint, "disjoint"),
    "lessThan": _property_of(model.LessThan, "lessThan"),
    "lessThanOrEquals": _property_of(model.LessThanOrEquals, "lessThanOrEquals"),
    "not": _shape(model.Not, "not"),
    "and": _shapes(model.And, "and"),
    "or": _shapes(model.Or, "or"),
    "xone": _shapes(model.Xone, "xone"),
    "node": _node,
    "property": _property,
    "qualifiedValueShape": _qualified,
    "closed": _closed,
    "hasValue": _has_value,
    "in": _in,
}
_PROPERTY_SHAPES_ONLY = ("minCount", "maxCount", "uniqueLang", "lessThan", "lessThanOrEquals", "qualifiedValueShape")

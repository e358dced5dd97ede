"""RML gather maps: terms that are the heads of lists and containers. https://kg-construct.github.io/rml-cc/spec/docs/."""

from collections.abc import Iterator
from dataclasses import replace

from lod.mapping.model import Call, Gather, Join, TermMap
from lod.mapping.rml.expressions import EXPRESSIONS, condition, join_condition
from lod.mapping.rml.graph import Node
from lod.mapping.rml.terms import OBJECT, Role, named_map, of_each_record, term_map
from lod.terms import Kind
from lod.vocab import FN, RDF

_KINDS = ("rdf:List", "rdf:Bag", "rdf:Seq", "rdf:Alt")
_STRATEGIES = {"append": False, "cartesianProduct": True}
_TRUTHS = {"true": True, "1": True, "false": False, "0": False}


def object_map(node: Node) -> TermMap | Join:
    """Return the term map or the join that an object map describes."""
    parent = node.one("parentTriplesMap")
    if parent is None:
        return gather_or_term(node, OBJECT)
    others = (*EXPRESSIONS, "termType", "language", "languageMap", "datatype", "datatypeMap", "logicalTarget", "gather")
    if node.has(*others):
        raise node.error("a referencing object map has a parent triples map and join conditions, and nothing else")
    return Join(parent.value, tuple(map(join_condition, node.all("joinCondition"))), node.position)


def gather_or_term(node: Node, role: Role) -> TermMap:
    """Return the term map of a subject or an object, with what it gathers if it does."""
    if not node.has("gather"):
        return term_map(node, role)
    gather = Gather(
        kind=_kind(node),
        members=tuple(map(_member, _items(node))),
        product=_product(node),
        empty=_truth(node, "allowEmptyListAndContainer"),
        named=node.has(*EXPRESSIONS),
    )
    if gather.named:
        return replace(named_map(node), gather=gather)
    if node.has("termType") and node.require("a gather map", "termType").name != "BlankNode":
        raise node.error("a collection without an expression that names it is a blank node")
    return TermMap(of_each_record(node), Kind.BLANK, node.position, gather=gather)


def _kind(node: Node) -> str:
    kind = node.require("a gather map", "gatherAs")
    if kind.name not in _KINDS:
        raise kind.error(f"<{kind.value}> is no kind of collection", f"There are: {', '.join(_KINDS)}.")
    return kind.value


def _product(node: Node) -> bool:
    said = node.one("strategy")
    if said is not None and said.name not in _STRATEGIES:
        raise said.error(f"<{said.value}> is no strategy", "There are: rml:append, rml:cartesianProduct.")
    return _STRATEGIES[said.name] if said else False


def _truth(node: Node, name: str) -> bool:
    said = node.text(name)
    if said is not None and said not in _TRUTHS:
        raise node.error(f"rml:{name} is true or false, not {said!r}")
    return _TRUTHS[said] if said else False


def _items(node: Node) -> Iterator[Node]:
    """Yield the items of the list that is gathered from."""
    rest, seen = node.require("a gather map", "gather"), set[str]()
    if rest.value == RDF + "nil":
        raise node.error("there is nothing to gather from", "rml:gather has a list of term maps.")
    while rest.value != RDF + "nil":
        if rest.value in seen:
            raise node.error("the list of term maps leads back to itself")
        seen.add(rest.value)
        yield rest.require("the list of term maps", "rdf:first")
        rest = rest.require("the list of term maps", "rdf:rest")


def _member(node: Node) -> TermMap | Join:
    made, test = object_map(node), condition(node)
    if test is None:
        return made
    if isinstance(made, Join) or made.gather:
        raise node.error("a member that is a join or a collection has no condition")
    when = Call(FN + "when", ((FN + "condition", test), (FN + "value", made.expression)), node.position)
    return replace(made, expression=when)

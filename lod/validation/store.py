"""SPARQL-based constraints asked of a store that holds the statements, all graphs merged.

https://www.w3.org/TR/shacl/#sparql-constraints-validation
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cached_property
from typing import TypeAlias

import pyoxigraph as ox

from lod.engine import Engine
from lod.errors import ShapeError
from lod.quad import TRIPLE, Quad, quads
from lod.term_table import TermTable
from lod.terms import XSD, Kind
from lod.triples import triples
from lod.validation.key import node_of
from lod.validation.model import Shape
from lod.validation.path import Predicate
from lod.validation.report import Node, Result
from lod.validation.select import COMPONENT, FOCUS, THIS, Select

Term: TypeAlias = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple

# The store keeps numbers, dates and the like as values: 1.50 comes back as 1.5. These come back as they went in.
_PLAIN = r"(?:0|-?[1-9][0-9]{0,17}|[0-9]{4}-[0-9]{2}-[0-9]{2})"  # integers, days


class Store:
    """The statements of term tables in a store, put there when the first query asks."""

    def __init__(self, engine: Engine, tables: Sequence[TermTable]) -> None:
        self._engine = engine
        self._view = triples(engine, tables).select(*TRIPLE)
        self._graphs: dict[str, str] = {}

    def answers(self, select: Select, nodes: str) -> bool:
        """Whether the store answers a query of these focus nodes exactly.

        It does unless a property that the query may read has values whose lexical forms the store would not keep.
        """
        if not self._changed:
            return True
        from lod.validation.reads import reads

        named, others = reads(select)
        literals = any(self._engine.answers(f"""SELECT 1 AS one FROM {nodes} WHERE starts_with(node, '"') LIMIT 1"""))
        return not (named & self._changed or others == "any" or (others == "focus" and literals))

    def results(self, shape: Shape, select: Select, nodes: str) -> Iterator[Result]:
        """Yield a result for each solution that a query finds for the focus nodes (`node`) of a shape."""
        for solution in self._one_by_one(select, nodes) if select.singly else self._at_once(select, nodes):
            yield _result(shape, select, {name.value: _node(term) for name, term in solution.items() if term})

    def _at_once(self, select: Select, nodes: str) -> Iterator[dict[ox.Variable, Term]]:
        if nodes not in self._graphs:
            graph = self._graphs[nodes] = f"{FOCUS}:{len(self._graphs)}"
            focus, name = ox.NamedNode(FOCUS), ox.NamedNode(graph)
            self._store.bulk_extend(ox.Quad(focus, focus, node, name) for node in self._focus_nodes(nodes))
        yield from self._asked(select, select.for_all(self._graphs[nodes]), {})

    def _one_by_one(self, select: Select, nodes: str) -> Iterator[dict[ox.Variable, Term]]:
        for node in self._focus_nodes(nodes):
            yield from self._asked(select, select.query, {ox.Variable(THIS): node})

    def _asked(self, select: Select, query: str, bound: dict[ox.Variable, Term]) -> Iterator[dict[ox.Variable, Term]]:
        found = self._store.query(query, prefixes=dict(select.prefixes), substitutions=bound)
        assert isinstance(found, ox.QuerySolutions)  # noqa: S101  # it was read as a SELECT
        for solution in found:
            yield bound | {name: solution[name] for name in found.variables if solution[name] is not None}

    def _focus_nodes(self, nodes: str) -> Iterator[Term]:
        for row in self._engine.answers(f"SELECT node FROM {nodes}"):
            yield _term(node_of(row["node"]))

    @cached_property
    def _store(self) -> ox.Store:
        store = ox.Store()
        store.bulk_extend(map(_quad, quads(self._engine.batches(self._view))))
        return store

    @cached_property
    def _changed(self) -> set[str]:
        """The properties with a value whose lexical form the store does not keep."""
        view = self._view
        plain = view.datatype.isin([XSD + "integer", XSD + "date"]) & view.object.re_search(f"^{_PLAIN}$")
        odd = view.filter(view.datatype.startswith(XSD) & ~plain)
        rows = self._engine.rows(odd.select("predicate", "object", "datatype").distinct())
        values = {_quad(Quad(FOCUS, kind=int(Kind.LITERAL), **row)) for row in rows}
        kept = ox.Store()
        kept.extend(values)
        return {value.predicate.value for value in values - set(kept)}


def _result(shape: Shape, select: Select, solution: dict[str, Node]) -> Result:
    """https://www.w3.org/TR/shacl/#sparql-constraints-validation."""
    focus, path = solution[THIS], solution.get("path")
    return Result(
        severity=shape.severity,
        focus=focus,
        path=Predicate(path.value) if path and path.kind is Kind.IRI else shape.path,
        value=solution.get("value", None if shape.path else focus),
        shape=shape.node,
        component=COMPONENT,
        messages=_messages(shape, select, solution),
        origin=shape.position,
    )


def _messages(shape: Shape, select: Select, solution: dict[str, Node]) -> tuple[Node, ...]:
    """Return what a solution says, else the constraint, else the shape; `{?name}` stands for what is bound to it."""
    own = solution.get("message")
    if own:
        return (own,)
    texts = select.messages or shape.messages or (_UNSAID,)
    return tuple(replace(text, value=_filled(text.value, solution)) for text in texts)


_UNSAID = Node("The query of the shape finds this.", Kind.LITERAL, None, "en")


def _filled(text: str, solution: dict[str, Node]) -> str:
    return re.sub(r"\{[$?](\w+)\}", lambda match: solution[match[1]].value if match[1] in solution else match[0], text)


def _quad(quad: Quad) -> ox.Quad:
    value = _term(Node(quad.object, Kind(quad.kind), quad.datatype, quad.language))
    return ox.Quad(_resource(quad.subject), ox.NamedNode(quad.predicate), value)


def _resource(text: str) -> ox.NamedNode | ox.BlankNode:
    return ox.BlankNode(text[2:]) if text.startswith("_:") else ox.NamedNode(text)


def _term(node: Node) -> Term:
    if node.kind is not Kind.LITERAL:
        return _resource(node.value)
    if node.language:
        return ox.Literal(node.value, language=node.language)
    return ox.Literal(node.value, datatype=ox.NamedNode(node.datatype or XSD + "string"))


def _node(term: Term) -> Node:
    match term:
        case ox.NamedNode():
            return Node(term.value)
        case ox.BlankNode():
            return Node(f"_:{term.value}", Kind.BLANK)
        case ox.Literal():
            plain = term.language or term.datatype.value == XSD + "string"
            return Node(term.value, Kind.LITERAL, None if plain else term.datatype.value, term.language)
        case ox.Triple():
            raise ShapeError("a query gives a triple term, which a result cannot hold")

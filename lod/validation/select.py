"""SPARQL-based constraints, read from a shapes graph: queries that find what is wrong with a focus node.

https://www.w3.org/TR/shacl/#sparql-constraints
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise, takewhile

import pyoxigraph as ox

from lod.errors import Position
from lod.outcome import shorten
from lod.terms import XSD, Kind
from lod.validation.graph import ShapesGraph, Subject
from lod.validation.path import Path
from lod.validation.report import Node

COMPONENT = "http://www.w3.org/ns/shacl#SPARQLConstraintComponent"
THIS, FOCUS = "this", "urn:lod:focus"

# The tokens that matter here; whatever could hold a brace or a word is one. https://www.w3.org/TR/sparql11-query/#sparqlGrammar
_TOKEN = re.compile(
    r'"""(?:[^"\\]|\\.|"(?!""))*"""'
    r"|'''(?:[^'\\]|\\.|'(?!''))*'''"
    r'|"(?:[^"\\\n\r]|\\.)*"'
    r"|'(?:[^'\\\n\r]|\\.)*'"
    r'|<[^<>"{}|^`\\\x00-\x20]*>|#[^\n\r]*|[?$]\w+|[\w.-]*:[\w.:%-]*|\w+|\s+|.',
    re.DOTALL,
)
# https://www.w3.org/TR/shacl/#pre-binding
_FORBIDDEN = ("MINUS", "VALUES", "SERVICE")
_OF_GROUPS = {"COUNT", "SUM", "MIN", "MAX", "AVG", "SAMPLE", "GROUP_CONCAT", "GROUP", "HAVING", "LIMIT", "OFFSET"}
_ELSEWHERE = {"GRAPH", "FROM", "?failure", "?shapesGraph", "?currentShape"}
_IMPORTS = "http://www.w3.org/2002/07/owl#imports"


@dataclass(frozen=True)
class Select:
    """A query with its prefixes, each a name and a namespace.

    singly: whether it must be asked of one focus node at a time, since it counts or cuts off solutions.
    """

    node: Node
    query: str
    prefixes: tuple[tuple[str, str], ...]
    messages: tuple[Node, ...]
    singly: bool
    position: Position = field(compare=False)

    def for_all(self, graph: str) -> str:
        """Return the query for all focus nodes at once, which a graph holds as the values of `FOCUS`.

        Each group begins by binding $this, which is what pre-binding defines: each pattern is joined with the values
        of $this. https://www.w3.org/TR/shacl/#pre-binding
        """
        bound = f" GRAPH <{graph}> {{ <{FOCUS}> <{FOCUS}> ?{THIS} }} "
        tokens = _TOKEN.findall(self.query)
        groups = (each == "{" and _next_word(tokens, place) != "SELECT" for place, each in enumerate(tokens))
        return "".join(each + bound if begins else each for each, begins in zip(tokens, groups, strict=True))


def selects(shape: Subject, path: Path | None) -> Iterator[Select]:
    """Yield the active SPARQL-based constraints of a shape that can be asked here; the others are pySHACL's.

    Raises ShapeError where one is no query, or holds what pre-binding forbids.
    """
    for node in shape.all("sparql"):
        constraint = shape.graph.subject(node.value)
        if not constraint.flag("deactivated") and is_ours(shape.graph, node):
            yield _select(constraint, path)


def is_ours(graph: ShapesGraph, node: Node) -> bool:
    """Whether a SPARQL-based constraint asks for nothing but the data: no shapes graph, no functions of its own."""
    if node.kind is Kind.LITERAL:
        return False
    words = [_word(token) for each in graph.subject(node.value).all("select") for token in _TOKEN.findall(each.value)]
    calls = (name for name, after in pairwise(words) if after == "(" and ":" in name)
    return bool(words) and not _ELSEWHERE & set(words) and all(name.startswith(("xsd:", f"<{XSD}")) for name in calls)


def _select(constraint: Subject, path: Path | None) -> Select:
    [*texts] = constraint.all("select")
    if len(texts) != 1:
        raise constraint.error("select", f"a SPARQL constraint has one sh:select, not {len(texts)}")
    text = constraint.text("select", texts[0])
    if path is not None:
        text = re.sub(r"[$?]PATH\b", lambda _: str(path), text)
    prefixes = tuple(sorted(_prefixes(constraint)))
    _check(constraint, text, dict(prefixes))
    words = {_word(token) for token in _TOKEN.findall(text)}
    messages = tuple(constraint.all("message"))
    return Select(constraint.node, text, prefixes, messages, bool(words & _OF_GROUPS), constraint.position)


def _check(constraint: Subject, text: str, prefixes: dict[str, str]) -> None:
    words = [each for each in map(_word, _TOKEN.findall(text)) if each.strip() and not each.startswith("#")]
    for place, word in enumerate(words):
        if word in _FORBIDDEN:
            raise constraint.error("select", f"{word} cannot stand in a constraint's query", _PRE_BINDING)
        if words[max(place - 1, 0) : place + 1] == ["AS", f"?{THIS}"]:
            raise constraint.error("select", "the query binds $this, which is bound to the focus node", _PRE_BINDING)
        if word == "SELECT" and not {f"?{THIS}", "*"} & set(_projected(words[place + 1 :])):
            raise constraint.error("select", "a SELECT of the query does not select $this", _PRE_BINDING)
    try:
        ox.Store().query(text, prefixes=prefixes)
    except SyntaxError as error:
        where, _, why = str(error).partition(": ")
        hint = None
        if "Prefix not found" in why:
            why, hint = "a prefix is not declared", "Prefixes are declared by sh:declare of what sh:prefixes names."
        raise constraint.error("select", f"the query is no SPARQL, {where}: {shorten(why)}", hint) from error


_PRE_BINDING = "What may not is told in https://www.w3.org/TR/shacl/#pre-binding."


def _projected(words: list[str]) -> Iterator[str]:
    yield from takewhile(lambda word: word not in ("WHERE", "{"), words)


def _word(token: str) -> str:
    """Return a token in one spelling: keywords in capitals, variables with a question mark."""
    if token.startswith("$") and len(token) > 1:
        return f"?{token[1:]}"
    return token.upper() if token.isalpha() or token.upper() == "GROUP_CONCAT" else token


def _next_word(tokens: list[str], place: int) -> str:
    after = (token for token in tokens[place + 1 :] if token.strip() and not token.startswith("#"))
    return _word(next(after, ""))


def _prefixes(constraint: Subject) -> set[tuple[str, str]]:
    """Return the prefixes that a constraint uses, with their namespaces; sh:prefixes/owl:imports*/sh:declare."""
    waiting, known = list(constraint.all("prefixes")), set[Node]()
    found: set[tuple[str, str]] = set()
    while waiting:
        node = waiting.pop()
        if node not in known and node.kind is not Kind.LITERAL:
            known.add(node)
            subject = constraint.graph.subject(node.value)
            waiting += subject.all(_IMPORTS)
            for declared in (constraint.graph.subject(each.value) for each in subject.all("declare")):
                names, spaces = declared.all("prefix"), declared.all("namespace")
                found |= {(name.value, space.value) for name in names for space in spaces}
    return found

"""JSON-LD framed: a document as one tree, which begins with the entity that it is about.

Each node is embedded where it is first met on the way from the root, and named by its IRI elsewhere; what only points
at a node stands in its `@reverse`.
https://www.w3.org/TR/json-ld11/#embedding, https://www.w3.org/TR/json-ld11/#reverse-properties
"""

from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from lod.formats.compact import Compactor, dumps, one_or_many
from lod.formats.subjects import Node
from lod.terms import RDF_TYPE, Kind


def framed(root: str, nodes: Iterable[Node], compactor: Compactor) -> str:
    """Return the node object of `root`, in which all nodes are embedded that a path leads to.

    The nodes are of one graph, and none holds an IRI that the context would make another one of
    (`Compactor.is_confused_by`).
    """
    by_subject = {node.subject: node for node in nodes}
    return _Tree(by_subject, _branches(root, by_subject), compactor).node_object(root, None, 1)


class _Branch(NamedTuple):
    """What a node hangs on: a statement between it and its parent, and whether it is the node that points."""

    predicate: str
    node: str
    backward: bool = False


def _branches(root: str, nodes: Mapping[str, Node]) -> dict[str, list[_Branch]]:
    """Return the children of each node: what it points at where that is first met, then what points at it."""
    ahead: dict[str, list[_Branch]] = {subject: list(_links(node)) for subject, node in nodes.items()}
    back = defaultdict[str, list[_Branch]](list)
    for subject, links in ahead.items():
        for link in links:
            back[link.node].append(_Branch(link.predicate, subject, backward=True))
    children = defaultdict[str, list[_Branch]](list)
    seen, forward, backward = {root}, deque([root]), deque([root])
    while forward or backward:
        branches, parents = (ahead, forward) if forward else (back, backward)
        parent = parents.popleft()
        for branch in branches.get(parent, ()):
            if branch.node in nodes and branch.node not in seen:
                seen.add(branch.node)
                children[parent].append(branch)
                forward.append(branch.node)
                backward.append(branch.node)
    return children


def _links(node: Node) -> Iterator[_Branch]:
    for predicate, objects in node.pairs:
        if predicate != RDF_TYPE:
            yield from (_Branch(predicate, item.value) for item in objects if item.kind != Kind.LITERAL)


class _Tree:
    def __init__(self, nodes: Mapping[str, Node], children: Mapping[str, list[_Branch]], compactor: Compactor) -> None:
        self._nodes, self._children, self._compactor = nodes, children, compactor

    def node_object(self, iri: str, above: _Branch | None, depth: int) -> str:
        """Write a node object; `above` is the statement about its parent, which stands outside of it."""
        members = {self._compactor.id: f'"{self._compactor.reference(iri)}"'}
        children = self._children.get(iri, ())
        for key, values in self._forward(iri, above, depth).items():
            members[key] = one_or_many(values)
        pointing = [child for child in children if child.backward]
        if pointing:
            members["@reverse"] = self._reverse(iri, pointing, depth + 1)
        return _braced(members, depth)

    def _forward(self, iri: str, above: _Branch | None, depth: int) -> dict[str, list[str]]:
        embedded = {child for child in self._children.get(iri, ()) if not child.backward}
        values = defaultdict[str, list[str]](list)
        for predicate, objects in self._nodes[iri].pairs:
            if predicate == RDF_TYPE:
                values[self._compactor.type] += [f'"{self._compactor.classes(item.value)}"' for item in objects]
                continue
            for item in objects:
                branch = None if item.kind == Kind.LITERAL else _Branch(predicate, item.value)
                if branch is None or branch != above:
                    spelling = self._compactor.spelling(predicate, *item[1:])
                    values[spelling.key].append(
                        self.node_object(item.value, None, depth + 1)
                        if branch in embedded
                        else self._compactor.value(spelling, item.value)
                    )
        return values

    def _reverse(self, iri: str, pointing: Iterable[_Branch], depth: int) -> str:
        values: dict[str, list[str]] = defaultdict(list)
        for child in pointing:
            key = self._compactor.spelling(child.predicate, Kind.IRI, None, None).key
            above = _Branch(child.predicate, iri)
            values[key].append(self.node_object(child.node, above, depth + 1))
        return _braced({key: one_or_many(found) for key, found in values.items()}, depth)


def _braced(members: Mapping[str, str], depth: int) -> str:
    inside = f",\n{' ' * depth}".join(f"{dumps(key)}: {value}" for key, value in members.items())
    return f"{{\n{' ' * depth}{inside}\n{' ' * (depth - 1)}}}"

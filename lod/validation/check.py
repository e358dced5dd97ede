"""What is wrong with a shapes graph as such, before any shape is read: terms that SHACL does not have.

https://www.w3.org/TR/shacl/#shapes
"""

from lod.errors import did_you_mean
from lod.terms import Kind
from lod.validation.graph import ShapesGraph, resources
from lod.validation.shacl_terms import DRAFTS, PROPERTIES, TERMS
from lod.vocab import SHACL


def check_terms(graph: ShapesGraph) -> tuple[str, ...]:
    """Raise ShapeError at the first term of SHACL's namespace that is none; return notes of what a draft alone has."""
    drafts: dict[str, str] = {}
    for subject, predicate, node in resources(graph):
        name = predicate.removeprefix(SHACL)
        if predicate.startswith(SHACL) and name in DRAFTS:
            place = graph.place(subject.node, predicate)
            drafts.setdefault(
                name, f"{place}: sh:{name}, of a draft of SHACL, asks for nothing: sh:{DRAFTS[name]} does"
            )
        elif predicate.startswith(SHACL) and name not in PROPERTIES:
            hint = _meant(name, PROPERTIES) or "SHACL's properties stand in https://www.w3.org/TR/shacl/."
            raise subject.error(predicate, f"sh:{name} is no property of SHACL", hint)
        name = node.value.removeprefix(SHACL)
        if node.kind is Kind.IRI and node.value.startswith(SHACL) and name and name not in TERMS:
            raise subject.error(predicate, f"sh:{name} is no term of SHACL", _meant(name, TERMS))
    return tuple(drafts.values())


def _meant(name: str, known: frozenset[str]) -> str | None:
    otherwise = [each for each in sorted(known) if each.lower() == name.lower()]
    hint = did_you_mean(otherwise[0] if otherwise else name, sorted(known))
    return hint.replace("'", "sh:", 1).replace("'", "") if hint else None

"""The vocabulary of a project as a page shows it: each term with its label, its comment and what is said of its use.

https://www.w3.org/TR/rdf-schema/
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from lod.errors import Position, ProjectError
from lod.release.pages.view import Link
from lod.terms import RDF_TYPE, name_of
from lod.vocab import RDF, RDFS

_ONTOLOGY = "http://www.w3.org/2002/07/owl#Ontology"
_KINDS = {RDFS + "Class": "Classes", RDF + "Property": "Properties"}
_OTHER = "Individuals"
_APART = (RDF_TYPE, RDFS + "label", RDFS + "comment", RDFS + "isDefinedBy")


@dataclass(frozen=True)
class Term:
    """A term: its IRI, the anchor that it has on the page, its label and comment, and its other properties by name."""

    iri: str
    anchor: str
    label: Link
    comment: Link
    properties: tuple[tuple[str, tuple[Link, ...]], ...]


def terms(file: Path, name: str) -> dict[str, list[Term]]:
    """Return the terms that a Turtle file declares, in its order: classes, properties, individuals.

    Raises ProjectError, at the file's name in the project, where it cannot be read as Turtle.
    """
    try:
        said = _said(file)
    except (OSError, SyntaxError, ValueError) as error:
        raise ProjectError(f"the vocabulary cannot be read: {error}", at=Position(name)) from error
    found: dict[str, list[Term]] = {kind: [] for kind in (*_KINDS.values(), _OTHER)}
    for iri, values in said.items():
        classes = [each.value for each in values.get(RDF_TYPE, ())]
        if _ONTOLOGY not in classes:
            kind = next((name for class_, name in _KINDS.items() if class_ in classes), _OTHER)
            found[kind].append(_term(iri, values, said))
    return {kind: own for kind, own in found.items() if own}


_Said = dict[str, dict[str, list[ox.NamedNode | ox.Literal]]]


def _said(file: Path) -> _Said:
    found: _Said = {}
    for quad in ox.parse(path=file, format=ox.RdfFormat.TURTLE):
        if isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, ox.NamedNode | ox.Literal):
            found.setdefault(quad.subject.value, {}).setdefault(quad.predicate.value, []).append(quad.object)
    return found


def _term(iri: str, values: dict[str, list[ox.NamedNode | ox.Literal]], said: _Said) -> Term:
    label, comment = (_text(values, name) for name in ("label", "comment"))
    return Term(iri, anchor(iri), label or Link(anchor(iri)), comment or Link(""), tuple(_properties(values, said)))


def _text(values: dict[str, list[ox.NamedNode | ox.Literal]], name: str) -> Link | None:
    found = (each for each in values.get(RDFS + name, ()) if isinstance(each, ox.Literal))
    return next((Link(each.value, each.language) for each in found), None)


def _properties(
    values: dict[str, list[ox.NamedNode | ox.Literal]], said: _Said
) -> Iterator[tuple[str, tuple[Link, ...]]]:
    for predicate, objects in values.items():
        if predicate not in _APART:
            yield name_of(predicate), tuple(_shown(each, said) for each in objects)


def _shown(item: ox.NamedNode | ox.Literal, said: _Said) -> Link:
    if isinstance(item, ox.Literal):
        return Link(item.value, item.language)
    return Link(anchor(item.value), None, f"#{anchor(item.value)}" if item.value in said else item.value)


def anchor(iri: str) -> str:
    """Return the last part of an IRI, by which its term is found on the page: `states` for ...ns#states."""
    return iri.rstrip("/#").replace("#", "/").rpartition("/")[2]

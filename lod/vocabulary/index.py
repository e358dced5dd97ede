"""The index of the vocabularies that are checked: each term's kind, superclasses, domain, range and successor.

`index.json` holds it; `python -m lod.vocabulary.build` makes it of the vocabularies' own files.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from importlib.resources import files
from typing import Final

from lod.vocab import DCAT, NS, PROV, SCHEMA


def _misspelled(namespace: str) -> str:
    """Return the address of a vocabulary with https for http, or the other way round."""
    scheme, _, rest = namespace.partition(":")
    return f"{'http' if scheme == 'https' else 'https'}:{rest}"


NAMESPACES: Final = {"schema": SCHEMA, "prov": PROV, "dcat": DCAT, "ns": NS}
# The same vocabularies under addresses that are not the ones used here.
MISSPELLED: Final = {_misspelled(each): each for each in NAMESPACES.values()}


@dataclass(frozen=True)
class Term:
    """A term: `kind` is "class", "property" or "other" (such as a member of an enumeration).

    parents: of a class its superclasses; domain and range: of a property the classes of which a subject or value is of
    one at least, none where any will do; successor: the term that supersedes it. All are IRIs.
    """

    kind: str
    parents: tuple[str, ...] = ()
    domain: tuple[str, ...] = ()
    range: tuple[str, ...] = ()
    successor: str | None = None


@dataclass(frozen=True)
class Index:
    """Terms by IRI."""

    terms: Mapping[str, Term]

    @cached_property
    def _narrower(self) -> dict[str, set[str]]:
        narrower: dict[str, set[str]] = {}
        for iri, term in self.terms.items():
            for parent in term.parents:
                narrower.setdefault(parent, set()).add(iri)
        return narrower

    def with_subclasses(self, classes: Iterable[str]) -> set[str]:
        """Return classes with all their subclasses."""
        found, waiting = set(classes), list(classes)
        while waiting:
            new = self._narrower.get(waiting.pop(), set()) - found
            found |= new
            waiting += new
        return found


def read_index() -> Index:
    """Return the bundled index."""
    text = files("lod.vocabulary").joinpath("index.json").read_text(encoding="utf-8")
    return Index({_iri(name): _term(found) for name, found in json.loads(text).items()})


def compact(iri: str) -> str:
    """Return a term with its prefix, as the index writes it; other IRIs stay."""
    for prefix, namespace in NAMESPACES.items():
        if iri.startswith(namespace):
            return f"{prefix}:{iri.removeprefix(namespace)}"
    return iri


def _iri(name: str) -> str:
    prefix, _, local = name.partition(":")
    return NAMESPACES[prefix] + local if prefix in NAMESPACES else name


def _term(found: Mapping[str, object]) -> Term:
    def all_of(name: str) -> tuple[str, ...]:
        names = found.get(name, ())
        return tuple(_iri(str(each)) for each in names) if isinstance(names, list) else ()

    successor = found.get("successor")
    return Term(
        kind=str(found["kind"]),
        parents=all_of("parents"),
        domain=all_of("domain"),
        range=all_of("range"),
        successor=_iri(str(successor)) if successor else None,
    )

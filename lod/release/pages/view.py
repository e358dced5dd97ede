"""What templates ask of an entity: labels, texts and links."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from lod.formats.subjects import Object
from lod.release.documents import Entity, path_of
from lod.terms import RDF_TYPE, Kind, name_of
from lod.vocab import CSVW, NS, RDFS, SCHEMA

_LABELS = (RDFS + "label", SCHEMA + "name", SCHEMA + "headline", SCHEMA + "text", NS + "asWorded")


@dataclass(frozen=True)
class Link:
    """What is shown for a node or a literal: its text and language, and where it leads, if it leads anywhere."""

    text: str
    language: str | None = None
    href: str | None = None


class View:
    """An entity, as pages see it. Paths lead from the folder that the entity's page is in."""

    def __init__(self, entity: Entity, base: str, kinds: Collection[str]) -> None:
        self.iri, self.path = entity.iri, entity.path
        self._nodes, self._base, self._kinds = entity.by_subject, base, kinds

    @property
    def kind(self) -> str:
        """The word that the entity's IRI goes on with behind the base."""
        return self.path.partition("/")[0]

    @property
    def label(self) -> Link:
        """The entity's label."""
        return self.link(self.iri)

    def items(self, subject: str, predicate: str) -> list[Object]:
        """Return the objects of a subject's predicate."""
        pairs = self._nodes[subject].pairs if subject in self._nodes else ()
        return [item for name, found in pairs if name == predicate for item in found]

    def objects(self, subject: str, predicate: str) -> list[str]:
        """Return the lexical forms of the objects of a subject's predicate."""
        return [item.value for item in self.items(subject, predicate)]

    def object(self, subject: str, predicate: str) -> str | None:
        """Return the first of these, or None."""
        return next(iter(self.objects(subject, predicate)), None)

    def rows(self, node: str) -> list[str]:
        """Return the rows that describe a node."""
        return self.subjects(CSVW + "describes", node)

    def subjects(self, predicate: str, target: str) -> list[str]:
        """Return the nodes that point at one."""
        return [iri for iri in self._nodes if target in self.objects(iri, predicate)]

    def is_a(self, node: str, class_: str) -> bool:
        """Return whether a node is an instance of a class."""
        return class_ in self.objects(node, RDF_TYPE)

    def instances(self, class_: str) -> list[str]:
        """Return the instances of a class."""
        return self._instances.get(class_, [])

    @cached_property
    def _instances(self) -> dict[str, list[str]]:
        found = defaultdict[str, list[str]](list)
        for iri in self._nodes:
            for class_ in self.objects(iri, RDF_TYPE):
                found[class_].append(iri)
        return found

    def classes(self, iri: str) -> list[str]:
        """Return the names of a node's classes."""
        return [name_of(each) for each in self.objects(iri, RDF_TYPE)]

    def link(self, iri: str) -> Link:
        """Return what is shown for a node."""
        found = self.named(iri)
        text = found.value if found else name_of(iri) if iri.startswith(NS) else iri.removeprefix(self._base)
        return Link(text, found.language if found else None, self._href(iri))

    def named(self, iri: str) -> Object | None:
        """Return the literal that a node is called by; None where it has none."""
        return next((item for each in _LABELS for item in self.items(iri, each)), None)

    def document(self, iri: str) -> str | None:
        """Return where the documents of a node lie, without suffix; None where it has none."""
        path = path_of(iri, self._base)
        return f"../{path}" if iri in self._nodes and path.partition("/")[0] in self._kinds else None

    def links(self, subject: str, predicate: str) -> list[Link]:
        """Return what is shown for the objects of a subject's predicate."""
        return [self.shown(item) for item in self.items(subject, predicate)]

    def shown(self, item: Object) -> Link:
        """Return what is shown for an object."""
        return self.link(item.value) if item.kind != Kind.LITERAL else Link(item.value, item.language)

    def properties(self, subject: str, passed: Sequence[str] = ()) -> Iterator[tuple[str, list[Link]]]:
        """Yield the name and values of each property, but for the labels and those whose names are passed over."""
        for predicate, items in self._nodes[subject].pairs if subject in self._nodes else ():
            if predicate not in (RDF_TYPE, *_LABELS[:3]) and name_of(predicate) not in passed:
                yield name_of(predicate), [self.shown(item) for item in items]

    def alike(self, class_: str) -> list[Link]:
        """Return what else is among the groups of a class of ours (agreements, candidates) that the entity is in."""
        groups = [node for node in self.instances(NS + class_) if self.iri in self.objects(node, NS + "among")]
        return [self.link(iri) for node in groups for iri in self.objects(node, NS + "among") if iri != self.iri]

    def pointing(self) -> Iterator[tuple[str, list[Link]]]:
        """Yield the names of properties by which other nodes point at the entity, and these nodes, each list once."""
        found: dict[str, list[Link]] = {}
        for node in self._nodes.values():
            for predicate, items in node.pairs:
                if predicate != NS + "among" and self.iri in (
                    item.value for item in items if item.kind != Kind.LITERAL
                ):
                    found.setdefault(name_of(predicate), []).append(self.link(node.subject))
        names: dict[tuple[Link, ...], list[str]] = {}
        for name, links in sorted(found.items()):
            names.setdefault(tuple(links), []).append(name)
        yield from ((", ".join(own), list(links)) for links, own in names.items())

    def _href(self, iri: str) -> str | None:
        if path := self.document(iri):
            return f"{path}.html"
        outside = iri.startswith(("http://", "https://")) and not iri.startswith(self._base)
        return iri if outside else None

"""YARRRML `authors`: who wrote the rules. They are held to their form; no statement is made of them.

https://rml.io/yarrrml/spec/#authors
"""

import re

from lod.errors import MappingError
from lod.mapping.yarrrml.tree import Map, Node, Scalar, many, scalar
from lod.terms import IRI_PATTERN

_KEYS = (("name",), ("email",), ("website",), ("webid",))
# name <email> (website)
_AUTHOR = re.compile(r"[^<>()]*[^<>()\s]\s*(?:<[^<>\s]+@[^<>\s]+>)?\s*(?:\([^()\s]+\))?\s*")


def check_authors(node: Node | None) -> None:
    """Hold the document's authors to their form: one or a list of maps, WebIDs, or texts `name <email> (website)`.

    Raises MappingError.
    """
    for item in many(node) if node else ():
        if isinstance(item, Map):
            item.allow("an author", *_KEYS)
            for key, value in item.entries:
                scalar(value, f"an author's {key.text}")
        else:
            _check_text(scalar(item, "an author"))


def _check_text(author: Scalar) -> None:
    if not re.fullmatch(_AUTHOR, author.text) and not re.fullmatch(IRI_PATTERN, author.text):
        hint = "An author is 'name <email> (website)', a WebID, or a map with the keys name, email and website."
        raise MappingError(f"{author.text!r} is no author", at=author.position, hint=hint)

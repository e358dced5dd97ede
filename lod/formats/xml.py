"""What XML can hold, and how elements are named after predicates.

https://www.w3.org/TR/xml/#charsets, https://www.w3.org/TR/xml-names/
"""

import re
from collections.abc import Iterator, Mapping
from typing import Final

import pyarrow.compute as pc

from lod.errors import ReleaseError
from lod.formats.escape import Escaping
from lod.formats.rowwise import Part
from lod.vocab import RDF

# A carriage return is read as a line's end, unless it is written by its number.
XML_ESCAPING: Final = Escaping({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\r": "&#13;"})

_NO_CHAR = "[\\x{0}-\\x{8}\\x{B}\\x{C}\\x{E}-\\x{1F}\\x{FFFE}\\x{FFFF}]"
_NO_CHAR_HERE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_START = (
    "A-Z_a-z\xc0-\xd6\xd8-\xf6\xf8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c\u200d"
    "\u2070-\u218f\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd"
)
_LOCAL = re.compile(f"[{_START}][{_START}\\-.0-9\xb7\u0300-\u036f\u203f\u2040]*")
_PREFIX = re.compile(r"(?![Xx][Mm][Ll])[A-Za-z_][A-Za-z0-9_.-]*")
_XML_SPACES = ("http://www.w3.org/XML/1998/namespace", "http://www.w3.org/2000/xmlns/")
# https://www.w3.org/TR/rdf-syntax-grammar/#propertyElementURIs
_NO_PROPERTY = ("Description", "RDF", "ID", "about", "parseType", "resource", "nodeID", "datatype", "li")
_NO_PROPERTY_NOW = ("bagID", "aboutEach", "aboutEachPrefix")
_RESERVED = {RDF + name for name in (*_NO_PROPERTY, *_NO_PROPERTY_NOW)}
_HINT = "Choose another form: Turtle, JSON-LD and N-Quads hold everything."


class ElementNames:
    """Names property elements, by prefixes that the root element declares, or by one of their own."""

    def __init__(self, prefixes: Mapping[str, str]) -> None:
        fit = {name: iri for name, iri in prefixes.items() if iri and iri not in _XML_SPACES}
        self._prefixes = {name: iri for name, iri in fit.items() if _PREFIX.fullmatch(name)} | {"rdf": RDF}
        self._known: dict[str, tuple[str, str]] = {}

    def declarations(self) -> Iterator[str]:
        """Yield the attributes that declare the prefixes."""
        for name, iri in sorted(self._prefixes.items()):
            yield f'xmlns:{name}="{XML_ESCAPING.text(iri)}"'

    def of(self, predicate: str) -> tuple[str, str]:
        """Return an element's name and, with a space before it, the declaration that it needs, or nothing.

        Raises ReleaseError where no element can be named so.
        """
        if predicate not in self._known:
            self._known[predicate] = self._named(predicate)
        return self._known[predicate]

    def _named(self, predicate: str) -> tuple[str, str]:
        for name, iri in sorted(self._prefixes.items(), key=lambda each: (-len(each[1]), each[0])):
            local = predicate[len(iri) :]
            if predicate.startswith(iri) and _LOCAL.fullmatch(local) and predicate not in _RESERVED:
                return f"{name}:{local}", ""
        ends = (place for place in range(1, len(predicate)) if _LOCAL.fullmatch(predicate, place))
        place = next(ends, None)
        space = predicate[:place]
        if place is None or predicate in _RESERVED or space in _XML_SPACES:
            raise ReleaseError(f"RDF/XML has no name for the predicate <{predicate}>", hint=_HINT)
        return f"p:{predicate[place:]}", f' xmlns:p="{XML_ESCAPING.text(space)}"'


def fitting(texts: Part, predicate: str) -> Part:
    """Return texts as they are; raise ReleaseError where one has a character that XML has not."""
    found = [texts] if isinstance(texts, str) else texts.filter(pc.match_substring_regex(texts, _NO_CHAR)).to_pylist()
    for text in found:
        odd = _NO_CHAR_HERE.search(text)
        if odd:
            what = f"RDF/XML cannot hold the character U+{ord(odd[0]):04X}, which a value of <{predicate}> has"
            raise ReleaseError(f"{what}: {text[:60]!r}", hint=_HINT)
    return texts

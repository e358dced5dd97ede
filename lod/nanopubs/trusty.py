"""Trusty URIs: addresses that hold a hash of what they lead to. https://trustyuri.net/spec/v1.1.html (module RA)."""

from base64 import urlsafe_b64encode
from collections.abc import Iterable
from hashlib import sha256
from typing import Final

from lod.quad import Quad
from lod.terms import XSD, Kind

# Where the hash will stand: the specification hashes IRIs with a space in its place, and no IRI has one otherwise.
HOLE: Final = " "
_MODULE = "RA"


def artifact_code(quads: Iterable[Quad]) -> str:
    """Return the 45 characters that take the place of each HOLE in statements without blank nodes."""
    spelled = "".join(dict.fromkeys(map(_spelled, sorted(quads, key=_place))))
    return _MODULE + urlsafe_b64encode(sha256(spelled.encode()).digest()).decode().rstrip("=")


def _place(quad: Quad) -> tuple[str | bool, ...]:
    is_literal = quad.kind == Kind.LITERAL
    datatype = "" if quad.language else _datatype(quad) if is_literal else ""
    return (quad.graph, quad.subject, quad.predicate, is_literal, quad.object, datatype, (quad.language or "").lower())


def _datatype(quad: Quad) -> str:
    return quad.datatype or f"{XSD}string"


def _spelled(quad: Quad) -> str:
    return "".join(f"{each}\n" for each in (quad.graph, quad.subject, quad.predicate, _object(quad)))


def _object(quad: Quad) -> str:
    if quad.kind != Kind.LITERAL:
        return quad.object
    text = quad.object.replace("\\", "\\\\").replace("\n", "\\n")
    return f"@{quad.language.lower()} {text}" if quad.language else f"^{_datatype(quad)} {text}"

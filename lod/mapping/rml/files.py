"""Files that RML-IO's sources and targets name, and how they are encoded and compressed.

https://kg-construct.github.io/rml-io/spec/docs/
"""

import codecs
from pathlib import PurePosixPath
from typing import Final
from urllib.parse import unquote, urlsplit

from lod.mapping.rml.graph import Node
from lod.terms import Kind

_ARCHIVES = "Unpack the archive; read and written are single files."
COMPRESSIONS: Final = {"none": None, "gzip": "gzip", "gz": "gzip", "zip": "zip", "zstd": "zstd"}


def local_file(node: Node) -> str:
    """Return the file of a node with rml:path and rml:root (by default the current working directory)."""
    path, root = node.text("path") or "", node.one("root")
    if not path:
        raise node.error("the file has no rml:path")
    if root is None or root.name == "CurrentWorkingDirectory":
        return path
    if root.name == "MappingDirectory":
        return str(PurePosixPath(node.graph.name).parent / path)
    if root.kind is not Kind.LITERAL:
        hint = "There are rml:CurrentWorkingDirectory, rml:MappingDirectory, or a path as text."
        raise root.error(f"<{root.value}> is no root of a path", hint)
    return str(PurePosixPath(root.value) / path)


def address(node: Node) -> str:
    """Return the file or the http(s) URL that an IRI or a text says; MappingError for what is neither."""
    scheme = urlsplit(node.value).scheme if node.kind is Kind.IRI or "://" in node.value else ""
    if scheme in ("", "http", "https"):
        return node.value
    if scheme == "file":
        return unquote(node.value.removeprefix("file://").removeprefix("localhost"))
    raise node.error(f"<{node.value}> is not read", "Name a file, or an http or https URL.")


def encoding(node: Node | None) -> str | None:
    """Return Python's name of an encoding, said as rml:UTF-16 or as text."""
    if node is None:
        return None
    name = node.value if node.kind is Kind.LITERAL else node.name
    try:
        return codecs.lookup(name).name
    except (LookupError, ValueError):
        raise node.error(f"the encoding {name!r} is not known", "rml:UTF-8 and rml:UTF-16 are.") from None


def compression(node: Node | None) -> str | None:
    """Return the compression of a source: gzip, zip, zstd or None."""
    name = node.name.lower() if node else "none"
    if node and name not in COMPRESSIONS:
        hint = _ARCHIVES if name.startswith("tar") else "There are rml:none, rml:gzip, rml:zip and rml:zstd."
        raise node.error(f"the compression rml:{node.name} is not read", hint)
    return COMPRESSIONS[name]

"""RML-IO logical targets: where statements go besides the main output.

https://kg-construct.github.io/rml-io/spec/docs/#target-vocabulary
"""

from collections.abc import Iterator

from lod.formats.format import FORMATS, NQUADS
from lod.mapping.rml.files import address, compression, encoding, local_file
from lod.mapping.rml.graph import Node
from lod.term_table import Target

_FILES = ("void:dataDump", "dcat:downloadURL", "dcat:accessURL")


def targets(node: Node) -> Iterator[Target]:
    """Yield the logical targets of a term map."""
    for logical in node.all("logicalTarget"):
        target = logical.require("a logical target", "target")
        packed = _one(logical, target, "compression")
        if compression(packed) == "zip":
            raise logical.error("rml:zip is not written", "There are rml:gzip and rml:zstd.")
        coded = _one(logical, target, "encoding")
        if encoding(coded) not in (None, "utf-8"):
            raise logical.error("targets are written in rml:UTF-8 alone")
        yield Target(_access(target), _format(logical, target), logical.position, compression(packed))


def _one(logical: Node, target: Node, name: str) -> Node | None:
    return target.one(name) or logical.one(name)


def _access(target: Node) -> str:
    if target.has("path"):
        return local_file(target)
    dump = target.one(*_FILES)
    if dump is None:
        hint = "Name a file: rml:path, void:dataDump or dcat:downloadURL. Endpoints and streams are not written to."
        raise target.error("the target names no file", hint)
    access = address(dump)
    if access.startswith(("http:", "https:")):
        raise dump.error(f"<{access}> cannot be written to", "Name a file.")
    return access


def _format(logical: Node, target: Node) -> str:
    said = _one(logical, target, "serialization")
    found = {each.iri: each.name for each in FORMATS}.get(said.value) if said else NQUADS.name
    if said and found is None:
        hint = f"There are: {', '.join(each.title for each in FORMATS)}."
        raise said.error(f"<{said.value}> is no syntax that is written here", hint)
    return str(found)

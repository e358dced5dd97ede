"""YARRRML `targets`: the files that statements with a term go to, inline or by name.

https://rml.io/yarrrml/spec/#targets
"""

from collections.abc import Collection

from lod.errors import MappingError, did_you_mean
from lod.formats.format import FORMATS, NQUADS
from lod.mapping.yarrrml.keys import ACCESS, COMPRESSION, SERIALIZATION, TYPE
from lod.mapping.yarrrml.tree import Map, Node, Scalar, Sequence, entries, entry, is_shortcut, many, scalar
from lod.term_table import Target

_KEYS = (ACCESS, TYPE, SERIALIZATION, COMPRESSION)
# Their file is described as a dump of a VoID or of a DCAT dataset, or not at all.
_FILES = ("localfile", "void", "dcat")
_COMPRESSIONS = ("gzip", "zstd")
_DYNAMIC = ("source", "sources", "id")


def named_targets(node: Node | None) -> dict[str, Target]:
    """Parse the document's `targets`; raise MappingError."""
    return {key.text: _target(value) for key, value in entries(node, "'targets'", "names to targets")}


def term_targets(node: Node | None, named: dict[str, Target]) -> tuple[Target, ...]:
    """Parse a term's `targets`: a name, an inline target, or a list of either; raise MappingError."""
    if isinstance(node, Sequence) and is_shortcut(node, named):
        return (_target(node),)
    return tuple(_named_or_inline(item, named) for item in many(node)) if node else ()


def _named_or_inline(node: Node, named: dict[str, Target]) -> Target:
    if not isinstance(node, Scalar) or "~" in node.text:
        return _target(node)
    if node.text not in named:
        hint = did_you_mean(node.text, named) or "A target without a name is a list, [file~localfile], or a map."
        raise MappingError(f"there is no target {node.text!r}", at=node.position, hint=hint)
    return named[node.text]


def _target(node: Node) -> Target:
    match node:
        case Map():
            return _long(node)
        case Scalar():
            return _short(node)
        case Sequence(items=(Scalar() as first, *more)) if len(more) < 3:
            return _short(first, *more)
    raise MappingError("a target is [file~type, serialization, compression] or a map", at=node.position)


def _short(first: Scalar, *more: Node) -> Target:
    access, _, kind = first.text.partition("~")
    pairs = [entry(ACCESS, Scalar(access, first.position))]
    pairs += [entry(TYPE, Scalar(kind, first.position))] if kind else []
    pairs += [entry(key, value) for key, value in zip((SERIALIZATION, COMPRESSION), more, strict=False)]
    return _long(Map(tuple(pairs), first.position))


def _long(node: Map) -> Target:
    for key, _ in node.entries:
        if key.text in _DYNAMIC:
            raise MappingError(f"{key.text!r}: a target that depends on the record is not read here", at=key.position)
    node.allow("a target", *_KEYS)
    access = scalar(node.require(ACCESS), "'access'")
    if "$(" in access.text:
        raise MappingError("a target that depends on the record is not read here", at=access.position)
    if not access.text:
        raise MappingError("a target names a file", at=access.position)
    _one_of(node.get(TYPE), "type", _FILES)
    serialization = _one_of(node.get(SERIALIZATION), "serialization", [each.name for each in FORMATS])
    compression = _one_of(node.get(COMPRESSION), "compression", _COMPRESSIONS)
    return Target(access.text, serialization or NQUADS.name, node.position, compression)


def _one_of(node: Node | None, what: str, known: Collection[str]) -> str | None:
    if node is None:
        return None
    word = scalar(node, f"{what!r}")
    if word.text not in known:
        hint = did_you_mean(word.text, known) or f"Written are: {', '.join(known)}."
        raise MappingError(f"the {what} {word.text!r} is not written here", at=word.position, hint=hint)
    return word.text

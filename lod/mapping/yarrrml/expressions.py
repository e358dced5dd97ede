"""YARRRML texts: constants, references and templates, with prefixes expanded and IRIs made absolute.

https://rml.io/yarrrml/spec/#template
"""

import re
from dataclasses import dataclass, replace

from lod.errors import MappingError, did_you_mean
from lod.mapping.model import Expression, Reference, Template
from lod.mapping.yarrrml.tree import Scalar
from lod.term_table import Constant, Target
from lod.terms import IRI_PATTERN

# A character that a backslash robs of its meaning, or a reference.
_TOKEN = re.compile(r"\\([()\\$~:])|\$\(((?:\\.|[^)\\])*)\)")
_ESCAPED_IN_REFERENCE = re.compile(r"\\([()\\$~_])")
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_PREFIXED = re.compile(r"((?:[A-Za-z][\w.-]*)?):(?!//)")
# IANA's schemes that carry no "//", so that a IRI of theirs is not taken for a prefixed name.
_OPAQUE_SCHEMES = frozenset({"urn", "mailto", "tel", "tag", "data", "info", "doi", "news", "geo", "bnode"})


@dataclass(frozen=True)
class Scope:
    """What names mean where a text stands.

    prefixes: of the document; base: the IRI that relative ones continue; targets: those with a name; owner: the triples
    map that is read, whose name tells its blank nodes from those of others.
    """

    prefixes: dict[str, str]
    base: str
    targets: dict[str, Target]
    owner: str = ""

    def expand(self, name: Scalar) -> str:
        """Return the IRI of a prefixed name; text without a prefix is returned as it is."""
        match = _PREFIXED.match(name.text)
        if not match or match[1] in _OPAQUE_SCHEMES:
            return name.text
        if match[1] in self.prefixes:
            return self.prefixes[match[1]] + name.text[match.end() :]
        hint = did_you_mean(match[1], self.prefixes) or "Declare it under 'prefixes'."
        raise MappingError(f"the prefix {match[1]!r} is not declared", at=name.position, hint=hint)

    def absolute(self, name: Scalar) -> str:
        """Return the absolute IRI (or the text of an IRI template) that a name stands for."""
        text = self.expand(name)
        if text.startswith("$(") or _SCHEME.match(text):
            return text
        if not self.base:
            hint = "Name a base: 'base:' in the mapping, or --base."
            raise MappingError(f"the IRI {text!r} is relative, and there is no base", at=name.position, hint=hint)
        return self.base + text


def text_expression(node: Scalar) -> Expression:
    """Parse a text with `$(references)` in it."""
    text = node.text
    parts: list[str | Reference] = []
    said, end = "", 0
    for match in _TOKEN.finditer(text):
        said += _plain(text[end : match.start()], node) + (match[1] or "")
        end = match.end()
        if match[2] == "":
            raise MappingError("$() names no column", at=node.position)
        if match[2]:
            parts += [said, Reference(_ESCAPED_IN_REFERENCE.sub(r"\1", match[2]))]
            said = ""
    parts = [part for part in [*parts, said + _plain(text[end:], node)] if part != ""]
    if not any(isinstance(part, Reference) for part in parts):
        return Constant("".join(str(part) for part in parts))
    if len(parts) == 1 and isinstance(parts[0], Reference):
        return parts[0]
    return Template(tuple(parts))


def _plain(text: str, node: Scalar) -> str:
    if "$(" in text:
        raise MappingError(f"a reference does not close: {node.text!r}", at=node.position)
    return text


def iri_expression(node: Scalar, scope: Scope) -> Expression:
    """Parse a text in a place where an IRI must stand."""
    if not node.text:
        raise MappingError("an IRI is missing here", at=node.position)
    expression = text_expression(replace(node, text=scope.absolute(node)))
    if not isinstance(expression, Reference):
        _check_iri(_sample(expression), node, scope)
    return expression


def _sample(expression: Expression) -> str:
    """Return what an expression could give: a digit may stand wherever an IRI has letters."""
    if isinstance(expression, Template):
        return "".join(part if isinstance(part, str) else "1" for part in expression.parts)
    return expression.value if isinstance(expression, Constant) else "1"


def _check_iri(sample: str, node: Scalar, scope: Scope) -> None:
    absolute = sample if re.match(_SCHEME, sample) else (scope.base or "x:") + sample
    if not re.fullmatch(IRI_PATTERN, absolute):
        hint = "What an IRI cannot hold is percent-encoded: a space is %20."
        if "{" in node.text:
            hint = "A reference is written $(name), not {name}."
        raise MappingError(f"{node.text!r} makes no IRI", at=node.position, hint=hint)


def suffix(node: Scalar, ending: str) -> tuple[Scalar, bool]:
    """Split a shortcut such as `~iri` or `~lang` off a text; tell whether it was there."""
    if node.text.endswith("~" + ending) and not node.text.endswith("\\~" + ending):
        return replace(node, text=node.text[: -len(ending) - 1]), True
    return node, False

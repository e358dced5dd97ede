"""YARRRML values: constants, references, templates and functions, with prefixes expanded and IRIs made absolute.

https://rml.io/yarrrml/spec/
"""

import re
from dataclasses import dataclass, replace

from lod.errors import MappingError, did_you_mean
from lod.mapping.model import Call, Expression, Reference, Template
from lod.mapping.yarrrml.tree import Map, Node, Scalar, Sequence, many, scalar
from lod.term_table import Constant
from lod.terms import IRI_PATTERN, LANGUAGE_PATTERN

# A character that a backslash robs of its meaning, or a reference.
_TOKEN = re.compile(r"\\([()\\$~])|\$\(((?:\\.|[^)\\])*)\)")
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_PREFIXED = re.compile(r"([A-Za-z][\w.-]*):(?!//)")
# IANA's schemes that carry no "//", so that a IRI of theirs is not taken for a prefixed name.
_OPAQUE_SCHEMES = frozenset({"urn", "mailto", "tel", "tag", "data", "info", "doi", "news", "geo", "bnode"})


@dataclass(frozen=True)
class Scope:
    """What a document's names mean: its prefixes, and the IRI that relative ones continue."""

    prefixes: dict[str, str]
    base: str

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
            parts += [said, Reference(_unescape(match[2]))]
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
        raise MappingError(f"{node.text!r} makes no IRI", at=node.position, hint=hint)


def language_expression(node: Node, scope: Scope) -> Expression:
    """Parse a text or a function in a place where a language tag must stand."""
    expression = value_expression(node, scope)
    if isinstance(expression, Constant) and not re.fullmatch(LANGUAGE_PATTERN, expression.value):
        raise MappingError(f"{expression.value!r} is not a language tag (BCP 47: en, az, hy-Latn)", at=node.position)
    return expression


def value_expression(node: Node, scope: Scope) -> Expression:
    """Parse a text or a function that gives a literal's text, or an argument."""
    return call(node, scope) if isinstance(node, Map) else text_expression(scalar(node, "a value"))


def call(node: Node, scope: Scope) -> Call:
    """Parse `{function: NAME, parameters: [[NAME, VALUE], ...]}`."""
    if not isinstance(node, Map):
        raise MappingError("a function is a map with the keys 'function' and 'parameters'", at=node.position)
    function = scalar(node.require("function", "f", "fn"), "a function's name")
    parameters = node.get("parameters", "pms")
    arguments = tuple(_argument(item, scope) for item in many(parameters)) if parameters else ()
    return Call(scope.expand(function), arguments, function.position)


def _argument(node: Node, scope: Scope) -> tuple[str, Expression]:
    match node:
        case Sequence(items) if len(items) in (2, 3):
            name, value = items[0], items[1]
        case Map():
            name, value = node.require("parameter", "pm"), node.require("value", "v")
        case _:
            raise MappingError("a parameter is a pair [name, value]", at=node.position)
    return scope.expand(scalar(name, "a parameter's name")), value_expression(value, scope)


def suffix(node: Scalar, *endings: str) -> tuple[Scalar, str | None]:
    """Split a shortcut such as `~iri` or `~lang` off a text."""
    for ending in endings:
        if node.text.endswith("~" + ending) and not node.text.endswith("\\~" + ending):
            return replace(node, text=node.text[: -len(ending) - 1]), ending
    return node, None


def _unescape(text: str) -> str:
    return re.sub(r"\\([()\\$~])", r"\1", text)

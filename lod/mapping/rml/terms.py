"""RML term maps and expressions. https://kg-construct.github.io/rml-core/spec/docs/#termmaps."""

import re
from dataclasses import dataclass

from lod.mapping.model import Encoding, Expression, Reference, Template, TermMap
from lod.mapping.rml.graph import RML, RmlGraph
from lod.quad import Quad
from lod.term_table import Constant
from lod.terms import IRI_PATTERN, LANGUAGE_PATTERN, XSD, Kind

_TERM_TYPES = {
    RML + "IRI": (Kind.IRI, Encoding.IRI),
    RML + "URI": (Kind.IRI, Encoding.URI),
    RML + "UnsafeIRI": (Kind.IRI, Encoding.NONE),
    RML + "UnsafeURI": (Kind.IRI, Encoding.NONE),
    RML + "BlankNode": (Kind.BLANK, Encoding.NONE),
    RML + "Literal": (Kind.LITERAL, Encoding.NONE),
}


@dataclass(frozen=True)
class Role:
    """What a term map is for, and the kinds of term that may stand there."""

    name: str
    kinds: tuple[Kind, ...]


SUBJECT = Role("subject", (Kind.IRI, Kind.BLANK))
PREDICATE = Role("predicate", (Kind.IRI,))
OBJECT = Role("object", (Kind.LITERAL, Kind.IRI, Kind.BLANK))
GRAPH = Role("graph", (Kind.IRI, Kind.BLANK))


def term_maps(graph: RmlGraph, node: str, role: Role) -> tuple[TermMap, ...]:
    """Return the term maps that a node has for a role, by the shortcut property or the long one."""
    shortcuts = [constant_map(graph, node, quad, role) for quad in graph.all(node, role.name)]
    return (*shortcuts, *(term_map(graph, quad.object, role) for quad in graph.all(node, role.name + "Map")))


def constant_map(graph: RmlGraph, node: str, quad: Quad, role: Role) -> TermMap:
    """Return the term map that always gives this term."""
    kind = Kind(quad.kind)
    if kind not in role.kinds or kind is Kind.BLANK:
        raise graph.error(node, f"a constant {role.name} cannot be a {kind.name.lower()} node")
    datatype = Constant(quad.datatype) if quad.datatype else None
    language = Constant(quad.language) if quad.language else None
    return TermMap(Constant(quad.object), kind, graph.position(node), datatype, language)


def term_map(graph: RmlGraph, node: str, role: Role) -> TermMap:
    """Return the term map that a node describes."""
    constant, wanted = graph.one(node, "constant"), graph.text(node, "termType")
    if constant is not None:
        made = constant_map(graph, node, constant, role)
        if wanted is not None and _term_type(graph, node, wanted)[0] is not made.kind:
            raise graph.error(node, f"the constant is no {wanted.removeprefix(RML)}, which rml:termType says it is")
        return made
    expression = _expression_or_none(graph, node)
    datatype, language = _datatype(graph, node), _language(graph, node)
    kind, encoding = _kind(graph, node, role, expression, bool(datatype or language))
    if kind not in role.kinds:
        raise graph.error(node, f"a {role.name} cannot be a {kind.name.lower()}")
    if expression is None:
        if kind is not Kind.BLANK:
            raise graph.error(node, f"the {role.name} map has no constant, reference or template")
        expression = Template((f"{graph.name} {node} ", Reference("#row")))
    if kind is Kind.IRI:
        _check_template(graph, node, expression)
    return TermMap(expression, kind, graph.position(node), datatype, language, encoding)


def _kind(graph: RmlGraph, node: str, role: Role, expression: Expression | None, typed: bool) -> tuple[Kind, Encoding]:
    wanted = graph.text(node, "termType")
    if wanted is not None:
        return _term_type(graph, node, wanted)
    if role is OBJECT and (typed or isinstance(expression, Reference)):
        return Kind.LITERAL, Encoding.NONE
    return Kind.IRI, Encoding.IRI


def _term_type(graph: RmlGraph, node: str, wanted: str) -> tuple[Kind, Encoding]:
    if wanted not in _TERM_TYPES:
        names = ", ".join(iri.removeprefix(RML) for iri in _TERM_TYPES)
        raise graph.error(node, f"<{wanted}> is no term type", f"There are: {names}.")
    return _TERM_TYPES[wanted]


def expression(graph: RmlGraph, node: str, shortcut: str) -> Expression:
    """Return a child's or parent's value: a reference by the shortcut, or the expression of the map."""
    reference = graph.text(node, shortcut)
    if reference is not None:
        return Reference(reference)
    owner = graph.text(node, shortcut + "Map")
    found = _expression_or_none(graph, owner) if owner else None
    if found is None:
        raise graph.error(node, f"a join condition needs rml:{shortcut}")
    return found


def _expression_or_none(graph: RmlGraph, node: str) -> Expression | None:
    constant, reference = graph.text(node, "constant"), graph.text(node, "reference")
    template = graph.text(node, "template")
    given = [value for value in (constant, reference, template) if value is not None]
    if len(given) > 1:
        raise graph.error(node, "a term map has one of rml:constant, rml:reference and rml:template")
    if constant is not None:
        return Constant(constant)
    if reference is not None:
        return Reference(reference)
    return parse_template(graph, node, template) if template is not None else None


def _datatype(graph: RmlGraph, node: str) -> Expression | None:
    found = _companion(graph, node, "datatype")
    return None if found == Constant(XSD + "string") else found


def _language(graph: RmlGraph, node: str) -> Expression | None:
    found = _companion(graph, node, "language")
    if isinstance(found, Constant) and not re.fullmatch(LANGUAGE_PATTERN, found.value):
        raise graph.error(node, f"{found.value!r} is not a language tag", "BCP 47 has: en, az, hy-Latn.")
    return found


def _companion(graph: RmlGraph, node: str, name: str) -> Expression | None:
    value, owner = graph.text(node, name), graph.text(node, name + "Map")
    if value is not None:
        return Constant(value)
    return _expression_or_none(graph, owner) if owner else None


def parse_template(graph: RmlGraph, node: str, template: str) -> Expression:
    """Parse `text {reference} text`; a backslash takes its meaning from a brace or a backslash."""
    parts: list[str | Reference] = []
    for match in re.finditer(r"((?:\\.|[^{}\\])+)|\{((?:\\.|[^{}\\])+)\}|(.)", template, flags=re.DOTALL):
        if match[3]:
            hint = r"A brace that is text is written \\{ in Turtle."
            raise graph.error(node, f"the template {template!r} has a {match[3]!r} without its match", hint)
        parts.append(_unescape(match[1]) if match[1] else Reference(_unescape(match[2])))
    if not any(isinstance(part, Reference) for part in parts):
        return Constant("".join(str(part) for part in parts))
    return Template(tuple(parts))


def _unescape(text: str) -> str:
    return re.sub(r"\\([{}\\])", r"\1", text)


def _check_template(graph: RmlGraph, node: str, found: Expression) -> None:
    """Refuse text in an IRI template that no IRI can hold."""
    texts = found.parts if isinstance(found, Template) else ()
    for part in texts:
        if isinstance(part, str) and not re.fullmatch(IRI_PATTERN, f"x:{part}"):
            raise graph.error(node, f"the template's text {part!r} cannot stand in an IRI")

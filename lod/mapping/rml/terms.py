"""RML term maps. https://kg-construct.github.io/rml-core/spec/docs/#termmaps."""

import re
from dataclasses import dataclass

from lod.mapping.model import Encoding, Expression, Reference, Template, TermMap
from lod.mapping.rml.expressions import bare_expression, shortcut
from lod.mapping.rml.graph import Node, shown
from lod.mapping.rml.targets import targets
from lod.term_table import Constant
from lod.terms import IRI_PATTERN, LANGUAGE_PATTERN, XSD, Kind

_TERM_TYPES = {
    "IRI": (Kind.IRI, Encoding.IRI),
    "URI": (Kind.IRI, Encoding.URI),
    "UnsafeIRI": (Kind.IRI, Encoding.NONE),
    "UnsafeURI": (Kind.IRI, Encoding.NONE),
    "BlankNode": (Kind.BLANK, Encoding.NONE),
    "Literal": (Kind.LITERAL, Encoding.NONE),
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
CLASS = Role("class", (Kind.IRI,))


def constant_map(value: Node, role: Role) -> TermMap:
    """Return the term map that always gives this term."""
    if value.kind not in role.kinds or value.kind is Kind.BLANK:
        raise value.error(f"a constant {role.name} cannot be a {value.kind.name.lower()}")
    datatype = Constant(value.datatype) if value.datatype else None
    language = Constant(value.language) if value.language else None
    return TermMap(Constant(value.value), value.kind, value.position, datatype, language)


def named_map(node: Node) -> TermMap:
    """Return the term map that names the collection which a node describes: an IRI, or a blank node."""
    return _term_map(node, SUBJECT)


def term_map(node: Node, role: Role) -> TermMap:
    """Return the term map that a node describes, its condition (see `expressions.condition`) left out."""
    if node.has("gather"):
        raise node.error(f"a {role.name} is no collection", "An rml:gather stands in a subject or an object map.")
    return _term_map(node, role)


def _term_map(node: Node, role: Role) -> TermMap:
    constant = node.one("constant")
    made = _constant(node, constant, role) if constant else _computed(node, role)
    companions = [node.one("languageMap"), node.one("datatypeMap")]
    owners = [node, *(each for each in companions if each)]
    return TermMap(
        made.expression,
        made.kind,
        node.position,
        made.datatype,
        made.language,
        made.encoding,
        tuple(target for owner in owners for target in targets(owner)),
    )


def _constant(node: Node, constant: Node, role: Role) -> TermMap:
    bare_expression(node)
    made, wanted = constant_map(constant, role), node.one("termType")
    if wanted is not None and _term_type(wanted)[0] is not made.kind:
        raise wanted.error(f"the constant is no {wanted.name}, which rml:termType says it is")
    return made


def _computed(node: Node, role: Role) -> TermMap:
    expression = bare_expression(node)
    datatype, language = _datatype(node), _language(node)
    kind, encoding = _kind(node, role, expression, bool(datatype or language))
    if kind not in role.kinds:
        raise node.error(f"the {role.name} cannot be a {kind.name.lower()}")
    if kind is not Kind.LITERAL and (datatype or language):
        raise node.error("a term that is no literal has no datatype and no language")
    if expression is None:
        if kind is not Kind.BLANK:
            raise node.error(f"the {role.name} map has no constant, reference, template or function")
        expression = of_each_record(node)
    if kind is Kind.IRI:
        _check_template(node, expression)
    return TermMap(expression, kind, node.position, datatype, language, encoding)


def of_each_record(node: Node) -> Template:
    """Return what a blank node without an expression is made of: another text for each record."""
    return Template((f"{node.position} ", Reference("#file"), " ", Reference("#row")))


def _kind(node: Node, role: Role, expression: Expression | None, typed: bool) -> tuple[Kind, Encoding]:
    """Return what kind of term is made. https://kg-construct.github.io/rml-core/spec/docs/#default-term-types."""
    wanted = node.one("termType")
    if wanted is not None:
        return _term_type(wanted)
    if role is OBJECT and (typed or not isinstance(expression, Template | Constant)):
        return Kind.LITERAL, Encoding.NONE
    return Kind.IRI, Encoding.IRI


def _term_type(wanted: Node) -> tuple[Kind, Encoding]:
    if wanted.name not in _TERM_TYPES:
        raise wanted.error(f"<{wanted.value}> is no term type", f"There are: {', '.join(map(shown, _TERM_TYPES))}.")
    return _TERM_TYPES[wanted.name]


def _datatype(node: Node) -> Expression | None:
    found = shortcut(node, "datatype")
    if found is not None and node.has("language", "languageMap"):
        raise node.error("a literal has a datatype or a language, not both")
    return None if found == Constant(XSD + "string") else found


def _language(node: Node) -> Expression | None:
    found = shortcut(node, "language")
    if isinstance(found, Constant) and not re.fullmatch(LANGUAGE_PATTERN, found.value):
        raise node.error(f"{found.value!r} is not a language tag", "BCP 47 has: en, az, hy-Latn.")
    return found


def _check_template(node: Node, found: Expression) -> None:
    """Refuse text in an IRI template that no IRI can hold."""
    texts = found.parts if isinstance(found, Template) else ()
    for part in texts:
        if isinstance(part, str) and not re.fullmatch(IRI_PATTERN, f"x:{part}"):
            raise node.error(f"the template's text {part!r} cannot stand in an IRI")

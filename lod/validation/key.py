"""Terms as keys: one text each, so that a relation of terms has one column.

An IRI is its own key, and so is a blank node (`_:label`). A literal is `"`, its qualifier, `"`, and its lexical form,
where the qualifier is empty (xsd:string), the datatype's IRI, or `@` and the language in lower case.
"""

import ibis
import ibis.expr.types as ir

from lod.terms import Kind
from lod.validation.report import Node


def key_of(node: Node) -> str:
    """Return the key of a term."""
    if node.kind is not Kind.LITERAL:
        return node.value
    qualifier = f"@{node.language.lower()}" if node.language else node.datatype or ""
    return f'"{qualifier}"{node.value}'


def node_of(key: str) -> Node:
    """Return the term of a key."""
    if not key.startswith('"'):
        return Node(key, Kind.BLANK if key.startswith("_:") else Kind.IRI)
    qualifier, _, value = key[1:].partition('"')
    if qualifier.startswith("@"):
        return Node(value, Kind.LITERAL, None, qualifier[1:])
    return Node(value, Kind.LITERAL, qualifier or None)


def is_literal(key: ir.StringValue) -> ir.BooleanValue:
    """Return whether a key is a literal's."""
    return key.startswith('"')


def is_blank(key: ir.StringValue) -> ir.BooleanValue:
    """Return whether a key is a blank node's."""
    return key.startswith("_:")


def text_of(key: ir.StringValue) -> ir.StringValue:
    """Return the text of an IRI or a literal, as SPARQL's STR does."""
    rest = key.substr(1)
    return ibis.ifelse(is_literal(key), rest.substr(rest.find('"') + 1), key)


def language_of(key: ir.StringValue) -> ir.StringValue:
    """Return the language of a literal, with `"@` before it; empty where there is none."""
    return key.re_extract('^"@[^"]*', 0)

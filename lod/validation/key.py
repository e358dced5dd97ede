"""Terms as keys: one text each, so that a relation of terms has one column.

An IRI is its own key, and so is a blank node (`_:label`). A literal is `"`, its qualifier, `"`, and its lexical form,
where the qualifier is empty (xsd:string), the datatype's IRI, or `@` and the language in lower case.
"""

from dataclasses import dataclass

from lod.engine import sql_text
from lod.terms import Kind
from lod.validation.report import Node


@dataclass(frozen=True)
class Key:
    """A key as SQL, and what is known of its terms before any is read.

    kind: their kind; qualifier: that of literals which all have the same one; form: their lexical form as SQL, where
    the qualifier is known.
    """

    sql: str
    kind: Kind | None = None
    qualifier: str | None = None
    form: str = ""


def literals(qualifier: str, form: str) -> Key:
    """Return the key of literals with one qualifier, by their lexical form as SQL."""
    return Key(f"({sql_text(_head(qualifier))} || {form})", Kind.LITERAL, qualifier, form)


def key_of(node: Node) -> str:
    """Return the key of a term."""
    return node.value if node.kind is not Kind.LITERAL else _head(qualifier_of(node)) + node.value


def qualifier_of(literal: Node) -> str:
    """Return the qualifier of a literal."""
    return f"@{literal.language.lower()}" if literal.language else literal.datatype or ""


def node_of(key: str) -> Node:
    """Return the term of a key."""
    if not key.startswith('"'):
        return Node(key, Kind.BLANK if key.startswith("_:") else Kind.IRI)
    qualifier, _, value = key[1:].partition('"')
    if qualifier.startswith("@"):
        return Node(value, Kind.LITERAL, None, qualifier[1:])
    return Node(value, Kind.LITERAL, qualifier or None)


def is_kind(key: Key, kind: Kind) -> str:
    """Return as SQL whether a key is of a term of a kind."""
    if key.kind is not None:
        return str(key.kind is kind).upper()
    if kind is Kind.IRI:
        return f"NOT (starts_with({key.sql}, '\"') OR starts_with({key.sql}, '_:'))"
    return f"starts_with({key.sql}, '{'_:' if kind is Kind.BLANK else chr(34)}')"


def text_of(key: Key) -> str:
    """Return as SQL the text of an IRI or a literal, as SPARQL's STR does."""
    if key.qualifier is not None:
        return key.form
    if key.kind is Kind.IRI:
        return key.sql
    rest = f"substr({key.sql}, 2)"
    return f"CASE WHEN {is_kind(key, Kind.LITERAL)} THEN substr({rest}, strpos({rest}, '\"') + 1) ELSE {key.sql} END"


def language_of(key: Key) -> str:
    """Return as SQL the language of a literal in lower case; empty where there is none."""
    if key.qualifier is not None:
        return sql_text(key.qualifier[1:] if key.qualifier.startswith("@") else "")
    return f"substr(regexp_extract({key.sql}, '^\"@[^\"]*', 0), 3)"


def has_qualifier(key: Key, qualifier: str) -> str:
    """Return as SQL whether a key is of a literal with a qualifier."""
    if key.kind not in (None, Kind.LITERAL):
        return "FALSE"
    if key.qualifier is not None:
        return str(key.qualifier == qualifier).upper()
    return f"starts_with({key.sql}, {sql_text(_head(qualifier))})"


def form_of(key: Key, qualifier: str) -> str:
    """Return as SQL the lexical form of a literal that has a qualifier."""
    return key.form if key.qualifier is not None else f"substr({key.sql}, {len(_head(qualifier)) + 1})"


def _head(qualifier: str) -> str:
    return f'"{qualifier}"'

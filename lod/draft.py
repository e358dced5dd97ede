"""Shapes drafted from a mapping and what it makes of the records: a start that says what is there, to be edited.

https://www.w3.org/TR/shacl/
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lod.compile import Policy, compile_mapping
from lod.engine import Engine, open_engine
from lod.errors import InputError
from lod.mapping import read_mappings
from lod.options import ReadOptions
from lod.terms import RDF_TYPE, XSD, Kind
from lod.validation import Facts
from lod.validation.key import Key, is_kind, language_of
from lod.vocab import PREFIXES, RDF, SHACL

_QUALIFIER = '^"[^"]*"'
_OWN = {"sh": SHACL, "shapes": "urn:shapes:"}


@dataclass(frozen=True)
class Seen:
    """What was seen of a property of a class.

    instances: how many nodes are of the class; having: how many of them have the property; most: how many values one
    of them has at most; datatype: that of all values, where they have one, "" where they differ; classes: those of
    which all values are; iris: whether all values are IRIs; one_a_language: whether no node has two in a language.
    """

    predicate: str
    instances: int
    having: int
    most: int
    datatype: str | None
    classes: tuple[str, ...]
    iris: bool
    one_a_language: bool


def draft_shapes(mappings: Sequence[Path], options: ReadOptions = ReadOptions()) -> str:
    """Return shapes, as Turtle, that the statements of mappings conform to; sources relative to the current folder.

    Records that cannot be mapped are left out. Raises MappingError or InputError, also where nothing has a class.
    """
    mapping = read_mappings([(path, str(path)) for path in mappings], options.base, dict(options.external))
    with open_engine() as engine:
        graph = compile_mapping(engine, Path.cwd(), mapping, Policy(), options.functions, options.hosts)
        facts = Facts(engine, graph.tables, ())
        types = engine.answers(f"SELECT DISTINCT object FROM {facts.pairs(RDF_TYPE)}")
        classes = [row["object"] for row in types]
        seen = {iri: _seen(engine, facts, iri) for iri in sorted(classes)}
    if not seen:
        hint = "Shapes are drafted a class: give the subjects a class, such as [a, schema:Event]."
        raise InputError("the mapping gives nothing a class", hint=hint)
    return _Writer(PREFIXES | dict(mapping.prefixes) | _OWN).document(seen)


def _seen(engine: Engine, facts: Facts, class_: str) -> list[Seen]:
    nodes = facts.instances(class_)
    [total] = engine.answers(f"SELECT count(*) AS count FROM {nodes}")
    of_class = f"FROM {facts.others([RDF_TYPE])} SEMI JOIN {nodes} ON subject = node"
    statements = engine.compute("seen", f"SELECT DISTINCT subject, predicate, object {of_class}")
    found = {row["predicate"]: row for row in engine.answers(_counted(statements))}
    classes = _classes(engine, facts, statements)
    return [
        Seen(
            predicate=predicate,
            instances=total["count"],
            having=row["having_some"],
            most=row["most"],
            datatype=_datatype(row),
            classes=tuple(each for each, count in classes.get(predicate, {}).items() if count == row["different"]),
            iris=row["iris"] == row["statements"],
            one_a_language=row["one_a_language"],
        )
        for predicate, row in sorted(found.items())
    ]


def _counted(statements: str) -> str:
    """Return the query of a row a predicate: how many statements, nodes and values, and what these have in common."""
    value = Key("object")
    return f"""
        WITH alike AS (
            SELECT *, {language_of(value)} AS language, CAST({is_kind(value, Kind.IRI)} AS INT) AS iri,
                CASE WHEN {language_of(value)} <> '' THEN '"@"' ELSE regexp_extract(object, '{_QUALIFIER}', 0) END
                AS qualifier
            FROM {statements}
        ), nodes AS (
            SELECT predicate, count(*) AS having_some, max(size) AS most
            FROM (SELECT predicate, subject, count(*) AS size FROM alike GROUP BY predicate, subject)
            GROUP BY predicate
        ), crowded AS (
            SELECT predicate, max(size) AS most_a_language
            FROM (
                SELECT predicate, count(*) AS size FROM alike WHERE language <> ''
                GROUP BY predicate, subject, language
            )
            GROUP BY predicate
        ), counted AS (
            SELECT predicate, count(*) AS statements, count(DISTINCT object) AS different,
                count(DISTINCT qualifier) AS qualifiers, max(qualifier) AS qualifier, CAST(sum(iri) AS BIGINT) AS iris
            FROM alike GROUP BY predicate
        )
        SELECT *, COALESCE(most_a_language, 1) = 1 AS one_a_language
        FROM counted JOIN nodes USING (predicate) LEFT JOIN crowded USING (predicate)
    """


def _datatype(row: Mapping[str, Any]) -> str | None:
    if row["qualifiers"] != 1 or not row["qualifier"]:
        return None
    qualifier = row["qualifier"].strip('"')
    return RDF + "langString" if qualifier == "@" else qualifier or XSD + "string"


def _classes(engine: Engine, facts: Facts, statements: str) -> dict[str, dict[str, int]]:
    """Return by predicate how many different values are of each class."""
    query = f"""
        SELECT predicate, class_, count(*) AS count
        FROM (SELECT DISTINCT predicate, object AS value FROM {statements})
        JOIN (SELECT DISTINCT subject AS value, object AS class_ FROM {facts.pairs(RDF_TYPE)}) USING (value)
        GROUP BY predicate, class_ ORDER BY predicate, class_
    """
    found: dict[str, dict[str, int]] = {}
    for row in engine.answers(query):
        found.setdefault(row["predicate"], {})[row["class_"]] = row["count"]
    return found


class _Writer:
    """Writes shapes as Turtle, with what was seen in comments."""

    def __init__(self, prefixes: Mapping[str, str]) -> None:
        self._prefixes = prefixes
        self._used: set[str] = {"sh", "shapes"}

    def document(self, seen: Mapping[str, Sequence[Seen]]) -> str:
        names = _names(seen)
        shapes = [line for class_, found in seen.items() for line in self._shape(names[class_], class_, found)]
        head = [
            "# Drafted from a mapping and what it made of the records: edit it, then hold data to it by lod validate."
        ]
        head += [f"@prefix {name}: <{self._prefixes[name]}> ." for name in sorted(self._used)]
        return "\n".join([*head, *shapes, ""])

    def _shape(self, name: str, class_: str, properties: Sequence[Seen]) -> Iterator[str]:
        parts = {iri: f"{name}-{part}" for iri, part in _names(each.predicate for each in properties).items()}
        yield ""
        yield f"# {properties[0].instances:,} nodes" if properties else "# nodes without another property"
        listed = ",\n        ".join(f"shapes:{part}" for part in parts.values())
        more = f" ;\n    sh:property\n        {listed}" if properties else ""
        yield f"shapes:{name} a sh:NodeShape ;\n    sh:targetClass {self._iri(class_)}{more} ."
        for each in properties:
            asked = " ;\n    ".join([f"sh:path {self._iri(each.predicate)}", *self._asked(each)])
            yield f"\n# {each.having:,} of {each.instances:,} have it, and {each.most:,} at most"
            yield f"shapes:{parts[each.predicate]} a sh:PropertyShape ;\n    {asked} ;"
            yield f'    sh:message "{name}: {_words(each)}."@en .'

    def _asked(self, each: Seen) -> Iterator[str]:
        counts = ["sh:minCount 1"] * (each.having == each.instances) + ["sh:maxCount 1"] * (each.most == 1)
        if counts:
            yield " ; ".join(counts)
        if each.datatype:
            yield f"sh:datatype {self._iri(each.datatype)}"
        if each.datatype == RDF + "langString" and each.one_a_language and each.most > 1:
            yield "sh:uniqueLang true"
        if each.classes:
            yield "sh:class " + ", ".join(map(self._iri, each.classes))
        elif each.iris:
            yield "sh:nodeKind sh:IRI"

    def _iri(self, iri: str) -> str:
        for name, namespace in sorted(self._prefixes.items(), key=lambda each: -len(each[1])):
            if iri.startswith(namespace) and re.fullmatch("[A-Za-z_][A-Za-z0-9_-]*", iri.removeprefix(namespace)):
                self._used.add(name)
                return f"{name}:{iri.removeprefix(namespace)}"
        return f"<{iri}>"


def _local(iri: str) -> str:
    return re.sub("[^A-Za-z0-9_]+", "-", re.split("[/#:]", iri.rstrip("/#:"))[-1]).strip("-") or "Thing"


def _names(iris: Iterable[str]) -> dict[str, str]:
    """Return a name for each IRI, its last part, with a number where others have that too."""
    names: dict[str, str] = {}
    for iri in iris:
        name = _local(iri)
        taken = sum(other == name or other.startswith(f"{name}-") for other in names.values())
        names[iri] = f"{name}-{taken + 1}" if taken else name
    return names


def _words(each: Seen) -> str:
    least = "exactly one" if each.most == 1 and each.having == each.instances else ""
    some = "one at least" if each.having == each.instances else "any number"
    count = least or ("one at most" if each.most == 1 else some)
    kind = " and ".join(_local(name) for name in each.classes or filter(None, [each.datatype]))
    kind = kind or ("IRI" if each.iris else "")
    return f"{count} {_local(each.predicate)}{f', of {kind}' if kind else ''}"

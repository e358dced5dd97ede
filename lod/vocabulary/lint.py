"""Statements held to the vocabularies that they use: do the terms exist, and do domain and range fit.

One result tells of all statements that have the same mistake, with an example. https://schema.org/docs/datamodel.html
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import ibis
import ibis.expr.types as ir
import pyarrow as pa

from lod.engine import Engine
from lod.errors import did_you_mean
from lod.term_table import TermTable
from lod.terms import RDF_TYPE, XSD, Kind
from lod.triples import triples
from lod.validation import Node, Result
from lod.validation.path import Predicate
from lod.vocab import NS, RDF, SCHEMA, SHACL
from lod.vocabulary.index import MISSPELLED, NAMESPACES, Index, compact


@dataclass(frozen=True)
class _Used:
    """A term as it is used: in how many statements, as a class or a property, and of which subject for example."""

    iri: str
    kind: str
    count: int
    example: str


def lint(engine: Engine, tables: Sequence[TermTable], index: Index) -> list[Result]:
    """Return what the statements of term tables say that their vocabularies do not know or do not mean."""
    view = triples(engine, tables)
    types = _types(view)
    used = [*_used(engine, view, view.predicate, "property"), *_used(engine, types, types.object, "class")]
    properties = [each.iri for each in used if each.kind == "property" and each.iri in index.terms]
    return [*_terms(used, index), *_misfits(engine, view, index, properties)]


def _types(view: ir.Table) -> ir.Table:
    return view.filter(view.predicate == RDF_TYPE)


def _used(engine: Engine, rows: ir.Table, term: ir.StringValue, kind: str) -> Iterator[_Used]:
    """Yield the terms of the vocabularies, however they are spelled."""
    counted = rows.group_by(iri=term).aggregate(count=rows.count(), example=rows.subject.min()).order_by("iri")
    for row in engine.rows(counted):
        if row["iri"].startswith((*NAMESPACES.values(), *MISSPELLED)):
            yield _Used(row["iri"], kind, row["count"], row["example"])


def _terms(used: Iterable[_Used], index: Index) -> Iterator[Result]:
    for each in used:
        term = index.terms.get(each.iri)
        name = compact(each.iri)
        if term is None:
            what = f"{name} does not exist{_unknown(each, index)}"
            yield _result("UnknownTerm", "Warning", each.iri, each.example, what)
        elif term.successor:
            what = f"{name} was superseded by {compact(term.successor)}{_times(each.count)}."
            yield _result("SupersededTerm", "Info", each.iri, each.example, what)
        elif term.kind in ("class", "property") and term.kind != each.kind:
            what = f"{name} is a {term.kind} and is used as a {each.kind}{_times(each.count)}."
            yield _result("KindOfTerm", "Warning", each.iri, each.example, what)


def _unknown(each: _Used, index: Index) -> str:
    for wrong, right in MISSPELLED.items():
        if each.iri.startswith(wrong):
            return f"{_times(each.count)}: the vocabulary is {right}, and not {wrong}."
    alike = [compact(iri) for iri, term in index.terms.items() if term.kind == each.kind]
    hint = did_you_mean(compact(each.iri), alike)
    return f"{_times(each.count)}.{f' {hint}' if hint else ''}"


def _misfits(engine: Engine, view: ir.Table, index: Index, properties: Sequence[str]) -> Iterator[Result]:
    """Yield the properties whose subjects or values are of classes that the vocabulary does not give them.

    What has no class of an indexed vocabulary is not judged, nor is a text in schema.org, which may stand for anything.
    """
    types = _types(view).select(thing="subject", class_="object").distinct()
    types = engine.materialise("types", types)
    classes = [iri for iri, term in index.terms.items() if term.kind == "class"]
    known = engine.materialise("known", pa.table({"class_": classes}))
    judged = types.semi_join(known, "class_")
    subjects = view.select("predicate", thing="subject")
    values = view.filter(view.kind == int(Kind.IRI)).select("predicate", thing="object")
    for role, things in (("domain", subjects), ("range", values)):
        allowed = _allowed(index, properties, role)
        if not allowed:
            continue
        fits = engine.materialise("fits", pa.table(allowed))
        held = things.semi_join(fits, "predicate").distinct().semi_join(judged, "thing")
        good = held.join(types, "thing").semi_join(fits, ["predicate", "class_"]).select("predicate", "thing")
        bad = held.anti_join(good, ["predicate", "thing"])
        grouped = bad.group_by("predicate").aggregate(count=bad.count(), example=bad.thing.min())
        for row in engine.rows(grouped.order_by("predicate")):
            yield _misfit(role, row, index)
    yield from _literals(engine, view, index, properties)


def _allowed(index: Index, properties: Iterable[str], role: str) -> dict[str, list[str]]:
    pairs = [
        (iri, class_)
        for iri in properties
        for class_ in sorted(index.with_subclasses(getattr(index.terms[iri], role)))
        if getattr(index.terms[iri], role) and not _is_open(index, iri, role)
    ]
    return {"predicate": [iri for iri, _ in pairs], "class_": [class_ for _, class_ in pairs]} if pairs else {}


def _is_open(index: Index, iri: str, role: str) -> bool:
    """Whether any class will do: schema:Thing, or a range of data types, where an address may stand for a text."""
    classes = getattr(index.terms[iri], role)
    data_types = index.with_subclasses([SCHEMA + "DataType", *_DATA_TYPES])
    return SCHEMA + "Thing" in classes or (role == "range" and any(each in data_types for each in classes))


_DATA_TYPES = [SCHEMA + name for name in ("Text", "Number", "Boolean", "Date", "DateTime", "Time")]


def _misfit(role: str, row: dict[str, Any], index: Index) -> Result:
    name = compact(row["predicate"])
    classes = " or ".join(map(compact, getattr(index.terms[row["predicate"]], role)))
    what = "belongs on" if role == "domain" else "points at"
    things = "subjects" if role == "domain" else "values"
    message = f"{name} {what} {classes}, and {row['count']:,} {things} are of other classes."
    return _result(role.capitalize(), "Warning", row["predicate"], row["example"], message)


def _literals(engine: Engine, view: ir.Table, index: Index, properties: Sequence[str]) -> Iterator[Result]:
    """Yield the properties, schema.org's aside, that have literals where things belong, or of other datatypes."""
    judged = [iri for iri in properties if not iri.startswith(SCHEMA) and index.terms[iri].range]
    literals = view.filter(view.kind == int(Kind.LITERAL), view.predicate.isin(judged))
    datatype = ibis.ifelse(literals.language.notnull(), RDF + "langString", literals.datatype.fill_null(XSD + "string"))
    grouped = literals.group_by("predicate", datatype=datatype)
    counted = grouped.aggregate(count=literals.count(), example=literals.subject.min())
    for row in engine.rows(counted.order_by("predicate", "datatype")) if judged else ():
        classes = index.terms[row["predicate"]].range
        if row["datatype"] not in classes and not any(each.endswith("Literal") for each in classes):
            wanted = " or ".join(map(compact, classes))
            are = f"{row['count']:,} are literals of <{row['datatype']}>"
            message = f"{compact(row['predicate'])} has values of {wanted}, and {are}."
            yield _result("Range", "Warning", row["predicate"], row["example"], message)


def _times(count: int) -> str:
    return f" ({count:,} {'statement' if count == 1 else 'statements'})"


def _result(component: str, severity: str, iri: str, example: str, message: str) -> Result:
    kind = Kind.BLANK if example.startswith("_:") else Kind.IRI
    return Result(
        severity=SHACL + severity,
        focus=Node(example, kind),
        path=Predicate(iri),
        value=None,
        shape=Node(iri),
        component=f"{NS}{component}ConstraintComponent",
        messages=(Node(message, Kind.LITERAL, None, "en"),),
    )

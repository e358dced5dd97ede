"""Tables and mappings for Hypothesis: people with tags and groups, awkward cells, and any rules over them."""

import csv
import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from hypothesis import strategies as st

from lod.errors import Position
from lod.mapping.model import (
    Call,
    Expression,
    Field,
    Join,
    JoinCondition,
    LogicalSource,
    Mapping,
    PredicateObjectMap,
    Reference,
    Template,
    TermMap,
    TriplesMap,
)
from lod.term_table import Constant
from lod.terms import RDF_TYPE, XSD, Kind
from lod.vocab import FN

Row = tuple[str | None, ...]
Choice = TypeVar("Choice")

BASE = "https://example.org/base/"
EX = "https://example.org/terms#"
HERE = Position("generated")

ODD = (
    "\"'\n\r\t\\ |%#?/:@&=+;,.~_-$(){}<>[]^`0aZéß\u0130\u0301\u200f\u202e\xa0\x01\x08\x0c\x1b\x7f\x85\u2028\ue000"
    "\ufffd\uffff🙂\U000e0001\U000f0000"
)
texts = st.one_of(
    st.none(),
    st.text(st.sampled_from(ODD), max_size=8),
    st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=8),
)
ids = st.sampled_from(["1", "2", "3", "a b", "é/ü", "100%", "..", "a:b"])
PEOPLE: dict[str, st.SearchStrategy[str | None]] = {
    "id": st.one_of(ids, ids, texts),
    "name": texts,
    "other": texts,
    "language": st.sampled_from([None, "en", "az", "hy-Latn", "EN-gb", "x-own", "en", "az", "english", "e n", "'"]),
    "born": st.sampled_from([None, "1992-02-26", "1992-02-29", "1992-02-26", "1993-02-29", "1992-2-3", "26.2.1992"]),
    "count": st.sampled_from([None, "true", "63", "007", "+1", "-0", "63", "63", "0", "1.0", "1e3", " 1", "1_0", "٣"]),
    "type": st.sampled_from([None, XSD + "integer", XSD + "string", EX + "type", EX + "type", "type"]),
    "page": st.sampled_from(
        [None, "http://example.org/é?a=b#c", "urn:x:y", "plain", "a/b", "http://[::1]:80/", "a b", "x[1]", "//x", "%zz"]
    ),
    "tags": st.sampled_from([None, "a", "a|b", " a ||b|", "|", " ", "a|a", "é|%20|a b"]),
    "group": st.sampled_from([None, "g1", "g2", "g1|g2", "nowhere", "g2|g2|g3"]),
}
GROUPS = {"key": st.sampled_from([None, "g1", "g2", "g3", "g1"]), "label": texts, "head": st.one_of(ids, texts)}
_JSON_WORD = r"true|-?(0|[1-9][0-9]*)(\.[0-9]+)?(e[0-9]+)?"
# Names that the engine could take for its own, or that need quoting.
AWKWARD = ("subject", "joined", "_key0", "c0", "a column", 'quo"ted', "sélf", "graph", "file", "_f1")
GROUPS_AWKWARD = ("object", "joined", "predicate")


class World:
    """Files by name, each a header and rows, and a mapping over them."""

    def __init__(self, files: dict[str, tuple[Row, list[Row]]], mapping: Mapping) -> None:
        self.files, self.mapping = files, mapping

    def __repr__(self) -> str:
        maps = "\n".join(map(repr, self.mapping.triples_maps)).replace(f", position={HERE!r}", "")
        return "\n".join(["", *(f"{name}: {rows}" for name, rows in self.files.items()), maps])

    def write(self, folder: Path) -> None:
        for name, (header, rows) in self.files.items():
            with (folder / name).open("w", encoding="utf-8", newline="") as stream:
                if name.endswith(".json"):
                    stream.write(f"[{', '.join(_json_record(header, row) for row in rows)}]")
                else:
                    csv.writer(stream, quoting=csv.QUOTE_ALL).writerows([header, *rows])


def _json_record(header: Row, row: Row) -> str:
    """Return a record as JSON, in which numbers and truths are no strings; beside its cells a list, and one further in."""
    cells = [cell if cell and re.fullmatch(_JSON_WORD, cell) else json.dumps(cell) for cell in row]
    members = [f"{json.dumps(name)}: {cell}" for name, cell in zip(header, cells, strict=True) if cell != "null"]
    return f'{{{", ".join(members)}, "many": [{", ".join(cells[:3])}], "inner": {{"cell": {cells[-1]}}}}}'


def call(name: str, **arguments: Expression) -> Call:
    return Call(FN + name, tuple((FN + key, value) for key, value in arguments.items()), HERE)


def an_iri(expression: Expression) -> TermMap:
    return TermMap(expression, Kind.IRI, HERE)


def a_literal(
    expression: Expression, datatype: Expression | None = None, language: Expression | None = None
) -> TermMap:
    return TermMap(expression, Kind.LITERAL, HERE, datatype, language)


@st.composite
def worlds(draw: Callable[[st.SearchStrategy[Choice]], Choice]) -> World:
    syntax = draw(st.sampled_from(["csv", "csv", "json"]))
    awkward = syntax == "csv" and draw(st.booleans())  # a JSON reference is a path
    header = AWKWARD if awkward else tuple(PEOPLE)
    groups_header = GROUPS_AWKWARD if awkward else tuple(GROUPS)
    people = draw(st.lists(st.tuples(*PEOPLE.values()), max_size=6))
    groups = draw(st.lists(st.tuples(*GROUPS.values()), max_size=4))
    files = {
        f"people.{syntax}": (header, people + people[: draw(st.integers(0, 1))]),
        "groups.csv": (groups_header, groups),
    }
    rules = _Rules(
        syntax=syntax,
        choose=lambda *choices: draw(st.sampled_from(choices)),
        cell=dict(zip(PEOPLE, map(Reference, header), strict=True)),
        group=dict(zip(GROUPS, map(Reference, groups_header), strict=True)),
    )
    return World(files, Mapping((rules.people("first"), rules.people("second"), rules.groups()), ()))


@dataclass(frozen=True)
class _Rules:
    """Draws rules; `cell` and `group` are the columns of the two files."""

    syntax: str
    choose: Callable[..., Choice]
    cell: dict[str, Reference]
    group: dict[str, Reference]

    def people(self, name: str) -> TriplesMap:
        each = self.choose((), (), ("tag",))
        tagged = Template(("#", Reference("tag"))) if each else call("lower", value=self.cell["name"])
        fields = (
            Field("tag", call("split", value=self.cell["tags"], separator=Constant("|")), HERE),
            Field("groups", call("split", value=self.cell["group"], separator=Constant("|")), HERE),
            Field("tagged", tagged, HERE),
        )
        cell = self.cell
        subjects = (
            (BASE + "p/", cell["id"]),
            ("p/", cell["id"]),
            (cell["id"], "/", cell["name"]),
            (BASE, Reference("tag")),
        )
        subject = self.choose(cell["page"], *map(Template, subjects))
        return TriplesMap(
            name=name,
            source=LogicalSource(f"people.{self.syntax}", self.syntax, HERE, "$[*]", ("missing",), fields, each),
            subject=an_iri(subject),
            predicate_objects=tuple(self.pair() for _ in range(self.choose(1, 2, 3, 4))),
            base=BASE,
            position=HERE,
            graphs=self.graphs(),
            condition=self.condition(),
        )

    def groups(self) -> TriplesMap:
        on_head = JoinCondition(self.group["head"], self.cell["id"])
        said = (a_literal(self.group["label"]), Join("second", (on_head,), HERE))
        return TriplesMap(
            name="group",
            source=LogicalSource("groups.csv", "csv", HERE),
            subject=an_iri(Template((BASE + "group/", self.group["key"]))),
            predicate_objects=(PredicateObjectMap((an_iri(Constant(EX + "of")),), said),),
            base=BASE,
            position=HERE,
            condition=self.choose(None, call("present", value=self.group["label"])),
        )

    def pair(self) -> PredicateObjectMap:
        if self.choose(True, False, False):
            classes = (an_iri(Constant(EX + "A")), an_iri(Template((EX, self.cell["count"]))))
            return PredicateObjectMap((an_iri(Constant(RDF_TYPE)),), classes, (), self.condition())
        other = Template((EX, self.cell["other"]))
        predicates = self.choose(("p",), ("p", "q"), ("p", other), (self.cell["page"],))
        terms = tuple(an_iri(Constant(EX + each) if isinstance(each, str) else each) for each in predicates)
        objects = tuple(self.object() for _ in range(self.choose(1, 2, 3)))
        return PredicateObjectMap(terms, objects, self.graphs(), self.condition())

    def object(self) -> TermMap | Join:
        cell, tag = self.cell, Reference("tag")
        iri = self.choose(
            cell["page"], Template((BASE, tag)), Template((cell["name"], ":", cell["id"])), tag, Reference("#file")
        )
        more = (Reference("many[*]"), Reference("inner.cell")) if self.syntax == "json" else ()
        text = self.choose(
            cell["name"], Template((cell["name"], " — ", tag)), tag, Reference("tagged"), Reference("missing"), *more
        )
        return self.choose(
            an_iri(iri),
            a_literal(cell["count"], Constant(XSD + "integer")),
            a_literal(cell["born"], Constant(XSD + "date")),
            a_literal(cell["count"], self.choose(cell["type"], Constant(XSD + "string"))),
            a_literal(text, None, self.choose(None, Constant("en"), cell["language"])),
            a_literal(self.computed()),
            self.join(),
        )

    def computed(self) -> Expression:
        name, other, tags = self.cell["name"], self.cell["other"], self.cell["tags"]
        return self.choose(
            call("lower", value=name),
            call("trim", value=other),
            call("concat", value=name, other=Constant("%"), third=other),
            call("coalesce", value=tags, other=other, third=call("hash", value=name)),
            call("when", condition=call("equal", value=name, other=other), value=Constant("same")),
            call("split", value=name, separator=Constant("a")),
            call("extract", value=name, pattern=Constant("([a-z]+)")),
            call("replace", value=name, pattern=Constant("[a-z]"), replacement=Constant("_")),
            Reference("#row"),
        )

    def join(self) -> Join:
        one = JoinCondition(self.cell["group"], self.group["key"])
        some = JoinCondition(Reference("groups"), self.group["key"])
        same_text = JoinCondition(self.cell["name"], self.group["label"])
        return Join("group", self.choose((one,), (some,), (some, same_text)), HERE)

    def graphs(self) -> tuple[TermMap, ...]:
        dated = Template((BASE, "graph/", self.cell["born"]))
        graphs = self.choose((), (), (Constant(BASE + "graph/rows"),), (dated,), (dated, self.cell["page"]))
        return tuple(an_iri(graph) for graph in graphs)

    def condition(self) -> Call | None:
        present = call("present", value=self.cell["name"])
        equal = call("equal", value=self.cell["id"], other=Constant("1"))
        known = call("oneOf", value=self.cell["language"], values=Constant("en|az"))
        return self.choose(
            *[None] * 6,
            present,
            call("absent", value=self.cell["tags"]),
            call("present", value=Reference("groups")),
            call("not", value=equal),
            call("any", a=equal, b=known),
            call("all", a=present, b=known),
        )

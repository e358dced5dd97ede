"""Worlds: tables of people with tags and groups, and any rules over them; for Hypothesis, and one of everything."""

from collections.abc import Callable
from dataclasses import dataclass
from random import Random
from typing import TypeVar

from cells import AWKWARD, BASE, EX, GOOD, GROUPS, GROUPS_AWKWARD, HERE, Row, World, all_rows, rows
from hypothesis import strategies as st

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

Choice = TypeVar("Choice")
SEED = 11


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
    """Draw a few rows, and a few rules of every kind."""
    syntax = draw(st.sampled_from(["csv", "csv", "json"]))
    awkward = syntax == "csv" and draw(st.booleans())  # a JSON reference is a path
    header, groups_header = (AWKWARD, GROUPS_AWKWARD) if awkward else (tuple(GOOD), tuple(GROUPS))
    people = draw(rows(GOOD, most=6))
    rules = _Rules(syntax, lambda *choices: draw(st.sampled_from(choices)), header, groups_header)
    files = {
        f"people.{syntax}": (header, people + people[: draw(st.integers(0, 1))]),
        "groups.csv": (groups_header, draw(rows(GROUPS, most=4))),
    }
    return World(files, Mapping((rules.people("first"), rules.people("second"), rules.groups()), ()))


def everything(syntax: str) -> World:
    """Return a world of every good cell and, by the luck of the seed, every rule."""
    rules = _Rules(syntax, lambda *choices: luck.choice(choices), tuple(GOOD), tuple(GROUPS))
    luck = Random(SEED)  # nothing is kept secret here
    maps = (*(rules.people(name) for name in ("first", "second", *map(str, range(8)))), rules.groups())
    files = {f"people.{syntax}": (tuple(GOOD), all_rows(GOOD)), "groups.csv": (tuple(GROUPS), all_rows(GROUPS))}
    return World(files, Mapping(maps, ()))


@dataclass(frozen=True)
class _Rules:
    """Makes rules; `choose` picks among the ways to make one."""

    syntax: str
    choose: Callable[..., Choice]
    header: Row
    groups_header: Row

    @property
    def cell(self) -> dict[str, Reference]:
        return dict(zip(GOOD, map(Reference, self.header), strict=True))

    @property
    def group(self) -> dict[str, Reference]:
        return dict(zip(GROUPS, map(Reference, self.groups_header), strict=True))

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
            a_literal(cell["count"]),
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
            call("replaceText", value=name, find=Constant("a"), replacement=Constant("$1")),
            call("concat", value=name, other=other, separator=Constant(" - ")),
            call("substring", value=call("upper", value=name), start=Constant("1"), end=Constant("-1")),
            call("join", values=Reference("groups"), separator=Constant("+")),
            call("element", values=Reference("groups"), index=Constant("1")),
            call("length", value=name),
            call("when", condition=call("matches", value=tags, pattern=Constant("[|]")), value=name, otherwise=other),
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
            call("contains", value=self.cell["name"], part=Constant("a")),
            call("isTrue", value=call("coalesce", value=self.cell["count"], other=Constant("1"))),
            call("not", value=equal),
            call("any", a=equal, b=known),
            call("all", a=present, b=known),
        )

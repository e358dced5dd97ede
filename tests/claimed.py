"""Random claims, and a plain twin of what is computed of them: slow, and written from MODEL.md's words alone."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import combinations
from random import Random

from lod.quad import Quad
from lod.terms import RDF_TYPE, Kind

BASE = "http://example.org/"
SCHEMA, PROV = "http://schema.org/", "http://www.w3.org/ns/prov#"
NS, XSD = "https://w3id.org/lod/ns#", "http://www.w3.org/2001/XMLSchema#"
QUALIFIERS = (None, "exactly", "about", "atLeast", "atMost", "moreThan", "fewerThan", "vague")
TENTH = Fraction(1, 10)


@dataclass(frozen=True)
class Value:
    """What a claim states; numbers are lexical forms of integers and decimals."""

    qualifier: str | None = None
    point: str | None = None
    least: str | None = None
    most: str | None = None
    status: str | None = None
    worded: str | None = None
    days: tuple[str, str] | None = None


@dataclass(frozen=True)
class Claims:
    """Claims by name: what each states of which variable of which event, and edges between nodes by property."""

    states: dict[str, tuple[str, str, Value]]
    edges: dict[str, set[tuple[str, str]]]
    first_hand: frozenset[str] = frozenset()

    def quads(self) -> Iterator[Quad]:
        for claim, (event, variable, value) in self.states.items():
            yield Quad(BASE + claim, RDF_TYPE, SCHEMA + "Claim")
            yield Quad(BASE + claim, SCHEMA + "about", BASE + event)
            yield Quad(BASE + claim, NS + "states", f"{BASE}value/{claim}")
            yield Quad(f"{BASE}value/{claim}", SCHEMA + "variableMeasured", BASE + variable)
            yield from self._value(f"{BASE}value/{claim}", value)
        for name, pairs in self.edges.items():
            for subject, target in pairs:
                yield Quad(BASE + subject, name, BASE + target)
        for source in self.first_hand:
            yield Quad(BASE + source, NS + "firstHand", "true", int(Kind.LITERAL), XSD + "boolean")

    def _value(self, node: str, value: Value) -> Iterator[Quad]:
        for name, number in (("value", value.point), ("minValue", value.least), ("maxValue", value.most)):
            if number is not None:
                datatype = XSD + ("decimal" if "." in number else "integer")
                yield Quad(node, SCHEMA + name, number, int(Kind.LITERAL), datatype)
        if value.qualifier:
            yield Quad(node, SCHEMA + "measurementQualifier", NS + value.qualifier)
        if value.status:
            yield Quad(node, NS + "valueStatus", NS + value.status)
        if value.worded:
            yield Quad(node, NS + "asWorded", value.worded, int(Kind.LITERAL), None, "en")
        for name, day in zip(("earliest", "latest"), value.days or (), strict=False):
            yield Quad(node, NS + name, day, int(Kind.LITERAL), XSD + "date")

    # The twin.

    def next(self, node: str, name: str) -> set[str]:
        return {target for subject, target in self.edges.get(name, ()) if subject == node}

    def reached(self, start: str, name: str) -> set[str]:
        """Return a node and all that a property leads to from it, step by step."""
        seen, waiting = {start}, [start]
        while waiting:
            fresh = self.next(waiting.pop(), name) - seen
            seen |= fresh
            waiting += fresh
        return seen

    def last(self, start: str, name: str) -> set[str]:
        return {node for node in self.reached(start, name) if not self.next(node, name)}

    def roots(self, claim: str) -> set[str]:
        grounds = self.last(claim, SCHEMA + "isBasedOn")
        read = set[str]().union(*(self.next(node, SCHEMA + "appearance") | {node} for node in grounds))
        return set[str]().union(*(self.last(node, PROV + "wasDerivedFrom") for node in read if node not in self.states))

    def kind(self, root: str) -> str:
        if self.next(root, NS + "knownThrough"):
            return "unseen"
        return "firstHand" if root in self.first_hand else "unknown"

    def contradictions(self) -> set[tuple[frozenset[str], bool]]:
        return {
            (frozenset(pair), len(self.roots(pair[0]) | self.roots(pair[1])) == 1 and all(map(self.roots, pair)))
            for pair in combinations(self.states, 2)
            if self._contradict(*pair)
        }

    def _contradict(self, one: str, other: str) -> bool:
        (event, variable, value), (*same, another) = self.states[one], self.states[other]
        whole = SCHEMA + "isPartOf"
        related = other in self.reached(one, whole) or one in self.reached(other, whole)
        return [event, variable] == same and not related and meet(value, another) and apart(value, another)

    def excesses(self) -> set[tuple[str, str]]:
        found = set()
        for part in self.states:
            for whole in self.reached(part, SCHEMA + "isPartOf") & set(self.states):
                low, high = interval(self.states[part][2]), interval(self.states[whole][2])
                if whole in self._wholes(part) and low and high and before(high, low):
                    found.add((part, whole))
        return found

    def _wholes(self, part: str) -> set[str]:
        direct = self.next(part, SCHEMA + "isPartOf")
        return direct.union(*(self.reached(node, SCHEMA + "isPartOf") for node in direct))

    def spreads(self) -> set[tuple[str, str, Fraction | None, Fraction | None, int]]:
        groups: dict[tuple[str, str], list[Value]] = defaultdict(list)
        for event, variable, value in self.states.values():
            if interval(value):
                groups[event, variable].append(
                    replace(value, qualifier=None if value.qualifier == "about" else value.qualifier)
                )
        found = set()
        for (event, variable), values in groups.items():
            ends = [interval(value) or () for value in values]
            lows, highs = ([each[side].number for each in ends if each[side].number is not None] for side in (0, 1))
            if len(values) > 1:
                found.add((event, variable, min(lows, default=None), max(highs, default=None), len(values)))
        return found

    def agreements(self) -> dict[tuple[str, str, frozenset[str]], dict[str, int]]:
        groups: dict[tuple[str, str, Value], set[str]] = defaultdict(set)
        for claim, (event, variable, value) in self.states.items():
            groups[event, variable, said(value)].add(claim)
        found = {}
        for (event, variable, _), claims in groups.items():
            kinds = [self.kind(root) for root in set[str]().union(*map(self.roots, claims))]
            found[event, variable, frozenset(claims)] = {
                kind: kinds.count(kind) for kind in ("firstHand", "unknown", "unseen")
            }
        return found


@dataclass(frozen=True)
class Bound:
    """An end of an interval: no number, no end; open: the number itself is outside."""

    number: Fraction | None
    open: bool = False


def interval(value: Value) -> tuple[Bound, Bound] | None:
    """Return what numbers a value can mean; None where it names none."""
    low, high = ((value.point if end is None else end) for end in (value.least, value.most))
    how = value.qualifier
    if value.status or how == "vague":
        return None
    low = None if how in ("atMost", "fewerThan") else low
    high = None if how in ("atLeast", "moreThan") else high
    if low is None and high is None:
        return None
    share = TENTH if how == "about" else 0
    least = None if low is None else Fraction(low) - abs(Fraction(low)) * share
    most = None if high is None else Fraction(high) + abs(Fraction(high)) * share
    return Bound(least, how == "moreThan"), Bound(most, how == "fewerThan")


def before(one: tuple[Bound, Bound], other: tuple[Bound, Bound]) -> bool:
    """Whether an interval ends before another begins."""
    end, start = one[1], other[0]
    if end.number is None or start.number is None:
        return False
    return end.number < start.number or (end.number == start.number and (end.open or start.open))


def apart(one: Value, other: Value) -> bool:
    both = interval(one), interval(other)
    return both[0] is not None and both[1] is not None and (before(both[0], both[1]) or before(both[1], both[0]))


def meet(one: Value, other: Value) -> bool:
    if one.days is None or other.days is None:
        return True
    return one.days[0] <= other.days[1] and other.days[0] <= one.days[1]


def said(value: Value) -> Value:
    """Return what of a value must be equal where two claims state the same."""
    words = None if any((value.point, value.least, value.most, value.status)) else value.worded
    numbers = (None if each is None else str(Fraction(each)) for each in (value.point, value.least, value.most))
    return Value(value.qualifier or "exactly", *numbers, value.status, words)


def random_claims(random: Random, claims: int = 12, sources: int = 8) -> Claims:
    """Return claims on a few events; their sources derive from one another, in loops too."""
    names = [f"c{number}" for number in range(claims)]
    papers = [f"s{number}" for number in range(sources)]
    edges: dict[str, set[tuple[str, str]]] = defaultdict(set)
    edges[SCHEMA + "appearance"] = {(claim, random.choice(papers)) for claim in names}
    for _ in range(random.randrange(sources + 4)):
        edges[PROV + "wasDerivedFrom"].add((random.choice(papers), random.choice(papers)))
    for _ in range(random.randrange(claims)):
        edges[SCHEMA + "isBasedOn"].add((random.choice(names), random.choice([*names, *papers])))
    for _ in range(random.randrange(claims)):
        edges[SCHEMA + "isPartOf"].add((random.choice(names), random.choice(names)))
    edges[NS + "knownThrough"] = {(paper, random.choice(papers)) for paper in papers if random.random() < 0.3}
    values = [random_value(random) for _ in range(claims // 2)]
    states = {claim: (f"e{random.randrange(2)}", f"v{random.randrange(2)}", random.choice(values)) for claim in names}
    return Claims(states, edges, frozenset(paper for paper in papers if random.random() < 0.4))


def random_value(random: Random) -> Value:
    numbers = [*map(str, range(90, 112, 3)), "99.50", "99.5", "99.0"]
    point, least, most = (random.choice([None, *numbers]) for _ in range(3))
    day = random.choice(
        [None, ("1992-02-26", "1992-02-27"), ("1992-02-27", "1992-03-01"), ("1992-04-01", "1992-04-01")]
    )
    status = random.choice([None] * 6 + ["unknown"])
    worded = random.choice([None, "hundreds", "many"])
    return Value(random.choice(QUALIFIERS), point, least, most, status, worded, day)

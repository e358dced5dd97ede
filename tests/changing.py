"""Two states of a small data set, and a plain twin of what became of its entities: written from MODEL.md's words alone."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from random import Random

BASE = "http://example.org/set/"
SCHEMA, PROV = "http://schema.org/", "http://www.w3.org/ns/prov#"
NS, XSD = "https://w3id.org/lod/ns#", "http://www.w3.org/2001/XMLSchema#"
RDFS, CITO = "http://www.w3.org/2000/01/rdf-schema#", "http://purl.org/spar/cito/"
SKOS, CSVW = "http://www.w3.org/2004/02/skos/core#", "http://www.w3.org/ns/csvw#"
TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
NAMES = {"event": "Event", "source": "WebPage", "agent": "Person"}

# What changed in a claim -> the field of its record. Ids of other records stand for them.
FIELDS = {
    "wording": "text",
    "event": "event",
    "claimant": "claimant",
    "source": "source",
    "grounds": "grounds",
    "value": "number",
    "quote": "quote",
    "whole": "whole",
    "dispute": "disputes",
    "note": "note",
}
TARGETS = {"event": "event", "claimant": "agent", "source": "source", "whole": "claim", "disputes": "claim"}


@dataclass(frozen=True)
class Claim:
    """A record; `worded` is what a source calls the number, `ended` why the claim was withdrawn."""

    text: str
    event: str
    claimant: str
    source: str
    grounds: frozenset[str] = frozenset()
    number: int | None = None
    worded: str | None = None
    quote: str | None = None
    whole: str | None = None
    disputes: str | None = None
    note: str | None = None
    revision_of: str | None = None
    ended: str | None = None


@dataclass(frozen=True)
class State:
    """Claims by id; names of other entities by kind and id; which source retracts which claim."""

    claims: dict[str, Claim]
    others: dict[tuple[str, str], str]
    retractions: frozenset[tuple[str, str]] = frozenset()
    rows: dict[str, int] = field(default_factory=dict)

    def lines(self) -> list[str]:
        return sorted({f"{line} .\n" for line in self._lines()})

    def _lines(self) -> Iterator[str]:
        for name, claim in self.claims.items():
            yield from _tombstone(name, claim.ended) if claim.ended else _claim(name, claim)
        for (kind, name), label in self.others.items():
            node = iri(kind, name)
            yield f"{node} <{TYPE}> <{SCHEMA}{NAMES[kind]}>"
            yield f"{node} <{SCHEMA}name> {text(label)}"
            yield f"{node} <{RDFS}label> {text(label)}"
        for source, claim_id in self.retractions:
            yield f"{iri('source', source)} <{CITO}retracts> {iri('claim', claim_id)}"
        for name, number in self.rows.items():
            graph = f"<{BASE}graph/rows>"
            yield f"{iri('row', name)} <{CSVW}describes> {iri('claim', name)} {graph}"
            yield f'{iri("row", name)} <{CSVW}rownum> "{number}"^^<{XSD}integer> {graph}'


def iri(kind: str, name: str) -> str:
    return f"<{BASE}{kind}/{name}>"


def text(value: str) -> str:
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"@en'


def _claim(name: str, claim: Claim) -> Iterator[str]:
    node, value, quote = (iri(kind, name) for kind in ("claim", "value", "quote"))
    said = [
        (TYPE, f"<{SCHEMA}Claim>"),
        (SCHEMA + "text", text(claim.text)),
        (RDFS + "label", text(claim.text)),
        (SCHEMA + "about", iri("event", claim.event)),
        (SCHEMA + "author", iri("agent", claim.claimant)),
        (PROV + "wasAttributedTo", iri("agent", claim.claimant)),
        (SCHEMA + "appearance", iri("source", claim.source)),
        (PROV + "wasDerivedFrom", iri("source", claim.source)),
    ]
    for ground in claim.grounds:
        said += [(each, iri("source", ground)) for each in (SCHEMA + "isBasedOn", PROV + "wasDerivedFrom")]
        said.append((PROV + "hadPrimarySource", iri("source", ground)))
    links = {
        SCHEMA + "isPartOf": claim.whole,
        CITO + "disputes": claim.disputes,
        PROV + "wasRevisionOf": claim.revision_of,
    }
    said += [(predicate, iri("claim", other)) for predicate, other in links.items() if other]
    if claim.note:
        said.append((SKOS + "editorialNote", text(claim.note)))
    said += [(NS + "states", value), (SCHEMA + "citation", quote)]
    yield from (f"{node} <{predicate}> {term}" for predicate, term in said)
    yield f"{value} <{TYPE}> <{SCHEMA}Observation>"
    for predicate in ("value", "minValue", "maxValue") if claim.number is not None else ():
        yield f'{value} <{SCHEMA}{predicate}> "{claim.number}"^^<{XSD}integer>'
    if claim.worded:
        yield f"{value} <{NS}asWorded> {text(claim.worded)}"
    yield f"{quote} <{TYPE}> <{SCHEMA}Quotation>"
    if claim.quote:
        yield f"{quote} <{SCHEMA}text> {text(claim.quote)}"


def _tombstone(name: str, why: str) -> Iterator[str]:
    node, activity = iri("claim", name), iri("activity", f"withdrew-{name}")
    yield f"{node} <{TYPE}> <{NS}WithdrawnClaim>"
    yield f"{node} <{PROV}wasInvalidatedBy> {activity}"
    yield f"{activity} <{TYPE}> <{PROV}Activity>"
    yield f"{activity} <{RDFS}comment> {text(why)}"


# The twin: what became of each entity, as (kind, id) -> what it became, and (what, before, after) of each change.

Change = tuple[str, frozenset[str], frozenset[str]]
Fates = dict[tuple[str, str], tuple[str, frozenset[Change]]]


def difference(old: State, new: State) -> Fates:
    found: Fates = {}
    for key in old.others.keys() | new.others.keys():
        before, after = old.others.get(key), new.others.get(key)
        if before != after:
            sides = frozenset(filter(None, [before])), frozenset(filter(None, [after]))
            became = "new" if before is None else "gone" if after is None else "changed"
            found[key] = (became, frozenset({("name", *sides)}) if became == "changed" else frozenset())
    for name in old.claims.keys() | new.claims.keys():
        became, changes = _fate(name, old, new)
        if became:
            found["claim", name] = became, frozenset(changes)
    return found


def _fate(name: str, old: State, new: State) -> tuple[str | None, set[Change]]:
    before, after = old.claims.get(name), new.claims.get(name)
    links = {"retraction": (_retracting(name, old), _retracting(name, new))}
    links["revised by"] = _revising(name, old), _revising(name, new)
    changed = {(word, one - two, two - one) for word, (one, two) in links.items() if one != two}
    if after is None:
        return "gone", {(word, frozenset(), two) for word, (_, two) in links.items() if two}
    if before is None:
        own = (
            {("revision", frozenset(), frozenset({after.revision_of}))}
            if after.revision_of and not after.ended
            else set()
        )
        return "new", own | {(word, frozenset(), two) for word, _, two in changed if two}
    if bool(before.ended) != bool(after.ended):
        sides = [frozenset(filter(None, [claim.ended])) for claim in (before, after)]
        return ("restored" if before.ended else "withdrawn"), {("withdrawal", sides[0], sides[1])}
    if before.ended:
        if before.ended != after.ended:
            changed.add(("withdrawal", frozenset({before.ended}), frozenset({str(after.ended)})))
        return ("changed" if changed else None), changed
    changed |= _fields(before, after)
    return ("changed" if changed else None), changed


def _fields(before: Claim, after: Claim) -> set[Change]:
    pairs = [(word, getattr(before, name), getattr(after, name)) for word, name in FIELDS.items()]
    pairs += [("wording", before.worded, after.worded), ("revision", before.revision_of, after.revision_of)]
    sides = ((word, _set(one), _set(two)) for word, one, two in pairs)
    return {(word, one - two, two - one) for word, one, two in sides if one != two}


def _set(value: object) -> frozenset[str]:
    if isinstance(value, frozenset):
        return value
    return frozenset() if value is None else frozenset({str(value)})


def _retracting(name: str, state: State) -> frozenset[str]:
    return frozenset(source for source, claim in state.retractions if claim == name)


def _revising(name: str, state: State) -> frozenset[str]:
    return frozenset(key for key, claim in state.claims.items() if claim.revision_of == name and not claim.ended)


# Random states.

WORDS = ("killed", "more than 200", "dozens", 'a "so-called" count', "two\nlines", "größer", "</script>")


def random_state(random: Random, claims: int = 40) -> State:
    others = {(kind, f"{kind[0]}{number}"): f"{kind} {number}" for kind in NAMES for number in range(8)}
    found = {f"c{number}": random_claim(random, claims) for number in range(claims)}
    return State(found, others, frozenset(), {name: number for number, name in enumerate(found, 1)})


def random_claim(random: Random, claims: int) -> Claim:
    chosen = {name: random_value(random, name, claims) for name in (*FIELDS.values(), "worded")}
    return Claim(**{name: value for name, value in chosen.items() if value is not None})  # type: ignore[arg-type]  # of many types


def random_value(random: Random, name: str, claims: int = 40) -> object:
    if name == "grounds":
        return frozenset(f"s{random.randrange(8)}" for _ in range(random.randrange(3)))
    if name in TARGETS:
        kind = TARGETS[name]
        needed = name in ("event", "claimant", "source") or random.random() < 0.6
        return f"{kind[0]}{random.randrange(claims if kind == 'claim' else 8)}" if needed else None
    if name == "number":
        return random.choice([None, *range(9)])
    return random.choice(WORDS if name == "text" else [None, *WORDS])


def edited(random: Random, state: State, edits: int = 25) -> State:
    """Return a state after random edits: fields, entities that come and go, retractions, withdrawals, rows that move."""
    for _ in range(edits):
        state = random.choice([_edit_field] * 6 + [_edit_entity, _add, _drop, _withdraw, _retract, _revise, _move])(
            random, state
        )
    return state


def _with(state: State, name: str, claim: Claim) -> State:
    return replace(state, claims=state.claims | {name: claim})


def _edit_field(random: Random, state: State) -> State:
    name, column = random.choice(sorted(state.claims)), random.choice([*FIELDS.values(), "worded"])
    return _with(state, name, replace(state.claims[name], **{column: random_value(random, column)}))


def _edit_entity(random: Random, state: State) -> State:
    key = random.choice(sorted(NAMES)), f"new{random.randrange(4)}"
    key = random.choice([key, *sorted(state.others)])
    others = {each: label for each, label in state.others.items() if each != key}
    return replace(state, others=others | random.choice([{}, {key: f"renamed {random.randrange(99)}"}]))


def _add(random: Random, state: State) -> State:
    return _with(state, f"n{random.randrange(99)}", random_claim(random, 40))


def _drop(random: Random, state: State) -> State:
    gone = random.choice(sorted(state.claims))
    return replace(state, claims={name: claim for name, claim in state.claims.items() if name != gone})


def _withdraw(random: Random, state: State) -> State:
    name = random.choice(sorted(state.claims))
    ended = random.choice([None, "Entered twice.", "Misread."])
    return _with(state, name, replace(state.claims[name], ended=ended))


def _retract(random: Random, state: State) -> State:
    pair = f"s{random.randrange(8)}", f"c{random.randrange(40)}"
    return replace(state, retractions=state.retractions ^ {pair})


def _revise(random: Random, state: State) -> State:
    name, old = random.choice(sorted(state.claims)), f"c{random.randrange(40)}"
    return _with(state, name, replace(state.claims[name], revision_of=old if old != name else None))


def _move(random: Random, state: State) -> State:
    names = sorted(state.claims)
    random.shuffle(names)
    return replace(state, rows={name: number for number, name in enumerate(names, 1)})

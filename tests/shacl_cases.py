"""Random small graphs and random shapes, as Turtle: all of SHACL Core, on odd values."""

from collections.abc import Callable, Sequence
from random import Random

PREFIXES = """
@prefix ex: <http://example.org/> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""
NODES = ("ex:a", "ex:b", "ex:c", "ex:d", "_:x", "_:y")
PROPERTIES = ("ex:p", "ex:q", "ex:r")
CLASSES = ("ex:C", "ex:D", "ex:E")
LITERALS = (
    *('"one"', '"one"@en', '"eins"@de', '"ein"@de-AT', '"EIN"@DE', '""', '"two words"', '"1"', '"\\n"', '"a\\"b"'),
    *("1", "01", "+1", "-2", "7", "1.0", "2.50", "1e0", "true", "false", '"1"^^xsd:boolean', '"x"^^xsd:boolean'),
    *('"x"^^xsd:integer', '"300"^^xsd:byte', '"5"^^xsd:byte', '"1.0"^^xsd:integer', '"INF"^^xsd:double'),
    *('"1992-02-26"^^xsd:date', '"1992-02-30"^^xsd:date', '"1992-02-26Z"^^xsd:date', '"1992"^^xsd:gYear'),
    *('"1992-02-26T12:00:00"^^xsd:dateTime', '"1992-02-26T12:00:00Z"^^xsd:dateTime'),
    *('"1992-02-26T12:00:00.5Z"^^xsd:dateTime', '"1992-02-26T13:00:00+01:00"^^xsd:dateTime'),
    *('"x"^^ex:type', '"1993-01-01T00:00:00Z"^^xsd:dateTime'),
)
DATATYPES = (
    *("xsd:integer", "xsd:string", "rdf:langString", "xsd:date", "xsd:dateTime", "xsd:boolean", "xsd:byte"),
    *("xsd:decimal", "xsd:double", "xsd:gYear", "ex:type"),
)
BOUNDS = ("1", "1.5", "0", '"1992-02-26"^^xsd:date', '"1992-02-26T12:00:00Z"^^xsd:dateTime', '"b"')
KINDS = ("IRI", "BlankNode", "Literal", "BlankNodeOrIRI", "BlankNodeOrLiteral", "IRIOrLiteral")
PATTERNS = ("^one", "e", "^[0-9]+$", "^.$", "W")
FLAGS = ("", ' ; sh:flags "i"')
RANGES = ("en", "de", "de-AT", "*", "fr")


def data(random: Random) -> str:
    """Return a graph of some twenty statements, in which classes may have subclasses."""
    lines = [PREFIXES]
    for _ in range(random.randint(4, 24)):
        subject = random.choice(NODES)
        if random.random() < 0.25:
            lines.append(f"{subject} a {random.choice(CLASSES)} .")
        else:
            value = random.choice(NODES if random.random() < 0.45 else LITERALS)
            lines.append(f"{subject} {random.choice(PROPERTIES)} {value} .")
    if random.random() < 0.4:
        lines.append(f"{random.choice(CLASSES)} rdfs:subClassOf {random.choice(CLASSES)} .")
    return "\n".join(lines)


def shapes(random: Random) -> str:
    """Return a shapes graph: one shape with targets, and what it refers to."""
    return PREFIXES + Shapes(random).targeted()


class Shapes:
    """Writes random shapes; those that others refer to are nested two levels deep at most."""

    def __init__(self, random: Random) -> None:
        self.random = random

    def targeted(self) -> str:
        random = self.random
        targets = {
            "sh:targetClass": lambda: random.choice(CLASSES),
            "sh:targetNode": lambda: random.choice([each for each in NODES if each[0] != "_"] + list(LITERALS[:14])),
            "sh:targetSubjectsOf": lambda: random.choice(PROPERTIES),
            "sh:targetObjectsOf": lambda: random.choice(PROPERTIES),
        }
        aimed = " ; ".join(
            f"{name} {pick()}" for name, pick in random.sample(list(targets.items()), random.randint(1, 2))
        )
        is_property = random.random() < 0.6
        kind = "sh:PropertyShape" if is_property else "sh:NodeShape"
        return f"ex:shape a {kind} ; {aimed} ; {self.body(is_property, 0)} ."

    def body(self, is_property: bool, depth: int) -> str:
        random = self.random
        parts = [f"sh:path {self.path(0)}"] if is_property else []
        if random.random() < 0.1:
            parts.append(f"sh:severity sh:{random.choice(['Info', 'Warning', 'Violation'])}")
        if random.random() < 0.03:
            parts.append("sh:deactivated true")
        makers = [
            *self.of_values(),
            *(self.of_properties() if is_property else ()),
            *(self.of_shapes(depth) if depth < 2 else ()),
        ]
        parts += [make() for make in random.sample(makers, random.randint(1, 2))]
        return " ; ".join(parts)

    def shape(self, depth: int) -> str:
        return f"[ {self.body(self.random.random() < 0.5, depth + 1)} ]"

    def property_shape(self, depth: int) -> str:
        return f"[ {self.body(True, depth + 1)} ]"

    def path(self, depth: int) -> str:
        random = self.random
        if depth > 1 or random.random() < 0.6:
            return random.choice(PROPERTIES)
        paths = " ".join(self.path(depth + 1) for _ in range(2))
        kind = random.choice(["inversePath", "zeroOrMorePath", "oneOrMorePath", "zeroOrOnePath", "alternativePath", ""])
        if not kind:
            return f"( {paths} )"
        return f"[ sh:{kind} {f'( {paths} )' if kind == 'alternativePath' else self.path(depth + 1)} ]"

    def of_values(self) -> Sequence[Callable[[], str]]:
        random = self.random
        any_node = (*(node for node in NODES if node[0] != "_"), *LITERALS)
        return (
            lambda: f"sh:class {random.choice(CLASSES)}",
            lambda: f"sh:datatype {random.choice(DATATYPES)}",
            lambda: f"sh:nodeKind sh:{random.choice(KINDS)}",
            lambda: f"sh:{random.choice(['min', 'max'])}{random.choice(['In', 'Ex'])}clusive {random.choice(BOUNDS)}",
            lambda: f"sh:{random.choice(['min', 'max'])}Length {random.randint(0, 20)}",
            lambda: f'sh:pattern "{random.choice(PATTERNS)}"{random.choice(FLAGS)}',
            lambda: f"sh:languageIn ( {' '.join(repr(each) for each in random.sample(RANGES, random.randint(0, 2)))} )",
            lambda: f"sh:equals {random.choice(PROPERTIES)}",
            lambda: f"sh:disjoint {random.choice(PROPERTIES)}",
            lambda: f"sh:hasValue {random.choice(any_node)}",
            lambda: f"sh:in ( {' '.join(random.sample(any_node, random.randint(0, 8)))} )",
        )

    def of_properties(self) -> Sequence[Callable[[], str]]:
        random = self.random
        return (
            lambda: f"sh:{random.choice(['min', 'max'])}Count {random.randint(0, 3)}",
            lambda: "sh:uniqueLang true",
            lambda: f"sh:lessThan {random.choice(PROPERTIES)}",
            lambda: f"sh:lessThanOrEquals {random.choice(PROPERTIES)}",
        )

    def of_shapes(self, depth: int) -> Sequence[Callable[[], str]]:
        random = self.random

        def several() -> str:
            return " ".join(self.shape(depth) for _ in range(random.randint(1, 3)))

        return (
            lambda: f"sh:not {self.shape(depth)}",
            lambda: f"sh:and ( {several()} )",
            lambda: f"sh:or ( {several()} )",
            lambda: f"sh:xone ( {several()} )",
            lambda: f"sh:node [ {self.body(False, depth + 1)} ]",
            lambda: f"sh:property {self.property_shape(depth)}",
            lambda: f"sh:property {self.property_shape(depth)}",
            lambda: f"sh:property {self.qualified(depth)}, {self.qualified(depth)}",
            lambda: f"sh:closed true ; sh:ignoredProperties ( rdf:type ) ; sh:property {self.property_shape(depth)}",
        )

    def qualified(self, depth: int) -> str:
        random = self.random
        count = f"sh:qualified{random.choice(['Min', 'Max'])}Count {random.randint(0, 2)}"
        disjoint = random.choice(["", " ; sh:qualifiedValueShapesDisjoint true"])
        return (
            f"[ sh:path {random.choice(PROPERTIES)} ; sh:qualifiedValueShape {self.shape(depth)} ; {count}{disjoint} ]"
        )

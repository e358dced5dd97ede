"""The keys of YARRRML, each with the names it goes by: its own first, then its shortcuts.

https://rml.io/yarrrml/spec/#shortcuts
Shortcuts that the specification does not list but its reference implementation reads are among them.
"""

from typing import Final

Key = tuple[str, ...]

# The document
BASE: Final[Key] = ("base",)
PREFIXES: Final[Key] = ("prefixes",)
EXTERNAL: Final[Key] = ("external",)
AUTHORS: Final[Key] = ("authors", "author", "a")
SOURCES: Final[Key] = ("sources", "source")
TARGETS: Final[Key] = ("targets", "target", "t")
MAPPINGS: Final[Key] = ("mappings", "mapping", "m")

# A mapping, and its pairs
SUBJECTS: Final[Key] = ("subjects", "subject", "s")
PREDICATE_OBJECTS: Final[Key] = ("predicateobjects", "predicateobject", "po")
PREDICATES: Final[Key] = ("predicates", "predicate", "p")
INVERSE_PREDICATES: Final[Key] = ("inversepredicates", "inversepredicate", "i", "iv")
OBJECTS: Final[Key] = ("objects", "object", "o")
GRAPHS: Final[Key] = ("graphs", "graph", "g")
CONDITIONS: Final[Key] = ("condition", "conditions", "c")

# A term
VALUE: Final[Key] = ("value", "v")
TYPE: Final[Key] = ("type",)
DATATYPE: Final[Key] = ("datatype",)
LANGUAGE: Final[Key] = ("language",)
MAPPING: Final[Key] = ("mapping",)

# A function
FUNCTION: Final[Key] = ("function", "fn", "f")
PARAMETERS: Final[Key] = ("parameters", "pms")
PARAMETER: Final[Key] = ("parameter", "pm")
FROM: Final[Key] = ("from",)

# A source or a target
ACCESS: Final[Key] = ("access",)
REFERENCE_FORMULATION: Final[Key] = ("referenceFormulation",)
ITERATOR: Final[Key] = ("iterator",)
ENCODING: Final[Key] = ("encoding",)
DELIMITER: Final[Key] = ("delimiter",)
COMPRESSION: Final[Key] = ("compression",)
SERIALIZATION: Final[Key] = ("serialization",)
DRIVER: Final[Key] = ("driver",)
CREDENTIALS: Final[Key] = ("credentials",)
USERNAME: Final[Key] = ("username",)
PASSWORD: Final[Key] = ("password",)
QUERY: Final[Key] = ("query",)
QUERY_FORMULATION: Final[Key] = ("queryFormulation",)

# A source, in words that are ours
OPTIONAL: Final[Key] = ("optional",)
FIELDS: Final[Key] = ("fields",)
EACH: Final[Key] = ("each",)
NULLS: Final[Key] = ("nulls",)
QUOTE: Final[Key] = ("quote",)
COMMENT: Final[Key] = ("comment",)
HEADER: Final[Key] = ("header",)
SKIP: Final[Key] = ("skip",)
TRIM: Final[Key] = ("trim",)
SHEET: Final[Key] = ("sheet",)
TABLE: Final[Key] = ("table",)
NAMESPACES: Final[Key] = ("namespaces",)

_STAR = "quoted triples, RDF-star"
_THINGS = "a Web of Things description"
_HTTP = "an HTTP request as target"
_COLLECTIONS = "collections and containers"

# Keys of drafts and of other implementations, and what they are for.
REFUSED: Final = {
    "quoted": _STAR,
    "quotedNonAsserted": _STAR,
    "contentType": _THINGS,
    "operationType": _THINGS,
    "security": _THINGS,
    "authentication": _HTTP,
    "authentications": _HTTP,
    "headers": _HTTP,
    "methodName": _HTTP,
    "rel": _HTTP,
    "ldes": "a Linked Data Event Stream",
    "changeDetection": "change detection, IncRML",
    "gather": _COLLECTIONS,
    "gatherAs": _COLLECTIONS,
}

"""The names that an RML document uses: current and former vocabularies under one short name each.

Terms of RML itself have their local name; those of other vocabularies their usual prefix before it (`csvw:url`).
https://kg-construct.github.io/rml-core/spec/docs/ (current), https://rml.io/specs/rml/ and https://www.w3.org/TR/r2rml/
"""

from typing import Final

from lod.vocab import CSVW, DCAT, FORMER_RML, R2RML, RDF, RML, VOID

_PREFIXES = {
    RML: "",
    FORMER_RML: "",
    R2RML: "",
    "http://semweb.mmlab.be/ns/ql#": "",
    "http://semweb.mmlab.be/ns/fnml#": "",
    "http://semweb.mmlab.be/ns/rml-target#": "",
    "http://semweb.mmlab.be/ns/rml-compression#": "",
    CSVW: "csvw:",
    CSVW.replace("http:", "https:"): "csvw:",
    DCAT: "dcat:",
    "http://www.wiwiss.fu-berlin.de/suhl/bizer/D2RQ/0.1#": "d2rq:",
    VOID: "void:",
    RDF: "rdf:",
    "http://www.w3.org/ns/sparql-service-description#": "sd:",
    "https://www.w3.org/2019/wot/td#": "td:",
    "http://www.w3.org/ns/formats/": "formats:",
}
_RENAMED = {
    "column": "reference",
    "logicalTable": "logicalSource",
    "sqlQuery": "query",
    "execution": "functionExecution",
    "valueMap": "inputValueMap",
    "value": "inputValue",
}

# The properties that are read: RML-Core, RML-IO, RML-FNML, RML-LV, RML-CC, and what RML-IO takes from CSVW and D2RQ.
KNOWN: Final = frozenset(
    {
        "allowEmptyListAndContainer",
        "baseIRI",
        "child",
        "childMap",
        "class",
        "compression",
        "condition",
        "constant",
        "csvw:commentPrefix",
        "csvw:delimiter",
        "csvw:dialect",
        "csvw:doubleQuote",
        "csvw:encoding",
        "csvw:header",
        "csvw:headerRowCount",
        "csvw:lineTerminators",
        "csvw:null",
        "csvw:quoteChar",
        "csvw:separator",
        "csvw:skipRows",
        "csvw:trim",
        "csvw:url",
        "d2rq:jdbcDSN",
        "d2rq:jdbcDriver",
        "d2rq:password",
        "d2rq:username",
        "datatype",
        "datatypeMap",
        "encoding",
        "field",
        "fieldName",
        "fullJoin",
        "function",
        "functionExecution",
        "functionMap",
        "functionValue",
        "gather",
        "gatherAs",
        "graph",
        "graphMap",
        "innerJoin",
        "input",
        "inputValue",
        "inputValueMap",
        "inverseExpression",
        "iterator",
        "joinCondition",
        "language",
        "languageMap",
        "leftJoin",
        "logicalSource",
        "logicalTarget",
        "namespace",
        "namespacePrefix",
        "namespaceURL",
        "null",
        "object",
        "objectMap",
        "onFields",
        "parameter",
        "parameterMap",
        "parent",
        "parentLogicalView",
        "parentMap",
        "parentTriplesMap",
        "path",
        "predicate",
        "predicateMap",
        "predicateObjectMap",
        "query",
        "reference",
        "referenceFormulation",
        "return",
        "returnMap",
        "root",
        "serialization",
        "source",
        "sqlVersion",
        "strategy",
        "structuralAnnotation",
        "subject",
        "subjectMap",
        "tableName",
        "target",
        "targetFields",
        "targetView",
        "template",
        "termType",
        "viewOn",
    }
)

# What is known and not read, and what to do about it.
REFUSED: Final = {
    "subjectNode": "RML-star's quoted triples are not made.",
    "starMap": "RML-star's quoted triples are not made.",
    "quotedTriplesMap": "RML-star's quoted triples are not made.",
}


def compact(iri: str) -> str:
    """Return the short name of an IRI of these vocabularies; another IRI is returned as it is."""
    for namespace, prefix in _PREFIXES.items():
        if iri.startswith(namespace):
            local = iri.removeprefix(namespace)
            return prefix + (local if prefix else _RENAMED.get(local, local))
    return iri


def is_checked(name: str) -> bool:
    """Return whether a property's short name belongs to a vocabulary whose every property must be known."""
    return ":" not in name or name.startswith(("csvw:", "d2rq:"))

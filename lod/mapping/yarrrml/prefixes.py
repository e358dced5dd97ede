"""YARRRML `prefixes`: those that a document declares, and those that every document has.

https://rml.io/yarrrml/spec/#prefixes-and-namespaces
"""

import re
from typing import Final

from lod.errors import MappingError
from lod.mapping.yarrrml.tree import Node, Scalar, entries, scalar
from lod.terms import IRI_PATTERN, XSD
from lod.vocab import CSVW, DCAT, DCTERMS, FN, GREL, IDLAB, PROV, PY, RDF, RDFS, SCHEMA, VOID

_PREFIX = "(?:[A-Za-z](?:[A-Za-z0-9_.-]*[A-Za-z0-9_-])?)?"

# The RDFa Core Initial Context, as the specification has it. https://www.w3.org/2011/rdfa-context/rdfa-1.1
_RDFA = {
    "as": "https://www.w3.org/ns/activitystreams#",
    "cc": "http://creativecommons.org/ns#",
    "csvw": CSVW,
    "ctag": "http://commontag.org/ns#",
    "dc": DCTERMS,
    "dc11": "http://purl.org/dc/elements/1.1/",
    "dcat": DCAT,
    "dcterms": DCTERMS,
    "dqv": "http://www.w3.org/ns/dqv#",
    "duv": "https://www.w3.org/ns/duv#",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "gr": "http://purl.org/goodrelations/v1#",
    "grddl": "http://www.w3.org/2003/g/data-view#",
    "ical": "http://www.w3.org/2002/12/cal/icaltzd#",
    "jsonld": "http://www.w3.org/ns/json-ld#",
    "ldp": "http://www.w3.org/ns/ldp#",
    "ma": "http://www.w3.org/ns/ma-ont#",
    "oa": "http://www.w3.org/ns/oa#",
    "odrl": "http://www.w3.org/ns/odrl/2/",
    "og": "http://ogp.me/ns#",
    "org": "http://www.w3.org/ns/org#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "prov": PROV,
    "qb": "http://purl.org/linked-data/cube#",
    "rdf": RDF,
    "rdfa": "http://www.w3.org/ns/rdfa#",
    "rdfs": RDFS,
    "rev": "http://purl.org/stuff/rev#",
    "rif": "http://www.w3.org/2007/rif#",
    "rr": "http://www.w3.org/ns/r2rml#",
    "schema": SCHEMA,
    "sd": "http://www.w3.org/ns/sparql-service-description#",
    "sioc": "http://rdfs.org/sioc/ns#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "skosxl": "http://www.w3.org/2008/05/skos-xl#",
    "sosa": "http://www.w3.org/ns/sosa/",
    "ssn": "http://www.w3.org/ns/ssn/",
    "time": "http://www.w3.org/2006/time#",
    "v": "http://rdf.data-vocabulary.org/#",
    "vann": "http://purl.org/vocab/vann/",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "void": VOID,
    "wdr": "http://www.w3.org/2007/05/powder#",
    "wdrs": "http://www.w3.org/2007/05/powder-s#",
    "xhv": "http://www.w3.org/1999/xhtml/vocab#",
    "xml": "http://www.w3.org/XML/1998/namespace",
    "xsd": XSD,
}

# The functions that mappings name most, of other tools and of our own.
_FUNCTIONS = {"fn": FN, "py": PY, "grel": GREL, "idlab-fn": IDLAB}

PREDEFINED: Final = _RDFA | _FUNCTIONS


def declared_prefixes(node: Node | None) -> dict[str, str]:
    """Parse the document's `prefixes` (the empty one too); raise MappingError at what is no prefix, or no IRI."""
    pairs = entries(node, "'prefixes'", "prefixes to IRIs")
    return {_prefix(key): absolute_iri(scalar(value, "a prefix's IRI")) for key, value in pairs}


def _prefix(key: Scalar) -> str:
    if not re.fullmatch(_PREFIX, key.text):
        what = f"{key.text!r} is no prefix: one begins with a letter and goes on with letters, digits, _ . -"
        raise MappingError(what, at=key.position)
    return key.text


def absolute_iri(node: Scalar) -> str:
    """Return the text of a node that must be an absolute IRI."""
    if not re.fullmatch(IRI_PATTERN, node.text):
        raise MappingError(f"{node.text!r} is no absolute IRI", at=node.position)
    return node.text

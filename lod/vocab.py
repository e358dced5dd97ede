"""The IRIs that the machinery itself writes or reads, each with its prefix."""

from typing import Final

from lod.terms import XSD

RDF: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS: Final = "http://www.w3.org/2000/01/rdf-schema#"
SCHEMA: Final = "http://schema.org/"
PROV: Final = "http://www.w3.org/ns/prov#"
DCTERMS: Final = "http://purl.org/dc/terms/"
DCAT: Final = "http://www.w3.org/ns/dcat#"
VOID: Final = "http://rdfs.org/ns/void#"
CSVW: Final = "http://www.w3.org/ns/csvw#"
FOAF: Final = "http://xmlns.com/foaf/0.1/"
SPDX: Final = "http://spdx.org/rdf/terms#"
VCARD: Final = "http://www.w3.org/2006/vcard/ns#"
SKOS: Final = "http://www.w3.org/2004/02/skos/core#"
NP: Final = "http://www.nanopub.org/nschema#"
CITO: Final = "http://purl.org/spar/cito/"
OA: Final = "http://www.w3.org/ns/oa#"
SHACL: Final = "http://www.w3.org/ns/shacl#"
NS: Final = "https://w3id.org/lod/ns#"
FN: Final = "https://w3id.org/lod/fn#"
PY: Final = "https://w3id.org/lod/python#"
GREL: Final = "http://users.ugent.be/~bjdmeest/function/grel.ttl#"
IDLAB: Final = "https://w3id.org/imec/idlab/function#"
RML: Final = "http://w3id.org/rml/"
FORMER_RML: Final = "http://semweb.mmlab.be/ns/rml#"
R2RML: Final = "http://www.w3.org/ns/r2rml#"

PREFIXES: Final[dict[str, str]] = {
    "dcat": DCAT,
    "dcterms": DCTERMS,
    "prov": PROV,
    "rdf": RDF,
    "rdfs": RDFS,
    "schema": SCHEMA,
    "void": VOID,
    "xsd": XSD,
}

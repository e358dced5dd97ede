"""Make the index of the vocabularies' own files: `python -m lod.vocabulary.build FOLDER`.

FOLDER holds schemaorg-all-http.ttl (https://schema.org/docs/developers.html), prov-o.ttl
(https://www.w3.org/ns/prov-o) and dcat3.ttl (https://www.w3.org/ns/dcat3). schema.org is CC BY-SA 3.0, PROV-O and DCAT
are under the W3C Document Licence; the index holds names and relations of terms alone, and no descriptions. The
vocabulary of contested claims is that of this repository, mappings/vocabulary.ttl.
"""

import json
import sys
from collections import defaultdict
from pathlib import Path

from lod.errors import InputError
from lod.formats.read import read_quads
from lod.terms import RDF_TYPE
from lod.vocab import RDF, RDFS, SCHEMA
from lod.vocabulary.index import NAMESPACES, compact

FILES = ("schemaorg-all-http.ttl", "prov-o.ttl", "dcat3.ttl")
OWN = Path(__file__).resolve().parents[2] / "mappings" / "vocabulary.ttl"
_OWL = "http://www.w3.org/2002/07/owl#"
_CLASSES = {RDFS + "Class", _OWL + "Class"}
_PROPERTIES = {RDF + "Property", *(_OWL + name for name in ("ObjectProperty", "DatatypeProperty"))}
_DOMAINS = (SCHEMA + "domainIncludes", RDFS + "domain")
_RANGES = (SCHEMA + "rangeIncludes", RDFS + "range")

_Facts = dict[str, dict[str, list[str]]]


def index(folder: Path) -> str:
    """Return the index of the vocabularies in a folder, as JSON."""
    facts: _Facts = defaultdict(lambda: defaultdict(list))
    for file in (*(folder / name for name in FILES), OWN):
        for quad in read_quads(file, file.name, InputError):
            facts[quad.subject][quad.predicate].append(quad.object)
    terms = {compact(iri): _term(facts, iri) for iri in sorted(facts) if iri.startswith(tuple(NAMESPACES.values()))}
    lines = (f"{json.dumps(name)}: {json.dumps(term)}" for name, term in terms.items() if term)
    return "{\n" + ",\n".join(lines) + "\n}\n"


def _term(facts: _Facts, iri: str) -> dict[str, object]:
    said = facts[iri]
    types = set(said[RDF_TYPE])
    kind = "class" if types & _CLASSES else "property" if types & _PROPERTIES else "other"
    if not types:
        return {}
    term = {
        "kind": kind,
        "parents": _named(facts, said[RDFS + "subClassOf"]),
        "domain": _named(facts, [each for name in _DOMAINS for each in said[name]]),
        "range": _named(facts, [each for name in _RANGES for each in said[name]]),
        "successor": next(map(compact, sorted(said[SCHEMA + "supersededBy"])), None),
    }
    return {name: value for name, value in term.items() if value}


def _named(facts: _Facts, nodes: list[str]) -> list[str]:
    """Return classes by their names; of a union its members, and nothing of other descriptions of classes."""
    found: set[str] = set()
    for node in nodes:
        if node.startswith("_:"):
            found.update(each for union in facts[node][_OWL + "unionOf"] for each in _members(facts, union))
        else:
            found.add(compact(node))
    return sorted(found)


def _members(facts: _Facts, cell: str) -> list[str]:
    if cell == RDF + "nil":
        return []
    return [*map(compact, facts[cell][RDF + "first"]), *_members(facts, facts[cell][RDF + "rest"][0])]


if __name__ == "__main__":
    Path(__file__).with_name("index.json").write_text(index(Path(sys.argv[1])), encoding="utf-8")

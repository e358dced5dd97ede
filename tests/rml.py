"""Mapping small files by RML in a folder of the test's own."""

from pathlib import Path
from typing import Any

import pyoxigraph as ox

from lod.map import map_files
from lod.options import MapOptions

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
PREFIXES = """@prefix rml: <http://w3id.org/rml/> . @prefix rr: <http://www.w3.org/ns/r2rml#> .
@prefix former: <http://semweb.mmlab.be/ns/rml#> . @prefix ql: <http://semweb.mmlab.be/ns/ql#> .
@prefix fnml: <http://semweb.mmlab.be/ns/fnml#> . @prefix fno: <https://w3id.org/function/ontology#> .
@prefix fn: <https://w3id.org/lod/fn#> . @prefix csvw: <http://www.w3.org/ns/csvw#> . @prefix : <http://e/> .
@prefix dcat: <http://www.w3.org/ns/dcat#> . @prefix void: <http://rdfs.org/ns/void#> .
@prefix formats: <http://www.w3.org/ns/formats/> . @prefix sd: <http://www.w3.org/ns/sparql-service-description#> .
@prefix td: <https://www.w3.org/2019/wot/td#> . @prefix d2rq: <http://www.wiwiss.fu-berlin.de/suhl/bizer/D2RQ/0.1#> .
"""
HEAD = PREFIXES.count("\n")  # the lines before a mapping
SHORT = {
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#type": "a",
    "http://www.w3.org/2001/XMLSchema#": "xsd:",
    "http://e/": ":",
}


def write(folder: Path, mapping: str, files: dict[str, str]) -> Path:
    """Write a mapping (PREFIXES go before it) and the files that it reads."""
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    path = folder / "m.ttl"
    path.write_text(PREFIXES + mapping, encoding="utf-8")
    return path


def mapped(folder: Path, mapping: str, files: dict[str, str], on_error: str = "fail") -> set[str]:
    """Return the statements that a mapping makes, in N-Quads without the dot, IRIs shortened as in SHORT."""
    write(folder, mapping, files)
    map_files([Path("m.ttl")], Path("out.nq"), MapOptions(base="http://base/", on_error=on_error))
    text = (folder / "out.nq").read_text(encoding="utf-8")
    for iri, name in SHORT.items():
        text = text.replace(iri, name)
    return {line.removesuffix(" .") for line in text.splitlines()}


def read_list(data: ox.Dataset, head: Any) -> list[str]:
    """Return the texts of a well-formed list."""
    texts = []
    while head.value != f"{RDF}nil":
        [first], [rest] = (
            [q.object for q in data.quads_for_subject(head) if q.predicate.value == RDF + name]
            for name in ("first", "rest")
        )
        texts.append(first.value)
        head = rest
    return texts

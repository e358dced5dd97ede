"""A project whose mapping is RML: built as by YARRRML, also beside it, and with the place of each mistake."""

from pathlib import Path

import pyoxigraph as ox
import pytest
from rml import PREFIXES, read_list
from small import PEOPLE, append, contents, copied, quads, swap, tiny_project

from lod import MappingError, ProjectError, build, check, read_project

YARRRML, RML = "mappings/people.yml", "mappings/people.ttl"
PERSON = """@prefix schema: <http://schema.org/> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
<#person> rml:logicalSource [ rml:source "records/people.csv" ; rml:referenceFormulation rml:CSV ] ;
  rml:subjectMap [ rml:template "person/{id}" ; rml:class schema:Person ] ;
  rml:predicateObjectMap
    [ rml:predicate schema:name ; rml:objectMap [ rml:reference "name" ; rml:languageMap [ rml:reference "lang" ] ] ] ,
    [ rml:predicate schema:birthDate ; rml:objectMap [ rml:reference "born" ; rml:datatype xsd:date ] ] .
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project with a mapping in RML alone."""
    folder = tiny_project(tmp_path / "rml")
    (folder / YARRRML).unlink()
    (folder / RML).write_text(PREFIXES + PERSON)
    return folder


def statements(folder: Path) -> set[ox.Quad]:
    """Build a project, and return what it says but of its own run."""
    release = build(read_project(folder)).release
    assert release
    return {quad for quad in quads(release) if "graph/run" not in str(quad.graph_name)}


def test_a_project_is_built_from_rml_as_from_yarrrml(project: Path, tmp_path: Path) -> None:
    by_yarrrml = statements(tiny_project(tmp_path / "yarrrml"))
    assert by_yarrrml
    assert statements(project) == by_yarrrml


def test_both_languages_stand_beside_each_other(project: Path) -> None:
    """A mapping in one of them joins what the other one names."""
    (project / YARRRML).write_text(
        "prefixes: {schema: 'http://schema.org/'}\n"
        "mappings:\n  knows:\n    sources: [records/people.csv~csv]\n    s: person/$(id)\n"
        "    po: [[schema:knows, person/ada~iri]]\n"
    )
    person = "https://example.org/people/person/"
    knows = ox.NamedNode("http://schema.org/knows")
    found = {(quad.subject.value, quad.object.value) for quad in statements(project) if quad.predicate == knows}
    assert found == {(f"{person}{who}", f"{person}ada") for who in ("ada", "bo")}


def test_a_list_closes_where_a_member_is_rejected(project: Path) -> None:
    """Bo has no name, which a shape wants; the list of the team goes on with Cy."""
    append(project / "lod.toml", '[build]\non_violation = "reject"\n')
    (project / PEOPLE).write_text("id,name,lang,born\nada,Ada,en,\nbo,,en,\ncy,Cy,en,\n")
    (project / "records/teams.json").write_text('[{"id": "t", "members": ["ada", "bo", "cy"]}]')
    append(
        project / RML,
        """<#team> rml:logicalSource [ rml:source "records/teams.json" ; rml:iterator "$[*]" ] ;
  rml:subjectMap [ rml:template "team/{id}" ] ; rml:predicateObjectMap [ rml:predicate schema:member ; rml:objectMap [
    rml:gather ( [ rml:template "person/{$.members[*]}" ] ) ; rml:gatherAs <http://www.w3.org/1999/02/22-rdf-syntax-ns#List> ] ] .
""",
    )
    outcome = build(read_project(project))
    lost = [each for each in outcome.rejections if each.statement]
    assert [(each.file, each.row, each.value) for each in lost] == [
        ("records/teams.json", 1, "https://example.org/people/person/bo")
    ]
    assert outcome.release
    data = ox.Dataset(quads(outcome.release))
    [head] = [quad.object for quad in data.quads_for_predicate(ox.NamedNode("http://schema.org/member"))]
    assert [each.rpartition("/")[2] for each in read_list(data, head)] == ["ada", "cy"]


def test_turtle_that_is_no_rml_may_lie_beside(project: Path) -> None:
    """As does a vocabulary; where nothing else is there, the project has no mapping."""
    (project / "mappings/vocabulary.ttl").write_text("<http://e/C> a <http://www.w3.org/2000/01/rdf-schema#Class> .\n")
    assert [name for _, name in read_project(project).mapping_files()] == [RML]
    (project / RML).unlink()
    with pytest.raises(ProjectError, match=r"mappings: no .* or .ttl file in mappings"):
        check(read_project(project))


def test_the_release_is_the_same_wherever_the_project_lies(project: Path, tmp_path: Path) -> None:
    moved = copied(project, tmp_path / "moved")
    statements(project)
    statements(moved)
    assert contents(moved / "output") == contents(project / "output")


def test_a_mistake_is_told_by_its_place_from_the_project(project: Path) -> None:
    swap(project / RML, "rml:template", "rml:templat")
    with pytest.raises(MappingError, match=rf"^{RML}:\d+ column 20: rml:templat is no property that is known here"):
        check(read_project(project))

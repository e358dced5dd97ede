"""A project whose records stand in a database: built, accounted for, and no password in what is published."""

import hashlib
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from servers import PASSWORD
from small import contents, lod, manifest, quads, rejected, swap, tiny_project
from stores import KINDS, Store

PEOPLE = (
    "CREATE TABLE people (id VARCHAR(9) PRIMARY KEY, name VARCHAR(9), lang VARCHAR(9), born DATE)",
    "INSERT INTO people VALUES ('ada', 'Ada', 'en', '1815-12-10'), ('bo', 'Bo', 'english', NULL)",
)
RUN_USED = "http://www.w3.org/ns/prov#used"
HASH = "http://schema.org/sha256"


def project_of(store: Store) -> Path:
    project = tiny_project(store.root)
    database = store.database
    source = {"access": database.address, "type": database.kind, "table": "people", "optional": ["born"]}
    if database.user:
        source["credentials"] = {"username": database.user, "password": database.password}
    written = "{access: records/people.csv, referenceFormulation: csv, optional: [born]}"
    swap(project / "mappings/people.yml", written, json.dumps(source))
    return project


@pytest.mark.parametrize("kind", KINDS)
def test_a_database_is_published_like_a_file(stored: Callable[[str], Store], kind: str) -> None:
    store = stored(kind)
    store.fill(*PEOPLE)
    project = project_of(store)
    result = lod("build", project)
    assert result.exit_code == 1, result.output
    release, name = project / "output/latest", f"{store.database.address}#people"
    assert [(row["file"], row["row"], row["column"], row["value"]) for row in rejected(release)] == [
        (name, "2", "lang", "english")
    ]
    assert manifest(release)["records"] == [{"file": name, "read": 2, "published": 1, "rejected": 1, "skipped": 0}]
    assert {quad.object.value for quad in quads(release) if quad.predicate.value.endswith("/name")} >= {"Ada"}


@pytest.mark.parametrize("kind", KINDS)
def test_the_run_names_the_database_and_nothing_tells_the_password(stored: Callable[[str], Store], kind: str) -> None:
    store = stored(kind)
    store.fill(*PEOPLE)
    project = project_of(store)
    result = lod("build", project)
    release = project / "output/latest"
    used = {quad.object.value for quad in quads(release) if quad.predicate.value == RUN_USED}
    (database,) = (node for node in used if "/input/" in node)
    hashes = [
        quad.object.value for quad in quads(release) if quad.subject.value == database and quad.predicate.value == HASH
    ]
    file = project / store.database.address
    assert hashes == ([hashlib.sha256(file.read_bytes()).hexdigest()] if file.is_file() else [])
    assert not any(PASSWORD.encode() in content for content in contents(release).values())
    assert PASSWORD not in result.output

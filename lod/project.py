"""A project: a folder with `lod.toml`, records, mappings and shapes.

Tables and keys of lod.toml:

    [dataset]  base, title, publisher, license, version, released (a date); description, language, publisher_url,
               keywords and authors (lists), contact (an address of mail or of a page)
    [build]    mappings, shapes (files or folders; default "mappings", "shapes"), output (default "output"),
               queries (SPARQL that a release is published with, an ASK being what must never hold; default queries
               if it is there),
               context (a JSON-LD context; default mappings/context.jsonld if it is there),
               vocabulary (the project's own terms, in Turtle; default mappings/vocabulary.ttl if it is there),
               on_violation ("refuse", the default, or "reject"),
               on_vanished ("warn", the default, or "refuse": where a claim of the last release is gone without a word),
               on_error ("reject", the default: a record of which a term cannot be made; or "term": that term alone),
               functions (a Python file of the project's own), allow_hosts (those that sources may be fetched from)
    [release]  entities (which nodes have documents of their own, by what their IRI goes on with behind the base;
               default event, claim, source, agent and variable),
               forms (of the dump; default nquads, jsonld and turtle), split (about how many statements a file of it
               holds), excel_safe (whether no cell of CSV is a formula),
               nanopubs (whether each claim is published as a nanopublication too),
               previous (the folder of the release before this one: feed.xml then tells which claims changed since)
"""

import re
import tomllib
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from lod.errors import Position, ProjectError, did_you_mean
from lod.formats import FORMS, Dump, Form, form_by_name
from lod.terms import IRI_PATTERN, LANGUAGE_PATTERN
from lod.vocab import FORMER_RML, R2RML, RML

FILE = "lod.toml"
_RML = "|".join(map(re.escape, (RML, FORMER_RML, R2RML))).encode()
_YARRRML, _TURTLE = (".yml", ".yaml", ".yarrrml"), ".ttl"
ON_VIOLATION = ("refuse", "reject")
ON_ERROR = ("reject", "term")
ON_VANISHED = ("warn", "refuse")
_KEYS = {
    "dataset": (
        "base",
        "title",
        "publisher",
        "license",
        "version",
        "released",
        "description",
        "language",
        "publisher_url",
        "contact",
        "keywords",
        "authors",
    ),
    "build": (
        "mappings",
        "shapes",
        "queries",
        "output",
        "context",
        "vocabulary",
        "on_violation",
        "on_error",
        "on_vanished",
        "functions",
        "allow_hosts",
    ),
    "release": ("entities", "forms", "split", "excel_safe", "nanopubs", "previous"),
}
_REQUIRED = _KEYS["dataset"][:6]
ENTITIES = ("event", "claim", "source", "agent", "variable")


@dataclass(frozen=True)
class Dataset:
    """What a release says of itself. `base` is the IRI that every node's IRI begins with; `license` is an IRI."""

    base: str
    title: str
    publisher: str
    license: str
    version: str
    released: date
    description: str = ""
    language: str = "en"
    publisher_url: str = ""
    contact: str = ""
    keywords: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()


@dataclass(frozen=True)
class Project:
    """A project file, read and checked. Paths in it are relative to `root`."""

    root: Path
    dataset: Dataset
    mappings: tuple[str, ...] = ("mappings",)
    shapes: tuple[str, ...] = ("shapes",)
    queries: tuple[str, ...] = ()
    output: str = "output"
    context: str | None = None
    vocabulary: str | None = None
    on_violation: str = ON_VIOLATION[0]
    on_error: str = ON_ERROR[0]
    on_vanished: str = ON_VANISHED[0]
    functions: str | None = None
    allow_hosts: tuple[str, ...] = ()
    entities: tuple[str, ...] = ENTITIES
    dump: Dump = field(default_factory=Dump)
    nanopubs: bool = False
    previous: str | None = None

    def mapping_files(self) -> tuple[tuple[Path, str], ...]:
        """Return the mapping documents, each with the name that messages use; raise ProjectError for none.

        They are YARRRML, or Turtle that names a vocabulary of RML: other Turtle may lie beside them.
        """
        return self._files(self.mappings, "mappings", (*_YARRRML, _TURTLE), _is_mapping)

    def shape_files(self) -> tuple[tuple[Path, str], ...]:
        """Return the shapes files, each with the name that messages use; raise ProjectError for none."""
        return self._files(self.shapes, "shapes", (_TURTLE,))

    def query_files(self) -> tuple[tuple[Path, str], ...]:
        """Return the queries that a release is published with; raise ProjectError where a place has none."""
        return self._files(self.queries, "queries", (".rq",)) if self.queries else ()

    def function_file(self) -> Path | None:
        """Return the Python file of the project's own functions; raise ProjectError where it is not there."""
        if self.functions is None:
            return None
        path = self.root / self.functions
        if not path.is_file():
            raise ProjectError(f"functions: there is no file {self.functions!r} in {self.root}", at=Position(FILE))
        return path

    def previous_release(self) -> Path | None:
        """Return the folder of the release before this one; raise ProjectError where it is not there."""
        if self.previous is None:
            return None
        path = self.root / self.previous
        if not path.is_dir():
            raise ProjectError(f"previous: there is no release {self.previous!r} in {self.root}", at=Position(FILE))
        return path

    def _files(
        self,
        places: tuple[str, ...],
        key: str,
        suffixes: tuple[str, ...],
        wanted: Callable[[Path], bool] = lambda _: True,
    ) -> tuple[tuple[Path, str], ...]:
        found: list[Path] = []
        for place in places:
            path = self.root / place
            if not path.exists():
                raise ProjectError(f"{key}: there is no {place!r} in {self.root}", at=Position(FILE))
            inside = sorted(path.iterdir()) if path.is_dir() else [path]
            found += (each for each in inside if each.suffix in suffixes and wanted(each))
        if not found:
            raise ProjectError(f"{key}: no {' or '.join(suffixes)} file in {', '.join(places)}", at=Position(FILE))
        return tuple((path, path.relative_to(self.root).as_posix()) for path in found)


def _is_mapping(path: Path) -> bool:
    try:
        return path.suffix != _TURTLE or re.search(_RML, path.read_bytes()) is not None
    except OSError:  # who reads it as a mapping tells of it
        return True


def read_project(folder: Path) -> Project:
    """Read the project in a folder, or by its lod.toml; raise ProjectError with the file and line of what is wrong."""
    folder = folder.parent if folder.name == FILE and folder.is_file() else folder
    path = folder / FILE
    try:
        text = path.read_text(encoding="utf-8")
        document = tomllib.loads(text)
    except OSError as error:
        hint = "A project is a folder with a lod.toml. `lod init DIR` makes one."
        raise ProjectError(f"cannot be read: {error.strerror}", at=Position(str(path)), hint=hint) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ProjectError(f"not TOML: {error}", at=Position(str(path))) from error
    return _Reader(text, document).project(folder)


@dataclass(frozen=True)
class _Reader:
    text: str
    document: dict[str, Any]

    def project(self, root: Path) -> Project:
        self._known_keys()
        build = self._table("build")
        return Project(
            root=root,
            dataset=self._dataset(),
            mappings=self._places(build, "mappings"),
            shapes=self._places(build, "shapes"),
            queries=self._places(build, "queries") if "queries" in build or (root / "queries").is_dir() else (),
            output=self._text(build, "output", "output"),
            context=self._text(build, "context", "") or _if_there(root, "mappings/context.jsonld"),
            vocabulary=self._text(build, "vocabulary", "") or _if_there(root, "mappings/vocabulary.ttl"),
            on_violation=self._choice(build, "on_violation", ON_VIOLATION),
            on_error=self._choice(build, "on_error", ON_ERROR),
            on_vanished=self._choice(build, "on_vanished", ON_VANISHED),
            functions=self._text(build, "functions", "") or None,
            allow_hosts=self._texts(build, "allow_hosts"),
            entities=self._entities(),
            dump=self._dump(),
            nanopubs=self._flag(self._table("release"), "nanopubs"),
            previous=self._text(self._table("release"), "previous", "") or None,
        )

    def _entities(self) -> tuple[str, ...]:
        release = self._table("release")
        kinds = self._texts(release, "entities") if "entities" in release else ENTITIES
        for kind in kinds:
            if not re.fullmatch(r"[A-Za-z0-9_-]+", kind):
                raise self._error("entities", f"entities are words such as claim (for BASE/claim/c1), not {kind!r}")
        return kinds

    def _dump(self) -> Dump:
        release = self._table("release")
        split, excel_safe = release.get("split"), self._flag(release, "excel_safe")
        if split is not None and (type(split) is not int or split < 1):
            raise self._error("split", f"split is a number of statements, not {split!r}")
        names = self._texts(release, "forms")
        forms = tuple(map(self._form, names)) if "forms" in release else Dump().forms
        return Dump(forms, split, excel_safe)

    def _flag(self, table: dict[str, Any], key: str) -> bool:
        value = table.get(key, False)
        if type(value) is not bool:
            raise self._error(key, f"{key} is true or false, not {value!r}")
        return value

    def _form(self, name: str) -> Form:
        try:
            return form_by_name(name)
        except KeyError:
            hint = did_you_mean(name, [each.name for each in FORMS]) or "docs/forms.md names them."
            raise self._error("forms", f"there is no form {name!r}", hint) from None

    def _dataset(self) -> Dataset:
        table = self._table("dataset")
        for key in _REQUIRED:
            if key not in table:
                raise self._error("[dataset]", f"[dataset] needs the key {key!r}")
        lists = {key: self._texts(table, key) for key in ("keywords", "authors")}
        given = (key for key in _KEYS["dataset"] if key in table and key not in ("released", *lists))
        texts = {key: self._text(table, key, "") for key in given}
        released = table["released"]
        if type(released) is not date:
            raise self._error("released", "released is a date, written without quotes: released = 2026-11-23")
        dataset = Dataset(released=released, keywords=lists["keywords"], authors=lists["authors"], **texts)
        self._check(dataset)
        return dataset

    def _check(self, dataset: Dataset) -> None:
        if not (re.fullmatch(IRI_PATTERN, dataset.base) and re.fullmatch("https?://[^/?#].*[/#]", dataset.base)):
            raise self._error("base", f"base must be an http(s) IRI that ends in / or #, not {dataset.base!r}")
        for key, value in (("license", dataset.license), ("publisher_url", dataset.publisher_url)):
            if value and not re.fullmatch(IRI_PATTERN, value):
                raise self._error(key, f"{key} must be an IRI, not {value!r}")
        if dataset.contact and not re.fullmatch(r"https?://\S+|[^@\s]+@[^@\s]+", dataset.contact):
            raise self._error("contact", f"contact must be an address of mail or of a page, not {dataset.contact!r}")
        if not re.fullmatch(LANGUAGE_PATTERN, dataset.language):
            raise self._error("language", f"language must be a language tag (BCP 47: en, az), not {dataset.language!r}")
        if not re.fullmatch(r"[\w][\w.+-]*", dataset.version):
            raise self._error("version", f"version must be a plain word such as 1.0.0, not {dataset.version!r}")

    def _known_keys(self) -> None:
        for name, table in self.document.items():
            if name not in _KEYS:
                raise self._error(name, f"there is no table [{name}]", did_you_mean(name, _KEYS))
            for key in table if isinstance(table, dict) else ():
                if key not in _KEYS[name]:
                    hint = did_you_mean(key, _KEYS[name]) or f"[{name}] has: {', '.join(_KEYS[name])}."
                    raise self._error(key, f"[{name}] has no key {key!r}", hint)

    def _table(self, name: str) -> dict[str, Any]:
        table = self.document.get(name, {})
        if not isinstance(table, dict):
            raise self._error(name, f"[{name}] must be a table")
        return table

    def _places(self, table: dict[str, Any], key: str) -> tuple[str, ...]:
        value = table.get(key, key)
        places = value if isinstance(value, list) else [value]
        if not places or not all(isinstance(place, str) for place in places):
            raise self._error(key, f"{key} is a file or folder, or a list of them")
        return tuple(places)

    def _texts(self, table: dict[str, Any], key: str) -> tuple[str, ...]:
        value = table.get(key, [])
        if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
            raise self._error(key, f"{key} is a list of texts")
        return tuple(value)

    def _text(self, table: dict[str, Any], key: str, default: str) -> str:
        value = table.get(key, default)
        if not isinstance(value, str):
            raise self._error(key, f"{key} must be text")
        return value

    def _choice(self, table: dict[str, Any], key: str, choices: tuple[str, ...]) -> str:
        value = table.get(key, choices[0])
        if value not in choices:
            raise self._error(key, f"{key} is {' or '.join(choices)}, not {value!r}")
        return str(value)

    def _error(self, word: str, what: str, hint: str | None = None) -> ProjectError:
        lines = self.text.splitlines()
        pattern = re.compile(rf"\s*\[?\s*{re.escape(word.strip('[]'))}\b")
        line = next((number for number, text in enumerate(lines, 1) if pattern.match(text)), None)
        return ProjectError(what, at=Position(FILE, line), hint=hint)


def _if_there(root: Path, place: str) -> str | None:
    return place if (root / place).is_file() else None

"""What may be said of a run beside its mapping documents or its shapes."""

from dataclasses import dataclass
from pathlib import Path
from typing import Literal


@dataclass(frozen=True, kw_only=True)
class ReadOptions:
    """How mapping documents and their sources are read.

    base: what relative IRIs continue where a mapping names no base; external: names and values of YARRRML's external
    references; functions: a Python file whose functions the mappings call; hosts: those that a source may be fetched
    from.
    """

    base: str = ""
    external: tuple[tuple[str, str], ...] = ()
    functions: Path | None = None
    hosts: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class MapOptions(ReadOptions):
    """How to map.

    format: a name of `formats.FORMS` (None: what the output's name ends in, or else nquads). split: about how many
    statements each of several numbered files holds (None: one file). excel_safe: whether no cell of CSV is a formula
    to a spreadsheet. on_error: "fail" raises at a record that cannot be mapped, "reject" leaves such
    records out, "term" leaves out the terms that are wrong. unsorted: whether statements come in the order of the
    records, and may stand twice. memory: what the embedded engine may hold at once, such as "4GB" (None: 2GB, or 60 %
    of the machine's where that is less); the rest it keeps in temporary files. engine: "duckdb", in this process, or
    "spark", on the cluster that `master` names.
    """

    format: str | None = None
    split: int | None = None
    excel_safe: bool = False
    on_error: str = "fail"
    unsorted: bool = False
    memory: str | None = None
    engine: str = "duckdb"
    master: str = "local[*]"


@dataclass(frozen=True, kw_only=True)
class ValidateOptions:
    """How to validate.

    engine: "lod", or "pyshacl", which leaves all to pySHACL. max_results: how many results of a constraint are listed
    (None: all). memory: what the engine may hold at once, such as "4GB" (None: 60 % of the machine's); the rest it
    keeps in temporary files. vocabulary: whether the terms of schema.org, PROV-O, DCAT and ns: are checked.
    """

    engine: Literal["lod", "pyshacl"] = "lod"
    max_results: int | None = None
    vocabulary: bool = False
    memory: str | None = None

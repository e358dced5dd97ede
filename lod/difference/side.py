"""One of two releases that are compared: its statements in the engine, and which IRIs are its own."""

import operator
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from pathlib import Path

import ibis.expr.types as ir

from lod.anchors import ANCHOR_NODES
from lod.engine import DuckDbEngine, Engine
from lod.entities import TERMS, entities_among
from lod.errors import Position, ReleaseError
from lod.load import load
from lod.project import ENTITIES
from lod.release.write import DATASET_FILE
from lod.terms import RDF_TYPE
from lod.triples import triples
from lod.vocab import NS, RDFS, SCHEMA, VOID

_WITHDRAWN = NS + "WithdrawnClaim"
_COMPUTED = (NS + "root", NS + "anchor")
MEMORY = 2_000_000_000  # what the engine holds of two releases; the rest is in files
CLAIMS = (SCHEMA + "Claim", _WITHDRAWN)


@dataclass(frozen=True)
class Side:
    """A release in the engine.

    statements: `TERMS`; base: what its own IRIs begin with; kinds: its kinds of entities; later: is it the new one.
    """

    engine: Engine
    statements: ir.Table
    base: str
    kinds: tuple[str, ...]
    later: bool

    def recorded(self, statements: ir.Table) -> ir.Table:
        """Return the statements among these that were recorded, and not computed of what was."""
        of_ours = [f"{self.base}{kind}/" for kind in ANCHOR_NODES]
        about = (statements[end].startswith(start) for end in ("subject", "object") for start in of_ours)
        return statements.filter(~reduce(operator.or_, about, statements.predicate.isin(_COMPUTED)))

    def entities(self) -> ir.Table:
        """Return the entities that have a class.

        Columns: `node`; `kind`; `label` (null where it has none); whether it is a `claim`, and a `withdrawn` one.
        """
        said = self.statements
        typed = said.filter(said.predicate == RDF_TYPE)
        homes = entities_among(self.engine, typed, self.kinds, self.base)
        flags = typed.group_by(node="subject").aggregate(
            claim=typed.object.isin(CLAIMS).any(), withdrawn=(typed.object == _WITHDRAWN).any()
        )
        named = homes.join(flags, "node").left_join(self.labels(), "node").drop("node_right")
        kind = named.node.substr(len(self.base)).split("/")[0]
        return self.engine.materialise("entities", named.mutate(kind=kind))

    def labels(self) -> ir.Table:
        """Return `node` and `label` of what has one (the least, should there be several)."""
        said = self.statements.filter(self.statements.predicate == RDFS + "label")
        return said.group_by(node="subject").aggregate(label=said.object.min())


def read_sides(engine: DuckDbEngine, old: Path, new: Path) -> tuple[Side, Side]:
    """Read two releases, folders or files; raise ReleaseError where one cannot be read or neither names an entity."""
    files = dataset_file(old), dataset_file(new)
    said = [triples(engine, load(engine, [file], ReleaseError)).select(*TERMS) for file in files]
    kinds = tuple(dict.fromkeys(kind for place in (old, new) for kind in _kinds(place)))
    bases = [_base(engine, statements, kinds) for statements in said]
    one, other = ((base or bases[1 - number]) for number, base in enumerate(bases))
    if not (one and other):
        hint = f"lod knows them by their IRIs: BASE{'/..., BASE'.join(kinds)}/... ."
        raise ReleaseError("there is no entity to compare", at=Position(str(files[0])), hint=hint)
    return Side(engine, said[0], one, kinds, False), Side(engine, said[1], other, kinds, True)


def dataset_file(place: Path) -> Path:
    """Return the file with the statements of a release (a folder, or the file); raise ReleaseError for neither."""
    path = place / DATASET_FILE if place.is_dir() else place
    if not path.is_file():
        hint = "Name the folder of a release (`lod build` makes one), or its dataset.nq or dataset.ttl."
        raise ReleaseError("there is no release", at=Position(str(place)), hint=hint)
    return path


def _kinds(place: Path) -> Sequence[str]:
    """Return the kinds of entities that a release has lists of; of a file, the usual ones."""
    listed = {path.parent.name for path in place.glob("*/index.html")}
    return [*(kind for kind in ENTITIES if kind in listed), *sorted(listed.difference(ENTITIES))] or ENTITIES


def _base(engine: Engine, statements: ir.Table, kinds: Sequence[str]) -> str | None:
    """Return the base that a data set names (`void:uriSpace`), or what stands before `claim/` in the IRI of a claim."""
    spaces = statements.filter(statements.predicate == VOID + "uriSpace")
    own = spaces.filter(spaces.subject == spaces.object + "dataset")
    typed = statements.filter(statements.predicate == RDF_TYPE)
    start = typed.subject.re_extract(f"^(.*?[/#])(?:{'|'.join(map(re.escape, kinds))})/.", 1)
    [told] = engine.rows(own.aggregate(base=own.object.min()))
    [found] = engine.rows(typed.aggregate(base=start.min(where=start != "")))
    base: str | None = told["base"] or found["base"]
    return base

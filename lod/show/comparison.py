"""Compared claims as text and as CSV."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from lod.show.printable import printable
from lod.show.table import csv_text

if TYPE_CHECKING:
    from lod.comparison import Compared, Comparison, Named, Opposed, Root

_KINDS = {"firstHand": "first-hand", "unknown": "of unknown origin", "unseen": "unseen"}
_LIKENESS = {
    "sameAddress": "Same address: {group}",
    "archiveCopy": "Archive copy: {group}",
    "sameText": "Same text",
    "nearText": "Nearly the same text: {similarity} of its parts",
}


def lineage_text(comparison: "Comparison") -> str:
    """Return the claims by event and variable, those that state the same together, each with its roots."""
    lines: list[str] = []
    for (event, variable), claims in groupby(comparison.claims, key=lambda claim: (claim.event, claim.variable)):
        own = list(claims)
        lines += [f"{event.label}: {variable.label}", f"  {_count(own, 'claim')} {_roots(own)}"]
        lines += _agreements(own)
    return _lines(lines)


def _agreements(claims: Sequence["Compared"]) -> Iterator[str]:
    groups = [list(same) for _, same in groupby(claims, key=lambda claim: claim.said)]
    for group in sorted(groups, key=len, reverse=True):
        indent = "  "
        if len(group) > 1:
            yield f"  {_count(group, 'claim')} state the same, {_roots(group)}"
            indent = "    "
        for claim in group:
            yield f"{indent}{_id(claim.claim)}  {claim.claim.label}"
            yield from (f"{indent}  {_KINDS[root.kind]}: {root.label} <{root.iri}>" for root in claim.roots)
            yield from [] if claim.roots else [f"{indent}  no root: what it rests on leads round in a loop"]


def _roots(claims: Iterable["Compared"]) -> str:
    roots = list(dict.fromkeys(root for claim in claims for root in claim.roots))
    kinds = [(name, sum(root.kind == kind for root in roots)) for kind, name in _KINDS.items()]
    told = ", ".join(f"{count} {name}" for name, count in kinds if count)
    return f"from {_count(roots, 'root')}{f' ({told})' if told else ''}"


def contradictions_text(comparison: "Comparison") -> str:
    """Return the pairs of claims that cannot both hold, and the parts that exceed their whole."""
    lines: list[str] = []
    for (event, variable), pairs in groupby(comparison.contradictions, key=lambda pair: (pair.event, pair.variable)):
        lines.append(f"{event.label}: {variable.label}")
        for pair in pairs:
            lines += [f"  {_id(pair.one)}  {pair.one.label}", f"  {_id(pair.other)}  {pair.other.label}"]
            lines += ["  both go back to one root"] * pair.same_root + [""]
    for part, whole in comparison.excesses:
        lines += ["A part that exceeds its whole", f"  {_id(part)}  {part.label}", f"  {_id(whole)}  {whole.label}", ""]
    counts = _count(comparison.contradictions, "contradiction"), _count(comparison.excesses, "excess")
    return _lines([*lines, ", ".join(counts)])


def lineage_csv(comparison: "Comparison") -> str:
    """Return a row for each root of each claim; a claim without one has a row too."""
    head = ["event", "variable", "claim", "label", "said", "root", "root_label", "kind"]
    return csv_text(
        head,
        (
            [claim.event.iri, claim.variable.iri, claim.claim.iri, claim.claim.label, claim.said, *_cells(root)]
            for claim in comparison.claims
            for root in claim.roots or (None,)
        ),
    )


def _cells(root: "Root | None") -> list[str]:
    return [root.iri, root.label, root.kind] if root else ["", "", ""]


def contradictions_csv(comparison: "Comparison") -> str:
    """Return a row for each pair of claims that cannot both hold."""
    head = ["event", "variable", "one", "other", "one_label", "other_label", "same_root"]
    return csv_text(
        head,
        (
            [*_iris(pair), pair.one.label, pair.other.label, str(pair.same_root).lower()]
            for pair in comparison.contradictions
        ),
    )


def duplicates_text(comparison: "Comparison") -> str:
    """Return the groups of sources that may be one, each with why."""
    lines: list[str] = []
    for group in comparison.duplicates:
        lines.append(_LIKENESS[group.because].format(group=group.group, similarity=group.similarity))
        lines += [f"  {_id(source)}  {source.label}" for source in group.sources]
        lines.append("")
    return _lines([*lines, _count(comparison.duplicates, "candidate")])


def duplicates_csv(comparison: "Comparison") -> str:
    """Return a row for each source of each group of sources that may be one."""
    groups = comparison.duplicates
    cells = (([each.group, each.because, each.similarity or ""], each.sources) for each in groups)
    rows = ([*told, source.iri, source.label] for told, sources in cells for source in sources)
    return csv_text(["group", "because", "similarity", "source", "label"], rows)


def _iris(pair: "Opposed") -> list[str]:
    return [each.iri for each in (pair.event, pair.variable, pair.one, pair.other)]


def _count(things: Sequence[object], word: str) -> str:
    plural = f"{word}es" if word.endswith("s") else f"{word}s"
    return f"{len(things)} {word if len(things) == 1 else plural}"


def _id(node: "Named") -> str:
    return node.iri.rpartition("/")[2]


def _lines(lines: Iterable[str]) -> str:
    return "".join(f"{printable(line)}\n" for line in lines)

"""A report as text for people: grouped by shape, the most frequent first, with file and row and what to do."""

from collections.abc import Iterator

from lod.terms import Kind
from lod.validation.report import Node, Report, Result

_PLACES = 3


def as_text(report: Report, shown: int | None = 20, *, idle: bool = True) -> str:
    """Return the report grouped by shape, the most frequent first, with file and row and what to do.

    shown: how many results of a shape are named, None for all; idle: whether shapes that no node was held to are named.
    """
    groups: dict[tuple[int, Node, str], list[Result]] = {}
    for result in report.results:
        groups.setdefault((-result.level, result.shape, result.message), []).append(result)
    ordered = sorted(groups.values(), key=lambda group: (-group[0].level, -len(group), group[0].shape.value))
    lines = [line for group in ordered for line in _group_lines(group, shown)]
    lines += [f"note: {remark}" for remark in (report.remarks() if idle else report.notes)]
    return "\n".join([*lines, summary(report), ""])


def _group_lines(group: list[Result], shown: int | None) -> Iterator[str]:
    first = group[0]
    yield f"{first.level.name.lower()}: {first.message}"
    shape = f"{first.shape}" if first.shape.kind is Kind.IRI or not first.origin else f"at {first.origin}"
    yield f"  shape {shape}, {len(group)} {'time' if len(group) == 1 else 'times'}"
    for result in group[:shown]:
        more = f" and {len(result.records) - _PLACES} more" if len(result.records) > _PLACES else ""
        where = ", ".join(map(str, result.records[:_PLACES])) + more or "no record"
        value = f" value {result.value}" if result.value else ""
        path = f" path {result.path}" if result.path else ""
        yield f"  {where}: {result.focus}{path}{value}"
    if shown is not None and len(group) > shown:
        yield f"  ... and {len(group) - shown} more"


def summary(report: Report) -> str:
    """Return how many results there are, in a sentence."""
    if report.conforms:
        return "The data conforms to the shapes."
    counts = (f"{count:,} {noun(name, count)}" for name, count in report.counts().items() if count)
    return f"{', '.join(counts)}{f', of which {report.more:,} are not listed' if report.more else ''}."


def noun(severity: str, count: int) -> str:
    """Return what so many results of a severity are called."""
    return severity if count == 1 or severity == "info" else f"{severity}s"

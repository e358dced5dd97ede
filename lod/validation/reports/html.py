"""A report as one HTML page that needs nothing else: no other file, no network, and no script."""

from collections.abc import Sequence
from html import escape
from importlib.resources import files
from itertools import groupby
from string import Template

from lod.errors import Position
from lod.validation.report import Report, Result
from lod.validation.reports.sarif import rule_id
from lod.validation.reports.text import noun

_PLACES = 3
_OPEN = 5
_CELL = '<td data-name="{}">{}</td>'


def as_html(report: Report) -> str:
    """Return the report as a page: counts, a bar a shape, and each result with its records."""
    page = Template(files("lod.validation.reports").joinpath("page.html").read_text(encoding="utf-8"))
    groups = _groups(report.results)
    most = max(map(len, groups), default=1)
    return page.substitute(
        verdict="The data conforms to the shapes." if report.conforms else "The data does not conform to the shapes.",
        counts="\n".join(_count(name, count) for name, count in report.counts().items()),
        unlisted=f"<p>{report.more:,} more results are counted above and not listed.</p>" if report.more else "",
        state="" if groups else " hidden",
        bars="\n".join(_bar(number, group, most) for number, group in enumerate(groups)),
        groups="\n".join(_group(number, group) for number, group in enumerate(groups)),
        notes=_notes(report),
    )


def _groups(results: Sequence[Result]) -> list[list[Result]]:
    """Return the results by shape, path and message, the worst first, then the most frequent."""

    def key(result: Result) -> tuple[int, str, str, str]:
        return (-result.level, rule_id(result), str(result.path or ""), result.message)

    found = [list(group) for _, group in groupby(sorted(results, key=key), key)]
    return sorted(found, key=lambda group: (-group[0].level, -len(group)))


def _count(name: str, count: int) -> str:
    return f'<li class="{name}"><b>{count:,}</b> {noun(name, count)}</li>'


def _bar(number: int, group: list[Result], most: int) -> str:
    first = group[0]
    width = max(1, round(100 * len(group) / most))
    return (
        f'<li class="{first.level.name.lower()}"><a href="#g{number}">{escape(first.message)}</a> '
        f'<b>{len(group):,}</b><span class="bar" aria-hidden="true"><i style="width:{width}%"></i></span></li>'
    )


def _group(number: int, group: list[Result]) -> str:
    first = group[0]
    severity = first.level.name.lower()
    path = f" path {_code(first.path)}" if first.path else ""
    origin = f", {escape(str(first.origin))}" if first.origin else ""
    heads = "".join(f'<th scope="col">{name}</th>' for name in ("Record", "Focus node", "Value"))
    return (
        f'<details class="{severity}"{" open" if number < _OPEN else ""}>'
        f"<summary><b>{escape(first.message)}</b> <span>{len(group):,} {noun(severity, len(group))}</span></summary>"
        f'<p id="g{number}">shape {_code(first.shape)}{path}{origin}</p>'
        f"<table><thead><tr>{heads}</tr></thead>\n<tbody>{''.join(map(_row, group))}</tbody></table></details>"
    )


def _row(result: Result) -> str:
    value = _code(result.value) if result.value else ""
    cells = {"Record": _places(result.records), "Focus node": _code(result.focus), "Value": value}
    return f"<tr>{''.join(_CELL.format(name, cell) for name, cell in cells.items())}</tr>\n"


def _code(thing: object) -> str:
    return f"<code>{escape(str(thing))}</code>"


def _places(records: Sequence[Position]) -> str:
    shown = "<br>".join(escape(str(record)) for record in records[:_PLACES])
    more = len(records) - _PLACES
    return f"{shown}<br>and {more} more" if more > 0 else shown or "none"


def _notes(report: Report) -> str:
    notes = "".join(f"<li>{escape(remark)}</li>\n" for remark in report.remarks())
    return f'<h2>Notes</h2>\n<ul class="notes">\n{notes}</ul>' if notes else ""

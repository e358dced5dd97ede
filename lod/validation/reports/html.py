"""A report as one HTML page that needs nothing else: no other file, no network, and no script to be read."""

from collections.abc import Iterable, Sequence
from html import escape
from importlib.resources import files
from itertools import groupby
from string import Template

from lod.errors import Position
from lod.validation.report import Report, Result, Severity
from lod.validation.reports.sarif import rule_id

_NAMES = {Severity.VIOLATION: "violation", Severity.WARNING: "warning", Severity.INFO: "info"}
_PLACES = 3


def as_html(report: Report) -> str:
    """Return the report as a page: counts, a bar a shape, and each result with its records."""
    page = Template(files("lod.validation.reports").joinpath("page.html").read_text(encoding="utf-8"))
    groups = _groups(report.results)
    most = max(map(len, groups), default=1)
    return page.substitute(
        verdict="The data conforms to the shapes." if report.conforms else "The data does not conform to the shapes.",
        counts="".join(_count(name, count) for name, count in report.counts().items()),
        unlisted=_unlisted(report),
        bars="".join(_bar(number, group, most) for number, group in enumerate(groups)),
        groups="".join(_group(number, group) for number, group in enumerate(groups)),
        notes="".join(f"<li>{escape(note)}</li>" for note in _notes(report)),
    )


def _groups(results: Sequence[Result]) -> list[list[Result]]:
    """Return the results by shape and message, the worst first, then the most frequent."""

    def key(result: Result) -> tuple[int, str, str]:
        return (-result.level, rule_id(result), result.message)

    found = [list(group) for _, group in groupby(sorted(results, key=key), key)]
    return sorted(found, key=lambda group: (-group[0].level, -len(group), rule_id(group[0])))


def _count(name: str, count: int) -> str:
    plural = "" if count == 1 or name == "info" else "s"
    return f'<li class="{name}"><b>{count:,}</b> {name}{plural}</li>'


def _unlisted(report: Report) -> str:
    more = sum(count for _, count in report.unlisted)
    return f"<p>{more:,} more results are counted above and not listed here.</p>" if more else ""


def _bar(number: int, group: list[Result], most: int) -> str:
    first = group[0]
    width = max(1, round(100 * len(group) / most))
    return (
        f'<li class="{_NAMES[first.level]}"><a href="#g{number}">{escape(first.message)}</a>'
        f'<span class="bar"><i style="width:{width}%"></i></span><b>{len(group):,}</b></li>'
    )


def _group(number: int, group: list[Result]) -> str:
    first = group[0]
    named = first.origin and not rule_id(first).startswith(first.origin.file)
    origin = f" <small>{escape(str(first.origin))}</small>" if named else ""
    rows = "".join(map(_row, group))
    return (
        f'<details id="g{number}" class="{_NAMES[first.level]}"{" open" if number < 5 else ""}>'
        f"<summary><b>{escape(first.message)}</b> <span>{len(group):,}</span></summary>"
        f"<p><code>{escape(rule_id(first))}</code>{origin}</p>"
        f"<div><table><thead><tr><th>Record</th><th>Focus node</th><th>Path</th><th>Value</th></tr></thead>"
        f"<tbody>{rows}</tbody></table></div></details>"
    )


def _row(result: Result) -> str:
    path = f"<code>{escape(str(result.path))}</code>" if result.path else ""
    value = f"<code>{escape(str(result.value))}</code>" if result.value else ""
    focus = f"<code>{escape(str(result.focus))}</code>"
    return f"<tr><td>{_places(result.records)}</td><td>{focus}</td><td>{path}</td><td>{value}</td></tr>"


def _places(records: Sequence[Position]) -> str:
    shown = ", ".join(escape(str(record)) for record in records[:_PLACES])
    more = len(records) - _PLACES
    return f"{shown} and {more} more" if more > 0 else shown or "none"


def _notes(report: Report) -> Iterable[str]:
    for shape in report.idle_shapes:
        yield f"No node was held to <{shape}>: is its target spelled as in the data (http or https)?"
    yield from report.notes

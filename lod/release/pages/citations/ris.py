"""RIS, which reference managers and library catalogues exchange: a tag and a value a line.

https://web.archive.org/web/20120526103719/http://refman.com/support/risformat_intro.asp
"""

from collections.abc import Iterator

from lod.release.pages.citations.work import Work, date_parts


def ris(work: Work) -> str:
    """Return a reference."""
    lines = [f"{tag}  - {value}\n" for tag, value in _fields(work) if value]
    return "".join([f"TY  - {work.kind.ris}\n", *lines, "ER  - \n"])


def _fields(work: Work) -> Iterator[tuple[str, str]]:
    yield "ID", work.key
    yield "TI", work.title
    for tag, role in (("AU", "author"), ("A2", "editor"), ("A4", "translator")):
        yield from ((tag, name) for name in work.names(role))
    yield "T2", work.container
    yield "PB", ", ".join(work.names("publisher"))
    yield "CY", work.place
    yield "PY", "".join(map(str, date_parts(work.date)[:1]))
    yield "DA", _date(work.date) or work.date_as_written
    yield "ET", work.text("bookEdition")
    yield "VL", work.text("volumeNumber")
    yield "IS", work.text("issueNumber")
    yield "SP", work.text("pageStart") or work.text("pagination")
    yield "EP", work.text("pageEnd")
    yield "UR", work.text("url")
    yield "Y2", _date(work.accessed)
    yield "DO", work.identifier("doi")
    yield from (("SN", work.identifier(scheme)) for scheme in ("isbn", "issn"))
    yield "CN", work.identifier("shelfmark")
    yield "LA", work.language
    yield "N1", work.note


def _date(date: str) -> str:
    """Return a date as year/month/day/ and nothing more; what is not known is left empty."""
    parts = date_parts(date)
    return "/".join(f"{part:02}" for part in parts) + "/" * (4 - len(parts)) if parts else ""

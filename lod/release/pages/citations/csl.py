"""CSL-JSON, which Zotero, Pandoc and word processors read.

https://docs.citationstyles.org/en/stable/specification.html#appendix-iv-variables
"""

import json
from typing import Any

from lod.release.pages.citations.work import Work, date_parts

_ROLES = ("author", "editor", "translator")


def csl(work: Work) -> str:
    """Return a list of one item. Names are whole: which part is the family's is not recorded."""
    return json.dumps([_item(work)], ensure_ascii=False, indent=2) + "\n"


def _item(work: Work) -> dict[str, Any]:
    fields: dict[str, Any] = {
        "title": work.title,
        **{role: [{"literal": name} for name in work.names(role)] for role in _ROLES},
        "container-title": work.container,
        "publisher": ", ".join(work.names("publisher")),
        "publisher-place": work.place,
        "issued": _date(work.date) or ({"literal": work.date_as_written} if work.date_as_written else {}),
        "edition": work.text("bookEdition"),
        "volume": work.text("volumeNumber"),
        "issue": work.text("issueNumber"),
        "page": work.pages,
        "URL": work.text("url"),
        "accessed": _date(work.accessed),
        "DOI": work.identifier("doi"),
        "ISBN": work.identifier("isbn"),
        "ISSN": work.identifier("issn"),
        "call-number": work.identifier("shelfmark"),
        "language": work.language,
        "note": work.note,
    }
    return {"id": work.key, "type": work.kind.csl} | {name: value for name, value in fields.items() if value}


def _date(date: str) -> dict[str, Any]:
    parts = date_parts(date)
    return {"date-parts": [parts]} if parts else {}

"""A feed of what is new in a release: the release itself, and the claims that are not as they were.

https://www.rfc-editor.org/rfc/rfc4287
"""

import re
from collections.abc import Iterator
from xml.sax.saxutils import escape, quoteattr

from lod.difference.fate import Difference, Fate
from lod.project import Dataset
from lod.release import released_time
from lod.release.documents import path_of

FEED = "feed.xml"
_NO_TEXT = re.compile("[\x00-\x1f\x7f-\x9f\ufffe\uffff]")


def feed(dataset: Dataset, difference: Difference | None) -> str:
    """Return an Atom document. difference: of the release before this one; None where no such is known.

    The id of an entry is the IRI of the claim, so that a reader is shown it again when it changes again.
    """
    fates = [fate for fate in difference.fates if fate.claim] if difference else []
    said = (
        _count(fates) if difference is not None else "Which claims changed is not told: no release before it is named."
    )
    time = released_time(dataset)
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang={quoteattr(dataset.language)}>',
        f"<id>{escape(dataset.base)}</id>",
        f"<title>{_text(dataset.title)}</title>",
        f"<updated>{time}</updated>",
        f"<author><name>{_text(dataset.publisher)}</name></author>",
        f'<link rel="self" type="application/atom+xml" href={quoteattr(dataset.base + FEED)}/>',
        f"<link href={quoteattr(dataset.base)}/>",
        *_entry(f"{dataset.base}#{dataset.version}", dataset.base, f"Version {dataset.version}", said, time),
        *(line for fate in fates for line in _of_claim(fate, dataset.base, time)),
        "</feed>",
    ]
    return "".join(f"{line}\n" for line in lines)


def _of_claim(fate: Fate, base: str, time: str) -> Iterator[str]:
    words = ", ".join(dict.fromkeys(change.what for change in fate.changes))
    summary = f"{fate.became}: {words}" if words else fate.became
    page = base if fate.became == "gone" else f"{base}{path_of(fate.iri, base)}.html"
    yield from _entry(fate.iri, page, fate.label or fate.iri.removeprefix(base), summary, time)


def _entry(iri: str, page: str, title: str, summary: str, time: str) -> Iterator[str]:
    yield f"<entry><id>{escape(iri)}</id><title>{_text(title)}</title><updated>{time}</updated>"
    yield f"<link href={quoteattr(page)}/><summary>{_text(summary)}</summary></entry>"


def _count(fates: list[Fate]) -> str:
    found = [fate.became for fate in fates]
    said = (f"{found.count(became)} {became}" for became in dict.fromkeys(found))
    return f"Claims that are not as they were: {', '.join(said) or 'none'}."


def _text(text: str) -> str:
    """Return a text for XML, which has no place for control characters."""
    return escape(_NO_TEXT.sub(" ", text))

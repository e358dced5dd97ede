"""A difference as one HTML page in the style of a release's pages, that needs no other file, no network, no script."""

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined

from lod.difference import BECAME, Change, Difference
from lod.release.pages import STYLE
from lod.show.difference.words import count_words, heading, plural, property_words, sentence

_MOST = 500  # of one group; the page stays one that a phone can open
_MOST_WORDS = 2_000
_ALIKE = 0.6  # of the words


def difference_html(difference: Difference) -> str:
    """Return the page: counts, then each entity with what changed in it; of a big group the first 500."""
    templates = Environment(
        loader=PackageLoader("lod.show.difference", "."),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    groups = [(heading(kind, became), difference.of(kind, became)) for kind in difference.kinds for became in BECAME]
    return templates.get_template("page.html").render(
        difference=difference,
        style=files("lod.release.pages").joinpath(STYLE).read_text(encoding="utf-8"),
        sentence=sentence(difference),
        counts=[(kind, count_words(difference, kind)) for kind in difference.kinds],
        groups=[(name, fates) for name, fates in groups if fates],
        most=_MOST,
        plural=plural,
        name=property_words,
        pieces=_pieces,
    )


def _pieces(change: Change) -> list[tuple[str, str]] | None:
    """Return what one text became, as words that were taken out, put in or kept.

    None where it is not one of each, or where they have too little in common to be read so.
    """
    sides = change.before, change.after
    if not all(len(values) == 1 and values[0].literal for values in sides):
        return None
    before, after = (re.findall(r"\s+|\w+|[^\w\s]", values[0].text) for values in sides)
    if max(len(before), len(after)) > _MOST_WORDS:
        return None
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    return list(_compared(matcher, before, after)) if matcher.ratio() >= _ALIKE else None


def _compared(matcher: SequenceMatcher[str], before: Sequence[str], after: Sequence[str]) -> Iterator[tuple[str, str]]:
    for tag, start, end, new_start, new_end in matcher.get_opcodes():
        if tag == "equal":
            yield "span", "".join(before[start:end])
            continue
        if end > start:
            yield "del", "".join(before[start:end])
        if new_end > new_start:
            yield "ins", "".join(after[new_start:new_end])

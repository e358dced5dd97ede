"""A difference of two releases as text, JSON and HTML."""

from lod.show.difference.html import difference_html
from lod.show.difference.json import difference_json
from lod.show.difference.text import difference_text

__all__ = ["difference_html", "difference_json", "difference_text"]

"""What schema.org, PROV-O, DCAT and `ns:` define: an index of their terms, and a lint of statements by it."""

from lod.vocabulary.index import Index, read_index
from lod.vocabulary.lint import lint

__all__ = ["Index", "lint", "read_index"]

"""The description of a release: DCAT, VoID and schema.org, from one record of the data set and its counts."""

from lod.release.description.citation import CITATION, citation
from lod.release.description.dcat import DESCRIPTION_PREFIXES, File, description_quads
from lod.release.description.search import search_document

__all__ = ["CITATION", "DESCRIPTION_PREFIXES", "File", "citation", "description_quads", "search_document"]

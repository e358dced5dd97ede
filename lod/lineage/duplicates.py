"""Sources that may be one, found by their addresses. They are named as candidates, and never merged."""

import re
from typing import Final
from urllib.parse import urlsplit

import ibis
import ibis.expr.types as ir
import pyarrow as pa

from lod.engine import Engine
from lod.functions.url import normalize_url
from lod.terms import Kind
from lod.vocab import NS, PROV, SCHEMA

SAME_ADDRESS, ARCHIVE_COPY = "sameAddress", "archiveCopy"
_URL, _ARCHIVED = SCHEMA + "url", SCHEMA + "archivedAt"
_RELATED = (SCHEMA + "isPartOf", PROV + "wasDerivedFrom", NS + "knownThrough", SCHEMA + "sameAs")
# A web archive names a copy by its time and the address that it had. https://www.rfc-editor.org/rfc/rfc7089
_COPY = re.compile(r"https?://[^/]+/(?:[^/]+/)?\d{4,14}(?:[a-z]{2}_)?/(https?:/.+)")
_TRACKING = re.compile(r"(?<=[?&])(?:utm_[a-z]+|fbclid|gclid|mc_[ce]id)=[^&#]*&?")
_SCHEMA: Final = pa.schema([("source", pa.string()), ("address", pa.string()), ("copy", pa.bool_())])


def duplicates(engine: Engine, statements: ir.Table) -> ir.Table:
    """Return groups of sources of statements (`TRIPLE`) that may be one: `address`, `source`, `because`, `similarity`.

    because: `sameAddress` where their addresses are one once written alike, `archiveCopy` where one is a web archive's
    copy of another, or both are copies of one page; similarity: null. See `candidates` for what is left out.
    """
    said = statements.filter(statements.predicate.isin([_URL, _ARCHIVED]) & (statements.kind == int(Kind.IRI)))
    found = engine.materialise("addresses", _addresses(engine, said)).distinct()
    once = found.group_by("address", "source").aggregate(copy=found.copy.all())
    several = candidates(engine, once, statements)
    copies = several.copy.any().over(group_by="address")
    because = ibis.ifelse(copies, ARCHIVE_COPY, SAME_ADDRESS)
    told = several.select("address", "source", because=because, similarity=ibis.null("string"))
    return engine.materialise("duplicates", told)


def candidates(engine: Engine, groups: ir.Table, statements: ir.Table) -> ir.Table:
    """Return of groups (`address`, `source` ...) the sources of which nobody said how they are related, two at least.

    A source that is said to derive from another of its group, to be part of it, the same, or known through it, is left
    out.
    """
    alone = groups.anti_join(_related(groups, statements), ["address", "source"])
    several = alone.group_by("address").aggregate(sources=alone.source.nunique())
    return engine.materialise("candidates", alone.semi_join(several.filter(several.sources > 1), "address"))


def page_address(url: str) -> tuple[str, bool]:
    """Return what the addresses of one page have in common, and whether this is that of an archive's copy of it.

    The normal form of RFC 3986, section 6.2, without scheme, `www.`, fragment, trailing slash, and the parameters by
    which advertisers follow readers.
    """
    copy = _COPY.fullmatch(url)
    normal = normalize_url(re.sub("^(https?:/)(?!/)", r"\1/", copy[1]) if copy else url)
    if not normal:
        return url, False
    parts = urlsplit(_TRACKING.sub("", normal))
    place = f"{parts.netloc.removeprefix('www.')}{parts.path.rstrip('/')}"
    return f"{place}?{parts.query.rstrip('&')}" if parts.query.rstrip("&") else place, copy is not None


def _addresses(engine: Engine, said: ir.Table) -> pa.Table:
    urls = said.select(source="subject", url="object", archived=said.predicate == _ARCHIVED)
    return pa.Table.from_pylist([_address(**row) for row in engine.rows(urls)], _SCHEMA)


def _address(source: str, url: str, *, archived: bool) -> dict[str, object]:
    address, copy = page_address(url)
    return {"source": source, "address": address, "copy": copy or archived}


def _related(found: ir.Table, statements: ir.Table) -> ir.Table:
    """Return the sources of groups that are said to be related to another of their group."""
    links = statements.filter(statements.predicate.isin(_RELATED)).select(source="subject", other="object").distinct()
    others = found.select("address", other="source")
    return found.join(links, "source").join(others, ["address", "other"]).select("address", "source")

"""What a host of files needs to be one of linked data: rules for servers, and a map for crawlers."""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from urllib.parse import quote, urlsplit
from xml.sax.saxutils import escape

from lod.formats import COMPRESSIONS, FORMATS, JSONLD, TURTLE, Format
from lod.release.pages.citations import STYLES

_MOST_ADDRESSES = 50_000  # https://www.sitemaps.org/protocol.html#index


def write_site(folder: Path, base: str, kinds: Sequence[str]) -> None:
    """Write the rules of servers, `robots.txt` and the site maps of the pages that are in a folder."""
    kinds = sorted(kind for kind in kinds if (folder / kind).is_dir())
    (folder / ".htaccess").write_text(_apache(), encoding="utf-8")
    (folder / "nginx.conf").write_text(_nginx(base, kinds), encoding="utf-8")
    (folder / "Caddyfile").write_text(_caddy(base, kinds), encoding="utf-8")
    (folder / "_headers").write_text(_headers(), encoding="utf-8")
    (folder / ".nojekyll").write_text("", encoding="utf-8")  # GitHub Pages would leave out what begins with _ or .
    maps = _site_maps(folder, base, sorted(folder.glob("*/*.html")))
    (folder / "robots.txt").write_text("User-agent: *\nAllow: /\n" + maps, encoding="utf-8")


def _apache() -> str:
    """Return rules for Apache: MultiViews weighs what a client wants, with its q-values."""
    weighed = (TURTLE.media_type, JSONLD.media_type)
    types = "".join(f"AddType {type_} {ending}\n" for type_, ending in _written() if type_ not in weighed)
    types += "".join(f"AddType {type_};qs=0.5 {ending}\n" for type_, ending in _cited())
    return f"""# Apache: put the release where its base is. https://httpd.apache.org/docs/2.4/mod/mod_negotiation.html
Options +MultiViews
DirectoryIndex index.html
AddType text/html;qs=1.0 .html
AddType {TURTLE.media_type};qs=0.9 {TURTLE.suffix}
AddType {JSONLD.media_type};qs=0.8 {JSONLD.suffix}
{types}AddCharset UTF-8 .html {TURTLE.suffix}
<IfModule mod_headers.c>
  Header set Access-Control-Allow-Origin "*"
</IfModule>
"""


def _nginx(base: str, kinds: Sequence[str]) -> str:
    path = urlsplit(base).path or "/"
    types = "".join(f"\n        {media_type} {ending[1:]};" for media_type, ending in _types())
    return f"""# nginx: include this in the http block; set root and name. Of what a client wants the first wins.
map $http_accept $lod_suffix {{
    default .html;
    "~^[^,]*{re.escape(TURTLE.media_type)}" {TURTLE.suffix};
    "~^[^,]*{re.escape(JSONLD.media_type)}" {JSONLD.suffix};
}}
server {{
    listen 8080;
    root /srv/release;  # the folder of the release
    types {{{types}
    }}
    charset utf-8;
    charset_types text/html text/css {TURTLE.media_type};
    add_header Access-Control-Allow-Origin * always;
    location ~ ^{path}(?<lod_entity>(?:{"|".join(kinds)})/[^/]+)$ {{
        add_header Access-Control-Allow-Origin * always;
        add_header Vary Accept always;
        try_files /$lod_entity /$lod_entity$lod_suffix =404;
    }}
    location {path} {{ alias /srv/release/; index index.html; }}
}}
"""


def _types() -> Iterator[tuple[str, str]]:
    yield from {"text/html": ".html", "text/css": ".css", "text/csv": ".csv", "text/plain": ".txt"}.items()
    yield from {"application/json": ".json", "application/xml": ".xml", "application/sparql-query": ".rq"}.items()
    yield from (*_written(), *_cited())


def _written() -> Iterator[tuple[str, str]]:
    """Yield the media types of documents and how their files end; of `x.ttl.gz` the last ending counts."""
    yield from ((each.media_type, each.extension) for each in FORMATS)
    yield from ((each.media_type, each.suffix) for each in COMPRESSIONS)


def _cited() -> Iterator[tuple[str, str]]:
    """Yield the same for citations; those in CSL-JSON end as JSON does, and are sent as that."""
    yield from ((each.media_type, each.suffix) for each in STYLES if each.suffix.count(".") == 1)


def _caddy(base: str, kinds: Sequence[str]) -> str:
    path = urlsplit(base).path or "/"
    places = " ".join(f"{path}{kind}/*" for kind in kinds)
    wanted = "".join(_caddy_choice(each, places) for each in (TURTLE, JSONLD))
    types = "".join(_caddy_type(*each) for each in (*_written(), *_cited()))
    return f"""# Caddy: set the address and root. Of what a client wants the first wins.
:8080 {{
    root * /srv/release
    header Access-Control-Allow-Origin *
    @entity path {places}
    header @entity Vary Accept
{types}{wanted}    uri strip_prefix {path.rstrip("/") or "/"}
    try_files {{path}} {{path}}.html {{path}}/index.html
    file_server
}}
"""


def _caddy_type(media_type: str, ending: str) -> str:
    matcher = f"@{ending[1:]}_file"
    return f"    {matcher} path *{ending}\n    header {matcher} Content-Type {media_type}\n"


def _caddy_choice(format_: Format, places: str) -> str:
    files = " ".join(f"*{suffix}" for suffix in (".html", *(each.suffix for each in (TURTLE, JSONLD, *STYLES))))
    return f"""    @{format_.name} {{
        path {places}
        not path {files}
        header_regexp Accept ^[^,]*{re.escape(format_.media_type)}
    }}
    rewrite @{format_.name} {{path}}{format_.suffix}
"""


def _headers() -> str:
    """Return what Netlify and Cloudflare Pages read. https://docs.netlify.com/manage/routing/headers/."""
    types = "".join(f"/*{ending}\n  Content-Type: {media_type}\n" for media_type, ending in (*_written(), *_cited()))
    return f"/*\n  Access-Control-Allow-Origin: *\n{types}"


def _site_maps(folder: Path, base: str, pages: Sequence[Path]) -> str:
    """Write the site maps, and return the lines of robots.txt that name them."""
    parts = [pages[start : start + _MOST_ADDRESSES] for start in range(0, len(pages), _MOST_ADDRESSES)]
    lines = []
    for number, part in enumerate(parts, 1):
        name = f"sitemap{number if len(parts) > 1 else ''}.xml"
        (folder / name).write_text("".join(_site_map(folder, base, part)), encoding="utf-8")
        lines.append(f"Sitemap: {base}{name}\n")
    return "".join(lines)


def _site_map(folder: Path, base: str, pages: Sequence[Path]) -> Iterator[str]:
    yield '<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
    for page in pages:
        yield f"<url><loc>{escape(base + quote(page.relative_to(folder).as_posix()))}</loc></url>\n"
    yield "</urlset>\n"

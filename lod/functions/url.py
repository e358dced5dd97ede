"""URLs, percent-encoding and language tags: held to their grammars, and written in their normal form."""

import re
from urllib.parse import unquote_to_bytes, urlsplit

from lod.functions.arrow import of_values
from lod.functions.function import Function, Parameter
from lod.terms import IRI_PATTERN, LANGUAGE_PATTERN, iri_safe, uri_safe

_VALUE = Parameter("value")
_NO_URL = "is not an absolute http or https URL"
_DEFAULT_PORTS = {"http": "80", "https": "443"}
_PARTS = re.compile(r"([^:]+)://([^/?#]*)([^?#]*)(.*)")
_ENCODED = re.compile("%[0-9A-Fa-f]{2}")
_UNRESERVED = re.compile(r"[A-Za-z0-9\-._~]")


def _url(text: str) -> str | None:
    if not re.fullmatch(IRI_PATTERN, text):
        return None
    parts = urlsplit(text)  # raises ValueError for a host that cannot be
    return text if parts.scheme.lower() in _DEFAULT_PORTS and parts.hostname else None


def normalize_url(text: str) -> str | None:
    """Return a URL in normal form. https://www.rfc-editor.org/rfc/rfc3986#section-6.2.2 and the next."""
    parts = _PARTS.fullmatch(text) if _url(text) else None
    if not parts:
        return None
    scheme = parts[1].lower()
    path = _without_dots(_ENCODED.sub(_plain, parts[3])) or "/"
    return f"{scheme}://{_authority(parts[2], _DEFAULT_PORTS[scheme])}{path}{_ENCODED.sub(_plain, parts[4])}"


def _authority(text: str, default_port: str) -> str:
    user, at, place = text.rpartition("@")
    host, _, port = place.rpartition(":") if re.search(":[0-9]*$", place) else (place, "", "")
    kept = f":{port}" if port not in ("", default_port) else ""
    return f"{_ENCODED.sub(_plain, user)}{at}{_ENCODED.sub(_plain, host.lower())}{kept}"


def _plain(encoded: re.Match[str]) -> str:
    """Return the character that needs no encoding, or the encoding in upper case."""
    char = chr(int(encoded[0][1:], 16))
    return char if _UNRESERVED.fullmatch(char) else encoded[0].upper()


def _without_dots(path: str) -> str:
    """Return a path without `.` and `..` segments. https://www.rfc-editor.org/rfc/rfc3986#section-5.2.4."""
    kept: list[str] = []
    segments = path.split("/")
    for segment in segments[1:]:
        if segment == "..":
            del kept[-1:]
        elif segment != ".":
            kept.append(segment)
    open_end = "/" if kept and segments[-1] in (".", "..") else ""
    return "".join(f"/{segment}" for segment in kept) + open_end


def _decode(text: str) -> str | None:
    return None if "%" in _ENCODED.sub("", text) else unquote_to_bytes(text).decode("utf-8")


def _language(text: str) -> str | None:
    """Return a language tag as RFC 5646 writes it. https://www.rfc-editor.org/rfc/rfc5646#section-2.1.1."""
    tag = text.strip().replace("_", "-").lower()
    if not re.fullmatch(LANGUAGE_PATTERN, tag):
        return None
    first, *subtags = tag.split("-")
    singletons = [place for place, subtag in enumerate((first, *subtags)) if len(subtag) == 1]
    plain = min(singletons, default=len(tag))
    return "-".join([first, *(_subtag(each) if place < plain else each for place, each in enumerate(subtags, 1))])


def _subtag(subtag: str) -> str:
    return {2: subtag.upper(), 4: subtag.capitalize()}.get(len(subtag), subtag)


FUNCTIONS = (
    Function(
        "url",
        "the text, if it is an absolute http(s) URL",
        (_VALUE,),
        of_values(_url),
        complaint=_NO_URL,
    ),
    Function(
        "normalizeUrl",
        "the URL in normal form: scheme and host in lower case, no default port, no dot segments, encoding only where "
        "needed and in upper case",
        (_VALUE,),
        of_values(normalize_url),
        complaint=_NO_URL,
    ),
    Function("encodeIri", "percent-encoded, save iunreserved characters (RFC 3987)", (_VALUE,), of_values(iri_safe)),
    Function("encodeUri", "percent-encoded, save unreserved characters (RFC 3986)", (_VALUE,), of_values(uri_safe)),
    Function(
        "decodeUri",
        "percent-encoding taken back",
        (_VALUE,),
        of_values(_decode),
        complaint="is not percent-encoded UTF-8",
    ),
    Function(
        "languageTag",
        "the language tag as BCP 47 writes it: `EN_us` as `en-US`",
        (_VALUE,),
        of_values(_language),
        complaint="is not a language tag (BCP 47: en, az, hy-Latn)",
    ),
)

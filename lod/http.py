"""Documents over HTTP(S), from hosts that the project allows, into a file.

https://www.rfc-editor.org/rfc/rfc9110
"""

import re
import time
from collections.abc import Collection
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO
from urllib.parse import urljoin

from lod.errors import InputError, Position

if TYPE_CHECKING:
    from requests import Response, Session

_MOST_BYTES = 16 * 1024**3
_MOST_SECONDS = 3600
_MOST_REDIRECTS = 10
_TIMEOUTS = (10, 60)  # to connect, and between two pieces
_PIECE = 1024 * 1024


def is_url(text: str) -> bool:
    """Return whether a text is an http(s) URL."""
    return re.match(r"https?://", text, re.IGNORECASE) is not None


def fetch(url: str, target: Path, hosts: Collection[str]) -> None:
    """Write the document at a URL to `target`, through redirects within the allowed `hosts` (host or host:port).

    Raises InputError: a host that is not allowed, no answer, a status that is no success, too large, too slow.
    """
    from requests import RequestException, Session

    try:
        with Session() as session, _answer(session, url, hosts) as response, target.open("wb") as stream:
            _copy(response, url, stream)
    except (RequestException, OSError) as error:
        raise InputError(f"cannot be fetched: {error}", at=Position(url)) from error


def _answer(session: "Session", url: str, hosts: Collection[str]) -> "Response":
    """Follow redirects; what is asked for is the file as it lies there, not packed for the way."""
    headers = {"Accept-Encoding": "identity", "User-Agent": f"lod/{version('lod')}"}
    place = url
    for _ in range(_MOST_REDIRECTS + 1):
        _check_host(place, url, hosts)
        response = session.get(place, headers=headers, stream=True, allow_redirects=False, timeout=_TIMEOUTS)
        if not response.is_redirect:
            return response
        place = urljoin(place, response.headers["location"])
        response.close()
    raise InputError(f"leads through more than {_MOST_REDIRECTS} redirects", at=Position(url))


def _check_host(place: str, url: str, hosts: Collection[str]) -> None:
    """Hold a URL to the allowed hosts, by the parser that connects: two parsers may see two hosts in one URL."""
    from requests import Request
    from urllib3.util import parse_url

    parsed = parse_url(Request("GET", place).prepare().url or "")
    allowed = {host.lower() for host in hosts}
    if not is_url(place) or not {parsed.host, parsed.netloc} & allowed:
        redirected = "" if place == url else f", to which {url} redirects"
        hint = f'Allow it: allow_hosts = ["{parsed.host}"] under [build] in lod.toml, or --allow-host {parsed.host}.'
        raise InputError(f"the host of this URL is not allowed{redirected}", at=Position(place), hint=hint)


def _copy(response: "Response", url: str, stream: BinaryIO) -> None:
    if not response.ok:
        raise InputError(f"the server answers {response.status_code} {response.reason}", at=Position(url))
    start, size = time.monotonic(), 0
    for piece in response.iter_content(_PIECE):
        size += stream.write(piece)
        if size > _MOST_BYTES or time.monotonic() - start > _MOST_SECONDS:
            what = f"is given up after {size} bytes and {time.monotonic() - start:.0f} seconds"
            limits = f"Limits are {_MOST_BYTES} bytes and {_MOST_SECONDS} seconds; fetch it by hand and name the file."
            raise InputError(what, at=Position(url), hint=limits)

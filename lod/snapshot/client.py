"""Asking the open web, and nothing but it: no address of this machine or of a network behind it.

https://www.rfc-editor.org/rfc/rfc9110
"""

import socket
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from ipaddress import IPv6Address, ip_address, ip_network
from typing import Any
from urllib.parse import urlsplit

from requests import RequestException, Response, Session
from requests.adapters import HTTPAdapter
from urllib3 import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import HTTPError

from lod.errors import InputError, Position
from lod.http import is_url

AGENT = "lod"
_TIMEOUTS = (10, 30)  # to connect, and between two pieces
_MOST_SECONDS = 120
_PIECE = 64 * 1024
_UNICAST, _RELAYED = ip_network("2000::/3"), ip_network("2002::/16")  # the latter leads to any IPv4 address

IsAllowed = Callable[[str], bool]


@dataclass(frozen=True)
class Answer:
    """What a server answered: status line, header fields as sent, the body as sent, and when it was asked."""

    url: str
    status: int
    reason: str
    headers: tuple[tuple[str, str], ...]
    body: bytes
    at: datetime

    def header(self, name: str) -> str | None:
        """Return the first header field of a name."""
        return next((value for key, value in self.headers if key.lower() == name.lower()), None)


def is_public(address: str) -> bool:
    """Return whether an IP address is one of the open internet, which leads to no other network."""
    found = ip_address(address.partition("%")[0])
    if isinstance(found, IPv6Address) and found.ipv4_mapped:
        found = found.ipv4_mapped
    reaches = found.version == 4 or (found in _UNICAST and found not in _RELAYED)
    return found.is_global and not found.is_multicast and reaches


def check_url(url: str) -> None:
    """Raise InputError where a text is no http(s) URL, or one with a password."""
    if not is_url(url) or "@" in urlsplit(url).netloc:
        raise InputError("is no plain http(s) URL", at=Position(url))


class Client:
    """Asks for one page at a time. What it is connected to is checked before anything is sent."""

    def __init__(self, is_allowed: IsAllowed = is_public) -> None:
        self._session = Session()
        self._session.trust_env = False  # no proxy that would ask for us, no password of the user's
        for scheme in ("http://", "https://"):
            self._session.mount(scheme, _Adapter(is_allowed))

    def get(self, url: str, most_bytes: int) -> Answer:
        """Return what the server of a URL answers, a redirect too.

        Raises InputError: no http(s) URL or one with a password, an address that is not public, no answer, too large,
        too slow.
        """
        check_url(url)
        headers = {"Accept-Encoding": "identity", "User-Agent": f"{AGENT}/{version('lod')}"}
        at = datetime.now(UTC).replace(microsecond=0)
        try:
            with self._session.get(
                url, headers=headers, stream=True, allow_redirects=False, timeout=_TIMEOUTS
            ) as found:
                body = _body(found, url, most_bytes)
                return Answer(url, found.status_code, found.reason, tuple(found.raw.headers.items()), body, at)
        except (RequestException, HTTPError, OSError) as error:
            raise InputError(f"cannot be fetched: {error}", at=Position(url)) from error


def _body(response: Response, url: str, most_bytes: int) -> bytes:
    start, body = time.monotonic(), bytearray()
    for piece in response.raw.stream(_PIECE, decode_content=False):
        body += piece
        if len(body) > most_bytes or time.monotonic() - start > _MOST_SECONDS:
            hint = f"Limits are {most_bytes} bytes and {_MOST_SECONDS} seconds; store it by hand."
            raise InputError(f"is given up after {len(body)} bytes", at=Position(url), hint=hint)
    return bytes(body)


class _Adapter(HTTPAdapter):
    """Makes connections that check what they are connected to."""

    def __init__(self, is_allowed: IsAllowed) -> None:
        self._is_allowed = is_allowed
        super().__init__()

    def init_poolmanager(self, *args: Any, **more: Any) -> None:
        super().init_poolmanager(*args, **more)
        self.poolmanager.pool_classes_by_scheme = _pools(self._is_allowed)


def _pools(is_allowed: IsAllowed) -> dict[str, type[HTTPConnectionPool]]:
    def checked(connection: HTTPConnection, made: socket.socket) -> socket.socket:
        address = str(made.getpeername()[0])
        if not is_allowed(address):
            made.close()
            what = f"leads to {address}, which is no address of the open internet"
            raise InputError(what, at=Position(connection.host))
        return made

    class Plain(HTTPConnection):
        def _new_conn(self) -> socket.socket:
            return checked(self, super()._new_conn())

    class Secure(HTTPSConnection):
        def _new_conn(self) -> socket.socket:
            return checked(self, super()._new_conn())

    class PlainPool(HTTPConnectionPool):
        ConnectionCls = Plain

    class SecurePool(HTTPSConnectionPool):
        ConnectionCls = Secure

    return {"http": PlainPool, "https": SecurePool}

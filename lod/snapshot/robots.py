"""What a site lets programs read. https://www.rfc-editor.org/rfc/rfc9309."""

from urllib.parse import urljoin, urlsplit

from lod.errors import InputError, Position
from lod.snapshot.client import AGENT, Answer, Client

_MOST_BYTES = 500 * 1024
_MOST_REDIRECTS = 5


def check_robots(client: Client, url: str) -> None:
    """Raise InputError where the site of a URL asks programs such as this one not to read it, or does not say.

    A site without robots.txt lets everyone read; one whose robots.txt cannot be had, by an error of its server, nobody.
    """
    from protego import Protego

    if urlsplit(url).path == "/robots.txt":
        return
    answer = _asked(client, urljoin(url, "/robots.txt"))
    if answer.status >= 500:
        raise InputError(f"may not be read: its robots.txt answers {answer.status}", at=Position(url))
    rules = answer.body.decode(errors="replace") if answer.status < 300 else ""
    if not Protego.parse(rules).can_fetch(url, AGENT):
        hint = "Read it yourself, and store it by hand where that is allowed."
        raise InputError("may not be read by programs, says its robots.txt", at=Position(url), hint=hint)


def _asked(client: Client, place: str) -> Answer:
    answer = client.get(place, _MOST_BYTES)
    for _ in range(_MOST_REDIRECTS):
        target = answer.header("Location")
        if not 300 <= answer.status < 400 or target is None:
            break
        answer = client.get(urljoin(answer.url, target), _MOST_BYTES)
    return answer

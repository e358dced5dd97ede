"""The copy of a page that the Wayback Machine has. https://archive.org/help/wayback_api.php."""

import json
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from lod.errors import InputError, Position
from lod.snapshot.client import Client

SERVICE = "https://archive.org/wayback/available"
_MOST_BYTES = 1024**2


@dataclass(frozen=True)
class Copy:
    """A copy in a web archive: its URL, and when it was made (xsd:dateTime)."""

    url: str
    at: str


def archived_copy(client: Client, url: str, service: str = SERVICE) -> Copy | None:
    """Return the copy of a page that the archive offers; None where it has none.

    Raises InputError where the archive does not answer as its documentation says.
    """
    asked = f"{service}?{urlencode({'url': url})}"
    answer = client.get(asked, _MOST_BYTES)
    try:
        closest = json.loads(answer.body).get("archived_snapshots", {}).get("closest")
        if not closest or not closest["available"]:
            return None
        made = datetime.strptime(closest["timestamp"], "%Y%m%d%H%M%S")  # said to be UTC
        return Copy(closest["url"].replace("http://", "https://", 1), f"{made.isoformat()}Z")
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        what = f"the archive's answer ({answer.status}) is not understood: {error}"
        raise InputError(what, at=Position(asked)) from error

"""A page of the web, stored as a web archive of one answer. https://iipc.github.io/warc-specifications/."""

import hashlib
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from urllib.parse import urljoin

from lod.errors import InputError, Position, ReleaseError
from lod.snapshot.client import Answer, Client, check_url
from lod.snapshot.robots import check_robots
from lod.whole import whole_files

_MOST_BYTES = 64 * 1024**2
_MOST_REDIRECTS = 10
_NAME_DIGITS = 16
_PER_CONNECTION = ("transfer-encoding", "connection", "keep-alive")  # the body is stored in one piece


@dataclass(frozen=True)
class Stored:
    """A stored page: where it was found in the end, when (UTC), its file and the SHA-256 of that."""

    url: str
    accessed: str
    file: Path
    sha256: str


def store(client: Client, url: str, folder: Path) -> Stored:
    """Store a page in a folder, through redirects; its file is named by its hash.

    Raises InputError where the page cannot or may not be read, or the server has none, ReleaseError where it cannot
    be written.
    """
    answer = _answer(client, url)
    content = _archived(answer)
    sha256 = hashlib.sha256(content).hexdigest()
    path = folder / f"{sha256[:_NAME_DIGITS]}.warc.gz"
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ReleaseError(f"cannot be written: {error.strerror}", at=Position(str(folder))) from error
    with whole_files() as open_file, open_file(path, None) as stream:
        stream.write(content)
    return Stored(answer.url, answer.at.date().isoformat(), path, sha256)


def _answer(client: Client, url: str) -> Answer:
    place = url
    for _ in range(_MOST_REDIRECTS + 1):
        check_url(place)
        check_robots(client, place)
        answer = client.get(place, _MOST_BYTES)
        target = answer.header("Location")
        if not (300 <= answer.status < 400 and target):
            if answer.status != 200:
                raise InputError(f"the server answers {answer.status} {answer.reason}", at=Position(place))
            return answer
        place = urljoin(place, target)
    raise InputError(f"leads through more than {_MOST_REDIRECTS} redirects", at=Position(url))


def _archived(answer: Answer) -> bytes:
    """Return an answer as an archive of one record, with its header fields."""
    from warcio.statusandheaders import StatusAndHeaders
    from warcio.warcwriter import WARCWriter

    kept = [pair for pair in answer.headers if pair[0].lower() not in _PER_CONNECTION]
    head = StatusAndHeaders(f"{answer.status} {answer.reason}", kept, protocol="HTTP/1.1")
    stream = BytesIO()
    writer = WARCWriter(stream, gzip=True, warc_version="WARC/1.1")
    record = writer.create_warc_record(
        answer.url,
        "response",
        payload=BytesIO(answer.body),
        length=len(answer.body),
        http_headers=head,
        warc_headers_dict={"WARC-Date": answer.at.strftime("%Y-%m-%dT%H:%M:%SZ")},
    )
    writer.write_record(record)
    return stream.getvalue()

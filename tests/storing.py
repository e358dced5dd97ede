"""Stored texts for tests: the bytes of documents and archives, and a small project that quotes from one."""

import hashlib
from collections.abc import Callable
from pathlib import Path

from small import CLAIMS, SOURCES, add, change, small_project

from lod.errors import Position
from lod.texts import Snapshot

TEXT = "Bridge gives way\n\nAt noon 12 people were hurt, the paper says.\n"
HTML = """<!DOCTYPE html><html><head><title>t</title><style>p {}</style><script>12 people were hurt</script></head>
<body><h1>Bridge gives way</h1><p>At noon <b>12</b> people
  were hurt, the paper says.</p></body></html>"""
URL = "https://paper.example/bridge"
QUOTE = "12 people were hurt"
AT = Position("records/sources.csv", row=1)


def pdf(line: str) -> bytes:
    """Write a document of one page with one line of text. https://pdfa.org/resource/iso-32000-2/"""
    drawn = f"BT /F1 12 Tf 72 720 Td ({line}) Tj ET".encode()
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(drawn), drawn),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    out, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj%s endobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    return out + head + table + b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, len(out))


def warc(*pages: tuple[str, str, str], pack: Callable[[bytes], bytes] = bytes) -> bytes:
    """Write an archive of pages (URL, media type, content), each record packed. https://iipc.github.io/warc-specifications/"""
    out = b""
    for number, (url, type_, content) in enumerate(pages):
        body = content.encode()
        answer = b"HTTP/1.1 200 OK\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n%s" % (
            type_.encode(),
            len(body),
            body,
        )
        head = (
            "WARC/1.0\r\nWARC-Type: response\r\nWARC-Date: 2001-03-03T00:00:00Z\r\n"
            f"WARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-{number:012}>\r\nWARC-Target-URI: {url}\r\n"
            f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(answer)}\r\n\r\n"
        )
        out += pack(head.encode() + answer + b"\r\n\r\n")
    return out


def stored(root: Path, name: str, content: bytes) -> Snapshot:
    """Store bytes below a folder."""
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return Snapshot(name, hashlib.sha256(content).hexdigest(), None, AT)


def quoting_project(folder: Path) -> Path:
    """Write the small project with a text of the Gazette; the Courier quotes it, in a text that nobody stored.

    c1 stands in the Gazette, c3 (the Courier's) folded, c4 does not.
    """
    small_project(folder)
    snapshot = stored(folder, "texts/gazette.txt", TEXT.encode())
    change(folder / SOURCES, 1, text_file=snapshot.file, text_sha256=snapshot.sha256 or "")
    change(folder / CLAIMS, 3, speaker="gazette", quote="12 people WERE hurt")
    add(folder / CLAIMS, like=1, id="c4", quote="21 people were hurt")
    return folder

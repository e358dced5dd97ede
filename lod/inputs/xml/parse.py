"""XML without DOCTYPE, entities and network: a whole tree, or element by element in bounded memory.

https://www.w3.org/TR/xml/
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from lod.errors import InputError, Position
from lod.inputs.files import InputFile

_SAFE = {"resolve_entities": False, "no_network": True, "load_dtd": False, "huge_tree": False}


def whole_tree(file: InputFile, encoding: str | None) -> Any:
    """Return the root element of a document; raise InputError where it is not XML, or has a DOCTYPE.

    encoding: what the file is in, whatever it says itself; None: as it says.
    """
    from lxml import etree

    with _told(file):
        _refuse_doctype(file, encoding)
        return etree.parse(str(file.path), etree.XMLParser(encoding=encoding, **_SAFE)).getroot()


def text_tree(text: str) -> Any:
    """Return the root element of a document in a text; raise ValueError where it is not XML, or has a DOCTYPE."""
    from lxml import etree

    try:
        root = etree.fromstring(text.encode(), etree.XMLParser(encoding="utf-8", **_SAFE))
    except (etree.XMLSyntaxError, UnicodeEncodeError) as error:
        raise ValueError("holds no XML that can be read") from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise ValueError("holds XML with a DOCTYPE, which is refused")
    return root


def as_record(root: Any) -> Any:
    """Return a document as an element around its root: its node, which is the default record, is none."""
    document = root.makeelement("document")
    document.append(root)
    return document


def elements(file: InputFile, encoding: str | None, path: Sequence[str]) -> Iterator[Any]:
    """Yield the elements at a path of tags from the root, each with all that is in it, and forget them one by one.

    Raises InputError as `whole_tree` does.
    """
    from lxml import etree

    with _told(file), file.path.open("rb") as stream:
        _refuse_doctype(file, encoding)
        for _, element in etree.iterparse(stream, events=("end",), tag=path[-1], encoding=encoding, **_SAFE):
            line = [element, *element.iterancestors()]
            if [each.tag for each in reversed(line)] == list(path):
                yield element
                element.clear(keep_tail=False)
                for each in line[:-1]:
                    while each.getprevious() is not None:
                        del each.getparent()[0]


def _refuse_doctype(file: InputFile, encoding: str | None) -> None:
    from lxml import etree

    with file.path.open("rb") as stream:
        _, root = next(iter(etree.iterparse(stream, events=("start",), encoding=encoding, **_SAFE)))
    if root.getroottree().docinfo.internalDTD is not None:
        hint = "A document type can name other files and hold entities of any size; leave it out."
        raise InputError("has a DOCTYPE, which is refused", at=Position(file.name), hint=hint)


@contextmanager
def _told(file: InputFile) -> Iterator[None]:
    from lxml import etree

    if not file.path.stat().st_size:
        raise InputError("is empty", at=Position(file.name))
    try:
        yield
    except etree.XMLSyntaxError as error:
        line, column = error.position
        what = error.msg
        if not line:  # an element was open where the reading stopped; the parser's log says why it did
            line, column, what = (getattr(error.error_log.last_error, name) for name in ("line", "column", "message"))
        told = what.partition(", line ")[0].strip()
        raise InputError(f"not XML: {told}", at=Position(file.name, line, column)) from error

"""Where things stand in a Turtle document: marks that a parser carries along, so that terms can be traced to the text.

https://www.w3.org/TR/turtle/#sec-grammar
A parser of RDF gives statements and forgets where they stood. Therefore statements about places are written into the
document before it is parsed: `[ rr:template "x" ]` in line 7 becomes
`[ <urn:lod:at:7:5> "" ; <urn:lod:at:7:7> rr:template ; rr:template "x" ]`.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import NamedTuple

from lod.errors import LodError, Position
from lod.formats.read import parse_turtle
from lod.quad import Quad

_MARK = "urn:lod:at:"

_TOKEN = re.compile(
    r"""
    (?P<skip> [ \t\r\n]+ | \#[^\r\n]* )
  | (?P<tail> @[A-Za-z]+(?:-[A-Za-z0-9]+)* | \^\^ )
  | (?P<term>
        \"{3} (?: \"{0,2} (?: [^\"\\] | \\. ) )*+ \"{3}
      | '{3} (?: '{0,2} (?: [^'\\] | \\. ) )*+ '{3}
      | \" (?: [^\"\\] | \\. )*+ \"
      | ' (?: [^'\\] | \\. )*+ '
      | <[^<>\s]*>
      | [+-]? (?: [0-9]+ (?: \.[0-9]* )? [eE][+-]?[0-9]+ | \.[0-9]+ (?: [eE][+-]?[0-9]+ )? | [0-9]* \.[0-9]+ | [0-9]+ )
      | (?: [^\s<>"'()\[\]{};,.\#^@~\\] | \\. | \. (?= [^\s<>"'()\[\]{};,.\#^@~] ) )+
    )
  | (?P<sign> << | ~ | \{\| | [.;,()\[\]] )
    """,
    re.VERBOSE | re.DOTALL,
)
_RDF12 = ("<<", "~", "{|")


class _Token(NamedTuple):
    kind: str
    text: str
    start: int
    end: int


class _Next(Enum):
    """What the grammar lets follow."""

    SUBJECT = auto()
    VERB = auto()
    OBJECT = auto()
    END = auto()
    ITEM = auto()


@dataclass
class _Marks:
    """The marks of a document, collected token by token: pairs of an offset and the text to write there.

    name: the document's; lines: the offset at which each line begins; outer: what follows the brackets that are open.
    """

    name: str
    lines: list[int]
    found: list[tuple[int, str]] = field(default_factory=list)
    following: _Next = _Next.SUBJECT
    outer: list[_Next] = field(default_factory=list)

    def take(self, token: _Token) -> None:
        """Note the marks at a token, and what may follow it."""
        match self.following, token.text:
            case _, "[" | "(":
                self._open(token)
            case _, "]" | ")":
                self.following = self.outer.pop() if self.outer else _Next.END
            case _, ".":
                self.following = _Next.SUBJECT
            case _, ";":
                self.following = _Next.VERB
            case _, ",":
                self.following = _Next.OBJECT
            case _Next.SUBJECT, _:
                self.found.append((token.end, f' <{self._mark(token.start)}> "" ;'))
                self.following = _Next.VERB
            case _Next.VERB, verb:
                if verb != "a":
                    self.found.append((token.start, f"<{self._mark(token.start)}> {verb} ; "))
                self.following = _Next.OBJECT
            case _Next.OBJECT, _:
                self.following = _Next.END

    def _open(self, token: _Token) -> None:
        after = {_Next.SUBJECT: _Next.VERB, _Next.OBJECT: _Next.END}
        self.outer.append(after.get(self.following, self.following))
        self.following = _Next.VERB if token.text == "[" else _Next.ITEM
        if token.text == "[":
            self.found.append((token.end, f' <{self._mark(token.start)}> "" ; '))

    def _mark(self, offset: int) -> str:
        place = self.place(offset)
        return f"{_MARK}{place.line}:{place.column}"

    def place(self, offset: int) -> Position:
        """Return where an offset is."""
        line = bisect_right(self.lines, offset)
        return Position(self.name, line, offset - self.lines[line - 1] + 1)


class Place(NamedTuple):
    """Where a node is described in a document (predicate: empty), or where a property of it stands."""

    subject: str
    predicate: str
    position: Position


def placed_quads(text: str, base: str, name: str, error: type[LodError]) -> Iterator[Quad | Place]:
    """Yield the statements of a Turtle document and the places of their nodes and properties, as they stand in it.

    Relative IRIs continue `base`; `name` is how messages call the document. Raises `error` at bad syntax, and at what
    Turtle 1.1 has not.
    """
    traceable = _marked(text, name, error)
    for _ in parse_turtle(text, base, name, error):  # without marks first, since an error tells a line and column
        pass
    for quad in parse_turtle(traceable, base, name, error):
        yield _place(quad, name) if quad.predicate.startswith(_MARK) else quad


def _place(quad: Quad, name: str) -> Place:
    line, column = quad.predicate.removeprefix(_MARK).split(":")
    return Place(quad.subject, quad.object, Position(name, int(line), int(column)))


def _marked(text: str, name: str, error: type[LodError]) -> str:
    """Return a Turtle document with a statement for the place of each node and of each property.

    `<urn:lod:at:LINE:COLUMN>` has as object an empty text for the node, or the property that stands there. Of a
    document that does not parse, what is returned does not either.
    """
    marks = _Marks(name, [0, *(match.end() for match in re.finditer(r"\r\n?|\n", text))])
    for token in _statements(text):
        if token.text in _RDF12:
            raise error("statements about statements (RDF 1.2) are not read", at=marks.place(token.start))
        marks.take(token)
    pieces, end = [], 0
    for offset, mark in marks.found:
        pieces += [text[end:offset], mark]
        end = offset
    return "".join([*pieces, text[end:]])


def _statements(text: str) -> Iterator[_Token]:
    """Yield the tokens of triples: those of directives, white space, comments, languages and datatypes are left out."""
    tokens = _tokens(text)
    before = "."
    for token in tokens:
        word = token.text.lower()
        if token.kind == "tail" and token.text == "^^":
            next(tokens, None)
        elif before == "." and word in ("@prefix", "@base", "prefix", "base"):
            for _ in range(word.endswith("prefix") + 1 + word.startswith("@")):
                next(tokens, None)
        elif token.kind != "tail":
            yield token
            before = token.text


def _tokens(text: str) -> Iterator[_Token]:
    for match in _TOKEN.finditer(text):
        if match.lastgroup and match.lastgroup != "skip":
            yield _Token(match.lastgroup, match[0], *match.span())

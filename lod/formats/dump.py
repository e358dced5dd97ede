"""A dump: in which forms all statements of a release are written."""

from dataclasses import dataclass

from lod.formats.form import Form
from lod.formats.format import JSONLD, NQUADS, TURTLE

PLAIN = Form(NQUADS)


@dataclass(frozen=True)
class Dump:
    """The forms of a dump, N-Quads always among them, as that is what a release is verified by.

    split: about how many statements a file holds (None: all of its graphs), but for N-Quads as such; excel_safe:
    whether no cell of CSV is a formula to a spreadsheet.
    """

    forms: tuple[Form, ...] = (PLAIN, Form(JSONLD), Form(TURTLE))
    split: int | None = None
    excel_safe: bool = False

    def __post_init__(self) -> None:
        forms = (PLAIN, *(form for form in self.forms if form != PLAIN))
        object.__setattr__(self, "forms", tuple(dict.fromkeys(forms)))

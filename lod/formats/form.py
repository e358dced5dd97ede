"""Forms: a syntax, compressed or not, as people name it (`turtle`, `turtle.gz`) and as files end (`.ttl.gz`)."""

from dataclasses import dataclass
from pathlib import Path, PurePath

from lod.formats.compression import COMPRESSIONS, Compression
from lod.formats.format import FORMATS, NQUADS, Format


@dataclass(frozen=True)
class Form:
    """A syntax, and how its documents are compressed (None: they are not)."""

    format: Format = NQUADS
    compression: Compression | None = None

    @property
    def name(self) -> str:
        """What people call it."""
        return self.format.name + self._ending

    @property
    def suffix(self) -> str:
        """What its files end in."""
        return self.format.suffix + self._ending

    @property
    def title(self) -> str:
        """What it is, to be read."""
        return f"{self.format.title}, {self.compression.name}" if self.compression else self.format.title

    @property
    def media_type(self) -> str:
        """The media type of its files as they stand."""
        return self.compression.media_type if self.compression else self.format.media_type

    @property
    def compressed(self) -> str | None:
        """The name of the compression, or None."""
        return self.compression.name if self.compression else None

    @property
    def _ending(self) -> str:
        return self.compression.suffix if self.compression else ""


FORMS = tuple(
    Form(format_, compression)
    for format_ in FORMATS
    for compression in (None, *COMPRESSIONS)
    if not (format_.packed and compression)
)


def numbered(path: Path, form: Form, number: int) -> Path:
    """Return the path of a part of a document: `x-00001.ttl.gz` of `x.ttl.gz`."""
    ending = form.suffix if path.name.endswith(form.suffix) else path.suffix
    return path.with_name(f"{path.name.removesuffix(ending)}-{number:05}{ending}")


def form_by_name(name: str) -> Form:
    """Return the form of this name; KeyError where there is none."""
    return {each.name: each for each in FORMS}[name]


def form_of(path: PurePath) -> Form | None:
    """Return the form that a file's name tells by its ending, or None."""
    fitting = (each for each in FORMS if path.name.lower().endswith(each.suffix))
    return max(fitting, key=lambda each: len(each.suffix), default=None)

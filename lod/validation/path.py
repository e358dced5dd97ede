"""Property paths, and how SPARQL writes them.

https://www.w3.org/TR/shacl/#property-paths
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Predicate:
    """One step along a property, by its IRI."""

    iri: str

    def __str__(self) -> str:
        return f"<{self.iri}>"


@dataclass(frozen=True)
class Inverse:
    """A path walked backwards."""

    path: "Path"

    def __str__(self) -> str:
        return f"^{self.path}"


@dataclass(frozen=True)
class Sequence:
    """Paths one after the other, two at least."""

    paths: tuple["Path", ...]

    def __str__(self) -> str:
        return f"({'/'.join(map(str, self.paths))})"


@dataclass(frozen=True)
class Alternative:
    """Any of the paths, two at least."""

    paths: tuple["Path", ...]

    def __str__(self) -> str:
        return f"({'|'.join(map(str, self.paths))})"


@dataclass(frozen=True)
class Repeated:
    """A path walked several times: `?` none or once, `*` none or more often, `+` once or more often."""

    path: "Path"
    mark: str

    def __str__(self) -> str:
        return f"{self.path}{self.mark}"


Path = Predicate | Inverse | Sequence | Alternative | Repeated


def inverse(path: Path) -> Path:
    """Return a path walked backwards, so that only predicates are inverted."""
    match path:
        case Predicate():
            return Inverse(path)
        case Inverse(inner):
            return forward(inner)
        case Sequence(paths):
            return Sequence(tuple(inverse(each) for each in reversed(paths)))
        case Alternative(paths):
            return Alternative(tuple(map(inverse, paths)))
        case Repeated(inner, mark):
            return Repeated(inverse(inner), mark)


def forward(path: Path) -> Path:
    """Return the same path with the inversions at its predicates alone."""
    match path:
        case Predicate():
            return path
        case Inverse(inner):
            return inverse(inner)
        case Sequence(paths):
            return Sequence(tuple(map(forward, paths)))
        case Alternative(paths):
            return Alternative(tuple(map(forward, paths)))
        case Repeated(inner, mark):
            return Repeated(forward(inner), mark)


def predicates(path: Path) -> set[str]:
    """Return the IRIs of all predicates in a path."""
    match path:
        case Predicate(iri):
            return {iri}
        case Inverse(inner) | Repeated(inner, _):
            return predicates(inner)
        case Sequence(paths) | Alternative(paths):
            return {iri for each in paths for iri in predicates(each)}


def stays(path: Path) -> bool:
    """Whether a path leads from each node to itself, in no step."""
    match path:
        case Predicate():
            return False
        case Inverse(inner):
            return stays(inner)
        case Sequence(paths):
            return all(map(stays, paths))
        case Alternative(paths):
            return any(map(stays, paths))
        case Repeated(inner, mark):
            return mark != "+" or stays(inner)

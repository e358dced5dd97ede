"""Lines for a terminal."""

from collections.abc import Iterable


def printable(lines: Iterable[str]) -> str:
    """Return lines as text in which nothing can act on a terminal."""
    text = "".join(f"{line}\n" for line in lines)
    return "".join(char if char.isprintable() or char == "\n" else "\N{REPLACEMENT CHARACTER}" for char in text)

"""Text that a terminal shows as it stands."""


def printable(line: str) -> str:
    """Return a line in which nothing moves the cursor, changes colours, or begins another line."""
    return "".join(char if char.isprintable() else "\N{REPLACEMENT CHARACTER}" for char in line)

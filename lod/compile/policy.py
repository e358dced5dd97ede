"""What becomes of a record of which something is wrong."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Policy:
    """How records are judged.

    strict: whether a record is rejected for a join key that matches nothing, or for giving no triple because its
    subject is null; a release needs that, while RML says that neither makes a triple. spare: whether a term that is
    wrong is left out and noted, and the rest of its record kept; else the record is rejected.
    """

    strict: bool = False
    spare: bool = False

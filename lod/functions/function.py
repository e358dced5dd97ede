"""What a function is: its parameters, what each may be, how its value is built, and what it complains of."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

import ibis.expr.types as ir

Build = Callable[..., ir.Value]


class Type(Enum):
    """What a parameter takes or a function gives.

    A SETTING is stated in the mapping once for all records; a FILE is a setting that names one. ANY is a text or a
    list; as a result it is what the arguments are. A CLAIM is a truth, or a text that may say one. A COUNT is an
    xsd:integer's text.
    """

    TEXT = "one text"
    LIST = "a list"
    ANY = "a text or a list"
    TRUTH = "true or false"
    CLAIM = "one text, or true or false"
    COUNT = "a whole number"
    SETTING = "a constant text"
    FILE = "a constant file name"


@dataclass(frozen=True)
class Parameter:
    """A parameter by name; `default` is what a setting is where the mapping does not state it."""

    name: str
    type: Type = Type.TEXT
    optional: bool = False
    default: str = ""

    @property
    def constant(self) -> bool:
        """Whether the mapping must state it."""
        return self.type in (Type.SETTING, Type.FILE)


def setting(name: str, default: str | None = None) -> Parameter:
    """Return a setting; one with a default may be left out."""
    return Parameter(name, Type.SETTING, default is not None, default or "")


@dataclass(frozen=True)
class Function:
    """A function by name, with its parameters in order.

    about: one line for the reference. build: makes the engine's value of the arguments' values, the settings given by
    name. complaint: what is wrong where the result is null though no argument is; None where null is an answer.
    reason: builds, of the same arguments, the text of what is wrong with each record (null: nothing), where that is not
    the same for all. check: says of the settings what is wrong, or None.
    """

    name: str
    about: str
    parameters: tuple[Parameter, ...]
    build: Build
    result: Type = Type.TEXT
    complaint: str | None = None
    reason: Build | None = None
    check: Callable[..., str | None] = lambda **_: None

    @property
    def settings(self) -> dict[str, str]:
        """The settings with their defaults."""
        return {each.name: each.default for each in self.parameters if each.constant}

    @property
    def inputs(self) -> tuple[Parameter, ...]:
        """The parameters that differ from record to record."""
        return tuple(each for each in self.parameters if not each.constant)

    @property
    def complains(self) -> bool:
        """Whether a null can be wrong."""
        return self.complaint is not None or self.reason is not None

"""All names of functions that other engines use."""

from typing import Final

from lod.errors import MappingError, did_you_mean
from lod.functions import grel, idlab, morph
from lod.functions.alias import Alias, local_name, translated
from lod.mapping.model import Call
from lod.vocab import GREL, IDLAB

ALIASES: Final[dict[str, Alias]] = grel.ALIASES | idlab.ALIASES | morph.ALIASES
REFUSED: Final[dict[str, str]] = grel.REFUSED | idlab.REFUSED | morph.REFUSED
_NAMESPACES = (GREL, IDLAB, morph.MORPH)


def native(call: Call) -> Call:
    """Return a call by another engine's name as one of our own functions; any other call is returned as it is.

    Raises MappingError for a function that is known but cannot be had here, and for one that these engines do not have.
    """
    if call.function in REFUSED:
        what = f"the function {local_name(call.function)!r} is not to be had: {REFUSED[call.function]}"
        raise MappingError(what, at=call.position)
    if call.function in ALIASES:
        return translated(call, ALIASES[call.function])
    for namespace in _NAMESPACES:
        if call.function.startswith(namespace):
            names = [iri.removeprefix(namespace) for iri in ALIASES if iri.startswith(namespace)]
            hint = did_you_mean(local_name(call.function), names) or "A function of the project's own can do its work."
            raise MappingError(f"there is no function <{call.function}>", at=call.position, hint=hint)
    return call

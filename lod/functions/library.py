"""All functions by their IRIs (https://w3id.org/lod/fn#NAME)."""

from typing import Final

from lod.functions import date, identity, json, lists, logic, lookup, number, pattern, text, url
from lod.functions.function import Function
from lod.vocab import FN

_ROOMS = (logic, text, pattern, lists, json, number, date, url, identity, lookup)

FUNCTIONS: Final[dict[str, Function]] = {FN + each.name: each for room in _ROOMS for each in room.FUNCTIONS}

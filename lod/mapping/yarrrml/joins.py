"""YARRRML references to other mappings: their subjects as objects.

https://rml.io/yarrrml/spec/#referring-to-other-mappings
"""

from collections.abc import Iterator

from lod.errors import MappingError
from lod.mapping.model import Expression, Join, JoinCondition
from lod.mapping.yarrrml.expressions import Scope
from lod.mapping.yarrrml.functions import OBJECT, SUBJECT, Argument, read_function
from lod.mapping.yarrrml.keys import CONDITIONS, MAPPING
from lod.mapping.yarrrml.tree import Map, Node, many, scalar
from lod.vocab import FN

_EQUAL = (FN + "equal", "https://w3id.org/imec/idlab/function#equal")
# Parameters that give the other record's value where nothing says whose it is.
_OTHERS = (FN + "other", "http://users.ugent.be/~bjdmeest/function/grel.ttl#valueParameter2")


def joins(node: Map, scope: Scope) -> Iterator[Join]:
    """Parse an object with `mapping`, a name or a list of names, and conditions; raise MappingError."""
    node.allow("a join", MAPPING, CONDITIONS)
    given = node.get(CONDITIONS)
    conditions = tuple(_condition(item, scope) for item in many(given)) if given else ()
    for name in many(node.require(MAPPING)):
        yield Join(scalar(name, "'mapping'").text, conditions, node.position)


def _condition(node: Node, scope: Scope) -> JoinCondition:
    if not isinstance(node, Map):
        raise MappingError("a join's condition is a map with 'function' and 'parameters'", at=node.position)
    function = read_function(node, scope)
    sides = dict(_sided(argument) for argument in function.arguments)
    if function.iri not in _EQUAL or len(function.arguments) != 2 or len(sides) != 2:
        hint = "What has to be compared can be computed on either side first: a value may be a function."
        what = "a join's condition is 'equal' with one value of the subject (s) and one of the object (o)"
        raise MappingError(what, at=function.position, hint=hint)
    return JoinCondition(sides[SUBJECT], sides[OBJECT])


def _sided(argument: Argument) -> tuple[str, Expression]:
    return argument.side or (OBJECT if argument.name in _OTHERS else SUBJECT), argument.value

"""YARRRML references to other mappings: their subjects as objects.

https://rml.io/yarrrml/spec/#referring-to-other-mappings
"""

from collections.abc import Iterator

from lod.errors import MappingError
from lod.mapping.model import Expression, Join, JoinCondition
from lod.mapping.yarrrml.expressions import Scope
from lod.mapping.yarrrml.functions import OBJECT, SUBJECT, Argument, Function, read_function
from lod.mapping.yarrrml.keys import CONDITIONS, MAPPING
from lod.mapping.yarrrml.tree import Map, many, scalar
from lod.vocab import FN, GREL, IDLAB

_EQUAL = (FN + "equal", IDLAB + "equal", "http://example.com/idlab/function/equal")  # the last was IDLab's once
_ALL = (FN + "all", GREL + "boolean_and")
# Parameters that give the other record's value where nothing says whose it is.
_OTHERS = (FN + "other", GREL + "valueParameter2")


def joins(node: Map, scope: Scope) -> Iterator[Join]:
    """Parse an object with `mapping`, a name or a list of names, and conditions; raise MappingError."""
    node.allow("a join", MAPPING, CONDITIONS)
    given = node.get(CONDITIONS)
    functions = [read_function(item, scope) for item in many(given)] if given else []
    conditions = tuple(condition for function in functions for condition in _conditions(function))
    for name in many(node.require(MAPPING)):
        yield Join(scalar(name, "'mapping'").text, conditions, node.position)


def _conditions(function: Function) -> Iterator[JoinCondition]:
    """Yield what must be equal: by one comparison, or by each of those that must all hold."""
    inner = [argument.function for argument in function.arguments if argument.function]
    if function.iri in _ALL and len(inner) == len(function.arguments):
        for each in inner:
            yield from _conditions(each)
    else:
        yield _equality(function)


def _equality(function: Function) -> JoinCondition:
    sides = dict(_sided(argument) for argument in function.arguments)
    if function.iri not in _EQUAL or len(function.arguments) != 2 or len(sides) != 2:
        hint = "What has to be compared can be computed on either side first: a value may be a function."
        what = "a join's condition is 'equal' with one value of the subject (s) and one of the object (o)"
        raise MappingError(what, at=function.position, hint=hint)
    return JoinCondition(sides[SUBJECT], sides[OBJECT])


def _sided(argument: Argument) -> tuple[str, Expression]:
    if len(argument.sides) > 1:
        raise MappingError("a value that is compared comes from one side", at=argument.position)
    usual = OBJECT if argument.name in _OTHERS else SUBJECT
    return next(iter(argument.sides), usual), argument.value

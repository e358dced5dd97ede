"""Calls by the IRIs that other engines use become calls of our own functions.

A parameter goes by its local name, in whichever namespace; FnO gives each a name of its own and a predicate, and
mappings write either. https://fno.io/spec/
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from lod.errors import MappingError, did_you_mean
from lod.functions.function import Type
from lod.functions.library import FUNCTIONS
from lod.mapping.model import Call, Expression
from lod.term_table import Constant
from lod.vocab import FN

Adapt = Callable[[Call], Call]
Given = dict[str, list[Expression]]

# GREL's parameters and their predicates. https://github.com/FnOio/grel-functions-fno
_PREDICATES = {
    "bool_array_b": "param_rep_b",
    "modeParam": "modeParameter",
    "p_int_i_from": "param_int_i_from",
    "p_int_i_opt_to": "param_int_i_opt_to",
    "param_a": "p_array_a",
    "param_any_e": "p_any_e",
    "param_any_rep_e": "p_any_rep_e",
    "param_b": "bool_b",
    "param_dec_n": "p_dec_n",
    "param_false": "any_false",
    "param_find": "p_string_find",
    "param_opt_sep": "p_opt_sep",
    "param_replace": "p_string_replace",
    "param_string_field": "p_string_field",
    "param_string_pattern": "p_string_pattern",
    "param_string_sep": "p_string_sep",
    "param_string_sub": "string_sub",
    "param_true": "any_true",
    "valueParam": "valueParameter",
    "valueParam2": "valueParameter2",
}


@dataclass(frozen=True)
class Alias:
    """What a call by another name means.

    function: ours; arguments: for our parameters, theirs (alternatives with `|` between), a constant, or a call again;
    repeated: their parameter that is given once or more, for all our parameters in turn; adapt: what is left to change.
    """

    function: str
    arguments: Mapping[str, "str | Constant | Alias"] = field(default_factory=dict)
    repeated: str = ""
    adapt: Adapt = lambda call: call

    def theirs(self) -> Iterator[str]:
        """Yield the names of their parameters."""
        for source in self.arguments.values():
            yield from _names(source)
        if self.repeated:
            yield self.repeated


def translated(call: Call, alias: Alias) -> Call:
    """Return what a call by another name means; raise MappingError for a parameter that is unknown or missing."""
    given: Given = defaultdict(list)
    for iri, argument in call.arguments:
        given[_parameter(iri)].append(argument)
    for name, arguments in given.items():
        _check(call, alias, name, len(arguments))
    return _translated(call, alias, given)


def _check(call: Call, alias: Alias, parameter: str, times: int) -> None:
    name, names = local_name(call.function), list(dict.fromkeys(alias.theirs()))
    if parameter not in names:
        hint = did_you_mean(parameter, names) or f"It has: {', '.join(names) or 'none'}."
        raise MappingError(f"the function {name!r} has no parameter {parameter!r}", at=call.position, hint=hint)
    most = len(FUNCTIONS[FN + alias.function].inputs) if parameter == alias.repeated else 1
    if times > most:
        what = f"the parameter {parameter!r} of {name!r} is given {times} times, and at most {most} can be"
        raise MappingError(what, at=call.position)


def local_name(iri: str) -> str:
    """Return what stands after the namespace of an IRI."""
    return re.split("[#/:]", iri)[-1]


def _parameter(iri: str) -> str:
    name = local_name(iri).removeprefix("_")
    return "seq" if name.isdigit() else _PREDICATES.get(name, name)  # rdf:_1, rdf:_2 ... are a sequence's members


def _translated(call: Call, alias: Alias, given: Given) -> Call:
    function = FUNCTIONS[FN + alias.function]
    found = {ours: _argument(call, source, given) for ours, source in alias.arguments.items()}
    found |= zip((each.name for each in function.inputs), given.get(alias.repeated, ()), strict=False)
    arguments = {ours: argument for ours, argument in found.items() if argument is not None}
    for each in function.parameters:
        if each.name not in arguments and not each.optional:
            theirs = next(_names(alias.arguments.get(each.name, alias.repeated)))
            raise MappingError(
                f"the function {local_name(call.function)!r} needs the parameter {theirs!r}", at=call.position
            )
        if each.name in arguments and each.type is Type.TRUTH:
            arguments[each.name] = Call(FN + "isTrue", (("value", arguments[each.name]),), call.position)
    return alias.adapt(Call(FN + alias.function, tuple(arguments.items()), call.position))


def _argument(call: Call, source: "str | Constant | Alias", given: Given) -> Expression | None:
    if isinstance(source, Alias):
        return _translated(call, source, given) if any(name in given for name in source.theirs()) else None
    if isinstance(source, Constant):
        return source
    return next((given[name][0] for name in source.split("|") if name in given), None)


def _names(source: "str | Constant | Alias") -> Iterator[str]:
    if isinstance(source, Alias):
        yield from source.theirs()
    elif isinstance(source, str):
        yield from source.split("|")

"""Each call of a mapping is bound to its function, once, before anything is compiled: its mistakes are told here."""

from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from lod.errors import MappingError, did_you_mean
from lod.functions.aliases import native
from lod.functions.function import Function, Parameter, Type
from lod.functions.library import FUNCTIONS
from lod.functions.own import OwnFunctions, own_functions
from lod.mapping.model import Call, Expression, Mapping, PredicateObjectMap, TriplesMap
from lod.mapping.walk import nodes, rewrite
from lod.term_table import Constant
from lod.vocab import FN, PY


@dataclass(frozen=True)
class Bound(Call):
    """A call with its function; the arguments go by the parameters' names alone, and stand in their order."""

    meaning: Function = field(kw_only=True, compare=False)


def bind(mapping: Mapping, root: Path, own: Path | None = None) -> Mapping:
    """Return a mapping whose calls are all bound, and whose conditions give true or false.

    root: the folder that file names are relative to; own: the file of the project's own functions. Raises MappingError
    with the place of a call that cannot be: no such function or parameter, a setting that is not constant or of no use.
    """
    return rewrite(mapping, Binder(root, own_functions(own) if own else None).change)


def files_read(mapping: Mapping) -> set[Path]:
    """Return the files that the calls of a bound mapping read, such as lookup tables."""
    calls = (node for node in nodes(mapping) if isinstance(node, Bound))
    return {
        Path(argument.value)
        for call in calls
        for parameter in call.meaning.parameters
        for name, argument in call.arguments
        if name == parameter.name and parameter.type is Type.FILE and isinstance(argument, Constant)
    }


@dataclass(frozen=True)
class Binder:
    """Binds calls; see `bind`."""

    root: Path
    own: OwnFunctions | None = None

    def change(self, node: Any) -> Any:
        """Return a node of a mapping bound, where it is a call or has a condition."""
        match node:
            case Call():
                return self.bound(node)
            case TriplesMap(condition=Bound() as call) | PredicateObjectMap(condition=Bound() as call):
                return replace(node, condition=self.condition(call))
        return node

    def bound(self, call: Call) -> Bound:
        """Return a call bound, and the calls in its arguments."""
        if isinstance(call, Bound):
            return call
        written = native(call)
        function = self._function(written)
        given = [(_local(name), self._argument(argument)) for name, argument in written.arguments]
        _check_names(call, function, [name for name, _ in given])
        arguments = dict(given) | self._settings(call, function, dict(given))
        ordered = (each for each in function.parameters if each.name in arguments)
        fitted = tuple((each.name, self._fitted(each, arguments[each.name])) for each in ordered)
        return Bound(written.function, fitted, call.position, meaning=function)

    def condition(self, call: Bound) -> Bound:
        """Return a call that gives true or false: whether a text says so, or whether a `when` gives a value."""
        if call.meaning.result is Type.TRUTH:
            return call
        if call.meaning.result is not Type.ANY:
            names = sorted(iri.removeprefix(FN) for iri, each in FUNCTIONS.items() if each.result is Type.TRUTH)
            hint = f"Those that do: {', '.join(names)}."
            raise MappingError("a condition is a function that gives true or false", at=call.position, hint=hint)
        given = dict(call.arguments)
        if call.function == FN + "when" and "otherwise" not in given:
            present = Call(FN + "present", (("value", given["value"]),), call.position)
            return self.bound(Call(FN + "all", (("a", given["condition"]), ("b", present)), call.position))
        return self.bound(Call(FN + "isTrue", (("value", call),), call.position))

    def _argument(self, argument: Expression) -> Expression:
        return self.bound(argument) if isinstance(argument, Call) else argument

    def _fitted(self, parameter: Parameter, argument: Expression) -> Expression:
        """Return an argument; where a truth is wanted of a call that may give any value, as a condition."""
        if isinstance(argument, Bound) and argument.meaning.result is Type.ANY and parameter.type is Type.TRUTH:
            return self.condition(argument)
        return argument

    def _function(self, call: Call) -> Function:
        name = _local(call.function)
        if call.function in FUNCTIONS:
            return FUNCTIONS[call.function]
        if not call.function.startswith(PY):
            raise _unknown(call, [iri.removeprefix(FN) for iri in FUNCTIONS])
        if self.own is None:
            hint = 'Name their file: functions = "functions.py" under [build] of lod.toml, or --functions functions.py.'
            raise MappingError(
                f"{name!r} is a function of the project's own, and it has none", at=call.position, hint=hint
            )
        if name not in self.own.names:
            raise _unknown(call, self.own.names)
        return self.own.function(name)

    def _settings(self, call: Call, function: Function, given: dict[str, Expression]) -> dict[str, Constant]:
        """Hold what a mapping states once and for all to be stated there, and to be usable."""
        stated = {}
        for each in function.parameters:
            if each.constant and each.name in given:
                stated[each.name] = self._constant(call, function, each, given[each.name])
        complaint = function.check(**function.settings | {name: each.value for name, each in stated.items()})
        if complaint:
            raise MappingError(f"the function {function.name!r} cannot be called so: {complaint}", at=call.position)
        return stated

    def _constant(self, call: Call, function: Function, parameter: Parameter, argument: Expression) -> Constant:
        if not isinstance(argument, Constant):
            what = f"the parameter {parameter.name!r} of {function.name!r} must be a constant text"
            raise MappingError(what, at=call.position)
        return Constant(str(self.root / argument.value)) if parameter.type is Type.FILE else argument


def _local(iri: str) -> str:
    return iri.removeprefix(FN).removeprefix(PY)


def _unknown(call: Call, names: list[str]) -> MappingError:
    name = _local(call.function)
    hint = did_you_mean(name, names) or f"There are: {', '.join(names)}."
    return MappingError(f"there is no function {name!r}", at=call.position, hint=hint)


def _check_names(call: Call, function: Function, given: list[str]) -> None:
    names = [each.name for each in function.parameters]
    for name in given:
        if name not in names:
            hint = did_you_mean(name, names) or f"It has: {', '.join(names)}."
            raise MappingError(f"the function {function.name!r} has no parameter {name!r}", at=call.position, hint=hint)
        if given.count(name) > 1:
            raise MappingError(f"the parameter {name!r} of {function.name!r} is given twice", at=call.position)
    for missing in (each.name for each in function.parameters if not each.optional and each.name not in given):
        raise MappingError(f"the function {function.name!r} needs the parameter {missing!r}", at=call.position)

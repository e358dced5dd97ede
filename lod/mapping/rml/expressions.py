"""RML expression maps: constants, references, templates and functions, each with a condition if it has one.

https://kg-construct.github.io/rml-core/spec/docs/#expressions
https://kg-construct.github.io/rml-fnml/spec/docs/ (functions; the former `fnml:functionValue` too)
"""

from lod.mapping.model import Call, Expression, JoinCondition, Reference
from lod.mapping.rml.graph import Node, shown
from lod.mapping.rml.template import template
from lod.term_table import Constant
from lod.terms import Kind
from lod.vocab import FN

# What an expression map says its value by.
EXPRESSIONS = ("constant", "reference", "template", "functionExecution", "functionValue")
_EXECUTES = ("https://w3id.org/function/ontology#executes", "http://w3id.org/function/ontology#executes")


def expression(node: Node) -> Expression:
    """Return the expression of an expression map; under an rml:condition that fails it is null."""
    said = bare_expression(node)
    if said is None:
        raise node.error("there is no expression here", f"One of: {', '.join(map(shown, EXPRESSIONS[:-1]))}.")
    test = condition(node)
    return Call(FN + "when", ((FN + "condition", test), (FN + "value", said)), node.position) if test else said


def bare_expression(node: Node) -> Expression | None:
    """Return the expression of an expression map without its condition; None where it has none."""
    value = node.one(*EXPRESSIONS)
    if value is None:
        return None
    if node.has("functionExecution"):
        return _execution(value)
    if node.has("functionValue"):
        return _function_value(value)
    if node.has("constant"):
        return Constant(value.value)
    if value.kind is not Kind.LITERAL:
        raise value.error("a reference and a template are texts", 'A text stands in quotes: "name".')
    return Reference(value.value) if node.has("reference") else template(value)


def shortcut(node: Node, name: str) -> Expression | None:
    """Return the expression of a property that has a constant shortcut (rml:NAME beside rml:NAMEMap), or None."""
    value = node.one(name, f"{name}Map")
    if value is None:
        return None
    return Constant(value.value) if node.has(name) else expression(value)


def condition(node: Node) -> Call | None:
    """Return the rml:condition of a node, or None. https://kg-construct.github.io/rml-fnml/spec/docs/#conditions."""
    said = node.one("condition")
    test = expression(said) if said else None
    if said and not isinstance(test, Call):
        raise said.error("a condition is a function that gives true or false", "It has an rml:functionExecution.")
    return test if isinstance(test, Call) else None


def _execution(node: Node) -> Call:
    function = _name(node, "function", "a function execution")
    inputs = [(_name(each, "parameter", "an input"), _input_value(each)) for each in node.all("input")]
    return Call(function, tuple(inputs), node.position)


def _name(node: Node, name: str, what: str) -> str:
    """Return the IRI of a function or parameter, which must be the same for every record."""
    said = shortcut(node, name)
    if not isinstance(said, Constant):
        raise node.error(f"{what} needs {shown(name)}, a constant IRI")
    return said.value


def _input_value(node: Node) -> Expression:
    said = shortcut(node, "inputValue")
    if said is None:
        raise node.error("an input needs rml:inputValueMap or rml:inputValue")
    return said


def _function_value(node: Node) -> Call:
    """Return the call that a triples map of the former FNML describes: predicates are parameters, objects values."""
    said = [_parameter(pair) for pair in node.all("predicateObjectMap")]
    functions = [value for name, value in said if name in _EXECUTES]
    if len(functions) != 1 or not isinstance(functions[0], Constant):
        raise node.error("fnml:functionValue needs one fno:executes with a constant IRI")
    return Call(functions[0].value, tuple(item for item in said if item[0] not in _EXECUTES), node.position)


def _parameter(node: Node) -> tuple[str, Expression]:
    value = shortcut(node, "object")
    if value is None:
        raise node.error("a parameter needs rr:object or rr:objectMap")
    return _name(node, "predicate", "a parameter"), value


def join_condition(node: Node) -> JoinCondition:
    """Return a join condition. https://kg-construct.github.io/rml-core/spec/docs/#join-condition."""
    return JoinCondition(_side(node, "child"), _side(node, "parent"))


def _side(node: Node, name: str) -> Expression:
    value = node.one(name, f"{name}Map")
    if value is None:
        raise node.error(f"a join condition needs {shown(name)}")
    return Reference(value.value) if node.has(name) else expression(value)

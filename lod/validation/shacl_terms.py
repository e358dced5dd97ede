"""The terms of SHACL's vocabulary: what may stand in a shapes graph, and what of it is for SPARQL.

https://www.w3.org/TR/shacl/, https://www.w3.org/TR/shacl-af/, https://www.w3.org/TR/shacl-js/
"""

from typing import Final


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Properties that parameterise the constraints of SHACL Core.
PARAMETERS: Final = _words(
    "class datatype nodeKind minCount maxCount minExclusive minInclusive maxExclusive maxInclusive "
    "minLength maxLength pattern flags languageIn uniqueLang equals disjoint lessThan lessThanOrEquals "
    "not and or xone node property qualifiedValueShape qualifiedMinCount qualifiedMaxCount "
    "qualifiedValueShapesDisjoint closed ignoredProperties hasValue in"
)
TARGETS: Final = _words("targetNode targetClass targetSubjectsOf targetObjectsOf")
PATHS: Final = _words("alternativePath inversePath zeroOrMorePath oneOrMorePath zeroOrOnePath")
DESCRIPTIONS: Final = _words("name description order group defaultValue severity message deactivated path")

# Properties that drafts of SHACL had, as published shapes still use them: what says the same today.
DRAFTS: Final = {"shape": "node"}

# Properties by which a shape asks for what only pySHACL does.
FOREIGN: Final = _words("sparql js target rule expression")

_FOREIGN_TERMS = _words(
    "sparql js target rule expression select ask construct update prefixes declare prefix namespace "
    "annotationProperty annotationValue annotationVarName resultAnnotation validator nodeValidator "
    "propertyValidator parameter optional labelTemplate nodes filterShape intersection union returnType "
    "condition subject predicate object entailment shapesGraph shapesGraphWellFormed suggestedShapesGraph "
    "jsFunctionName jsLibrary jsLibraryURL limit offset orderBy desc distinct count min max sum exists if "
    "then else minus groupConcat separator sourceConstraint"
)
_REPORTS = _words(
    "conforms result detail focusNode resultMessage resultPath resultSeverity sourceConstraint "
    "sourceConstraintComponent sourceShape value"
)
_CLASSES = _words(
    "NodeShape PropertyShape Shape ValidationReport ValidationResult AbstractResult Severity NodeKind "
    "PropertyGroup ConstraintComponent Parameter Parameterizable Validator PrefixDeclaration "
    "ResultAnnotation Target TargetType Function Rule SPARQLConstraint SPARQLConstructExecutable "
    "SPARQLUpdateExecutable SPARQLRule SPARQLTarget SPARQLTargetType SPARQLFunction SPARQLExecutable "
    "SPARQLAskExecutable SPARQLAskValidator SPARQLSelectExecutable SPARQLSelectValidator TripleRule "
    "JSConstraint JSExecutable JSFunction JSLibrary JSRule JSTarget JSTargetType JSValidator this"
)
_COMPONENTS = frozenset(
    f"{name}ConstraintComponent"
    for name in _words(
        "And Class Closed Datatype Disjoint Equals Expression HasValue In JS LanguageIn LessThan "
        "LessThanOrEquals MaxCount MaxExclusive MaxInclusive MaxLength MinCount MinExclusive MinInclusive "
        "MinLength Node NodeKind Not Or Pattern Property QualifiedMaxCount QualifiedMinCount SPARQL "
        "UniqueLang Xone"
    )
)

NODE_KINDS: Final = _words("IRI BlankNode Literal BlankNodeOrIRI BlankNodeOrLiteral IRIOrLiteral")
SEVERITIES: Final = _words("Violation Warning Info Debug Trace")
PROPERTIES: Final = PARAMETERS | TARGETS | PATHS | DESCRIPTIONS | _FOREIGN_TERMS | _REPORTS
TERMS: Final = PROPERTIES | _CLASSES | _COMPONENTS | NODE_KINDS | SEVERITIES

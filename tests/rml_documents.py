"""Good RML documents that between them say all that is read: what the fuzz test begins with."""

CORE = r"""
@prefix rml: <http://w3id.org/rml/> .
@prefix ex: <http://example.org/> .
@base <http://example.org/map/> .
<#People> a rml:TriplesMap ; rml:baseIRI <http://example.org/base/> ;
  rml:logicalSource [ a rml:LogicalSource ; rml:source [ a rml:FilePath ; rml:root rml:MappingDirectory ; rml:path "people.csv" ] ;
    rml:referenceFormulation rml:CSV ] ;
  rml:subjectMap [ rml:template "person/{id}" ; rml:class ex:Person , ex:Agent ; rml:graph ex:people , rml:defaultGraph ] ;
  rml:predicateObjectMap [ rml:predicate ex:name , ex:label ; rml:objectMap [ rml:reference "name" ; rml:language "en" ] ] ,
    [ rml:predicateMap [ rml:constant ex:note ] ; rml:object "a \\{ note", 'two', true, 1.5 ;
      rml:graphMap [ rml:template "graph/{id}" ] ] ,
    [ rml:predicate ex:age ; rml:objectMap [ rml:reference "age" ;
      rml:datatypeMap [ rml:template "http://www.w3.org/2001/XMLSchema#{type}" ] ] ] ,
    [ rml:predicate ex:title ; rml:objectMap [ rml:template "{name} \\{{id}\\}" ; rml:termType rml:Literal ;
      rml:languageMap [ rml:reference "lang" ] ] ] ,
    [ rml:predicate ex:knows ; rml:objectMap [ rml:parentTriplesMap <#People> ; rml:joinCondition
      [ rml:child "knows" ; rml:parent "id" ] , [ rml:childMap [ rml:reference "a" ] ; rml:parentMap [ rml:constant "b" ] ] ] ] ,
    [ rml:predicate ex:anyone ; rml:objectMap [ rml:termType rml:BlankNode ] ] .
"""

FORMER = """
PREFIX rr: <http://www.w3.org/ns/r2rml#>
PREFIX rml: <http://semweb.mmlab.be/ns/rml#>
PREFIX ql: <http://semweb.mmlab.be/ns/ql#>
PREFIX fnml: <http://semweb.mmlab.be/ns/fnml#>
PREFIX fno: <https://w3id.org/function/ontology#>
PREFIX grel: <http://users.ugent.be/~bjdmeest/function/grel.ttl#>
PREFIX d2rq: <http://www.wiwiss.fu-berlin.de/suhl/bizer/D2RQ/0.1#>
BASE <http://example.org/map/>
# the comment of an [ author
<People> rml:logicalSource [ rml:source "people.json" ; rml:referenceFormulation ql:JSONPath ; rml:iterator "$.people[*]" ] ;
  rr:subjectMap [ rr:template '''person/{id}''' ; rr:class <Person> ; rr:graphMap [ rr:constant <g> ] ] ;
  rr:predicateObjectMap [ rr:predicate <name> ; rr:objectMap [ rml:reference "name" ; rr:datatype <http://www.w3.org/2001/XMLSchema#token> ] ] ;
  rr:predicateObjectMap [ rr:predicate <loud> ; rr:objectMap [ fnml:functionValue [ rr:predicateObjectMap
      [ rr:predicate fno:executes ; rr:objectMap [ rr:constant grel:toUpperCase ] ] ,
      [ rr:predicate grel:valueParameter ; rr:objectMap [ rml:reference "name" ] ] ] ] ] .
_:db d2rq:jdbcDSN "jdbc:sqlite:people.db" ; d2rq:jdbcDriver "org.sqlite.JDBC" .
<Rows> rr:logicalTable [ rml:source _:db ; rr:tableName "people" ; rr:sqlVersion rr:SQL2008 ] ;
  rr:subjectMap [ rr:column "iri" ; rr:termType rr:IRI ] ;
  rr:predicateObjectMap [ rr:predicate <in> ; rr:objectMap [ rr:template "{a}{b}" ; rr:inverseExpression "{a} = x" ] ] .
"""

SOURCES = """
@prefix rml: <http://w3id.org/rml/> .
@prefix csvw: <http://www.w3.org/ns/csvw#> .
@prefix dcat: <http://www.w3.org/ns/dcat#> .
@prefix formats: <http://www.w3.org/ns/formats/> .
@prefix void: <http://rdfs.org/ns/void#> .
@prefix : <http://example.org/> .
:a rml:logicalSource [ rml:source [ csvw:url "a.tsv" ; csvw:dialect [ csvw:delimiter ";" ; csvw:quoteChar "'" ; csvw:header true ;
      csvw:skipRows 2 ; csvw:commentPrefix "#" ; csvw:trim "true" ; csvw:doubleQuote false ; csvw:encoding "utf-16" ] ;
      csvw:null "-" ; rml:null "", "NULL" ; rml:compression rml:gzip ] ; rml:referenceFormulation rml:CSV ] ;
  rml:subjectMap [ rml:reference "iri" ; rml:logicalTarget :out ] ;
  rml:predicateObjectMap [ rml:predicate :p ; rml:objectMap [ rml:reference "x" ; rml:logicalTarget [ rml:target
      [ rml:path "out.nt" ; rml:root "/tmp" ] ; rml:serialization formats:N-Triples ] ] ] .
:out a rml:LogicalTarget ; rml:target [ void:dataDump <file:///data/out.ttl.gz> ; rml:compression rml:gzip ] ; rml:serialization formats:Turtle .
:b rml:logicalSource [ rml:source [ dcat:downloadURL <http://example.org/b.xml> ; rml:encoding rml:UTF-8 ] ; rml:iterator "/a:r" ;
    rml:referenceFormulation [ a rml:XPathReferenceFormulation ; rml:namespace [ rml:namespacePrefix "a" ; rml:namespaceURL "urn:a" ] ] ] ;
  rml:subject :it ; rml:predicateObjectMap [ rml:predicate :p ; rml:objectMap [ rml:reference "@b" ] ] .
"""

FUNCTIONS = """
@prefix rml: <http://w3id.org/rml/> .
@prefix fn: <https://w3id.org/lod/fn#> .
@prefix : <http://example.org/> .
:a rml:logicalSource [ rml:source "a.csv" ; rml:referenceFormulation rml:CSV ] ;
  rml:subjectMap [ rml:template "http://example.org/{id}" ; rml:condition [ rml:functionExecution [ rml:function fn:present ;
    rml:input [ rml:parameter fn:value ; rml:inputValueMap [ rml:reference "id" ] ] ] ] ] ;
  rml:predicateObjectMap [ rml:predicate :p ; rml:objectMap [ rml:functionExecution :lower ; rml:return fn:out ;
    rml:condition [ rml:functionExecution [ rml:functionMap [ rml:constant fn:equal ] ;
      rml:input [ rml:parameterMap [ rml:constant fn:value ] ; rml:inputValueMap [ rml:reference "kind" ] ] ,
        [ rml:parameter fn:other ; rml:inputValue "person" ] ] ] ] ] .
:lower a rml:FunctionExecution ; rml:function fn:lower ; rml:input [ rml:parameter fn:value ; rml:inputValueMap
  [ rml:functionExecution [ rml:function fn:trim ; rml:input [ rml:parameter fn:value ; rml:inputValueMap [ rml:template "{a} {b}" ] ] ] ] ] .
"""

VIEWS = """
@prefix rml: <http://w3id.org/rml/> .
@prefix : <http://example.org/> .
:people rml:viewOn [ rml:source "people.json" ; rml:referenceFormulation rml:JSONPath ; rml:iterator "$.people[*]" ] ;
  rml:field [ a rml:ExpressionField ; rml:fieldName "name" ; rml:reference "$.name" ] ,
    [ a rml:IterableField ; rml:fieldName "item" ; rml:iterator "$.items[*]" ; rml:field [ rml:fieldName "type" ; rml:reference "$.type" ] ] ,
    [ rml:fieldName "table" ; rml:reference "$.table" ; rml:field [ rml:fieldName "row" ; rml:referenceFormulation rml:CSV ;
      rml:field [ rml:fieldName "id" ; rml:reference "id" ] ] ] ;
  rml:structuralAnnotation [ a rml:PrimaryKeyAnnotation ; rml:onFields ( "name" ) ] .
:years rml:viewOn [ rml:source "years.csv" ; rml:referenceFormulation rml:CSV ] ; rml:field [ rml:fieldName "name" ; rml:reference "name" ] ;
  rml:leftJoin [ rml:parentLogicalView :people ; rml:joinCondition [ rml:child "name" ; rml:parent "name" ] ;
    rml:field [ rml:fieldName "type" ; rml:reference "item.type" ] ] .
:a rml:logicalSource :years ; rml:subjectMap [ rml:template "http://example.org/{name}/{type.#}" ] .
"""

DOCUMENTS = (CORE, FORMER, SOURCES, FUNCTIONS, VIEWS)

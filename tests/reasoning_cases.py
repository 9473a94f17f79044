"""A case for each rule of OWL 2 RL: what is stated, and what follows; or what clashes, and the near miss that does not."""

from __future__ import annotations

PREFIXES = """@prefix : <https://example.org/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""

# Rule, stated, what follows by the rule. Everything that follows is compared with owlrl.
ENTAILED: list[tuple[str, str, str]] = [
    ("eq-sym", ":a owl:sameAs :b .", ":b owl:sameAs :a ."),
    ("eq-trans", ":a owl:sameAs :b . :b owl:sameAs :c .", ":a owl:sameAs :c ."),
    ("eq-rep-s", ":a owl:sameAs :b ; :p :x .", ":b :p :x ."),
    ("eq-rep-p", ":p owl:sameAs :q . :x :p :y .", ":x :q :y ."),
    ("eq-rep-o", ":a owl:sameAs :b . :x :p :a .", ":x :p :b ."),
    ("prp-dom", ":p rdfs:domain :C . :x :p 5 .", ":x a :C ."),
    ("prp-rng", ":p rdfs:range :C . :x :p :y .", ":y a :C ."),
    ("prp-fp", ":p a owl:FunctionalProperty . :x :p :y , :z .", ":y owl:sameAs :z . :z owl:sameAs :y ."),
    ("prp-ifp", ":p a owl:InverseFunctionalProperty . :x :p :z . :y :p :z .", ":x owl:sameAs :y ."),
    ("prp-symp", ":p a owl:SymmetricProperty . :x :p :y .", ":y :p :x ."),
    ("prp-trp", ":p a owl:TransitiveProperty . :a :p :b . :b :p :c . :c :p :d . :d :p :e .", ":a :p :e . :b :p :d ."),
    ("prp-spo1", ":p rdfs:subPropertyOf :q . :x :p :y .", ":x :q :y ."),
    ("prp-spo2", ":p owl:propertyChainAxiom ( :q :r ) . :x :q :y . :y :r :z .", ":x :p :z ."),
    ("prp-spo2", ":p owl:propertyChainAxiom ( :q ) . :x :q :y .", ":x :p :y ."),
    (
        "prp-spo2",
        ":p owl:propertyChainAxiom ( :q :r :q :s ) . :a :q :b . :b :r :c . :c :q :d . :d :s 7 .",
        ":a :p 7 .",
    ),
    ("prp-eqp1", ":p owl:equivalentProperty :q . :x :p :y .", ":x :q :y ."),
    ("prp-eqp2", ":p owl:equivalentProperty :q . :x :q :y .", ":x :p :y ."),
    ("prp-inv1", ":p owl:inverseOf :q . :x :p :y .", ":y :q :x ."),
    ("prp-inv2", ":p owl:inverseOf :q . :x :q :y .", ":y :p :x ."),
    (
        "prp-key",
        ":C owl:hasKey ( :p :q ) . :a a :C ; :p 1 ; :q :z . :b a :C ; :p 1 ; :q :z . :c a :C ; :p 1 ; :q :y .",
        ":a owl:sameAs :b .",
    ),
    ("cls-int1", ":C owl:intersectionOf ( :D :E :F ) . :x a :D , :E , :F . :y a :D , :E .", ":x a :C ."),
    ("cls-int2", ":C owl:intersectionOf ( :D :E ) . :x a :C .", ":x a :D , :E ."),
    ("cls-uni", ":C owl:unionOf ( :D :E ) . :x a :D . :y a :E .", ":x a :C . :y a :C ."),
    ("cls-svf1", ":C owl:onProperty :p ; owl:someValuesFrom :D . :x :p :y . :y a :D . :z :p :x .", ":x a :C ."),
    ("cls-svf2", ":C owl:onProperty :p ; owl:someValuesFrom owl:Thing . :x :p :y .", ":x a :C ."),
    ("cls-avf", ":C owl:onProperty :p ; owl:allValuesFrom :D . :x a :C ; :p :y . :z :p :w .", ":y a :D ."),
    ("cls-hv1", ":C owl:onProperty :p ; owl:hasValue :v . :x a :C .", ":x :p :v ."),
    ("cls-hv2", ":C owl:onProperty :p ; owl:hasValue 5 . :x :p 5 . :y :p 6 .", ":x a :C ."),
    (
        "cls-maxc2",
        ':C owl:onProperty :p ; owl:maxCardinality "1"^^xsd:nonNegativeInteger . :x a :C ; :p :y , :z . :w :p :u , :v .',
        ":y owl:sameAs :z .",
    ),
    (
        "cls-maxqc3",
        ':C owl:onProperty :p ; owl:maxQualifiedCardinality "1"^^xsd:nonNegativeInteger ; owl:onClass :D .'
        " :x a :C ; :p :y , :z , :w . :y a :D . :z a :D .",
        ":y owl:sameAs :z .",
    ),
    (
        "cls-maxqc4",
        ':C owl:onProperty :p ; owl:maxQualifiedCardinality "1"^^xsd:nonNegativeInteger ; owl:onClass owl:Thing .'
        " :x a :C ; :p :y , :z .",
        ":y owl:sameAs :z .",
    ),
    ("cls-oo", ":C owl:oneOf ( :a :b ) .", ":a a :C . :b a :C ."),
    ("cax-sco", ":C rdfs:subClassOf :D . :x a :C .", ":x a :D ."),
    ("cax-eqc1", ":C owl:equivalentClass :D . :x a :C .", ":x a :D ."),
    ("cax-eqc2", ":C owl:equivalentClass :D . :x a :D .", ":x a :C ."),
    ("scm-cls", ":C a owl:Class . owl:Thing rdfs:subClassOf :D . :x a :C .", ":C rdfs:subClassOf :D . :x a :D ."),
    ("scm-sco", ":C rdfs:subClassOf :D . :D rdfs:subClassOf :E . :E rdfs:subClassOf :F .", ":C rdfs:subClassOf :F ."),
    ("scm-eqc1", ":C owl:equivalentClass :D .", ":C rdfs:subClassOf :D . :D rdfs:subClassOf :C ."),
    ("scm-eqc2", ":C rdfs:subClassOf :D . :D rdfs:subClassOf :C .", ":C owl:equivalentClass :D ."),
    ("scm-spo", ":p rdfs:subPropertyOf :q . :q rdfs:subPropertyOf :r .", ":p rdfs:subPropertyOf :r ."),
    ("scm-eqp1", ":p owl:equivalentProperty :q .", ":p rdfs:subPropertyOf :q . :q rdfs:subPropertyOf :p ."),
    ("scm-eqp2", ":p rdfs:subPropertyOf :q . :q rdfs:subPropertyOf :p .", ":q owl:equivalentProperty :p ."),
    ("scm-dom1", ":p rdfs:domain :C . :C rdfs:subClassOf :D .", ":p rdfs:domain :D ."),
    ("scm-dom2", ":q rdfs:domain :C . :p rdfs:subPropertyOf :q .", ":p rdfs:domain :C ."),
    ("scm-rng1", ":p rdfs:range :C . :C rdfs:subClassOf :D .", ":p rdfs:range :D ."),
    ("scm-rng2", ":q rdfs:range :C . :p rdfs:subPropertyOf :q .", ":p rdfs:range :C ."),
    (
        "scm-hv",
        ":C owl:hasValue :v ; owl:onProperty :p . :D owl:hasValue :v ; owl:onProperty :q . :p rdfs:subPropertyOf :q .",
        ":C rdfs:subClassOf :D .",
    ),
    (
        "scm-svf1",
        ":C owl:someValuesFrom :E ; owl:onProperty :p . :D owl:someValuesFrom :F ; owl:onProperty :p ."
        " :E rdfs:subClassOf :F .",
        ":C rdfs:subClassOf :D .",
    ),
    (
        "scm-svf2",
        ":C owl:someValuesFrom :E ; owl:onProperty :p . :D owl:someValuesFrom :E ; owl:onProperty :q ."
        " :p rdfs:subPropertyOf :q .",
        ":C rdfs:subClassOf :D .",
    ),
    (
        "scm-avf1",
        ":C owl:allValuesFrom :E ; owl:onProperty :p . :D owl:allValuesFrom :F ; owl:onProperty :p ."
        " :E rdfs:subClassOf :F .",
        ":C rdfs:subClassOf :D .",
    ),
    (
        "scm-avf2",
        ":C owl:allValuesFrom :E ; owl:onProperty :p . :D owl:allValuesFrom :E ; owl:onProperty :q ."
        " :p rdfs:subPropertyOf :q .",
        ":D rdfs:subClassOf :C .",
    ),
    ("scm-int", ":C owl:intersectionOf ( :D :E ) .", ":C rdfs:subClassOf :D , :E ."),
    ("scm-uni", ":C owl:unionOf ( :D :E ) .", ":D rdfs:subClassOf :C . :E rdfs:subClassOf :C ."),
]

# Where several rules, blank nodes and datatypes meet.
TOGETHER: list[tuple[str, str, str]] = [
    (
        "two-equal-restrictions",
        ":A a owl:Class ; rdfs:subClassOf [ owl:onProperty :p ; owl:someValuesFrom :D ] . :D a owl:Class ."
        " :p a owl:ObjectProperty . [] owl:onProperty :p ; owl:someValuesFrom :D ; rdfs:subClassOf :B . :x a :A .",
        ":x a :B .",
    ),
    (
        "two-equal-values",
        ":A a owl:Class ; rdfs:subClassOf [ owl:onProperty :p ; owl:allValuesFrom :D ] . :D a owl:Class ."
        " :p a owl:ObjectProperty . [] owl:onProperty :p ; owl:allValuesFrom :D ; rdfs:subClassOf :B . :x a :A .",
        ":x a :B .",
    ),
    (
        "value-of-a-datatype",
        ":C owl:onProperty :p ; owl:someValuesFrom xsd:integer . :x :p 5 . :y :p true .",
        ":x a :C .",
    ),
    (
        "unnamed-inverse-in-a-restriction",
        "[ a owl:Restriction ; owl:onProperty [ owl:inverseOf :p ] ; owl:someValuesFrom :D ; rdfs:subClassOf :C ] ."
        " :x :p :y . :x a :D .",
        ":y a :C .",
    ),
    (
        "unnamed-inverse-in-a-chain",
        ":sibling owl:propertyChainAxiom ( :parent [ owl:inverseOf :parent ] ) . :a :parent :c . :b :parent :c .",
        ":a :sibling :a , :b . :b :sibling :a , :b .",
    ),
    ("unnamed-individual", "[] a :C . :C rdfs:subClassOf :D . :x :p [ a :C ] .", ""),
    (
        "definition-by-parts",
        ":C owl:equivalentClass [ owl:intersectionOf ( :D [ owl:onProperty :p ; owl:hasValue :v ] ) ] ."
        " :x a :D ; :p :v . :y a :C . :z :p :v .",
        ":x a :C . :y a :D ; :p :v .",
    ),
    ("axiom-that-follows", ":p rdfs:subPropertyOf :q . :q rdfs:domain :C . :C rdfs:subClassOf :D . :x :p 1 .", ":x a :D ."),
    ("property-that-becomes-transitive", ":T rdfs:subClassOf owl:TransitiveProperty . :p a :T . :a :p :b . :b :p :c .", ":a :p :c ."),
    ("literal-is-no-subject", ':p rdfs:range :C . :q owl:inverseOf :p . :x :p "y" .', ""),
]  # fmt: skip

# Rule, what clashes, the near miss.
CLASHES: list[tuple[str, str, str]] = [
    ("eq-diff1", ":a owl:sameAs :b ; owl:differentFrom :b .", ":a owl:sameAs :b ; owl:differentFrom :c ."),
    ("eq-diff1", ":a owl:differentFrom :a .", ":a owl:differentFrom :b ."),
    (
        "eq-diff2",
        "[] a owl:AllDifferent ; owl:members ( :a :b :c ) . :p a owl:FunctionalProperty . :x :p :a , :c .",
        "[] a owl:AllDifferent ; owl:members ( :a :b :c ) . :p a owl:FunctionalProperty . :x :p :a , :d .",
    ),
    (
        "eq-diff3",
        "[] a owl:AllDifferent ; owl:distinctMembers ( :a :b :c ) . :c owl:sameAs :b .",
        "[] a owl:AllDifferent ; owl:distinctMembers ( :a :b :c ) . :c owl:sameAs :d .",
    ),
    ("eq-diff2", "[] a owl:AllDifferent ; owl:members ( :a :b :a ) .", "[] a owl:AllDifferent ; owl:members ( :a :b ) ."),
    ("dt-diff", ":p a owl:FunctionalProperty . :x :p 1 , 2 .", ":p a owl:FunctionalProperty . :x :p 1 , 1.0 , 01 ."),
    ("dt-diff", ':p a owl:FunctionalProperty . :x :p "a"@en , "a"@pt .', ':p a owl:FunctionalProperty . :x :p "a"@en .'),
    (
        "dt-diff",
        ':C owl:onProperty :p ; owl:maxCardinality "1"^^xsd:nonNegativeInteger . :x a :C ; :p "a" , "b" .',
        ':C owl:onProperty :p ; owl:maxCardinality "1"^^xsd:nonNegativeInteger . :x a :D ; :p "a" , "b" .',
    ),
    ("prp-irp", ":p a owl:IrreflexiveProperty . :x :p :x .", ":p a owl:IrreflexiveProperty . :x :p :y ."),
    ("prp-asyp", ":p a owl:AsymmetricProperty . :x :p :y . :y :p :x .", ":p a owl:AsymmetricProperty . :x :p :y . :y :p :z ."),
    ("prp-pdw", ":p owl:propertyDisjointWith :q . :x :p :y ; :q :y .", ":p owl:propertyDisjointWith :q . :x :p :y ; :q :z ."),
    (
        "prp-adp",
        "[] a owl:AllDisjointProperties ; owl:members ( :p :q :r ) . :x :p :y ; :r :y .",
        "[] a owl:AllDisjointProperties ; owl:members ( :p :q :r ) . :x :p :y ; :r :z .",
    ),
    (
        "prp-npa1",
        "[] owl:sourceIndividual :x ; owl:assertionProperty :p ; owl:targetIndividual :y . :x :p :y .",
        "[] owl:sourceIndividual :x ; owl:assertionProperty :p ; owl:targetIndividual :y . :y :p :x .",
    ),
    (
        "prp-npa2",
        "[] owl:sourceIndividual :x ; owl:assertionProperty :p ; owl:targetValue 5 . :x :p 5 .",
        "[] owl:sourceIndividual :x ; owl:assertionProperty :p ; owl:targetValue 5 . :x :p 6 .",
    ),
    ("cls-nothing2", ":C rdfs:subClassOf owl:Nothing . :x a :C .", ":C rdfs:subClassOf owl:Nothing . :x a :D ."),
    ("cls-com", ":C owl:complementOf :D . :x a :C , :D .", ":C owl:complementOf :D . :x a :C . :y a :D ."),
    (
        "cls-maxc1",
        ':C owl:onProperty :p ; owl:maxCardinality "0"^^xsd:nonNegativeInteger . :x a :C ; :p :y .',
        ':C owl:onProperty :p ; owl:maxCardinality "0"^^xsd:nonNegativeInteger . :x a :C . :z :p :y .',
    ),
    (
        "cls-maxqc1",
        ":C owl:onProperty :p ; owl:maxQualifiedCardinality 0 ; owl:onClass :D . :x a :C ; :p :y . :y a :D .",
        ":C owl:onProperty :p ; owl:maxQualifiedCardinality 0 ; owl:onClass :D . :x a :C ; :p :y . :y a :E .",
    ),
    (
        "cls-maxqc2",
        ":C owl:onProperty :p ; owl:maxQualifiedCardinality 0 ; owl:onClass owl:Thing . :x a :C ; :p :y .",
        ":C owl:onProperty :p ; owl:maxQualifiedCardinality 0 ; owl:onClass owl:Thing . :x a :C ; :q :y .",
    ),
    ("cax-dw", ":C owl:disjointWith :D . :x a :C , :D .", ":C owl:disjointWith :D . :x a :C , :E ."),
    (
        "cax-adc",
        "[] a owl:AllDisjointClasses ; owl:members ( :C :D :E ) . :F rdfs:subClassOf :E . :x a :C , :F .",
        "[] a owl:AllDisjointClasses ; owl:members ( :C :D :E ) . :F rdfs:subClassOf :G . :x a :C , :F .",
    ),
    ("dt-not-type", ":p rdfs:range xsd:integer . :x :p 1.5 .", ":p rdfs:range xsd:integer . :x :p 2.0 , 3 ."),
    ("dt-not-type", ":p rdfs:range xsd:string . :x :p 5 .", ':p rdfs:range xsd:string . :x :p "5" .'),
    ("dt-not-type", ":p rdfs:range xsd:byte . :x :p 300 .", ":p rdfs:range xsd:byte . :x :p 30 ."),
    ("dt-not-type", ':x :p "300"^^xsd:byte .', ':x :p "30"^^xsd:byte .'),
    ("dt-not-type", ':x :p "2023-02-30"^^xsd:date .', ':x :p "2023-02-28"^^xsd:date , "x"^^:mine .'),
    (
        "dt-not-type",
        ":C owl:onProperty :p ; owl:allValuesFrom xsd:nonNegativeInteger . :x a :C ; :p -1 .",
        ":C owl:onProperty :p ; owl:allValuesFrom xsd:nonNegativeInteger . :x a :C ; :p 1 . :y :p -1 .",
    ),
]  # fmt: skip

# What no rule covers: the term that is named, and the ontology that says it.
OUTSIDE: list[tuple[str, str]] = [
    ("owl:imports", "<> owl:imports <https://example.org/other> ."),
    ("owl:minCardinality", ":C rdfs:subClassOf [ owl:onProperty :p ; owl:minCardinality 1 ] ."),
    ("owl:minQualifiedCardinality", "[] owl:onProperty :p ; owl:minQualifiedCardinality 2 ; owl:onClass :D ."),
    ("owl:cardinality", ":C rdfs:subClassOf [ owl:onProperty :p ; owl:cardinality 1 ] ."),
    ("owl:qualifiedCardinality", "[] owl:onProperty :p ; owl:qualifiedCardinality 1 ; owl:onClass :D ."),
    ("owl:maxCardinality", ":C rdfs:subClassOf [ owl:onProperty :p ; owl:maxCardinality 2 ] ."),
    ("owl:maxQualifiedCardinality", "[] owl:onProperty :p ; owl:maxQualifiedCardinality 2 ; owl:onClass :D ."),
    ("owl:onDataRange", "[] owl:onProperty :p ; owl:maxQualifiedCardinality 1 ; owl:onDataRange xsd:integer ."),
    ("owl:hasSelf", "[] owl:onProperty :p ; owl:hasSelf true ; rdfs:subClassOf :C ."),
    ("owl:ReflexiveProperty", ":p a owl:ReflexiveProperty ."),
    ("owl:disjointUnionOf", ":C owl:disjointUnionOf ( :D :E ) ."),
    ("owl:onProperties", "[] owl:onProperties ( :p :q ) ; owl:someValuesFrom xsd:integer ."),
    ("owl:datatypeComplementOf", ":d owl:datatypeComplementOf xsd:integer ."),
    ("owl:onDatatype", ":d owl:onDatatype xsd:integer ; owl:withRestrictions ( [ xsd:minInclusive 5 ] ) ."),
    ("owl:someValuesFrom", ":C rdfs:subClassOf [ owl:intersectionOf ( :D [ owl:onProperty :p ; owl:someValuesFrom :E ] ) ] ."),
    ("owl:unionOf", ":p rdfs:domain [ owl:unionOf ( :C :D ) ] ."),
    ("owl:oneOf", ":C owl:equivalentClass [ owl:oneOf ( :a :b ) ] ."),
    ("owl:allValuesFrom", "[ owl:onProperty :p ; owl:allValuesFrom :D ] rdfs:subClassOf :C ."),
    ("owl:allValuesFrom", ":C owl:equivalentClass [ owl:onProperty :p ; owl:allValuesFrom :D ] ."),
    ("owl:complementOf", ":C owl:equivalentClass [ owl:complementOf :D ] ."),
    ("owl:complementOf", "[ owl:unionOf ( :E [ owl:complementOf :D ] ) ] rdfs:subClassOf :C ."),
    ("owl:maxCardinality", "[ owl:onProperty :p ; owl:maxCardinality 1 ] rdfs:subClassOf :C ."),
    ("owl:maxCardinality", ":C owl:equivalentClass [ owl:onProperty :p ; owl:maxCardinality 1 ] ."),
    ("owl:maxQualifiedCardinality", ":C owl:equivalentClass [ owl:onProperty :p ; owl:maxQualifiedCardinality 1 ; owl:onClass :D ] ."),
    ("owl:maxQualifiedCardinality", "[ owl:onProperty :p ; owl:maxQualifiedCardinality 1 ; owl:onClass :D ] rdfs:subClassOf :C ."),
    ("owl:unionOf", ":C owl:unionOf _:l . _:l rdf:first :D ; rdf:rest _:l ."),
]  # fmt: skip

"""The rules of OWL 2 RL, one line each (W3C OWL 2 Profiles, section 4.3, tables 4 to 9).

A line holds the name of the rule, the axioms that trigger it, the facts that it is applied to, and what follows: a
triple, or ``false`` for a contradiction. The engine looks up the axioms and makes one query on the facts of each. Names
without a prefix are those of RDFS and OWL. A line that begins with a space goes on with the line before.

Lists are written as in the standard. ``(?c[1] .. ?c[n])`` is a whole list: facts with ``[i]`` are meant for each of its
members, ``?u[0]`` and ``?u[n]`` are the ends of a chain. ``(.. ?c[i] ..)`` is any member, ``(.. ?c[i] .. ?c[j] ..)``
are any two. A 0 or 1 in an axiom stands for each literal of that value.
"""

from __future__ import annotations

__all__ = ["LEFT_OUT", "TABLE"]

TABLE = """
# Table 4: equality
eq-sym       |                                        | ?x sameAs ?y                           | ?y sameAs ?x
eq-trans     |                                        | ?x sameAs ?y . ?y sameAs ?z            | ?x sameAs ?z
eq-rep-s     |                                        | ?s sameAs ?t . ?s ?p ?o                | ?t ?p ?o
eq-rep-p     |                                        | ?p sameAs ?q . ?s ?p ?o                | ?s ?q ?o
eq-rep-o     |                                        | ?o sameAs ?t . ?s ?p ?o                | ?s ?p ?t
eq-diff1     |                                        | ?x sameAs ?y . ?x differentFrom ?y     | false
eq-diff1     |                                        | ?x differentFrom ?x                    | false
eq-diff2     | ?d a AllDifferent ; members (.. ?z[i] .. ?z[j] ..)
                                                      | ?z[i] sameAs ?z[j]                     | false
eq-diff3     | ?d a AllDifferent ; distinctMembers (.. ?z[i] .. ?z[j] ..)
                                                      | ?z[i] sameAs ?z[j]                     | false

# Table 5: axioms about properties
prp-dom      | ?p domain ?c                           | ?x ?p ?y                               | ?x a ?c
prp-rng      | ?p range ?c                            | ?x ?p ?y                               | ?y a ?c
prp-fp       | ?p a FunctionalProperty                | ?x ?p ?y . ?x ?p ?z                    | ?y sameAs ?z
prp-ifp      | ?p a InverseFunctionalProperty         | ?x ?p ?z . ?y ?p ?z                    | ?x sameAs ?y
prp-irp      | ?p a IrreflexiveProperty               | ?x ?p ?x                               | false
prp-symp     | ?p a SymmetricProperty                 | ?x ?p ?y                               | ?y ?p ?x
prp-asyp     | ?p a AsymmetricProperty                | ?x ?p ?y . ?y ?p ?x                    | false
prp-trp      | ?p a TransitiveProperty                | ?x ?p ?y . ?y ?p ?z                    | ?x ?p ?z
prp-spo1     | ?p subPropertyOf ?q                    | ?x ?p ?y                               | ?x ?q ?y
prp-spo2     | ?p propertyChainAxiom (?q[1] .. ?q[n]) | ?u[i-1] ?q[i] ?u[i]                    | ?u[0] ?p ?u[n]
prp-eqp1     | ?p equivalentProperty ?q               | ?x ?p ?y                               | ?x ?q ?y
prp-eqp2     | ?p equivalentProperty ?q               | ?x ?q ?y                               | ?x ?p ?y
prp-pdw      | ?p propertyDisjointWith ?q             | ?x ?p ?y . ?x ?q ?y                    | false
prp-adp      | ?d a AllDisjointProperties ; members (.. ?p[i] .. ?p[j] ..)
                                                      | ?x ?p[i] ?y . ?x ?p[j] ?y              | false
prp-inv1     | ?p inverseOf ?q                        | ?x ?p ?y                               | ?y ?q ?x
prp-inv2     | ?p inverseOf ?q                        | ?x ?q ?y                               | ?y ?p ?x
prp-key      | ?c hasKey (?p[1] .. ?p[n])             | ?x a ?c . ?x ?p[i] ?z[i] . ?y ?p[i] ?z[i] . ?y a ?c
                                                                                               | ?x sameAs ?y
prp-npa1     | ?d sourceIndividual ?x ; assertionProperty ?p ; targetIndividual ?y
                                                      | ?x ?p ?y                               | false
prp-npa2     | ?d sourceIndividual ?x ; assertionProperty ?p ; targetValue ?y
                                                      | ?x ?p ?y                               | false

# Table 6: classes
cls-nothing2 |                                        | ?x a Nothing                           | false
cls-int1     | ?c intersectionOf (?d[1] .. ?d[n])     | ?x a ?d[i]                             | ?x a ?c
cls-int2     | ?c intersectionOf (.. ?d[i] ..)        | ?x a ?c                                | ?x a ?d[i]
cls-uni      | ?c unionOf (.. ?d[i] ..)               | ?x a ?d[i]                             | ?x a ?c
cls-com      | ?c complementOf ?d                     | ?x a ?c . ?x a ?d                      | false
cls-svf1     | ?c someValuesFrom ?d ; onProperty ?p   | ?x ?p ?y . ?y a ?d                     | ?x a ?c
cls-svf2     | ?c someValuesFrom Thing ; onProperty ?p
                                                      | ?x ?p ?y                               | ?x a ?c
cls-avf      | ?c allValuesFrom ?d ; onProperty ?p    | ?x a ?c . ?x ?p ?y                     | ?y a ?d
cls-hv1      | ?c hasValue ?y ; onProperty ?p         | ?x a ?c                                | ?x ?p ?y
cls-hv2      | ?c hasValue ?y ; onProperty ?p         | ?x ?p ?y                               | ?x a ?c
cls-maxc1    | ?c maxCardinality 0 ; onProperty ?p    | ?x a ?c . ?x ?p ?y                     | false
cls-maxc2    | ?c maxCardinality 1 ; onProperty ?p    | ?x a ?c . ?x ?p ?y . ?x ?p ?z          | ?y sameAs ?z
cls-maxqc1   | ?c maxQualifiedCardinality 0 ; onProperty ?p ; onClass ?d
                                                      | ?x a ?c . ?x ?p ?y . ?y a ?d           | false
cls-maxqc2   | ?c maxQualifiedCardinality 0 ; onProperty ?p ; onClass Thing
                                                      | ?x a ?c . ?x ?p ?y                     | false
cls-maxqc3   | ?c maxQualifiedCardinality 1 ; onProperty ?p ; onClass ?d
                                                      | ?x a ?c . ?x ?p ?y . ?y a ?d . ?x ?p ?z . ?z a ?d
                                                                                               | ?y sameAs ?z
cls-maxqc4   | ?c maxQualifiedCardinality 1 ; onProperty ?p ; onClass Thing
                                                      | ?x a ?c . ?x ?p ?y . ?x ?p ?z          | ?y sameAs ?z
cls-oo       | ?c oneOf (.. ?x[i] ..)                 |                                        | ?x[i] a ?c

# Table 7: axioms about classes
cax-sco      | ?c subClassOf ?d                       | ?x a ?c                                | ?x a ?d
cax-eqc1     | ?c equivalentClass ?d                  | ?x a ?c                                | ?x a ?d
cax-eqc2     | ?c equivalentClass ?d                  | ?x a ?d                                | ?x a ?c
cax-dw       | ?c disjointWith ?d                     | ?x a ?c . ?x a ?d                      | false
cax-adc      | ?a a AllDisjointClasses ; members (.. ?c[i] .. ?c[j] ..)
                                                      | ?x a ?c[i] . ?x a ?c[j]                | false

# Table 9: the schema itself
scm-cls      | ?c a Class                             |                                        | ?c subClassOf Thing
scm-sco      |                                        | ?c subClassOf ?d . ?d subClassOf ?e    | ?c subClassOf ?e
scm-eqc1     |                                        | ?c equivalentClass ?d                  | ?c subClassOf ?d
scm-eqc1     |                                        | ?c equivalentClass ?d                  | ?d subClassOf ?c
scm-eqc2     |                                        | ?c subClassOf ?d . ?d subClassOf ?c    | ?c equivalentClass ?d
scm-spo      |                                        | ?p subPropertyOf ?q . ?q subPropertyOf ?r | ?p subPropertyOf ?r
scm-eqp1     |                                        | ?p equivalentProperty ?q               | ?p subPropertyOf ?q
scm-eqp1     |                                        | ?p equivalentProperty ?q               | ?q subPropertyOf ?p
scm-eqp2     |                                        | ?p subPropertyOf ?q . ?q subPropertyOf ?p
                                                                                              | ?p equivalentProperty ?q
scm-dom1     |                                        | ?p domain ?c . ?c subClassOf ?d        | ?p domain ?d
scm-dom2     |                                        | ?q domain ?c . ?p subPropertyOf ?q     | ?p domain ?c
scm-rng1     |                                        | ?p range ?c . ?c subClassOf ?d         | ?p range ?d
scm-rng2     |                                        | ?q range ?c . ?p subPropertyOf ?q      | ?p range ?c
scm-hv       | | ?c hasValue ?y ; onProperty ?p . ?d hasValue ?y ; onProperty ?q . ?p subPropertyOf ?q
                                                                                               | ?c subClassOf ?d
scm-hv       | | ?c hasValue ?y ; onProperty ?p . ?d hasValue ?y ; onProperty ?p
                                                                                               | ?c subClassOf ?d
scm-svf1     | | ?c someValuesFrom ?y ; onProperty ?p . ?d someValuesFrom ?z ; onProperty ?p . ?y subClassOf ?z
                                                                                               | ?c subClassOf ?d
scm-svf1     | | ?c someValuesFrom ?y ; onProperty ?p . ?d someValuesFrom ?y ; onProperty ?p
                                                                                               | ?c subClassOf ?d
scm-svf2     | | ?c someValuesFrom ?y ; onProperty ?p . ?d someValuesFrom ?y ; onProperty ?q . ?p subPropertyOf ?q
                                                                                               | ?c subClassOf ?d
scm-avf1     | | ?c allValuesFrom ?y ; onProperty ?p . ?d allValuesFrom ?z ; onProperty ?p . ?y subClassOf ?z
                                                                                               | ?c subClassOf ?d
scm-avf1     | | ?c allValuesFrom ?y ; onProperty ?p . ?d allValuesFrom ?y ; onProperty ?p
                                                                                               | ?c subClassOf ?d
scm-avf2     | | ?c allValuesFrom ?y ; onProperty ?p . ?d allValuesFrom ?y ; onProperty ?q . ?p subPropertyOf ?q
                                                                                               | ?d subClassOf ?c
scm-int      | ?c intersectionOf (.. ?d[i] ..)        |                                        | ?c subClassOf ?d[i]
scm-uni      | ?c unionOf (.. ?d[i] ..)               |                                        | ?d[i] subClassOf ?c
"""
# Some rules have a second line: for the other of two conclusions, or for what the standard gets from a rule of LEFT_OUT
# (a thing is the same as itself, a class is a sub-class of itself).

LEFT_OUT = {
    "eq-ref": "everything is the same as itself",
    "prp-ap": "the annotation properties of OWL are such",
    "cls-thing": "owl:Thing is a class",
    "cls-nothing1": "owl:Nothing is a class",
    "dt-type1": "the datatypes of OWL 2 RL are such",
    "dt-type2": "a literal is of a datatype: computed where a rule asks for it, as literals are no subjects in RDF",
    "dt-eq": "two literals of one value are the same: likewise",
    "dt-diff": "two literals of different values differ: computed where a rule makes them the same",
    "dt-not-type": "a literal outside of its datatype: computed where a rule types a literal, and of each literal",
    "scm-op": "an object property is its own sub-property and equivalent",
    "scm-dp": "a datatype property is its own sub-property and equivalent",
}
"""The rules of the standard without a line: what they add holds of every graph, or is not RDF."""

#!/bin/sh
# skosprovider-rdf leaves a concept out of all thesauri but one, and misses its narrower concepts.
#
# Guess: several schemes in one file are mixed, or the language of a definition is lost. The guess was wrong.
#
# It loads a SKOS file as a thesaurus, for Atramhasis and other editors of heritage services.
#
# 1. In SKOS a concept may be in several schemes. It ends up in only one of them, the first that the file names for it;
#    in the other it is neither listed nor found by its label, and a collection there has a member that does not exist.
# 2. skos:broader and skos:narrower say the same from both ends, so most files have only one of them. Where "lien" says
#    that it is under "fierté", "fierté" has nothing under it: asking for everything that belongs to it gives only
#    itself.
#
# No error or warning.
#
# Source: _get_in_scheme (skosprovider_rdf/providers.py:153) asks the graph for one value; narrower concepts are read as
# the file has them (117), and the inverse is not looked up.
#
# Why it matters here: a word such as "élu" is in a vocabulary of roles and in one of subjects. Since this was seen, a
# dump's vocabularies give both broader and narrower.
#
# Seen with skosprovider-rdf 1.4.0 (skosprovider 1.5.1, rdflib 6.3.2), Python 3.11. Exits 0 where both are still so,
# else 1.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check skosprovider-rdf==1.4.0 skosprovider==1.5.1 \
    rdflib==6.3.2
cd "$folder"
venv/bin/python - <<'PYTHON'
import sys
from importlib.metadata import version

from rdflib import Graph
from skosprovider_rdf.providers import RDFProvider

for name in ("skosprovider-rdf", "skosprovider", "rdflib"):
    print(name, version(name))
VOCABULARIES = """
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix : <https://example.org/> .
:roles a skos:ConceptScheme .
:sujets a skos:ConceptScheme .
:elu a skos:Concept ; skos:prefLabel "élu"@fr ; skos:inScheme :roles, :sujets .
:gens a skos:Collection ; skos:prefLabel "gens"@fr ; skos:inScheme :sujets ; skos:member :elu .
:fierte a skos:Concept ; skos:prefLabel "fierté"@fr ; skos:inScheme :sujets .
:lien a skos:Concept ; skos:prefLabel "lien"@fr ; skos:inScheme :sujets ; skos:broader :fierte .
"""


def ends(uris: list[str]) -> list[str]:
    return sorted(uri.rsplit("/", 1)[1] for uri in uris)


def thesaurus(scheme: str, more: str = "") -> RDFProvider:
    graph = Graph().parse(data=VOCABULARIES + more, format="turtle")
    return RDFProvider({"id": scheme}, graph, concept_scheme_uri=f"https://example.org/{scheme}")


def listed(scheme: str) -> list[str]:
    return ends([concept["id"] for concept in thesaurus(scheme).get_all()])


subjects = thesaurus("sujets")
both = thesaurus("sujets", ":fierte skos:narrower :lien .")
ELU, FIERTE, GENS = (f"https://example.org/{name}" for name in ("elu", "fierte", "gens"))
seen = (
    ("1. of the roles", listed("roles"), ["elu"]),
    ("1. of the subjects", listed("sujets"), ["fierte", "gens", "lien"]),
    ("1. subjects called élu", subjects.find({"label": "élu"}), []),
    ("1. who belongs to gens", ends(subjects.get_by_id(GENS).members), ["elu"]),
    ("1. who that is", subjects.get_by_id(ELU), False),
    ("2. what belongs to fierté", ends(subjects.expand(FIERTE)), ["fierte"]),
    # as it should be
    ("2. where both ends are said", ends(both.expand(FIERTE)), ["fierte", "lien"]),
)
still = True
for what, found, words in seen:
    print(what, "->", found)
    still = still and found == words
print("still so" if still else "changed")
sys.exit(0 if still else 1)
PYTHON

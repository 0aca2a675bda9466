"""What is taken for the name of a private person whom nobody declared: the report and the public
dump ask the same question.
"""

from __future__ import annotations

import unicodedata

import pytest

from loosbot.corpus.privacy.strangers import BLANKS, Strangers

LOOKING = Strangers(
    firsts=["Hélène", "Audrey", "Laurent,"],
    persons=["Hélène Maire", "Ali D.", "Jean-François Caron", "Dominique Da Silva", "M. le rival"],
    others=["L’atelier Audrey Rives", "Stade du Dr Petit", "Garage Lefèvre", "Cité B."],
)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Ali D. voit Mme Maire et Gaston L.", ["Gaston L."]),
        ("Marie-Claude B., elle, repeignait.", ["Marie-Claude B."]),
        ("monsieur Bérard, Gaël A.", ["Bérard", "Gaël A."]),
        ("Hier Audrey Martin et Hélène DUPONT", ["Audrey Martin", "Hélène DUPONT"]),
        ("Audrey de Martin, Audrey-Anne Roux", ["Audrey de Martin", "Audrey-Anne Roux"]),
        ("MME DURAND, Mme\u00a0Roux, madame d’Orves", ["DURAND", "Roux", "d’Orves"]),
        ("avec Audrey\nMartin", ["Audrey Martin"]),
        ("M. Paul D., Mme K. et M. J.\u202fDurand", ["Paul D.", "Mme K.", "J. Durand"]),
    ],
)
def test_a_stranger_is_seen_in_each_way_of_writing(text: str, names: list[str]) -> None:
    assert LOOKING.in_text(text) == names
    assert LOOKING.in_text(unicodedata.normalize("NFD", text)) == names


@pytest.mark.parametrize(
    "text",
    [
        "Hélène Maire, HÉLÈNE Maire, Mme Maire, Mme H. Maire, Ali D.",
        "Dominique Da Silva, M. Da Silva, M. Silva, M. François Caron",
        "M. le maire, Mme la préfète, Madame la directrice, la Cité 5, la Cité B.",
        "l’atelier Audrey Rives, le stade du docteur Petit ou du Dr Petit",
        "rue Audrey Martin, l'école Mme Durand, la rue du docteur Calmette",
        "Audrey mange, Trifouille Durand, Laurent, Martin",
        "sœurAudrey Martin, _Audrey Martin, banc-Audrey Martin, un R.E.R. et le A.B",
    ],
)
def test_who_is_declared_and_what_is_no_name_are_left(text: str) -> None:
    assert LOOKING.in_text(text) == []


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Hier, Marie Dupont a porté le banc.", ["Marie Dupont"]),
        ("MARIE DUPONT et Jean-Paul Sartre", ["MARIE DUPONT", "Jean-Paul Sartre"]),
        ("Sophie de la Tour, Maria da Silva", ["Sophie de la Tour", "Maria da Silva"]),
        ("Éloïse Żak, Mohamed Ben Salah", ["Éloïse Żak", "Mohamed Ben Salah"]),
        ("Helene Dupont, l’ami d’André Petit", ["Helene Dupont", "André Petit"]),
        ("l’école Jean Jaurès, le centre social Jean Vilar, la médaille Pierre Curie", []),
        ("Louis XIV, Henri IV, François Ier, Jean-Paul II et Napoléon III y sont passés.", []),
        ("Louis XAVIER, Paul VIARD, Marie XIV", ["Louis XAVIER", "Paul VIARD", "Marie XIV"]),
        ("Claire et nette, Marie. Dupont, un marc de café, Saint Pierre Apôtre", []),
    ],
)
def test_a_first_name_that_many_bear_is_known_before_anybody_is_declared(
    text: str, names: list[str]
) -> None:
    assert Strangers((), ()).in_text(text) == names


def test_somebody_else_of_the_same_surname_is_a_stranger() -> None:
    assert LOOKING.in_text("Mme Lucie Caron, M. L. Caron") == ["Lucie Caron", "L. Caron"]


def test_an_organisation_lends_its_surname_to_nobody() -> None:
    assert LOOKING.in_text("Le garage Lefèvre, puis M. Lefèvre") == ["Lefèvre"]


def test_what_is_somebodys_is_not_called_after_them() -> None:
    text = "la maison de Mme Durand, le parc d’Audrey Martin, la maison Paul D."
    assert LOOKING.in_text(text) == ["Durand", "Audrey Martin", "Paul D."]


def test_where_a_person_is_expected_a_bare_name_is_one() -> None:
    assert LOOKING.in_text("Fulgence Lagaffe") == []
    assert LOOKING.in_field("Fulgence Lagaffe") == ["Fulgence Lagaffe"]
    assert LOOKING.in_field("Hélène Maire") == []
    assert LOOKING.in_field("Garage Lefèvre") == []
    for body in ("Ville de Loos", "La Poste", "Conseil Départemental", "Club Ados", "École Ovide"):
        assert LOOKING.in_field(body) == []
    assert LOOKING.in_field("Le Secours Populaire") == LOOKING.in_field("L’Union Sportive") == []
    assert LOOKING.in_field("Conseil de Mme Lagaffe") == ["Lagaffe"]
    assert LOOKING.in_field("Le Gall") == ["Le Gall"]
    assert LOOKING.in_field("Villette Lagaffe") == ["Villette Lagaffe"]
    assert LOOKING.in_field("Le service des espaces verts") == []


def test_an_organisation_is_itself_without_its_article() -> None:
    looking = Strangers((), ("Le Gall Marie",), ("Les Anges Gardins", "L’Escale Ados"))
    assert looking.in_field("Anges Gardins") == looking.in_field("Escale Ados") == []
    assert looking.in_field("Gall Marie") == ["Gall Marie"]


def test_a_name_is_seen_whatever_blank_parts_it() -> None:
    assert sorted(BLANKS + " ") == [char for char in map(chr, range(1 << 16)) if char.isspace()]
    assert {tuple(LOOKING.in_text(f"hier Audrey{blank}Martin")) for blank in BLANKS} == {
        ("Audrey Martin",)
    }

"""The e-mail and the telephone number of somebody masked, however they are typed."""

from __future__ import annotations

import pytest

from loosbot.corpus.privacy.contacts import is_contact
from loosbot.corpus.privacy.hidden import hidden


@pytest.mark.parametrize("declared", ["06 44 55 66 77", "+33644556677", "06.44.55.66.77"])
@pytest.mark.parametrize(
    "typed",
    [
        "06 44 55 66 77",
        "0644556677",
        "06.44.55.66.77",
        "06-44-55-66-77",
        "06\u00a044\u202f55 66 77",
        "+33 6 44 55 66 77",
        "+33644556677",
        "+33 (0)6 44 55 66 77",
        "0033 6 44 55 66 77",
        "(06) 44 55 66 77",
        "(+33) 6 44 55 66 77",
        "(+33)6 44 55 66 77",
        "+ 33 6 44 55 66 77",
        "+(33) 6 44 55 66 77",
        "(0)6 44 55 66 77",
        "le 12 06 44 55 66 77",
        "[l’appeler](tel:+33644556677)",
    ],
)
def test_a_number_goes_however_it_is_typed(declared: str, typed: str) -> None:
    masked = hidden({declared: "une personne"})
    assert masked.within(typed)
    told = masked.hide(f"Au {typed}, le soir.")
    assert "66" not in told
    if "[" not in typed and not typed.startswith("le"):
        assert told == "Au une personne, le soir."
        assert masked.hide(f"Voir ({typed}).") == "Voir (une personne)."


@pytest.mark.parametrize(
    "typed", ["06 44 55 66 78", "1 06 44 55 66 7", "644 euros, 55 et 66 pour 77", "06 44 55 66"]
)
def test_another_number_stays(typed: str) -> None:
    assert hidden({"06 44 55 66 77": "une personne"}).hide(typed) == typed


@pytest.mark.parametrize("declared", ["mamie59@exemple.fr", "Mamie59@Exemple.fr"])
@pytest.mark.parametrize(
    "typed",
    [
        "mamie59@exemple.fr",
        "Mamie59@Exemple.fr",
        "MAMIE59@EXEMPLE.FR",
        "mailto:mamie59%40exemple.fr",
    ],
)
def test_an_e_mail_goes_however_it_is_typed(declared: str, typed: str) -> None:
    masked = hidden({declared: "une personne"})
    assert masked.within(typed)
    assert masked.hide(f"À {typed}.") == "À une personne."


def test_what_is_neither_is_no_contact() -> None:
    assert not any(map(is_contact, ("2018-2019", "59750", "Zélie D.", "@zelie")))

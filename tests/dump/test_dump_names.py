"""Names and contacts in texts: found in every spelling, and nothing else with them."""

from __future__ import annotations

import html
import unicodedata
from collections.abc import Callable
from urllib.parse import quote

import pytest

from loosbot.corpus.privacy.names import Names
from loosbot.dump.edition.contacts import without_contacts

NAMES = Names({"Célia Carpentier": "vcelia", "Audrey M.": "vaudrey", "Mig": "vmig"})


@pytest.mark.parametrize(
    "spell",
    [
        lambda name: name,
        str.upper,
        str.lower,
        lambda name: unicodedata.normalize("NFD", name),
        lambda name: unicodedata.normalize("NFD", name).encode("ascii", "ignore").decode(),
        lambda name: name.replace(" ", "_"),
        lambda name: name.replace(" ", "-").lower(),
        lambda name: name.replace(" ", "\u00a0"),
        lambda name: name.replace(" ", "\n"),
        lambda name: name.replace(" ", ""),
        quote,
        lambda name: quote(quote(name)),
        lambda name: html.escape(name).encode("ascii", "xmlcharrefreplace").decode(),
        lambda name: name.replace("é", "&eacute;").replace(" ", "&nbsp;"),
        lambda name: name.encode("unicode_escape").decode(),
        lambda name: "\u00ad".join(name),
        lambda name: " ".join(reversed(name.split())),
        lambda name: f"Mme {name.split()[-1]}",
    ],
)
def test_a_name_is_found_however_it_is_spelled(spell: Callable[[str], str]) -> None:
    text = f"Hier, {spell('Célia Carpentier')} est venue."

    replaced, count = NAMES.replace(text)

    assert count == 1
    assert replaced in ("Hier, vcelia est venue.", "Hier, Mme vcelia est venue.")


LONG = Names(
    {"Jean-Baptiste Quévremont": "vjean", "Zélie de la Bruyandière": "vzelie",
     "Inès Wartelle-Bouquillon": "vines", "Maud D’Hautcœur": "vmaud", "Julie Aimé": "vjulie",
     "Laurent, de Dukass": "vlaurent", "Paul Maire": "vpaul", "Marc Petit": "vmarc",
     "Luce Petit": "vluce"},
    shown=["Hélène Maire", "Jean B."],
)  # fmt: skip


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Quévremont passe.", "vjean passe."),
        ("J.-B. Quévremont, J. Quévremont", "vjean, vjean"),
        ("Jean-Baptiste Q. et J‑B QUEVREMONT", "vjean et vjean"),
        ("jb.quevremont, jbquevremont", "vjean, vjean"),
        ("la famille quévremont, monsieur QUÉVREMONT", "la famille vjean, monsieur vjean"),
        ("QUÉVREMONT Jean-Baptiste", "vjean"),
        ("Zélie Bruyandière ou Z. de la Bruyandière", "vzelie ou vzelie"),
        ("Mme Wartelle, Inès Bouquillon", "Mme vines, vines"),
        ("D'Hautcoeur Maud", "vmaud"),
        ("M. Petit", "M. [nom]"),
        ("les Quévremonts, photo-quevremont.jpg", "les vjean, photo-vjean.jpg"),
    ],
)
def test_a_name_is_found_in_its_shorter_forms(text: str, expected: str) -> None:
    assert LONG.replace(text)[0] == expected
    assert LONG.replace(unicodedata.normalize("NFD", text))[0] == expected


@pytest.mark.parametrize(
    "text",
    ["J’aime, j'aime et Marie a dit", "Hélène Maire, Mme Maire, H. Maire", "Jean B. est venu",
     "la compagnie Dukass", "petit à petit", "le petit-déjeuner", "la ruelle, la bru"],
)  # fmt: skip
def test_a_shorter_form_is_not_taken_for_another(text: str) -> None:
    assert LONG.replace(text) == (text, 0)


def test_an_initial_takes_its_point_with_it() -> None:
    assert NAMES.replace("Audrey M. et AUDREY M, audrey-m") == ("vaudrey et vaudrey, vaudrey", 3)


@pytest.mark.parametrize(
    "text", ["Audrey mange.", "Celiacarpe", "un mig de fer", "Célia et Carpentras", "100 % sûr"]
)
def test_what_is_no_name_stays(text: str) -> None:
    assert NAMES.replace(text) == (text, 0)


def test_a_first_name_counts_near_the_records_that_speak_of_them() -> None:
    assert NAMES.replace("Rose et les roses", {("rose",): "vrose"}) == ("vrose et les roses", 1)
    assert NAMES.replace("Rose et les roses") == ("Rose et les roses", 0)


def test_ids_that_hold_a_name() -> None:
    assert NAMES.within("interview-celia-carpentier-2018")
    assert NAMES.within("les-dessins-de-mig")
    assert NAMES.within("le-jardin-carpentier")
    assert not NAMES.within("celia-et-les-carpes")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a.b@c.fr", "[courriel]"),
        ("a.b (at) c.fr", "[courriel]"),
        ("A.B@C.FR, merci", "[courriel], merci"),
        ("a.b%40c.fr", "[courriel]"),
        ("a.b&#64;c.fr", "[courriel]"),
        ("tél. 06 12 34 56 78", "tél. [téléphone]"),
        ("0612345678", "[téléphone]"),
        ("06.12.34.56.78", "[téléphone]"),
        ("06-12-34-56-78", "[téléphone]"),
        ("+33 6 12 34 56 78", "[téléphone]"),
        ("+33 (0)6 12 34 56 78", "[téléphone]"),
        ("0033612345678", "[téléphone]"),
        ("06\u00a012\u00a034\u00a056\u00a078", "[téléphone]"),
        ("FR76 3000 6000 0112 3456 7890 189", "[IBAN]"),
        ("2 85 05 62 498 123 45", "[numéro de sécurité sociale]"),
        ("12 rue Hoche", "rue Hoche"),
        ("12 bis, rue Hoche", "rue Hoche"),
    ],
)
def test_contacts_are_taken_out(text: str, expected: str) -> None:
    counts: dict[str, int] = {}

    assert without_contacts(text, counts) == expected
    assert sum(counts.values()) == 1


@pytest.mark.parametrize(
    "text", ["2018-06-15", "25 000 €", "1 250,50", "de 1995 à 2000", "52 rues", "14 500 habitants"]
)
def test_figures_and_dates_are_no_contacts(text: str) -> None:
    assert without_contacts(text, {}) == text

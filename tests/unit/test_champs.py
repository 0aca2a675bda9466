"""``loosbot champs``, ``docs/champs.md`` and the page of the wiki: one dictionary, told thrice."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from corpora import corpus

from loosbot.cli import main
from loosbot.corpus.model import RECORD_TYPES
from loosbot.fields import handbook
from loosbot.fields.dictionary import dictionary, example, walk
from loosbot.fields.saying import vocabularies, what_it_takes, words_of
from loosbot.render import pages

ROOT = Path(__file__).parents[2]
PORTAL = {"pages/accueil.md": "---\ntitre: Accueil\n---\nBonjour.\n"}


def champs(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["champs", *arguments])


def test_the_document_is_up_to_date() -> None:
    """Otherwise: ``loosbot champs --format markdown > docs/champs.md``."""
    assert (ROOT / "docs/champs.md").read_text(encoding="utf-8") == handbook.handbook()
    assert champs("--format", "markdown").stdout == handbook.handbook()


def test_the_document_has_every_key_every_word_and_every_example() -> None:
    text = handbook.handbook()
    lacking = []
    for name in RECORD_TYPES:
        fields = dictionary(name)
        lacking += [field.name for field in walk(fields) if f"`{field.key}`" not in text]
        for vocabulary in vocabularies(fields):
            lacking += [
                word.value
                for word in words_of(vocabulary)
                if f"| `{word.value}` | {word.title} | {word.description} |" not in text
            ]
        assert example(name) in text
    assert lacking == []


@pytest.mark.parametrize("name", RECORD_TYPES)
def test_a_type_in_the_terminal(name: str) -> None:
    done = champs(name)
    assert done.exit_code == 0
    text = " ".join(done.stdout.split())
    fields = dictionary(name)
    assert [field.key for field in fields if f"{field.key}" not in text] == []
    assert [field.help for field in fields if " ".join(field.help.split()) not in text] == []
    for vocabulary in vocabularies(fields):
        assert all(f"{word.value} : {word.title}." in text for word in words_of(vocabulary))
    assert max(len(line) for line in done.stdout.splitlines()) <= 140
    assert "titre (nécessaire) : une ligne" in done.stdout


def test_the_minutes_have_their_place() -> None:
    text = champs("reunion").stdout
    assert "Le compte rendu lui-même, en Markdown." in text
    assert "compte_rendu:\n      date: 2024-03-20\n      texte: |" in text


def test_without_a_type_it_says_which_there_are() -> None:
    text = champs().stdout
    assert all(f"  {name} " in text for name in RECORD_TYPES)
    assert "  theme " in text


def test_a_list_of_words_alone() -> None:
    text = champs("niveau").stdout
    assert text.startswith("Niveaux d’implication (niveau) : ")
    assert "  coproduction : Coproduction." in text


def test_a_name_that_is_nearly_right() -> None:
    done = champs("récits")
    assert done.exit_code == 2
    assert "« récits » n’est ni un type de fiche ni une liste de mots." in done.stderr
    assert "Vouliez-vous écrire « recit » ?" in done.stderr


@pytest.mark.parametrize(
    ("name", "place"),
    [
        ("participants", "realisation.participants (loosbot champs projet)"),
        ("preuve", "demande.preuve (loosbot champs projet)"),
        ("dechets-proprete", "C’est un mot d’une liste : loosbot champs theme"),
        ("Déchets et propreté", "loosbot champs theme"),
    ],
)
def test_a_key_or_a_word_is_told_where_it_stands(name: str, place: str) -> None:
    done = champs(name)
    assert done.exit_code == 2
    assert place in done.stderr


def test_fields_as_json() -> None:
    data = json.loads(champs("lieu", "--format", "json").stdout)
    assert list(data) == ["lieu"]
    assert [field["key"] for field in data["lieu"]][:3] == ["titre", "resume", "genre"]


@pytest.mark.parametrize(
    ("name", "key", "expected"),
    [
        ("recit", "annee", "une date ; peut se préciser"),
        ("recit", "themes", "des mots parmi les 16 de « Thèmes »"),
        ("recit", "repond_a", "une fiche : `recit/nom-du-fichier` ; ou plusieurs"),
        ("recit", "sources", "des sources : `[nom-de-la-source § 3.2]`"),
        ("lieu", "dans", "une fiche : `lieu/nom-du-fichier`"),
        ("indicateur", "valeur", "un nombre, ou une fourchette : 10 à 15"),
        ("projet", "chiffres", "des nombres, un par tiret ; peut se préciser"),
        ("projet", "enseignements", "des textes, un par tiret ; ou des groupes de clés"),
        ("acteur", "public", "`oui` ou `non`"),
    ],
)  # fmt: skip
def test_what_a_field_takes(name: str, key: str, expected: str) -> None:
    field = next(field for field in dictionary(name) if field.key == key)
    assert what_it_takes(field) == expected


def test_the_wiki_has_it_where_it_has_a_portal(tmp_path: Path) -> None:
    rendered = pages.render(corpus(tmp_path, PORTAL), {})
    page = rendered["rapport/champs"]
    assert page.title == "Dictionnaire des champs"
    assert "== Récit ==\n" in page.body
    assert "| <code>voix</code> (nécessaire)\n" in page.body
    assert "compte_rendu:\n  date: 2024-03-20\n  texte: |\n    ## Ce qui a été dit" in page.body
    assert "[[Catégorie:Rédaction" in page.body


def test_a_few_loose_records_have_none(tmp_path: Path) -> None:
    lone = {"narratives/lieu/place.yaml": "type: lieu\ntitre: La place\ngenre: rue\n"}
    assert "rapport/champs" not in pages.render(corpus(tmp_path, lone), {})

"""What a search of a page finds, and what it does not: no machinery, words without accents."""

from __future__ import annotations

from datetime import date
from html import unescape
from pathlib import Path

import pytest
from corpora import corpus

from loosbot.corpus.model import Corpus
from loosbot.corpus.privacy.consent import for_channel
from loosbot.render.foot import other_forms
from loosbot.render.pages import default_titles, render
from loosbot.wikitext.unsearched import searched, unsearched

SKATE = "type: projet\ntitre: Skatepark refait\nthemes: [energie]\nvariantes: [skate park, piste]\n"
FAILED = (
    "type: index\ntitre: Ce qui n’a pas réussi\nvariantes: [échec, échecs]\n"
    "enregistrements: {types: [projet]}\ncolonnes: [titre]\n"
)
PAGE = "---\ntitre: La méthode\nvariantes: [mode d’emploi]\n---\n\nOn essaie.\n"


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("loos-en-gohelle:acteur/enedis",
         "&#108;oos-&#101;n-&#103;ohelle:&#97;cteur/&#101;nedis"),
        ("rue 2018", "&#114;ue &#50;018"),
        ("l&#8217;été", "&#108;&#8217;&#233;té"),
        ("a_b", "&#97;_b"),
        ("", ""),
    ],
)  # fmt: skip
def test_no_word_is_left_whole_and_the_wiki_reads_the_same(text: str, written: str) -> None:
    assert unsearched(text) == written
    assert unescape(written) == unescape(text)
    assert searched(f"[[Catégorie:X|{written}]]") == f"[[Catégorie:X|{text}]]"


def test_only_what_we_broke_is_made_whole_again() -> None:
    prose = 'Un texte &#105;nconnu.\n| lieu = &#97;bc\naria-label="&#233;t&#34;"\n'
    assert searched(prose) == 'Un texte &#105;nconnu.\n| lieu = &#97;bc\naria-label="ét&#34;"\n'


def test_no_place_begins_on_one_line_and_ends_on_another() -> None:
    for apart in ("[[Catégorie:X\n|&#97;bc]]", 'aria-label="X\n&#97;bc"', "fichier =\n&#97;bc"):
        assert searched(f"{apart}\n") == f"{apart}\n"
    assert searched("fichier=&#97;\r\nidentifiant = &#98;") == "fichier=a\r\nidentifiant = b"


def bodies(town: Corpus) -> dict[str, str]:
    return {id_: page.body for id_, page in render(town, default_titles(town)).items()}


def test_a_record_has_its_other_names_and_its_words_without_accents(tmp_path: Path) -> None:
    body = bodies(corpus(tmp_path, {"narratives/projet/skate.yaml": SKATE}))["projet/skate"]
    assert "== Autres noms ==\n\n* skate park\n* piste\n" in body
    assert "{{Provenance\n| fichier = &#110;arratives/&#112;rojet/&#115;kate.&#121;aml\n" in body
    assert "| mots = energie parks pistes refaits skateparks skates\n| identifiant" in body
    assert "| identifiant = &#112;rojet/&#115;kate\n| type = projet\n" in body


def test_a_page_and_an_index_have_theirs_at_their_foot(tmp_path: Path) -> None:
    files = {
        "narratives/projet/skate.yaml": SKATE,
        "pages/index/rate.yaml": FAILED,
        "pages/methode.md": PAGE,
    }
    shown = bodies(corpus(tmp_path, files))
    assert (
        "{{Provenance\n| noms = échec ; échecs\n| mots = echec echecs reussi reussis réussis\n}}\n"
        in (shown["index/rate"])
    )
    words = "d'emploi emplois methode methodes modes méthodes"
    assert f"| noms = mode d’emploi\n| mots = {words}\n}}}}\n" in shown["page/methode"]


def test_a_page_that_nothing_else_finds_has_a_short_foot(tmp_path: Path) -> None:
    shown = bodies(corpus(tmp_path, {"pages/regle.md": "---\ntitre: Le prix\n---\n\nOui.\n"}))
    assert "{{Provenance|fichier=&#112;ages/&#114;egle.&#109;d}}\n" in shown["page/regle"]


@pytest.mark.parametrize(
    ("title", "found"),
    [
        ("Un pas devant l’école", ["ecole", "l'ecole", "l'école"]),
        ("Deux bancs", ["banc"]),
        ("Le journal", ["journaux"]),
        ("Les bureaux", ["bureau"]),
        ("Les journaux", ["journal"]),
        ("Les travaux", ["travail"]),
        ("Un château", ["chateau", "chateaux", "châteaux"]),
        ("Le prix", []),
    ],
)
def test_other_forms_of_the_words_of_a_title(title: str, found: list[str]) -> None:
    forms = other_forms(title, {})
    assert set(found) <= set(forms)
    assert bool(forms) == bool(found)


def test_what_follows_an_elision_in_a_summary_is_found_by_itself() -> None:
    """A wiki's own search takes « l’ombre » for one word."""
    assert other_forms("Le prix", {"resume": "À l’ombre d’un tilleul ; il n’avait rien."}) == [
        "l'ombre"
    ]
    assert other_forms("Le prix", {"resume": "inconnu"}) == []


def test_who_is_masked_is_found_by_no_other_name(tmp_path: Path) -> None:
    person = (
        "type: acteur\ntitre: Zélie D.\ngenre: personne\nvariantes: [Zélie la puisatière]\n"
        "consentement: {etat: retire}\n"
    )
    tale = f"{SKATE}texte: Zélie D. a tout vu.\n"
    read = corpus(
        tmp_path, {"narratives/acteur/zelie-d.yaml": person, "narratives/projet/s.yaml": tale}
    )
    for body in bodies(for_channel(read, "wiki", date(2026, 1, 1))).values():
        assert "zelie" not in searched(body).casefold()
        assert "zélie" not in searched(body).casefold()
        assert "puisat" not in searched(body).casefold()


def test_no_line_with_a_word_of_a_title_has_machinery_before_it(tmp_path: Path) -> None:
    files = {
        "narratives/lieu/place.yaml": "type: lieu\ntitre: La place\ngenre: site\n",
        "narratives/projet/skate.yaml": f"{SKATE}lieu: lieu/place\n",
        "pages/index/rate.yaml": FAILED,
    }
    for body in bodies(corpus(tmp_path, files)).values():
        for line in body.splitlines():
            before, word, _ = line.partition("Skatepark")
            if word:
                assert "data-sort-value" not in before
                assert "style=" not in before
                assert "scope=" not in before

"""A page proposed on the wiki, read as a record: what each place of it becomes."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from clerk import AROUND
from corpora import corpus
from wikis import CHECKOUT

from loosbot.corpus.current import with_current_ids
from loosbot.corpus.model import Corpus
from loosbot.corpus.paths import Place, place
from loosbot.corpus.yaml import reader
from loosbot.decode.proposal import UnshownPiece, source_of, unsaid
from loosbot.fields.site import Site
from loosbot.pull.newrecord import ProposedPage, new_record, type_of
from loosbot.render.pages import site_of

MODELS = sorted((CHECKOUT / "pages/modeles").glob("Proposition*.wiki"))


@pytest.fixture
def town(tmp_path: Path) -> Corpus:
    return corpus(tmp_path, AROUND)


def site(town: Corpus) -> Site:
    return site_of(with_current_ids(town), {})


def preloaded(name: str) -> str:
    """What MediaWiki puts into the editor: what is meant to be included, and nothing else."""
    text = next(model for model in MODELS if model.stem == name).read_text("utf-8")
    match = re.fullmatch(r"<includeonly>(.*)</includeonly><noinclude>.*</noinclude>\n", text, re.S)
    assert match
    return match[1]


def read(town: Corpus, text: str, where: Place) -> tuple[str, list[tuple[str, str]]]:
    page = ProposedPage("Un banc pour la rue", 12, 345, "Camille", "2026-01-02T03:04:05Z", "", text)
    paths = {id_: record.path for id_, record in town.records.items()}
    made = new_record(page, where, site(town), paths)
    return made.data.decode(), [(passage.label, passage.after) for passage in made.left]


RECIT = place("narratives/recit/un-banc-pour-la-rue.yaml")


def test_a_recit_filled_in_from_its_page_to_start_from(town: Corpus) -> None:
    text = preloaded("Proposition de récit")
    text = text.replace("=== Qui parle ===", "=== Marie ===").replace(
        "| Qui = ", "| Qui = Marie D."
    )
    text = text.replace(
        "Ses mots, à la place de ceux-ci.", "Elle voulait un '''banc'''.\n\nElle l’a eu."
    )
    text = text.replace("| Rôle = ", "| Rôle = habitant").replace(
        "| Année = ", "| Année = été 2018"
    )
    text = text.replace("| Projet = ", "| Projet = [[La fiche groupes-dechets]]")
    written, left = read(town, text, RECIT)
    assert left == []
    assert written == (
        "# $schema: ../../schemas/recit.json\n"
        "# Proposé sur le wiki : page 12, version 345\n"
        "type: recit\n"
        "titre: Un banc pour la rue\n"
        "annee: été 2018\n"
        "projet: projet/groupes-dechets\n"
        "voix:\n"
        "  - qui: Marie D.\n"
        "    role: habitant\n"
        "    consentement:\n"
        "      etat: inconnu\n"
        "    texte: |\n"
        "      Elle voulait un **banc**.\n"
        "\n"
        "      Elle l’a eu.\n"
    )
    assert source_of(written.encode()) == (12, 345)


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.stem)
def test_a_page_that_nobody_filled_in_says_nothing(town: Corpus, model: Path) -> None:
    text = preloaded(model.stem)
    type_name = type_of(text, site(town).names)
    written, left = read(
        town, text, Place(f"narratives/{type_name}/x.yaml", "record", f"{type_name}/x", type_name)
    )
    assert left == []
    data = reader.read(written.encode(), "").data
    assert data == {"type": type_name, "titre": "Un banc pour la rue"}


def test_every_kind_of_record_with_a_page_has_one_to_start_from(town: Corpus) -> None:
    types = sorted(type_of(preloaded(model.stem), site(town).names) for model in MODELS)
    assert types == ["acteur", "fifty-fifty", "lieu", "projet", "recit", "reunion"]


def test_what_no_field_says_is_named_and_never_dropped(town: Corpus) -> None:
    text = preloaded("Proposition de lieu").replace(
        "| Genre = ", "| Genre = rue\n| Ancien nom = Rue Haute"
    )
    text += "\n== Une rubrique à moi ==\n\nDes mots.\n"
    where = place("narratives/lieu/x.yaml")
    written, left = read(town, text, where)
    assert "genre: rue" in written
    named = " ".join(after for _, after in left)
    assert "Rue Haute" in named and "Des mots." in named


def test_the_words_above_are_the_summary(town: Corpus) -> None:
    text = preloaded("Proposition de projet")
    text = text.replace(
        "En une ou deux phrases, de quoi il s’agit, à la place de celle-ci.",
        "Deux ''bancs'' et un [[La fiche chemins-ruraux|chemin]].",
    )
    written, left = read(town, text, place("narratives/projet/x.yaml"))
    assert left == []
    assert "resume: |\n  Deux *bancs* et un [chemin](../lieu/chemins-ruraux.yaml).\n" in written


@pytest.mark.parametrize(
    "text",
    ["", "Rien d’autre.", "{{Fiche lieu}}{{Fiche projet}}", "{{Fiche inconnue}}", "{{" * 5000],
    ids=["empty", "words", "two", "unknown", "deep"],
)
def test_a_page_that_is_no_fiche_is_of_no_type(town: Corpus, text: str) -> None:
    assert type_of(text, site(town).names) == ""


@pytest.mark.parametrize(
    "head",
    [b"type: recit\n", "# Proposé sur le wiki : page x, version 3\n".encode(),
     "titre: '# Proposé sur le wiki : page 1, version 2'\n".encode()],
    ids=["plain", "words", "inside"],
)  # fmt: skip
def test_only_its_own_line_says_where_a_record_comes_from(head: bytes) -> None:
    assert source_of(head) is None


def test_a_page_is_said_whole_or_told_what_is_missing(town: Corpus) -> None:
    names = site(town).names
    text = preloaded("Proposition de récit")
    for old, new in (
        ("Qui parle", "Marie"),
        ("Ses mots, à la place de ceux-ci.", "Un banc."),
        ("| Qui = ", "| Qui = Marie D."),
        ("| Rôle = ", "| Rôle = habitant"),
    ):
        text = text.replace(old, new)
    ours = (
        "== Les voix ==\n\n=== Marie D. · habitant ===\n\nUn banc.\n\n"
        "{{Voix\n| Qui = Marie D.\n| Rôle = Habitant\n}}\n\n{{Fiche récit}}"
    )
    assert unsaid("recit/x", text, ours, names) == ()
    for lacking, words in (
        (ours.replace("Un banc.", "Deux bancs."), "n’est pas le même"),
        (ours.partition("== Les voix")[0], "écrivez son accord"),
        (ours.replace("Habitant", "Agent"), "n’est pas le même"),
    ):
        assert words in unsaid("recit/x", text, lacking, names)[0].sentence
    paulette = text.replace("=== Marie ===", "=== Paulette ===")
    assert unsaid("recit/x", paulette, ours, names) == (UnshownPiece((), "Paulette", "title"),)
    mine = text + "\n== À moi ==\n\nDes mots."
    assert unsaid("recit/x", mine, ours, names) == (UnshownPiece((), "À moi", "nowhere"),)


def test_the_category_of_a_town_that_prefixes_its_own_is_no_text(tmp_path: Path) -> None:
    config = {"loosbot.yaml": "corpus: essai\nprefixe_categories: 'Loos '\n"}
    loos = corpus(tmp_path, {**AROUND, **config})
    where = place("narratives/projet/x.yaml")
    text = "Un banc.\n\n{{Fiche projet}}\n\n"
    assert read(loos, text + "[[Catégorie:Loos_Propositions de fiches|x]]", where)[1] == []
    other = read(loos, text + "[[Catégorie:Propositions de fiches]]", where)[1]
    assert len(other) == 1

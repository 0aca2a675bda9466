"""Index pages: filters, groups, French order, anchors."""

from __future__ import annotations

from pathlib import Path

import pytest
from corpora import corpus

from loosbot.fields.collation import date_key, initial, sort_key
from loosbot.render.indexes.columns import header
from loosbot.render.pages import render

PROJECT = "type: projet\ntitre: {}\nstatut: {}\nthemes: [{}]\nannee: {}\n"
INDEX = """
type: index
titre: Essai
intro: Une **phrase**.
enregistrements: {types: [projet], statut: [abandonne, entretien-erode]}
colonnes: [titre, annee, themes]
"""


def test_french_order_forgets_accents_and_articles() -> None:
    titles = ["Zone", "L’été", "Les abris", "école", "Eau", "Le 2e étage", "Le 10e étage", "À Loos"]
    assert sorted(titles, key=sort_key) == [
        "Le 2e étage", "Le 10e étage", "À Loos", "Les abris", "Eau", "école", "L’été", "Zone",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("value", "key"),
    [(2018, "2018-00-00"), ("depuis 2015-06", "2015-06-00"), ("inconnu", "9999")],
)
def test_dates_are_sorted_by_their_first_day(value: object, key: str) -> None:
    assert date_key(value) == key


def titles_in_order(body: str) -> list[str]:
    return [row.partition("[[")[2].partition("]]")[0] for row in body.split("\n|-")[1:]]


def rendered(tmp_path: Path, index: str) -> str:
    files = {
        "narratives/projet/a.yaml": PROJECT.format("Les zébus", "abandonne", "voirie", 2018),
        "narratives/projet/b.yaml": PROJECT.format(
            "L’âne", "{valeur: entretien-erode, statut: deduit}", "voirie, agriculture", 2019
        ),
        "narratives/projet/c.yaml": PROJECT.format("Béguinage", "abouti", "voirie", 2001),
        "narratives/projet/d.yaml": "type: projet\ntitre: Muet\nstatut: abandonne\n",
        "pages/index/essai.yaml": index,
    }
    return render(corpus(tmp_path, files), {})["index/essai"].body


def test_only_what_the_filter_keeps_in_the_order_of_titles(tmp_path: Path) -> None:
    body = rendered(tmp_path, INDEX)
    assert titles_in_order(body) == ["L’âne", "Muet", "Les zébus"]
    assert body.startswith("Une '''phrase'''.")
    assert '{| class="wikitable sortable"\n|+ 3 fiches\n! scope="col" | Titre' in body


def test_sorted_by_a_field(tmp_path: Path) -> None:
    assert titles_in_order(rendered(tmp_path, INDEX + "trier_par: annee\n")) == [
        "Les zébus",
        "L’âne",
        "Muet",
    ]


def test_an_index_of_several_types_has_french_headings(tmp_path: Path) -> None:
    index = (
        "type: index\ntitre: Essai\nenregistrements: {types: [recit, reunion, fifty-fifty]}\n"
        "colonnes: [titre, type]\ngrouper_par: type\n"
    )
    files = {
        "narratives/recit/a.yaml": "type: recit\ntitre: Un soir\n"
        "voix: [{qui: Des voisins, role: habitant, texte: On a bâti.}]\n",
        "narratives/reunion/b.yaml": "type: reunion\ntitre: Au café\n",
        "narratives/fifty-fifty/c.yaml": "type: fifty-fifty\ntitre: Le banc\n",
        "pages/index/essai.yaml": index,
    }
    body = render(corpus(tmp_path, files), {})["index/essai"].body
    headings = [line.strip("= ") for line in body.split("\n") if line.startswith("==")]
    assert headings == ["Fifty-fifty", "Récits", "Réunions"]
    assert [
        line for line in body.split("\n") if line in ("| Récit", "| Réunion", "| Fifty-fifty")
    ] == [
        "| Fifty-fifty",
        "| Récit",
        "| Réunion",
    ]


def test_a_record_has_one_row_and_is_named_in_its_other_groups(tmp_path: Path) -> None:
    body = rendered(tmp_path, INDEX + "grouper_par: theme\n")
    parts = [line.strip("= ") for line in body.split("\n") if line.startswith("== ")]
    # a narrower subject stands under the one that takes it in
    assert parts == ["Agriculture et alimentation", "Mobilité et voirie", "Non précisé"]
    assert titles_in_order(body) == ["L’âne", "Les zébus", "Muet"]
    assert "Aussi, plus haut : [[L’âne]]." in body
    # a way to jump, with the number of records
    jumps = body.partition('<div class="noprint"')[2].partition("</div>")[0]
    assert "#Agriculture et alimentation|Agriculture et alimentation]]\u00a0(1) · " in jumps
    # the same columns, as wide, in every table
    heads = [line for line in body.split("\n") if line.startswith('! scope="col"')]
    assert len(set(heads)) == len(heads) // 3
    assert all('style="width:' in line for line in heads)


def test_an_empty_index_says_so(tmp_path: Path) -> None:
    assert "Aucune fiche pour l’instant." in rendered(
        tmp_path, INDEX.replace("abandonne, entretien-erode", "annonce")
    )


def test_a_row_has_one_anchor_even_where_it_shows_twice(tmp_path: Path) -> None:
    source = "type: source\ntitre: S\ngenre: livre\nthemes: [voirie, agriculture]\n"
    index = (
        "type: index\ntitre: Nos livres\nenregistrements: {types: [source]}\n"
        "colonnes: [titre, genre]\ngrouper_par: theme\n"
    )
    files = {"narratives/source/s.yaml": source, "pages/index/livres.yaml": index}
    pages = render(corpus(tmp_path, files), {})
    assert pages["index/livres"].body.count('id="source-s"') == 1
    assert "index/sources" not in pages


def test_a_source_whose_address_nobody_knows_says_so(tmp_path: Path) -> None:
    source = "type: source\ntitre: {}\ngenre: livre\nurl: {}\n"
    files = {
        "narratives/source/s.yaml": source.format("S", "inconnu"),
        "narratives/source/t.yaml": source.format("T", "sans-objet"),
        "narratives/source/u.yaml": source.format("U", "https://example.org/u"),
    }
    body = render(corpus(tmp_path, files), {})["index/sources"].body
    assert "S<br><small>Adresse : inconnue</small>" in body
    assert "T<br><small>Adresse : sans objet</small>" in body
    assert "[https://example.org/u U]\n" in body


def test_words_that_are_asked_for_and_grouped_by_are_all_parts_with_their_definition(
    tmp_path: Path,
) -> None:
    project = "type: projet\ntitre: P\neffets: [fierte, {valeur: confiance, statut: deduit}]\n"
    index = (
        "type: index\ntitre: Effets\nenregistrements:\n  types: [projet]\n"
        "  effets: [resilience, confiance]\ngrouper_par: effets\ncolonnes: [titre, effets]\n"
    )
    files = {"narratives/projet/p.yaml": project, "pages/index/effets.yaml": index}
    body = render(corpus(tmp_path, files), {})["index/effets"].body
    parts = body.split("\n== ")
    assert [part.partition(" ==")[0].strip("= ") for part in parts] == ["Résilience", "Confiance"]
    assert "''Aucune fiche pour l’instant.''" in parts[0]
    assert "elle se gagne" in parts[1].lower()
    assert "<small>(référentiel, § 5.3.1.3 ; 4.4.1)</small>" in parts[1]
    assert "| [[P]] {{Statut|déduit}}\n| Fierté ; Confiance {{Statut|déduit}}" in parts[1]


def test_a_record_may_be_added_by_name(tmp_path: Path) -> None:
    assert titles_in_order(rendered(tmp_path, INDEX + "avec: [projet/c]\n")) == [
        "L’âne",
        "Béguinage",
        "Muet",
        "Les zébus",
    ]


def test_a_source_of_a_row_is_named_once_with_all_its_passages(tmp_path: Path) -> None:
    figure = "type: indicateur\ntitre: F\nvaleur: 1\nsources: [s § 1, s n. 2, s § 3]\n"
    index = (
        "type: index\ntitre: Chiffres\nenregistrements: {types: [indicateur]}\n"
        "colonnes: [titre, sources]\n"
    )
    files = {
        "narratives/source/s.yaml": "type: source\ntitre: Un livre\ngenre: livre\n",
        "narratives/indicateur/f.yaml": figure,
        "pages/index/chiffres.yaml": index,
    }
    body = render(corpus(tmp_path, files), {})["index/chiffres"].body
    assert "| [[Sources#source-s|Un livre]], §\u00a01 ; n.\u00a02 ; §\u00a03\n" in body


def test_a_column_may_tell_several_fields_and_an_empty_one_is_left_out(tmp_path: Path) -> None:
    columns = "colonnes: [titre, lieu, {titre: Quand et quoi, champs: [annee, themes]}]"
    body = rendered(tmp_path, INDEX.replace("colonnes: [titre, annee, themes]", columns))
    heads = [line[16:] for line in body.split("\n") if line.startswith('! scope="col"')]
    assert heads == ["Titre", "Quand et quoi"]
    row = body.partition("[[Les zébus]]\n")[2].split("\n")[0]
    assert row == '| data-sort-value="2018-00-00" | 2018<br>Voirie'


def test_a_long_list_is_split_by_letter(tmp_path: Path) -> None:
    body = rendered(tmp_path, INDEX + "grouper_par: initiale\n")
    assert [part.split(" ==")[0] for part in body.split("\n== ")[1:]] == ["A", "M", "Z"]
    titles = ["L’école", "Œuvre", "« Ici et là »", "1995 en images"]
    assert [initial(title) for title in titles] == ["E", "O", "I", "0–9"]


BY_LIMIT = (
    "type: index\ntitre: Limites\nenregistrements:\n  types: [projet]\n"
    "  limites: [flou-du-cadre, surcharge-agents]\ngrouper_par: limites\ncolonnes: [titre, annee]\n"
)
LIMITED = (
    "type: projet\ntitre: {}\nannee: {}\nlimites:\n"
    "  - {{valeur: flou-du-cadre, note: Personne ne savait qui décidait.}}\n"
    "  - {{valeur: surcharge-agents, statut: deduit, note: Une soirée par semaine.}}\n"
)


def test_a_record_with_two_words_has_one_row_and_what_is_said_under_each(tmp_path: Path) -> None:
    files = {
        "narratives/projet/p.yaml": LIMITED.format("Le banc", 2018),
        "narratives/projet/q.yaml": "type: projet\ntitre: Le mur\nannee: 2019\n"
        "limites: [surcharge-agents]\n",
        "pages/index/limites.yaml": BY_LIMIT,
    }
    body = render(corpus(tmp_path, files), {})["index/limites"].body
    assert body.count("|-\n| [[Le banc]]") == 1
    first, second = body.partition("== Surcharge des agents ==")[::2]
    assert "<br><small>Personne ne savait qui décidait.</small>" in first
    assert "* [[Le banc]] {{Statut|déduit}} : Une soirée par semaine.\n" in second
    # the tables of both parts have the same columns, as wide
    sizes = [line for line in body.split("\n") if line.startswith('! scope="col"')]
    assert len(sizes) == 4 and sizes[:2] == sizes[2:]


def test_what_is_folded_is_named_above_with_its_links(tmp_path: Path) -> None:
    """So that a page of forty projects says which, on a phone as on paper."""
    files = {
        f"narratives/projet/p{n}.yaml": PROJECT.format(
            f"Le projet numéro {n} au titre un peu long", "abouti", "voirie", 2000 + n % 20
        )
        for n in range(60)
    }
    index = (
        "type: index\ntitre: Essai\nenregistrements: {types: [projet]}\n"
        "colonnes: [titre, annee, statut]\ngrouper_par: themes\n"
    )
    short = dict(list(files.items())[:3])
    long = render(corpus(tmp_path / "long", {**files, "pages/index/e.yaml": index}), {})
    brief = render(corpus(tmp_path / "court", {**short, "pages/index/e.yaml": index}), {})
    before, _, table = long["index/e"].body.partition("{|")
    assert table.startswith(' class="wikitable sortable mw-collapsible mw-collapsed"')
    assert before.count("[[Le projet numéro") == 60
    assert "mw-collapsed" not in brief["index/e"].body
    assert brief["index/e"].body.count("[[Le projet numéro") == 3


@pytest.mark.parametrize("type_", ["projet", "fifty-fifty", "reunion", "recit", "acteur", "lieu"])
@pytest.mark.parametrize(
    ("key", "expected"),
    [
        ("annee", "Année"),
        ("statut", "Statut"),
        ("genre", "Genre"),
        ("plume", "Plume"),
        ("theme", "Thèmes"),
        ("type", "Type"),
        ("lieu", "Lieu"),
    ],
)
def test_a_heading_is_french_whatever_the_type_of_the_first_row(
    type_: str, key: str, expected: str
) -> None:
    assert header(key, type_) == expected


@pytest.mark.parametrize(
    ("more", "heading"),
    [
        ({}, "Comment cela s’est terminé"),
        (
            {"narratives/reunion/b.yaml": "type: reunion\ntitre: Au café\nlieu: lieu/place\n"},
            "Genre ou état",
        ),
    ],
)
def test_a_meeting_has_no_end_to_be_headed(
    tmp_path: Path, more: dict[str, str], heading: str
) -> None:
    files = {
        "narratives/lieu/place.yaml": "type: lieu\ntitre: La place\ngenre: rue\n",
        "narratives/projet/a.yaml": "type: projet\ntitre: La haie\nlieu: lieu/place\n",
        **more,
    }
    body = render(corpus(tmp_path, files), {})["lieu/place"].body
    assert f'! scope="col" | {heading}\n' in body

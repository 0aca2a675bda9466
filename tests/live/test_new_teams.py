"""What new teams read, on a real wiki: versions, handover, paths; and that it stays as it is."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from desk import GARDEN, Desk, Published
from wikis import Wiki

PERSON = "narratives/acteur/lucie-d.yaml"
VERSIONS = "pages/versions.yaml"
LUCIE = "type: acteur\ntitre: Lucie D\ngenre: personne\n"
WILLING = f"{LUCIE}consentement: {{etat: public, portee: [wiki]}}\n"
SECOND = "Versions : La deuxième"
NAMED = (
    "versions:\n"
    "- {nom: un, titre: La première, date: 2019, phrase: Le début., etiquette: v-un}\n"
    "- {nom: deux, titre: La deuxième, date: 2020, phrase: La suite., etiquette: v-deux}\n"
)
PATH = (
    "type: index\ntitre: Parcours\nparcours:\n"
    "- {fiche: page/accueil, pourquoi: le portail.}\n- {fiche: projet/jardin}\n"
)


@pytest.fixture(scope="module")
def published(shared_wiki: Wiki, tmp_path_factory: pytest.TempPathFactory) -> Published:
    """Two tagged versions, named by a third commit."""
    shared_wiki.reset()
    desk = Desk.new(tmp_path_factory.mktemp("versions") / "corpus", shared_wiki)
    desk.git("tag", "v-un")
    desk.change(GARDEN, "titre: Le jardin", "annee: 2020\nreferents: [{qui: acteur/lucie-d}]\n"
                 "statut: en-cours\ntitre: Le jardin", commit=False)  # fmt: skip
    desk.write({PERSON: WILLING})
    desk.git("tag", "v-deux")
    desk.write({VERSIONS: NAMED, "pages/index/parcours.yaml": PATH})
    return Published.of(desk)


def test_versions_handover_and_paths_are_published_once(desk: Desk) -> None:
    person = desk.wiki.person()
    second = person.text(SECOND) or ""
    assert "* Le projet [[Le jardin du coron]] :\n" in second
    assert "** Le champ « Année » est rempli : 2020." in second
    assert "L’acteur [[Lucie D]] est ajouté." in second
    handover = person.text("Dossier de passation") or ""
    assert "[[Lucie D]]" in handover
    garden = person.text("Le jardin du coron") or ""
    assert "* [[Parcours]], étape 2 sur 2 · ←\u00a0[[Accueil|Bienvenue]]" in garden

    again = desk.clone("ailleurs").sync()
    assert (again.code, again.json["edits"]) == (0, 0), again.err


def test_another_commit_alone_changes_none_of_these_pages(desk: Desk) -> None:
    desk.write({"narratives/lieu/mare.yaml": "type: lieu\ntitre: La mare\ngenre: site\n"})
    actions = desk.plan().actions()
    changed = {id_ for id_, action in actions.items() if action != "none"}
    assert "lieu/mare" in changed
    assert not [id_ for id_ in changed if id_.startswith(("rapport/version", "rapport/passation"))]


def test_who_withdraws_leaves_the_versions_too(desk: Desk) -> None:
    desk.write({PERSON: f"{LUCIE}consentement: {{etat: retire}}\n"})
    done = desk.sync("--yes-retire")
    assert done.code in (0, 1), done.out + done.err
    for title in (SECOND, "Dossier de passation", "Le jardin du coron"):
        assert "Lucie" not in (desk.wiki.person().text(title) or ""), title


def test_a_shallow_clone_is_refused_and_retires_nothing(desk: Desk, tmp_path: Path) -> None:
    address = desk.folder.as_uri()
    subprocess.run(
        ["git", "clone", "--quiet", "--depth=1", address, tmp_path / "partiel"], check=True
    )
    partial = Desk(tmp_path / "partiel", desk.wiki, tmp_path / "autre-cache")
    done = partial.sync()
    assert done.code == 1
    assert "Le clone est partiel" in done.err
    assert "** Le champ « Année » est rempli" in (desk.wiki.person().text(SECOND) or "")

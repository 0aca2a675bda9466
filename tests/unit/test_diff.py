"""What changed between two versions, in sentences, and what is never said again."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from click.testing import CliRunner, Result
from corpora import CONFIG
from gits import commit, git

from loosbot.cli import main

GARDEN = "narratives/projet/jardin.yaml"
TALE = "narratives/recit/jardin.yaml"
PERSON = "narratives/acteur/lucie-d.yaml"
START = {
    "loosbot.yaml": CONFIG,
    GARDEN: "type: projet\ntitre: Le jardin du coron\nannee: 2016\nthemes: [biodiversite]\n",
}


def _commit(folder: Path, files: Mapping[str, str | None], tag: str = "") -> str:
    for path, text in files.items():
        file = folder / path
        if text is None:
            file.unlink()
        else:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")
    made = commit(folder)
    if tag:
        git(folder, "tag", tag)
    return made


def _repository(folder: Path, files: Mapping[str, str] = START) -> Path:
    folder.mkdir()
    _commit(folder, files, "debut")
    return folder


def _diff(folder: Path, *words: str) -> Result:
    return CliRunner().invoke(main, ["diff", *words, "--corpus", str(folder)])


def test_each_field_has_its_sentence(tmp_path: Path) -> None:
    town = _repository(tmp_path / "ville")
    _commit(
        town,
        {
            GARDEN: "type: projet\ntitre: Le jardin du coron\nannee: 2017\n"
            "themes: [biodiversite, dechets-proprete]\nstatut: abouti\n"
            "enseignements:\n- texte: Passer voir chaque mois.\n"
        },
    )
    done = _diff(town, "debut")
    assert done.exit_code == 0, done.output
    assert done.stdout == (
        "De debut à HEAD, fiches et pages : 1 changée.\n"
        "\n"
        "Changé\n"
        "- Le projet « Le jardin du coron » (projet/jardin) :\n"
        "    Le champ « Année » passe de 2016 à 2017.\n"
        "    Le champ « Statut » est rempli : Abouti.\n"
        "    Le champ « Enseignements » est rempli : « Passer voir chaque mois ».\n"
        "    Au champ « Thèmes » s’ajoute : Déchets et propreté.\n"
    )


def test_nothing_changed_is_said(tmp_path: Path) -> None:
    town = _repository(tmp_path / "ville")
    done = _diff(town, "debut", "HEAD")
    assert (done.exit_code, done.stdout) == (0, "Rien n’a changé entre debut et HEAD.\n")


def test_records_come_leave_and_are_renamed(tmp_path: Path) -> None:
    town = _repository(tmp_path / "ville")
    new = "type: projet\ntitre: Le jardin du coron\nannee: 2016\nthemes: [biodiversite]\n"
    _commit(
        town,
        {
            GARDEN: None,
            "narratives/projet/jardin-du-coron.yaml": f"{new}anciens_ids: [projet/jardin]\n",
            "narratives/lieu/place.yaml": "type: lieu\ntitre: La place\ngenre: site\n",
        },
        "milieu",
    )
    _commit(town, {"narratives/lieu/place.yaml": None})
    first = _diff(town, "debut", "milieu").stdout
    assert "- Le lieu « La place » (lieu/place) est ajouté." in first
    assert (
        "- Le projet « Le jardin du coron » (projet/jardin-du-coron) change de nom de fichier."
        in first
    )
    assert "- Le lieu « La place » (lieu/place) est retiré." in _diff(town, "milieu").stdout


def test_a_page_is_compared_passage_by_passage(tmp_path: Path) -> None:
    page = "---\ntitre: La méthode\n---\n\nDébut.\n\n# Écouter\n\nD'abord.\n"
    town = _repository(tmp_path / "ville", {**START, "pages/methode.md": page})
    _commit(
        town,
        {"pages/methode.md": page.replace("D'abord.", "Toujours.") + "\n# Faire\n\nEnsuite.\n"},
    )
    output = _diff(town, "debut").stdout
    assert "    Le passage « Écouter » est réécrit.\n" in output
    assert "    Le passage « Faire » est ajouté.\n" in output
    assert "début" not in output


def test_json_names_the_field_and_the_kind(tmp_path: Path) -> None:
    town = _repository(tmp_path / "ville")
    _commit(town, {GARDEN: "type: projet\ntitre: Le jardin du coron\nannee: 2017\n"})
    data = json.loads(_diff(town, "debut", "--format", "json").stdout)
    assert [
        (document["id"], [(change["field"], change["kind"]) for change in document["changes"]])
        for document in data["documents"]
    ] == [("projet/jardin", [("annee", "changed"), ("themes", "withdrawn")])]


def test_words_that_are_gone_today_are_never_said_again(tmp_path: Path) -> None:
    frank = "frottements: [{texte: Le maire a menti.}]\n"
    base = "type: projet\ntitre: Le jardin du coron\n"
    town = _repository(tmp_path / "ville", {**START, GARDEN: base})
    _commit(town, {GARDEN: base + frank}, "milieu")
    assert "Le maire a menti" in _diff(town, "debut", "milieu").stdout
    _commit(town, {GARDEN: base})
    for versions in (("debut", "milieu"), ("milieu", "HEAD")):
        output = _diff(town, *versions).stdout
        assert "Frottements" in output
        assert "menti" not in output


def test_who_withdraws_today_is_withdrawn_in_the_past(tmp_path: Path) -> None:
    person = "type: acteur\ntitre: Lucie D\ngenre: personne\n"
    tale = (
        "type: recit\ntitre: Au jardin\nprojet: projet/jardin\nvoix:\n"
        "- {qui: acteur/lucie-d, role: habitant, nature: rapporte, texte: Elle aime y venir.}\n"
    )
    garden = START[GARDEN] + "referents: [{qui: acteur/lucie-d}]\n"
    town = _repository(tmp_path / "ville")
    _commit(town, {PERSON: person, TALE: tale, GARDEN: garden}, "milieu")
    assert "Lucie D" in _diff(town, "debut", "milieu").stdout
    _commit(town, {PERSON: f"{person}consentement: {{etat: retire}}\n"})
    output = _diff(town, "debut", "milieu").stdout
    assert "Au jardin" in output
    assert "Lucie" not in output
    assert "lucie" not in output
    _commit(town, {PERSON: None, TALE: None, GARDEN: START[GARDEN]})
    assert "lucie" not in _diff(town, "debut", "milieu~0").stdout.lower()


def test_a_version_is_called_by_its_name_in_the_corpus(tmp_path: Path) -> None:
    town = _repository(tmp_path / "ville")
    first = git(town, "rev-parse", "debut")
    _commit(
        town,
        {
            "pages/versions.yaml": "versions:\n"
            "- {nom: papier, date: 2015, phrase: Avant le dépôt.}\n"
            "- {nom: 2016, titre: L’été 2016, date: 2016, phrase: La première., "
            f"commit: {first}}}\n",
            GARDEN: "type: projet\ntitre: Le jardin\nannee: 2016\nthemes: [biodiversite]\n",
        },
    )
    output = _diff(town, "2016").stdout
    assert output.startswith("De L’été 2016 à HEAD")
    assert "« Titre »" in output
    paper = _diff(town, "papier")
    assert paper.exit_code == 2
    assert "n’est pas dans git" in paper.stderr


def test_an_unknown_version_says_which_there_are(tmp_path: Path) -> None:
    done = _diff(_repository(tmp_path / "ville"), "hier")
    assert done.exit_code == 2
    assert "« hier » n’est ni une version nommée, ni un commit, ni une étiquette." in done.stderr


def test_without_git_there_is_no_past(tmp_path: Path) -> None:
    (tmp_path / "loosbot.yaml").write_text(CONFIG)
    done = _diff(tmp_path, "debut")
    assert (done.exit_code, done.stdout) == (1, "")
    assert "Sans git" in done.stderr


def test_check_warns_of_a_version_that_git_does_not_hold(tmp_path: Path) -> None:
    town = _repository(tmp_path / "ville")
    declared = (
        "versions:\n- {nom: a, date: 2016, phrase: Une., etiquette: debut}\n"
        "- nom: b\n  date: 2017\n  phrase: Deux.\n  etiquette: fin\n  commit: abcdef012345\n"
    )
    _commit(town, {"pages/versions.yaml": declared})
    done = CliRunner().invoke(main, ["check", "--format", "json", "--corpus", str(town)])
    assert done.exit_code == 0
    findings = json.loads(done.stdout)["findings"]
    assert [(finding["code"], finding["line"], finding["severity"]) for finding in findings] == [
        ("version-inconnue", 6, "warning"),
        ("version-inconnue", 7, "warning"),
    ]


def test_check_refuses_two_versions_of_one_name(tmp_path: Path) -> None:
    declared = (
        "versions:\n- {nom: a, date: 2016, phrase: Une.}\n- {nom: a, date: 2017, phrase: B.}\n"
    )
    town = _repository(tmp_path / "ville", {**START, "pages/versions.yaml": declared})
    done = CliRunner().invoke(main, ["check", "--corpus", str(town)])
    assert done.exit_code == 1
    assert "pages/versions.yaml:3:9: erreur [version-en-double]" in done.stdout

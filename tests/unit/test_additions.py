"""A town's own words, fields, sections and rules, followed everywhere by what it writes once."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import corpora
import pytest
import yaml
from click.testing import CliRunner
from corpora import reading
from gits import commit
from test_pull import corpus_of, published, pulled

from loosbot.cli import main
from loosbot.corpus import additions
from loosbot.corpus.check.additionfaults import HEADINGS, PARAMETERS
from loosbot.corpus.privacy.consent import for_channel
from loosbot.corpus.tree import FolderTree
from loosbot.fields.dictionary import dictionary
from loosbot.fields.parameters import FICHES
from loosbot.fields.sections import NOTES, SECTIONS, Section
from loosbot.render.pages import default_titles, render

ADDED = """
ajouts:
  mots:
    theme:
      - {mot: eau-de-pluie, titre: Eau de pluie, definition: Les fossés et les mares.}
    quartier:
      - {mot: nord, titre: Le nord, definition: Au nord de la voie ferrée.}
      - {mot: sud, titre: Le sud, definition: Au sud de la voie ferrée.}
  champs:
    - cle: quartier
      fiches: [projet, fifty-fifty]
      titre: Quartier
      aide: Le côté de la voie ferrée.
      genre: mot
      vocabulaire: quartier
    - cle: delibere_le
      fiches: [projet]
      titre: Délibéré le
      aide: Le jour où le conseil en a décidé.
      genre: date
    - cle: budget_vote
      fiches: [projet]
      titre: Budget voté
      aide: En euros.
      genre: nombre
    - cle: parrain
      fiches: [projet]
      titre: Parrain
      aide: Qui l’a porté au conseil.
      genre: lien
      vers: [acteur]
    - cle: avis_du_conseil_de_quartier
      fiches: [projet]
      titre: Avis
      aide: Ce qu’en a dit le conseil de quartier.
      genre: texte
      partie: L’avis du conseil de quartier
    - cle: gestes
      fiches: [projet]
      titre: Gestes
      aide: Ce que chacun peut faire, un geste par ligne.
      genre: lignes
      partie: Ce que chacun peut faire
  regles:
    - code: quartier-absent
      fiches: [projet]
      champ: quartier
      quand: absent
      message: Le quartier n’est pas dit.
      combler: Écrivez « quartier ».
"""
POND = "narratives/projet/mare.yaml"
FILES = {
    "loosbot.yaml": f"corpus: essai\n{ADDED}",
    "narratives/acteur/mairie.yaml": "type: acteur\ntitre: La mairie\ngenre: institution\n",
    POND: """
type: projet
titre: La mare
themes: [eau-de-pluie]
quartier: nord
delibere_le: 2018-06-15
budget_vote: 1200
parrain: acteur/mairie
avis_du_conseil_de_quartier: |
  Un avis **favorable**.

  Deux réserves.
gestes: [Fermer la vanne, Ramasser les feuilles]
""",
    "narratives/projet/banc.yaml": "type: projet\ntitre: Le banc\n",
    "pages/index/quartiers.yaml": """
type: index
titre: Par quartier
enregistrements: {types: [projet]}
grouper_par: quartier
colonnes: [titre, quartier, budget_vote]
""",
}


@pytest.fixture(autouse=True)
def _only_here() -> Iterator[None]:
    with additions.kept():
        yield


def loosbot(folder: Path, name: str, *words: str | Path) -> tuple[int, str]:
    done = CliRunner().invoke(main, [name, *map(str, words), "--corpus", str(folder)])
    return done.exit_code, done.stdout + done.stderr


def town(folder: Path) -> Path:
    read = reading(folder, FILES)
    assert read.findings == ()
    commit(folder)
    return folder


def record(folder: Path) -> dict[str, Any]:
    data: dict[str, Any] = yaml.safe_load((folder / POND).read_text("utf-8"))
    return data


def test_the_page_shows_them_and_gives_them_back(tmp_path: Path) -> None:
    base = published(FolderTree(town(tmp_path)))
    page = base.rendered["projet/mare"].body
    assert "| Quartier = Le nord\n" in page
    assert "| Délibéré le = 15 juin 2018\n" in page
    assert "| Parrain = [[La mairie]]\n" in page
    assert (
        "== L’avis du conseil de quartier ==\n\nUn avis '''favorable'''.\n\nDeux réserves." in page
    )
    assert "== Ce que chacun peut faire ==\n\n* Fermer la vanne\n* Ramasser les feuilles" in page
    assert "[[Catégorie:Eau de pluie" in page

    edited = page
    for old, new in {
        "| Quartier = Le nord": "| Quartier = Le sud",
        "15 juin 2018": "16 juin 2018",
        "| Budget voté = 1": "| Budget voté = 2",
        "Deux réserves.": "Trois réserves.",
        "* Fermer la vanne": "* Fermer la vanne le soir",
    }.items():
        assert old in edited, old
        edited = edited.replace(old, new)
    carried = pulled(base, {"projet/mare": edited})

    assert carried.complete, carried.pages
    text = carried.files[POND].decode()
    data = yaml.safe_load(text)
    assert (data["quartier"], str(data["delibere_le"])) == ("sud", "2018-06-16")
    assert data["budget_vote"] == 2200
    assert data["gestes"] == ["Fermer la vanne le soir", "Ramasser les feuilles"]
    assert "Trois réserves." in data["avis_du_conseil_de_quartier"]


def test_the_box_has_their_rows_and_the_visual_editor_their_names(tmp_path: Path) -> None:
    base = published(FolderTree(town(tmp_path)))
    template = base.rendered["modele/Fiche projet"].body
    rows = re.findall(r"\{\{#if:\{\{\{([^|{}]+)\|\}\}\}", template)
    assert rows[-5:] == ["Sources", "Quartier", "Délibéré le", "Budget voté", "Parrain"]
    data = json.loads(template.partition("<templatedata>")[2].partition("</templatedata>")[0])
    assert data["params"]["Quartier"]["description"] == "Le côté de la voie ferrée."
    assert data["paramOrder"][-1] == "Parrain"
    # a place may be of the kind « Quartier », but its box has no such row
    assert "{{{Quartier" not in base.rendered["modele/Fiche lieu"].body


def test_an_index_can_group_by_them(tmp_path: Path) -> None:
    page = published(FolderTree(town(tmp_path))).rendered["index/quartiers"].body
    assert "Le nord" in page
    assert "[[La mare]]" in page
    assert "1 200" in page.replace("\u202f", " ").replace("\xa0", " ")


def test_the_form_and_the_dictionary_ask_for_them(tmp_path: Path) -> None:
    folder = town(tmp_path)
    corpus_of(FolderTree(folder))
    fields = {field.key: field for field in dictionary("projet")}
    assert [word.title for word in fields["quartier"].words] == ["Le nord", "Le sud"]
    assert (fields["gestes"].kind, fields["parrain"].targets) == ("lines", ("acteur",))
    assert fields["gestes"].heading == "Ce que chacun peut faire"
    assert "quartier" not in {field.key for field in dictionary("recit")}

    code, output = loosbot(folder, "champs", "projet")
    assert (code, "Le côté de la voie ferrée." in output) == (0, True)
    code, output = loosbot(folder, "champs", "theme")
    assert (code, "Les fossés et les mares." in output) == (0, True)


def test_the_report_asks_what_the_town_asks(tmp_path: Path) -> None:
    code, output = loosbot(town(tmp_path), "trace", "--format", "json")
    gaps = {
        record["id"]: [gap["message"] for gap in record["gaps"] if gap["code"] == "quartier-absent"]
        for record in json.loads(output)["records"]
    }
    assert code == 0
    assert gaps["projet/banc"] == ["Le quartier n’est pas dit."]
    assert gaps["projet/mare"] == []


@pytest.mark.slow
def test_the_dump_has_their_columns_and_words(tmp_path: Path) -> None:
    folder, out = town(tmp_path / "ville"), tmp_path / "export"
    code, output = loosbot(folder, "dump", "build", out)
    assert code == 0, output
    checked = CliRunner().invoke(main, ["dump", "check", str(out)])
    assert checked.exit_code == 0, checked.output
    [table] = out.rglob("projets.csv")
    rows = list(csv.DictReader(table.open(encoding="utf-8")))
    [pond] = [row for row in rows if row["quartier"] == "nord"]
    assert pond["budget_vote"] == "1200"
    assert pond["gestes"] == "Fermer la vanne|Ramasser les feuilles"
    [words] = out.rglob("vocabulaires.csv")
    assert '"quartier","sud","Le sud"' in words.read_text("utf-8")


@pytest.mark.slow
def test_who_withdrew_is_in_none_of_them(tmp_path: Path) -> None:
    who = "type: acteur\ntitre: Rémi P.\ngenre: personne\nconsentement: {etat: retire}\n"
    named = (
        FILES[POND].replace("Fermer la vanne", "Appeler Rémi P.").replace("favorable", "Rémi P.")
    )
    files = {**FILES, POND: named, "narratives/acteur/remi-p.yaml": who}
    read = reading(tmp_path / "ville", files)
    assert read.corpus, read.findings
    shown = for_channel(read.corpus, "wiki", date(2026, 11, 28))
    page = render(shown, default_titles(shown))["projet/mare"].body
    assert "Rémi" not in page
    assert "Ramasser les feuilles" in page
    code, output = loosbot(tmp_path / "ville", "dump", "build", tmp_path / "export")
    assert code == 0, output
    texts = [path.read_bytes() for path in (tmp_path / "export").rglob("*") if path.is_file()]
    assert not any("Rémi".encode() in data for data in texts)


NAMED = (
    ADDED.replace("titre: Le nord", "titre: Le côté de Rémi P.")
    .replace("Au nord de la voie ferrée", "Là où Rémi P. habitait")
    .replace("titre: Parrain", "titre: Parrain choisi par Rémi P.")
    .replace("aide: En euros.", "aide: Comme l’a voulu Rémi P.")
    .replace("partie: Ce que chacun peut faire", "partie: Les gestes de Rémi P.")
    .replace("message: Le quartier n’est pas dit.", "message: Rémi P. demande le quartier.")
)
WHO = "type: acteur\ntitre: Rémi P.\ngenre: personne\nconsentement: {etat: %s}\n"


def named_town(folder: Path, state: str) -> None:
    corpora.write(
        folder,
        {
            **FILES,
            "loosbot.yaml": f"corpus: essai\n{NAMED}",
            "narratives/acteur/remi-p.yaml": WHO % state,
        },
    )


def test_the_words_of_the_town_do_not_name_who_withdrew(tmp_path: Path) -> None:
    named_town(tmp_path, "retire")
    base = published(FolderTree(tmp_path))
    page = base.rendered["projet/mare"].body
    assert "| Quartier = Le côté de personne retirée\n" in page
    assert "| Parrain choisi par personne retirée = [[La mairie]]\n" in page
    assert "== Les gestes de personne retirée ==" in page
    for shown in base.rendered.values():
        assert "Rémi" not in shown.body
    whole = page.replace("= Le côté de personne retirée", "= Le sud")
    carried = pulled(base, {"projet/mare": whole})
    assert yaml.safe_load(carried.files[POND])["quartier"] == "sud"


@pytest.mark.parametrize("state", ["interne", "scelle", "public, jusquau: 2019"])
def test_the_words_of_the_town_do_not_name_who_is_not_shown_to_all(
    tmp_path: Path, state: str
) -> None:
    named_town(tmp_path, state)
    page = published(FolderTree(tmp_path)).rendered["projet/mare"].body
    assert "| Quartier = Le côté de personne non nommée\n" in page
    assert "Rémi" not in page
    code, output = loosbot(tmp_path, "check")
    assert (code, "ajout-nomme" in output) == (0, True)


def test_the_words_of_the_town_name_who_did_not(tmp_path: Path) -> None:
    named_town(tmp_path, "public")
    base = published(FolderTree(tmp_path))
    assert "| Quartier = Le côté de Rémi P.\n" in base.rendered["projet/mare"].body
    code, output = loosbot(tmp_path, "check")
    assert (code, "ajout-nomme" in output) == (0, False)


def test_check_tells_where_the_town_names_who_withdrew(tmp_path: Path) -> None:
    named_town(tmp_path, "public")
    assert loosbot(tmp_path, "check")[0] == 0
    person = tmp_path / "narratives/acteur/remi-p.yaml"
    person.write_text(WHO % "retire", encoding="utf-8")
    for _ in range(2):  # what the second run remembers tells as much
        code, output = loosbot(tmp_path, "check", "--format", "json")
        found = [item for item in json.loads(output)["findings"] if item["code"] == "ajout-nomme"]
        lines = (tmp_path / "loosbot.yaml").read_text("utf-8").splitlines()
        assert [item["line"] for item in found] == [
            number for number, line in enumerate(lines, 1) for _ in range(line.count("Rémi P."))
        ]
        assert code == 0
        assert not any("Rémi" in item["message"] + item["hint"] for item in found)


def test_a_word_of_files_that_names_her_is_told_to_change(tmp_path: Path) -> None:
    words = ADDED.replace("mot: nord", "mot: cote-de-remi-p")
    corpora.write(
        tmp_path,
        {
            "loosbot.yaml": f"corpus: essai\n{words}",
            "narratives/acteur/remi-p.yaml": WHO % "retire",
        },
    )
    _, output = loosbot(tmp_path, "check", "--format", "json")
    [found] = [item for item in json.loads(output)["findings"] if item["code"] == "ajout-nomme"]
    assert found["hint"].startswith("Rien ne le remplace : donnez un autre mot")


def test_a_name_that_somebody_shown_bears_too_stays(tmp_path: Path) -> None:
    """A voice withdrew; a person of that name, with a record of its own, did not."""
    named_town(tmp_path, "public")
    voice = "{qui: Rémi P., role: agent, texte: Oui, consentement: {etat: retire}}"
    tale = tmp_path / "narratives/recit/soir.yaml"
    tale.parent.mkdir()
    tale.write_text(f"type: recit\ntitre: Le soir\nvoix: [{voice}]\n", encoding="utf-8")

    assert "Le côté de Rémi P." in published(FolderTree(tmp_path)).rendered["projet/mare"].body
    assert "ajout-nomme" not in loosbot(tmp_path, "check")[1]


@pytest.mark.slow
def test_no_dump_and_no_site_has_them(tmp_path: Path) -> None:
    named_town(tmp_path / "ville", "retire")
    for name in (["dump", "build"], ["site"]):
        out = tmp_path / name[0]
        words = [*name, str(out), "--corpus", str(tmp_path / "ville")]
        done = CliRunner().invoke(main, words)
        assert done.exit_code == 0, done.output
        texts = {path: path.read_bytes() for path in out.rglob("*") if path.is_file()}
        assert [path for path, data in texts.items() if "Rémi".encode() in data] == []


@pytest.mark.slow
@pytest.mark.parametrize("ending", ["ods", "xlsx", "csv"])
def test_the_spreadsheet_takes_them_out_and_back(tmp_path: Path, ending: str) -> None:
    folder = town(tmp_path / "ville")
    sheet = tmp_path / f"projets.{ending}"
    assert loosbot(folder, "export", "projet", "--format", ending, "--out", sheet)[0] == 0
    assert loosbot(folder, "import", sheet, "--yes")[0] == 0
    assert (folder / POND).read_text("utf-8") == FILES[POND]
    if ending == "csv":
        sheet.write_text(sheet.read_text("utf-8").replace("nord", "sud"), encoding="utf-8")
        assert loosbot(folder, "import", sheet, "--yes")[0] == 0
        assert record(folder)["quartier"] == "sud"


def test_a_new_record_is_told_of_them(tmp_path: Path) -> None:
    folder = town(tmp_path)
    code, output = loosbot(
        folder, "new", "projet", "--titre", "Le pont", "--set", "quartier=Le sud", "--yes"
    )
    assert code == 0, output
    made = (folder / "narratives/projet/le-pont.yaml").read_text("utf-8")
    assert re.search(r"^quartier: sud", made, re.MULTILINE), made


def test_a_corpus_without_them_knows_nothing_of_them(tmp_path: Path) -> None:
    town(tmp_path / "une")
    other = reading(tmp_path / "autre", {POND: FILES[POND]})
    assert {finding.code for finding in other.findings} >= {"cle-inconnue"}
    assert "quartier" not in {field.key for field in dictionary("projet")}


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("    theme:", "    portee:", "décident de ce que fait loosbot"),
        ("mot: eau-de-pluie", "mot: voirie", "y est déjà"),
        ("mot: nord, titre", "mot: nord, plus_large: ouest, titre", "n’est pas un autre mot"),
        ("cle: quartier", "cle: annee", "a déjà une clé"),
        ("titre: Quartier", "titre: Année", "est déjà sur la page"),
        ("titre: Quartier", "titre: Quartier | rue", "ne peut pas être sur le wiki"),
        ("titre: Budget voté", "titre: Quartier", "est déjà à un autre champ"),
        ("      vocabulaire: quartier\n", "", "demande un vocabulaire"),
        ("vocabulaire: quartier", "vocabulaire: quartiers", "Vouliez-vous écrire"),
        ("      vers: [acteur]\n", "", "quels types de fiches il peut nommer"),
        ("partie: L’avis du conseil de quartier", "partie: Résultats", "est déjà sur la page"),
        ("      partie: Ce que chacun peut faire\n", "", "trop long pour l’encadré"),
        ("genre: nombre", "genre: nombre\n      partie: Le budget", "et non dans une partie"),
        ("champ: quartier\n      quand", "champ: quartiers\n      quand", "n’a pas de champ"),
        ("code: quartier-absent", "code: demande-absente", "est de loosbot"),
    ],
)
def test_what_cannot_be_added_is_told_at_its_place(
    tmp_path: Path, old: str, new: str, words: str
) -> None:
    text = FILES["loosbot.yaml"]
    assert old in text
    read = reading(tmp_path, {"loosbot.yaml": text.replace(old, new, 1)})
    findings = [finding for finding in read.findings if finding.path == "loosbot.yaml"]
    assert any(words in f"{finding.message} {finding.hint}" for finding in findings), findings
    assert all(finding.line > 2 for finding in findings)


def test_the_lists_of_what_pages_have_are_true() -> None:
    headings = {part.title for parts in SECTIONS.values() for part in (*parts, NOTES)}
    once = {
        title
        for parts in SECTIONS.values()
        for part in parts
        if isinstance(part, Section)
        for title in part.once
    }
    assert headings | once <= HEADINGS
    assert {field.parameter for fields in FICHES.values() for field in fields} <= PARAMETERS

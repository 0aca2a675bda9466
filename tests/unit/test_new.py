"""``loosbot new``: a file that ``check`` passes, asking for what is needed and no more."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from corpora import reading, write
from keyboard import Typist

from loosbot.cli import main
from loosbot.corpus.model import RECORD_TYPES
from loosbot.corpus.yaml import reader

BENCH = """\
type: projet
titre: Le banc
annee: 2018
lieu: lieu/place
themes: [voirie]
niveau: coproduction
sources: [bulletin § 3]
resultats: [On s'assoit.]
voix:
  - {qui: Ali B., role: habitant, consentement: {etat: public}, texte: On a cloué.}
"""
TOWN = {
    "narratives/projet/banc.yaml": BENCH,
    "narratives/lieu/place.yaml": "type: lieu\ntitre: La place\ngenre: rue\n",
    "narratives/source/bulletin.yaml": "type: source\ntitre: Le bulletin\n",
}


@pytest.fixture
def town(tmp_path: Path) -> Path:
    return write(tmp_path, TOWN)


def new(town: Path, *arguments: str, typed: str | Typist = "") -> Result:
    return CliRunner().invoke(main, ["new", *arguments, "--corpus", str(town)], input=typed)


def written(town: Path, path: str) -> Any:
    document = reader.read((town / path).read_bytes(), path)
    assert document.findings == ()
    return document.data


def errors(town: Path) -> list[str]:
    return [
        finding.message for finding in reading(town, {}).findings if finding.severity == "error"
    ]


def test_a_file_that_comes_while_the_questions_are_answered_stays(town: Path) -> None:
    file = town / "narratives" / "lieu" / "le-stade.yaml"
    hers = "type: lieu\ntitre: Le stade de la ville\ngenre: equipement\n"
    arrives = Typist("\nplace\nÉquipement\n", lambda: file.write_text(hers, encoding="utf-8"))

    done = new(town, "lieu", "--titre", "Le stade", typed=arrives)

    assert done.exit_code == 1
    assert file.read_text(encoding="utf-8") == hers
    assert "ne peut pas être écrit" in done.stderr


@pytest.mark.parametrize("name", RECORD_TYPES)
def test_without_a_question_every_type_gets_a_file_that_check_passes(town: Path, name: str) -> None:
    done = new(town, name, "--titre", "L'été d'Élise", "--yes")
    assert (done.exit_code, done.stdout) == (0, f"narratives/{name}/l-ete-d-elise.yaml\n")
    assert written(town, done.stdout.strip())["titre"] == "L'été d'Élise"
    assert reading(town, {}).findings == ()
    text = (town / done.stdout.strip()).read_text(encoding="utf-8")
    assert "# Résumé : Deux ou trois phrases" in text
    assert "# resume:   # un texte en Markdown\n" in text


def test_what_is_asked_is_what_the_type_requires(town: Path) -> None:
    typed = "Le banc raconté\n\nNadia B.\n1\nElle voulait un banc.\nn\n"
    done = new(town, "recit", typed=typed)
    assert (done.exit_code, done.stdout) == (0, "narratives/recit/le-banc-raconte.yaml\n")
    assert written(town, done.stdout.strip()) == {
        "type": "recit",
        "titre": "Le banc raconté",
        "voix": [
            {
                "qui": ["Nadia B."],
                "role": "habitant",
                "texte": "Elle voulait un banc.",
                "consentement": {"etat": "interne"},
            }
        ],
    }
    assert "Nom du fichier [le-banc-raconte]" in done.stderr
    assert errors(town) == []


def test_a_yes_to_the_consent_asks_where_it_is(town: Path) -> None:
    typed = "Le banc raconté\nle-banc\nNadia B.\nhabitant\nUn banc.\noui\nDossier 12\n"
    done = new(town, "recit", typed=typed)
    assert done.stdout == "narratives/recit/le-banc.yaml\n"
    assert "Les mots de Nadia B. ne paraîtront que" in done.stderr
    [voice] = written(town, done.stdout.strip())["voix"]
    assert voice["consentement"] | {"date": ""} == {
        "etat": "public",
        "date": "",
        "portee": ["wiki"],
        "preuve": "Dossier 12",
    }


def test_a_word_that_is_none_is_asked_again(town: Path) -> None:
    done = new(town, "lieu", "--titre", "Le stade", typed="\nplace\nÉquipement\n")
    assert "Vouliez-vous écrire « rue » ?" in done.stderr
    assert written(town, "narratives/lieu/le-stade.yaml")["genre"] == "equipement"


@pytest.mark.parametrize(
    ("typed", "word"),
    [
        ("habitante", "habitant"),
        ("Les élues", "elu"),
        ("agent·e", "agent"),
        ("opératrices économiques", "operateur-economique"),
        ("habitant ou habitante", "habitant"),
        ("conseillère municipale", "elu"),
    ],
)
def test_a_word_in_another_form_is_told_the_right_one(town: Path, typed: str, word: str) -> None:
    keys = f"\nNadia B.\n{typed}\n{word}\nUn banc.\nje crois\nNon.\n"
    done = new(town, "recit", "--titre", "Le banc raconté", typed=keys)
    assert f"« {word} »" in done.stderr
    assert "Répondez par oui ou par non." in done.stderr
    [voice] = written(town, done.stdout.strip())["voix"]
    assert (voice["role"], voice["consentement"]) == (word, {"etat": "interne"})


def test_a_file_name_that_is_none_is_asked_again(town: Path) -> None:
    done = new(town, "source", "--titre", "Le journal", typed="Le Journal\n\n")
    assert "en minuscules, sans accent ni espace" in done.stderr
    assert done.stdout == "narratives/source/le-journal.yaml\n"


def test_a_key_that_left_its_signs_in_an_answer_is_asked_again(town: Path) -> None:
    done = new(town, "source", typed="Le bull\x1b[Detin 2\nLe bulletin 2\n\n")

    assert done.exit_code == 0, done.output
    assert "un signe qui ne se lit pas : tapez la réponse de nouveau" in done.stderr
    assert written(town, "narratives/source/le-bulletin-2.yaml")["titre"] == "Le bulletin 2"


@pytest.mark.parametrize(
    "given",
    [("--titre", "\udce9t\udce9"), ("--titre", "Un\x07"), ("--titre", "A", "--set", "resume=\x1b")],
)
def test_signs_that_no_file_holds_are_told(town: Path, given: tuple[str, ...]) -> None:
    done = new(town, "recit", *given, "--yes")

    assert done.exit_code == 2, done.output
    assert "contient un signe qui ne se lit pas" in done.stderr
    assert "terminal sur UTF-8" in done.stderr


def test_nobody_at_the_keyboard(town: Path) -> None:
    done = new(town, "recit")
    assert done.exit_code == 2
    assert "personne n’est au clavier" in done.stderr
    assert new(town, "recit", "--yes").exit_code == 2


@pytest.mark.parametrize("title", ["Le banc", "le  banc", "LE BANC", "Le banc !"])
def test_a_duplicate_is_refused_with_the_way_to_it(town: Path, title: str) -> None:
    done = new(town, "projet", "--titre", title, "--yes")
    assert done.exit_code == 1
    assert "projet/banc (dans narratives/projet/banc.yaml)" in done.stderr


@pytest.mark.parametrize(
    ("words", "code", "message"),
    [
        # a file name that is taken; the title of a page of another type
        (("source", "--titre", "Bulletin"), 1, "« Le bulletin », source/bulletin"),
        (("recit", "--titre", "Le banc"), 1, "projet/banc"),
        (("récit", "--titre", "Au banc"), 2, "Vouliez-vous écrire « recit » ?"),
        (("Personne", "--titre", "Ada"), 2, "Cela se dit « acteur » ici : loosbot new acteur"),
        # a voice that is words alone
        (("recit", "--titre", "La haie", "--set", "voix=Bonjour"), 2,
         "[{qui: inconnu, role: habitant, texte: Bonjour}]"),
    ],
)  # fmt: skip
def test_what_is_refused_says_what_is_meant(
    town: Path, words: tuple[str, ...], code: int, message: str
) -> None:
    done = new(town, *words, "--yes")
    assert done.exit_code == code
    assert message in done.stderr


@pytest.mark.parametrize(
    ("given", "key", "value"),
    [
        ("annee=2024", "annee", 2024),
        ("annee=vers 1989", "annee", "vers 1989"),
        ("annee=inconnu", "annee", "inconnu"),
        ("themes=voirie, Énergie", "themes", ["voirie", "energie"]),
        ("themes=[voirie, energie]", "themes", ["voirie", "energie"]),
        ("niveau=Coproduction", "niveau", "coproduction"),
        ("lieu=lieu/place", "lieu", ["lieu/place"]),
        ("resume=Un banc, enfin.", "resume", "Un banc, enfin."),
        ("resultats=On s'assoit, à l'ombre.", "resultats", ["On s'assoit, à l'ombre."]),
        ("demande.date=2024-03", "demande", {"date": "2024-03"}),
        ("demande={date: 2024-03}", "demande", {"date": "2024-03"}),
        ("realisation.participants=12", "realisation", {"participants": 12}),
        ("chiffres=12", "chiffres", [12]),
        ("annee.valeur=2019", "annee", {"valeur": 2019}),
    ],
)
def test_a_key_given_on_the_command_line(town: Path, given: str, key: str, value: Any) -> None:
    done = new(town, "projet", "--titre", "La haie", "--set", given, "--yes")
    assert done.exit_code == 0, done.stderr
    assert written(town, "narratives/projet/la-haie.yaml")[key] == value


def test_a_short_form_that_is_made_precise(town: Path) -> None:
    done = new(
        town, "projet", "--titre", "La haie", "--yes",
        "--set", "annee=2019", "--set", "annee.statut=Déduit",
    )  # fmt: skip
    assert done.exit_code == 0, done.stderr
    record = written(town, "narratives/projet/la-haie.yaml")
    assert record["annee"] == {"valeur": 2019, "statut": "deduit"}


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ("anee=2024", "Vouliez-vous écrire « annee » ?"),
        ("annee", "n’a pas de signe « = »"),
        ("lieu=lieu/plage", "lieu/plage"),
        ("niveau=fort", "n’est pas une valeur possible de « niveau »"),
        ("demande={date: ", "La valeur de « demande » ne se lit pas"),
        ("voix=Bonjour", "« voix » attend une liste, et c’est un texte."),
        ("voix=[Bonjour]", "Un élément de « voix » attend un groupe de clés"),
        ("voix=", "« voix » est vide."),
        ("titre=Le talus", "La clé « titre » est donnée deux fois."),
    ],
)
def test_a_key_that_cannot_be_given(town: Path, given: str, message: str) -> None:
    done = new(town, "projet", "--titre", "La haie", "--set", given, "--yes")
    assert done.exit_code == 2
    assert message in done.stderr
    assert not (town / "narratives/projet/la-haie.yaml").exists()


def test_a_key_that_is_given_twice_loses_no_value(town: Path) -> None:
    done = new(
        town, "projet", "--titre", "La haie", "--yes",
        "--set", "themes=voirie", "--set", "themes=energie",
    )  # fmt: skip
    assert done.exit_code == 2
    assert "La clé « themes » est donnée deux fois." in done.stderr
    assert not (town / "narratives/projet/la-haie.yaml").exists()


def test_from_a_record_of_the_same_type(town: Path) -> None:
    done = new(town, "projet", "--titre", "Un autre banc", "--depuis", "projet/banc", "--yes")
    assert done.exit_code == 0, done.stderr
    assert written(town, "narratives/projet/un-autre-banc.yaml") == {
        "type": "projet",
        "titre": "Un autre banc",
        "lieu": "lieu/place",
        "themes": ["voirie"],
        "niveau": "coproduction",
    }


def test_a_tale_of_a_project_names_it_and_takes_no_voice(town: Path) -> None:
    done = new(town, "recit", "--titre", "Au banc", "--depuis", "projet/banc", "--yes")
    assert done.exit_code == 0, done.stderr
    record = written(town, "narratives/recit/au-banc.yaml")
    assert record["projet"] == ["projet/banc"]
    assert record["themes"] == ["voirie"]
    assert [voice["texte"] for voice in record["voix"]] == ["À écrire."]
    assert record["voix"][0]["consentement"] == {"etat": "interne"}


@pytest.mark.parametrize("typed", ["projet/bancs", "recit/banc", "banc", "projet/Banc.yaml"])
def test_a_record_that_is_not_there_is_told_by_its_nearest_name(town: Path, typed: str) -> None:
    done = new(town, "recit", "--titre", "Au banc", "--depuis", typed, "--yes")
    assert done.exit_code == 2
    assert "Vouliez-vous écrire « projet/banc » ?" in done.stderr


def test_a_consent_that_was_given_stays(town: Path) -> None:
    done = new(
        town, "recit", "--titre", "Au banc", "--yes", "--set", "voix.qui=Ali B.",
        "--set", "voix.role=habitant", "--set", "voix.texte=On a cloué.",
        "--set", "voix.consentement.etat=public",
    )  # fmt: skip
    assert done.exit_code == 0, done.stderr
    [voice] = written(town, "narratives/recit/au-banc.yaml")["voix"]
    assert voice["consentement"] == {"etat": "public"}


def test_a_person_is_kept_inside_until_somebody_says_otherwise(town: Path) -> None:
    done = new(town, "acteur", "--titre", "Nadia B.", "--set", "genre=personne", "--yes")
    assert done.exit_code == 0, done.stderr
    assert written(town, "narratives/acteur/nadia-b.yaml")["consentement"] == {"etat": "interne"}


def test_a_record_can_be_begun_beside_a_broken_one(town: Path) -> None:
    write(town, {"narratives/lieu/cassee.yaml": "type: lieu\ntitre: [\n"})
    done = new(town, "lieu", "--titre", "Le stade", "--yes")
    assert done.exit_code == 0, done.stderr


def test_the_schema_is_named_where_the_corpus_holds_it(town: Path) -> None:
    write(town, {"schemas/lieu.json": "{}"})
    new(town, "lieu", "--titre", "Le stade", "--yes")
    text = (town / "narratives/lieu/le-stade.yaml").read_text(encoding="utf-8")
    assert text.startswith("# $schema: ../../schemas/lieu.json\n")

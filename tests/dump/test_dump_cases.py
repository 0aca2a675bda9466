"""The projects in the columns of Participedia and of the national schema."""

from __future__ import annotations

import csv
import io
import re
import uuid
from pathlib import Path

import frictionless
import pytest
import town

from loosbot.corpus import schema
from loosbot.dump.filtered import KINDS, Edition
from loosbot.dump.formats import transition
from loosbot.dump.formats.participedia import files as case_files
from loosbot.dump.formats.participedia.mapping import load
from loosbot.dump.formats.participedia.rules import RULES
from loosbot.dump.formats.participedia.sheet import examined, refusals

VERGER = "trifouilly:fifty-fifty/verger"


def files(edition: Edition) -> dict[str, list[dict[str, str]]]:
    return {
        path.partition("/")[2]: list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))
        for path, data in case_files.files(edition, examined(edition))
    }


@pytest.fixture
def case(research: Edition) -> dict[str, str]:
    (verger,) = [row for row in files(research)["cases.csv"] if row["id"] == VERGER]
    return verger


def test_the_header_is_theirs_whatever_the_rows(research: Edition, tmp_path: Path) -> None:
    ((_, data), *_) = case_files.files(research, examined(research))
    few = {path: text for path, text in town.FILES.items() if "narratives" not in path}
    nobody = town.edition(town.write(tmp_path, few))
    ((_, empty), *_) = case_files.files(nobody, examined(nobody))

    header = data.decode("utf-8").split("\n")[0]
    assert header == empty.decode("utf-8").rstrip("\n")
    assert header.startswith("\ufeffid,type,title,url,description,featured,post_date")
    assert header.endswith("evaluation_links_count,collections")
    assert len(header.split(",")) == 113


def test_a_fifty_fifty_is_a_case(case: dict[str, str]) -> None:
    expected = {
        "type": "case",
        "title": "Un verger planté ensemble",
        "original_language": "fr",
        "city": "Trifouilly",
        "country": "France",
        "latitude": "50.4562",
        "general_issues_1": "environment",
        "start_date": "2018-02-03",
        "end_date": "",
        "ongoing": "1",
        "time_limited": "",
        "purposes_1": "deliver",
        "approaches_1": "coproduction",
        "public_spectrum": "collaborate",
        "number_of_participants_1": "12",
        "method_types_1": "community",
        "facetoface_online_or_both": "facetoface",
        "participants_interactions_1": "ask",
        "insights_outcomes_1": "public",
        "volunteers": "",
        "impact_evidence": "1",
        "province": "Hauts-de-France",
        "staff": "1",
    }
    assert {column: case[column] for column in expected} == expected
    assert "Ce qui s’est passé\n\n- 2 mars 2018 : La réunion du soir" in case["body"]
    assert "Planter plus tôt." in case["body"]
    assert "Références\n\n- Le cahier du chantier, 2018" in case["body"]
    assert "<" not in case["body"]


def test_what_is_not_known_is_empty_and_never_zero(case: dict[str, str], research: Edition) -> None:
    for column in ("volunteers", "formal_evaluation", "recruitment_method", "legality"):
        assert case[column] == "", column
    zeros = {
        (row["id"], column)
        for row in files(research)["cases.csv"]
        for column, value in row.items()
        if value == "0" and not column.endswith("_count")
    }
    assert zeros == set()
    persons = [column for column in case if column.startswith(("creator_", "last_updated_by"))]
    assert len(persons) == 6 and not any(case[person] for person in persons)


def test_every_cell_has_its_state(research: Edition) -> None:
    tables = files(research)
    states = {(row["cas"], row["colonne"]): row for row in tables["etats.csv"]}
    cells = {
        (case["id"], column): value
        for case in tables["cases.csv"]
        for column, value in case.items()
    }
    assert states.keys() == cells.keys()
    for where, row in states.items():
        if where[1] != "body":
            assert row["valeur"] == cells[where]
        nothing = row["etat"] in ("inconnu", "sans-objet", "absent", "masque", "sans-equivalent")
        assert not (nothing and cells[where]), where
    verger = {column: row for (id_, column), row in states.items() if id_ == VERGER}
    assert verger["formal_evaluation"]["etat"] == "inconnu"
    assert verger["public_spectrum"]["etat"] == "deduit"
    assert verger["public_spectrum"]["source"] == "source/cahier"
    assert verger["general_issues_1"]["etat"] == "atteste"
    assert verger["specific_topics_1"]["etat"] == "deduit"
    assert verger["ongoing"]["source"] == "source/cahier p. 1"
    assert "précision : jour" in verger["start_date"]["note"]
    assert verger["change_types_1"]["etat"] == "sans-equivalent"
    assert "cout-reduit" in verger["change_types_1"]["note"]
    assert verger["legality"]["etat"] == "sans-objet"
    assert verger["creator_name"]["etat"] == "masque"
    rules = {row["regle"]: row["texte"] for row in tables["correspondance.csv"] if row["texte"]}
    assert all(rules[row["regle"]] for row in states.values())


def test_an_approximate_date_says_how_fine_it_is(public: Edition) -> None:
    states = files(public)["etats.csv"]
    start = next(row for row in states if row["colonne"] == "start_date" and row["valeur"])

    assert start["valeur"] == "2018-02-01" and "précision : mois" in start["note"]


def test_titles_over_ten_words_are_refused_and_named(tmp_path: Path) -> None:
    path = "narratives/fifty-fifty/verger.yaml"
    long = town.FILES[path].replace(
        "Un verger planté", "Un deux trois quatre cinq six sept huit neuf dix"
    )
    edition = town.edition(town.write(tmp_path, {**town.FILES, path: long}), "recherche")

    assert files(edition)["cases.csv"] == []
    (refusal,) = refusals(examined(edition))
    assert "fifty-fifty/verger" in refusal and "10 mots" not in refusal and "admet 10" in refusal


def test_a_range_is_no_count_and_no_middle(tmp_path: Path) -> None:
    path = "narratives/fifty-fifty/verger.yaml"
    text = town.FILES[path].replace("valeur: 12,", "valeur: 10 à 15, statut: estime,")
    edition = town.edition(town.write(tmp_path, {**town.FILES, path: text}), "recherche")

    tables = files(edition)
    assert tables["cases.csv"][0]["number_of_participants_1"] == ""
    (state,) = [r for r in tables["etats.csv"] if r["colonne"] == "number_of_participants_1"]
    assert (state["etat"], state["note"]) == ("estime", "10 à 15 personnes")


def test_a_deduced_effect_is_no_evidence(tmp_path: Path) -> None:
    path = "narratives/fifty-fifty/verger.yaml"
    text = town.FILES[path].replace("[cout-reduit]", "[{valeur: confiance, statut: deduit}]")
    edition = town.edition(town.write(tmp_path, {**town.FILES, path: text}), "recherche")

    (case,) = files(edition)["cases.csv"]
    assert (case["impact_evidence"], case["change_types_1"]) == ("", "changes_civic")


def test_what_was_only_announced_answers_nothing(tmp_path: Path) -> None:
    """Expected participants were attested ones, and an expected effect evidence of impact."""
    path = "narratives/fifty-fifty/verger.yaml"
    text = town.FILES[path].replace("{valeur: 12,", "{valeur: 12, statut: prevu,")
    text = text.replace("[cout-reduit]", "[{valeur: cout-reduit, statut: prevu}]")
    text = text.replace("date: du 4 au 15 juin 2018", "date: 2030")
    text = text.replace("realisation:\n", "realisation:\n  statut: prevu\n")
    meeting = town.FILES["narratives/reunion/soir.yaml"]
    meeting = meeting.replace("date: 2018-03-02", "date: {valeur: 2030-03-02, statut: prevu}")
    meeting = meeting.replace("compte_rendu: {date: 2018-03-09}\n", "")
    more = {path: text, "narratives/reunion/soir.yaml": meeting}
    more["narratives/projet/rue.yaml"] = (
        "type: projet\ntitre: Une rue\nniveau: consultation\nannee: {valeur: 2030, statut: prevu}\n"
    )
    edition = town.edition(town.write(tmp_path, {**town.FILES, **more}), "recherche")

    tables = files(edition)
    (case,) = tables["cases.csv"]
    keys = ("number_of_participants_1", "impact_evidence", "change_types_1", "facilitators")
    assert [case[key] for key in keys] == [""] * 4
    assert case["start_date"] == "2018-02-03"
    states = {row["colonne"]: row["etat"] for row in tables["etats.csv"]}
    assert states["number_of_participants_1"] == states["impact_evidence"] == "absent"


@pytest.mark.parametrize(
    ("level", "year", "count"),
    [
        ("niveau: consultation", "annee: 2018", 2),
        ("", "annee: 2018", 1),
        ("niveau: consultation", "", 1),
    ],
)
def test_a_project_is_a_case_once_it_has_a_level_and_a_date(
    tmp_path: Path, level: str, year: str, count: int
) -> None:
    more = {"narratives/projet/rue.yaml": f"type: projet\ntitre: Une rue\n{level}\n{year}\n"}
    edition = town.edition(town.write(tmp_path, {**town.FILES, **more}), "recherche")

    assert len(files(edition)["cases.csv"]) == count


@pytest.mark.parametrize("allowed", [True, False])
def test_a_voice_is_quoted_only_if_others_may_use_it(tmp_path: Path, allowed: bool) -> None:
    path = "narratives/recit/le-verger-de-celia-c.yaml"
    scope = "dump-recherche, reutilisation-tiers" if allowed else "dump-recherche"
    text = town.FILES[path].replace("portee: [wiki, dump-recherche, dump-public]",
                                    f"portee: [wiki, {scope}]")  # fmt: skip
    edition = town.edition(town.write(tmp_path, {**town.FILES, path: text}), "recherche")

    (case,) = files(edition)["cases.csv"]
    assert ("derrière l’église" in case["body"]) is allowed
    assert "CANARI" not in case["body"]


def test_the_mapping_only_uses_words_that_exist() -> None:
    mapping = load()
    ours = {
        "general_issues": schema.shape("projet").properties["themes"].items,
        "specific_topics": schema.shape("projet").properties["themes"].items,
        "change_types": schema.shape("projet").properties["effets"].items,
        "ongoing": schema.shape("projet").properties["statut"],
        "public_spectrum": schema.shape("projet").properties["niveau"],
        "scope_of_influence": schema.shape("lieu").properties["genre"],
        "insights_outcomes": schema.shape("source").properties["genre"],
        "sector": schema.shape("acteur").properties["genre"],
    }
    for column, table in mapping.tables.items():
        codes = {code for words in table.values() for code in words}
        assert codes <= mapping.codes[column].keys(), column
        if column in ours:
            shape = ours[column]
            assert shape and table.keys() <= {word.value for word in shape.words}, column
    themes = schema.shape("projet").properties["themes"].items
    assert themes and mapping.tables["general_issues"].keys() == {
        word.value for word in themes.words
    }


def test_the_rules_are_those_of_the_questions() -> None:
    mapping = load()
    assert mapping.header == mapping.headers["cases"]
    assert RULES.keys() <= {question.name for question in mapping.questions}
    for question in mapping.questions:
        assert question.asked and question.rule.endswith("."), question.name
        # a question without fields is left empty, or is told by the corpus as a whole
        assert question.fields or question.name not in RULES, question.name


def test_every_code_that_is_written_is_theirs(checkout: Path) -> None:
    mapping = load()
    for kind in KINDS:
        for case in files(town.edition(checkout, kind))["cases.csv"]:
            for question in mapping.questions:
                written = [case[column] for column in question.columns if case[column]]
                codes = mapping.codes.get(question.name)
                assert codes is None or set(written) <= codes.keys(), (case["id"], question.name)
                assert len(written) == len(set(written)), (case["id"], question.name)


def test_the_mapping_is_published_with_its_labels(public: Edition) -> None:
    rows = files(public)["correspondance.csv"]

    word = next(row for row in rows if row["mot"] == "energie")
    assert (word["code"], word["anglais"], word["francais"]) == ("energy", "Energy", "Énergie")
    spectrum = next(
        row for row in rows if row["mot"] == "coproduction" and row["code"] == "collaborate"
    )
    assert (spectrum["code"], spectrum["anglais"]) == ("collaborate", "Collaborate")


def test_organizations_are_no_persons(research: Edition, public: Edition) -> None:
    for edition in (research, public):
        tables = files(edition)
        assert [row["title"] for row in tables["organizations.csv"]] == ["La mairie"]
        assert [row["sector"] for row in tables["organizations.csv"]] == ["government"]
        assert "fifty-fifty" in " ".join(row["id"] for row in tables["methods.csv"])


NATIONAL = {
    "id": {"required": True},
    "createdAt": {
        "required": True,
        "pattern": r"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:?\d{2})$",
    },
    "updatedAt": {"required": True, "pattern": r"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?Z$"},
    "nom": {"required": True},
    "phase": {"enum": ["Idée", "Étude", "Opération"]},
    "phaseStatut": {
        "enum": ["En cours", "En retard", "En pause", "Bloqué", "Abandonné", "Terminé"]
    },
    "porteurCodeSiret": {"pattern": r"^\d{14}$"},
}
"""The constraints of the national schema, version 0.1.1."""


@pytest.mark.parametrize("edition", ["public", "research"])
def test_transition_projects_fit_the_national_schema(
    edition: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    ((path, data),) = transition.files(request.getfixturevalue(edition), ())
    (tmp_path / path).write_bytes(data)
    fields = [
        {"name": name, "type": "string", "constraints": NATIONAL.get(name, {})}
        for name in transition.COLUMNS
    ]
    report = frictionless.validate(
        path, basepath=str(tmp_path), schema=frictionless.Schema({"fields": fields})
    )
    assert report.valid, report.flatten(["message"])
    (row,) = csv.DictReader(io.StringIO(data.decode("utf-8")))
    assert uuid.UUID(row["id"]) and row["nom"] == "Un verger planté ensemble"
    assert (row["phase"], row["phaseStatut"]) == ("Opération", "En cours")
    assert not any(value for name, value in row.items() if re.match("porteurReferent", name))


def test_only_transition_projects_go_to_the_national_file(tmp_path: Path) -> None:
    path = "narratives/fifty-fifty/verger.yaml"
    other = town.FILES[path].replace("themes: [biodiversite]", "themes: [culture-memoire]")
    edition = town.edition(town.write(tmp_path, {**town.FILES, path: other}))

    ((_, data),) = transition.files(edition, ())
    assert data.decode("utf-8").count("\n") == 1

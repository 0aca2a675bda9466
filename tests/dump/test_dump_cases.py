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
from loosbot.dump import case_files, transition
from loosbot.dump.correspondence import load
from loosbot.dump.model import Edition

VERGER = "trifouilly:fifty-fifty/verger"


def files(edition: Edition) -> dict[str, list[dict[str, str]]]:
    return {
        path.partition("/")[2]: list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))
        for path, data in case_files.files(edition, ())
    }


@pytest.fixture
def told(research: Edition) -> dict[str, str]:
    (one,) = [row for row in files(research)["cases.csv"] if row["id"] == VERGER]
    return one


def test_the_header_is_theirs_whatever_the_rows(research: Edition, tmp_path: Path) -> None:
    ((_, data), *_) = case_files.files(research, ())
    few = {path: text for path, text in town.FILES.items() if "narratives" not in path}
    ((_, empty), *_) = case_files.files(town.edition(town.write(tmp_path, few)), ())

    header = data.decode("utf-8").split("\n")[0]
    assert header == empty.decode("utf-8").rstrip("\n")
    assert header.startswith("\ufeffid,type,title,url,description,featured,post_date")
    assert header.endswith("evaluation_links_count,collections")
    assert len(header.split(",")) == 113


def test_a_fifty_fifty_is_a_case(told: dict[str, str]) -> None:
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
        "time_limited": "a",
        "purposes_1": "deliver",
        "purposes_2": "develop",
        "approaches_1": "coproduction",
        "public_spectrum": "collaborate",
        "number_of_participants_1": "12",
        "method_types_1": "community",
        "facetoface_online_or_both": "facetoface",
        "participants_interactions_1": "storytelling",
        "insights_outcomes_1": "public",
        "volunteers": "1",
        "impact_evidence": "1",
    }
    assert {column: told[column] for column in expected} == expected
    assert "Ce qui s’est passé" not in told["body"] and "Planter plus tôt." in told["body"]
    assert "<" not in told["body"]


def test_what_is_not_known_is_empty_and_never_zero(told: dict[str, str], research: Edition) -> None:
    for column in ("staff", "formal_evaluation", "facilitators", "legality"):
        assert told[column] == "", column
    zeros = {
        (row["id"], column)
        for row in files(research)["cases.csv"]
        for column, value in row.items()
        if value == "0" and not column.endswith("_count")
    }
    assert zeros == set()
    persons = [one for one in told if one.startswith(("creator_", "last_updated_by"))]
    assert len(persons) == 6 and not any(told[one] for one in persons)


def test_every_cell_has_its_state(research: Edition) -> None:
    found = files(research)
    states = {(row["cas"], row["colonne"]): row for row in found["etats.csv"]}
    cells = {
        (case["id"].partition(":")[2], column): value
        for case in found["cases.csv"]
        for column, value in case.items()
    }
    assert states.keys() == cells.keys()
    for where, row in states.items():
        if where[1] != "body":
            assert row["valeur"] == cells[where]
        empty = row["etat"] in ("inconnu", "sans-objet", "absent", "masque", "sans-equivalent")
        assert empty == (not cells[where]), where
    verger = {column: row for (id_, column), row in states.items() if id_.endswith("verger")}
    assert verger["formal_evaluation"]["etat"] == "inconnu"
    assert verger["public_spectrum"]["etat"] == "deduit"
    assert verger["public_spectrum"]["regle"] == "7"
    assert verger["start_date"]["precision"] == "jour"
    assert verger["change_types_1"]["etat"] == "sans-equivalent"
    assert verger["legality"]["etat"] == "absent"


def test_an_approximate_date_says_how_fine_it_is(public: Edition) -> None:
    states = files(public)["etats.csv"]
    start = next(row for row in states if row["colonne"] == "start_date" and row["valeur"])

    assert (start["valeur"], start["precision"]) == ("2018-02-01", "mois")


def test_titles_over_ten_words_are_refused_and_named(tmp_path: Path) -> None:
    path = "narratives/fifty-fifty/verger.yaml"
    long = town.FILES[path].replace(
        "Un verger planté", "Un deux trois quatre cinq six sept huit neuf dix"
    )
    edition = town.edition(town.write(tmp_path, {**town.FILES, path: long}), "recherche")

    assert files(edition)["cases.csv"] == []
    (said,) = case_files.refusals(edition)
    assert "fifty-fifty/verger" in said and "10 mots" not in said and "admet 10" in said


def test_the_mapping_only_uses_words_that_exist() -> None:
    mapping = load()
    ours = {
        "themes": schema.shape("projet").properties["themes"].items,
        "effets": schema.shape("projet").properties["effets"].items,
        "statut": schema.shape("projet").properties["statut"],
        "niveau": schema.shape("projet").properties["niveau"],
        "lieu.genre": schema.shape("lieu").properties["genre"],
    }
    for rule in mapping.rules.values():
        codes = {code for words in rule.words.values() for code in words}
        assert codes <= mapping.labels.get(rule.column, {"0": (), "1": ()}).keys(), rule.column
        if rule.field in ours:
            shape = ours[rule.field]
            assert shape and set(rule.words) <= {word.value for word in shape.words}, rule.column
    themes = {word.value for word in ours["themes"].words}  # type: ignore[union-attr]  # a list
    assert set(mapping.rules["general_issues"].words) == themes
    numbers = [rule.number for rule in mapping.rules.values()]
    assert len(numbers) == len(set(numbers))


def test_the_mapping_is_published_with_its_labels(public: Edition) -> None:
    rows = files(public)["correspondance.csv"]

    one = next(row for row in rows if row["valeur"] == "energie")
    assert (one["code"], one["anglais"], one["francais"]) == ("energy", "Energy", "Énergie")
    spectrum = next(row for row in rows if row["valeur"] == "coproduction")
    assert (spectrum["code"], spectrum["anglais"]) == ("collaborate", "Collaborate")


def test_organizations_are_no_persons(research: Edition, public: Edition) -> None:
    for edition in (research, public):
        found = files(edition)
        assert [row["title"] for row in found["organizations.csv"]] == ["La mairie"]
        assert [row["sector"] for row in found["organizations.csv"]] == ["government"]
        assert "fifty-fifty" in " ".join(row["id"] for row in found["methods.csv"])


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

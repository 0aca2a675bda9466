"""What is known of a stage, as its page and the reports say it."""

from __future__ import annotations

from datetime import date

import pytest

from loosbot.corpus.model import Record
from loosbot.corpus.stages import StageFacts, stage_of
from loosbot.corpus.yaml.reader import read
from loosbot.fields.stages import stage_state, stop_state


def record(value: object, **others: object) -> Record:
    data = {"titre": "Un banc", **others} | ({} if value is None else {"demande": value})
    return Record("projet/banc", "projet", "narratives/projet/banc.yaml", data)


@pytest.mark.parametrize(
    ("value", "state"),
    [
        (None, "non renseigné"),
        ({}, "non renseigné"),
        ("inconnu", "inconnu"),
        ("sans-objet", "sans objet"),
        ({"date": "sans-objet"}, "sans objet"),
        ({"date": "inconnu", "demandeurs": "inconnu"}, "inconnu"),
        ({"date": "inconnu", "demandeurs": "acteur/a"}, "inconnu"),
        ({"demandeurs": "acteur/a"}, "dit, sans source"),
        ({"date": "inconnu", "sources": ["referentiel"]}, "attesté"),
        ({"duree": {"du": "2018"}}, "dit, sans source"),
        ({"duree": {"du": "2018"}, "preuve": "Un courrier"}, "attesté"),
        # announced, whoever announced it
        ({"date": "2018", "statut": "prevu", "sources": ["referentiel"]}, "prévu"),
        ({"date": {"valeur": "2018", "statut": "prevu"}}, "non renseigné"),
        ({"document": "source/convention"}, "attesté"),
        ({"engagements": [{"echeance": "2018", "quoi": "Peindre"}]}, "dit, sans source"),
    ],
)
def test_a_card_says_what_a_date_or_a_document_proves(value: object, state: str) -> None:
    assert stage_state(record(value), "demande") == state


def test_what_is_told_rests_on_the_sources_of_the_record() -> None:
    project = record({"besoin": "De l'ombre"}, sources=["registre § 1"])
    assert stage_of(project, "demande", None) == StageFacts(
        "attested", "", ("registre § 1",), described=True
    )


def test_a_day_still_to_come_is_a_plan() -> None:
    planned = record({"date": "2020-02-01"})
    assert stage_of(planned, "demande", date(2020, 1, 31)) == StageFacts("missing", planned=True)
    backed = record({"date": "2020-02-01", "preuve": "Un devis"}, sources=["registre"])
    assert stage_of(backed, "demande", date(2020, 1, 31)).word == "prévu"
    assert stage_of(backed, "demande", date(2020, 2, 1)).word == "attesté"
    assert stage_of(planned, "demande", date(2020, 2, 1)) == StageFacts(
        "missing", "2020-02-01", (), described=True
    )


@pytest.mark.parametrize(
    ("project", "key", "state", "day"),
    [
        # what a finished project tells, dated and with a source, was made
        ("statut: abouti\nderoule: [{date: 2010-06-05, texte: Déployée.}]", "realisation",
         "attested", "2010-06-05"),
        ("statut: en-cours\nderoule: [{date: 2010, texte: On en parle.}]", "realisation",
         "missing", ""),
        ("statut: en-cours\nderoule: [{date: 2010, texte: Bâti., etape: realisation}]",
         "realisation", "attested", "2010"),
        ("statut: abouti\nderoule: [{date: 2010, texte: À bâtir., statut: prevu}]", "realisation",
         "missing", ""),
        ("deroule: [{date: 2010, texte: Demandé., etape: demande}]", "demande", "attested", "2010"),
        # a feast owes no convention
        ("statut: abouti", "convention", "not-applicable", ""),
        ("statut: abouti", "evaluation", "missing", ""),
    ],
)  # fmt: skip
def test_a_dated_deed_counts_for_its_stage(project: str, key: str, state: str, day: str) -> None:
    data = {"sources": ["registre"], **(read(project.encode(), "a.yaml").data or {})}
    stage = stage_of(Record("projet/a", "projet", "a.yaml", data), key, date(2020, 1, 1))
    assert (stage.state, str(stage.date)) == (state, day)


@pytest.mark.parametrize(
    ("value", "state"),
    [
        ("inconnu", "inconnu"),
        ({"motif": "inconnu"}, "inconnu"),
        ({"date": "2019", "motif": "inconnu"}, "attesté"),
        ({"motif": "L'assurance ne suit pas."}, "attesté"),
    ],
)
def test_a_stop_is_attested_as_soon_as_one_thing_is_said(value: object, state: str) -> None:
    assert stop_state(record(None, arret=value)) == state

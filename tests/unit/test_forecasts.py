"""What was announced is a state of its own: before its day, after it, and never news."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from corpora import corpus

from loosbot.corpus.privacy.consent import for_channel
from loosbot.trace.layout.as_json import to_json
from loosbot.trace.layout.text import to_text
from loosbot.trace.reported import Report
from loosbot.trace.reports.whole import build
from loosbot.trace.rules import load_rules

FEAST = """\
type: projet
titre: La fête
statut: annonce
annee: 2025
sources: [note]
realisation: {date: 2025-06-01, statut: prevu, texte: On fera la fête.}
"""
BRIDGE = """\
type: fifty-fifty
titre: Le pont
sources: [note]
realisation: {date: 2025-06-01, preuve: Un devis}
"""
FILES = {
    "narratives/projet/fete.yaml": FEAST,
    "narratives/fifty-fifty/pont.yaml": BRIDGE,
    "narratives/source/note.yaml": "type: source\ntitre: La note\ngenre: document\n",
}


def report(root: Path, today: date | None) -> Report:
    return build(for_channel(corpus(root, FILES), "rapport", today), None, load_rules(), today)


def text_of(report: Report) -> str:
    return " ".join(to_text(report).split())


@pytest.mark.parametrize(
    ("today", "feast", "bridge", "heading"),
    [
        # before their day both are plans; after it the one that says so stays one
        (date(2025, 1, 1), "prévu", "prévu", "Annoncé, à venir"),
        (date(2026, 1, 1), "prévu", "attesté", "Annoncé, sans nouvelles depuis"),
    ],
)
def test_an_announced_stage_has_a_word_of_its_own(
    tmp_path: Path, today: date, feast: str, bridge: str, heading: str
) -> None:
    trace = report(tmp_path, today)
    text = text_of(trace)
    assert ("prévu : " in text) == (feast == "prévu")
    stages = {
        record["id"]: next(stage for stage in record["stages"] if stage["stage"] == "realisation")
        for record in json.loads(to_json(trace))["records"]
        if record["stages"]
    }
    assert stages["projet/fete"] == {
        "stage": "realisation", "state": "missing", "date": "", "sources": [], "planned": True,
    }  # fmt: skip
    assert ("planned" in stages["fifty-fifty/pont"]) == (bridge == "prévu")
    assert heading in text
    assert ("sans nouvelles depuis" in text) == (heading == "Annoncé, sans nouvelles depuis")
    # neither unsaid nor without a source: it is asked after in its own list
    gaps = {
        (record.id, gap.code)
        for record in trace.records
        for gap in record.gaps
        if "realis" in gap.code
    }
    assert not gaps
    assert all(
        entry.last_news != "2025-06-01" for entry in trace.upkeep if entry.id == "projet/fete"
    )


def test_nothing_is_so_since_a_day_to_come(tmp_path: Path) -> None:
    trace = report(tmp_path, date(2024, 1, 1))
    assert "Depuis 2025" not in text_of(trace)


def test_without_a_day_nobody_says_what_is_over(tmp_path: Path) -> None:
    text = text_of(report(tmp_path, None))
    assert "sans nouvelles" not in text and "à venir" not in text
    assert "Annoncé - projet/fete" in text


def test_a_voice_that_nobody_collected_is_no_share(tmp_path: Path) -> None:
    """0 % would say that nobody spoke; all that is known is that nobody wrote it down."""
    text = text_of(report(tmp_path, date(2026, 1, 1)))
    assert "Projets dont parlent des élus : aucune voix recueillie, sur 2 projets" in text
    assert "0 %" not in text


def test_a_meeting_to_come_owes_no_minutes_and_one_service_is_said_once(tmp_path: Path) -> None:
    meetings = {
        f"narratives/reunion/{slug}.yaml": f"type: reunion\ntitre: {slug}\ndate: {day}\n"
        for slug, day in (("passee", "2025-01-05"), ("a-venir", "2026-05-05"))
    }
    shown = for_channel(corpus(tmp_path, meetings), "rapport", date(2026, 1, 1))
    trace = build(shown, None, load_rules(), date(2026, 1, 1))
    assert [meeting.id for meeting in trace.minutes] == ["reunion/passee"]
    # the only quarter and the only service are the whole
    assert text_of(trace).count("0 sur 1 (0 %)") == 1


@pytest.mark.parametrize(
    ("day", "given", "status", "days"),
    [
        ("2018-03-09", "2018-03-20", "in-time", 11),
        ("2018-03-09", "vers 2018-03-20", "not-dated", None),
        ("vers 2018-03-09", "2018-03-20", "not-dated", None),
        ("2018-03-09", "vers 2019-03-20", "late", None),
    ],
)
def test_the_days_of_minutes_are_counted_where_they_are_known(
    tmp_path: Path, day: str, given: str, status: str, days: int | None
) -> None:
    meeting = f"type: reunion\ntitre: Le parc\ndate: {day}\ncompte_rendu: {{date: {given}}}\n"
    files = {"narratives/reunion/parc.yaml": meeting}
    shown = for_channel(corpus(tmp_path, files), "rapport", date(2026, 1, 1))
    [minutes] = build(shown, None, load_rules(), date(2026, 1, 1)).minutes
    assert (minutes.status, minutes.days) == (status, days)


def test_an_announced_effect_is_told_by_its_name(tmp_path: Path) -> None:
    effect = FEAST + "effets: [{valeur: emergence-de-leaders, statut: prevu}]\n"
    files = {**FILES, "narratives/projet/fete.yaml": effect}
    shown = for_channel(corpus(tmp_path, files), "rapport", date(2026, 1, 1))
    trace = build(shown, None, load_rules(), date(2026, 1, 1))
    assert "Émergence de leaders" in {effect.what for effect in trace.announced}

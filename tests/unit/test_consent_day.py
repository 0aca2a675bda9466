"""A consent ends on the real day, commit or not; what is computed goes by HEAD's."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path

import pytest
from corpora import write
from gits import commit
from processes import loosbot

from loosbot.corpus.privacy.consent import for_channel
from loosbot.diff.past import open_past
from loosbot.dump.edition.source import read as read_dump
from loosbot.errors import UserError
from loosbot.history.consentday import consent_day, real_day, require_not_ahead
from loosbot.history.git import Commit
from loosbot.history.moments import at
from loosbot.sync.source import read_source
from loosbot.trace.reports.source import report

REAL = date(2026, 11, 28)
RECIT = """\
type: recit
titre: Le puits
voix:
  - {qui: Zoé Q., role: habitant, texte: MOTFINI, consentement: {etat: public, jusquau: 2021}}
  - {qui: Luc V., role: habitant, texte: MOTSCELLE, consentement: {etat: scelle, jusquau: 2021}}
"""


def _commit(day: str) -> Commit:
    return Commit(id="c0ffee", author="", email="", date=f"{day}T12:00:00Z")


@pytest.mark.parametrize(
    ("head", "day"),
    [
        ("2020-06-15", REAL),
        ("2026-11-28", REAL),
        ("2026-11-29", date(2026, 11, 29)),  # an honest clock, some hours ahead
        ("2026-11-30", REAL),  # not believed
        ("2099-01-01", REAL),
    ],
)
def test_the_later_of_both_days(head: str, day: date) -> None:
    assert consent_day(_commit(head), REAL) == day


def test_a_head_after_tomorrow_publishes_nothing() -> None:
    require_not_ahead(_commit("2026-11-29"), REAL)
    with pytest.raises(UserError, match="2099-01-01"):
        require_not_ahead(_commit("2099-01-01"), REAL)


def _corpus(root: Path, day: str) -> Path:
    write(root, {"narratives/recit/puits.yaml": RECIT})
    commit(root, day=day)
    return root


def test_a_consent_that_ended_since_the_last_commit_is_ended_everywhere(tmp_path: Path) -> None:
    root = _corpus(tmp_path, "2020-06-15")
    source = read_source(root)
    assert source.today == date(2020, 6, 15)
    assert source.consents == real_day()
    past = open_past(root)
    for shown in (source.corpus, for_channel(past.now, "wiki", past.day)):
        assert "MOTFINI" not in repr(shown)
        assert "MOTSCELLE" in repr(shown)
    assert past.today == date(2020, 6, 15)
    assert report(at(root, None)).date == "2020-06-15"


@pytest.mark.slow
def test_a_dump_records_the_day_of_its_consents(tmp_path: Path) -> None:
    root = _corpus(tmp_path / "corpus", "2020-06-15")
    snapshot = read_dump(root).snapshot
    assert (snapshot.date, snapshot.consents) == ("2020-06-15", real_day().isoformat())
    dump = tmp_path / "dump"
    words = ("dump", "build", dump, "--corpus", root)
    assert loosbot(*words, XDG_CONFIG_HOME=str(tmp_path)).returncode == 0
    report = json.loads((dump / "rapport.json").read_text())
    assert report["consentements_au"] == snapshot.consents
    assert "MOTFINI" not in (dump / "README.md").read_text()


def test_nothing_is_published_from_a_head_that_has_not_come(tmp_path: Path) -> None:
    ahead = (real_day() + timedelta(days=400)).isoformat()
    root = _corpus(tmp_path, ahead)
    for publish in (read_source, read_dump):
        with pytest.raises(UserError, match="rien n’est publié"):
            publish(root)
    # looking at it opens no seal either
    assert open_past(root).day == real_day()

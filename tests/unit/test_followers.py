"""Who follows a project now, and who left: one answer, wherever it is asked."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from corpora import corpus

from loosbot.corpus.privacy.consent import for_channel
from loosbot.render.pages import default_titles, render
from loosbot.trace.handover.collect import handovers
from loosbot.trace.handover.parts import parts
from loosbot.trace.layout.typeset import plain
from loosbot.trace.reports.whole import build
from loosbot.trace.rules import load_rules

TODAY = date(2026, 11, 28)
GARDEN = """\
type: projet
titre: Le jardin
statut: en-cours
annee: 2019
referents: [{referent}]
engagements: [{{id: banc, qui: La mairie, quoi: Poser un banc, echeance: 2027}}]
"""
LOU = "type: acteur\ntitre: Lou G.\ngenre: personne\npublic: oui\n{mandates}"


@pytest.mark.parametrize(
    ("referent", "mandates", "follows", "expected"),
    [
        ("{qui: acteur/lou}", "", True, ""),
        ("{qui: acteur/lou, du: 2020}", "", True, "depuis 2020"),
        ("{qui: acteur/lou, du: 2015, au: 2018}", "", False, "de 2015 à 2018"),
        ("{qui: acteur/lou, du: 2018, au: inconnu}", "", False,
         "depuis 2018, on ne sait pas jusqu’à quand"),
        # nobody wrote that this role ended, but every office of theirs did
        ("{qui: acteur/lou, du: 2020}", "mandats: [{fonction: élue, du: 2014, au: 2020}]\n", False,
         "depuis 2020, on ne sait pas jusqu’à quand"),
        ("{qui: acteur/lou}", "mandats: [{fonction: élue, du: 2014}]\n", True, ""),
    ],
)  # fmt: skip
def test_who_left_follows_nowhere(
    tmp_path: Path, referent: str, mandates: str, *, follows: bool, expected: str
) -> None:
    files = {
        "narratives/projet/jardin.yaml": GARDEN.format(referent=referent),
        "narratives/acteur/lou.yaml": LOU.format(mandates=mandates),
    }
    masked = for_channel(corpus(tmp_path, files), "rapport", TODAY)
    rules = load_rules()
    report = build(masked, None, rules, TODAY)
    assert {record.who for record in report.records if record.stages} == {
        "Lou G." if follows else ""
    }

    ((_, handed),) = [pair for pair in handovers(masked, rules, TODAY) if not pair[0].key]
    tables = {table.id: table for table in parts(handed, masked, str)}
    titles = {record.id: record.title for record in masked.records.values()}
    row = tables["en-cours"].rows[0]
    assert ("Lou G." in plain(row.cells[2], titles.__getitem__)) == follows
    assert bool(tables["en-cours"].notes) != follows  # « à désigner »
    who = tables["qui" if follows else "partis"]
    text = " ".join(plain(cell, titles.__getitem__) for row in who.rows for cell in row.cells)
    assert "Lou G." in text and expected in text
    assert ("partis" if follows else "qui") not in tables

    # a page has no clock: only the end of the role itself shows there
    page = render(masked, default_titles(masked))["projet/jardin"].body
    assert ("Qui peut en parler" in page) == ("au:" in referent)


def test_a_promise_of_long_ago_is_history_even_when_nobody_said_what_became_of_it(
    tmp_path: Path,
) -> None:
    files = {
        "narratives/projet/maisons.yaml": """\
type: projet
titre: Les maisons
annee: 1953
statut: abouti
engagements: [{id: heures, qui: Les membres, quoi: Donner des heures, echeance: 1955}]
""",
        "narratives/projet/route.yaml": """\
type: projet
titre: La route
statut: en-cours
engagements: [{id: sel, qui: La mairie, quoi: Saler, echeance: 2010}]
""",
    }
    masked = for_channel(corpus(tmp_path, files), "rapport", TODAY)
    ((_, handed), *_) = handovers(masked, load_rules(), TODAY)
    assert [promise.record for promise in handed.late] == ["projet/route"]

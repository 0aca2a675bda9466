"""A report limited to a team or a subject, and the groups of inhabitants that nobody hears."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping
from pathlib import Path

import pytest
from corpora import corpus
from traced import TODAY

from loosbot.corpus.privacy.consent import for_channel
from loosbot.errors import UsageError
from loosbot.trace.handover.subject import records_of, subject
from loosbot.trace.layout.as_json import to_json
from loosbot.trace.layout.html import to_html
from loosbot.trace.layout.sheet import to_csv
from loosbot.trace.layout.text import to_text
from loosbot.trace.reported import Report
from loosbot.trace.reports.whole import build
from loosbot.trace.rules import load_rules

FILES = {
    "narratives/projet/haie.yaml": """\
type: projet
titre: La haie
themes: [biodiversite]
referents: [{qui: acteur/zoe}]
enseignements: [Arroser la haie.]
""",
    "narratives/projet/route.yaml": """\
type: projet
titre: La route
themes: [voirie]
demande: {date: 2019, demandeurs: acteur/jeunes, preuve: Un courrier}
engagements: [{id: sable, qui: acteur/voirie, quoi: Sabler la route}]
""",
    "narratives/recit/route.yaml": """\
type: recit
titre: La route racontée
projet: projet/route
annee: 2019
voix: [{qui: acteur/leo, role: habitant, texte: Elle glissait., consentement: {etat: public}}]
""",
    "narratives/reunion/haie.yaml": """\
type: reunion
titre: Une réunion pour la haie
projet: projet/haie
date: 2019-05-02
niveau: consultation
""",
    "narratives/acteur/voirie.yaml": "type: acteur\ntitre: La voirie\ngenre: service\n",
    "narratives/acteur/nature.yaml": "type: acteur\ntitre: Le service nature\ngenre: service\n",
    "narratives/acteur/zoe.yaml": """\
type: acteur
titre: Zoé D.
genre: personne
organisation: acteur/nature
""",
    "narratives/acteur/leo.yaml": """\
type: acteur
titre: Léo F.
genre: personne
organisation: acteur/jeunes
""",
    "narratives/acteur/jeunes.yaml": "type: acteur\ntitre: Les jeunes\ngenre: habitants\n",
    "narratives/acteur/locataires.yaml": "type: acteur\ntitre: Les locataires\ngenre: habitants\n",
    "narratives/acteur/ecole.yaml": "type: acteur\ntitre: Une école\ngenre: groupe\n",
    "narratives/lieu/champ.yaml": "type: lieu\ntitre: Le champ\ngenre: site\n",
}


def report(root: Path, asked: str = "", files: Mapping[str, str] = FILES) -> Report:
    shown = for_channel(corpus(root, dict(files)), "rapport", TODAY)
    if not asked:
        return build(shown, None, load_rules(), TODAY)
    about = subject(shown, asked)
    ids = records_of(about, shown)
    return build(shown, None, load_rules(), TODAY, about=about.name, only=ids)


@pytest.mark.parametrize(
    ("asked", "name", "expected"),
    [
        ("theme-biodiversite", "", {"projet/haie", "reunion/haie"}),
        ("theme-voirie", "", {"projet/route", "recit/route"}),
        # a team, by the project that one of them follows; somebody, by name
        ("service-nature", "Le service nature", {"projet/haie", "reunion/haie"}),
        ("Zoé D.", "Zoé D.", {"projet/haie", "reunion/haie"}),
        ("acteur/jeunes", "Les jeunes", {"projet/route", "recit/route"}),
        ("projet/route", "La route", {"projet/route", "recit/route"}),
        ("lieu/champ", "Le champ", set()),
    ],
)
def test_a_report_is_about_what_was_asked(
    tmp_path: Path, asked: str, name: str, expected: set[str]
) -> None:
    trace = report(tmp_path, asked)
    assert not name or trace.about == name
    data = json.loads(to_json(trace))
    ids = {
        *(record["id"] for record in data["records"]),
        *(promise["record"] for promise in data["promises"]),
        *(meeting["id"] for meeting in data["minutes"]["meetings"]),
        *(project["id"] for project in data["voices"]["projects"]),
        *(id_ for figure in data["figures"] for id_ in figure["among"]),
    }
    kinds = ("projet/", "reunion/", "recit/")
    assert {id_.partition("#")[0] for id_ in ids if id_.startswith(kinds)} == expected
    # every form says it, and none what is of others
    rows = list(csv.DictReader(io.StringIO(to_csv(trace))))
    assert {
        row["fiche"].partition("#")[0] for row in rows if row["fiche"].startswith(kinds)
    } == expected
    for form in (to_text(trace), to_html(trace)):
        assert f"Traçabilité d’essai : {trace.about}" in " ".join(form.split())
        assert ("La haie" in form) == ("projet/haie" in expected)


def test_a_share_is_taken_over_what_was_asked(tmp_path: Path) -> None:
    whole = {figure.code: figure.said for figure in report(tmp_path / "a").figures}
    part = {figure.code: figure.said for figure in report(tmp_path / "b", "theme-voirie").figures}
    assert whole["voix/habitant"] == "1 sur 2 (50\N{NO-BREAK SPACE}%)"
    assert part["voix/habitant"] == "1 sur 1 (100\N{NO-BREAK SPACE}%)"
    assert part["comptes-rendus"] == "aucun compte rendu"


def test_a_subject_that_nobody_knows_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="n’est ni un service"):
        report(tmp_path, "service-inconnu")


def test_a_group_is_heard_by_one_of_its_own(tmp_path: Path) -> None:
    assert report(tmp_path).voices.groups_never_named == ("acteur/locataires",)


def test_where_no_group_of_inhabitants_is_declared_nobody_is_named(tmp_path: Path) -> None:
    declared = {path: text for path, text in FILES.items() if "genre: habitants" not in text}
    changed = {path: text.replace("acteur/jeunes", "Les jeunes") for path, text in declared.items()}
    assert report(tmp_path, files=changed).voices.groups_never_named == ()

"""What an outgoing team leaves: judged on a day, by town, service and subject."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import corpora

from loosbot.corpus.model import Corpus
from loosbot.render.pages import render
from loosbot.trace.handover import Handover, handovers, scopes
from loosbot.trace.rules import load_rules

FILES = {
    "narratives/acteur/technique.yaml": "type: acteur\ntitre: Services techniques\n"
    "genre: service\n",
    "narratives/acteur/anne.yaml": "type: acteur\ntitre: Anne B\ngenre: personne\n"
    "successeur: acteur/rachid\n",
    "narratives/acteur/rachid.yaml": "type: acteur\ntitre: Rachid C\ngenre: personne\n",
    "narratives/projet/banc.yaml": "type: projet\ntitre: Les bancs\nstatut: en-cours\n"
    "themes: [amenagement]\nparties_prenantes: [acteur/technique]\n"
    "referents: [{qui: acteur/anne, du: 2015, au: 2019}]\n"
    "engagements:\n"
    "- {id: bois, qui: acteur/technique, quoi: Livrer le bois, echeance: 2020-03-01}\n"
    "- {id: vis, qui: acteur/anne, quoi: Fournir les vis, issue: tenu}\n",
    "narratives/projet/kiosque.yaml": "type: projet\ntitre: Le kiosque\nstatut: abandonne\n"
    "themes: [culture-memoire]\narret: {date: 2018, motif: Le sol ne tient pas.}\n"
    "enseignements: [{texte: Sonder le sol d'abord.}]\n",
    "narratives/projet/mare.yaml": "type: projet\ntitre: La mare\nstatut: inconnu\n",
    "narratives/reunion/bancs.yaml": "type: reunion\ntitre: Réunion des bancs\ndate: 2019-01-10\n"
    "genre: reunion-publique\nservice: acteur/technique\nprojet: projet/banc\n"
    "decisions: [{texte: Garder l'ancien banc.}]\n",
}


def _town(tmp_path: Path) -> Corpus:
    return corpora.corpus(tmp_path, FILES)


def _of(corpus: Corpus, key: str, today: date | None) -> Handover:
    found = handovers(corpus, load_rules(), today)
    return next(one for scope, one in found if scope.key == key)


def test_each_service_and_each_subject_of_a_project_has_its_own(tmp_path: Path) -> None:
    assert [one.key for one in scopes(_town(tmp_path))] == [
        "",
        "service-technique",
        "theme-amenagement",
        "theme-culture-memoire",
    ]


def test_a_town_without_projects_hands_nothing_over(tmp_path: Path) -> None:
    corpus = corpora.corpus(
        tmp_path, {"narratives/lieu/a.yaml": "type: lieu\ntitre: A\ngenre: rue\n"}
    )
    assert scopes(corpus) == ()
    assert "rapport/passation" not in render(corpus, {}, date(2020, 1, 1))


def test_how_each_project_stands(tmp_path: Path) -> None:
    found = _of(_town(tmp_path), "", date(2020, 1, 1))
    assert found.running == ("projet/banc",)
    assert found.stopped == ("projet/kiosque",)
    assert found.undecided == ("projet/mare",)


def test_a_promise_is_late_only_once_its_day_is_over(tmp_path: Path) -> None:
    corpus = _town(tmp_path)
    for today, promised, late in (
        (date(2020, 3, 1), ["Livrer le bois"], []),
        (date(2020, 3, 2), [], ["Livrer le bois"]),
        (None, ["Livrer le bois"], []),
    ):
        found = _of(corpus, "", today)
        assert [one.what for one in found.promised] == promised
        assert [one.what for one in found.late] == late


def test_kept_promises_are_not_handed_over(tmp_path: Path) -> None:
    found = _of(_town(tmp_path), "", date(2021, 1, 1))
    told = (*found.promised, *found.late, *found.unknown, *found.lessons)
    assert "Fournir les vis" not in [one.what for one in told]
    assert [one.what for one in found.unknown] == ["Garder l'ancien banc."]
    assert [one.what for one in found.lessons] == ["Sonder le sol d'abord."]


def test_who_left_has_a_successor_and_the_project_nobody(tmp_path: Path) -> None:
    found = _of(_town(tmp_path), "", date(2020, 1, 1))
    (carrier,) = found.carriers
    assert (carrier.who, carrier.until, carrier.successor) == (
        "acteur/anne",
        "2019",
        "acteur/rachid",
    )
    assert found.uncarried == ("projet/banc",)


def test_a_part_holds_only_its_own(tmp_path: Path) -> None:
    corpus = _town(tmp_path)
    service = _of(corpus, "service-technique", date(2020, 1, 1))
    assert (service.running, service.stopped) == (("projet/banc",), ())
    assert service.lessons == ()
    culture = _of(corpus, "theme-culture-memoire", date(2020, 1, 1))
    assert (culture.running, culture.stopped) == ((), ("projet/kiosque",))


def test_successors_in_a_circle_end(tmp_path: Path) -> None:
    files = {
        **FILES,
        "narratives/acteur/rachid.yaml": "type: acteur\ntitre: Rachid C\ngenre: personne\n"
        "successeur: acteur/anne\n",
    }
    (carrier,) = _of(corpora.corpus(tmp_path, files), "", None).carriers
    assert carrier.successor == "acteur/rachid"


def test_the_page_says_why_it_stopped_and_holds_no_day(tmp_path: Path) -> None:
    corpus = _town(tmp_path)
    first = render(corpus, {}, date(2020, 1, 1))["rapport/passation"]
    assert first.title == "Dossier de passation"
    assert "| Abandonné\n| 2018\n| Le sol ne tient pas." in first.body
    assert "[[Dossier de passation : Services techniques|Services techniques]]" in first.body
    assert first.body == render(corpus, {}, date(2020, 1, 2))["rapport/passation"].body
    late = render(corpus, {}, date(2020, 3, 2))["rapport/passation"].body
    assert "Livrer le bois (Services techniques)" in late
    assert "Livrer le bois (Services techniques)" not in first.body

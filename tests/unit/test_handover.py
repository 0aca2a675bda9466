"""What an outgoing team leaves: judged on a day, by town, service and subject."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import corpora
import pytest
from click.testing import CliRunner, Result
from gits import commit

from loosbot.cli import main
from loosbot.corpus.model import Corpus
from loosbot.render.pages import render
from loosbot.trace.handover.collect import Handover, handovers, key_of, scopes
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
    "enseignements: [{texte: Sonder le sol d’abord.}]\n",
    "narratives/projet/mare.yaml": "type: projet\ntitre: La mare\nstatut: inconnu\n",
    "narratives/reunion/bancs.yaml": "type: reunion\ntitre: Réunion des bancs\ndate: 2019-01-10\n"
    "genre: reunion-publique\nservice: acteur/technique\nprojet: projet/banc\n"
    "decisions: [{texte: Garder l’ancien banc.}]\n",
}


def _town(tmp_path: Path) -> Corpus:
    return corpora.corpus(tmp_path, FILES)


def _of(corpus: Corpus, key: str, today: date | None) -> Handover:
    handed = handovers(corpus, load_rules(), today)
    return next(handover for scope, handover in handed if scope.key == key)


def test_each_service_and_each_subject_of_a_project_has_its_own(tmp_path: Path) -> None:
    assert [scope.key for scope in scopes(_town(tmp_path))] == [
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
    handover = _of(_town(tmp_path), "", date(2020, 1, 1))
    assert handover.running == ("projet/banc",)
    assert handover.stopped == ("projet/kiosque",)
    assert handover.undecided == ("projet/mare",)


def test_a_promise_is_late_only_once_its_day_is_over(tmp_path: Path) -> None:
    corpus = _town(tmp_path)
    for today, promised, late in (
        (date(2020, 3, 1), ["Livrer le bois"], []),
        (date(2020, 3, 2), [], ["Livrer le bois"]),
        (None, ["Livrer le bois"], []),
    ):
        handover = _of(corpus, "", today)
        assert [promise.what for promise in handover.promised] == promised
        assert [promise.what for promise in handover.late] == late


def test_kept_promises_are_not_handed_over(tmp_path: Path) -> None:
    handover = _of(_town(tmp_path), "", date(2021, 1, 1))
    statements = (*handover.promised, *handover.late, *handover.unknown, *handover.lessons)
    assert "Fournir les vis" not in [entry.what for entry in statements]
    assert [entry.what for entry in handover.unknown] == ["Garder l’ancien banc."]
    assert [entry.what for entry in handover.lessons] == ["Sonder le sol d’abord."]


def test_who_left_has_a_successor_and_the_project_nobody(tmp_path: Path) -> None:
    handover = _of(_town(tmp_path), "", date(2020, 1, 1))
    (carrier,) = handover.carriers
    assert (carrier.who, carrier.until, carrier.successor) == (
        "acteur/anne",
        "2019",
        "acteur/rachid",
    )
    assert handover.uncarried == ("projet/banc",)


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
    assert (
        '| Abandonné\n| data-sort-value="2018-00-00" | 2018\n| Le sol ne tient pas.' in first.body
    )
    assert "[[Dossier de passation : Services techniques|Services techniques]]" in first.body
    assert first.body == render(corpus, {}, date(2020, 1, 2))["rapport/passation"].body
    late = render(corpus, {}, date(2020, 3, 2))["rapport/passation"].body
    promised = "Livrer le bois – Services techniques (pour le 1er mars 2020"
    assert f"{promised}, il y a moins d’un an)" in late
    assert f"{promised})" in first.body
    assert "== En retard ==" in late


def _past(folder: Path) -> Path:
    """The bench was promised in 2020 and made in 2021; then Anne withdrew."""
    corpora.write(folder, FILES)
    commit(folder, day="2020-01-05")
    bench = folder / "narratives/projet/banc.yaml"
    bench.write_text(bench.read_text().replace("statut: en-cours", "statut: abouti"))
    anne = folder / "narratives/acteur/anne.yaml"
    anne.write_text(anne.read_text() + "consentement: {etat: retire}\n")
    commit(folder, day="2021-01-05")
    return folder


def _handover(folder: Path, *words: str) -> Result:
    return CliRunner().invoke(main, ["handover", "--corpus", str(folder), *words])


def test_the_handover_of_an_earlier_day_is_that_of_its_version(tmp_path: Path) -> None:
    town = _past(tmp_path)
    done = _handover(town, "--date", "2020-02-01")
    assert done.exit_code == 0, done.output
    assert done.stdout.startswith("Dossier de passation, au 1er février 2020\n")
    assert (
        "\nEn cours ou annoncé\n- Les bancs (ce qui attend : 1 promesse qui court ;" in done.stdout
    )
    assert "Promis\n- Les bancs\n  - Livrer le bois – Services techniques" in done.stdout
    assert "Anne" not in done.stdout
    now = _handover(town).stdout
    assert "En cours ou annoncé" not in now
    assert "En retard\n- Les bancs\n  - Livrer le bois – Services techniques" in now


def test_it_prints_as_one_page_of_html(tmp_path: Path) -> None:
    out = tmp_path / "passation.html"
    town = _past(tmp_path / "ville")
    done = _handover(town, "--format", "html", "--about", "service-technique", "--out", str(out))
    assert (done.exit_code, done.stdout) == (0, "")
    page = out.read_text(encoding="utf-8")
    assert "<h1>Dossier de passation : Services techniques, au 5 janvier 2021</h1>" in page
    assert "size: A4" in page
    assert ">Ce qui est en retard</caption>" in page


def test_a_theme_leads_to_the_one_that_takes_it_in() -> None:
    assert key_of("theme-voirie") == "theme-mobilite-voirie"
    assert key_of("theme-amenagement") == "theme-amenagement"
    assert key_of("service-voirie") == "service-voirie"


@pytest.mark.parametrize(
    ("words", "code", "message"),
    [
        (("--date", "hier"), 2, "n’est pas un jour"),
        (("--date", "2019-01-01"), 1, "n’avait encore aucune version"),
        (("--about", "theme-lune"), 2, "theme-amenagement"),
    ],
)
def test_what_cannot_be_handed_over_is_said(
    tmp_path: Path, words: tuple[str, ...], code: int, message: str
) -> None:
    done = _handover(_past(tmp_path), *words)
    assert done.exit_code == code
    assert message in done.stderr


DEDUCED = {
    "narratives/projet/four.yaml": "type: projet\ntitre: Le four\nannee: {valeur: 2015, "
    "statut: estime}\nstatut: {valeur: entretien-erode, statut: deduit}\nthemes: [amenagement]\n"
    "limites: [{valeur: temps-long, statut: deduit}]\n"
    "enseignements: [{texte: Commander le bois avant., statut: deduit, "
    "suite: {quoi: Une liste, fait: non}}]\n"
    "engagements: [{id: bois, qui: La mairie, quoi: Fournir le bois., echeance: 2031, "
    "issue: en-cours, statut: deduit}]\n",
}


def test_what_is_deduced_says_so_wherever_it_is_told_again(tmp_path: Path) -> None:
    corpus = corpora.corpus(tmp_path, DEDUCED)
    commit(tmp_path)
    handed = " ".join(_handover(tmp_path).output.split())
    assert "érodé (déduit)" in handed
    assert "(déduit)" in handed.partition("limites dites : ")[2][:40]
    assert "Fournir le bois (déduit) – La mairie" in handed
    assert "Commander le bois avant (déduit)" in handed
    told = " ".join(CliRunner().invoke(main, ["trace", "--corpus", str(tmp_path)]).output.split())
    assert "La mairie : Fournir le bois (déduit)" in told
    assert "Commander le bois avant (déduit)" in told
    assert "Commander le bois avant (déduit)" in str(render(corpus, {})["rapport/promesses"].body)


def test_a_town_whose_projects_have_no_subject_says_that_it_has_one_dossier(tmp_path: Path) -> None:
    path = "narratives/projet/mare.yaml"
    corpora.write(tmp_path, {path: FILES[path]})
    commit(tmp_path)
    asked = ["handover", "--about", "service", "--corpus", str(tmp_path)]
    run = CliRunner().invoke(main, asked)
    assert run.exit_code == 2
    assert "« service » n’a pas de dossier.\n  Il n’y a que celui de la commune." in run.stderr

"""What is due: read back by icalendar and as Atom, on a day, of whom it concerns."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from hashlib import sha256
from pathlib import Path
from xml.etree import ElementTree as ET

import corpora
import pytest
from click.testing import CliRunner, Result
from gits import commit
from icalendar import Calendar, Component

from loosbot.cli import main
from loosbot.due.collect import collect
from loosbot.due.due import Due
from loosbot.trace.facts import view
from loosbot.trace.rules import load_rules

WOOD = "Promesse : Livrer le bois"
STAMP = "2020-07-01T08:30:00Z"
PUBLIC = "consentement: {etat: public, portee: [wiki], jusquau: 2099-06-30}"
FILES = {
    "loosbot.yaml": "corpus: essai\ncommune: Loos-en-Gohelle\n",
    "pages/accueil.md": "---\ntitre: Accueil\n---\n\nBonjour.\n",
    "narratives/acteur/technique.yaml": "type: acteur\ntitre: Services techniques\n"
    "genre: service\n",
    "narratives/acteur/anne.yaml": "type: acteur\ntitre: Anne B.\ngenre: personne\n"
    f"organisation: acteur/technique\n{PUBLIC}\n",
    "narratives/acteur/zoe.yaml": "type: acteur\ntitre: Zoé Q.\ngenre: personne\n"
    "consentement: {etat: retire, jusquau: 2099-01-01}\n",
    "narratives/fifty-fifty/banc.yaml": "type: fifty-fifty\ntitre: Les bancs\nstatut: en-cours\n"
    "themes: [voirie]\nreferents: [{qui: acteur/anne}]\n"
    "realisation: {date: 2018-05-02}\n"
    "suivi: {responsable: acteur/technique, visites: [{date: 2099-03, constat: À voir}]}\n"
    "convention:\n"
    "  duree: {du: 2018, au: 2099}\n"
    "  engagements:\n"
    "  - {id: bois, qui: acteur/technique, quoi: Livrer le bois, echeance: 2099-05}\n"
    "  - {id: vis, qui: acteur/zoe, quoi: Fournir les vis, echeance: 2020-03-01}\n"
    "  - {id: plan, qui: acteur/anne, quoi: Dessiner le plan, issue: tenu}\n"
    "enseignements:\n"
    "- {texte: Le bois travaille., suite: {quoi: Prévoir du jeu, qui: acteur/anne}}\n",
    "narratives/projet/mare.yaml": "type: projet\ntitre: La mare\nthemes: [biodiversite]\n"
    "realisation: {date: 2018-05-02}\n",
    "narratives/reunion/bancs.yaml": "type: reunion\ntitre: Réunion des bancs\ndate: 2099-01-10\n"
    "genre: reunion-publique\nservice: acteur/technique\nprojet: fifty-fifty/banc\n",
    "narratives/reunion/vieille.yaml": "type: reunion\ntitre: Vieille réunion\ndate: 2019-01-10\n"
    "genre: reunion-publique\n",
    "narratives/recit/banc.yaml": "type: recit\ntitre: Un banc\nprojet: fifty-fifty/banc\n"
    "voix:\n- {qui: Un voisin, role: habitant, texte: On s'assoit., nature: rapporte,\n"
    "   consentement: {etat: scelle, jusquau: 2099-12-01}}\n",
}


def _town(tmp_path: Path, files: Mapping[str, str] = FILES) -> Path:
    folder = corpora.write(tmp_path / "ville", files)
    commit(folder, day=STAMP)
    return folder


def _run(folder: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, ["rappels", "--corpus", str(folder), *arguments])


def _calendar(folder: Path, *arguments: str) -> list[Component]:
    done = _run(folder, "--format", "ics", *arguments)
    assert done.exit_code == 0, done.output
    calendar = Calendar.from_ical(done.stdout)
    assert isinstance(calendar, Calendar)
    return list(calendar.subcomponents)


def _dues(tmp_path: Path, today: date | None) -> dict[str, Due]:
    corpus = corpora.corpus(tmp_path, FILES)
    return {due.key: due for due in collect(view(corpus, today), load_rules())}


@pytest.mark.parametrize(
    ("key", "day"),
    [
        # a month or a year falls due on its last day
        ("fifty-fifty/banc#promesse-convention-bois", date(2099, 5, 31)),
        ("fifty-fifty/banc#visite-prevue-1", date(2099, 3, 31)),
        ("fifty-fifty/banc#echeance-convention", date(2099, 12, 31)),
        ("fifty-fifty/banc#promesse-convention-vis", date(2020, 3, 1)),
        # a lesson has no date of its own
        ("fifty-fifty/banc#suite-enseignement-1", None),
        # a year without news, fifteen days for minutes: the rules of the town
        ("projet/mare#visite-nouvelles", date(2019, 5, 2)),
        ("reunion/vieille#compte-rendu-compte-rendu", date(2019, 1, 25)),
        ("reunion/bancs#rencontre-reunion", date(2099, 1, 10)),
        ("acteur/anne#consentement-personne", date(2099, 6, 30)),
        ("recit/banc#ouverture-voix-1", date(2099, 12, 1)),
    ],
)
def test_each_kind_of_thing_is_due_on_its_day(tmp_path: Path, key: str, day: date | None) -> None:
    assert _dues(tmp_path, date(2026, 1, 1))[key].day == day


def test_a_reminder_says_that_the_date_of_the_last_news_is_deduced(tmp_path: Path) -> None:
    files = {
        **FILES,
        "narratives/projet/four.yaml": "type: projet\ntitre: Le four\n"
        "realisation: {date: 2015-04, statut: deduit}\n",
    }
    corpus = corpora.corpus(tmp_path, files)
    dues = {due.key: due for due in collect(view(corpus, date(2026, 1, 1)), load_rules())}
    assert "Les dernières : avril 2015 (déduit)." in dues["projet/four#visite-nouvelles"].more
    assert "déduit" not in dues["projet/mare#visite-nouvelles"].more


def test_what_is_kept_planned_or_withdrawn_is_not_due(tmp_path: Path) -> None:
    dues = _dues(tmp_path, date(2026, 1, 1))

    assert "fifty-fifty/banc#promesse-convention-plan" not in dues
    # a visit is planned: nobody is asked to plan another
    assert "fifty-fifty/banc#visite-nouvelles" not in dues
    assert not any(key.startswith("acteur/zoe") for key in dues)


def test_an_end_that_is_past_and_a_meeting_that_was_held_are_not_due(tmp_path: Path) -> None:
    dues = _dues(tmp_path, date(2150, 1, 1))

    assert {due.kind for due in dues.values()} == {"promesse", "suite", "visite", "compte-rendu"}
    assert dues["reunion/bancs#compte-rendu-compte-rendu"].day == date(2099, 1, 25)


def test_the_calendar_is_read_back_with_what_the_standard_asks(tmp_path: Path) -> None:
    entries = _calendar(_town(tmp_path))

    assert len(entries) == len({str(entry["UID"]) for entry in entries}) == 10
    assert {entry["DTSTAMP"].dt.isoformat() for entry in entries} == {"2020-07-01T08:30:00+00:00"}
    by_title = {str(entry["SUMMARY"]): entry for entry in entries}
    wood = by_title["Promesse : Livrer le bois"]
    assert wood.name == "VTODO"
    assert wood["DUE"].dt == date(2099, 5, 31)
    assert "Date écrite : mai 2099 (le dernier jour possible est retenu)" in wood["DESCRIPTION"]
    assert str(wood["CONTACT"]) == "Services techniques"
    assert "DUE" not in by_title["Suite à donner : Prévoir du jeu"]
    agreement = by_title["L’accord de Anne B. finit"]
    assert agreement.name == "VEVENT"
    assert (agreement["DTSTART"].dt, agreement["DTEND"].dt) == (
        date(2099, 6, 30),
        date(2099, 7, 1),
    )


def test_for_an_agenda_without_tasks_what_has_a_day_is_a_day(tmp_path: Path) -> None:
    entries = _calendar(_town(tmp_path), "--evenements")

    assert {entry.name for entry in entries if "DUE" not in entry and "DTSTART" not in entry} == {
        "VTODO"
    }
    assert sum(entry.name == "VEVENT" for entry in entries) == 9


def test_the_name_of_a_calendar_holds_no_sign_that_cuts_it(tmp_path: Path) -> None:
    files = {**FILES, "loosbot.yaml": "corpus: essai\ncommune: Noyelles, Artois\n"}
    done = _run(_town(tmp_path, files), "--format", "ics", "--about", "acteur/technique")
    lines = done.stdout.splitlines()

    assert "NAME:À faire : Noyelles Artois : Services techniques" in lines


@pytest.mark.slow
def test_the_same_commit_gives_the_same_bytes(tmp_path: Path) -> None:
    folder = _town(tmp_path)

    for form in ("ics", "atom", "text"):
        for name in ("un", "deux"):
            assert _run(folder, "--format", form, "--out", str(tmp_path / name)).exit_code == 0
        assert (tmp_path / "un").read_bytes() == (tmp_path / "deux").read_bytes()


@pytest.mark.slow
def test_who_withdrew_is_named_in_no_form(tmp_path: Path) -> None:
    folder = _town(tmp_path)

    for form in ("ics", "atom", "text"):
        output = _run(folder, "--format", form).stdout
        assert "Fournir les vis" in output.replace("\r\n ", "")
        assert "Zoé" not in output
    refused = _run(folder, "--about", "acteur/zoe")
    assert refused.exit_code == 2
    assert "« acteur/zoe » n’est ni un service" in refused.output


@pytest.mark.parametrize(
    ("asked", "titles"),
    [
        # a service answers for its people, too
        ("service-technique", {WOOD, "Suite à donner : Prévoir du jeu"}),
        ("acteur/anne", {"Suite à donner : Prévoir du jeu"}),
        ("Anne B.", {"Suite à donner : Prévoir du jeu"}),
        # « voirie » stands in « mobilite-voirie », and a récit in the subject of its project
        (
            "theme-mobilite-voirie",
            {"Promesse : Livrer le bois", "Une voix scellée s’ouvre : Un banc"},
        ),
        ("voirie", {"Promesse : Livrer le bois", "Une voix scellée s’ouvre : Un banc"}),
        ("projet/mare", {"Prendre des nouvelles : La mare"}),
    ],
)
def test_a_calendar_for_one_service_person_subject_or_record(
    tmp_path: Path, asked: str, titles: set[str]
) -> None:
    everything = {str(entry["SUMMARY"]) for entry in _calendar(_town(tmp_path))}
    named = {str(entry["SUMMARY"]) for entry in _calendar(tmp_path / "ville", "--about", asked)}

    assert titles <= named < everything
    assert ("Prendre des nouvelles : La mare" in named) == (asked == "projet/mare")


def test_an_identifier_is_no_digest_of_a_name_that_is_not_told(tmp_path: Path) -> None:
    """Who guesses the name of a file could try it."""
    sealed = FILES["narratives/recit/banc.yaml"]
    files = {name: sealed.replace("Un banc", name) for name in ("zoe-q-et-la-lampe", "lampe")}
    texts = {f"narratives/recit/{name}.yaml": text for name, text in files.items()}
    town = _town(tmp_path, {**FILES, **texts})
    uids = {str(task["uid"]) for task in _calendar(town)}

    def guess(record: str) -> str:
        return sha256(f"essai:{record}#ouverture-voix-1".encode()).hexdigest()[:32] + "@loosbot"

    assert guess("recit/lampe") in uids
    assert guess("recit/zoe-q-et-la-lampe") not in uids
    assert len(uids) == len(_calendar(town))


def test_the_feed_has_what_atom_asks_and_tells_again_what_is_late(tmp_path: Path) -> None:
    done = _run(_town(tmp_path), "--format", "atom")
    feed = ET.fromstring(done.stdout.encode())  # noqa: S314 - we have just written it
    atom = "{http://www.w3.org/2005/Atom}"

    for place in (feed, *feed.iter(f"{atom}entry")):
        for tag in ("id", "title", "updated"):
            assert len(place.findall(f"{atom}{tag}")) == 1
    assert feed.findtext(f"{atom}author/{atom}name") == "Loos-en-Gohelle"
    updated = {
        entry.findtext(f"{atom}title"): entry.findtext(f"{atom}updated")
        for entry in feed.iter(f"{atom}entry")
    }
    assert updated["Promesse : Livrer le bois"] == STAMP
    labels = {
        entry.findtext(f"{atom}title"): category.get("label")
        for entry in feed.iter(f"{atom}entry")
        for category in entry.iter(f"{atom}category")
    }
    assert labels["Une voix scellée s’ouvre : Un banc"] == "Ouverture d’une voix scellée"
    assert labels["L’accord de Anne B. finit"] == "Fin d’un accord"
    # its day was over before it was written: it is news when it is written
    assert updated["Promesse : Fournir les vis"] == STAMP
    assert max(filter(None, updated.values())) == feed.findtext(f"{atom}updated")


def test_the_mail_says_first_what_is_near_and_wraps_no_punctuation(tmp_path: Path) -> None:
    output = _run(_town(tmp_path)).stdout

    assert output.startswith("Bonjour,\n\nAu ")
    assert output.index("En retard (3)") < output.index("Plus tard (6)") < output.index("Sans date")
    assert "  Les bancs, personne retirée, pour : 1er mars 2020, il y a" in output.replace(
        "\N{NO-BREAK SPACE}", " "
    )
    assert all(
        (len(line) <= 76 and line[:1] not in "»:;!?") or not line for line in output.split("\n")
    )


def test_an_initial_ends_the_sentence(tmp_path: Path) -> None:
    output = _run(_town(tmp_path), "--about", "Anne B.").stdout
    assert "pour : Anne B.\n" in output


def test_a_town_with_nothing_due_has_a_calendar_that_can_be_read(tmp_path: Path) -> None:
    folder = _town(tmp_path, {"pages/accueil.md": FILES["pages/accueil.md"]})

    [note] = _calendar(folder)
    assert str(note["SUMMARY"]) == "Rien n’est dû"
    assert "rien n’est dû à essai." in _run(folder).stdout


def test_without_git_it_is_told_on_the_real_day(tmp_path: Path) -> None:
    folder = corpora.write(tmp_path, FILES)

    done = _run(folder)
    assert done.exit_code == 0
    assert "Livrer le bois" in done.stdout
    # without a day of the corpus nothing sealed opens, and what ends is taken as ended
    assert "L’accord de" not in done.stdout


def test_events_are_for_an_agenda_alone(tmp_path: Path) -> None:
    done = _run(corpora.write(tmp_path, FILES), "--evenements")

    assert done.exit_code == 2
    assert "--format ics" in done.output

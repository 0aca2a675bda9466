"""Records that people propose on the wiki: pulled as new files, the wiki left as it was."""

from __future__ import annotations

import pytest
from desk import JARDIN, Desk
from patience import next_second
from wikis import Person

pytestmark = pytest.mark.release("1.43")

TITLE = "Un banc pour la rue"
FILE = "narratives/recit/un-banc-pour-la-rue.yaml"


def preload(person: Person, name: str) -> str:
    """What the editor would start with, asked as the wiki's own editor does."""
    [page] = person.call(
        action="query",
        prop="info",
        inprop="preloadcontent",
        titles="Une page qui n’existe pas",
        inpreloadcustom=f"Modèle:{name}",
    )["query"]["pages"]
    return str(page["preloadcontent"]["content"])


def proposed(person: Person, words: str = "Elle voulait un banc.") -> str:
    text = preload(person, "Proposition de récit")
    for old, new in {
        "=== Qui parle ===": "=== Marie ===",
        "Ses mots, à la place de ceux-ci.": words,
        "| Qui = ": "| Qui = Marie D.",
        "| Rôle = ": "| Rôle = Habitant",
        "| Année = ": "| Année = été 2018",
        "| Projet = ": f"| Projet = [[{JARDIN}]]",
    }.items():
        assert old in text
        text = text.replace(old, new)
    return text


def test_a_proposed_page_becomes_a_file_and_nothing_is_written_there(
    desk: Desk, person: Person
) -> None:
    revision = person.edit(TITLE, proposed(person))
    desk.wiki.jobs()
    done = desk.run("pull")
    assert done.code == 0, done.out + done.err
    assert TITLE in done.out
    text = (desk.folder / FILE).read_text()
    assert f"version {revision}\n" in text
    assert "qui: Marie D." in text and "etat: inconnu" in text and "projet: projet/jardin" in text
    assert desk.run("check").code == 0
    assert person.revisions(TITLE, 1)[0]["revid"] == revision
    again = desk.run("pull")
    assert again.code == 0 and (desk.folder / FILE).read_text() == text

    # read again where only the page moved; named where the file moved too
    person.edit(TITLE, proposed(person, "Elle voulait un banc à l’ombre."))
    assert desk.run("pull").code == 0
    text = (desk.folder / FILE).read_text()
    assert "un banc à l’ombre" in text
    desk.change(FILE, "à l’ombre", "au soleil", commit=False)
    person.edit(TITLE, proposed(person, "Elle voulait deux bancs."))
    named = desk.run("pull")
    assert named.code == 1 and "la page a changé depuis" in named.out
    assert "au soleil" in (desk.folder / FILE).read_text()


def test_what_check_would_refuse_stays_on_the_wiki_with_its_reason(
    desk: Desk, person: Person
) -> None:
    person.edit(TITLE, proposed(person).replace("Habitant", "Chevalier"))
    person.edit("Une page à moi", "Des mots.\n\n[[Catégorie:Propositions de fiches]]")
    desk.wiki.jobs()
    done = desk.run("pull")
    assert done.code == 1
    assert "Chevalier" in done.out and "on ne sait pas ce que cette page propose" in done.out
    assert not (desk.folder / FILE).exists()
    assert desk.run("check").code == 0


def test_on_a_branch_each_proposal_is_a_commit_of_who_wrote_it(desk: Desk, person: Person) -> None:
    person.edit(TITLE, proposed(person))
    desk.wiki.jobs()
    assert desk.run("pull", "--branch", "retours").code == 0
    assert desk.git("log", "-1", "--format=%an", "retours") == "Camille"
    assert "Marie D." in desk.git("show", f"retours:{FILE}")


def _agree(desk: Desk) -> None:
    text = (desk.folder / FILE).read_text()
    agreed = text.replace("etat: inconnu", "etat: public\n      portee: [wiki]")
    assert agreed != text
    desk.write({FILE: agreed})


def test_a_proposed_page_is_taken_over_once_its_voices_agreed(desk: Desk, person: Person) -> None:
    person.edit(TITLE, proposed(person))
    desk.wiki.jobs()
    assert desk.run("pull").code == 0
    desk.write({})
    # an open wiki: her words stay where she put them until she has agreed
    waiting = desk.sync()
    assert waiting.code == 1
    assert person.page(TITLE) == proposed(person).rstrip()
    assert "accord" in desk.run("plan").out
    _agree(desk)
    done = desk.sync()
    assert done.code == 0, done.out + done.err
    assert done.json["adopted"] == 1
    page = person.page(TITLE)
    assert "Elle voulait un banc." in page and "Propositions de fiches" not in page
    assert page.startswith("<!-- loosbot")
    assert "Elle voulait un banc." in person.revisions(TITLE)[-1]["slots"]["main"]["content"]
    assert desk.sync().json["edits"] == 0
    assert desk.run("pull").code == 0


def test_a_page_that_changed_since_it_was_read_is_left_alone(desk: Desk, person: Person) -> None:
    person.edit(TITLE, proposed(person))
    desk.wiki.jobs()
    desk.run("pull")
    _agree(desk)
    later = proposed(person, "Elle voulait deux bancs.")
    person.edit(TITLE, later)
    assert desk.sync().code == 1
    assert person.page(TITLE) == later.rstrip()
    assert "loosbot pull" in desk.run("plan").out
    # what pull read must be what git holds, and all that the page says
    desk.change(FILE, "Elle voulait un banc.", "Autre chose.")
    assert desk.sync().code == 1
    assert person.page(TITLE) == later.rstrip()


def test_words_that_no_field_holds_keep_the_page(desk: Desk, person: Person) -> None:
    text = proposed(person) + "\n== À moi ==\n\nDes mots sans champ.\n"
    person.edit(TITLE, text)
    desk.wiki.jobs()
    pulled = desk.run("pull")
    assert pulled.code == 1 and "Des mots sans champ." in pulled.out
    _agree(desk)
    assert desk.sync().code == 1
    assert "Des mots sans champ." in person.page(TITLE)
    assert "<!-- loosbot" not in person.page(TITLE)


def _filed(desk: Desk, person: Person, text: str) -> None:
    person.edit(TITLE, text)
    desk.wiki.jobs()


TALK = f"Discussion:{TITLE}"


def test_what_is_missing_is_told_once_on_the_talk_page(desk: Desk, person: Person) -> None:
    _filed(desk, person, proposed(person, "Des mots de Marie.").replace("Habitant", "Chevalier"))
    first = desk.sync()
    assert first.code == 0 and first.json["edits"] == 1, first.out + first.err
    talk = person.page(TALK)
    assert "[[User:Camille|Camille]]" in talk and "Habitant, Agent" in talk
    assert "Chevalier" not in talk and "Des mots" not in talk and "Marie" not in talk
    [made] = person.revisions(TALK)
    assert made["user"] != "Camille" and "constats" in made["comment"]
    [recent] = person.call(
        action="query", list="recentchanges", rctitle=TALK, rcprop="flags|title"
    )["query"]["recentchanges"]
    assert recent["bot"]
    assert desk.sync().json["edits"] == 0

    # the same findings on another version, the message taken away, the talk deleted: not again
    _filed(desk, person, proposed(person, "D’autres mots.").replace("Habitant", "Chevalier"))
    person.edit(TALK, "Merci, je regarde.")
    assert desk.sync().json["edits"] == 0
    desk.wiki.person(desk.wiki.admin).act(action="delete", title=TALK)
    assert desk.sync().json["edits"] == 0
    assert desk.clone("ailleurs").sync().json["edits"] == 0

    # other findings are told, on a version that is newer than the deletion
    next_second()
    _filed(desk, person, proposed(person).replace("été 2018", "quand il pleuvait"))
    assert desk.sync().json["edits"] == 1
    assert "écrivez une date" in person.page(TALK)


def test_a_talk_page_that_takes_no_message_stops_nothing(desk: Desk, person: Person) -> None:
    admin = desk.wiki.person(desk.wiki.admin)
    _filed(desk, person, "Des mots.\n\n[[Catégorie:Propositions de fiches]]")
    admin.act(action="protect", title=TALK, protections="create=sysop")
    desk.change("narratives/projet/place.yaml", "Deux bancs", "Trois bancs")
    done = desk.run("sync", "--yes")
    assert done.code == 0, done.out + done.err
    assert TALK in done.out
    assert "Trois bancs" in person.page("La place du marché")


def test_a_page_that_waits_for_an_agreement_says_so(desk: Desk, person: Person) -> None:
    _filed(desk, person, proposed(person))
    # before pull has read it there is nothing to say of a page without a fault
    assert desk.sync().json["edits"] == 0
    desk.run("pull")
    desk.write({})
    desk.sync()
    assert "l’accord de chaque personne" in person.page(TALK)
    assert "Marie" not in person.page(TALK)
    assert desk.sync().json["edits"] == 0
    assert desk.run("plan").code == 1 and len(person.revisions(TALK)) == 1


TALE = {
    "narratives/recit/haie.yaml": "type: recit\ntitre: La haie\nvoix:\n"
    "  - qui: une habitante\n    role: habitant\n"
    "    consentement: {etat: public, portee: [wiki]}\n    texte: Elle dit un.\n"
}
HERS = "=== Marie D. · habitante ===\n\nElle voulait un '''banc'''.\n\nElle l’a eu."


def test_a_voice_put_on_a_published_page_waits_where_it_stands(desk: Desk, person: Person) -> None:
    desk.write(TALE)
    assert desk.sync().code == 0
    page = person.page("La haie")
    mine = page.replace("{{Fiche récit", f"{HERS}\n\n{{{{Fiche récit", 1)
    person.edit("La haie", mine)
    before = desk.sync()
    assert before.code == 1 and before.json["edits"] == 0
    assert "accord" in desk.run("plan").out

    pulled = desk.run("pull")
    assert pulled.code == 0, pulled.out
    file = "narratives/recit/haie.yaml"
    assert "EN ATTENTE" in pulled.out and "etat: inconnu" in (desk.folder / file).read_text()
    text = (desk.folder / file).read_text()
    again = desk.run("pull")
    assert again.code == 0 and (desk.folder / file).read_text() == text, again.out
    desk.write({})
    for _ in range(2):
        waiting = desk.sync()
        assert [page["title"] for page in waiting.json["human_edits"]] == ["La haie"]
        assert person.page("La haie") == mine
        assert "Marie" not in desk.run("plan", "--diff").out
    assert desk.run("pull").code == 0 and (desk.folder / file).read_text() == text

    desk.write({file: text.replace("etat: inconnu", "etat: public\n      portee: [wiki]")})
    done = desk.sync()
    assert done.code == 0, done.out + done.err
    assert "=== Marie D. · habitante ===\n\nElle voulait un '''banc'''." in person.page("La haie")
    assert "| Qui = Marie D." in person.page("La haie")
    assert desk.sync().json["edits"] == 0 and desk.run("pull").code == 0

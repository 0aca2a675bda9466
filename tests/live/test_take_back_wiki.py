"""Publishing over a person's change, by name only, and telling them so on the talk page."""

from __future__ import annotations

import html
from pathlib import Path

import pytest
from desk import GARDEN, JARDIN, PLACE, SQUARE, Desk
from proxy import edits, killed
from wikis import Person

TALK = "Discussion:Le jardin du coron"
LIVE = "<script>x</script> {{Note}} ~~~~ [[Catégorie:Piège]] __NOTOC__ https://exemple.fr '''!'''"


@pytest.mark.older("the parser")
def test_our_text_comes_back_and_the_person_is_told(desk: Desk, person: Person) -> None:
    published = person.page(JARDIN)
    person.edit(TALK, "Une question ouverte.")
    changed = f"Avant.\n\n{published}\n\n\nAprès : {{{{Note}}}}".replace(
        "Une friche devient un jardin.", LIVE
    )
    revision = person.edit(JARDIN, changed)
    assert desk.sync().json["human_edits"][0]["revision"] == revision
    assert "loosbot sync --take-back projet/jardin" in desk.run("plan").out

    done = desk.sync("--take-back", "projet/jardin")

    assert done.code == 0, done.out + done.err
    assert (done.json["updated"], done.json["edits"]) == (1, 2)
    assert person.page(JARDIN) == f"Avant.\n\n{published}\n\n\nAprès : {{{{Note}}}}"
    talk = person.page(TALK)
    assert talk.startswith("Une question ouverte.\n\n== ")
    assert "Bonjour [[User:Camille|Camille]]," in talk
    assert f"[[Special:Diff/{revision}|" in talk
    assert f"[[Special:PermanentLink/{revision}|" in talk
    assert "champ <code>resume</code>" in talk
    assert "jardin.yaml</code>" in talk
    assert "\n − Une friche devient un jardin.\n" in talk
    assert "<script" not in talk.casefold()
    drawn = person.call(
        action="parse", page=TALK, prop="text|categories|templates|externallinks|properties"
    )["parse"]
    assert drawn["categories"] == drawn["templates"] == drawn["externallinks"] == []
    assert "notoc" not in str(drawn["properties"])
    shown = html.unescape(drawn["text"])
    assert "+ <script>x</script> {{Note}} " in shown
    assert " [[Catégorie:Piège]] __NOTOC__ https://exemple.fr '''!'''" in shown

    again = desk.sync("--take-back", "projet/jardin")
    assert (again.code, again.json["edits"]) == (0, 0)
    assert desk.sync().json["edits"] == 0
    assert person.page(TALK) == talk


def test_words_in_the_comments_around_the_text_are_quoted_too(desk: Desk, person: Person) -> None:
    published = person.page(JARDIN)
    person.edit(JARDIN, published.replace(" -->", " ne pas toucher -->", 1))

    assert desk.sync("--take-back", "projet/jardin").code == 0

    assert person.page(JARDIN) == published
    assert "ne pas toucher" in person.page(TALK)


def test_a_page_that_nobody_changed_is_a_mistake(desk: Desk, person: Person) -> None:
    person.edit(JARDIN, person.page(JARDIN) + "\nÀ nous.")

    for asked in ("projet/jardin", "projet/place", "projet/inconnu"):
        refused = desk.sync("--take-back", asked)
        assert refused.code == 2, asked
        assert refused.out == ""
    assert person.text(TALK) is None


def test_the_pages_that_a_robot_went_over_come_back_together_or_not_at_all(
    desk: Desk, person: Person
) -> None:
    published = {title: person.page(title) for title in (JARDIN, PLACE)}
    for title, text in published.items():
        person.edit(title, text.replace("e.", "e !"))
    for done in (desk.run("sync", "--yes"), desk.run("plan"), desk.run("plan", "--diff")):
        command = "loosbot sync --take-back projet/jardin --take-back projet/place"
        assert f"    {command}\n" in done.out, done.out
    both = ("--take-back", "projet/jardin", "--take-back", "projet/place")

    for wrong in ("projet/non", "page/accueil"):
        refused = desk.sync(*both, "--take-back", wrong, "--take-back", "projet/jamais")
        assert (refused.code, refused.out) == (2, "")
    assert "« projet/jamais » n’est pas une page" in refused.err
    refused = desk.sync(*both, "--take-back", "page/accueil", "--take-back", "categorie/racine")
    assert (refused.code, refused.out) == (2, "")
    assert "page/accueil" in refused.err and "categorie/racine" in refused.err
    assert person.page(JARDIN) != published[JARDIN]
    assert person.text(TALK) is None

    done = desk.sync(*both)

    assert (done.code, done.json["updated"], done.json["edits"]) == (0, 2, 4), done.err
    assert {title: person.page(title) for title in published} == published


def test_one_more_message_costs_the_next_runs_no_request(desk: Desk, person: Person) -> None:
    def requests(word: str) -> int:
        desk.change("pages/accueil.md", "Bonjour", f"{word}. Bonjour")
        done = desk.sync()
        assert (done.code, done.json["edits"]) == (0, 1)
        return int(done.json["requests"])

    asked = []
    for id_, title in {"projet/jardin": JARDIN, "projet/place": PLACE}.items():
        person.edit(title, person.page(title).replace("e.", "e !"))
        assert desk.sync("--take-back", id_).json["edits"] == 2
        requests("Une fois")
        asked.append(requests("Encore"))

    assert asked[0] == asked[1]


@pytest.mark.parametrize("damage", ["no-marker", "no-end", "doubled", "blanked", "redirect"])
def test_markers_that_cannot_be_trusted_are_mended(desk: Desk, person: Person, damage: str) -> None:
    whole = person.page(JARDIN)
    first, *rest = whole.split("\n")
    theirs = "Des mots des habitants."
    person.edit(
        JARDIN,
        {
            "no-marker": f"{theirs}\n" + "\n".join(rest[:-1]) + "\nFin.",
            "no-end": "\n".join([theirs, first, *rest[:-1]]),
            "doubled": f"{theirs}\n{whole}\n{whole.replace('Une friche', 'Un champ')}",
            "blanked": "",
            "redirect": "#REDIRECTION [[La place du marché]]",
        }[damage],
    )

    done = desk.sync("--take-back", "projet/jardin")

    assert (done.code, done.json["updated"]) == (0, 1), done.out + done.err
    now = person.page(JARDIN)
    assert whole in now
    assert now.count("<!-- loosbot ") == 1
    match damage:
        case "no-marker":
            assert now == f"{theirs}\n{whole}\nFin."
        case "no-end":
            assert now == f"{theirs}\n\n{whole}"
        case "doubled":
            assert now.startswith(f"{theirs}\n{whole}\n\n")
            assert "Un champ" in now
        case "blanked":
            assert now == whole
        case "redirect":
            assert now == f"{whole}\n#REDIRECTION [[La place du marché]]"
    assert "Camille" in person.page(TALK)
    assert desk.sync().json["edits"] == 0


@pytest.mark.parametrize("words", [("--take-back", "projet/jardin"), ()])
def test_a_run_killed_before_the_message_leaves_it_the_next_time_once(
    desk: Desk, person: Person, words: tuple[str, ...]
) -> None:
    person.edit(JARDIN, person.page(JARDIN).replace("Une friche", "Un champ"))
    killed(desk, edits(TALK), "--take-back", "projet/jardin")
    assert "Une friche" in person.page(JARDIN)
    assert person.text(TALK) is None

    done = desk.sync(*words)

    assert (done.code, done.json["edits"]) == (0, 1)
    assert person.page(TALK).count("\n − ") == 1
    assert desk.sync().json["edits"] == 0
    person.edit(TALK, "Merci, c’est lu.")
    again = desk.sync("--take-back", "projet/jardin")
    assert (again.code, again.json["edits"]) == (0, 0)
    desk.wiki.person(desk.wiki.admin).act(action="delete", title=TALK)
    assert desk.sync().json["edits"] == 0


def test_a_kept_plan_may_be_applied_with_it(desk: Desk, person: Person, tmp_path: Path) -> None:
    person.edit(JARDIN, person.page(JARDIN).replace("Une friche", "Un champ"))
    file = tmp_path / "plan.json"
    assert desk.plan("--out", str(file)).code == 1

    done = desk.sync("--plan", str(file), "--take-back", "projet/jardin")

    assert (done.code, done.json["updated"]) == (0, 1)


def test_a_title_that_changed_as_well_is_moved_afterwards(desk: Desk, person: Person) -> None:
    person.edit(JARDIN, person.page(JARDIN).replace("Une friche", "Un champ"))
    desk.change(GARDEN, JARDIN, "Le grand jardin")

    assert desk.sync("--take-back", "projet/jardin").code == 0
    assert desk.sync().json["moved"] == 1
    assert "Une friche" in person.page("Le grand jardin")
    assert desk.sync().json["edits"] == 0


def test_the_message_stays_with_its_page_when_two_exchange_their_titles(
    desk: Desk, person: Person
) -> None:
    person.edit(JARDIN, person.page(JARDIN).replace("Une friche", "Un pré"))
    assert desk.sync("--take-back", "projet/jardin").json["edits"] == 2
    talk = person.page(TALK)
    desk.change(GARDEN, JARDIN, PLACE, commit=False)
    desk.change(SQUARE, PLACE, JARDIN)

    assert desk.sync().code == 0

    assert person.page(f"Discussion:{PLACE}") == talk
    assert person.text(TALK) is None


def test_a_long_change_is_told_in_part(desk: Desk, person: Person) -> None:
    long = "\n".join(f"Ligne {number} " + "x" * 500 for number in range(200))
    person.edit(JARDIN, person.page(JARDIN).replace("Une friche", long))

    assert desk.sync("--take-back", "projet/jardin").code == 0

    talk = person.page(TALK)
    assert len(talk) < 20_000
    assert "lignes de plus)" in talk

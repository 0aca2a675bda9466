"""The promises that matter most, each broken on purpose on a real wiki."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from desk import GARDEN, JARDIN, PLACE, SQUARE, Desk
from faults import meanwhile
from patience import LONG, next_second
from proxy import Proxy, edits, nth, standing
from settings import clock, settings
from wikis import Person, Wiki

from loosbot.wiki.credentials import Credentials


@pytest.fixture
def proxy(desk: Desk) -> Iterator[Proxy]:
    with standing(desk.wiki) as proxy:
        yield proxy


def named(done_json: dict[str, list[dict[str, object]]]) -> list[object]:
    return [page["id"] for page in done_json["human_edits"]]


def test_edits_outside_and_inside_the_block_are_both_kept(desk: Desk, person: Person) -> None:
    outside = f"Avant.\n\n{person.page(JARDIN)}\n\n\n== Et nous ==\n  Après : {{{{Note}}}} ~ é"
    person.edit(JARDIN, outside)
    inside = person.page(PLACE).replace("Deux bancs", "Cinq bancs")
    revision = person.edit(PLACE, inside)
    desk.change(GARDEN, "Une friche", "Un terrain vague", commit=False)
    desk.change(SQUARE, "un tilleul", "un orme")

    done = desk.sync()

    assert done.code == 1
    assert done.json["updated"] == 1
    assert done.json["human_edits"] == [
        {"id": "projet/place", "title": PLACE, "user": "Camille", "revision": revision}
    ]
    now = person.page(JARDIN)
    assert now.startswith("Avant.\n\n<!-- loosbot ")
    assert now.endswith("-->\n\n\n== Et nous ==\n  Après : {{Note}} ~ é")
    assert "Un terrain vague" in now
    assert "Une friche" not in now
    assert person.page(PLACE) == inside
    again = desk.sync()
    assert (again.code, again.json["edits"], named(again.json)) == (1, 0, ["projet/place"])


def test_what_people_edited_is_looked_up_together(desk: Desk, person: Person) -> None:
    pages = person.call(action="query", list="allpages", aplimit="max")["query"]["allpages"]
    for page in pages:
        person.edit(page["title"], f"{person.page(page['title'])}\n\nEt nous.")
    quiet = desk.sync()

    assert len(pages) > 5
    assert (quiet.code, quiet.json["edits"]) == (0, 0)
    # as many as the wiki answers to a run with nothing to do, what another machine kept, and the
    # two that this takes
    assert quiet.json["requests"] <= 13


@pytest.mark.older("undoing")
def test_an_undo_by_a_person_is_theirs_though_its_hash_is_valid(desk: Desk, person: Person) -> None:
    before = person.page(JARDIN)
    desk.change(GARDEN, "Une friche", "Un terrain vague")
    assert desk.sync().json["updated"] == 1
    newest = person.revisions(JARDIN, 1)[0]["revid"]
    person.act(action="edit", title=JARDIN, undo=newest)
    assert person.page(JARDIN) == before

    done = desk.sync()

    assert (done.code, named(done.json)) == (1, ["projet/jardin"])
    assert person.page(JARDIN) == before


@pytest.mark.parametrize("comment", ["Retour à la première version", ""])
def test_what_somebody_saves_who_is_logged_in_as_the_robot_is_theirs(
    desk: Desk, person: Person, comment: str
) -> None:
    robot = desk.wiki.person(desk.wiki.credentials)
    ours = person.page(JARDIN)
    for _ in range(2):
        robot.edit(JARDIN, person.page(JARDIN).replace("friche", "longue friche"))
        done = desk.sync()
        assert (done.code, named(done.json), done.json["failed"]) == (1, ["projet/jardin"], [])
    assert "Loosbot" in (pulled := desk.run("pull")).out, pulled
    assert "longue longue friche" in (desk.folder / GARDEN).read_text(encoding="utf-8")
    desk.write({})
    assert desk.sync().code == 0

    # and what they undo
    newest = person.revisions(JARDIN, 1)[0]["revid"]
    desk.change(GARDEN, "Une longue", "Un terrain vague, une longue")
    assert desk.sync().json["updated"] == 1
    robot.edit(JARDIN, ours, summary=comment)
    done = desk.sync()
    assert (done.code, named(done.json)) == (1, ["projet/jardin"])
    assert person.page(JARDIN) == ours
    assert person.revisions(JARDIN, 1)[0]["revid"] > newest
    assert desk.run("pull").code == 0
    assert "resume: Une friche devient" in (desk.folder / GARDEN).read_text(encoding="utf-8")


def test_a_redirect_that_somebody_wrote_as_the_robot_is_theirs(desk: Desk, person: Person) -> None:
    robot = desk.wiki.person(desk.wiki.credentials)
    theirs = f"#REDIRECTION [[{JARDIN}]]\n\nUn mot de quelqu’un."
    robot.edit("Le verger", theirs)
    robot.edit("Le potager", theirs)
    desk.change(GARDEN, JARDIN, "Le verger", commit=False)
    desk.write({"narratives/projet/neuf.yaml": "type: projet\ntitre: Le potager\nresume: Neuf.\n"})

    done = desk.sync()

    assert [page["id"] for page in done.json["failed"]] == ["projet/jardin", "projet/neuf"]
    assert person.page("Le verger") == person.page("Le potager") == theirs


def test_edits_under_a_clock_that_was_set_back_are_seen(desk: Desk, person: Person) -> None:
    text = person.page(JARDIN)
    with settings(desk.wiki, clock(-1)):
        for number in range(6):
            text = text.replace("friche", f"friche {number}")
            person.edit(JARDIN, text)

    assert desk.run("pull").code == 0

    assert "friche 5 4 3 2 1 0 devient" in (desk.folder / GARDEN).read_text(encoding="utf-8")


def test_an_undo_after_a_clock_was_set_back_is_theirs(desk: Desk, person: Person) -> None:
    desk.change(GARDEN, "Une friche", "Un terrain vague")
    with settings(desk.wiki, clock(24)):
        assert desk.sync().json["updated"] == 1
        before = person.page(JARDIN)
    desk.change(GARDEN, "Un terrain vague", "Un pré")
    assert desk.sync().json["updated"] == 1
    for text in (f"{before}\n\nPuis.", before):
        person.edit(JARDIN, text)

    done = desk.sync()

    assert (done.code, named(done.json)) == (1, ["projet/jardin"])


@pytest.mark.older("importing")
def test_versions_imported_from_another_wiki_are_theirs(desk: Desk, person: Person) -> None:
    admin = desk.wiki.person(desk.wiki.admin)
    ours = person.page(JARDIN)
    old = ("2019-01-01T00:00:00Z", "Zoé", "Un vieux texte.")
    # the robot of the other wiki has the name of ours here
    same = ("2020-01-01T00:00:00Z", "Loosbot", ours.replace("Une friche", "Un pré"))
    admin.imports(JARDIN, [old, same], assignknownusers=1)
    assert desk.sync().code == 0

    new = ours.replace("Une friche", "Un champ")
    next_second()  # of two versions of one second the imported one is not the newest
    now = f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}"
    admin.imports(JARDIN, [(now, "Zoé", new)])
    desk.change(GARDEN, "jardin.", "verger.")
    done = desk.sync()

    assert (done.code, named(done.json)) == (1, ["projet/jardin"])
    assert person.page(JARDIN) == new
    assert [page["user"] for page in done.json["human_edits"]] == ["autre>Zoé"]


def test_an_edit_that_the_corpus_took_over_may_be_written_over(desk: Desk, person: Person) -> None:
    person.edit(JARDIN, person.page(JARDIN).replace("Une friche", "Un terrain vague"))
    assert desk.plan().actions()["projet/jardin"] == "human-edit"
    desk.change(GARDEN, "Une friche", "Un terrain vague")

    assert desk.sync().code == 0
    assert desk.sync().json["edits"] == 0


@pytest.mark.parametrize(
    "damage",
    ["blanked", "no-marker", "no-end", "doubled", "redirect"],
)
def test_a_page_whose_markers_cannot_be_trusted_is_left_alone(
    desk: Desk, person: Person, damage: str
) -> None:
    whole = person.page(JARDIN)
    first, *rest = whole.split("\n")
    damaged = {
        "blanked": "",
        "no-marker": "\n".join(rest[:-1]),
        "no-end": "\n".join([first, *rest[:-1]]),
        "doubled": f"{whole}\n{whole}",
        "redirect": f"#REDIRECTION [[{PLACE}]]",
    }[damage]
    person.edit(JARDIN, damaged)
    desk.change(GARDEN, "Une friche", "Un terrain vague")

    done = desk.sync()

    assert done.code == 1
    assert [page["user"] for page in done.json["human_edits"]] == ["Camille"]
    assert named(done.json) == ["projet/jardin"]
    assert person.page(JARDIN) == damaged
    assert "remettez la version d’avant" in desk.run("plan").out


def test_a_deleted_page_is_made_again_only_by_name(desk: Desk, person: Person) -> None:
    admin = desk.wiki.person(desk.wiki.admin)
    admin.act(action="delete", title=JARDIN)

    assert desk.plan().actions()["projet/jardin"] == "deleted-on-wiki"
    assert desk.sync().code == 1
    assert person.text(JARDIN) is None

    assert desk.sync("--recreate", "projet/jardin").json["created"] == 1
    assert desk.sync().code == 0


def test_a_page_moved_and_then_deleted_is_not_made_again(desk: Desk, person: Person) -> None:
    admin = desk.wiki.person(desk.wiki.admin)
    admin.act(action="move", noredirect=1, **{"from": JARDIN, "to": "Ailleurs"})
    admin.act(action="delete", title="Ailleurs")

    assert desk.plan().actions()["projet/jardin"] == "deleted-on-wiki"
    assert desk.sync().json["edits"] == 0
    assert person.text(JARDIN) is None


def test_a_copy_made_by_a_person_is_not_taken_for_the_page(desk: Desk, person: Person) -> None:
    copied = person.page(JARDIN)
    person.edit("Ma copie", copied)
    desk.wiki.jobs()
    desk.change(GARDEN, "Une friche", "Un terrain vague")

    done = desk.sync()

    assert (done.code, done.json["updated"]) == (0, 1)
    assert person.page("Ma copie") == copied
    assert "« Ma copie »" in desk.run("plan").out


def test_another_account_leaves_all_that_the_first_published(desk: Desk) -> None:
    other = replace(desk, wiki=replace(desk.wiki, credentials=desk.wiki.human))
    desk.change(GARDEN, "Une friche", "Un terrain vague")

    done = other.run("sync", "--yes")

    assert done.code == 1
    # the category by which every corpus finds its pages is one for all of them
    assert "1 page déjà à jour" in done.out
    assert "le compte « Camille » n’en a publié aucune. Si le robot a changé de compte" in done.out
    assert "sans doute une copie" not in done.out
    assert desk.sync().json["updated"] == 1


def test_a_protected_page_fails_and_the_rest_goes_on(desk: Desk, person: Person) -> None:
    admin = desk.wiki.person(desk.wiki.admin)
    admin.act(action="protect", title=JARDIN, protections="edit=sysop")
    desk.change(GARDEN, "Une friche", "Un terrain vague", commit=False)
    desk.change(SQUARE, "un tilleul", "un orme")

    done = desk.sync()

    assert (done.code, done.json["updated"]) == (1, 1)
    [failed] = done.json["failed"]
    assert (failed["id"], failed["title"]) == ("projet/jardin", JARDIN)
    assert "protectedpage" in failed["error"]
    assert "administrateur" in failed["error"]
    assert "un orme" in person.page(PLACE)


def test_a_text_that_the_wiki_changes_is_a_failure_not_a_new_base(
    desk: Desk, person: Person
) -> None:
    desk.write({"pages/modeles/Note.wiki": "Écrit par ~~~~"})

    for _ in range(2):
        done = desk.sync()
        assert done.code == 1
        assert [page["id"] for page in done.json["failed"]] == ["modele/Note"]
        assert "Loosbot" in person.page("Modèle:Note")
    assert done.json["edits"] == 0


def test_a_template_written_by_people_is_never_adopted(desk: Desk, person: Person) -> None:
    person.edit("Modèle:Note", "Un modèle des habitants.")
    desk.write({"pages/modeles/Note.wiki": "Le nôtre."})

    done = desk.sync("--adopt", "modele/Note")

    assert done.code == 1
    assert "prefixe_modeles" in done.json["failed"][0]["error"]
    assert person.page("Modèle:Note") == "Un modèle des habitants."


@pytest.mark.older("merging edits")
def test_an_edit_between_reading_and_writing_is_merged_or_planned_again(
    desk: Desk, person: Person, proxy: Proxy
) -> None:
    desk.change(GARDEN, "Une friche", "Un terrain vague", commit=False)
    desk.change(SQUARE, "Deux bancs", "Trois bancs")
    longer = f"{person.page(JARDIN)}\n\n\nAprès coup."
    other = person.page(PLACE).replace("Deux bancs", "Cinq bancs")
    proxy.on(edits(JARDIN), meanwhile(lambda: person.edit(JARDIN, longer)))
    proxy.on(edits(PLACE), meanwhile(lambda: person.edit(PLACE, other)))

    done = proxy.before(desk).sync()

    assert done.code == 1
    assert (done.json["updated"], done.json["merged"]) == (1, 1)
    assert named(done.json) == ["projet/place"]
    now = person.page(JARDIN)
    assert "Un terrain vague" in now
    assert now.endswith("-->\n\n\nAprès coup.")
    assert "Cinq bancs" in person.page(PLACE)
    assert desk.sync().json["edits"] == 0


def test_a_merge_inside_the_block_is_noticed_and_never_taken_for_ours(
    desk: Desk, person: Person, proxy: Proxy
) -> None:
    desk.change(GARDEN, "Une friche", "Un terrain vague")
    words = person.page(JARDIN)
    person_words = words.replace("<references", "Ajout d’une habitante.\n<references").replace(
        "{{Provenance", "Ajout d’une habitante.\n\n{{Provenance"
    )
    assert person_words != words
    proxy.on(edits(JARDIN), meanwhile(lambda: person.edit(JARDIN, person_words)))

    done = proxy.before(desk).sync()

    assert (done.code, done.json["merged"]) == (1, 1)
    assert named(done.json) == ["projet/jardin"]
    assert "Ajout d’une habitante." in person.page(JARDIN)
    again = desk.sync()
    assert (again.code, again.json["edits"], named(again.json)) == (1, 0, ["projet/jardin"])
    assert again.json["human_edits"][0]["user"] == "Camille"


def test_a_page_made_by_a_person_just_before_ours_is_theirs(
    desk: Desk, person: Person, proxy: Proxy
) -> None:
    desk.write({"narratives/projet/neuf.yaml": "type: projet\ntitre: Un projet neuf\n"})
    title = "Un projet neuf"
    proxy.on(edits(title), meanwhile(lambda: person.edit(title, "J’étais là avant.")))

    done = proxy.before(desk).sync()

    assert done.code == 1
    assert [page["id"] for page in done.json["failed"]] == ["projet/neuf"]
    assert person.page("Un projet neuf") == "J’étais là avant."


def test_sync_never_goes_backwards(desk: Desk, person: Person) -> None:
    late = desk.clone("en-retard")
    desk.change(GARDEN, "Une friche", "Un terrain vague")
    assert desk.sync().code == 0

    refused = late.sync()
    assert refused.code == 1
    assert "ne connaît pas" in refused.err
    late.git("fetch", "--quiet")
    assert "reculer" in late.sync().err
    assert late.plan().code == 0
    late.write({"pages/neuf.md": "---\ntitre: Une page neuve\n---\n\nBonjour.\n"})
    assert late.sync().code == 1
    assert "Un terrain vague" in person.page(JARDIN)

    assert late.sync("--reculer").code == 0
    assert "Une friche" in person.page(JARDIN)


def test_a_shallow_clone_says_why_it_refuses(desk: Desk, tmp_path: Path) -> None:
    for number in range(3):
        desk.change("pages/accueil.md", "Bonjour", f"Bonjour {number}")
    shallow = Desk(tmp_path / "court", desk.wiki, tmp_path / "cache")
    desk.git("clone", "--quiet", "--depth=1", f"file://{desk.folder}", str(shallow.folder))

    refused = shallow.sync()

    assert refused.code == 1
    assert "git fetch --unshallow" in refused.err


def test_a_dirty_tree_is_not_published_by_accident(desk: Desk, person: Person) -> None:
    desk.change(GARDEN, "Une friche", "Un terrain vague", commit=False)

    refused = desk.sync()
    assert refused.code == 1
    assert "--sale" in refused.err
    assert "Une friche" in person.page(JARDIN)

    assert desk.sync("--sale").code == 0
    head = desk.git("rev-parse", "HEAD")[:12]
    assert person.revisions(JARDIN, 1)[0]["comment"].startswith(f"{head}+ essai · ")


def test_a_broken_corpus_publishes_nothing(desk: Desk, person: Person) -> None:
    desk.change(GARDEN, "Une friche", "Un terrain vague", commit=False)
    desk.change(SQUARE, "titre:", "titer:")

    for done in (desk.sync(), desk.plan()):
        assert done.code == 1
        assert f"{SQUARE}:2:1: erreur" in done.err
        assert done.out == ""
    assert "Une friche" in person.page(JARDIN)


def test_a_corpus_without_git_is_not_published_by_accident(wiki: Wiki, tmp_path: Path) -> None:
    desk = Desk.new(tmp_path / "corpus", wiki)
    (desk.folder / ".git").rename(tmp_path / "git")

    assert "--sale" in desk.sync().err
    assert desk.sync("--sale").code == 0
    assert desk.sync("--sale").json["edits"] == 0
    assert wiki.person().revisions(JARDIN)[0]["comment"].startswith("sans-git essai · ")


def test_a_wiki_that_does_not_answer(desk: Desk) -> None:
    nobody = Credentials("http://127.0.0.1:9/api.php", "A@b", "x" * 32)
    desk = replace(desk, wiki=replace(desk.wiki, credentials=nobody))

    assert desk.sync().code == 3
    assert desk.plan().code == 3


@pytest.mark.parametrize("stop", [signal.SIGKILL, signal.SIGINT])
def test_a_run_that_was_stopped_is_finished_by_the_next(desk: Desk, stop: signal.Signals) -> None:
    projects = {
        f"narratives/projet/p{number}.yaml": f"type: projet\ntitre: Projet numéro {number}\n"
        for number in range(30)
    }
    desk.write(projects)
    with standing(desk.wiki) as proxy:
        running = proxy.before(desk).start("sync", "--yes")
        # the edit is not begun before the run was told to stop
        proxy.on(nth("edit", 15), meanwhile(lambda: running.send_signal(stop)))
        out, _ = running.communicate(timeout=LONG)
    assert running.returncode == (-stop if stop is signal.SIGKILL else 130)
    assert "Interrompu" in out or stop is signal.SIGKILL
    desk.wiki.settle()

    done = desk.sync()

    assert done.code == 0, done.out + done.err
    assert 0 < done.json["created"] < 30
    summaries = desk.wiki.reader().summaries()
    for number in range(30):
        [summary] = summaries[f"Projet numéro {number}"]
        assert f"projet/p{number}" in summary
    assert desk.sync().json["edits"] == 0

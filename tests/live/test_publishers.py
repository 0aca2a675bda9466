"""Two publishers at once lose nothing, whatever they change."""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Callable

import faults
import pytest
from desk import GARDEN, JARDIN, Answer, Desk, Published
from patience import LONG, next_second
from proxy import Fault, Proxy, Request
from settings import clock, settings
from wikis import Person, Wiki

from loosbot.sync.lease import Lease, PublicationUnderway
from loosbot.sync.summary import is_by_hand
from loosbot.wiki.revisions import Edit, WikiRefusal
from loosbot.wiki.session import Session
from loosbot.wiki.writer import Writer

COUNT = 8
FILES = {
    "loosbot.yaml": "corpus: essai\n",
    "pages/accueil.md": "---\ntitre: Bienvenue\nrubrique: accueil\n---\n\nBonjour à tous.\n",
    GARDEN: f"type: projet\ntitre: {JARDIN}\nresume: Une friche devient un jardin.\n",
    **{
        f"narratives/projet/essai-{n}.yaml": f"type: projet\ntitre: Le projet {n}\nresume: Un.\n"
        for n in range(COUNT)
    },
}
NOTE = "Une note de Camille, hors du texte publié."


@pytest.fixture(scope="module")
def published(shared_wiki: Wiki, tmp_path_factory: pytest.TempPathFactory) -> Published:
    return Published.new(tmp_path_factory.mktemp("published"), shared_wiki, FILES)


def writer(desk: Desk) -> Writer:
    return Writer(Session(desk.wiki.credentials))


def test_two_clones_that_rename_everything_at_once_lose_no_note(desk: Desk, person: Person) -> None:
    ids = {}
    for n in range(COUNT):
        title = f"Le projet {n}"
        person.edit(title, f"{person.page(title)}\n\n{NOTE} {n}")
        ids[n] = person.pageid(title)
        desk.change(f"narratives/projet/essai-{n}.yaml", title, f"{title} bis", commit=False)
    desk.write({})
    other = desk.clone("bis")

    runs = [clone.start("sync", "--yes", "--format", "json") for clone in (desk, other)]
    answers = [run.communicate(timeout=LONG) for run in runs]

    codes = sorted(run.returncode for run in runs)
    assert codes in ([0, 0], [0, 1]), answers
    if codes == [0, 1]:
        assert any("Une autre publication est en cours" in err for _, err in answers)
    assert desk.sync().code == 0
    for n in range(COUNT):
        title = f"Le projet {n} bis"
        assert person.pageid(title) == ids[n]
        assert f"{NOTE} {n}" in person.page(title)
    assert person.logged("delete") == []
    assert set(desk.plan().actions().values()) == {"none"}


def overtaken(desk: Desk, quicker: Desk, where: Callable[[Request], bool]) -> tuple[Answer, Answer]:
    """What a sync says, and that of a colleague which is made while a request of it is on its
    way: the first one that is ``where``."""
    theirs: list[Answer] = []

    def script(request: Request) -> Fault | None:
        if theirs or not where(request):
            return None
        return faults.meanwhile(lambda: theirs.append(quicker.sync_apart()))

    proxy = Proxy(desk.wiki)
    proxy.script = script
    try:
        mine = proxy.before(desk).sync()
    finally:
        proxy.close()
    return mine, theirs[0]


def is_read(request: Request) -> bool:
    """The look at the pages of the tracking category, which comes after that at what was
    published last."""
    return request.params.get("generator") == "categorymembers"


def is_edit(request: Request) -> bool:
    return request.action == "edit"


def test_who_is_overtaken_before_the_first_write_undoes_nothing(desk: Desk, person: Person) -> None:
    """A person who thinks before saying yes, and another clone that publishes meanwhile."""
    quicker = desk.clone("bis")
    quicker.write({"narratives/projet/neuf.yaml": "type: projet\ntitre: Le neuf\nresume: Oui.\n"})
    quicker.change(GARDEN, JARDIN, "Le jardin des voisins")
    desk.change("narratives/projet/essai-0.yaml", "Le projet 0", "Le projet zéro")

    mine, other = overtaken(desk, quicker, is_read)

    assert (mine.code, other.code) == (1, 0), mine
    assert mine.json["edits"] == mine.json["moved"] == mine.json["retired"] == 0
    assert "que ce dépôt ne connaît pas" in mine.err
    assert "Oui." in person.page("Le neuf")
    assert "Une friche" in person.page("Le jardin des voisins")


def test_who_is_overtaken_in_the_middle_publishes_nothing_more_until_both_are_merged(
    desk: Desk, person: Person
) -> None:
    quicker = desk.clone("bis")
    quicker.change(GARDEN, "Une friche", "Un pré")
    desk.change("narratives/projet/essai-0.yaml", "Un.", "Deux.")
    next_second()

    mine, other = overtaken(desk, quicker, is_edit)

    assert (mine.code, mine.json["edits"], other.code) == (0, 1, 0)
    late = desk.sync()
    assert late.code == 1 and "que ce dépôt ne connaît pas" in late.err
    assert "Un pré" in person.page(JARDIN)
    desk.git("pull", "--quiet", "--no-rebase", "--no-edit", str(quicker.folder))
    assert desk.sync().json["edits"] == 0


def test_a_page_that_another_version_has_just_written_is_not_written_over(
    desk: Desk, person: Person
) -> None:
    quicker = desk.clone("bis")
    quicker.change(GARDEN, "Une friche", "Un pré")
    desk.change(GARDEN, "Une friche", "Un champ")

    mine, other = overtaken(desk, quicker, is_edit)

    assert (mine.code, mine.json["edits"], other.code) == (1, 0, 0)
    [failure] = mine.json["failed"]
    assert "que ce dépôt ne connaît pas" in failure["error"]
    assert "Un pré" in person.page(JARDIN)


def test_an_idle_run_writes_nothing_and_takes_no_lease(desk: Desk, person: Person) -> None:
    assert desk.sync().json["edits"] == 0
    desk.change(GARDEN, "Une friche", "Un pré")
    assert desk.sync().json["edits"] == 1
    assert person.text("User:Loosbot/Verrou") is None


def test_who_is_refused_is_told_since_when_and_changes_nothing(desk: Desk, person: Person) -> None:
    lease = Lease(writer(desk), "20260101T000000Z-abcd")
    lease.take()
    desk.change(GARDEN, JARDIN, "Le jardin des voisins")

    done = desk.sync()

    assert done.code == 1
    assert "Une autre publication est en cours depuis le 20" in done.err
    assert "20260101T000000Z-abcd, lancée sur ce poste" in done.err
    assert done.json["edits"] == 0 and done.json["moved"] == 0
    assert person.text(JARDIN) is not None
    lease.give_back()
    assert desk.sync().json["moved"] == 1


def test_a_run_that_died_holds_nothing(desk: Desk, person: Person) -> None:
    page = "User:Loosbot/Verrou"
    lease = Lease(writer(desk), "20260101T000000Z-dead")
    lease.take()
    text = person.page(page)
    mine = text.rpartition(" ")[0].rpartition(" ")[2]
    # a number that no process has: the kernel's own limit is below
    person.edit(page, text.replace(mine, "99999999-1"))
    desk.change(GARDEN, JARDIN, "Le jardin des voisins")

    assert desk.sync().json["moved"] == 1
    with pytest.raises(PublicationUnderway):
        lease._renewed = time.monotonic() - 1000
        lease.keep()


def test_a_lease_of_before_the_clock_was_set_back_is_free(desk: Desk) -> None:
    elsewhere = desk.wiki.person(desk.wiki.credentials)
    with settings(desk.wiki, clock(24)):
        lease = "<!-- verrou 20260101T000000Z-dead 0123456789abcdef 12-34 -->"
        elsewhere.edit("User:Loosbot/Verrou", lease)
    desk.change(GARDEN, JARDIN, "Le jardin des voisins")

    assert desk.sync().json["moved"] == 1


@pytest.mark.older("merging")
def test_a_lease_that_another_run_has_just_given_back_is_taken(desk: Desk, person: Person) -> None:
    """Its page is as it was, and MediaWiki merges our edit of before with theirs."""

    def other() -> None:
        lease = Lease(writer(desk), "20260101T000000Z-abcd")
        lease.take()
        lease.give_back()

    other()
    desk.change(GARDEN, JARDIN, "Le jardin des voisins")
    proxy = Proxy(desk.wiki)
    proxy.script = lambda request: (
        faults.meanwhile(other) if request.writes and not proxy.faults else None
    )

    with contextlib.closing(proxy):
        done = proxy.before(desk).sync()

    assert (done.code, done.json["moved"]) == (0, 1), done.err
    assert "<!--" not in person.page("User:Loosbot/Verrou")


def test_a_word_of_somebody_on_the_page_of_the_lease_ends_no_run(
    desk: Desk, person: Person
) -> None:
    lease = Lease(writer(desk), "20260101T000000Z-abcd")
    lease.take()
    page = "User:Loosbot/Verrou"
    person.edit(page, f"Qui est-ce ?\n\n{person.page(page)}")

    lease._renewed = time.monotonic() - 1000
    lease.keep()
    lease.give_back()

    assert "<!--" not in person.page(page)


def test_a_lease_freed_by_hand_is_free(desk: Desk, person: Person) -> None:
    Lease(writer(desk), "20260101T000000Z-abcd").take()
    person.edit("User:Loosbot/Verrou", "On recommence.")
    desk.change(GARDEN, JARDIN, "Le jardin des voisins")

    assert desk.sync().json["moved"] == 1


@pytest.mark.older("edits at once")
def test_of_many_that_ask_at_once_one_has_the_lease(desk: Desk) -> None:
    leases = [Lease(writer(desk), f"20260101T000000Z-{n:04}") for n in range(4)]
    refused: list[Exception] = []
    taken: list[Lease] = []

    def take(lease: Lease) -> None:
        try:
            lease.take()
            taken.append(lease)
        except Exception as error:
            refused.append(error)

    threads = [threading.Thread(target=take, args=(lease,)) for lease in leases]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(taken) == 1, refused
    assert [type(error) for error in refused] == [PublicationUnderway] * 3, refused


def test_a_move_covers_nothing_but_our_own_redirect(desk: Desk, person: Person) -> None:
    bot = writer(desk)
    pageid = person.pageid(JARDIN)
    person.edit("Prise", "Une page de Camille.")
    person.edit("Mienne", f"#REDIRECTION [[{JARDIN}]]")
    robot = desk.wiki.person(desk.wiki.credentials)
    robot.edit("Celle du robot", f"#REDIRECTION [[{JARDIN}]]")
    for title in ("Prise", "Mienne", "Celle du robot"):
        with pytest.raises(WikiRefusal, match=r"(article|redirect)exists: Le titre"):
            bot.move(pageid, title, "renommage", by_hand=is_by_hand)
    bot.move(pageid, "Ailleurs", "renommage", redirect=True)

    bot.move(pageid, JARDIN, "retour", redirect=True)

    assert person.pageid(JARDIN) == pageid
    assert person.page("Prise") == "Une page de Camille."


@pytest.mark.older("which base an edit is held to")
def test_an_edit_follows_the_page_that_it_was_made_from(desk: Desk, person: Person) -> None:
    """Somebody renames a page and puts another in its place while we publish."""
    bot = writer(desk)
    state = bot.pages([JARDIN], content=True)[JARDIN]
    assert state.revision is not None and state.revision.text is not None
    person.act(action="move", **{"from": JARDIN, "to": "Le pré", "noredirect": 1, "reason": ""})
    person.edit(JARDIN, "Une autre page, de Camille.")
    text = f"{state.revision.text}\n\nPlus."

    bot.edit(Edit(JARDIN, text, "essai", state.revision.id, state.pageid))

    assert person.page(JARDIN) == "Une autre page, de Camille."
    assert person.page("Le pré").endswith("Plus.")


def test_a_base_of_another_page_is_never_sent(desk: Desk, person: Person) -> None:
    """MediaWiki 1.43 takes it, and writes over what a person wrote."""
    person.edit("Prise", "Une page de Camille.")
    bot = writer(desk)
    states = bot.pages([JARDIN, "Prise"])
    other = states[JARDIN].revision
    assert other is not None

    with pytest.raises(WikiRefusal, match="editconflict"):
        bot.edit(Edit("Prise", "Tout est à nous.", "essai", other.id, states["Prise"].pageid))

    assert person.page("Prise") == "Une page de Camille."

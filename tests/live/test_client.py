"""The client against real wikis: what is written, what is refused, what survives."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from faults import dropped_after, dropped_before
from patience import next_second
from proxy import Proxy, nth, standing
from wikis import Wiki

from loosbot.errors import WikiUnavailable
from loosbot.wiki.credentials import Credentials
from loosbot.wiki.failures import RunStopped
from loosbot.wiki.revisions import Edit, WikiRefusal
from loosbot.wiki.session import Session
from loosbot.wiki.writer import Writer

pytestmark = pytest.mark.older("the API: parameters, answers, codes of refusals")

LINES = "Un\n\nDeux\n\nTrois\n\nQuatre\n\nCinq"


def writer(wiki: Wiki) -> Writer:
    return Writer(Session(wiki.credentials))


def refusal(bot: Writer, edit: Edit) -> WikiRefusal:
    with pytest.raises(WikiRefusal) as caught:
        bot.edit(edit)
    return caught.value


def test_create_update_and_nothing_to_change(wiki: Wiki) -> None:
    bot = writer(wiki)
    made = bot.edit(Edit("École Jaurès", "Été", "création"))
    assert (made.title, made.old, made.merged) == ("École Jaurès", 0, False)
    changed = bot.edit(Edit("École Jaurès", "Hiver", "saison", made.revision))
    assert (changed.old, changed.merged) == (made.revision, False)
    same = bot.edit(Edit("École Jaurès", "Hiver\n", "rien", changed.revision))
    assert same.revision == 0
    newest, oldest = wiki.person().revisions("École Jaurès")
    assert (newest["revid"], oldest["revid"]) == (changed.revision, made.revision)
    assert (newest["user"], newest["comment"], newest["minor"]) == ("Loosbot", "saison", False)
    assert newest["timestamp"] == changed.timestamp
    recent = wiki.person().call(
        action="query", list="recentchanges", rcprop="title|flags", rcshow="bot"
    )["query"]["recentchanges"]
    assert len(recent) == 2
    watched = wiki.person(wiki.credentials).call(action="query", list="watchlistraw")
    assert watched.get("watchlistraw", []) == []


def test_a_conflict_is_seen_even_with_ourselves(wiki: Wiki) -> None:
    bot = writer(wiki)
    first = bot.edit(Edit("Page", LINES, "a")).revision
    bot.edit(Edit("Page", LINES.replace("Deux", "Zwei"), "b", first))
    lost = refusal(bot, Edit("Page", LINES.replace("Deux", "Two"), "c", first))
    assert lost.code == "editconflict"
    assert wiki.person().text("Page") == LINES.replace("Deux", "Zwei")


def test_a_merge_by_the_server_is_told(wiki: Wiki) -> None:
    bot = writer(wiki)
    first = bot.edit(Edit("Page", LINES, "a")).revision
    theirs = wiki.person().edit("Page", LINES.replace("Cinq", "Cinq, à la main"))
    merged = bot.edit(Edit("Page", LINES.replace("Un", "Uno"), "b", first))
    assert (merged.merged, merged.old) == (True, theirs)
    text = wiki.person().text("Page")
    assert text is not None
    assert "à la main" in text
    assert "Uno" in text


def test_refusals_keep_the_words_of_the_wiki(wiki: Wiki) -> None:
    bot, admin = writer(wiki), wiki.person(wiki.admin)
    base = bot.edit(Edit("Mairie", "a", "a")).revision
    assert refusal(bot, Edit("Mairie", "b", "b")).code == "articleexists"
    assert refusal(bot, Edit("Nulle part", "b", "b", base)).code == "missingtitle"
    assert refusal(bot, Edit("Spécial:Version", "b", "b")).code == "pagecannotexist"
    assert refusal(bot, Edit("a[b", "b", "b")).code == "invalidtitle"
    assert refusal(bot, Edit("Lourde", "é" * 1_100_000, "b")).code == "contenttoobig"
    admin.act(action="protect", title="Mairie", protections="edit=sysop")
    protected = refusal(bot, Edit("Mairie", "c", "c", base))
    assert protected.code == "protectedpage"
    assert "protégée" in protected.info
    assert bot.edit(Edit("Autre", "a", "a")).revision > base


def test_a_page_deleted_meanwhile_is_not_made_again(wiki: Wiki) -> None:
    bot, admin = writer(wiki), wiki.person(wiki.admin)
    base = bot.edit(Edit("Mairie", "a", "a")).revision
    next_second()  # the deletion must be later than the start of the run, in whole seconds
    admin.act(action="delete", title="Mairie", reason="doublon")
    assert refusal(bot, Edit("Mairie", "b", "b", base)).code == "missingtitle"
    assert refusal(bot, Edit("Mairie", "b", "b")).code == "pagedeleted"
    entry = bot.deleted(["Mairie", "Jamais vue"])
    assert entry["Jamais vue"] is None
    deletion = entry["Mairie"]
    assert deletion is not None
    assert (deletion.user, deletion.comment, deletion.action) == ("Admin", "doublon", "delete")
    admin.act(action="undelete", title="Mairie")
    assert bot.deleted(["Mairie"]) == {"Mairie": None}


def test_a_blocked_account_stops_the_run(wiki: Wiki) -> None:
    bot, admin = writer(wiki), wiki.person(wiki.admin)
    bot.edit(Edit("Page", "a", "a"))
    admin.act(action="block", user="Loosbot", reason="essai", autoblock=False)
    try:
        with pytest.raises(RunStopped, match="Loosbot"):
            bot.edit(Edit("Page 2", "a", "a"))
    finally:
        admin.act(action="unblock", user="Loosbot")


def test_titles_come_back_as_they_were_asked(wiki: Wiki) -> None:
    bot = writer(wiki)
    made = bot.edit(Edit("Été", "a", "a"))
    wiki.person().edit("Ancien", "#REDIRECTION [[Été]]")
    asked = ["été", "E\u0301te\u0301", "Été_", "Ancien", "Rien", "a[b", "x|y", "A#b", "",
             "wikipedia:Loos", "Special:Version", "Modèle:Rien"]  # fmt: skip
    pages = bot.pages(asked, content=True)
    assert list(pages) == asked
    for form in asked[:3]:
        head = pages[form].revision
        assert head is not None
        assert (pages[form].title, head.id, head.text) == ("Été", made.revision, "a")
    assert (pages["Ancien"].redirect, pages["Ancien"].title) == (True, "Ancien")
    assert [pages[title].exists for title in asked] == [True] * 4 + [False] * 8
    wrong = [title for title in asked if pages[title].invalid]
    assert wrong == ["a[b", "x|y", "A#b", "", "wikipedia:Loos", "Special:Version"]
    assert "caractères non valides" in pages["a[b"].invalid
    assert pages["Modèle:Rien"].namespace == 10


def test_more_titles_than_one_request_holds(wiki: Wiki) -> None:
    bot = writer(wiki)
    bot.edit(Edit("Page 1100", "a", "a"))
    bot.session.account()
    before = bot.session.requests
    pages = bot.pages([f"Page {number}" for number in range(1200)])
    assert [title for title, state in pages.items() if state.exists] == ["Page 1100"]
    assert bot.session.requests - before == 3
    person = Writer(Session(wiki.human))
    assert person.session.batch() == 50
    before = person.session.requests
    assert len(person.pages([f"Page {number}" for number in range(101)])) == 101
    assert person.session.requests - before == 3


def test_an_answer_too_large_for_one_part(wiki: Wiki) -> None:
    """Above 8 MiB the wiki sends pages without their revision first, and goes on when asked."""
    bot = writer(wiki)
    text = ("x" * 1999 + "\n") * 950
    for number in range(5):
        bot.edit(Edit(f"Lourde {number}", f"{number}\n{text}", "a"))
    before = bot.session.requests
    pages = bot.pages([f"Lourde {number}" for number in range(5)], content=True)
    assert bot.session.requests - before > 1
    heads = [state.revision for state in pages.values()]
    assert [head.text[:1] for head in heads if head and head.text] == list("01234")


def test_tracking_follows_a_move_by_a_person(wiki: Wiki) -> None:
    bot = writer(wiki)
    for name in ("a", "b"):
        bot.edit(Edit(f"Page {name}", f"[[Catégorie:Suivi|loos:recit/{name}]]", "a"))
    bot.edit(
        Edit("Modèle:Essai", "<noinclude>[[Catégorie:Suivi|loos:modele/essai]]</noinclude>", "a")
    )
    wiki.settle()
    wiki.person().act(**{"action": "move", "from": "Page a", "to": "Page déplacée"})
    wiki.settle()
    titles = {page.sortkey: page.state.title for page in bot.tracked("Catégorie:Suivi")}
    assert titles == {
        "loos:recit/a": "Page déplacée",
        "loos:recit/b": "Page b",
        "loos:modele/essai": "Modèle:Essai",
    }
    moves = bot.log("move", "Page a")
    assert [(entry.target, entry.user) for entry in moves] == [("Page déplacée", "Camille")]


def test_history_and_contributions(wiki: Wiki) -> None:
    bot = writer(wiki)
    first = bot.edit(Edit("Page", "a", "premier")).revision
    theirs = wiki.person().edit("Page", "b", summary="à la main")
    second = bot.edit(Edit("Page", "c", "second", theirs)).revision
    pageid = bot.pages(["Page"])["Page"].pageid
    ours = bot.last_by(pageid, "Loosbot")
    assert [(revision.id, revision.text, revision.comment) for revision in ours] == [
        (second, "c", "second"),
        (first, "a", "premier"),
    ]
    assert [revision.id for revision in bot.last_by(pageid, "Loosbot", 1)] == [second]
    assert [revision.user for revision in bot.history(pageid)] == ["Loosbot", "Camille", "Loosbot"]
    assert [revision.id for revision in bot.history(pageid, limit=2)] == [second, theirs]
    made = bot.contributions("Loosbot", 1)
    assert [(edit.revision, edit.title, edit.comment) for edit in made] == [
        (second, "Page", "second")
    ]
    kept = bot.revisions([first, theirs, 999_999])
    assert {revid: revision.text for revid, revision in kept.items()} == {first: "a", theirs: "b"}
    pages = bot.pages_by_id([pageid, 999_999])
    assert (pages[pageid].title, pages[999_999].exists) == ("Page", False)


def test_pages_of_the_installer(wiki: Wiki) -> None:
    bot = writer(wiki)
    home = bot.pages(["Accueil"])["Accueil"]
    assert home.revision is not None
    assert bot.only_by_default([home.pageid]) == {home.pageid}
    wiki.person().edit("Accueil", "Bienvenue")
    assert bot.only_by_default([home.pageid]) == frozenset()


def test_a_move_takes_the_talk_page_along_and_keeps_the_id(wiki: Wiki) -> None:
    bot = writer(wiki)
    made = bot.edit(Edit("Ancien", "a", "a")).revision
    wiki.person().edit("Discussion:Ancien", "Une remarque")
    pageid = bot.pages(["Ancien"])["Ancien"].pageid
    moved = bot.move(pageid, "Nouveau", "renommage")
    assert (moved.source, moved.target, moved.redirect) == ("Ancien", "Nouveau", False)
    assert moved.revision > made
    pages = bot.pages(["Ancien", "Nouveau", "Discussion:Nouveau"])
    assert [state.exists for state in pages.values()] == [False, True, True]
    assert pages["Nouveau"].pageid == pageid
    again = bot.move(pageid, "Encore", "renommage", redirect=True)
    assert again.redirect
    assert bot.pages(["Nouveau"])["Nouveau"].redirect
    theirs = wiki.person().edit("Pris", "à quelqu'un")
    with pytest.raises(WikiRefusal) as caught:
        bot.move(pageid, "Pris", "renommage")
    assert caught.value.code == "articleexists"
    with pytest.raises(WikiRefusal, match="missingtitle"):
        bot.move(999_999, "Ailleurs", "renommage")
    head = bot.pages(["Pris"])["Pris"].revision
    assert head is not None
    assert head.id == theirs


def test_a_login_that_is_lost_is_renewed(wiki: Wiki) -> None:
    bot = writer(wiki)
    first = bot.edit(Edit("Page", "a", "a"))
    wiki.reset()  # every login made before is gone
    assert not bot.pages(["Page"])["Page"].exists
    wiki.reset()
    assert bot.edit(Edit("Page", "a", "a")).title == first.title
    assert wiki.person().revisions("Page")[0]["user"] == "Loosbot"


@pytest.mark.older(False)
def test_four_connections_share_a_login_and_write_at_once(wiki: Wiki) -> None:
    session = Session(wiki.credentials)
    session.account()
    before = session.requests
    local = threading.local()

    def write(number: int) -> int:
        if not hasattr(local, "writer"):
            local.writer = Writer(session.clone())
        bot: Writer = local.writer
        return bot.edit(Edit(f"Page {number}", f"Texte {number}", "a")).revision

    started = time.monotonic()
    with ThreadPoolExecutor(4) as pool:
        revisions = list(pool.map(write, range(60)))
    print(f"{60 / (time.monotonic() - started):.0f} edits/s")  # noqa: T201 - shown with -s
    assert len(set(revisions)) == 60
    assert session.requests - before == 60
    pages = Writer(session).pages([f"Page {number}" for number in range(60)])
    assert [state.revision.id for state in pages.values() if state.revision] == revisions


def test_the_site_says_its_release_namespaces_and_rights(wiki: Wiki) -> None:
    site = writer(wiki).site()
    assert site.version.startswith(wiki.release)
    assert (site.user, site.language) == ("Loosbot", "fr")
    assert (site.namespaces["modèle"], site.namespaces["template"]) == (10, 10)
    assert (site.namespaces[""], site.namespaces["category"]) == (0, 14)
    assert {"edit", "bot", "apihighlimits"} <= site.rights


def test_a_plain_account_and_wrong_passwords(wiki: Wiki) -> None:
    person = Writer(Session(wiki.human))
    assert person.session.account().name == "Camille"
    assert person.edit(Edit("Page", "a", "a")).revision > 0
    for user in (wiki.credentials.user, wiki.human.user, "Personne"):
        bad = Credentials(wiki.api, user, "mauvais-mot-de-passe")
        with pytest.raises(WikiUnavailable, match="incorrect") as caught:
            Session(bad).account()
        assert "mauvais-mot-de-passe" not in caught.value.message


def test_a_wiki_closed_to_readers(closed_wiki: Wiki) -> None:
    bot = writer(closed_wiki)
    assert bot.site().user == "Loosbot"
    made = bot.edit(Edit("Page", "a", "a"))
    assert bot.pages(["Page"])["Page"].revision is not None
    closed_wiki.reset()
    assert not bot.pages(["Page"])["Page"].exists
    assert bot.edit(Edit("Page", "b", "b")).title == made.title


@pytest.fixture(params=[True, False], ids=["landed", "never-came"])
def hears(request: pytest.FixtureRequest) -> Iterator[bool]:
    yield request.param


@pytest.fixture
def proxy(wiki: Wiki) -> Iterator[Proxy]:
    with standing(wiki) as proxy:
        yield proxy


def through(proxy: Proxy) -> Writer:
    known = proxy.wiki.credentials
    there = Credentials(proxy.api, known.user, known.password)
    return Writer(Session(there, sleep=lambda seconds: None))


@pytest.mark.older(False)
def test_an_edit_whose_answer_is_lost_is_made_once(wiki: Wiki, proxy: Proxy, hears: bool) -> None:
    fault = dropped_after if hears else dropped_before
    proxy.on(nth("edit", 1, 3 - hears), fault, times=2)
    bot = through(proxy)
    made = bot.edit(Edit("Page", LINES, "création"))
    assert (made.old, made.merged, len(proxy.faults)) == (0, False, 1)
    theirs = wiki.person().edit("Page", LINES.replace("Cinq", "Cinq, à la main"))
    merged = bot.edit(Edit("Page", LINES.replace("Un", "Uno"), "suite", made.revision))
    assert (merged.merged, merged.old) == (True, theirs)
    assert [revision["revid"] for revision in wiki.person().revisions("Page")] == [
        merged.revision,
        theirs,
        made.revision,
    ]
    assert len(proxy.faults) == 2


@pytest.mark.older(False)
def test_a_move_whose_answer_is_lost_is_made_once(proxy: Proxy, hears: bool) -> None:
    proxy.on(nth("move", 1), dropped_after if hears else dropped_before)
    bot = through(proxy)
    bot.edit(Edit("Ancien", "a", "a"))
    pageid = bot.pages(["Ancien"])["Ancien"].pageid
    moved = bot.move(pageid, "Nouveau", "renommage")
    assert (moved.target, moved.redirect, len(proxy.faults)) == ("Nouveau", False, 1)
    assert len(bot.log("move", "Ancien")) == 1

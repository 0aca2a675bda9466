"""The client over recorded answers of MediaWiki 1.39: its words, its shapes, its order."""

from __future__ import annotations

import pytest
from recorder import Recorded

from loosbot.wiki.credentials import Credentials
from loosbot.wiki.revisions import Edit, WikiRefusal
from loosbot.wiki.session import Session
from loosbot.wiki.writer import Writer

LINES = "Un\n\nDeux\n\nTrois\n\nQuatre\n\nCinq"


def writer(credentials: Credentials) -> Writer:
    return Writer(Session(credentials))


def test_login_and_site(recorded: Recorded) -> None:
    bot = writer(recorded.credentials)
    site = bot.site()
    assert site.version.startswith("1.39.")
    assert (site.user, site.language) == ("Loosbot", "fr")
    assert (site.namespaces["modèle"], site.namespaces["catégorie"]) == (10, 14)
    assert {"bot", "apihighlimits", "noratelimit"} <= site.rights
    assert bot.session.requests == 4


def test_login_of_a_person(recorded: Recorded) -> None:
    account = Session(recorded.human).account()
    assert account.name == "Camille"
    assert "bot" not in account.rights


def test_create_update_nothing(recorded: Recorded) -> None:
    bot = writer(recorded.credentials)
    made = bot.edit(Edit("École Jaurès", "Été", "création"))
    changed = bot.edit(Edit("École Jaurès", "Hiver", "saison", made.revision))
    same = bot.edit(Edit("École Jaurès", "Hiver", "saison", changed.revision))
    assert (made.revision, changed.revision, same.revision) == (2, 3, 0)
    assert bot.session.requests == 6


def test_conflict(recorded: Recorded) -> None:
    bot, person = writer(recorded.credentials), writer(recorded.human)
    base = bot.edit(Edit("Page", LINES, "a")).revision
    person.edit(Edit("Page", LINES.replace("Deux", "Zwei"), "à la main", base))
    with pytest.raises(WikiRefusal) as caught:
        bot.edit(Edit("Page", LINES.replace("Deux", "Two"), "b", base))
    assert (caught.value.code, caught.value.info) == ("editconflict", "Conflit de modification.")


def test_merge(recorded: Recorded) -> None:
    bot, person = writer(recorded.credentials), writer(recorded.human)
    base = bot.edit(Edit("Page", LINES, "a")).revision
    theirs = person.edit(Edit("Page", LINES.replace("Cinq", "Fünf"), "à la main", base)).revision
    merged = bot.edit(Edit("Page", LINES.replace("Un", "Uno"), "b", base))
    assert (merged.merged, merged.old) == (True, theirs)


def test_refusals(recorded: Recorded) -> None:
    bot, admin = writer(recorded.credentials), writer(recorded.admin)
    base = bot.edit(Edit("Mairie", "a", "a")).revision
    admin.session.call("protect", write=True, title="Mairie", protections="edit=sysop")
    messages = {}
    for edit in (
        Edit("Mairie", "b", "b", base),
        Edit("Mairie", "b", "b"),
        Edit("Nulle part", "b", "b", base),
        Edit("a[b", "b", "b"),
    ):
        with pytest.raises(WikiRefusal) as caught:
            bot.edit(edit)
        messages[caught.value.code] = caught.value.info
    assert list(messages) == ["protectedpage", "articleexists", "missingtitle", "invalidtitle"]
    assert messages["articleexists"] == "L’article que vous essayez de créer l’a déjà été."


def test_deleted_and_moved(recorded: Recorded) -> None:
    bot, admin = writer(recorded.credentials), writer(recorded.admin)
    for title in ("Une", "Deux"):
        bot.edit(Edit(title, "a", "a"))
    admin.session.call("delete", write=True, title="Une", reason="doublon")
    admin.session.call("move", write=True, **{"from": "Deux", "to": "Trois", "reason": "nom"})
    pages = bot.pages(["Une", "Deux", "Trois"])
    assert [(state.exists, state.redirect) for state in pages.values()] == [
        (False, False),
        (True, True),
        (True, False),
    ]
    entry = bot.deleted(["Une"])["Une"]
    assert entry is not None
    assert (entry.user, entry.comment) == ("Admin", "doublon")
    assert [entry.target for entry in bot.log("move", "Deux")] == ["Trois"]


def test_titles(recorded: Recorded) -> None:
    bot = writer(recorded.credentials)
    bot.edit(Edit("Été", "a", "a"))
    pages = bot.pages(
        ["été", "E\u0301te\u0301", "a[b", "wikipedia:Loos", "Special:Version", "Rien"]
    )
    assert [state.title for state in pages.values()][:2] == ["Été", "Été"]
    assert [bool(state.invalid) for state in pages.values()] == [
        False,
        False,
        True,
        True,
        True,
        False,
    ]
    assert bot.session.requests == 5


def test_history(recorded: Recorded) -> None:
    bot, person = writer(recorded.credentials), writer(recorded.human)
    first = bot.edit(Edit("Page", "a", "premier")).revision
    second = person.edit(Edit("Page", "b", "à la main", first)).revision
    bot.edit(Edit("Page", "c", "troisième", second))
    pageid = bot.pages(["Page"])["Page"].pageid
    assert [revision.user for revision in bot.history(pageid)] == ["Loosbot", "Camille", "Loosbot"]
    assert [revision.text for revision in bot.last_by(pageid, "Loosbot")] == ["c", "a"]
    assert [edit.comment for edit in bot.contributions("Loosbot", 1)] == ["troisième"]
    home = bot.pages(["Accueil"])["Accueil"].pageid
    assert bot.only_by_default([home, pageid]) == {home}


def test_move(recorded: Recorded) -> None:
    bot = writer(recorded.credentials)
    bot.edit(Edit("Ancien", "a", "a"))
    pageid = bot.pages(["Ancien"])["Ancien"].pageid
    moved = bot.move(pageid, "Nouveau", "renommage")
    assert (moved.source, moved.target, moved.redirect) == ("Ancien", "Nouveau", False)
    assert moved.revision == 3

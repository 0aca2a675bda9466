"""What a wiki or its people may refuse: each is an outcome of that page, and the rest goes on."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterator

import pytest
from desk import GARDEN, JARDIN, PLACE, SQUARE, Desk
from faults import meanwhile
from proxy import edits, hurried, standing
from settings import settings
from wikis import CHECKOUT, Person, Wiki

from loosbot.wiki.instance import Instance

pytestmark = pytest.mark.older("extensions that refuse, and their words")

NEW = "narratives/projet/neuf.yaml"
RECORD = "type: projet\ntitre: Un projet neuf\nresume: Voir https://pourriel.example/achetez\n"


def refused(desk: Desk, id_: str, code: str, words: str) -> None:
    """One page fails with the wiki's code and what to do; the square is written all the same."""
    desk.change(SQUARE, "un tilleul", "un orme")
    done = desk.sync()
    assert done.code == 1, done.out
    [failed] = [page for page in done.json["failed"] if page["id"] == id_]
    assert [page["id"] for page in done.json["failed"]] == [id_]
    assert f"({code})" in failed["error"]
    assert words in failed["error"]
    assert "un orme" in desk.wiki.person().page(PLACE)


def test_a_title_that_only_administrators_may_create(desk: Desk, admin: Person) -> None:
    admin.act(action="protect", title="Un projet neuf", protections="create=sysop")
    desk.write({NEW: RECORD})

    refused(desk, "projet/neuf", "protectedpage", "administrateur")


def test_a_page_protected_in_cascade(desk: Desk, admin: Person) -> None:
    admin.edit("Une du wiki", f"{{{{:{JARDIN}}}}}")
    admin.act(action="protect", title="Une du wiki", protections="edit=sysop", cascade=1)
    desk.wiki.jobs()
    desk.change(GARDEN, "Une friche", "Un champ")

    refused(desk, "projet/jardin", "cascadeprotected", "administrateur")


def test_a_title_on_the_blacklist(desk: Desk, admin: Person) -> None:
    desk.write({NEW: RECORD})
    with settings(desk.wiki, "wfLoadExtension( 'TitleBlacklist' );"):
        admin.edit("MediaWiki:Titleblacklist", "Un projet .*")
        refused(desk, "projet/neuf", "titleblacklist-forbidden", "changez la fiche")
    assert desk.sync().code == 0


def test_an_address_on_the_blacklist(desk: Desk, admin: Person) -> None:
    desk.write({NEW: RECORD})
    with settings(desk.wiki, "wfLoadExtension( 'SpamBlacklist' );"):
        admin.edit("MediaWiki:Spam-blacklist", "pourriel\\.example")
        refused(desk, "projet/neuf", "spamblacklist", "changez la fiche")
    assert desk.sync().code == 0


def test_a_captcha_is_named_with_what_the_administrator_sets(desk: Desk) -> None:
    desk.write({NEW: RECORD})
    captcha = (
        "wfLoadExtensions( [ 'ConfirmEdit', 'ConfirmEdit/QuestyCaptcha' ] );\n"
        "$wgCaptchaQuestions = [ 'Combien font deux et deux ?' => 'quatre' ];\n"
        "$wgCaptchaTriggers['addurl'] = true;\n"
    )
    asked = f"{captcha}$wgGroupPermissions['bot']['skipcaptcha'] = false;"
    with settings(desk.wiki, asked):
        refused(desk, "projet/neuf", "captcha", "$wgGroupPermissions['bot']['skipcaptcha'] = true;")
    with settings(desk.wiki, captcha):
        assert desk.sync().code == 0
    assert "pourriel.example" in desk.wiki.person().page("Un projet neuf")


@contextlib.contextmanager
def abuse_filter(wiki: Wiki, pattern: str, consequence: str) -> Iterator[None]:
    """The extension with one filter. ``reset`` takes its tables away again."""
    folder = CHECKOUT / ".loosbot" / f"mediawiki-{wiki.release}" / "extensions" / "AbuseFilter"
    tables = (folder / "db_patches" / "sqlite" / "tables-generated.sql").read_text("utf-8")
    values = {
        "af_pattern": pattern,
        "af_public_comments": "Essai",
        "af_timestamp": "20260101000000",
        "af_actions": consequence,
        "af_user": 1,
        "af_user_text": "Admin",
        "af_actor": 1,
    }
    with contextlib.closing(sqlite3.connect(Instance(wiki.dir).data / "wiki.sqlite")) as base:
        base.executescript(tables.replace("/*_*/", ""))
        known = {row[1] for row in base.execute("PRAGMA table_info(abuse_filter)")}
        row = {name: value for name, value in values.items() if name in known}
        marks = ",".join("?" * len(row))
        base.execute(
            f"INSERT INTO abuse_filter ({','.join(row)}) VALUES ({marks})",  # noqa: S608 - ours
            list(row.values()),
        )
        base.execute("INSERT INTO abuse_filter_action VALUES (1, ?, '')", [consequence])
        base.commit()
    with settings(wiki, "wfLoadExtension( 'AbuseFilter' );"):
        yield


@pytest.mark.parametrize("consequence", ["disallow", "warn"])
def test_a_filter_that_refuses_or_warns_is_never_forced(desk: Desk, consequence: str) -> None:
    desk.write({NEW: RECORD})
    code = {"disallow": "abusefilter-disallowed", "warn": "abusefilter-warning"}[consequence]
    with abuse_filter(desk.wiki, 'page_title == "Un projet neuf"', consequence):
        refused(desk, "projet/neuf", code, "changez la fiche")
        assert desk.sync().json["failed"][0]["id"] == "projet/neuf"
        assert desk.wiki.person().text("Un projet neuf") is None


_SAVES = (
    "$wgHooks['EditFilterMergedContent'][] = static function ( $context ) {\n"
    "\tif ( !str_contains( $context->getTitle()->getText(), 'neuf' ) ) { return true; }\n"
    "\t%s\n};"
)


@pytest.mark.parametrize(
    ("php", "code", "words"),
    [
        (_SAVES % "return false;", "hookaborted", "sans dire pourquoi"),
        (_SAVES % "throw new RuntimeException( 'boum' );",
         "internal_api_error_RuntimeException", "la personne qui tient le serveur"),
        ("$wgHooks['getUserPermissionsErrors'][] = static function ( $title, $u, $a, &$result ) {\n"
         "\tif ( !str_contains( $title->getText(), 'neuf' ) ) { return true; }\n"
         "\t$result = [ 'badaccess-group0' ]; return false;\n};",
         "permissiondenied", "quel droit manque"),
    ],
)  # fmt: skip
def test_what_an_extension_refuses_is_told_with_whom_to_ask(
    desk: Desk, php: str, code: str, words: str
) -> None:
    desk.write({NEW: RECORD})
    with settings(desk.wiki, php), hurried():
        refused(desk, "projet/neuf", code, words)
    assert desk.sync().code == 0


def test_a_page_that_is_kept_from_the_robot_in_mid_run_fails_alone(
    desk: Desk, admin: Person
) -> None:
    desk.change(GARDEN, "Une friche", "Un champ", commit=False)
    desk.change(SQUARE, "un tilleul", "un orme")

    def block() -> None:
        admin.act(
            action="block", user="Loosbot", reason="Trop vite", expiry="never", partial=1,
            pagerestrictions=JARDIN, allowusertalk=1,
        )  # fmt: skip

    with standing(desk.wiki) as proxy:
        proxy.on(edits(JARDIN), meanwhile(block))
        done = proxy.before(desk).sync()

    assert done.code == 1
    [failed] = done.json["failed"]
    assert failed["id"] == "projet/jardin"
    assert "voyez avec l’administrateur qui l’a bloqué" in failed["error"]
    assert "un orme" in admin.page(PLACE)
    admin.act(action="unblock", user="Loosbot")
    assert desk.sync().json["edits"] == 1


def test_a_content_model_changed_in_mid_run_is_told_with_what_gives_it_back(
    desk: Desk, admin: Person
) -> None:
    desk.change(GARDEN, "Une friche", "Un champ")

    def change() -> None:
        admin.act(action="changecontentmodel", title=JARDIN, model="text", summary="Texte brut")

    with standing(desk.wiki) as proxy:
        proxy.on(edits(JARDIN), meanwhile(change))
        done = proxy.before(desk).sync()

    [failed] = done.json["failed"]
    assert "Rendez-lui « wikitext »" in failed["error"]


def test_a_limit_of_edits_that_does_not_pass_is_told_with_what_lifts_it(desk: Desk) -> None:
    desk.change(GARDEN, "Une friche", "Un champ", commit=False)
    desk.change(SQUARE, "un tilleul", "un orme")
    # none at all: two that arrive together may both pass a limit of one
    php = (
        "$wgRateLimits = [ 'edit' => [ 'user' => [ 0, 3600 ] ] ];\n"
        "$wgGroupPermissions['bot']['noratelimit'] = false;"
    )
    with settings(desk.wiki, php), hurried():
        done = desk.sync()
        assert done.code == 3
        assert "$wgGroupPermissions['bot']['noratelimit'] = true;" in done.err

    assert desk.sync().code == 0
    assert "un orme" in desk.wiki.person().page(PLACE)


@pytest.mark.older(False)
def test_a_title_that_names_a_namespace_of_this_wiki_is_refused_with_what_to_write(
    desk: Desk, person: Person
) -> None:
    desk.write({NEW: "type: projet\ntitre: 'Atelier : un projet neuf'\n"})
    desk.change(GARDEN, JARDIN, "'Atelier : le jardin'")
    with settings(desk.wiki, "$wgExtraNamespaces[3000] = 'Atelier';"):
        done = desk.sync()
        assert person.text("Atelier:Un projet neuf") is None

    assert done.code == 1
    failed = {page["id"]: page["error"] for page in done.json["failed"]}
    assert "« Atelier - Un projet neuf »" in failed["projet/neuf"]
    assert "« Atelier - Le jardin »" in failed["projet/jardin"]
    assert person.text(JARDIN)


@pytest.mark.older(False)
@pytest.mark.parametrize("command", ["plan", "sync --yes", "pull"])
def test_a_wiki_in_another_language_is_told_with_what_changes_it(desk: Desk, command: str) -> None:
    with settings(desk.wiki, "$wgLanguageCode = 'oc';"):
        answer = desk.run(*command.split())
    assert answer.code == 1
    assert "$wgLanguageCode = 'fr'" in answer.err


def test_a_wiki_closed_for_maintenance_loses_nothing(desk: Desk, person: Person) -> None:
    desk.change(GARDEN, "Une friche", "Un champ")
    with desk.wiki.read_only():
        with hurried() as meant:
            done = desk.sync()
        # minutes are for a run that has begun; the clerk at the keyboard is told at once
        assert max(meant.values(), default=0) < 60
        assert done.code == 3
        assert "lecture seule (readonly)" in done.err
        assert "Relancez la même commande" in done.err
        assert done.out == ""

    assert "Une friche" in person.page(JARDIN)
    assert (desk.sync().code, desk.sync().json["edits"]) == (0, 0)


@pytest.mark.older(False)
def test_a_block_that_a_person_moved_within_its_page_is_ours_where_it_is(
    desk: Desk, person: Person
) -> None:
    whole = person.page(JARDIN)
    person.edit(JARDIN, f"== Le mot des habitants ==\nBonjour.\n\n{whole}\nFin.")
    desk.change(GARDEN, "Une friche", "Un champ")

    assert desk.sync().code == 0

    now = person.page(JARDIN)
    assert now.startswith("== Le mot des habitants ==\nBonjour.\n\n<!-- loosbot ")
    assert now.endswith("-->\nFin.")
    assert "Un champ" in now


@pytest.mark.older(False)
def test_a_block_that_a_person_moved_to_another_page_is_left_in_both(
    desk: Desk, person: Person
) -> None:
    whole = person.page(JARDIN)
    person.edit("Ailleurs", f"Déplacé ici.\n{whole}")
    person.edit(JARDIN, "Voir [[Ailleurs]].")
    desk.wiki.jobs()
    desk.change(GARDEN, "Une friche", "Un champ")

    for _ in range(2):
        done = desk.sync()
        assert done.code == 1, done.out
        assert [page["id"] for page in done.json["human_edits"]] == ["projet/jardin"], done.out
    assert person.page("Ailleurs") == f"Déplacé ici.\n{whole}"
    assert person.page(JARDIN) == "Voir [[Ailleurs]]."

    assert desk.sync("--take-back", "projet/jardin").code == 0
    assert person.page(JARDIN).endswith("-->\nVoir [[Ailleurs]].")
    assert desk.sync().json["edits"] == 0


@pytest.mark.older(False)
def test_a_marker_that_a_person_moved_inside_the_text_is_a_change(
    desk: Desk, person: Person
) -> None:
    first, second, *rest = person.page(JARDIN).split("\n")
    moved = "\n".join([second, first, *rest])
    person.edit(JARDIN, moved)
    desk.change(GARDEN, "Une friche", "Un champ")

    done = desk.sync()

    assert [page["user"] for page in done.json["human_edits"]] == ["Camille"]
    assert person.page(JARDIN) == moved

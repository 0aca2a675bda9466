"""A second look at a wiki on which nothing moved: few requests, and nothing overlooked."""

from __future__ import annotations

import contextlib
import json
from binascii import crc32
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import faults
import pytest
from desk import JARDIN, PLACE, SQUARE, Desk
from patience import next_second
from proxy import Fault, Proxy, hurried

from loosbot.corpus.check.filecache import read_cache
from loosbot.wiki.session import Session

MOST_REQUESTS = 8
"""Login, site, a look as nobody, log, heads, stop page: whatever the number of pages."""

VERSIONS = """\
versions:
  - {nom: avant, date: "2025", phrase: Avant., etiquette: avant}
  - {nom: apres, date: "2026", phrase: Après., etiquette: apres}
"""


@pytest.fixture
def quiet(desk: Desk) -> Desk:
    """A checkout whose last run found nothing to write."""
    assert desk.sync().json["edits"] == 0
    return desk


def edited(desk: Desk) -> None:
    text = desk.wiki.person().text(JARDIN)
    assert text is not None
    desk.wiki.person().edit(JARDIN, text.replace("Une friche", "Un terrain"))


def deleted(desk: Desk) -> None:
    desk.wiki.person(desk.wiki.admin).act(action="delete", title=PLACE)


def moved(desk: Desk) -> None:
    desk.wiki.person().act(**{"action": "move", "from": PLACE, "to": "La place"})


def stopped(desk: Desk) -> None:
    desk.wiki.person().edit("User:Loosbot/Stop", "On attend le conseil.")


def written_around(desk: Desk) -> None:
    text = desk.wiki.person().text(JARDIN)
    desk.wiki.person().edit(JARDIN, f"{text}\n\nUn mot de plus.")


MEANWHILE: dict[str, Callable[[Desk], None]] = {
    "an edit in the block": edited,
    "an edit beside the block": written_around,
    "a page deleted": deleted,
    "a page renamed": moved,
}


@pytest.mark.older("what one request answers")
def test_nothing_to_do_costs_the_same_whatever_the_number_of_pages(quiet: Desk) -> None:
    done = quiet.sync()

    assert done.code == 0
    assert done.json["unchanged"] == len(quiet.plan().json["pages"])
    assert done.json["requests"] <= MOST_REQUESTS


def test_a_change_in_git_is_seen(quiet: Desk) -> None:
    quiet.change("narratives/projet/place.yaml", "Deux bancs", "Trois bancs")

    assert quiet.sync().json["updated"] == 1


def test_another_clone_on_this_machine_knows_it_too(quiet: Desk) -> None:
    clone = replace(quiet.clone("ailleurs"), cache=quiet.cache)

    summary = clone.sync().json
    assert (summary["edits"], summary["unchanged"]) == (0, len(quiet.plan().json["pages"]))
    assert summary["requests"] <= MOST_REQUESTS

    edited(quiet)
    assert len(clone.sync().json["human_edits"]) == 1


@pytest.mark.older("the options of an account")
def test_a_new_machine_asks_the_account_what_another_one_kept(quiet: Desk) -> None:
    first = quiet.clone("premiere").sync().json
    assert (first["edits"], first["unchanged"]) == (0, len(quiet.plan().json["pages"]))
    assert first["requests"] <= MOST_REQUESTS + 1

    quiet.change("narratives/projet/place.yaml", "Deux bancs", "Dix bancs")
    assert quiet.sync().json["updated"] == 1
    assert quiet.clone("deuxieme").sync().json["requests"] <= MOST_REQUESTS + 1

    edited(quiet)
    assert len(quiet.clone("troisieme").sync().json["human_edits"]) == 1


def test_what_the_account_keeps_names_nobody_and_nothing(quiet: Desk) -> None:
    options = Session(quiet.wiki.credentials).call("query", meta="userinfo", uiprop="options")
    (kept,) = (
        json.loads(value)
        for name, value in options["query"]["userinfo"]["options"].items()
        if name.startswith("userjs-loosbot-")
    )

    assert {"key", "heads", "pages"} <= kept.keys()
    text = json.dumps(kept, ensure_ascii=False)
    assert not [title for title in (JARDIN, PLACE, "projet/place") if title in text]


def test_a_password_that_may_keep_no_options_publishes_all_the_same(desk: Desk) -> None:
    desk.wiki.revoke("editmyoptions")

    done = desk.sync()
    assert (done.code, done.json["edits"]) == (0, 0)
    assert desk.sync().json["requests"] <= MOST_REQUESTS
    assert desk.clone("ailleurs").sync().json["requests"] > MOST_REQUESTS + 1


@pytest.mark.parametrize("fault", [faults.maxlag, faults.readonly, faults.status(429)])
def test_nobody_waits_for_a_wiki_that_does_not_take_the_option(quiet: Desk, fault: Fault) -> None:
    quiet.change("narratives/projet/place.yaml", "Deux bancs", "Sept bancs")
    proxy = Proxy(quiet.wiki)
    proxy.script = lambda request: fault if request.action == "options" else None
    with contextlib.closing(proxy), hurried() as meant:
        done = proxy.before(quiet).sync()

    assert (done.code, done.json["updated"]) == (0, 1)
    assert len(proxy.faults) == 1
    assert sum(meant.values()) == 0


def test_two_towns_on_one_wiki_each_find_theirs_in_order(quiet: Desk, tmp_path: Path) -> None:
    settings = "corpus: autre\n" + "".join(
        f'prefixe_{kind}: "Autre – "\n' for kind in ("modeles", "categories", "pages")
    )
    other = Desk.new(tmp_path / "autre", quiet.wiki, {"loosbot.yaml": settings})
    other.write({SQUARE: "type: projet\ntitre: Une autre place\nresume: Un banc.\n"})
    assert (other.sync().code, other.sync().json["edits"]) == (0, 0)
    assert other.sync().json["requests"] <= MOST_REQUESTS
    assert quiet.sync().json["requests"] > MOST_REQUESTS
    again = quiet.sync().json
    assert again["requests"] <= MOST_REQUESTS
    assert again["unchanged"] == len(quiet.plan().json["pages"])


def test_a_clone_without_some_of_the_files_retires_nothing(quiet: Desk) -> None:
    clone = replace(quiet.clone("en-partie"), cache=quiet.cache)
    clone.git("sparse-checkout", "set", "--no-cone", "/*", "!/narratives/projet/place.yaml")
    assert clone.git("status", "--porcelain") == ""

    refused = clone.sync("--yes-retire")

    assert refused.code == 1
    assert "sparse-checkout" in refused.err
    assert set(quiet.plan().actions().values()) == {"none"}


def test_a_tag_that_comes_after_its_commit_is_published(quiet: Desk) -> None:
    quiet.write({"pages/versions.yaml": VERSIONS})
    quiet.sync()
    assert quiet.sync().json["edits"] == 0
    assert quiet.clone("sans-etiquette").sync().json["requests"] <= MOST_REQUESTS + 1

    quiet.git("tag", "avant", "HEAD~1")
    quiet.git("tag", "apres", "HEAD")

    assert quiet.sync().json["updated"] == 2  # the list of versions, and the second one


def test_a_run_that_wrote_newer_texts_leaves_nothing_to_look_for(quiet: Desk) -> None:
    quiet.change("narratives/projet/place.yaml", "Deux bancs", "Quatre bancs")
    assert quiet.sync().json["updated"] == 1

    again = quiet.sync().json
    assert (again["edits"], again["unchanged"]) == (0, len(quiet.plan().json["pages"]))
    assert again["requests"] <= MOST_REQUESTS

    edited(quiet)
    assert len(quiet.sync().json["human_edits"]) == 1


def test_a_page_that_appeared_is_looked_at_once_more(quiet: Desk) -> None:
    quiet.write({"narratives/lieu/halle.yaml": "type: lieu\ntitre: La halle\ngenre: equipement\n"})
    assert quiet.sync().json["created"] == 2  # the place, and the list of places

    assert quiet.sync().json["requests"] > MOST_REQUESTS
    assert quiet.sync().json["requests"] <= MOST_REQUESTS


@pytest.mark.parametrize("happens", MEANWHILE.values(), ids=MEANWHILE.keys())
def test_what_happened_meanwhile_is_told_as_without_the_memory(
    quiet: Desk, tmp_path: Path, happens: Callable[[Desk], None]
) -> None:
    happens(quiet)
    quiet.wiki.settle()
    actions = Counter(replace(quiet, cache=tmp_path / "empty").plan().actions().values())

    result = quiet.sync().json

    assert result["unchanged"] == actions["none"]
    assert result["updated"] == actions["update"]
    assert (
        len(result["human_edits"] + result["failed"])
        == actions["human-edit"] + actions["deleted-on-wiki"]
    )


def test_the_stop_page_holds_for_a_run_with_nothing_to_write_too(quiet: Desk) -> None:
    stopped(quiet)

    done = quiet.sync()

    assert done.code == 1
    assert "On attend le conseil." in done.err


@pytest.mark.older("importing")
def test_old_versions_that_appear_under_a_head_are_looked_at(quiet: Desk) -> None:
    admin = quiet.wiki.person(quiet.wiki.admin)
    admin.imports(JARDIN, [("2019-01-01T00:00:00Z", "Zoé", "Une version d'avant.")])
    quiet.wiki.settle()

    assert quiet.sync().json["requests"] > MOST_REQUESTS


def test_a_wiki_put_back_from_a_backup_is_looked_at_once_more(quiet: Desk, tmp_path: Path) -> None:
    """What was deleted since can be read again, and its log says nothing of it."""
    admin = quiet.wiki.person(quiet.wiki.admin)
    admin.edit("Un brouillon", "De la place.")
    backup = quiet.wiki.keep(tmp_path / "backup")
    admin.act(action="delete", title="Un brouillon")
    assert quiet.sync().json["requests"] > MOST_REQUESTS
    assert quiet.sync().json["requests"] <= MOST_REQUESTS

    backup.reset()

    assert quiet.sync().json["requests"] > MOST_REQUESTS


def test_the_id_of_a_head_that_came_again_after_a_backup_is_another_head(
    quiet: Desk, tmp_path: Path
) -> None:
    backup = quiet.wiki.keep(tmp_path / "backup")
    written_around(quiet)
    quiet.sync()
    assert quiet.sync().json["requests"] <= MOST_REQUESTS
    before = quiet.wiki.person().text(JARDIN)

    backup.reset()
    next_second()  # nobody puts a wiki back within the second of an edit
    edited(quiet)
    quiet.wiki.settle()

    assert quiet.wiki.person().text(JARDIN) != before
    assert quiet.sync().json["human_edits"]


@pytest.mark.parametrize(
    "spoil",
    [
        lambda kept: "",
        lambda kept: "{}",
        lambda kept: "[]",
        lambda kept: '{"key": 1}',
        lambda kept: "\0",
        lambda kept: json.dumps(kept | {"pages": "48"}),
        lambda kept: json.dumps(kept | {"notice": ["Un mot."]}),
        lambda kept: json.dumps(kept | {"filed": 7}),
        lambda kept: json.dumps(kept | {"filed": "Pas [une] catégorie"}),
    ],
)
def test_a_memory_that_is_odd_is_no_memory(
    quiet: Desk, spoil: Callable[[dict[str, object]], str]
) -> None:
    (file,) = (quiet.cache / "loosbot").glob("en-ordre-*.json")
    text = spoil(read_cache(file))
    file.write_text(f"{text}\n{crc32(text.encode()):08x}", encoding="utf-8")

    done = quiet.sync()

    assert (done.code, done.json["edits"]) == (0, 0)
    assert done.json["requests"] > MOST_REQUESTS

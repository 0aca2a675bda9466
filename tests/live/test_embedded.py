"""The embedded wiki: installed, started twice, stopped; its accounts; closed to readers."""

from __future__ import annotations

import http.client
import json
import os
import shutil
import signal
import socket
import stat
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from patience import LONG, until
from wikis import CHECKOUT, Person, Wiki

from loosbot.errors import UserError, WikiUnavailable
from loosbot.wiki import embedded
from loosbot.wiki.credentials import find
from loosbot.wiki.install import GRANTS
from loosbot.wiki.instance import Instance, Server

pytestmark = pytest.mark.older("installing, settings, sessions, extensions")

CODE = CHECKOUT / ".loosbot" / f"mediawiki-{embedded.RELEASE}"


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    """Where a test starts a wiki of its own; nothing runs there afterwards."""
    yield tmp_path / ".loosbot" / "wiki"
    embedded.stop(tmp_path / ".loosbot" / "wiki")


def processes(folder: Path) -> list[int]:
    """Every process, of any group, that runs the router of this wiki."""
    router = os.fsencode(folder.resolve() / "router.php")
    pids = []
    for entry in Path("/proc").iterdir():
        try:
            if entry.name.isdigit() and router in (entry / "cmdline").read_bytes().split(b"\0"):
                pids.append(int(entry.name))
        except (FileNotFoundError, ProcessLookupError):
            continue
    return pids


def start(folder: Path) -> embedded.Running:
    return embedded.start(folder, embedded.any_port(), code=CODE)


def test_start_twice_then_stop_leaves_no_process(folder: Path) -> None:
    first = start(folder)
    again = embedded.start(folder)

    assert not first.already
    assert again.already
    assert (again.pid, again.port) == (first.pid, first.port)
    assert len(processes(folder)) > 1  # PHP's server and its workers

    assert embedded.stop(folder)
    assert processes(folder) == []
    assert not embedded.stop(folder)
    assert embedded.status(folder) is None


def test_restart_keeps_content_and_address(folder: Path) -> None:
    before = start(folder)
    bot = find(folder.parents[1], {})
    _wiki(before).person(bot).edit("Chemins ruraux", "Un texte.")
    embedded.stop(folder)

    after = embedded.start(folder)

    assert after.url_api == before.url_api
    assert _wiki(after).person(bot).text("Chemins ruraux") == "Un texte."


def test_busy_port_is_left_to_its_owner(folder: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        taken = other.getsockname()[1]
        with pytest.raises(UserError, match=f"Le port {taken} est déjà pris"):
            embedded.start(folder, taken, code=CODE)

        Instance(folder).write_server(Server(0, taken))
        moved = embedded.start(folder)

    assert moved.port != taken
    siteinfo = _get(moved.port, "/api.php?action=query&meta=siteinfo&format=json")
    assert json.loads(siteinfo)["query"]["general"]["server"] == f"http://127.0.0.1:{moved.port}"


def test_a_port_is_none_that_a_connection_may_take_before_the_server_does() -> None:
    first = int(Path("/proc/sys/net/ipv4/ip_local_port_range").read_text().split()[0])

    assert max(embedded.any_port() for _ in range(100)) < first


def test_a_server_that_does_not_answer_in_time_leaves_no_process(folder: Path) -> None:
    with pytest.raises(WikiUnavailable, match="n’a pas démarré"):
        embedded.start(folder, code=CODE, within=0)
    assert processes(folder) == []


def test_a_process_that_becomes_another_program_has_not_ended() -> None:
    """For a moment it has no words to be known by, on a busy machine at every second look."""
    for _ in range(50):
        pid = os.posix_spawnp("env", ["env", "sleep", "60"], dict(os.environ), setsid=True)
        try:
            assert b"sleep" in embedded._words(Path(f"/proc/{pid}"), pid)
        finally:
            os.kill(pid, signal.SIGKILL)
            os.waitpid(pid, 0)


def test_pid_of_somebody_else_is_never_touched(folder: Path) -> None:
    running = start(folder)
    embedded.stop(folder)
    Instance(folder).write_server(Server(os.getpid(), running.port))

    assert embedded.status(folder) is None
    assert not embedded.stop(folder)  # and this very process lives on to say so
    assert not embedded.start(folder).already


def test_workers_left_by_a_killed_server_are_found(folder: Path) -> None:
    running = start(folder)
    os.kill(running.pid, signal.SIGKILL)
    os.waitpid(running.pid, 0)
    assert processes(folder)

    again = embedded.start(folder)
    assert again.port == running.port
    embedded.stop(folder)
    assert processes(folder) == []


def test_a_process_of_the_server_that_ends_comes_back(folder: Path) -> None:
    running = start(folder)
    before = set(processes(folder))
    victim = max(before - {running.pid})
    os.kill(victim, signal.SIGKILL)

    def whole() -> bool:
        now = set(processes(folder)) - {victim}
        return len(now) == len(before) and embedded.status(folder) is not None

    until(whole, "the process never comes back")
    assert running.pid in processes(folder)
    assert embedded.start(folder).already


def is_closed_to_others(folder: Path) -> bool:
    return any(not way.stat().st_mode & stat.S_IXOTH for way in (folder, *folder.parents))


@pytest.mark.skipif(os.geteuid() != 0, reason="only root has rights to give up")
@pytest.mark.skipif(
    is_closed_to_others(CHECKOUT), reason="no other account may come to MediaWiki below /root"
)
def test_what_root_starts_does_not_run_as_root() -> None:
    # a folder that another account may come to, unlike those of the tests
    with tempfile.TemporaryDirectory(prefix="loosbot-") as place:
        Path(place).chmod(0o755)
        folder = Path(place) / ".loosbot" / "wiki"
        try:
            running = start(folder)
            owners = {Path(f"/proc/{pid}").stat().st_uid for pid in processes(folder)}
            Person(running.url_api, find(Path(place), {})).edit("Essai", "mots")
        finally:
            embedded.stop(folder)
        secrets = (folder / "credentials").stat()

    assert owners
    assert 0 not in owners
    assert (secrets.st_uid, stat.S_IMODE(secrets.st_mode)) == (0, 0o600)


def test_nothing_of_a_wiki_is_one_git_add_away(folder: Path, tmp_path: Path) -> None:
    start(folder)
    subprocess.run(["git", "init", "-q"], cwd=tmp_path, check=True)

    seen = subprocess.run(
        ["git", "add", "--all", "--dry-run"], cwd=tmp_path, capture_output=True, check=True
    )

    assert seen.stdout == b""


def test_nobody_makes_an_account_by_oneself(wiki: Wiki) -> None:
    reader = wiki.reader()
    rights = reader.call(action="query", meta="userinfo", uiprop="rights")
    answer = reader.call(
        action="query", meta="authmanagerinfo", amirequestsfor="create", amimessageformat="raw"
    )

    assert "createaccount" not in rights["query"]["userinfo"]["rights"]
    assert "canauthenticatenow" in answer["query"]["authmanagerinfo"]
    token = reader.call(action="query", meta="tokens", type="createaccount")
    made = reader.call(
        action="createaccount",
        username="Intrus",
        password="une-longue-phrase-de-passe",
        retype="une-longue-phrase-de-passe",
        createreturnurl=wiki.credentials.api,
        createtoken=token["query"]["tokens"]["createaccounttoken"],
    )
    assert made.get("createaccount", {}).get("status") != "PASS", made


def test_half_an_installation_is_made_again(folder: Path) -> None:
    start(folder)
    embedded.stop(folder)
    (folder / "credentials").unlink()  # written last

    assert embedded.start(folder, code=CODE).release == "1.43"
    assert find(folder.parents[1], {}).user == "Loosbot@loosbot"


def test_another_release_is_refused(folder: Path) -> None:
    start(folder)

    with pytest.raises(UserError, match=r"est un MediaWiki 1\.43, pas 1\.39"):
        embedded.start(folder, release="1.39")


def test_reset_erases_everything_but_the_owners_settings(folder: Path) -> None:
    running = start(folder)
    _wiki(running).person(find(folder.parents[1], {})).edit("Page", "texte")
    own = folder / "LocalSettings.local.php"
    own.write_text("<?php\n$wgSitename = 'Wiki de la mairie';\n")

    assert embedded.reset(folder)
    assert processes(folder) == []
    assert not (folder / "data").exists()

    fresh = embedded.start(folder, code=CODE)
    wiki = _wiki(fresh).person(find(folder.parents[1], {}))
    assert wiki.text("Page") is None
    general = wiki.call(action="query", meta="siteinfo")["query"]["general"]
    assert general["sitename"] == "Wiki de la mairie"


def test_answers_in_french_with_the_extensions(wiki: Wiki) -> None:
    reader = wiki.reader()
    answer = reader.call(
        action="query", meta="siteinfo", siprop="general|extensions|skins|namespaces"
    )["query"]

    assert answer["general"]["lang"] == "fr"
    assert answer["general"]["generator"].startswith(f"MediaWiki {wiki.release}.")
    assert answer["namespaces"]["10"]["name"] == "Modèle"
    names = {extension["name"] for extension in answer["extensions"]}
    assert names >= {"ParserFunctions", "TemplateData", "Cite", "VisualEditor"}
    assert {s["code"] for s in answer["skins"]} >= {"vector-2022", "timeless", "minerva"}


def test_the_visual_editor_opens_and_saves_a_page_without_another_service(wiki: Wiki) -> None:
    person = wiki.person()
    person.edit("Chemins ruraux", "Un ''texte''.")
    opened = person.call(action="visualeditor", paction="parse", page="Chemins ruraux")
    editor = opened["visualeditor"]
    assert "<i" in editor["content"]

    saved = person.act(
        action="visualeditoredit",
        paction="save",
        page="Chemins ruraux",
        html="<p>Un <i>texte</i> et un <b>autre</b>.</p>",
        **{name: editor[name] for name in ("basetimestamp", "etag", "oldid")},
    )
    assert saved["visualeditoredit"]["result"] == "success"
    assert person.text("Chemins ruraux") == "Un ''texte'' et un '''autre'''."


def test_pages_and_their_style_are_served_and_nothing_private(wiki: Wiki) -> None:
    page = _get(wiki.port, "/wiki/Accueil").decode()
    assert 'lang="fr"' in page
    assert b"jQuery" in _get(wiki.port, "/resources/lib/jquery/jquery.js")

    for hidden in ("/LocalSettings.php", "/maintenance/update.php", "/data/wiki.sqlite",
                   "/extensions/../includes/Setup.php", "/mw-config/index.php"):  # fmt: skip
        assert _status(wiki.port, hidden) == 404, hidden


def test_bot_has_the_least_it_needs(wiki: Wiki) -> None:
    bot = wiki.person(wiki.credentials)
    info = bot.call(action="query", meta="userinfo", uiprop="rights|groups|ratelimits")
    rights = set(info["query"]["userinfo"]["rights"])

    assert rights >= {"bot", "apihighlimits", "noratelimit", "edit", "createpage", "move"}
    assert rights.isdisjoint({"delete", "protect", "editinterface", "block", "userrights"})
    assert "delete" not in GRANTS
    assert info["query"]["userinfo"]["ratelimits"] == {}


def test_bot_edits_as_a_bot_and_a_person_as_a_person(wiki: Wiki) -> None:
    bot = wiki.person(wiki.credentials)
    revision = bot.edit("Chemins ruraux", "Texte.", bot=1, **{"assert": "bot"})
    person = wiki.person()
    person.edit("Chemins ruraux", "Texte corrigé.")

    users = [r["user"] for r in person.revisions("Chemins ruraux")]
    assert users == ["Camille", "Loosbot"]
    changes = person.call(action="query", list="recentchanges", rcprop="ids|flags")
    bots = {c["revid"]: c["bot"] for c in changes["query"]["recentchanges"]}
    assert bots[revision]
    assert sum(bots.values()) == 1


def test_edit_without_an_account_is_refused(wiki: Wiki) -> None:
    answer = wiki.reader().call(action="edit", title="Essai", text="x", token="+\\")

    assert answer["error"]["code"] == "permissiondenied"


def test_reset_between_tests_forgets_pages_and_caches(wiki: Wiki) -> None:
    wiki.person().edit("Une page", "premier texte")
    assert wiki.reader().text("Une page") == "premier texte"

    wiki.reset()
    assert wiki.reader().text("Une page") is None
    # the same page and revision numbers again: nothing cached may answer in their place
    wiki.person().edit("Une page", "second texte")
    assert wiki.reader().text("Une page") == "second texte"


def test_settle_waits_for_categories(wiki: Wiki) -> None:
    wiki.person().edit("Une page", "[[Catégorie:Suivi|corpus:recit/un]]")
    wiki.settle()

    members = wiki.reader().call(
        action="query", list="categorymembers", cmtitle="Catégorie:Suivi",
        cmprop="title|sortkeyprefix",
    )["query"]["categorymembers"]  # fmt: skip
    assert members == [{"ns": 0, "title": "Une page", "sortkeyprefix": "corpus:recit/un"}]


def test_admin_can_protect_and_delete(wiki: Wiki) -> None:
    admin = wiki.person(wiki.admin)
    admin.edit("Une page", "texte")
    admin.act(action="protect", title="Une page", protections="edit=sysop")
    admin.act(action="delete", title="Une page")

    assert admin.text("Une page") is None


def test_closed_wiki_refuses_readers_and_serves_accounts(closed_wiki: Wiki) -> None:
    asked = {"action": "query", "titles": "Accueil", "prop": "info"}

    assert closed_wiki.reader().call(**asked)["error"]["code"] == "readapidenied"
    page = closed_wiki.person(closed_wiki.credentials).call(**asked)["query"]["pages"][0]
    assert page["pageid"] > 0


def test_secrets_are_for_their_owner_alone(wiki: Wiki) -> None:
    for name in ("credentials", "LocalSettings.php", "server.json"):
        assert stat.S_IMODE((wiki.dir / name).stat().st_mode) == 0o600, name
    secrets = [wiki.credentials.password, wiki.admin.password]
    assert not any(secret in repr(wiki) for secret in secrets)
    log = (wiki.dir / "server.log").read_text()
    assert not any(secret in log for secret in secrets)
    for pid in processes(wiki.dir):
        seen = Path(f"/proc/{pid}/cmdline").read_text() + Path(f"/proc/{pid}/environ").read_text()
        assert not any(secret in seen for secret in secrets)


def test_status_takes_no_time(wiki: Wiki) -> None:
    begin = time.process_time()
    assert embedded.status(wiki.dir)
    assert time.process_time() - begin < 2


def _wiki(running: embedded.Running) -> Wiki:
    """Enough of a Wiki to log in to one that a test started itself."""
    nobody = find(running.dir.parents[1], {})
    return Wiki(
        dir=running.dir,
        pristine=running.dir,
        api=running.url_api,
        home=running.url_home,
        port=running.port,
        release=running.release,
        closed=running.closed,
        credentials=nobody,
        human=nobody,
        admin=nobody,
    )


def _get(port: int, path: str) -> bytes:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=LONG)
    connection.request("GET", path)
    return connection.getresponse().read()


def _status(port: int, path: str) -> int:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=LONG)
    connection.request("GET", path)
    return connection.getresponse().status


def test_a_folder_that_is_moved_while_its_wiki_runs_leaves_nothing_behind(folder: Path) -> None:
    start(folder)
    there = folder.parent.parent / "ailleurs" / ".loosbot" / "wiki"
    there.parent.parent.mkdir()
    folder.parent.rename(there.parent)

    assert embedded.stop(there) in (True, False)  # its keeper may have ended it already

    assert processes(folder) == []


def test_a_folder_that_is_erased_while_its_wiki_runs_stops_it(folder: Path) -> None:
    start(folder)
    shutil.rmtree(folder)

    until(lambda: not processes(folder), "it never stops")


def test_a_copy_of_a_running_wiki_does_not_stop_it(folder: Path, tmp_path: Path) -> None:
    running = start(folder)
    # the journal of the database comes and goes while the wiki runs
    journal = shutil.ignore_patterns("*-wal", "*-shm", "*-journal")
    shutil.copytree(folder, tmp_path / "copie", ignore=journal)

    assert not embedded.stop(tmp_path / "copie")

    again = embedded.status(folder)
    assert again and again.pid == running.pid

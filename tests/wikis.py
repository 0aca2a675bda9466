"""Wikis for the tests, and a plain way to act on them as a person does: not through our client."""

from __future__ import annotations

import contextlib
import copy
import http.cookiejar
import json
import os
import shutil
import sqlite3
import tempfile
import time
import urllib.parse
import urllib.request
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from patience import LONG, until

from loosbot.errors import WikiUnavailable
from loosbot.wiki import embedded, install
from loosbot.wiki.credentials import Credentials
from loosbot.wiki.instance import Account, Instance, Server

CHECKOUT = Path(__file__).resolve().parents[1]
_MEMORY = Path("/dev/shm")  # noqa: S108 - of the system; the folders in it are our own
_ROOM = 2 << 30
"""Bytes that must be free there: far more than the wikis take, since others live there too."""
HUMAN = Account("Camille", "une-phrase-de-passe-pour-les-tests")


class Person:
    """A login of its own (cookies and all). ``None`` as credentials: a reader without account."""

    def __init__(self, api: str, credentials: Credentials | None) -> None:
        self.api = api
        self.name = credentials.account if credentials else ""
        self._token = ""
        self._begin(())
        if credentials:
            token = self.call(action="query", meta="tokens", type="login")
            answer = self.call(
                action="login",
                lgname=credentials.user,
                lgpassword=credentials.password,
                lgtoken=token["query"]["tokens"]["logintoken"],
            )
            assert answer["login"]["result"] == "Success", answer

    def _begin(self, cookies: Iterable[http.cookiejar.Cookie]) -> None:
        """Open a browser that holds these."""
        self._jar = http.cookiejar.CookieJar()
        for cookie in cookies:
            self._jar.set_cookie(cookie)
        self._opener = urllib.request.build_opener(
            urllib.request.ProxyHandler({}), urllib.request.HTTPCookieProcessor(self._jar)
        )

    def again(self, api: str) -> Person:
        """The same login in another browser, at this address of the wiki."""
        other = copy.copy(self)
        other.api = api
        other._begin(self._jar)
        return other

    @classmethod
    def on(cls, wiki: Path) -> Person:
        """``HUMAN`` on the embedded wiki of this folder, which runs and has the account."""
        running = embedded.status(wiki)
        assert running
        return cls(running.url_api, Credentials(running.url_api, HUMAN.user, HUMAN.password))

    def call(self, **parameters: Any) -> dict[str, Any]:
        """One POST; the whole answer, an ``error`` included."""
        body = urllib.parse.urlencode({"format": "json", "formatversion": 2} | parameters)
        with self._opener.open(self.api, body.encode(), timeout=LONG) as answer:
            result: dict[str, Any] = json.load(answer)
        return result

    def file(self, path: str) -> bytes:
        """What a reader of the wiki gets at an address of it."""
        with self._opener.open(urllib.parse.urljoin(self.api, path), timeout=LONG) as answer:
            data: bytes = answer.read()
        return data

    def act(self, **parameters: Any) -> dict[str, Any]:
        """One POST with a token; fails the test when the wiki refuses."""
        answer = self.call(**parameters, token=self._token or self._new_token())
        if answer.get("error", {}).get("code") == "badtoken":
            answer = self.call(**parameters, token=self._new_token())
        assert "error" not in answer, answer
        return answer

    def _new_token(self) -> str:
        """It holds as long as the login: to ask before each edit would be a fifth of the work."""
        self._token = str(self.call(action="query", meta="tokens")["query"]["tokens"]["csrftoken"])
        return self._token

    def edit(self, title: str, text: str, **more: Any) -> int:
        """Save a page as it is given; returns the new revision, 0 when nothing changed."""
        answer = self.act(action="edit", title=title, text=text, **more)
        assert answer["edit"]["result"] == "Success", answer
        return int(answer["edit"].get("newrevid", 0))

    def imports(self, title: str, versions: list[tuple[str, str, str]], **more: Any) -> None:
        """Import versions of a page (time, user, text) as those of the wiki ``autre``."""
        revisions = "".join(
            f"<revision><timestamp>{time}</timestamp><contributor><username>{user}</username>"
            "</contributor><model>wikitext</model><format>text/x-wiki</format>"
            f"<text>{escape(text)}</text></revision>"
            for time, user, text in versions
        )
        xml = f"<mediawiki><page><title>{title}</title><ns>0</ns>{revisions}</page></mediawiki>"
        token = self.call(action="query", meta="tokens")["query"]["tokens"]["csrftoken"]
        fields = {"action": "import", "format": "json", "interwikiprefix": "autre", "token": token}
        form = "".join(
            f'--limite\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
            for name, value in {**fields, **more}.items()
        )
        form += '--limite\r\nContent-Disposition: form-data; name="xml"; filename="pages.xml"\r\n'
        body = f"{form}Content-Type: text/xml\r\n\r\n{xml}\r\n--limite--\r\n".encode()
        kind = {"Content-Type": "multipart/form-data; boundary=limite"}
        request = urllib.request.Request(self.api, body, kind)
        with self._opener.open(request, timeout=LONG) as answer:
            result = json.load(answer)
        assert result["import"][0]["revisions"] == len(versions), result

    def text(self, title: str) -> str | None:
        """The wikitext of a page, None where there is none."""
        revisions = self.revisions(title, 1)
        return revisions[0]["slots"]["main"]["content"] if revisions else None

    def page(self, title: str) -> str:
        """The wikitext of a page that there is."""
        text = self.text(title)
        assert text is not None, title
        return text

    def pageid(self, title: str) -> int:
        """The id of a page that there is."""
        [page] = self.call(action="query", titles=title)["query"]["pages"]
        return int(page["pageid"])

    def logged(self, kind: str) -> list[dict[str, Any]]:
        """The entries of a log, newest first."""
        entries: list[dict[str, Any]] = self.call(
            action="query", list="logevents", letype=kind, lelimit=50
        )["query"]["logevents"]
        return entries

    def texts(self, namespaces: tuple[int, ...] = (0, 10, 14)) -> dict[str, str]:
        """The wikitext of every article, template and category, by title."""
        texts: dict[str, str] = {}
        for namespace in namespaces:
            more: dict[str, Any] = {"continue": ""}
            while more:
                answer = self.call(
                    action="query",
                    generator="allpages",
                    gapnamespace=namespace,
                    gaplimit=50,
                    prop="revisions",
                    rvprop="content",
                    rvslots="main",
                    **more,
                )
                for page in answer.get("query", {}).get("pages", ()):
                    if "revisions" in page:
                        texts[page["title"]] = page["revisions"][0]["slots"]["main"]["content"]
                more = answer.get("continue", {})
        return dict(sorted(texts.items()))

    def revisions(self, title: str, limit: int = 50) -> list[dict[str, Any]]:
        """The newest revisions with user, comment, tags and content, newest first."""
        page = self.call(
            action="query",
            titles=title,
            prop="revisions",
            rvprop="ids|user|comment|timestamp|flags|tags|content",
            rvslots="main",
            rvlimit=limit,
        )["query"]["pages"][0]
        revisions: list[dict[str, Any]] = page.get("revisions", [])
        return revisions

    def summaries(self) -> dict[str, list[str]]:
        """Of every page the summary of each revision, on a wiki that has less than 500 of them."""
        answer = self.call(action="query", list="allrevisions", arvlimit="max", arvprop="comment")
        assert "continue" not in answer
        return {
            page["title"]: [revision["comment"] for revision in page["revisions"]]
            for page in answer["query"]["allrevisions"]
        }

    def histories(self, titles: Iterable[str]) -> dict[str, list[Any]]:
        """Of each title all revisions, the newest first: number, user, summary, time, text."""
        keys = ("revid", "user", "comment", "timestamp", "slots")
        return {
            title: [tuple(revision[key] for key in keys) for revision in self.revisions(title)]
            for title in titles
        }


@dataclass(frozen=True)
class Wiki:
    """A running wiki of the tests. ``credentials`` are the bot's; ``admin`` protects, deletes."""

    dir: Path
    pristine: Path
    api: str
    home: str
    port: int
    release: str
    closed: bool
    credentials: Credentials
    human: Credentials
    admin: Credentials
    logins: dict[str, Person] = field(default_factory=dict, compare=False)
    """By account, made before the wiki was kept: ``reset`` leaves these alone."""

    def person(self, credentials: Credentials | None = None) -> Person:
        """Logged in; as the ordinary user unless other credentials are given."""
        asked = credentials or self.human
        login = self.logins.get(asked.user)
        return login.again(self.api) if login else Person(self.api, asked)

    @property
    def env(self) -> dict[str, str]:
        """What tells a command where the wiki is, and the account of the bot."""
        bot = self.credentials
        names = ("LOOSBOT_WIKI", "LOOSBOT_USER", "LOOSBOT_PASSWORD")
        return dict(zip(names, (bot.api, bot.user, bot.password), strict=True))

    def reader(self) -> Person:
        """Somebody without an account."""
        return Person(self.api, None)

    def settle(self) -> None:
        """Wait until no request is at work: links and categories are written after the answer."""
        until(lambda: not _busy(self.port), "the wiki never comes to rest", 0.01)

    def jobs(self) -> None:
        """Run the job queue to its end, as a wiki's own timer does."""
        self.settle()
        secrets = Instance(self.dir).read_secrets()
        assert secrets
        install.run_php(["maintenance/runJobs.php"], secrets.code, Instance(self.dir))

    def unfile(self, sortkey: str) -> None:
        """Take a page out of its category as if the wiki had not come to file it yet."""
        self.settle()
        with sqlite3.connect(Instance(self.dir).data / "wiki.sqlite", timeout=LONG) as database:
            gone = database.execute(
                "DELETE FROM categorylinks WHERE cl_sortkey_prefix = ?", (sortkey,)
            )
        assert gone.rowcount == 1

    def revoke(self, grant: str) -> None:
        """Take a grant from the password of the robot, as an administrator does."""
        with sqlite3.connect(Instance(self.dir).data / "wiki.sqlite", timeout=LONG) as database:
            ((before,),) = database.execute("SELECT bp_grants FROM bot_passwords")
            left = [name for name in json.loads(before) if name != grant]
            database.execute("UPDATE bot_passwords SET bp_grants = ?", (json.dumps(left),))
        assert json.dumps(left) != before

    @contextlib.contextmanager
    def read_only(self) -> Iterator[None]:
        """Closed for maintenance, as an administrator does it: every write is refused."""
        notice = self.dir / "readonly"
        notice.write_text("Le wiki est en travaux.")
        try:
            yield
        finally:
            notice.unlink()

    @contextlib.contextmanager
    def without_uploads(self) -> Iterator[None]:
        """A wiki that takes no files, as MediaWiki comes."""
        notice = self.dir / "no-uploads"
        notice.touch()
        try:
            yield
        finally:
            notice.unlink()

    def keep(self, folder: Path) -> Wiki:
        """The same wiki, whose ``reset`` puts back what it holds now; logins too."""
        self.settle()
        folder.mkdir()
        _copy(Instance(self.dir).data, folder)
        return replace(self, pristine=folder)

    def reset(self) -> None:
        """Put the content of the first minute back. Every login since then is gone with it."""
        self.settle()
        data = Instance(self.dir).data
        _copy(self.pristine, data)
        (data / "epoch").write_text(str(time.time_ns()))  # what PHP has cached is of the past


def place(disk: Path) -> Path:
    """A new folder for a wiki: in memory, where an edit costs a tenth less, or ``disk``."""
    return in_memory() or disk


def in_memory() -> Path | None:
    """A new folder; None where there is no room for it.

    What a process left there that was killed is cleared away: memory is not swept by itself.
    """
    with contextlib.suppress(OSError):
        for left in _MEMORY.glob("loosbot-essais-*"):
            if not Path(f"/proc/{left.name.split('-')[2]}").exists():
                shutil.rmtree(left, ignore_errors=True)
        if shutil.disk_usage(_MEMORY).free > _ROOM:
            return Path(tempfile.mkdtemp(prefix=f"loosbot-essais-{os.getpid()}-", dir=_MEMORY))
    return None


@contextlib.contextmanager
def running(folder: Path, release: str, closed: bool = False) -> Iterator[Wiki]:
    """A fresh wiki in ``folder`` with an ordinary user, stopped at the end whatever happens."""
    code = CHECKOUT / ".loosbot" / f"mediawiki-{release}"
    instance = Instance(folder / "wiki")
    instance.dir.mkdir(parents=True)
    # tests edit faster than the ninety a minute that a person is allowed, and log in at each
    # command: passwords that are no secret need no slow hash, nor what a session keeps of them
    (instance.dir / "LocalSettings.local.php").write_text(
        "<?php\n$wgRateLimits = [];\n$wgReadOnlyFile = __DIR__ . '/readonly';\n"
        "$wgPasswordConfig['pbkdf2']['cost'] = '1';\n$wgSessionPbkdf2Iterations = 1;\n"
        # those that are logged in before all tests stay so, however long these take
        "$wgObjectCacheSessionExpiry = 86400;\n"
        "if ( is_file( __DIR__ . '/no-uploads' ) ) { $wgEnableUploads = false; }\n"
        # the schema is read once, not at each request. Not for a town: where a request ends in the
        # middle of a transaction, PHP leaves that open, and nobody else can write
        "$wgDBservers[0]['flags'] = $wgObjectCaches[CACHE_DB]['server']['flags'] =\n"
        "\t$wgJobTypeConf['default']['server']['flags'] = DBO_PERSISTENT;\n"
        # no PHP file: those are looked at again after two seconds at the earliest
        "$more = __DIR__ . '/more.txt';\n"
        "if ( is_file( $more ) ) { eval( file_get_contents( $more ) ); }\n"
    )
    try:
        # a port of its own: a test that stops its wiki must find it free to start it again; wished
        # and not asked, so that a start that fails is tried once more on another
        instance.write_server(Server(0, embedded.any_port()))
        started = _started(instance, release, closed, code)
        install.make_accounts(instance, code, [(HUMAN, ())])
        secrets = instance.read_secrets()
        assert secrets
        wiki = Wiki(
            dir=instance.dir,
            pristine=folder / "pristine",
            api=started.url_api,
            home=started.url_home,
            port=started.port,
            release=release,
            closed=closed,
            credentials=Credentials(started.url_api, secrets.bot.user, secrets.bot.password),
            human=Credentials(started.url_api, HUMAN.user, HUMAN.password),
            admin=Credentials(started.url_api, secrets.admin.user, secrets.admin.password),
        )
        for credentials in (wiki.human, wiki.admin):
            wiki.logins[credentials.user] = person = wiki.person(credentials)
            person._new_token()
        wiki.settle()
        wiki.pristine.mkdir()
        _copy(instance.data, wiki.pristine)
        yield wiki
    finally:
        embedded.stop(instance.dir)
        shutil.rmtree(folder, ignore_errors=True)


def _started(instance: Instance, release: str, closed: bool, code: Path) -> embedded.Running:
    try:
        return embedded.start(
            instance.dir, None, release=release, closed=closed, code=code, within=LONG
        )
    except WikiUnavailable as error:
        # its folder goes with the test
        error.add_note(instance.log.read_text(errors="replace")[-4_000:])
        raise


def _copy(source: Path, target: Path) -> None:
    """The databases, and the files that people sent."""
    for file in source.glob("*.sqlite"):
        with (
            contextlib.closing(sqlite3.connect(file)) as old,
            contextlib.closing(sqlite3.connect(target / file.name, timeout=LONG)) as new,
        ):
            old.backup(new)
    shutil.rmtree(target / "images", ignore_errors=True)
    if (source / "images").exists():
        shutil.copytree(source / "images", target / "images")


def _busy(port: int) -> bool:
    """PHP's server closes a connection at the very end of a request, deferred writes included."""
    local = f":{port:04X}"
    established, close_wait = "01", "08"
    for line in Path("/proc/net/tcp").read_text().splitlines()[1:]:
        address, state = line.split()[1], line.split()[3]
        if address.endswith(local) and state in (established, close_wait):
            return True
    return False

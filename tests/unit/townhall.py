"""A town's atelier over a bare repository, and people who come to it with their cookies."""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from forms import Page, compiled, filled, git, town

from loosbot.atelier.app import create_town_app
from loosbot.atelier.desk.preview import Wiki
from loosbot.atelier.guard import secret_in
from loosbot.atelier.serving import public_address
from loosbot.atelier.town.asking import Wiki as Asking
from loosbot.atelier.town.desks import Town
from loosbot.corpus.privacy.consent import Channel
from loosbot.wiki.credentials import Credentials

ADDRESS = "https://ville.exemple/atelier/"
ORIGIN = "https://ville.exemple"
ACCOUNTS: Mapping[str, dict[str, Any]] = {
    "marie": {"id": 7, "name": "Marie", "groups": ["*", "user", "autoconfirmed"]},
    "paul": {"id": 8, "name": "Paul", "groups": ["*", "user"]},
    "agnes": {"id": 9, "name": "Agnès", "groups": ["*", "user", "referents"]},
    "bloque": {
        "id": 10,
        "name": "Bloqué",
        "groups": ["*", "user", "referents"],
        "blockid": 3,
        "blockreason": "vandalisme",
        "blockexpiry": "2027-03-01T00:00:00Z",
        "blockpartial": False,
    },
    "passage": {"id": 11, "name": "~2026-1", "temp": True, "groups": ["*", "temp"]},
}
STRANGER = {"id": 0, "name": "127.0.0.1", "anon": True, "groups": ["*"]}


class UserInfo(ThreadingHTTPServer):
    """What MediaWiki answers to ``meta=userinfo``, for cookies that are the names above."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Answers)
        self.asked: list[dict[str, str]] = []
        self.accounts = {name: dict(account) for name, account in ACCOUNTS.items()}
        self.silent = False
        threading.Thread(target=self.serve_forever, daemon=True).start()

    @property
    def api(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/w/api.php"


class _Answers(BaseHTTPRequestHandler):
    server: UserInfo
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self.server.asked.append({"path": self.path, **dict(self.headers.items())})
        parts = dict(
            part.strip().partition("=")[::2] for part in self.headers.get("Cookie", "").split(";")
        )
        account = self.server.accounts.get(parts.get("wiki_session", ""), STRANGER)
        body = json.dumps({"batchcomplete": True, "query": {"userinfo": account}}).encode()
        self.send_response(500 if self.server.silent else 200)
        self.send_header("Content-Type", "application/json; charset=utf-8")
        self.send_header("Set-Cookie", "wiki_session=; expires=Thu, 01 Jan 1970 00:00:00 GMT")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *words: object) -> None:
        """The suite's own output stays quiet."""


@dataclass
class TownHall:
    """The atelier of a town whose wiki is ``wiki``; ``work`` is a clone that pushes to it."""

    repo: Path
    work: Path
    town: Town
    app: Flask
    wiki: UserInfo
    guests: dict[str, Guest] = field(default_factory=dict)

    @classmethod
    def at(cls, root: Path, wiki: UserInfo, *, channel: Channel = "wiki-ouvert") -> TownHall:
        work = town(root)
        (work / "loosbot.yaml").write_text(
            (work / "loosbot.yaml").read_text() + "publient: [referents]\n"
        )
        git(work, "commit", "-qam", "Qui publie")
        repo = root / "depot.git"
        git(root, "clone", "-q", "--bare", str(work), str(repo))
        private = root / "prive"
        private.mkdir()
        house = Town(repo, private, lambda: channel)
        origin_guard = public_address(ADDRESS).origin_guard(secret_in(private), 8910)
        # no wiki answers previews here
        nobody = Wiki(lambda: Credentials("http://127.0.0.1:9/w/api.php", "a", "b"))
        login = "https://ville.exemple/w/index.php?title=Special:UserLogin"
        app = compiled(create_town_app(house, nobody, Asking(wiki.api).who, origin_guard, login))
        return cls(repo, work, house, app, wiki)

    def guest(self, name: str) -> Guest:
        """Somebody's browser; "" for one without any cookie of the wiki."""
        if name not in self.guests:
            client = self.app.test_client()
            if name:
                client.set_cookie("wiki_session", name, domain="ville.exemple")
            self.guests[name] = Guest(client)
        return self.guests[name]

    def proposals(self) -> list[str]:
        refs = git(self.repo, "for-each-ref", "--format=%(refname)", "refs/heads/propositions/")
        return refs.split()

    def published(self, path: str) -> str:
        return git(self.repo, "show", f"principale:{path}")


class Guest:
    """One browser at the town's address, below its prefix."""

    def __init__(self, client: FlaskClient) -> None:
        self.client = client

    def get(self, path: str, **more: Any) -> Page:
        return Page(
            self.client.get(path, base_url=ORIGIN + "/atelier", follow_redirects=True, **more)
        )

    def post(self, path: str, data: Mapping[str, Any], **more: Any) -> Page:
        headers = {"Origin": ORIGIN, **more.pop("headers", {})}
        follow = more.pop("follow_redirects", True)
        return Page(
            self.client.post(
                path.removeprefix("/atelier"),
                base_url=ORIGIN + "/atelier",
                data=data,
                headers=headers,
                follow_redirects=follow,
                **more,
            )
        )

    def fill(self, page: Page, answers: Mapping[str, Any], action: str) -> Page:
        """Fill in a form, and press a button."""
        return self.post(page.action, filled(page, answers, action))

    def press(self, page: Page, verb: str, **more: str) -> Page:
        """Press the button of a proposal's page."""
        text = page.answer.get_data(as_text=True)
        start = text.index(f'/{verb}"')
        form = text[text.rindex("<form", 0, start) : text.index("</form>", start)]
        hidden = dict(re.findall(r'type="hidden" name="([^"]+)" value="([^"]+)"', form))
        return self.post(form.partition('action="')[2].partition('"')[0], {**hidden, **more})

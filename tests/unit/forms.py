"""A small town's corpus in git, and the atelier's forms filled as a browser would."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from clerk import AROUND, TWO_VOICES
from corpora import write
from flask import Flask
from flask.testing import FlaskClient
from gits import git
from jinja2 import Undefined
from jinja2.bccache import Bucket, BytecodeCache
from jinja2.utils import missing
from werkzeug.test import TestResponse

from loosbot.atelier.app import create_app
from loosbot.atelier.desk.desk import Desk
from loosbot.atelier.desk.drafts import Drafts

PORT = 8910
HOME = f"http://127.0.0.1:{PORT}"
RECIT = "narratives/recit/de-grands-pas.yaml"
COMMENTED = TWO_VOICES.replace("plume:", "# demandé à Valérie le 3 mai\nplume:")


class _Compiled(BytecodeCache):
    """The templates of a worker, in memory: each application compiled its own."""

    def __init__(self) -> None:
        self._known: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if known := self._known.get(bucket.key):
            bucket.bytecode_from_string(known)

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._known[bucket.key] = bucket.bytecode_to_string()


_COMPILED = _Compiled()


class _Absent(Undefined):
    """What a template asks for in vain. Of a value that has no such field, the test fails: nothing
    else tells that a field was renamed in Python alone. A variable may be absent."""

    def __init__(self, *asked: Any, **more: Any) -> None:
        super().__init__(*asked, **more)
        if self._undefined_obj is not missing:
            self._fail_with_undefined_error()


def compiled(app: Flask) -> Flask:
    """The application, which compiles no template that another one has compiled."""
    app.jinja_env.bytecode_cache = _COMPILED
    app.jinja_env.undefined = _Absent
    return app


def town(root: Path) -> Path:
    """A corpus in git, with one hand-written récit."""
    folder = write(root / "ville", {**AROUND, RECIT: COMMENTED})
    git(folder, "init", "-q", "-b", "principale")
    git(folder, "config", "user.name", "Agnès Dupont")
    git(folder, "config", "user.email", "agnes@exemple.fr")
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "-m", "Le corpus")
    return folder


@dataclass
class Page:
    """An answer, and the fields of its form."""

    answer: TestResponse

    @property
    def text(self) -> str:
        shown = unescape(self.answer.get_data(as_text=True))
        # the blanks that no line may break at read as blanks
        return shown.replace("\N{NARROW NO-BREAK SPACE}", " ").replace("\N{NO-BREAK SPACE}", " ")

    @property
    def status(self) -> int:
        return self.answer.status_code

    @property
    def fields(self) -> dict[str, list[str]]:
        """What a browser would post of the form ``fiche``, without a button."""
        reader = _Fields()
        reader.feed(self.answer.get_data(as_text=True))
        # a browser drops the first line end of a text area
        return {
            name: [text.removeprefix("\n") for text in texts]
            for name, texts in reader.found.items()
        }

    @property
    def action(self) -> str:
        match = re.search(r'action="([^"]+)"[^>]*id="fiche"', self.answer.get_data(as_text=True))
        assert match, self.text[:2000]
        return match[1]


_TICKED = ("checkbox", "radio")


class _Fields(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: dict[str, list[str]] = {}
        self._inside = False
        self._area = ""
        self._select = ""

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        about = dict(attributes)
        if tag == "form":
            self._inside = about.get("id") == "fiche"
        name = about.get("name") or ""
        if not self._inside or (tag in ("input", "textarea", "select") and not name):
            return
        kind = about.get("type", "text")
        if tag == "textarea":
            self._area = name
            self.found.setdefault(name, []).append("")
        elif tag == "select":
            self._select = name
        elif tag == "option" and "selected" in about:
            self.found.setdefault(self._select, []).append(about.get("value") or "")
        elif tag == "input" and kind != "file" and (kind not in _TICKED or "checked" in about):
            self.found.setdefault(name, []).append(about.get("value") or "")

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self._area = ""
        if tag == "form":
            self._inside = False

    def handle_data(self, data: str) -> None:
        if self._area:
            self.found[self._area][-1] += data


@dataclass
class Browser:
    """One browser on one atelier."""

    folder: Path
    desk: Desk
    client: FlaskClient

    @classmethod
    def on(cls, folder: Path, drafts: Path) -> Browser:
        desk = Desk(folder, Drafts(drafts))
        app = compiled(create_app(desk, PORT, {"HOME": str(drafts)}))
        return cls(folder, desk, app.test_client())

    def get(self, path: str, **more: Any) -> Page:
        return Page(self.client.get(path, base_url=HOME, follow_redirects=True, **more))

    def post(self, path: str, data: Mapping[str, Any], **more: Any) -> Page:
        headers = {"Origin": HOME, **more.pop("headers", {})}
        follow = more.pop("follow_redirects", True)
        return Page(
            self.client.post(
                path, base_url=HOME, data=data, headers=headers, follow_redirects=follow, **more
            )
        )

    def fill(self, page: Page, answers: Mapping[str, Any], action: str) -> Page:
        """Fill in a form, and press a button."""
        return self.post(page.action, filled(page, answers, action))

    def commits(self) -> list[str]:
        return git(self.folder, "log", "--format=%s").splitlines()


def filled(page: Page, answers: Mapping[str, Any], action: str) -> dict[str, Any]:
    """What a browser posts of a form with these answers, and the button that is pressed."""
    fields = {
        name: [text.replace("\n", "\r\n") for text in texts] for name, texts in page.fields.items()
    }
    for name, value in answers.items():
        fields[name] = [value] if isinstance(value, str) else list(value)
    return {**fields, "_action": action}

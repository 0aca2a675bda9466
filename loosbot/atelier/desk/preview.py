"""The page as it will be: by the wiki's own parser where one answers, else near enough.

And which other pages would change with it.
"""

from __future__ import annotations

import contextlib
import re
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from markupsafe import Markup

from loosbot.atelier.desk.desk import Desk
from loosbot.corpus.current import with_current_ids
from loosbot.corpus.model import Corpus
from loosbot.corpus.privacy.consent import Channel
from loosbot.errors import UserError
from loosbot.html.context import Shelf
from loosbot.html.record import Articles
from loosbot.render.pages import render, some_pages
from loosbot.sync.source import shown
from loosbot.wiki.credentials import Credentials
from loosbot.wiki.failures import ReadRefused
from loosbot.wiki.session import Session

_SKIN = "vector-2022"
_FORGET = 60.0
"""Seconds for which a wiki that did not answer is not asked again."""
_HEAD = re.compile(r"<html([^>]*)>.*?<head>(.*?)</head>\s*<body([^>]*)>", re.DOTALL)
_SCRIPT = re.compile(r"<script\b.*?</script\s*>", re.DOTALL | re.IGNORECASE)
_LINK = re.compile(r"<link\b[^>]*\brel=\"stylesheet\"[^>]*>", re.IGNORECASE)
_CLASS = re.compile(r"\bclass=\"([^\"<>]*)\"")


@dataclass(frozen=True, slots=True)
class Parsed:
    """What the wiki made of a page. ``origin`` is the wiki's, whose styles it needs."""

    text: Markup
    styles: tuple[Markup, ...]
    html_class: str
    body_class: str
    origin: str
    base: str


@dataclass(frozen=True, slots=True)
class Preview:
    """``parsed`` is None where no wiki answered: ``article`` is then an approximation. ``hidden``
    says what the wiki would not show of it, ``others`` are the titles of other pages that would
    change.
    """

    title: str
    parsed: Parsed | None
    article: Markup
    hidden: str
    others: tuple[str, ...]


class Wiki:
    """The wiki that shows previews, asked only to read."""

    def __init__(self, credentials: Callable[[], Credentials]) -> None:
        self._credentials = credentials
        self._lock = threading.Lock()
        self._silent_until = 0.0
        self._known: tuple[Channel, float] = ("wiki-ouvert", 0.0)

    def parse(self, title: str, text: str) -> Parsed | None:
        """What the wiki shows for this; None where none answers, or lacks our templates."""
        with self._lock:
            if time.monotonic() < self._silent_until:
                return None
            try:
                return self._ask(title, text)
            except (UserError, ReadRefused):
                self._silent_until = time.monotonic() + _FORGET
                return None

    def channel(self) -> Channel:
        """For whose eyes the wiki is; the town's own where that cannot be known."""
        with self._lock:
            if time.monotonic() < self._silent_until:
                return "wiki"
            try:
                return self._ask_channel()
            except (UserError, ReadRefused):
                self._silent_until = time.monotonic() + _FORGET
                return "wiki"

    def strictest_channel(self) -> Channel:
        """The wiki's channel, cached for a minute; that of an open wiki where it is unknown."""
        with self._lock:
            known, until = self._known
            if time.monotonic() < until:
                return known
            channel: Channel = "wiki-ouvert"
            with contextlib.suppress(UserError, ReadRefused):
                channel = self._ask_channel()
            self._known = channel, time.monotonic() + _FORGET
            return channel

    def _ask_channel(self) -> Channel:
        return "wiki-ouvert" if Session(self._credentials(), sleep=_no_wait).is_open() else "wiki"

    def _ask(self, title: str, text: str) -> Parsed | None:
        credentials = self._credentials()
        with contextlib.closing(Session(credentials, sleep=_no_wait)) as session:
            answer = session.call(
                "parse",
                text=text,
                title=title,
                contentmodel="wikitext",
                prop=["text", "headhtml", "templates"],
                useskin=_SKIN,
                pst=True,
                preview=True,
                disableeditsection=True,
                disablelimitreport=True,
            )
        parsed = answer.get("parse", {})
        missing = [
            template for template in parsed.get("templates", ()) if not template.get("exists", True)
        ]
        if missing:
            return None
        return _parsed(parsed, credentials.api)


def _no_wait(seconds: float) -> None:
    """A sleep for retries, 0.2 s at most: a preview does not wait for an absent wiki."""
    time.sleep(min(seconds, 0.2))


def _parsed(parsed: Mapping[str, Any], api: str) -> Parsed:
    address = urlsplit(api)
    origin = f"{address.scheme}://{address.netloc}"
    parts = _HEAD.search(str(parsed.get("headhtml", "")))
    html, head, body = parts.groups() if parts else ("", "", "")
    styles = tuple(Markup(link) for link in _LINK.findall(head))  # noqa: S704 - the wiki's own links
    # what the wiki shows to its readers
    text = Markup(_SCRIPT.sub("", str(parsed.get("text", ""))))  # noqa: S704 - no script of a page runs there
    return Parsed(text, styles, _class(html), _class(body), origin, f"{origin}/")


def _class(attributes: str) -> str:
    match = _CLASS.search(attributes)
    return match[1] if match else ""


class Previews:
    """Previews of records, in a corpus as it would be; ``wiki`` is asked how they look.

    With ``shared`` others read them too: nothing then goes by what nobody could ask the wiki.
    """

    def __init__(self, wiki: Wiki, *, shared: bool = False) -> None:
        self._wiki = wiki
        self._channel = wiki.strictest_channel if shared else wiki.channel
        self._before: tuple[str, Channel, dict[str, str]] | None = None

    def of(self, desk: Desk, id_: str, corpus: Corpus, *, changed: bool) -> Preview | None:
        """The page of one record of a desk; None where the corpus has no such record.

        With ``changed`` the titles of other pages that would change come too.
        """
        if id_ not in corpus.records:
            return None
        day = desk.consent_day
        channel = self._channel()
        visible = shown(corpus, day, channel)
        page = some_pages([id_], visible, {}).get(id_)
        title = corpus.records[id_].title
        rendering = self._wiki.parse(page.title, page.body) if page else None
        others = self._others(desk, id_, visible, channel) if changed else ()
        record = visible.records.get(id_)
        if rendering is None:
            # who can read a wiki that does not answer is unknown: assume everybody
            hidden = _hidden(corpus, shown(corpus, day, "wiki-ouvert"), id_, "wiki-ouvert")
        else:
            hidden = _hidden(corpus, visible, id_, channel)
        text = article(id_, visible) if rendering is None and record else Markup("")
        return Preview(title, rendering, text, hidden, others)

    def _others(self, desk: Desk, id_: str, visible: Corpus, channel: Channel) -> tuple[str, ...]:
        before = self._published(desk, channel)
        if before is None:
            return ()
        after = {page.id: page for page in render(visible, {}).values()}
        titles = [
            page.title
            for page in after.values()
            if page.id != id_ and before.get(page.id) != page.body
        ]
        return tuple(titles)

    def _published(self, desk: Desk, channel: Channel) -> dict[str, str] | None:
        moment = desk.moment()
        if moment.corpus is None:
            return None
        if self._before is None or self._before[:2] != (moment.commit, channel):
            visible = shown(moment.corpus, desk.consent_day, channel)
            bodies = {page.id: page.body for page in render(visible, {}).values()}
            self._before = moment.commit, channel, bodies
        return self._before[2]


def article(id_: str, visible: Corpus, *, level: int = 1) -> Markup:
    """A record as the house writes it in HTML, without links: there is nowhere to go. ``level`` is
    that of its own title."""
    corpus = with_current_ids(visible)
    shelf = Shelf(corpus, lambda here, named: None)
    articles = Articles(shelf, lambda path: None, level=level)
    text = articles.article(corpus.records[id_], links=False)
    return Markup(text)  # noqa: S704 - escaped by the room that writes it


def _hidden(corpus: Corpus, visible: Corpus, id_: str, channel: Channel) -> str:
    """What is not shown, for want of an agreement."""
    if id_ not in visible.records:
        return "Cette fiche ne paraîtra pas sur le wiki : la personne n’a pas donné son accord."
    before = corpus.records[id_].data.get("voix", ())
    after = visible.records[id_].data.get("voix", ())
    count = sum("texte" in voice for voice in before) - sum("texte" in voice for voice in after)
    if count <= 0:
        return ""
    where = "Sur un wiki qui se lit sans compte" if channel == "wiki-ouvert" else "Sur ce wiki"
    if count == 1:
        return f"{where}, une voix ne paraît pas, faute d’accord. La fiche la garde."
    return f"{where}, {count} voix ne paraissent pas, faute d’accord. La fiche les garde."

"""Reading a wiki in batches. Nothing here can write."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import islice
from typing import Any, TypeVar

from loosbot.canonical import UNSTORABLE
from loosbot.wiki import answers
from loosbot.wiki.request import Value
from loosbot.wiki.revisions import (
    NO_CHANGE,
    Contribution,
    FileState,
    LatestChanges,
    LogEntry,
    PageState,
    Revision,
    SiteInfo,
    TrackedPage,
)
from loosbot.wiki.session import Session
from loosbot.wiki.shape import NotTheApi, Part

T = TypeVar("T")

METADATA = "ids|timestamp|user|comment|size|sha1|tags"
_MOST_PARTS = 100_000
"""Answers to one question: 50 million pages, or a wiki whose answers have no end."""
_GATHERED = ("normalized", "interwiki", "categorymembers", "embeddedin")
"""What an answer lists beside its pages."""
DEFAULT_USER = "MediaWiki default"
"""The account under which the installer writes the first pages (core, ``MessageCache``)."""


class Reader:
    """The wiki as the account of ``session`` sees it.

    Every method may raise WikiUnavailable. Redirects are reported, never followed.
    """

    def __init__(self, session: Session) -> None:
        self.session = session

    def site(self) -> SiteInfo:
        """The wiki's description of itself. One request."""
        account = self.session.account()
        about = "general|namespaces|namespacealiases|fileextensions"
        answer = self.session.call("query", meta="siteinfo", siprop=about)
        return answers.site(answer["query"], account.name, account.rights)

    def now(self) -> datetime:
        """The wiki's own time (UTC). One request."""
        return datetime.fromisoformat(self.session.call("query", curtimestamp=True)["curtimestamp"])

    def pages(self, titles: Iterable[str], *, content: bool = False) -> dict[str, PageState]:
        """The head of each page, by the title as it was asked.

        A title that is no page of this wiki (illegal, interwiki, special, with a fragment) comes
        back with ``invalid`` set; the others are read all the same.
        """
        states: dict[str, PageState] = {}
        by_sent: dict[str, list[str]] = {}
        titles = list(dict.fromkeys(titles))
        for title in titles:
            sent = unicodedata.normalize("NFC", title)
            if fault := unsendable(sent):
                states[title] = answers.unreadable(title, fault)
            else:
                by_sent.setdefault(sent, []).append(title)
        for batch in batches(by_sent, self.session.batch()):
            for sent, state in self._titles(batch, content).items():
                states.update(dict.fromkeys(by_sent[sent], state))
        return {title: states[title] for title in titles}

    def pages_by_id(self, pageids: Iterable[int], *, content: bool = False) -> dict[int, PageState]:
        """The head of each page, by page id. A deleted one has ``pageid`` 0 and no title.

        Raises NotTheApi for an answer that lacks a page.
        """
        states: dict[int, PageState] = {}
        for batch in batches(dict.fromkeys(pageids), self.session.batch()):
            answer = self._gather({"pageids": batch, **_head(content)})
            saw = self.session.origins.saw_head
            by_id = {raw["pageid"]: saw(answers.page(raw)) for raw in answer["pages"]}
            if not by_id.keys() >= set(batch):
                raise NotTheApi("pages")
            states.update((pageid, by_id[pageid]) for pageid in batch)
        return states

    def files(self, titles: Iterable[str]) -> dict[str, FileState]:
        """The newest version of each file, by its title in the wiki's own form."""
        states: dict[str, FileState] = {}
        for batch in batches(dict.fromkeys(titles), self.session.batch()):
            lacking = set(batch)
            asked: dict[str, Value] = {"titles": batch, "prop": "imageinfo", "iiprop": "sha1|user"}
            for answer in self._parts(asked):
                for raw in answer.get("query", {}).get("pages", ()):
                    state = answers.file(raw)
                    # with a single title, continuation gives older versions of the file
                    if state.sha1 and state.title in lacking:
                        states[state.title] = state
                        lacking.discard(state.title)
                    states.setdefault(state.title, state)
                if not lacking:
                    break
        return states

    def redirects(self, titles: Iterable[str]) -> dict[str, str]:
        """Title of each redirect -> its final target; titles that are no redirect are left out."""
        targets: dict[str, str] = {}
        for batch in batches(dict.fromkeys(titles), self.session.batch()):
            sent = [title for title in batch if not unsendable(title)]
            for answer in self._parts({"titles": sent, "redirects": "1"}) if sent else ():
                query = answer.get("query", {})
                steps = {
                    redirect["from"]: redirect["to"] for redirect in query.get("redirects", ())
                }
                forms = {form["from"]: form["to"] for form in query.get("normalized", ())}
                for title in batch:
                    target = forms.get(title, title)
                    while target in steps:
                        target = targets[title] = steps.pop(target)
        return targets

    def revisions(self, revids: Iterable[int], *, content: bool = True) -> dict[int, Revision]:
        """Revisions by id; those that no longer exist are left out."""
        revisions: dict[int, Revision] = {}
        for batch in batches(dict.fromkeys(revids), self.session.batch()):
            query = self._gather({"revids": batch, **_head(content)})
            for raw in query["pages"]:
                for revision in raw.get("revisions", ()):
                    revisions[int(revision["revid"])] = answers.revision(revision)
        return revisions

    def tracked(self, category: str) -> list[TrackedPage]:
        """The members of a category with their heads, pages of every namespace.

        ``category`` has its prefix. One request per 500 members, per 5,000 with
        ``apihighlimits``: the list tells the sort keys, the generator the heads. A page that
        joined or left the category in between may be missing.
        """
        return self.tracked_beside(category, "")[0]

    def tracked_beside(self, category: str, template: str) -> tuple[list[TrackedPage], set[int]]:
        """As :meth:`tracked`, and the page ids of the pages that transclude ``template`` outside
        the category. No request more, unless the template has more pages than the category."""
        params: dict[str, Value] = {
            "list": "categorymembers",
            "cmtitle": category,
            "cmprop": "ids|sortkeyprefix",
            "cmlimit": "max",
            **_members(category),
        }
        if template:
            params |= {
                "list": ["categorymembers", "embeddedin"],
                "eititle": template,
                "eilimit": "max",
            }
        answer = self._gather(params)
        keys = {
            int(raw["pageid"]): str(raw.get("sortkeyprefix", ""))
            for raw in answer["categorymembers"]
        }
        callers = {int(raw["pageid"]) for raw in answer["embeddedin"]}
        pages = {int(raw.get("pageid", 0)): raw for raw in answer["pages"]}
        saw = self.session.origins.saw_head
        members = [
            TrackedPage(key, saw(answers.page(pages[pageid])))
            for pageid, key in keys.items()
            if pageid in pages
        ]
        return members, callers - keys.keys()

    def heads(self, category: str, beside: str) -> tuple[list[PageState], bool]:
        """The members of a category with the id and the time of their heads and nothing else of
        them, and whether the category ``beside`` has any.

        As many requests as :meth:`tracked`, in half of its time: to write 4,300 hashes takes
        MediaWiki a third of a second, names and comments nearly as long.
        """
        answer = self._gather(
            {
                "list": "categorymembers",
                "cmtitle": beside,
                "cmprop": "ids",
                "cmlimit": "max",
                **_members(category),
                "prop": "revisions",
                "rvprop": "ids|timestamp",
            }
        )
        return list(map(answers.page, answer["pages"])), bool(answer["categorymembers"])

    def newest(self, category: str) -> LatestChanges:
        """The newest log entry and edit of the wiki. One request."""
        answer = self.session.call(
            "query",
            list=["logevents", "recentchanges", "categorymembers"],
            leprop="ids|timestamp",
            lelimit="1",
            rcprop="ids|timestamp",
            rctype="edit|new",
            rclimit="1",
            cmtitle=category,
            cmprop="ids",
            cmlimit="1",
        )
        query = answer.get("query", {})
        entry = next((answers.moment_of(raw, "logid") for raw in query.get("logevents", ())), "")
        change = next(
            (answers.moment_of(raw, "rcid") for raw in query.get("recentchanges", ())), NO_CHANGE
        )
        return LatestChanges(entry, change, bool(query.get("categorymembers")))

    def last_by(self, pageid: int, user: str, limit: int = 50) -> list[Revision]:
        """The newest revisions of a page made by one account, newest first, with their text."""
        return list(islice(self._revisions_of(pageid, True, limit, rvuser=user), limit))

    def history(
        self, pageid: int, *, limit: int | None = None, content: bool = False
    ) -> list[Revision]:
        """The revisions of a page, newest first; all of them without ``limit``."""
        return list(islice(self._revisions_of(pageid, content, limit), limit))

    def contributions(self, user: str, limit: int) -> list[Contribution]:
        """The newest edits of an account, newest first. Deleted pages are not among them."""
        contributions = self.listed(
            "usercontribs",
            ucuser=user,
            ucprop="ids|title|timestamp|comment",
            uclimit=str(min(limit, self.session.batch())),
        )
        return [answers.contribution(raw) for raw in islice(contributions, limit)]

    def log(self, kind: str | None, title: str | None = None, limit: int = 50) -> list[LogEntry]:
        """The newest entries of the log ``kind`` (``delete``, ``move``; None for every log that
        this account may see), for one title if given.

        One request a title: ``letitle`` takes no list. For many titles it may cost less to read
        the log of every title, newest first, which takes one request per 500 entries (50 without
        ``apihighlimits``).
        """
        events = self.listed(
            "logevents",
            letype=kind,
            letitle=title,
            leprop="ids|title|type|user|timestamp|comment|details",
            lelimit=str(min(limit, self.session.batch())),
        )
        return [answers.log_entry(raw) for raw in islice(events, limit)]

    def deleted(self, titles: Iterable[str]) -> dict[str, LogEntry | None]:
        """For titles that do not exist now: who deleted them last, None if nobody did.

        A restored page that is missing again was moved, so its deletion no longer counts.
        """
        deletions: dict[str, LogEntry | None] = {}
        for title in dict.fromkeys(titles):
            last = next(
                (
                    entry
                    for entry in self.log("delete", title)
                    if entry.action in ("delete", "delete_redir", "delete_redir2", "restore")
                ),
                None,
            )
            deletions[title] = None if last is None or last.action == "restore" else last
        return deletions

    def only_by_default(self, pageids: Iterable[int]) -> frozenset[int]:
        """The pages untouched since the installation.

        One request a page: ask only for pages whose head is by ``MediaWiki default``.
        """
        untouched = set()
        for pageid in dict.fromkeys(pageids):
            if {revision.user for revision in self.history(pageid)} == {DEFAULT_USER}:
                untouched.add(pageid)
        return frozenset(untouched)

    def _titles(self, batch: list[str], content: bool) -> dict[str, PageState]:
        answer = self._gather({"titles": batch, **_head(content)})
        real = {form["from"]: form["to"] for form in answer["normalized"]}
        saw = self.session.origins.saw_head
        states = {raw["title"]: saw(answers.page(raw)) for raw in answer["pages"]}
        for foreign in answer["interwiki"]:
            reason = f"« {foreign['iw']} » est le préfixe d’un autre wiki."
            states[foreign["title"]] = answers.unreadable(foreign["title"], reason)
        if any(real.get(sent, sent) not in states for sent in batch):
            raise NotTheApi("pages")
        return {sent: states[real.get(sent, sent)] for sent in batch}

    def _revisions_of(
        self, pageid: int, content: bool, limit: int | None, **params: Value
    ) -> Iterator[Revision]:
        most = self.session.batch()
        size = "max" if limit is None or limit > most else str(limit)
        for answer in self._parts(
            {
                "prop": "revisions",
                "pageids": pageid,
                "rvprop": _rvprop(content),
                "rvslots": "main",
                "rvlimit": size,
                **params,
            }
        ):
            for raw in answer.get("query", {}).get("pages", ()):
                for raw_revision in raw.get("revisions", ()):
                    revision = answers.revision(raw_revision)
                    self.session.origins.saw(pageid, revision.id)
                    yield revision

    def listed(self, name: str, **params: Value) -> Iterator[dict[str, Any]]:
        """The raw entries of the list ``name`` of the API; more is asked for as they are taken."""
        for answer in self._parts({"list": name, **params}):
            yield from answer.get("query", {}).get(name, ())

    def _gather(self, params: dict[str, Value]) -> dict[str, list[dict[str, Any]]]:
        """All parts of a page query as one: a page may come without its revision at first.

        That happens where the answer would pass ``$wgAPIMaxResultSize``, 8 MiB by default.
        """
        # only a page that exists has an id
        pages: dict[int | str, Part] = {}
        whole: dict[str, list[dict[str, Any]]] = {name: [] for name in _GATHERED}
        for answer in self._parts(params):
            query = answer.get("query", {})
            for raw in query.get("pages", ()):
                _add(pages.setdefault(raw.get("pageid") or raw.get("title", ""), Part()), raw)
            for name in whole:
                whole[name].extend(query.get(name, ()))
        return {**whole, "pages": list(pages.values())}

    def _parts(self, params: dict[str, Value]) -> Iterator[dict[str, Any]]:
        more: dict[str, Value] = {}
        for _ in range(_MOST_PARTS):
            answer = self.session.call(
                "query", write=False, attached=None, patient=True, **{**params, **more}
            )
            yield answer
            if "continue" not in answer:
                return
            if (following := dict(answer["continue"])) == more:
                break
            more = following
        raise NotTheApi("continue")


def _add(page: Part, raw: Mapping[str, Any]) -> None:
    """Merge one more part of a page: its revisions may come in a later part."""
    revisions = page.get("revisions", []) + raw.get("revisions", [])
    page.update(raw)
    if revisions:
        page["revisions"] = revisions


def _head(content: bool) -> dict[str, Value]:
    return {"prop": "revisions|info", "rvprop": _rvprop(content), "rvslots": "main"}


def _members(category: str) -> dict[str, Value]:
    """The heads of all members of a category."""
    generator = {"generator": "categorymembers", "gcmtitle": category, "gcmlimit": "max"}
    return {**generator, **_head(content=False)}


def _rvprop(content: bool) -> str:
    return f"{METADATA}|content" if content else METADATA


def unsendable(title: str) -> str:
    """Why a title must not be sent: the API would take another one, or none. "" if it may."""
    if not title.strip(" _"):
        return "Le titre est vide."
    if "#" in title:
        return "Le titre contient « # », qui désigne une section."
    if UNSTORABLE.search(title) or "\n" in title or "\t" in title:
        return "Le titre contient un caractère de contrôle."
    return ""


def batches(items: Iterable[T], size: int) -> Iterator[list[T]]:
    """``items`` in lists of ``size`` at the most, for requests that name many pages."""
    pending: Sequence[T] = list(items)
    for start in range(0, len(pending), size):
        yield list(pending[start : start + size])

"""Everything that ever happened on a wiki, and what must be true of it whatever it was."""

from __future__ import annotations

import html
import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from wikis import Person

from loosbot.sync.block import Key, record_tag

BOT = "Loosbot"
INSTALLER = "MediaWiki default"
TOKEN = re.compile(r"jeton-\d+-mot")
TELLS = re.compile(r" · message rév\. \d+")
TAKES = re.compile(r" · reprend rév\. \d+")
UNDOES = re.compile(r" · annule \S+")
MOVES = re.compile(r"a déplacé la page \[\[| — ")
"""Of a summary that the wiki wrote, or one with the reason that we give."""
LEADS = re.compile(r"\[\[Special:PermanentLink/(\d+)\|")
SUMMARY = re.compile(r" essai · (?P<id>.+?) · run (?P<run>\S+)")


@dataclass(frozen=True)
class Revision:
    """One revision of any page. ``title`` is where it is now, or was when it was deleted."""

    id: int
    parent: int
    title: str
    user: str
    comment: str
    text: str
    gone: bool

    @property
    def record(self) -> str:
        """The id that a summary of the bot names, "" in any other."""
        summary = SUMMARY.search(self.comment)
        return summary["id"] if summary else ""

    @property
    def run(self) -> str:
        summary = SUMMARY.search(self.comment)
        return summary["run"] if summary else ""

    @property
    def moves(self) -> bool:
        """Made by a move: the same text again, or the redirect that it leaves."""
        return bool(MOVES.search(self.comment))

    @property
    def tokens(self) -> set[str]:
        # a message quotes them as mere characters
        return set(TOKEN.findall(html.unescape(self.text)))


@dataclass(frozen=True)
class History:
    """``deletions`` are (title, user), newest first; ``bases`` what each summary was sent on.

    ``carried`` are people's words that came into git, whose business they are from then on, and
    ``pulled`` the runs that published such words.
    """

    revisions: tuple[Revision, ...]
    deletions: tuple[tuple[str, str], ...]
    bases: Mapping[str, Collection[int]]
    carried: Collection[str] = ()
    pulled: Collection[str] = ()

    def lives(self) -> list[list[Revision]]:
        """The revisions of each page, oldest first; a page made again after a deletion is another.

        The API gives no number to a deleted page: what belongs together, the parents tell.
        """
        first: dict[int, int] = {}
        lives: dict[int, list[Revision]] = defaultdict(list)
        for revision in self.revisions:
            first[revision.id] = first.get(revision.parent, revision.id)
            lives[first[revision.id]].append(revision)
        return list(lives.values())


def read(admin: Person, bases: Mapping[str, Collection[int]]) -> History:
    """Ask the wiki for all of it, deleted pages included."""
    revisions: dict[int, Revision] = {}
    for name, prefix, gone in (
        ("allrevisions", "arv", False),
        ("alldeletedrevisions", "adr", True),
    ):
        more: dict[str, object] = {}
        while True:
            answer = admin.call(
                action="query",
                list=name,
                **{f"{prefix}prop": "ids|user|comment|content", f"{prefix}slots": "main"},
                **{f"{prefix}limit": "max"},
                **more,
            )
            for page in answer["query"][name]:
                for raw in page["revisions"] if not page["title"].endswith("/Verrou") else ():
                    revisions[raw["revid"]] = _revision(raw, page, gone)
            if "continue" not in answer:
                break
            more = answer["continue"]
    log = admin.call(
        action="query", list="logevents", letype="delete", leprop="title|user|type", lelimit="max"
    )["query"]["logevents"]
    deletions = tuple(
        (entry["title"], entry["user"]) for entry in log if entry["action"] != "restore"
    )
    return History(tuple(revisions[revid] for revid in sorted(revisions)), deletions, bases)


def _revision(raw: dict[str, object], page: dict[str, object], gone: bool) -> Revision:
    slots = raw["slots"]
    assert isinstance(slots, dict)
    return Revision(
        id=int(str(raw["revid"])),
        parent=int(str(raw["parentid"])),
        title=str(page["title"]),
        user=str(raw["user"]),
        comment=str(raw["comment"]),
        text=str(slots["main"].get("content", "")),
        gone=gone,
    )


def violations(history: History) -> Iterator[str]:
    """Every promise that this history breaks, in words."""
    by_id = {revision.id: revision for revision in history.revisions}
    for revisions in history.lives():
        written: Revision | None = None
        runs: set[tuple[str, str]] = set()
        for revision in revisions:
            if revision.user != BOT or revision.moves or TELLS.search(revision.comment):
                continue
            parent = by_id.get(revision.parent)
            name = f"revision {revision.id} of « {revision.title} » ({revision.record})"
            if not revision.record:
                yield f"{name} has no summary of ours: {revision.comment!r}"
            if (revision.run, revision.record) in runs:
                yield f"{name} is the second of one run"
            runs.add((revision.run, revision.record))
            if parent:
                merged = parent.id not in history.bases.get(revision.comment, ())
                may = merged or revision.run in history.pulled
                yield from _step(name, parent, revision, written, may, history.carried)
            # a revision that the wiki merged with people's words is nobody's base
            if not TOKEN.search(block(revision.text, revision.record) or ""):
                written = revision
    yield from _lost_words(history)


def _step(
    name: str,
    parent: Revision,
    revision: Revision,
    written: Revision | None,
    may: bool,
    carried: Collection[str],
) -> Iterator[str]:
    """What the bot may make of a page; ``may`` it touch a block that people changed?"""
    if revision.text == parent.text:
        yield f"{name} changes nothing"
    if TAKES.search(revision.comment):
        return  # what was there is quoted to its author: a word that is not is told below
    missing = parent.tokens - revision.tokens - set(carried)
    if missing:
        yield f"{name} lost {sorted(missing)} of {parent.user}"
    before, after = block(parent.text, revision.record), block(revision.text, revision.record)
    if after is None:
        # what is undone may have been written where a person had taken the markers out
        if not UNDOES.search(revision.comment):
            yield f"{name} has no block of its own"
        return
    if before is None:
        redirect = parent.user == BOT and parent.text.startswith("#REDIRECT")
        fresh = redirect or parent.user == INSTALLER
        if not fresh and not revision.text.endswith(parent.text):
            yield f"{name} does not keep the page of {parent.user}"
        return
    if _around(parent.text, before) != _around(revision.text, after):
        yield f"{name} changes the text around the block"
    if parent.user == BOT or may or body(before) == body(after):
        return
    if written is None or block(written.text, revision.record) != before:
        yield f"{name} writes over a block that {parent.user} changed"


def block(text: str, record: str) -> str | None:
    """The marked block of a record in a page's text, markers included."""
    tag = record_tag(Key("essai", record))
    blocks = re.findall(
        rf"(?:<noinclude>)?<!-- loosbot {tag}-.*?<!-- /loosbot {tag} -->(?:</noinclude>)?",
        text,
        re.DOTALL,
    )
    return blocks[0] if len(blocks) == 1 else None


def body(marked: str) -> str:
    """What stands between the markers."""
    return marked.split("\n", 1)[1].rsplit("\n", 1)[0]


def _around(text: str, marked: str) -> tuple[str, str]:
    before, _, after = text.partition(marked)
    return before, after


def _lost_words(history: History) -> Iterator[str]:
    """Words that stand nowhere any more, that no person took away and no message leads to."""
    alive: set[str] = set(history.carried)
    linked: set[str] = set()
    for revisions in history.lives():
        if not revisions[-1].gone:
            alive |= revisions[-1].tokens
            linked.update(LEADS.findall(revisions[-1].text))
    for revision in history.revisions:
        if str(revision.id) in linked and not revision.gone:
            alive |= revision.tokens
    for revisions in history.lives():
        for number, revision in enumerate(revisions):
            for token in revision.tokens - alive:
                later = [other for other in revisions[number + 1 :] if token not in other.tokens]
                if later:
                    culprit = later[0].user
                else:
                    titles = [user for title, user in history.deletions if title == revision.title]
                    culprit = titles[0] if titles else "nobody"
                if culprit in (BOT, "nobody"):
                    name = f"« {revision.title} », revision {revision.id}"
                    yield f"{token} of {name}, was lost by {culprit}"

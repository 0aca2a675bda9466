"""Writing pages one by one, so that no edit is lost and none is made twice."""

from __future__ import annotations

import hashlib
import itertools
from collections.abc import Callable, Iterable, Iterator
from typing import Any, TypeVar

from loosbot.canonical import canonical, storable
from loosbot.wiki.failures import AnswerLost
from loosbot.wiki.patience import BROKEN_BUDGET, BUSY_BUDGET, Patience
from loosbot.wiki.reader import Reader, batches, unsendable
from loosbot.wiki.revisions import (
    Edit,
    EditResult,
    MoveResult,
    Revision,
    SaveAbandoned,
    Upload,
    WikiRefusal,
    covers_redirect,
)
from loosbot.wiki.transport import Attached

T = TypeVar("T")

SUMMARY_LIMIT = 500
"""Characters; the wiki cuts longer summaries without a word (CommentStore)."""

LOOK_BACK = 10
"""Newest revisions of ours among which a lost save is looked for."""
SAME_FILE = "fileexists-no-change"
SHADOWS = {"editconflict", "articleexists", SAME_FILE}
"""What a second send gets when the first one landed after we looked."""


class Writer(Reader):
    """A reader that can also save and move pages.

    Besides WikiUnavailable, the methods raise WikiRefusal when the wiki refuses this page, in
    its own words, and RunStopped when it would refuse every page.
    """

    def edit(self, edit: Edit) -> EditResult:
        """Save one revision made from ``edit.base``; create the page where that is 0.

        A page that is there is named by its id: moved meanwhile, it is still the one that was
        read, and ``edit.base`` must have been read from it. ``edit.text`` is sent in canonical
        form. The server may merge it with a later edit of other lines: the result says so. A save
        whose answer is lost is looked for on the page, and sent again only when it is not there.

        Raises ValueError for a text that no page can hold, or a summary longer than 500
        characters.
        """
        text = storable(edit.text)
        summary = " ".join(edit.summary.split())
        if len(summary) > SUMMARY_LIMIT:
            raise ValueError(f"summary of {len(summary)} characters, {SUMMARY_LIMIT} at most")
        _check_title(edit.title)
        account = self.session.account()
        params: dict[str, Any] = {
            # named by its id, a page that was moved meanwhile is still the one that was read
            **({"pageid": edit.pageid} if edit.pageid else {"title": edit.title}),
            "text": text,
            "summary": summary,
            "md5": hashlib.md5(text.encode(), usedforsecurity=False).hexdigest(),
            "bot": "bot" in account.rights,
            "notminor": True,
            "watchlist": "nochange",
            "starttimestamp": account.started,
        }
        # never basetimestamp: with it a conflict with another run of the same account is dropped
        if edit.base:
            self.session.origins.require(edit)
            params.update(baserevid=edit.base, nocreate=True)
        else:
            params["createonly"] = True
        result = self._once(
            "edit",
            params,
            landed=lambda: self._landed(edit, text, summary),
            read=lambda answer: _result(answer, edit),
        )
        self.session.origins.saw(edit.pageid, result.revision)
        return result

    def move(
        self,
        pageid: int,
        target: str,
        reason: str,
        *,
        redirect: bool = False,
        by_hand: Callable[[Revision], bool] = lambda _: False,
    ) -> MoveResult:
        """Rename a page, with its talk page; history and page id stay.

        Without ``redirect`` none is left behind if the account may suppress it; the result tells.
        Both ends are read right before: MediaWiki deletes what a move covers, so the title must
        be free, or that of a redirect that a move of ours left and nobody touched; ``by_hand`` says
        of a version in our name that a person saved it. Raises WikiRefusal where it is not, or
        where the page is gone.
        """
        _check_title(target)
        source = self.pages_by_id([pageid])[pageid]
        if not source.exists:
            raise WikiRefusal("missingtitle", "La page à renommer n’existe plus.")
        self._require_free(target, pageid, by_hand)
        params: dict[str, Any] = {
            "fromid": pageid,
            "to": target,
            "reason": reason,
            "movetalk": True,
            "noredirect": not redirect and "suppressredirect" in self.session.account().rights,
            "watchlist": "nochange",
        }

        def landed() -> tuple[str, bool, bool] | None:
            now = self.pages_by_id([pageid])[pageid]
            arrived = now.title == target != source.title
            if not arrived and not self._moved_on(source.title, target, reason):
                return None
            return target, self.pages([source.title])[source.title].redirect, False

        title, left, talk_stays = self._once("move", params, landed, _moved)
        after = self.pages_by_id([pageid])[pageid]
        if not after.exists:
            raise WikiRefusal(
                "deleted-by-move",
                f"Le wiki a supprimé la page pendant qu’une autre y était renommée. Un "
                f"administrateur peut la rétablir : Special:Undelete/{title}",
            )
        stayed = after.revision is not None and after.title == title
        revision = after.revision.id if after.revision and stayed else 0
        return MoveResult(pageid, source.title, title, left, revision, talk_stays)

    def _require_free(self, target: str, pageid: int, by_hand: Callable[[Revision], bool]) -> None:
        """Raise WikiRefusal where a move to ``target`` would cover what somebody wrote."""
        state = self.pages([target])[target]
        if not state.exists or state.pageid == pageid:
            return
        head = state.revision
        ours = head is not None and head.user == self.session.account().name and not by_hand(head)
        if not (ours and state.redirect and head is not None and head.parent == 0):
            if state.redirect:
                raise covers_redirect(target)
            held = f"Le titre « {target} » est celui d’une autre page."
            raise WikiRefusal("articleexists", held)

    def upload(self, upload: Upload) -> bool:
        """Put a file under its title, over the version that is there; its page keeps its text.

        False where the wiki had the same file already. An upload whose answer is lost is looked
        for by its SHA-1, and sent again only when the wiki has another file, or none.
        """
        _check_title(upload.title)
        sha1 = hashlib.sha1(upload.data, usedforsecurity=False).hexdigest()
        name = upload.title.partition(":")[2]

        def landed() -> bool | None:
            state = self.files([upload.title]).get(upload.title)
            return True if state is not None and state.sha1 == sha1 else None

        try:
            return self._once(
                "upload",
                {
                    "filename": name,
                    "comment": " ".join(upload.summary.split()),
                    "ignorewarnings": True,
                    "watchlist": "nochange",
                },
                landed,
                lambda _: True,
                (name.encode("ascii", "replace").decode(), upload.data),
            )
        except WikiRefusal as refusal:
            if refusal.code == SAME_FILE:
                return False
            raise

    def purge(self, titles: Iterable[str]) -> None:
        """Have the wiki draw these pages afresh when they are next read. Changes no text."""
        for batch in batches(dict.fromkeys(titles), self.session.batch()):
            self.session.call("purge", titles=batch)

    def _once(
        self,
        action: str,
        params: dict[str, Any],
        landed: Callable[[], T | None],
        read: Callable[[dict[str, Any]], T],
        attached: Attached | None = None,
    ) -> T:
        """Send a write until it has one sure outcome; ``landed`` looks for it on the wiki.

        After a lost answer the first attempt may still be running when we look and send again:
        the second then meets it, as a conflict or as nothing to change, so we look once more.
        """
        patience = Patience(self.session.host, self.session.sleep)
        lost: AnswerLost | None = None
        while True:
            try:
                answer = self.session.call(action, write=True, attached=attached, **params)
            except AnswerLost as trouble:
                lost = trouble
            except WikiRefusal as refusal:
                self.session.wrote()
                earlier = landed() if lost and refusal.code in SHADOWS else None
                if earlier is not None:
                    return earlier
                raise
            else:
                self.session.wrote()
                _check_outcome(answer.get(action, {}))
                earlier = landed() if lost and answer[action].get("nochange") else None
                return read(answer) if earlier is None else earlier
            if (earlier := landed()) is not None:
                self.session.wrote()
                return earlier
            budget = BROKEN_BUDGET if lost.retry_after is None else BUSY_BUDGET
            if not patience.wait_within(lost.detail, budget, lost.retry_after):
                # reads succeed: the wiki cannot save this page, or any page
                self.session.gave_up(lost.detail)
                raise SaveAbandoned(
                    lost.code or "no-answer", f"Le wiki {self.session.host} n’y arrive pas : {lost}"
                )

    def _landed(self, edit: Edit, text: str, summary: str) -> EditResult | None:
        """The revision that ``edit`` made, if it did: newer than its base, ours, with our words.

        The text may differ only where the server merged it, so where the parent is not our base.
        """
        state = self.pages([edit.title])[edit.title]
        if state.revision and state.revision.id == edit.base:
            return None
        user = self.session.account().name
        ours = self.last_by(state.pageid, user, LOOK_BACK) if state.exists else []
        for revision in itertools.chain(ours, self._taken_away(edit, summary)):
            merged = revision.parent != edit.base
            same = revision.text is not None and canonical(revision.text) == text
            if revision.id > edit.base and revision.comment == summary and (same or merged):
                return EditResult(
                    edit.title, revision.id, revision.parent, revision.timestamp, merged
                )
        return None

    def _taken_away(self, edit: Edit, summary: str) -> Iterator[Revision]:
        """Our newest revisions with this summary, on whatever page: somebody may have moved it."""
        edits = self.contributions(self.session.account().name, self.session.batch())
        revids = [
            contribution.revision
            for contribution in edits
            if contribution.comment == summary and contribution.revision > edit.base
        ]
        yield from self.revisions(revids).values()

    def _moved_on(self, source: str, target: str, reason: str) -> bool:
        """Whether the log has our move, though the page is no longer where it went."""
        user = self.session.account().name
        return any(
            (entry.user, entry.target, entry.comment) == (user, target, reason)
            for entry in self.log("move", source, LOOK_BACK)
        )


def _check_title(title: str) -> None:
    """Refuse what the API would silently turn into another title."""
    if fault := unsendable(title):
        raise WikiRefusal("invalidtitle", fault)


def _check_outcome(outcome: dict[str, Any]) -> None:
    """Raise for a save that an extension stopped: a Failure inside a successful answer."""
    if outcome.get("result", "Success") != "Success":
        if "captcha" in outcome:
            raise WikiRefusal("captcha", "Le wiki demande de répondre à un test anti-robot")
        code = str(outcome.get("code", "") or outcome.get("result", ""))
        words = outcome.get("info") or outcome.get("message") or outcome.get("warning") or ""
        raise WikiRefusal(code, str(words) or "L’enregistrement a été arrêté par le wiki.")


def _result(answer: dict[str, Any], edit: Edit) -> EditResult:
    saved = answer["edit"]
    title = str(saved["title"])
    if title != edit.title and not edit.pageid:
        raise WikiRefusal("title-differs", f"Le wiki a écrit « {title} ».")
    if saved.get("nochange"):
        return EditResult(title, 0, edit.base, "", merged=False)
    old = int(saved["oldrevid"])
    return EditResult(
        title, int(saved["newrevid"]), old, str(saved["newtimestamp"]), merged=old != edit.base
    )


def _moved(answer: dict[str, Any]) -> tuple[str, bool, bool]:
    moved = answer["move"]
    return str(moved["to"]), bool(moved.get("redirectcreated", False)), "talkmove-errors" in moved

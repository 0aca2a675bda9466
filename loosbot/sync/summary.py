"""The summary of each edit: what it came from, so that the wiki itself keeps the record. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from loosbot.frozen import dataclass
from loosbot.parsing import whole_number
from loosbot.sync.block import Key
from loosbot.wiki.revisions import Contribution, Revision

LIMIT = 500
"""Characters that MediaWiki keeps (CommentStore); what matters stands first."""
NO_GIT = "sans-git"

_FORM = re.compile(
    rf"(?P<commit>[0-9a-f]{{7,64}}|{NO_GIT})(?P<dirty>\+?) (?P<corpus>\S+) · (?P<id>.+) · "
    r"run (?P<run>\S+)"
)
_TAKES, _ANNOUNCES, _UNDOES = "reprend rév. ", "message rév. ", "annule "
_TELLS = "constats "


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a run publishes from.

    ``commit`` is the short id of HEAD, "" for a corpus without git; ``dirty`` that files differ
    from it; ``run`` the name of the run.
    """

    corpus: str
    commit: str
    dirty: bool
    run: str


def write(origin: Origin, id_: str, suffix: str = "") -> str:
    """``1a2b3c4d5e6f saint-exemple · recit/banc · run 20260612T101500Z-1f2e``.

    ``suffix`` comes last: :func:`take_back_suffix` and the like.
    """
    commit = f"{origin.commit}+" if origin.commit and origin.dirty else origin.commit or NO_GIT
    run = f"run {origin.run} · {suffix}" if suffix else f"run {origin.run}"
    text = f"{commit} {origin.corpus} · {id_} · {run}"
    if len(text) <= LIMIT:
        return text
    shortened = id_[: len(id_) - (len(text) - LIMIT) - 1]
    return f"{commit} {origin.corpus} · {shortened}… · {run}"


def take_back_suffix(revision: int) -> str:
    """For an edit that publishes our text over what this revision by a person changed."""
    return f"{_TAKES}{revision}"


def message_suffix(revision: int) -> str:
    """For the message to the person whose revision was taken back."""
    return f"{_ANNOUNCES}{revision}"


def findings_suffix(revision: int, findings: str) -> str:
    """For the message about a proposed page at this revision; ``findings`` is a digest of it."""
    return f"{message_suffix(revision)} · {_TELLS}{findings}"


def rollback_suffix(run: str) -> str:
    """For an edit that restores a page as it was before this run."""
    return f"{_UNDOES}{run}"


def undone_run(comment: str) -> str:
    """The run that an edit undid, "" for any other edit."""
    return _behind(comment, _UNDOES, r"\S+")


def is_plain(comment: str) -> bool:
    """Whether a summary of ours is a page's own, not that of a move among the wiki's words."""
    return _FORM.match(comment) is not None


def taken_back_revision(comment: str) -> int:
    """The revision that an edit took back, 0 for any other."""
    return whole_number(_behind(comment, _TAKES, "[0-9]+")) or 0


def messaged_revision(comment: str) -> int:
    """The revision that a message is about, 0 for any other edit."""
    return whole_number(_behind(comment, _ANNOUNCES, "[0-9]+")) or 0


def findings_digest(comment: str) -> str:
    """The digest of the message about a proposed page, "" for any other edit."""
    return _behind(comment, f"{_ANNOUNCES}[0-9]+ · {_TELLS}", "[0-9a-f]+")


def _behind(comment: str, suffix: str, form: str) -> str:
    trailer = re.search(rf" · run \S+ · {suffix}({form})", comment)
    return trailer[1] if trailer else ""


def is_about(comment: str, key: Key) -> bool:
    """Whether a summary names this record, by an id of today or of before, be it cut short.

    One that says nothing of ours, or that was hidden, may be about any.
    """
    signature = read(comment)
    if signature is None:
        return True
    named = signature[1]
    start = named.id.removesuffix("…")
    ids = (key.id, *key.former)
    return named.corpus == key.corpus and (
        named.id in ids or (start != named.id and any(id_.startswith(start) for id_ in ids))
    )


def is_by_hand(edit: Revision | Contribution) -> bool:
    """Whether somebody who was logged in as the robot saved an edit: its comment is none of ours.

    One that an administrator hid may be ours.
    """
    return not edit.hidden and read(edit.comment) is None


def read(comment: str) -> tuple[Origin, Key] | None:
    """Origin and key in a summary of ours; None for any other comment.

    A move's comment holds ours somewhere inside, among the wiki's own words.
    """
    parts = _FORM.search(comment)
    if not parts:
        return None
    commit = "" if parts["commit"] == NO_GIT else parts["commit"]
    origin = Origin(parts["corpus"], commit, bool(parts["dirty"]), parts["run"])
    return origin, Key(parts["corpus"], parts["id"])


def of_corpus(edits: Iterable[Contribution], corpus: str) -> Iterator[tuple[Contribution, Origin]]:
    """Those of these edits that published something of this corpus, and from where."""
    for edit in edits:
        signature = read(edit.comment)
        if signature and signature[0].corpus == corpus:
            yield edit, signature[0]

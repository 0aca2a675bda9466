"""The page « État de la publication »: what was published last, and what waits for a person.

It says only what the wiki itself tells, and no time of a look: where nothing was published and
nobody edited, its text is the same, and nothing is written. A publication that did not come about
is its last section; so are those that came about at a later run. Of who withdrew it says that
something is left to do, and not one name or word: this page would tell them again, and so would
its history.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from loosbot.corpus.privacy.withdrawals import WithdrawnPerson, mentions_any
from loosbot.errors import UserError, WikiUnavailable
from loosbot.history.git import Commit, short
from loosbot.sync import summary
from loosbot.sync.advice import explain
from loosbot.sync.outcome import Outcome
from loosbot.sync.stop import StopRequested, stop_page
from loosbot.sync.summary import Origin
from loosbot.wiki.credentials import find
from loosbot.wiki.revisions import WikiRefusal
from loosbot.wiki.session import Session
from loosbot.wiki.writer import Writer
from loosbot.wikitext.blocks import bullets, join, section
from loosbot.wikitext.encoding import Context, encode
from loosbot.wikitext.links import link

_NAME = "État de la publication"
_ID = "etat"
"""What the summary of an edit of this page names, in place of a record."""
_LOOK_BACK = 500
_FAILED = "Ce qui n’a pas pu être publié"
_CAUGHT_UP = "Ce qui a été rattrapé"
_KEPT_BY = (
    "Cette page est tenue par le robot ; elle ne change que quand il a publié quelque chose, "
    "quand il n’a pas pu le faire, ou quand une page attend quelqu’un."
)
_WITHDRAWN = (
    "Une personne a retiré son accord, ou il a pris fin, et il reste à faire sur ce wiki ou dans "
    "git. Qui publie lance « loosbot plan », qui dit où. Rien n’en est écrit ici."
)


def leave_state(
    writer: Writer,
    outcome: Outcome,
    corpus: str,
    missed: Sequence[str],
    withdrawn: Collection[WithdrawnPerson],
) -> None:
    """Bring the page up to date, once all else is done; a person's words on it are left alone.

    ``missed`` are earlier publications that did not come about, and now have; ``withdrawn`` are
    those who withdrew. What could not be written is a remark: the publication itself is made.
    """
    _leave(
        writer,
        outcome,
        lambda account: _text(
            outcome, _last(writer, account, corpus), _dates(writer, outcome), withdrawn
        ),
        missed,
    )


def _leave(
    writer: Writer,
    outcome: Outcome,
    text_of: Callable[[str], str],
    missed: Sequence[str] = (),
    comment: str = f"{_NAME}.",
) -> None:
    if outcome.stopped:
        return
    account = writer.session.account().name
    title = f"User:{account}/{_NAME}"
    try:
        text = text_of(account)
        state = writer.pages([title], content=True)[title]
        head = state.revision
        last = _last_section(_CAUGHT_UP, missed)
        old = (state.text or "").rstrip()
        if not last and _without(old, _CAUGHT_UP) == text:
            return  # what was caught up before stays until there is something else to write
        text = join(text, last)
        if old == text:
            return
        if head is not None and head.user != account:
            outcome.remarks += (
                f"La page « {state.title} » a été modifiée par {head.user or 'quelqu’un'} : "
                "elle n’est plus tenue à jour. Supprimez-la pour qu’elle le soit de nouveau.",
            )
            return
        edited = writer.edit(state.edited(text, comment))
        outcome.notes += bool(edited.revision)
    except WikiRefusal as refusal:
        outcome.remarks += (f"La page « {title} » n’a pas pu être écrite : {explain(refusal)}",)
    except WikiUnavailable as error:
        outcome.fatal = error


def leave_version(
    writer: Writer, outcome: Outcome, origin: Origin, withdrawn: Collection[WithdrawnPerson]
) -> None:
    """Have the page name this version, where a run that went back had nothing else to write: the
    next run would be refused again. A page that a person wrote on is left alone, which is told."""
    day, hour = origin.run[:8], origin.run[9:13]
    when = f"{day[:4]}-{day[4:6]}-{day[6:]} à {hour[:2]}:{hour[2:]}"
    last = f"Le {when} (UTC), version {origin.commit}, publication {origin.run}."
    comment = summary.write(origin, _ID)
    _leave(writer, outcome, lambda account: _text(outcome, last, {}, withdrawn), comment=comment)


@contextmanager
def noting_refusal(writer: Writer, head: Commit | None) -> Iterator[None]:
    """A context that notes a refused publication on the page, and re-raises the refusal."""
    try:
        yield
    except (WikiUnavailable, StopRequested):
        raise  # the wiki cannot be written to, or must not be
    except UserError as error:
        version = f"La version {short(head.id)}" if head else "Le corpus"
        leave_failure(writer, f"{version} n’a pas été publiée : {error.message} {error.hint}")
        raise


def leave_failure(writer: Writer, words: str) -> None:
    """Append to the page why the last publication did not come about.

    Best effort: the failure itself is reported to the person at work anyway.
    """
    try:
        if stop_page(writer):
            return
        account = writer.session.account().name
        title = f"User:{account}/{_NAME}"
        state = writer.pages([title], content=True)[title]
        head = state.revision
        if head is not None and head.user != account:
            return
        old = (state.text or "").rstrip()
        before = _without(_without(old, _FAILED), _CAUGHT_UP) or _KEPT_BY
        text = join(before, _last_section(_FAILED, [words]))
        if text != old:
            writer.edit(state.edited(text, f"{_NAME}."))
    except (WikiRefusal, WikiUnavailable):
        return


def leave_faults(folder: Path, env: Mapping[str, str], errors: int) -> None:
    """Have the page say that nothing is published from a corpus with so many errors; the wiki may
    be out of reach."""
    with suppress(UserError), closing(Session(find(folder, env, ""))) as session:
        leave_failure(
            Writer(session),
            f"Le corpus a des erreurs ({errors}) : rien n’est publié tant qu’elles restent. "
            "« loosbot check » les montre.",
        )


def _last_section(title: str, lines: Sequence[str]) -> str:
    one_line = (" ".join(line.split()) for line in lines)
    return section(title, bullets(encode(line, Context.LIST_ITEM) for line in one_line))


def _without(text: str, title: str) -> str:
    """The text of the page before one of its last sections."""
    return text.partition(f"\n\n== {title} ==")[0]


def _last(writer: Writer, account: str, corpus: str) -> str:
    """When, from which commit and by which run something of this corpus was published last."""
    for edit, origin in summary.of_corpus(writer.contributions(account, _LOOK_BACK), corpus):
        day, hour = edit.timestamp[:10], edit.timestamp[11:16]
        commit = origin.commit or "sans git"
        return f"Le {day} à {hour} (UTC), version {commit}, publication {origin.run}."
    return "Rien n’a encore été publié."


def _dates(writer: Writer, outcome: Outcome) -> Mapping[int, str]:
    """The day of each revision for which a page waits."""
    revisions = [edit.revision for edit in outcome.human_edits if edit.revision and edit.edited]
    return {
        id_: revision.timestamp[:10]
        for id_, revision in writer.revisions(revisions, content=False).items()
    }


def _text(
    outcome: Outcome, last: str, dates: Mapping[int, str], withdrawn: Collection[WithdrawnPerson]
) -> str:
    waiting = []
    untold = 0
    for edit in sorted(outcome.human_edits, key=lambda human_edit: human_edit.id):
        day = f" depuis le {dates[edit.revision]}" if edit.revision in dates else ""
        who = f", {edit.what}" if edit.edited and edit.user else ""
        if mentions_any(withdrawn, f"{edit.title}\n{edit.user}\n{edit.reason}"):
            untold += 1
            continue
        sentence = encode(f"{who}{day}. {edit.reason}", Context.LIST_ITEM)
        waiting.append(f"{link(f':{edit.title}', edit.title)}{sentence}")
    failed = []
    for failure in sorted(outcome.failed, key=lambda failure: failure.id):
        if mentions_any(withdrawn, f"{failure.title}\n{failure.error}"):
            untold += 1
            continue
        error = encode(failure.error, Context.LIST_ITEM)
        failed.append(f"{link(f':{failure.title}', failure.title)} : {error}")
    none = "" if untold else "Aucune."
    return join(
        _KEPT_BY,
        section("Dernière publication", encode(last, Context.PROSE)),
        section("Pages qui attendent quelqu’un", bullets(waiting) or none),
        section("Pages qui n’ont pas pu être publiées", bullets(failed)) if failed else "",
        section("Accords retirés", _WITHDRAWN) if outcome.duties or untold else "",
    ).rstrip()

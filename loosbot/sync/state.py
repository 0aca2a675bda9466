"""The page « État de la publication »: what was published last, and what waits for a person.

It says only what the wiki itself tells, and no time of a look: where nothing was published and
nobody edited, its text is the same, and nothing is written.
"""

from __future__ import annotations

from collections.abc import Mapping

from loosbot.errors import WikiUnavailable
from loosbot.sync import summary
from loosbot.sync.advice import explain
from loosbot.sync.outcome import Outcome
from loosbot.wiki.model import Edit, WikiRefusal
from loosbot.wiki.writer import Writer
from loosbot.wikitext.blocks import bullets, join, section
from loosbot.wikitext.encoding import Context, encode
from loosbot.wikitext.links import link

_NAME = "État de la publication"
_LOOK_BACK = 500


def leave_state(writer: Writer, outcome: Outcome, corpus: str) -> None:
    """Bring the page up to date, once all else is done; a person's words on it are left alone.

    What could not be told is a remark: the publication itself is made.
    """
    if outcome.stopped:
        return
    account = writer.session.account().name
    title = f"User:{account}/{_NAME}"
    try:
        text = _text(outcome, _last(writer, account, corpus), _dates(writer, outcome))
        state = writer.pages([title], content=True)[title]
        head = state.revision
        if head is not None and (head.text or "").rstrip() == text:
            return
        if head is not None and head.user != account:
            outcome.remarks += (
                f"La page « {state.title} » a été modifiée par {head.user or 'quelqu’un'} : "
                "elle n’est plus tenue à jour. Supprimez-la pour qu’elle le soit de nouveau.",
            )
            return
        base = head.id if head else 0
        edited = writer.edit(Edit(state.title, text, f"{_NAME}.", base, state.pageid))
        outcome.notes += bool(edited.revision)
    except WikiRefusal as refusal:
        outcome.remarks += (f"La page « {title} » n’a pas pu être écrite : {explain(refusal)}",)
    except WikiUnavailable as error:
        outcome.fatal = error


def _last(writer: Writer, account: str, corpus: str) -> str:
    """When, from which commit and by which run something of this corpus was published last."""
    for one in writer.contributions(account, _LOOK_BACK):
        said = summary.read(one.comment)
        if said and said[0].corpus == corpus:
            day, hour = one.timestamp[:10], one.timestamp[11:16]
            commit = said[0].commit or "sans git"
            return f"Le {day} à {hour} (UTC), version {commit}, publication {said[0].run}."
    return "Rien n’a encore été publié."


def _dates(writer: Writer, outcome: Outcome) -> Mapping[int, str]:
    """The day of each revision for which a page waits."""
    asked = [one.revision for one in outcome.human_edits if one.revision]
    return {id_: one.timestamp[:10] for id_, one in writer.revisions(asked, content=False).items()}


def _text(outcome: Outcome, last: str, dates: Mapping[int, str]) -> str:
    waiting = []
    for edit in sorted(outcome.human_edits, key=lambda one: one.id):
        day = f" depuis le {dates[edit.revision]}" if edit.revision in dates else ""
        who = f", modifiée par {edit.user}" if edit.user else ""
        told = encode(f"{who}{day}. {edit.reason}", Context.LIST_ITEM)
        waiting.append(f"{link(f':{edit.title}', edit.title)}{told}")
    failed = [
        f"{link(f':{one.title}', one.title)} : {encode(one.error, Context.LIST_ITEM)}"
        for one in sorted(outcome.failed, key=lambda one: one.id)
    ]
    duties = [encode(line.strip(), Context.LIST_ITEM) for line in outcome.duties if line.strip()]
    return join(
        "Cette page est tenue par le robot ; elle ne change que quand il a publié quelque chose, "
        "ou quand une page attend quelqu’un.",
        section("Dernière publication", encode(last, Context.PROSE)),
        section("Pages qui attendent quelqu’un", bullets(waiting) or "Aucune."),
        section("Pages qui n’ont pas pu être publiées", bullets(failed)) if failed else "",
        section("Accords retirés : ce qui reste à faire", bullets(duties)) if duties else "",
    ).rstrip()

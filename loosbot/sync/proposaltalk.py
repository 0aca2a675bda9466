"""Messages on the talk page of a proposed page: why it is no record yet.

Posted once for the same findings: the summary of each message holds their digest.
"""

from __future__ import annotations

from collections.abc import Sequence

from loosbot.corpus.french import counted
from loosbot.errors import WikiUnavailable
from loosbot.frozen import dataclass
from loosbot.sync import summary
from loosbot.sync.advice import explain
from loosbot.sync.note import inert, was_taken_away, with_section
from loosbot.sync.outcome import Outcome
from loosbot.sync.planned import digest
from loosbot.sync.summary import Origin
from loosbot.sync.takeback import talk_titles
from loosbot.wiki.reader import Reader
from loosbot.wiki.revisions import PageState, WikiRefusal
from loosbot.wiki.writer import Writer

HEADING = "Ce qui manque à cette proposition de fiche"
_MOST = 12
"""Findings in one message; nobody mends more at once."""
_MESSAGES = 50
"""Our own edits of a talk page among which the last message is looked for."""
_DIGEST = 12


@dataclass(frozen=True, slots=True)
class Findings:
    """The findings about one page, as its newest version is: ``user`` wrote that, on ``day``.

    ``lines`` repeat nothing of the page: whose words stand there agreed to nothing yet.
    """

    pageid: int
    title: str
    revision: int
    user: str
    day: str
    lines: tuple[str, ...]

    @property
    def digest(self) -> str:
        return digest("\n".join(self.lines))[:_DIGEST]


def post(writer: Writer, origin: Origin, every: Sequence[Findings], outcome: Outcome) -> None:
    """Post what is missing on each talk page that does not say so yet, and count it in ``outcome``.

    A talk page that refuses it gives a remark, a wiki that cannot be reached is
    ``outcome.fatal``: nothing is raised.
    """
    if not every:
        return
    try:
        talk_pages = talk_titles(writer, (findings.title for findings in every))
        states = writer.pages(talk_pages.values(), content=True)
        for findings in every:
            state = states[talk_pages[findings.title]]
            try:
                outcome.notes += _post(writer, origin, findings, state)
            except WikiRefusal as refusal:
                outcome.remarks += (
                    f"« {state.title} » n’a pas pris le message sur ce qui manque à la page "
                    f"proposée : {explain(refusal)}",
                )
    except WikiUnavailable as error:
        outcome.fatal = error


def _post(writer: Writer, origin: Origin, findings: Findings, state: PageState) -> bool:
    """Post the message unless it was posted; whether it was. ``state`` is the talk page with its
    text."""
    if _was_posted(writer, state, findings):
        return False
    body = message(findings, writer.session.account().name)
    suffix = summary.findings_suffix(findings.revision, findings.digest)
    comment = summary.write(origin, f"proposition/{findings.pageid}", suffix)
    writer.edit(with_section(state, body, comment))
    return True


def _was_posted(reader: Reader, talk: PageState, findings: Findings) -> bool:
    """Whether our last message holds these, or people deleted the talk of the page as it is."""
    if talk.revision is None:
        return was_taken_away(reader, talk, findings.day)
    mine = reader.last_by(talk.pageid, reader.session.account().name, _MESSAGES)
    digests = (digest for edit in mine if (digest := summary.findings_digest(edit.comment)))
    return next(digests, "") == findings.digest


def message(findings: Findings, account: str) -> str:
    """A section of the talk page."""
    who = f" [[User:{findings.user}|{inert(findings.user)}]]" if findings.user else ""
    lines = [f"* {line[:1].upper()}{line[1:]}." for line in findings.lines[:_MOST]]
    if len(findings.lines) > _MOST:
        lines.append(f"* Et {counted(len(findings.lines) - _MOST, 'autre')}.")
    return "\n".join(
        [
            f"== {HEADING} ==",
            f"Bonjour{who},",
            "",
            "Merci pour cette page. Le robot l’a lue, et n’y a rien changé. Voici ce qui manque "
            "encore pour qu’elle devienne une fiche :",
            "",
            *lines,
            "",
            "Corrigez la page quand vous voulez : le robot la relit de lui-même, et n’écrit de "
            "nouveau ici que si cette liste change.",
            "",
            f"— [[User:{account}|{inert(account)}]]",
        ]
    )

"""A handover on any day, from git, as text and as HTML to print."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from html import escape
from pathlib import Path

from loosbot.corpus.consent import for_channel
from loosbot.corpus.dates import display
from loosbot.corpus.links import current_ids
from loosbot.corpus.model import Corpus
from loosbot.corpus.wording import folded
from loosbot.diff.past import CHANNEL, Past, open_past
from loosbot.errors import UsageError, UserError
from loosbot.history.moments import commit_on
from loosbot.trace.handover import Handover, handovers, key_of, scopes
from loosbot.trace.handoverparts import LEAD, NOTHING, Writer, about, parts
from loosbot.trace.html import document
from loosbot.trace.rules import rules_of


@dataclass(frozen=True, slots=True)
class Dossier:
    """One handover with what it was made from. ``title`` names the town or the subject."""

    title: str
    day: date
    found: Handover
    corpus: Corpus


def dossier(folder: Path, day: date | None, key: str) -> Dossier:
    """The handover ``key`` (see ``Scope.key``) on a day, by default that of the last commit.

    Who withdrew since does not come back. Raises UserError without git or before the first
    commit, UsageError for an unknown key, BrokenCorpus.
    """
    past = open_past(folder)
    today = day or past.today or past.day
    corpus = _corpus(past, day)
    known = scopes(corpus)
    for scope, found in handovers(corpus, rules_of(corpus), today):
        if scope.key == key_of(key):
            subject = f" : {about(scope, corpus)}" if key else ""
            return Dossier(f"Dossier de passation{subject}", today, found, corpus)
    keys = [one.key for one in known if one.key]
    if not key:
        raise UserError("Ce corpus n’a aucun projet : il n’y a rien à transmettre.")
    raise UsageError(f"« {key} » n’a pas de dossier.", f"Il y en a pour : {', '.join(keys)}.")


def _corpus(past: Past, day: date | None) -> Corpus:
    if day is None or day >= (past.today or past.day):
        # a day that has not come yet lifts no seal
        return for_channel(for_channel(past.now, CHANNEL, past.day), CHANNEL, day or past.day)
    commit = commit_on(past.repository, day)
    if commit is None:
        raise UserError(
            f"Ce corpus n’avait encore aucune version le {display(day.isoformat())}.",
            "Choisissez un jour plus récent ; « git log » donne celui de la première version.",
        )
    corpus = past.at(commit.id)
    if corpus is None:
        raise UserError(
            "La version de ce jour-là a des erreurs selon les règles d’aujourd’hui.",
            "Choisissez un jour plus récent.",
        )
    return corpus


def to_text(one: Dossier) -> str:
    """Titles and lines, a table's cells apart by bars."""
    return "\n".join(_text(one)) + "\n"


def _text(one: Dossier) -> Iterator[str]:
    yield f"{one.title}, au {display(one.day.isoformat())}"
    found = parts(one.found, one.corpus, _writer(one.corpus, str))
    if not found:
        yield f"\n{NOTHING}"
    for part in found:
        yield f"\n{part.title}"
        for row in part.rows:
            cells = zip(part.heads[1:], row[1:], strict=True)
            said = " ; ".join(f"{head.lower()} : {cell}" for head, cell in cells if cell)
            yield f"- {row[0]}{f' ({said})' if said else ''}"
        if part.remark:
            yield part.remark


def to_html(one: Dossier) -> str:
    """A page that needs nothing else, to be printed on A4."""
    return document(f"{one.title}, au {display(one.day.isoformat())}", _html(one))


def _html(one: Dossier) -> Iterator[str]:
    yield f"<p>{escape(LEAD)}</p>"
    found = parts(one.found, one.corpus, _writer(one.corpus, escape))
    if not found:
        yield f"<p>{escape(NOTHING)}</p>"
    for part in found:
        yield f"<h2>{escape(part.title)}</h2>"
        heads = "".join(f'<th scope="col">{escape(head)}</th>' for head in part.heads)
        yield f'<div class="scroll" role="region" tabindex="0" aria-label="{escape(part.caption)}">'
        yield f"<table><caption>{escape(part.caption)}</caption>"
        yield f"<thead><tr>{heads}</tr></thead><tbody>"
        for first, *others in part.rows:
            cells = "".join(f"<td>{cell}</td>" for cell in others)
            yield f'<tr><th scope="row">{first}</th>{cells}</tr>'
        yield "</tbody></table></div>"
        if part.remark:
            yield f"<p>{escape(part.remark)}</p>"


def _writer(corpus: Corpus, write: Callable[[str], str]) -> Writer:
    ids = current_ids(corpus)

    def name(id_: str) -> str:
        record = corpus.records.get(ids.get(id_, id_))
        return write(record.title if record else id_)

    return Writer(write, name, folded)

"""A handover on any day, from git, as text and as HTML to print."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import asdict
from datetime import date
from html import escape
from pathlib import Path

from loosbot.corpus.dates import display
from loosbot.corpus.inlinelinks import corpus_without_links
from loosbot.corpus.links import current_ids
from loosbot.corpus.model import Corpus
from loosbot.corpus.privacy.consent import for_channel
from loosbot.corpus.wording import folded
from loosbot.diff.past import CHANNEL, PastVersions, open_past
from loosbot.errors import UsageError, UserError
from loosbot.frozen import dataclass
from loosbot.history.moments import commit_on, no_version_yet
from loosbot.trace.handover.collect import Handover, handovers, key_of, scopes
from loosbot.trace.handover.parts import LEAD, NOTHING, about, parts
from loosbot.trace.layout import typeset
from loosbot.trace.layout.html import document
from loosbot.trace.layout.tables import Table
from loosbot.trace.layout.typeset import wrapped
from loosbot.trace.rules import rules_of


@dataclass(frozen=True, slots=True)
class Dossier:
    """One handover with what it was made from. ``title`` names the town or the subject."""

    title: str
    day: date
    handover: Handover
    corpus: Corpus


def dossier(folder: Path, day: date | None, key: str) -> Dossier:
    """The handover ``key`` (see ``Scope.key``) on a day, by default that of the last commit.

    Who withdrew since does not come back. Raises UserError without git or before the first
    commit, UsageError for an unknown key, BrokenCorpus.
    """
    past = open_past(folder)
    today = day or past.today or past.day
    corpus = corpus_without_links(_corpus(past, day))
    known = scopes(corpus)
    for scope, handover in handovers(corpus, rules_of(corpus), today):
        if scope.key == key_of(key):
            subject = f" : {about(scope, corpus)}" if key else ""
            return Dossier(f"Dossier de passation{subject}", today, handover, corpus)
    keys = [scope.key for scope in known if scope.key]
    if not key:
        raise UserError("Ce corpus n’a aucun projet : il n’y a rien à transmettre.")
    hint = f"Il y en a pour : {', '.join(keys)}." if keys else "Il n’y a que celui de la commune."
    raise UsageError(f"« {key} » n’a pas de dossier.", hint)


def _corpus(past: PastVersions, day: date | None) -> Corpus:
    if day is None or day >= (past.today or past.day):
        # a day that has not come yet lifts no seal
        return for_channel(for_channel(past.now, CHANNEL, past.day), CHANNEL, day or past.day)
    commit = commit_on(past.repository, day)
    if commit is None:
        raise no_version_yet(day)
    corpus = past.at(commit.id)
    if corpus is None:
        raise UserError(
            "La version de ce jour-là a des erreurs selon les règles d’aujourd’hui.",
            "Choisissez un jour plus récent.",
        )
    return corpus


def to_text(dossier: Dossier) -> str:
    """Titles and lines of sixty columns, a row's cells with their headings."""
    return "\n".join(_text(dossier)) + "\n"


def _text(dossier: Dossier) -> Iterator[str]:
    yield wrapped(f"{dossier.title}, au {display(dossier.day.isoformat())}")
    tables = _tables(dossier)
    if not tables:
        yield f"\n{NOTHING}"
    for table in tables:
        yield f"\n{wrapped(table.title)}"
        yield from typeset.to_text(table, _namer(dossier.corpus))


def to_html(dossier: Dossier) -> str:
    """A page that needs nothing else, to be printed on A4."""
    return document(f"{dossier.title}, au {display(dossier.day.isoformat())}", _html(dossier))


def _html(dossier: Dossier) -> Iterator[str]:
    yield f"<p>{escape(LEAD)}</p>"
    tables = _tables(dossier)
    if not tables:
        yield f"<p>{escape(NOTHING)}</p>"
    for table in tables:
        yield from typeset.section(table, _namer(dossier.corpus))


def to_json(dossier: Dossier) -> str:
    """What stands in it, by ids: ``running``, ``promised``, ``carriers``…"""
    lists = {
        name: getattr(dossier.handover, name)
        for name in dossier.handover.__slots__
        if name != "today"
    }
    answer = {"title": dossier.title, "date": dossier.day.isoformat(), **lists}
    return json.dumps(answer, ensure_ascii=False, indent=2, default=asdict) + "\n"


def _tables(dossier: Dossier) -> list[Table]:
    return parts(dossier.handover, dossier.corpus, folded)


def _namer(corpus: Corpus) -> Callable[[str], str]:
    ids = current_ids(corpus)

    def name(id_: str) -> str:
        record = corpus.records.get(ids.get(id_, id_))
        return record.title if record else id_

    return name

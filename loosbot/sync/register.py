"""The register: file, last commit, wiki page, newest revision and its author, for each record.

Computed from git and the wiki on demand, and never published: a page that names its own revision
would change at each run. It is the only report that needs the network.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, astuple, fields
from pathlib import Path

from loosbot.corpus.model import Corpus
from loosbot.escaping import no_formula
from loosbot.frozen import dataclass
from loosbot.history.git import Commit, short
from loosbot.render.pages import names_of
from loosbot.sync.opening import opened
from loosbot.sync.plan import make_plan
from loosbot.sync.planned import PlannedPage
from loosbot.sync.source import read_source
from loosbot.trace.layout.html import document
from loosbot.trace.layout.tables import Column, Table, rows, words
from loosbot.trace.layout.typeset import to_html as laid_out
from loosbot.wiki.credentials import find
from loosbot.wiki.reader import Reader
from loosbot.wiki.revisions import PageState
from loosbot.wiki.session import Session


@dataclass(frozen=True, slots=True)
class RegisterEntry:
    """One record. Dates are ISO 8601 (UTC); "" and 0 where there is nothing.

    ``committed`` and ``author`` are of the last commit that changed the file. ``page`` is that of
    the record, or the one that has its row; ``revision`` its newest one, by ``user``, on
    ``revised``. ``hand`` says how a person changed the page since it was last published, "" if
    nobody did.
    """

    id: str
    title: str
    file: str
    commit: str
    committed: str
    author: str
    page: str
    revision: int
    revised: str
    user: str
    hand: str


def read(folder: Path, env: Mapping[str, str]) -> tuple[RegisterEntry, ...]:
    """Look at git and at the wiki. Raises BrokenCorpus, UserError, WikiUnavailable."""
    source = read_source(folder)
    commits = source.repository.last_commits() if source.repository and source.head else {}
    credentials = find(folder, env, source.corpus.config.wiki)
    reader = Reader(Session(credentials))
    with opened(reader, source, credentials, env) as wiki:
        plan = make_plan(reader, wiki.aim, wiki.cache).plan
        states = reader.pages(sorted({page.title for page in plan.pages}))
        account = reader.session.account().name
    return entries(source.corpus, commits, plan.pages, states, account)


def entries(
    corpus: Corpus,
    commits: Mapping[str, Commit],
    pages: Iterable[PlannedPage],
    states: Mapping[str, PageState],
    account: str,
) -> tuple[RegisterEntry, ...]:
    """One entry a record. ``commits`` are by file, ``states`` by title; ``account`` is ours."""
    planned = {page.id: page for page in pages}
    rows = names_of(corpus, {}).rows
    lines = []
    for record in corpus.records.values():
        commit = commits.get(record.path)
        page = planned.get(rows.get(record.id, record.id))
        state = states.get(page.title) if page else None
        head = state.revision if state else None
        lines.append(
            RegisterEntry(
                record.id,
                record.title,
                record.path,
                commit.id if commit else "",
                commit.date if commit else "",
                commit.author if commit else "",
                page.title if page and head else "",
                head.id if head else 0,
                head.timestamp if head else "",
                head.user if head else "",
                _hand(page, head.user, account) if page and head else "",
            )
        )
    return tuple(lines)


def _hand(page: PlannedPage, user: str, account: str) -> str:
    if page.action == "human-edit":
        who = page.user or "quelqu’un"
        return f"texte publié modifié par {who} (révision {page.revision})"
    if user != account:
        return f"page modifiée par {user or 'quelqu’un'}, hors du texte publié"
    return ""


def to_text(entries: Iterable[RegisterEntry]) -> str:
    """One block a record."""
    lines = []
    for entry in entries:
        commit = f"{short(entry.commit)}, {entry.committed[:10]}, {entry.author}"
        revision = f"{entry.page}, révision {entry.revision}, {entry.revised[:10]}, {entry.user}"
        lines += [
            f"{entry.title} ({entry.id})",
            f"  fichier : {entry.file}",
            f"  commit  : {commit if entry.commit else 'aucun'}",
            f"  wiki    : {revision if entry.page else 'pas encore publiée'}",
        ]
        if entry.hand:
            lines.append(f"  depuis  : {entry.hand}")
    return "\n".join(lines) + "\n"


def to_json(entries: Iterable[RegisterEntry]) -> str:
    """``{"register":[…]}``, an object a record."""
    answer = {"register": [asdict(entry) for entry in entries]}
    return json.dumps(answer, ensure_ascii=False, indent=2) + "\n"


def to_csv(entries: Iterable[RegisterEntry]) -> str:
    """RFC 4180, a line of names first, a line a record."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(field.name for field in fields(RegisterEntry))
    writer.writerows([no_formula(str(cell)) for cell in astuple(entry)] for entry in entries)
    return out.getvalue()


def to_html(entries: Iterable[RegisterEntry]) -> str:
    """A page that needs nothing else."""
    names = ("Fiche", "Fichier", "Commit", "Page du wiki", "Révision", "Depuis, à la main")
    lines = [
        (
            entry.title,
            entry.file,
            ", ".join(filter(None, (short(entry.commit), entry.committed[:10], entry.author))),
            entry.page,
            f"{entry.revision}, {entry.revised[:10]}, {entry.user}" if entry.page else "",
            entry.hand,
        )
        for entry in entries
    ]
    table = Table(
        "registre",
        "Registre des fiches",
        "D’où vient chaque page, et qui l’a touchée en dernier",
        tuple(map(Column, names)),
        rows(map(words, line) for line in lines),
    )
    return document("Registre des fiches", laid_out(table, str))


FORMATS: Mapping[str, Callable[[Iterable[RegisterEntry]], str]] = {
    "text": to_text,
    "json": to_json,
    "csv": to_csv,
    "html": to_html,
}

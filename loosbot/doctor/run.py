"""Running every diagnosis; one that fails never hides the others."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from contextlib import closing
from datetime import datetime
from pathlib import Path

from loosbot.backup.last import last
from loosbot.corpus.check.load import BrokenCorpus
from loosbot.corpus.tree import FolderTree
from loosbot.doctor import lifecycle, local, remote
from loosbot.doctor.diagnosis import Diagnosis
from loosbot.doctor.remote import rights
from loosbot.errors import UserError, WikiUnavailable
from loosbot.frozen import dataclass
from loosbot.history.git import Repository
from loosbot.history.tree import CommitTree
from loosbot.push.missed import bare_of
from loosbot.push.publish import pushed_source
from loosbot.push.receive import Limits
from loosbot.sync.opening import opened
from loosbot.sync.plan import make_plan
from loosbot.sync.source import Source, backwards, read_source
from loosbot.sync.stop import stop_page
from loosbot.sync.withdrawal.duties import duties
from loosbot.sync.withdrawal.searched import SearchedPages
from loosbot.wiki.credentials import Credentials, find
from loosbot.wiki.options import block_of
from loosbot.wiki.reader import Reader
from loosbot.wiki.session import Session

_SHORT = 2.0
_LOOK_BACK = 500
"""Edits of the robot among which its last publication is looked for."""


def _hurried(seconds: float) -> None:
    """A sleep for retries: a wiki that asks for a long wait is reported instead."""
    if seconds > _SHORT:
        raise WikiUnavailable(
            "Le wiki demande d’attendre : il est trop occupé, ou fermé pour travaux (lecture "
            "seule).",
            "Réessayez dans quelques minutes. Si cela dure, demandez à qui s’en occupe ; la "
            "publication suivante rattrapera tout.",
        )
    time.sleep(seconds)


@dataclass(frozen=True, slots=True)
class Patient:
    """What is looked at: the folder of a corpus, or a bare repository, or both."""

    corpus: Path | None
    depot: Repository | None


def visit(patient: Patient, env: Mapping[str, str], now: datetime) -> Iterator[Diagnosis]:
    """Every diagnosis, in reading order."""
    folder = patient.corpus or (patient.depot.folder if patient.depot else Path())
    yield local.versions(folder)
    yield local.room(folder)
    if patient.corpus is not None:
        yield from local.history(patient.corpus)
    bare = patient.depot.folder if patient.depot else None
    if bare is None and patient.corpus is not None:
        bare = bare_of(patient.corpus)
    if bare is not None:
        yield from local.hook(bare)
    yield from _corpus(patient)
    published: list[datetime] = []
    yield from _wiki(patient, env, now, published)
    places = [place for place in (patient.corpus, bare) if place is not None]
    newest = max(filter(None, map(last, places)), key=lambda archive: archive.made, default=None)
    yield local.backup(newest, now, min(published, default=None))


def _corpus(patient: Patient) -> Iterator[Diagnosis]:
    try:
        if patient.corpus is not None:
            yield from local.corpus(FolderTree(patient.corpus))
        elif patient.depot is not None and (head := patient.depot.head()) is not None:
            yield from local.corpus(CommitTree(patient.depot, head.id))
    except UserError as error:
        yield remote.refused(error, "corpus-illisible")


def _source(patient: Patient) -> Source | None:
    """What would be published; None where the corpus has errors, which are reported apart."""
    try:
        if patient.corpus is not None:
            return read_source(patient.corpus)
        head = patient.depot.head() if patient.depot else None
        if patient.depot is None or head is None:
            return None
        return pushed_source(patient.depot.folder, head, Limits())
    except (BrokenCorpus, UserError):
        return None


def _wiki(
    patient: Patient, env: Mapping[str, str], now: datetime, published: list[datetime]
) -> Iterator[Diagnosis]:
    source = _source(patient)
    folder = patient.corpus or (patient.depot.folder if patient.depot else Path())
    named = source.corpus.config.wiki if source and patient.corpus else ""
    try:
        credentials = find(folder, env, named)
        with closing(Session(credentials, sleep=_hurried)) as session:
            reader = Reader(session)
            yield from _general(reader, credentials, now)
            if source is not None:
                yield from _shown(reader, source, credentials, env, now, published)
    except WikiUnavailable as error:
        yield remote.refused(error, "wiki-injoignable")
    except UserError as error:
        yield remote.refused(error, "wiki")


def _general(reader: Reader, credentials: Credentials, now: datetime) -> Iterator[Diagnosis]:
    site = reader.site()
    yield Diagnosis("wiki", "ok", f"Le wiki « {site.name} » répond : {credentials.api}")
    yield lifecycle.release(site.version, now.date(), remote.is_here(credentials.api))
    yield from rights(site.user, site.rights)
    yield from remote.blocked(site.user, block_of(reader.session))
    yield remote.clock(reader.now(), local.now())


def _shown(
    reader: Reader,
    source: Source,
    credentials: Credentials,
    env: Mapping[str, str],
    now: datetime,
    published: list[datetime],
) -> Iterator[Diagnosis]:
    with opened(reader, source, credentials, env) as wiki:
        yield remote.reading(wiki.source.channel == "wiki-ouvert", wiki.notice)
        edits = reader.contributions(reader.session.account().name, _LOOK_BACK)
        publication, first = remote.last_publication(edits, wiki.aim.corpus, now.date())
        yield publication
        published += [first] if first else []
        if late := backwards(reader, source):
            yield remote.refused(late, "version-en-arriere")
        if stop := stop_page(reader):
            yield Diagnosis(
                "arret-demande",
                "error",
                stop.sentence(),
                "Voyez pourquoi, puis videz ou supprimez cette page : la publication reprendra.",
            )
        plan = make_plan(reader, wiki.aim, wiki.cache).plan
        yield from remote.state(reader, plan, source, now)
        owed = duties(reader, wiki.aim, plan.pages, SearchedPages({}, wiki.aim.withdrawn))
        if owed.lines:
            yield Diagnosis("retrait", "error", owed.lines[0], "\n".join(owed.lines[1:]))

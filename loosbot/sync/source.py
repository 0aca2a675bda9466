"""The corpus to publish, the commit it comes from, and the checks before publishing it.

On a wiki that is open, only what may be public is published (:func:`for_readers`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from loosbot.corpus.check.load import whole_corpus
from loosbot.corpus.french import counted
from loosbot.corpus.model import Corpus
from loosbot.corpus.privacy.consent import EVERY_DAY, Channel, for_days
from loosbot.diff.past import PastVersions, between_versions
from loosbot.errors import UserError
from loosbot.frozen import dataclass
from loosbot.history.consentday import consent_day
from loosbot.history.git import Commit, Repository, short
from loosbot.history.moments import now
from loosbot.history.process import first_version
from loosbot.history.sparse import how_to_see
from loosbot.render.reports.versions import History
from loosbot.sync import summary
from loosbot.sync.summary import Origin
from loosbot.wiki import embedded
from loosbot.wiki.credentials import Credentials, normalised
from loosbot.wiki.instance import DEFAULT
from loosbot.wiki.reader import Reader
from loosbot.wiki.revisions import Contribution
from loosbot.wiki.session import Session

_RECENT = 50
_MANY = 5000
"""Edits of the account that are looked through for one that names a commit of this corpus."""


@dataclass(frozen=True, slots=True)
class Source:
    """A folder ready to be published.

    ``corpus`` holds only what the wiki may show. ``head`` is None without git, or before the first
    commit. ``dirty``: whether files differ from it. ``whole`` is the corpus with what the wiki may
    not show, for who looks for it there.
    """

    folder: Path
    corpus: Corpus
    repository: Repository | None
    head: Commit | None
    dirty: bool
    whole: Corpus
    consents: date | None
    """The day by which consents are judged; see :mod:`loosbot.history.consentday`."""
    channel: Channel = "wiki"
    """Whose wiki ``corpus`` is filtered for; see :func:`for_readers`."""

    @property
    def commit(self) -> str:
        return short(self.head.id) if self.head else ""

    @property
    def today(self) -> date | None:
        """The day of the last commit (UTC), by which delays are judged."""
        return self.head.day if self.head else None


def read_source(folder: Path) -> Source:
    """Read the corpus of a folder and its state in git.

    A consent ends on a date: HEAD's or the real one (UTC), whichever is later. Without git every
    consent that ends is taken as ended, and what is sealed stays sealed.

    Raises BrokenCorpus, UserError.
    """
    moment = now(folder)
    repository, head = moment.repository, moment.head
    dirty = repository.dirty() if repository and head else False
    whole = whole_corpus(moment.tree)
    day = consent_day(head) if head else None
    return Source(folder, shown(whole, day), repository, head, dirty, whole, day)


def shown(corpus: Corpus, day: date | None, channel: Channel = "wiki") -> Corpus:
    """What the wiki may show of a corpus on that day; see :func:`read_source`."""
    return for_days(corpus, channel, (day,) if day else EVERY_DAY)


def history_of(source: Source) -> History:
    """What changed between the named versions; nothing where git does not know.

    Raises UserError in a shallow clone that lacks one of them.
    """
    if not (source.whole.versions and source.repository and source.consents):
        return {}
    past = PastVersions(source.repository, source.whole, source.consents, channel=source.channel)
    return between_versions(past)


def is_embedded(folder: Path, credentials: Credentials) -> bool:
    """Whether this is the corpus's own trial wiki."""
    running = embedded.status(folder / DEFAULT)
    return running is not None and normalised(running.url_api) == credentials.api


def require_committed(source: Source) -> None:
    """Refuse to publish what no commit holds. Raises UserError."""
    if source.head is None:
        raise UserError(
            "Ce corpus n’est pas encore dans git : rien ne dirait d’où viennent les pages.",
            f"{first_version()}\nPour publier tout de même : --sale.",
        )
    if source.dirty:
        unseen = how_to_see(source.repository) if source.repository else ""
        raise UserError(
            "Des fichiers du corpus ne sont pas enregistrés dans git.",
            f"{unseen}\nEnregistrez-les (git add, git commit), puis relancez. "
            "Pour publier tout de même : --sale.".lstrip(),
        )


def backwards(reader: Reader, source: Source) -> UserError | None:
    """Why publishing would go back in time, or None.

    The wiki's last edit of this corpus must come from HEAD or from one of its ancestors, and so
    must those that others made while the run of that edit was at work: it did not know of them.
    """
    if source.repository is None or source.head is None:
        return None
    for commit in published_last(reader, source.corpus.config.corpus):
        # asked every twenty edits, mostly of our own: git need not be started to know HEAD
        if commit != source.commit and (late := _behind(source.repository, source.head, commit)):
            return late
    return None


def _behind(repository: Repository, head: Commit, last: str) -> UserError | None:
    """Why ``head`` must not be published over the version ``last``, None where it may."""
    if not last:
        return UserError(
            "Un administrateur du wiki a masqué le commentaire de la dernière modification du "
            "robot : rien ne dit de quelle version vient le wiki.",
            "Assurez-vous d’avoir la dernière version (git pull), puis publiez une fois : loosbot "
            "sync --reculer",
        )
    known = repository.is_ancestor(last, head.id)
    if known:
        return None
    force = "Pour publier tout de même cette version-ci : loosbot sync --reculer"
    if known is None:
        if repository.shallow:
            hint = "Le clone est partiel : lancez « git fetch --unshallow », puis relancez."
        else:
            hint = (
                "Lancez « git pull » pour la recevoir, puis relancez. Si ce dépôt vient d’une "
                "sauvegarde, un agent qui a travaillé depuis a encore cette version chez lui : "
                "qu’il l’envoie (git push). Si personne ne l’a plus, ce qu’elle disait reste dans "
                "l’historique de chaque page du wiki."
            )
        return UserError(
            f"Le wiki a été publié depuis la version {last}, que ce dépôt ne connaît pas.",
            f"{hint}\n{force}",
        )
    return UserError(
        f"Le wiki a été publié depuis la version {last}, qui n’est pas dans l’histoire de "
        f"{short(head.id)} : publier le ferait reculer.",
        f"Lancez « git pull » (ou fusionnez les deux versions), puis relancez.\n{force}",
    )


def published_last(reader: Reader, corpus: str) -> tuple[str, ...]:
    """The commit that our newest edit of this corpus names, then those of the runs that wrote
    while its run did; none where nothing was published.

    An edit made without git names none; only a trial wiki ever gets one without being forced.
    "" where the comment that would say it was hidden.
    """
    account = reader.session.account().name
    for limit in (_RECENT, _MANY):
        edits = reader.contributions(account, limit)
        mine = list(summary.of_corpus(edits, corpus))
        newest = next((pair for pair in mine if pair[1].commit), None)
        last = newest[0].revision if newest else 0
        if any(edit.hidden and edit.revision > last for edit in edits):
            return ("",)
        if newest is not None:
            return _together(mine, newest[1])
        if len(edits) < limit:
            return ()
    return ()


def _together(edits: Sequence[tuple[Contribution, Origin]], newest: Origin) -> tuple[str, ...]:
    """The commits of ``newest`` and of the runs at work beside it: whose edits came after its
    first, or from the second on in which its name says that it began; not of a run that it undid,
    which it knew. Newest first."""
    own = [number for number, (_, origin) in enumerate(edits) if origin.run == newest.run]
    undone = {summary.undone_run(edits[number][0].comment) for number in own}
    began = newest.run.partition("-")[0]
    commits = (
        origin.commit
        for number, (edit, origin) in enumerate(edits)
        if number <= own[-1]
        or (origin.run not in undone and re.sub("[-:]", "", edit.timestamp) >= began)
    )
    return tuple(dict.fromkeys((newest.commit, *filter(None, commits))))


CLOSING = "$wgGroupPermissions['*']['read'] = false;"
"""The line of LocalSettings.php that shuts a wiki to readers without an account."""


def channel_of(session: Session) -> Channel:
    """Which of the two wikis this is, as somebody without an account sees it.

    Raises WikiUnavailable.
    """
    return "wiki-ouvert" if session.is_open() else "wiki"


def for_readers(source: Source, channel: Channel) -> Source:
    """The source, filtered for readers without an account where they can read the wiki."""
    if channel == source.channel:
        return source
    corpus = shown(source.whole, source.consents, channel)
    return replace(source, corpus=corpus, channel=channel)


def notice(source: Source, inside: Corpus) -> str:
    """What an open wiki does not get of ``inside``, what a closed one would show, and how to close
    it; "" where it lacks nothing."""
    if source.channel != "wiki-ouvert":
        return ""
    voices = _voices(inside) - _voices(source.corpus)
    persons = len(inside.records) - len(source.corpus.records)
    left_out = [
        counted(number, noun)
        for number, noun in ((voices, "voix"), (persons, "personne"))
        if number
    ]
    if not left_out:
        return ""
    verb = "n’y paraît" if voices + persons == 1 else "n’y paraissent"
    return (
        f"Ce wiki se lit sans compte : {' et '.join(left_out)} {verb} pas, faute d’accord public. "
        f"Pour le fermer, dans LocalSettings.php : {CLOSING}"
    )


def _voices(corpus: Corpus) -> int:
    return sum(
        "texte" in voice
        for record in corpus.records.values()
        for voice in record.data.get("voix", ())
    )

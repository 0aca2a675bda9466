"""Diagnoses of the wiki: whether it answers, our account and its rights, the last
publication, what waits."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from urllib.parse import urlsplit

from loosbot.corpus.french import counted
from loosbot.doctor.diagnosis import Diagnosis, days
from loosbot.errors import UserError
from loosbot.history.git import short
from loosbot.sync import summary
from loosbot.sync.advice import what_to_do
from loosbot.sync.planned import WAITS, WRITES, Plan, PlannedPage
from loosbot.sync.source import Source
from loosbot.wiki.credentials import is_loopback
from loosbot.wiki.options import Block
from loosbot.wiki.reader import Reader
from loosbot.wiki.revisions import Contribution

_ASTRAY = timedelta(minutes=5)
_LATE = timedelta(days=1)
_MONTH = 31


def is_here(api: str) -> bool:
    """Whether only this machine reaches the wiki."""
    return is_loopback(urlsplit(api).hostname)


def clock(theirs: datetime, ours: datetime) -> Diagnosis:
    """The wiki's clock against this machine's: delays and consents go by the day."""
    apart = abs(theirs - ours)
    if apart > _ASTRAY:
        return Diagnosis(
            "horloge",
            "error",
            f"L’horloge de ce poste et celle du wiki diffèrent de {apart.total_seconds() / 60:.0f} "
            f"minutes (ici {ours:%d/%m/%Y %H:%M}, là-bas {theirs:%d/%m/%Y %H:%M}, UTC).",
            "Mettez les deux à l’heure : sudo timedatectl set-ntp true",
        )
    return Diagnosis("horloge", "ok", "Les horloges de ce poste et du wiki s’accordent.")


def blocked(account: str, block: Block | None) -> Iterator[Diagnosis]:
    """An account that an administrator stopped: it reads, logs in and can publish nothing."""
    if block is None:
        return
    where = " sur certaines pages" if block.partial else ""
    by = f" par {block.by}" if block.by else ""
    why = f" : {block.reason}" if block.reason else "."
    yield Diagnosis(
        "compte-bloque",
        "warning" if block.partial else "error",
        f"Le compte « {account} » est bloqué{where}{by}{why}",
        "Voyez avec l’administrateur du wiki pourquoi, et demandez-lui de lever le blocage : rien "
        "n’est publié d’ici là" + (" sur ces pages." if block.partial else "."),
    )


def reading(opened: bool, notice: str) -> Diagnosis:
    """Who can read the wiki."""
    if opened:
        return Diagnosis("wiki-ouvert", "ok", "Wiki ouvert : il se lit sans compte.", notice)
    return Diagnosis("wiki-ferme", "ok", "Wiki fermé aux lecteurs sans compte.")


def last_publication(
    edits: Sequence[Contribution], corpus: str, today: date
) -> tuple[Diagnosis, datetime | None]:
    """By which commit the wiki was written last; and the oldest edit that was looked at."""
    ours = list(summary.of_corpus(edits, corpus))
    if not ours:
        return (
            Diagnosis(
                "jamais-publie",
                "warning",
                "Rien de ce corpus n’est encore sur le wiki.",
                "loosbot plan, puis loosbot sync.",
            ),
            None,
        )
    newest, origin = ours[0]
    day = datetime.fromisoformat(newest.timestamp)
    message = (
        f"Dernière publication {days((today - day.date()).days)} ({day:%d/%m/%Y à %H:%M} UTC), "
        f"version {origin.commit or 'sans git'}, publication {origin.run}."
    )
    return Diagnosis("publication", "ok", message), datetime.fromisoformat(ours[-1][0].timestamp)


def state(reader: Reader, plan: Plan, source: Source, now: datetime) -> Iterator[Diagnosis]:
    """What waits for a person and since when, and what should be published by now (``now`` has a
    time zone). One request per 50 pages that wait. Raises WikiUnavailable."""
    waiting = [page for page in plan.pages if page.action in WAITS]
    since = dates_of(reader, waiting)
    for page in waiting:
        yield _waiting(page, since.get(page.revision), now)
    pending = [page for page in plan.pages if page.action in WRITES]
    if pending:
        yield _pending(len(pending), source, now)
    if not waiting and not pending:
        yield Diagnosis(
            "pages", "ok", f"Pages à jour : {len(plan.pages)} ; aucune n’attend personne."
        )


def dates_of(reader: Reader, pages: Sequence[PlannedPage]) -> Mapping[int, datetime]:
    """When the revisions were made for which pages wait."""
    revisions = reader.revisions((page.revision for page in pages if page.revision), content=False)
    return {id_: datetime.fromisoformat(revision.timestamp) for id_, revision in revisions.items()}


def _waiting(page: PlannedPage, since: datetime | None, now: datetime) -> Diagnosis:
    age = (now - since).days if since else 0
    message = f"« {page.title} » ({page.id}) attend quelqu’un"
    if since:
        message += f" depuis le {since:%d/%m/%Y} ({days(age)})"
    long = "page-oubliee" if age >= _MONTH else "page-en-attente"
    return Diagnosis(long, "error", f"{message} : {page.reason}", what_to_do(page))


def _pending(number: int, source: Source, now: datetime) -> Diagnosis:
    since = datetime.fromisoformat(source.head.date).astimezone(UTC) if source.head else now
    message = f"Pages à publier : {number}"
    if source.head is None or now - since < _LATE:
        return Diagnosis("a-publier", "warning", f"{message}.", "loosbot sync")
    return Diagnosis(
        "publication-en-retard",
        "error",
        f"{message}, alors que la version {short(source.head.id)} a "
        f"{counted((now - since).days, 'jour')} : la publication de chaque nuit ne se fait pas, ou "
        "échoue.",
        "Lancez loosbot sync et lisez ce qu’il dit ; voyez la minuterie (systemctl list-timers, "
        "crontab -l) et le journal (journalctl -u loosbot).",
    )


def refused(error: UserError, code: str) -> Diagnosis:
    return Diagnosis(code, "error", error.message, error.hint)


_NEEDED = ("edit", "createpage")
_USEFUL: Mapping[str, str] = {
    "bot": "ses modifications remplissent les modifications récentes des agents",
    "move": "un titre changé dans le dépôt doit être changé à la main sur le wiki",
    "upload": "les images ne sont pas publiées",
    "reupload": "une image changée n’est pas publiée",
    "apihighlimits": "lire le wiki demande dix fois plus de requêtes",
    "noratelimit": "le wiki limite le robot à quelques dizaines de modifications par minute",
}
_DANGEROUS = frozenset(
    {
        "bigdelete", "block", "delete", "deletelogentry", "deleterevision", "editinterface",
        "editsitecss", "editsitejs", "editsitejson", "editusercss", "edituserjs", "hideuser",
        "import", "importupload", "mergehistory", "nuke", "protect", "renameuser", "suppressionlog",
        "suppressrevision", "undelete", "userrights", "userrights-interwiki",
    }
)  # fmt: skip
_GRANTS = (
    "Un mot de passe de robot (Special:BotPasswords) limite ces droits : droits de base, gros "
    "volume, modifier des pages existantes, créer, modifier et renommer des pages, téléverser "
    "des fichiers, modifier ses préférences. Rien d’autre."
)


def rights(account: str, has: Collection[str]) -> Iterator[Diagnosis]:
    """Too few, too many, or as it should be."""
    lacking = [right for right in _NEEDED if right not in has]
    too_many = sorted(_DANGEROUS.intersection(has))
    if lacking:
        yield Diagnosis(
            "droits-manquants",
            "error",
            f"Le compte « {account} » ne peut pas publier : il lui manque {', '.join(lacking)}.",
            f"Demandez à un administrateur du wiki de les lui donner. {_GRANTS}",
        )
    for right, cost in _USEFUL.items():
        if right not in has and not lacking:
            yield Diagnosis(
                "droit-utile",
                "warning",
                f"Le compte « {account} » n’a pas le droit {right} : {cost}.",
                "docs/exploitation.md dit quels droits donner.",
            )
    if too_many:
        yield Diagnosis(
            "droits-en-trop",
            "error",
            f"Le compte « {account} » peut plus qu’il ne faut : {', '.join(too_many)}. Qui "
            "volerait son mot de passe le pourrait aussi.",
            _GRANTS,
        )
    if not lacking and not too_many:
        yield Diagnosis("droits", "ok", f"Le compte « {account} » a les droits qu’il faut.")

"""What waits for somebody, as tables: promises, announcements, upkeep, doubts and gaps."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import lru_cache

from loosbot.corpus import french
from loosbot.corpus.values import last_day
from loosbot.history.git import short
from loosbot.trace.layout.tables import Cell, Column, Row, Table, day, names, told, words
from loosbot.trace.reported import Announcement, Gap, Promise, RecordTrace, Report, Severity, Upkeep
from loosbot.trace.words import KINDS, SEVERITIES, became, since_when, stated, sure, upkeep


def promises(id_: str, title: str, promised: Iterable[Promise], *, kinds: bool = True) -> Table:
    """Who said what, for when, and what became of it."""
    promised = tuple(promised)
    lesson = all(promise.kind == "enseignement" for promise in promised)
    what = Column("Ce que l’on a appris" if lesson else "Quoi", key="message")
    follow = Column("Suite" if lesson else "Raison ou suite", key="a_faire")
    return told(
        id_,
        title,
        f"{title} : ce que c’est devenu",
        promised,
        (Column("Fiche", "record"), lambda promise: names(promise.record)),
        (Column("Genre", key="genre"), lambda promise: words(KINDS[promise.kind] if kinds else "")),
        (what, lambda promise: words(stated(promise))),
        (Column("Qui", key="qui"), lambda promise: words(promise.who)),
        (Column("Pour quand", "date", "date"), lambda promise: day(promise.due)),
        (Column("Issue", key="etat"), lambda promise: words(became(promise))),
        (follow, lambda promise: words(promise.said)),
        (Column("Preuve", key="sources"), lambda promise: words(promise.proof)),
        genre="enseignement" if lesson else "promesse",
    )


def announcements(listed: Iterable[Announcement], *, judged: bool = True) -> Table:
    """What was announced and of which nothing was heard, the oldest first: its day is over, or
    nobody said it. All of it where no day says what is over (not ``judged``)."""
    return _announced(
        "annonces",
        "Annoncé, sans nouvelles depuis" if judged else "Annoncé",
        "Ce qui était annoncé, et dont rien ne dit si cela a eu lieu : à demander",
        (
            announcement
            for announcement in listed
            if announcement.over or not (announcement.due and judged)
        ),
    )


def expected(listed: Iterable[Announcement], *, judged: bool) -> Table:
    """What is announced for a day to come."""
    return _announced(
        "a-venir",
        "Annoncé, à venir",
        "Ce qui est annoncé pour plus tard",
        (
            announcement
            for announcement in listed
            if judged and announcement.due and not announcement.over
        ),
    )


def _announced(id_: str, title: str, caption: str, listed: Iterable[Announcement]) -> Table:
    ordered = sorted(
        listed,
        key=lambda announcement: (announcement.due == "", announcement.due, announcement.record),
    )
    return told(
        id_,
        title,
        caption,
        ordered,
        (Column("Fiche", "record"), lambda announcement: names(announcement.record)),
        (Column("Annoncé", key="message"), lambda announcement: words(announcement.what)),
        (Column("Pour quand", "date", "date"), lambda announcement: day(announcement.due)),
        genre="annonce",
    )


def kept(upkeeps: Iterable[Upkeep], silent: frozenset[str] = frozenset()) -> Table:
    """The last visit and the last news of what was made, the oldest news first.

    Dates rather than ages: an age would change a page with every day. ``silent`` are those of
    which nothing was heard for too long.
    """
    ordered = sorted(filter(_has_news, upkeeps), key=lambda place: (_news(place), place.id))
    return told(
        "entretien",
        "L’entretien",
        "Ce qui a été fait ensemble, et les dernières nouvelles que l’on en a",
        ordered,
        (Column("Projet", "record"), lambda place: names(place.id)),
        (Column("Dernière visite", "date", "date"), lambda place: day(place.last_visit)),
        (Column("État vu", key="etat"), lambda place: words(upkeep(place.state))),
        (Column("Dernières nouvelles", "date"), _dated),
        (Column("Silence"), lambda place: words("plus d’un an" if place.id in silent else "")),
        genre="entretien",
    )


def unheard(upkeeps: Iterable[Upkeep]) -> Table:
    """What was made, and of which no visit, no state and no date is written."""
    ordered = sorted(place.id for place in upkeeps if not _has_news(place))
    title = "Fait, et aucune nouvelle datée"
    projects = Column("Projet", "record"), names
    return told("sans-nouvelle", title, title, ordered, projects, genre=title)


def _has_news(place: Upkeep) -> bool:
    return bool(place.last_visit or place.state or place.last_news)


def _dated(place: Upkeep) -> Cell:
    """The date of the last news, with how sure it is."""
    when = day(place.last_news)
    doubt = sure({"statut": place.news_status})
    return Cell(f"{when.text}{doubt}", date=when.date) if doubt else when


def _news(place: Upkeep) -> date:
    """The day of the last news, also of « après 2003 »; the last where nobody knows it."""
    return last_day(place.last_news) or date.max


def suspects(report: Report) -> Table:
    """What changed since somebody last looked."""
    return told(
        "a-relire",
        "À relire",
        "Les récits et les évaluations dont le projet a changé depuis",
        report.suspects,
        (Column("Fiche", "record"), lambda suspect: names(suspect.record)),
        (
            Column("Genre", key="sujet"),
            lambda suspect: words("récit" if suspect.kind == "recit" else "évaluation"),
        ),
        (
            Column("Ce qui a changé"),
            lambda suspect: names(suspect.project, under=[words(f"champ « {suspect.field} »")]),
        ),
        (Column("Le", "date", "date"), lambda suspect: day(suspect.date)),
        (Column("Version"), lambda suspect: words(short(suspect.commit))),
        (
            Column("Dernier regard"),
            lambda suspect: words(
                f"{'relu' if suspect.reviewed else 'écrit'} {french.at(suspect.since)}"
            ),
        ),
        genre="à relire",
    )


def gaps(records: Iterable[RecordTrace]) -> Table:
    """One line a gap: what fills it, and the file to open; marked by how serious it is."""
    lines = []
    for record in records:
        for gap in record.gaps:
            cells = (
                names(record.id),
                Cell(
                    gap.message, under=(_grave(gap.code, gap.severity, since_when(gap), gap.since),)
                ),
                words(gap.who),
                Cell(gap.todo, under=(_place(gap),)),
            )
            lines.append(Row(cells, gap.severity))
    return Table(
        "manques",
        "Ce qui reste à compléter",
        "Un manque par ligne : ce qui le comble, et le fichier à ouvrir",
        (
            Column("Fiche", "record"),
            Column("Ce qui manque", key="message"),
            Column("Qui peut le dire", key="qui"),
            Column("À faire, et dans quel fichier", key="a_faire"),
        ),
        tuple(lines),
        genre="manque",
    )


@lru_cache(maxsize=1 << 12)
def _grave(code: str, severity: Severity, when: str, since: str) -> Cell:
    """How serious it is, and since when: few things, of thousands of gaps."""
    text = ", ".join(filter(None, (SEVERITIES[severity], when)))
    return Cell(text, parts={"sujet": code, "etat": SEVERITIES[severity], "date": since})


def _place(gap: Gap) -> Cell:
    """The file to open, and where."""
    return Cell(f"{gap.path}:{gap.line}", parts={"fichier": gap.path, "ligne": str(gap.line)})


def silent_of(report: Report) -> frozenset[str]:
    """Records of which nothing was heard for longer than the rule allows."""
    return frozenset(
        record.id
        for record in report.records
        if any(gap.code == "sans-nouvelles" for gap in record.gaps)
    )

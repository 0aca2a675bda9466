"""The pages that an outgoing team leaves: for the town, for each service, for each subject.

Like the reports they hold no date of the day: they change only when a record does, or when a
delay passes. Plain tables of four columns at most, so that they can be printed on A4.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from loosbot.corpus.dates import display
from loosbot.corpus.model import Corpus, Record
from loosbot.corpus.values import items, known
from loosbot.render.blocks import bullets, join, section, table
from loosbot.render.collation import sort_key
from loosbot.render.links import link
from loosbot.render.seealso import when
from loosbot.render.site import Site
from loosbot.render.vocabulary import vocabulary
from loosbot.render.wikitext import Context, encode
from loosbot.trace.handover import Carrier, Handover, Scope, handovers, scopes
from loosbot.trace.model import Minutes, Promise
from loosbot.trace.rules import load_rules
from loosbot.trace.words import KINDS

TOWN = "rapport/passation"
_LEAD = (
    "Ce que laisse une équipe à celle qui la suit : ce qui est en cours, promis, en retard ou "
    "arrêté, ce que l'on a appris sans y donner suite, et qui s'en occupait. Cette page est "
    "calculée à partir des fiches ; pour la corriger, corrigez la fiche. Elle s'imprime telle "
    "quelle, pour être jointe aux papiers du mandat."
)
_NOTHING = "Rien de tout cela n'est écrit dans les fiches."


def page_id(scope: Scope) -> str:
    return f"{TOWN}-{scope.key}" if scope.key else TOWN


def titles(corpus: Corpus) -> dict[str, str]:
    """Id and wanted title of every page; none where there is no project."""
    return {
        page_id(one): f"Dossier de passation : {_about(one, corpus)}"
        if one.key
        else "Dossier de passation"
        for one in scopes(corpus)
    }


def bodies(site: Site, today: date | None) -> Iterator[tuple[str, str]]:
    """Id and wikitext of every page; without ``today`` nothing is late."""
    every = scopes(site.corpus)
    if not every:
        return
    for scope, found in handovers(site.corpus, load_rules(site.corpus.config.regles), today):
        parts = _parts(found, site)
        yield (
            page_id(scope),
            join(
                encode(_LEAD, Context.PROSE),
                _others(scope, every, site),
                join(*parts) or encode(_NOTHING, Context.PROSE),
            ),
        )


def _about(scope: Scope, corpus: Corpus) -> str:
    if scope.key.startswith("service-"):
        return corpus.records[scope.subject].title
    return vocabulary("theme").label(scope.subject)


def _others(scope: Scope, every: Sequence[Scope], site: Site) -> str:
    """From the town's page to each part, and from a part to the town."""
    if scope.key:
        back = link(site.names.titles[TOWN], "toute la commune")
        own = site.names.link(scope.subject) if scope.key.startswith("service-") else None
        more = f" Voir aussi la page du service : {own}." if own else ""
        return f"Le dossier de {back}.{more}"
    blocks = []
    for title, prefix in (("Par service", "service-"), ("Par sujet", "theme-")):
        parts = sorted(
            (one for one in every if one.key.startswith(prefix)),
            key=lambda one: sort_key(_about(one, site.corpus)),
        )
        if parts:
            links = (
                str(link(site.names.titles[page_id(one)], _about(one, site.corpus)))
                for one in parts
            )
            blocks.append(f"'''{title}''' : {', '.join(links)}.")
    return "\n\n".join(blocks)


def _parts(found: Handover, site: Site) -> list[str]:
    return [
        section(
            "En cours ou annoncé",
            _projects("Ce qui est en cours ou annoncé", found.running, site),
            _uncarried(found, site),
        ),
        section("En retard", _late(found, site)),
        section("Promis", _promises("Ce qui est promis, et court encore", found.promised, site)),
        section(
            "Promis, sans que l'on sache la suite",
            _promises("Promesses et décisions dont la suite n'est pas écrite", found.unknown, site),
        ),
        section("Arrêté ou érodé, et pourquoi", _stopped(found.stopped, site)),
        section("Appris, sans suite", _lessons(found.lessons, site)),
        section("Qui s'en occupe, et qui a pris la suite", _carriers(found.carriers, site)),
        section(
            "État à retrouver",
            "Personne n'a écrit où en sont ces projets, ou on l'a cherché sans le trouver."
            if found.undecided
            else "",
            bullets(str(site.names.link_or_text(one)) for one in _by_title(found.undecided, site)),
        ),
    ]


def _by_title(ids: Sequence[str], site: Site) -> list[str]:
    return sorted(ids, key=lambda one: (sort_key(site.names.label(one)), one))


def _projects(caption: str, ids: Sequence[str], site: Site) -> str:
    rows = []
    for id_ in _by_title(ids, site):
        record = site.corpus.records[id_]
        rows.append((_record(id_, site), _since(record), _state(record), _followers(record, site)))
    return _table(caption, ["Fiche", "Date", "État", "Qui suit"], rows)


def _uncarried(found: Handover, site: Site) -> str:
    if not found.uncarried or not found.running:
        return ""
    number, total = len(found.uncarried), len(found.running)
    return (
        f"Sur {total}, {number} {'sont' if number > 1 else 'est'} sans référent écrit : à "
        "désigner, sous « referents » de la fiche."
    )


def _followers(record: Record, site: Site) -> str:
    names = []
    for _, one in items(record.data.get("referents")):
        if not known(one.get("au")):
            names.append(str(site.names.link_or_text(str(one["qui"]), Context.CELL)))
    return ", ".join(names) or "à désigner"


def _late(found: Handover, site: Site) -> str:
    rows = [
        (
            _record(one.record, site),
            encode(KINDS[one.kind].capitalize(), Context.CELL),
            _said(one),
            _day(one.due),
        )
        for one in found.late
    ]
    rows += [_minutes(one, site) for one in found.late_minutes]
    return _table("Ce qui est en retard", ["Fiche", "Nature", "Quoi, et qui", "Attendu le"], rows)


def _minutes(one: Minutes, site: Site) -> tuple[str, str, str, str]:
    what = f"À rendre : {one.service}" if one.service else "À rendre"
    held = encode(f"réunion : {display(one.date)}", Context.CELL) if one.date else ""
    return _record(one.id, site), "Compte rendu", encode(what, Context.CELL), held


def _promises(caption: str, found: Sequence[Promise], site: Site) -> str:
    rows = [
        (
            _record(one.record, site),
            encode(one.what, Context.CELL),
            encode(one.who or "à retrouver", Context.CELL),
            _day(one.due),
        )
        for one in found
    ]
    return _table(caption, ["Fiche", "Quoi", "Qui", "Pour quand"], rows)


def _lessons(found: Sequence[Promise], site: Site) -> str:
    rows = [
        (
            _record(one.record, site),
            encode(one.what, Context.CELL),
            encode(one.said or "aucune suite écrite", Context.CELL),
        )
        for one in found
    ]
    return _table("Ce que l'on a appris, et la suite prévue", ["Fiche", "Appris", "Suite"], rows)


def _stopped(ids: Sequence[str], site: Site) -> str:
    rows = []
    for id_ in _by_title(ids, site):
        record = site.corpus.records[id_]
        stop = record.data.get("arret")
        stop = stop if isinstance(stop, dict) else {}
        rows.append(
            (
                _record(id_, site),
                _state(record),
                _day(known(stop.get("date")) or known(stop.get("du"))),
                encode(_reason(record, known(stop.get("motif"))), Context.CELL),
            )
        )
    return _table(
        "Ce qui s'est arrêté ou s'est érodé", ["Fiche", "État", "Quand", "Pourquoi"], rows
    )


def _reason(record: Record, written: str) -> str:
    """The reason as it is written, or the limits that the record names."""
    limits = ", ".join(
        vocabulary("limite").label(word)
        for _, one in items(record.data.get("limites"))
        if (word := known(one))
    )
    return written or (f"limites dites : {limits}" if limits else "raison à écrire")


def _carriers(found: Sequence[Carrier], site: Site) -> str:
    rows = [
        (
            str(site.names.link_or_text(one.who, Context.CELL)),
            _record(one.record, site),
            encode(", ".join(filter(None, (one.role, _term(one)))), Context.CELL),
            str(site.names.link_or_text(one.successor, Context.CELL)) if one.successor else "",
        )
        for one in found
    ]
    heads = ["Qui", "Fiche", "À quel titre", "Qui a pris la suite"]
    return _table("Qui s'occupe de quoi", heads, rows)


def _term(one: Carrier) -> str:
    if one.since and one.until:
        return f"du {display(one.since)} au {display(one.until)}"
    if one.since:
        return f"depuis {display(one.since)}"
    return f"jusqu'à {display(one.until)}" if one.until else ""


def _said(one: Promise) -> str:
    return encode(f"{one.what} ({one.who})" if one.who else one.what, Context.CELL)


def _state(record: Record) -> str:
    state = known(record.data.get("statut"))
    return encode(vocabulary("statut-projet").label(state) if state else "", Context.CELL)


def _since(record: Record) -> str:
    return _day(known(when(record)))


def _day(text: str) -> str:
    return encode(display(text), Context.CELL) if text else ""


def _record(id_: str, site: Site) -> str:
    return str(site.names.link_or_text(id_, Context.CELL))


def _table(caption: str, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Sortable like the others; "" where it would have no line."""
    return table(caption, heads, rows, sortable=True) if rows else ""

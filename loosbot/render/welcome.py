"""What greets at the portal: the doors, one story, what is expected, what failed, one chart.

Each is declared in the head of ``pages/accueil.md`` (``portail``), and shown only where the corpus
has something for it. No colour is set without its border and its word: it reads by night.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from loosbot.corpus.dates import display
from loosbot.corpus.french import open_end
from loosbot.corpus.model import Record
from loosbot.corpus.types import PROJECTS
from loosbot.corpus.values import items, known, speakers
from loosbot.due.collect import collect
from loosbot.due.due import Due, by_day
from loosbot.fields.certainty import worth
from loosbot.fields.collation import sort_key, year_of
from loosbot.fields.site import Site, bare, references
from loosbot.fields.voices import place_of
from loosbot.render import documents, pictures
from loosbot.render.categories import proposals_title
from loosbot.render.charts.catalogue import chart_id
from loosbot.render.indexes import index as indexes
from loosbot.trace.facts import view
from loosbot.trace.rules import rules_of
from loosbot.trace.words import sure
from loosbot.wikitext.blocks import bullets, join, section
from loosbot.wikitext.encoding import Context, encode
from loosbot.wikitext.links import external_link, link

PROMISES = "rapport/promesses"
_LONGEST_WORDS = 420
"""Characters of a story's first words: enough to want the rest."""
_OPEN = frozenset({"promesse", "suite", "compte-rendu", "rencontre", "echeance"})
"""What the portal tells of what is due: nothing about anybody's consent, no reading again."""
_FAILED = frozenset({"abandonne", "suspendu", "entretien-erode", "sans-suite"})
_NUMBERS = ("", "Un échec", "Deux échecs", "Trois échecs", "Quatre échecs", "Cinq échecs")
_ROW = 'style="display:flex;flex-wrap:wrap;gap:.6em;margin:.75em 0"'
_DOOR = (
    'style="flex:1 1 13em;min-width:0;box-sizing:border-box;padding:.7em .9em;'
    'border:1px solid #72777d;border-left:6px solid #3c7a2b;border-radius:3px;line-height:2"'
)


def name(declared: Mapping[str, Any]) -> str:
    """What this is, in the town's name: the wiki itself is called « Accueil »."""
    if "titre" not in declared:
        return ""
    face = "font-family:'Linux Libertine',Georgia,Times,serif"
    words = encode(str(declared["titre"]), Context.PROSE)
    return f'<div style="font-size:1.9em;line-height:1.25;{face};margin:.2em 0 .4em">{words}</div>'


def search(declared: Mapping[str, Any]) -> str:
    """A large field. Without the extension that ``ecrire`` asks for, a wiki takes no form: there it
    is the way to the search, as large."""
    if "recherche" not in declared:
        return ""
    frame = "border:2px solid #3c7a2b;border-radius:4px;padding:.55em .9em;margin:1em 0"
    query = str(declared["recherche"])
    if "ecrire" in declared:
        field = _SEARCH.format(encode(query, Context.PROSE))
        return f'<div class="noprint" style="{frame}">\n{field}\n</div>'
    # the canonical name, which every wiki has whatever its language
    words = link("Special:Search", query)
    return f"<div class=\"noprint\" style=\"{frame};font-size:1.3em\">'''{words}'''</div>"


_SEARCH = """<inputbox>
type=search2
buttonlabel=Chercher
placeholder={0}
arialabel={0}
width=44
break=no
</inputbox>"""
_STARTS = (
    ("Proposition de récit", "Raconter", "Le titre du récit"),
    ("Proposition de fifty-fifty", "Un fifty-fifty", "Le nom du fifty-fifty"),
    ("Proposition de réunion", "Une réunion", "Le nom de la réunion"),
    ("Proposition de projet", "Un projet", "Le nom du projet"),
    ("Proposition de lieu", "Un lieu", "Le nom du lieu"),
    ("Proposition d’acteur", "Une personne, un service", "Un nom : Léa M., le service…"),
)
"""The pages to start from: each with its button, and what is typed beside it."""
_BOX = """<inputbox>
type=create
preload={}
buttonlabel={}
placeholder={}
arialabel={}
width=24
break=yes
useve=yes
</inputbox>"""
_OTHERS = """<div class="mw-collapsible mw-collapsed">\
Autre chose : un fifty-fifty, une réunion, un projet, un lieu, quelqu’un
<div class="mw-collapsible-content">
{}
</div></div>"""
"""A story is what most people bring; six fields in a row would greet nobody."""
_BOXES = (
    'style="display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,20em),1fr));gap:1em"'
)
"""Side by side where there is room: their fields have one width, their buttons have not."""


def writing(declared: Mapping[str, Any], site: Site) -> str:
    """« Écrire une fiche »: the way to the forms, and a page to start from for each type."""
    address = site.corpus.config.atelier
    parts = []
    if address:
        way = external_link(address, "L’atelier")
        parts.append(f"{way} : des formulaires, sans rien connaître du wiki.")
    if "ecrire" in declared:
        titles = site.names.titles
        known = [
            (titles[f"modele/{name}"], button, prompt)
            for name, button, prompt in _STARTS
            if f"modele/{name}" in titles
        ]
        boxes = [_BOX.format(title, button, prompt, prompt) for title, button, prompt in known]
        if boxes:
            several = "\n".join(boxes[1:])
            others = _OTHERS.format(f"<div {_BOXES}>\n{several}\n</div>") if several else ""
            waiting = link(proposals_title(site.corpus.config), "les propositions")
            parts += [boxes[0], others, _AFTERWARDS.format(waiting)]
    if not parts:
        return ""
    title = str(declared.get("ecrire", "Écrire une fiche"))
    # nobody types on paper
    return f'<div class="noprint">\n{section(title, *parts)}\n</div>'


_AFTERWARDS = (
    "Une page commencée ici attend parmi {} ; le robot en fait une fiche quand l’accord de chaque "
    "voix est écrit."
)


def doors(declared: Mapping[str, Any], site: Site) -> str:
    """« Vous êtes… »: one card for each reader, with the first page and the path."""
    cards = []
    for door in declared.get("portes", ()):
        first = site.names.link_or_text(_id(door["fiche"], site), Context.PROSE)
        lines = [f"<b>{encode(str(door['qui']), Context.PROSE)}</b>", str(first)]
        if "puis" in door:
            lines.append(str(site.names.link_or_text(_id(door["puis"], site), Context.PROSE)))
        if "texte" in door:
            lines.append(f"<small>{encode(str(door['texte']), Context.PROSE)}</small>")
        cards.append(f'<div role="listitem" {_DOOR}>{"<br>".join(lines)}</div>')
    if not cards:
        return ""
    rows = "\n".join(cards)
    return section("Vous êtes…", f'<div role="list" {_ROW}>\n{rows}\n</div>')


def tales(most: int, chosen: str, site: Site) -> str:
    """One story with its first words and its picture, then the newest ones in a line each."""
    stories = [record for record in site.corpus.records.values() if record.type == "recit"]
    stories.sort(key=lambda record: (sort_key(record.title), record.id))
    stories.sort(key=_newest, reverse=True)
    wanted = _id(chosen, site)
    first = next((record for record in stories if record.id == wanted), None) or next(
        (record for record in stories if _voice(record) is not None), None
    )
    others = [record for record in stories if record is not first][: most - (first is not None)]
    return join(
        _story(first, site) if first else "", bullets(_tale(other, site) for other in others)
    )


def _story(tale: Record, site: Site) -> str:
    """The picture is the récit's, or that of the project it tells of."""
    voice = _voice(tale)
    shown = next(
        filter(
            None,
            (documents.first_picture(record, site) for record in (tale, *_projects(tale, site))),
        ),
        "",
    )
    title = str(site.names.link_or_text(tale.id, Context.PROSE))
    year = _year(tale)
    words = who = ""
    if voice is not None:
        first = site.markdown.plain_text(str(voice["texte"])).split("\n\n")[0]
        words = encode(_beginning(" ".join(first.split())), Context.PROSE)
        names = ", ".join(
            str(site.names.link_or_text(name, Context.PROSE)) for name in speakers(voice)
        )
        who = ", ".join(filter(None, (names, encode(place_of(voice), Context.PROSE))))
    quoted = (
        '<div style="font-size:1.15em;line-height:1.6;border-left:4px solid #b36b00;'
        f'padding-left:.9em">\n{words}\n</div>\n'
        if words
        else ""
    )
    text = f"'''{title}'''{year}{f' : {who}' if who else ''}\n\n{quoted}".rstrip("\n")
    return _beside(text, shown) if shown else text


def _beside(text: str, picture: str) -> str:
    """A story and its picture side by side, or under it where a telephone has no room for both."""
    return (
        '<div style="display:flex;flex-wrap:wrap;gap:.5em 1em">\n'
        f'<div style="flex:1 1 16em;min-width:0">\n\n{text}\n</div>\n'
        f'<div style="min-width:0">{picture}</div>\n</div>'
    )


def _voice(tale: Record) -> Mapping[str, Any] | None:
    """The first voice that has words; a voice that is masked has none."""
    voices: list[Mapping[str, Any]] = tale.data.get("voix", [])
    return next((voice for voice in voices if isinstance(voice.get("texte"), str)), None)


def _beginning(text: str) -> str:
    """Whole sentences, as many as fit."""
    if len(text) <= _LONGEST_WORDS:
        return text
    cut = text[:_LONGEST_WORDS]
    end = max(cut.rfind(mark) for mark in (". ", "! ", "? ", "… "))
    return f"{cut[: end + 1]} […]" if end > 0 else f"{cut.rsplit(' ', 1)[0]}…"


def _projects(tale: Record, site: Site) -> list[Record]:
    records = site.corpus.records
    return [records[reference] for reference in references(tale, "projet") if reference in records]


def _newest(tale: Record) -> str:
    return year_of(bare(tale.data.get("annee"))) or ""


def _year(tale: Record) -> str:
    """`` (2019)``, `` (2019, déduit)``; "" where nobody wrote one."""
    return f" ({year}{worth(tale.data['annee'])})" if (year := _newest(tale)) else ""


def _tale(tale: Record, site: Site) -> str:
    year = _year(tale)
    projects = ", ".join(
        str(site.names.link_or_text(project.id, Context.LIST_ITEM))
        for project in _projects(tale, site)
    )
    return f"{site.names.link_or_text(tale.id)}{year}" + (f" : {projects}" if projects else "")


def expected(most: int, today: date | None, site: Site) -> str:
    """What presses most: what is near, then what is late, the latest first."""
    dues = collect(view(site.corpus, today), rules_of(site.corpus))
    open_ = [due for due in dues if due.kind in _OPEN and (due.day or due.kind != "promesse")]
    ahead = sorted((due for due in open_ if due.day and not due.late(today)), key=by_day)
    late = sorted((due for due in open_ if due.late(today)), key=by_day, reverse=True)
    undated = [due for due in open_ if due.day is None]
    lines = [_expected(due, today, site) for due in (*ahead, *late, *undated)[:most]]
    more = ""
    if lines and PROMISES in site.names.titles:
        more = str(link(site.names.titles[PROMISES], "Toutes les promesses, et leur suite"))
    return section("Ce qui est attendu", bullets(lines), more) if lines else ""


def _expected(due: Due, today: date | None, site: Site) -> str:
    when = display(due.when or due.day.isoformat()) if due.day else ""
    late = "en retard, " if due.late(today) else ""
    who = f" ({encode(due.who, Context.LIST_ITEM)})" if due.who else ""
    head = f"<b>{late}{when}</b> : " if when else ""
    what = encode(due.what, Context.LIST_ITEM)
    if due.kind in ("promesse", "suite"):
        return f"{head}{open_end(what)}{who} – {site.names.link_or_text(due.record)}"
    # the sentence names its record: that is where the link goes
    title, named = encode(due.title, Context.LIST_ITEM), str(site.names.link_or_text(due.record))
    return f"{head}{open_end(what).replace(title, named)}{who}"


def failures(declared: Mapping[str, Any], site: Site) -> str:
    """What did not succeed and says why: those that taught most first."""
    failed = [
        (record, why)
        for record in site.corpus.records.values()
        if record.type in PROJECTS and (why := _why(record))
    ]
    failed.sort(key=lambda entry: (sort_key(entry[0].title), entry[0].id))
    failed.sort(key=lambda entry: len(items(entry[0].data.get("enseignements"))), reverse=True)
    chosen = failed[: int(declared["combien"])]
    if not chosen:
        return ""
    lines = [
        f"'''{site.names.link_or_text(record.id)}''' : {encode(why, Context.LIST_ITEM)}"
        for record, why in chosen
    ]
    number = _NUMBERS[len(chosen)] if len(chosen) < len(_NUMBERS) else "Des échecs"
    more = ""
    if "index" in declared:
        more = str(site.names.link_or_text(_id(declared["index"], site), Context.PROSE))
    return section(f"{number} à lire", bullets(lines), more)


def _why(record: Record) -> str:
    """Why it stopped, or what it taught, with how sure that is; "" for what did not fail or says
    nothing of it."""
    stop = record.data.get("arret")
    if not isinstance(stop, Mapping) and known(record.data.get("statut")) not in _FAILED:
        return ""
    if isinstance(stop, Mapping) and (reason := known(stop.get("motif"))):
        return f"{reason}{sure(stop)}"
    lessons = (lesson for _, lesson in items(record.data.get("enseignements")))
    return next((f"{text}{sure(lesson)}" for lesson in lessons if (text := known(lesson))), "")


def chart(declared: Mapping[str, Any], site: Site) -> str:
    """One chart of an index, on a wiki that takes such files."""
    index = site.corpus.indexes.get(_id(declared["index"], site))
    if index is None:
        return ""
    id_ = chart_id(index.id, str(declared["titre"]))
    drawn = next((figure for figure in indexes.charts(index, site) if figure.id == id_), None)
    shown = pictures.drawing(drawn, site) if drawn else ""
    if not shown:
        return ""
    more = site.names.link_or_text(index.id, Context.PROSE)
    return section(str(declared["titre"]), f"{shown}\n\n{more}")


def _id(reference: object, site: Site) -> str:
    return site.current.get(str(reference), str(reference))

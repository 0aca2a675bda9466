"""The block of a page, cut into slots: what :mod:`loosbot.render.pages` wrote, read again."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

import mwparserfromhell
from mwparserfromhell.nodes import Tag

from loosbot.corpus.model import KeyPath
from loosbot.decode import cards, items, tables
from loosbot.decode.slots import CALLS, Decoder, Slot, Slots, by_path, fixed, values
from loosbot.render import experience, portal, wikicode
from loosbot.render.captions import without_captions
from loosbot.render.fields import CLAUSES, FICHES
from loosbot.render.names import Names
from loosbot.render.unmarkdown import split_blocks

Section = Callable[[str, str, Names], list[Slot]]
"""The slots of one section, from its title and the text under it."""

_HEADING = re.compile(r"<pre\b.*?</pre>|^==(?!=)(?P<title>.*?)==[ \t]*$", re.DOTALL | re.MULTILINE)
_CATEGORY = re.compile(r"\[\[\s*(?:catégorie|category)\s*:[^\n]*\]\][ \t]*", re.IGNORECASE)
_SOURCES = re.compile(
    r"^(?:<div class=\"noprint\">\n)?==\s*Sources\s*==[ \t]*\n"
    r"(?:\*[^\n]*\n|\n|<references />\n?)*(?:</div>\n?)?\Z",
    re.MULTILINE,
)
_COMPUTED = re.compile(f"{re.escape(portal.BEGIN)}.*?{re.escape(portal.END)}", re.DOTALL)
_TEMPLATE_END = re.compile(r"<noinclude>\n(?:\[\[Catégorie:[^\n]*\n)+</noinclude>\s*\Z")
_ROWS_BEGIN = re.compile(r'<div [^>]*>\s*\{\| class="wikitable sortable"|==|Aucune fiche')


def read_body(id_: str, body: str, names: Names) -> Slots:
    """The slots of a block's body, by path. Nothing in it raises: what cannot be read is a
    fixed slot, or raises ``wikicode.Undecodable`` when it is decoded."""
    kind = id_.partition("/")[0]
    if kind == "modele":
        return by_path(_template(body))
    body, slots = _without_tail(body, names)
    if kind in FICHES:
        lead, sections = _sections(body)
        slots += _lead(kind, lead, names)
        for title, text in sections:
            slots += _SECTIONS[kind].get(title, _derived)(title, text, names)
    elif kind == "page":
        slots += _page(body)
    elif kind == "index":
        slots += _index(body)
    else:
        slots += fixed(body, "Texte de la page")
    return by_path(slots)


def _template(body: str) -> list[Slot]:
    """The lines of a template, then the categories that rendering put in it."""
    end = _TEMPLATE_END.search(body)
    text = body[: end.start()] if end else body
    lines = Slot(("",), "items", tuple(text.split("\n")), "Modèle", _as_it_is)
    return [lines, *(fixed(end[0], "Catégories") if end else ())]


def _as_it_is(text: str, names: Names) -> str:
    return text


def _without_tail(body: str, names: Names) -> tuple[str, list[Slot]]:
    """The body without what stands under its content: where it comes from, its categories."""
    provenance = "{{" + names.template("Provenance")
    lines = body.rstrip().split("\n")
    end = next((n for n, line in enumerate(lines) if line.startswith(provenance)), len(lines))
    tail = lines[end:]
    lines = lines[:end]
    while lines and (not wikicode.trim(lines[-1]) or _CATEGORY.fullmatch(lines[-1])):
        tail.append(lines.pop())
    said = "\n".join(sorted(line.strip() for line in tail if line.strip()))
    return "\n".join(lines), fixed(said, "Bas de la page")


def _sections(body: str) -> tuple[str, list[tuple[str, str]]]:
    """What comes before the first heading of level 2; then title and text of each section."""
    marks = [match for match in _HEADING.finditer(body) if match["title"] is not None]
    if not marks:
        return body, []
    ends = [*(mark.start() for mark in marks[1:]), len(body)]
    parts = [
        (mark["title"].strip(), body[mark.end() : end])
        for mark, end in zip(marks, ends, strict=True)
    ]
    return body[: marks[0].start()], parts


def _lead(kind: str, text: str, names: Names) -> list[Slot]:
    story, rest = _story(text)
    facts, rest = cards.fiche(kind, rest, names)
    return [*story, *facts, *fixed(rest, "Haut de la page")]


def _story(text: str) -> tuple[list[Slot], str]:
    """The summary in its box, and the text without it."""
    slots: list[Slot] = []
    rest: list[str] = []
    for node in mwparserfromhell.parse(text).nodes:
        if isinstance(node, Tag) and _is_summary(node):
            blocks = tuple(split_blocks(str(node.contents).strip("\n")))
            slots.append(Slot(("resume",), "prose", blocks, "Résumé", level=2))
        else:
            rest.append(str(node))
    return slots, "".join(rest)


def _is_summary(tag: Tag) -> bool:
    return bool(
        str(tag.tag).lower() == "div"
        and tag.has("class")
        and str(tag.get("class").value).split()[:1] == ["resume"]
    )


def _page(body: str) -> list[Slot]:
    computed = fixed("\n\n".join(_COMPUTED.findall(body)), "Ce qui est calculé")
    body = _COMPUTED.sub("", body)
    end = _SOURCES.search(body + "\n")
    tail = fixed(body[end.start() :], "Sources") if end else []
    story, text = _story(body[: end.start()] if end else body)
    text, captions = without_captions(text)
    blocks = tuple(split_blocks(text.strip("\n")))
    prose = (
        [Slot(("",), "prose", blocks, "Texte de la page", level=1)] if wikicode.trim(text) else []
    )
    titles = fixed("\n".join(captions), "Titres des tableaux")
    return [*story, *prose, *tail, *computed, *titles]


def _index(body: str) -> list[Slot]:
    blocks = split_blocks(body.strip("\n"))
    begin = next((n for n, one in enumerate(blocks) if _ROWS_BEGIN.match(one)), len(blocks))
    slots = fixed("\n\n".join(blocks[begin:]), "Lignes de l'index")
    if begin:
        slots.append(Slot(("intro",), "prose", tuple(blocks[:begin]), "Introduction", level=2))
    return slots


def _derived(title: str, text: str, names: Names) -> list[Slot]:
    """A section gathered from other files, or one that somebody added."""
    return fixed(text, title)


def _prose(path: KeyPath) -> Section:
    def read(title: str, text: str, names: Names) -> list[Slot]:
        blocks = tuple(split_blocks(text.strip("\n")))
        return [Slot(path, "prose", blocks, title, level=2)] if wikicode.trim(text) else []

    return read


def _list(key: str, decode: Decoder) -> Section:
    return lambda title, text, names: items.listed(text, (key,), title, decode)


def _experience(key: str) -> Section:
    path = (experience.FIELD, key)
    return lambda title, text, names: items.listed(text, path, title, items.statement)


def _words(key: str, vocabulary: str) -> Section:
    return _list(key, items.vocabulary_word(vocabulary))


def _tables(paths: Mapping[str, tuple[KeyPath, Mapping[str, tables.Cell]]]) -> Section:
    """Tables by their captions; what stands around them is fixed."""

    def read(title: str, text: str, names: Names) -> list[Slot]:
        found, rest = tables.take_tables(text)
        slots = []
        for table in found:
            known = paths.get(table.caption)
            if known is None:
                slots += fixed("\n".join(table.rows), f"{title} : {table.caption}")
            else:
                slots += tables.rows_of(table, known[0], known[1], tuple(known[1]))
        promised, rest = tables.take_promises(rest, names)
        for caption, calls in promised:
            path = _PROMISES.get(caption, ("§", caption))
            slots.append(Slot(path, "items", calls, caption, tables.promise))
        clauses, rest = wikicode.take_templates(rest, {names.template("Convention")})
        slots += fixed(str(len(clauses)), f"{CALLS}Convention")
        for call in clauses:
            slots += values(CLAUSES, call.values, ("convention",), "Convention")
        return slots + fixed(rest, title)

    return read


def _limits(title: str, text: str, names: Names) -> list[Slot]:
    """Words of the vocabulary first, then what is more precise."""
    words, *others = wikicode.trim(text).split("\n\n")
    if "'''" not in words and not items.state_said(words):
        return items.listed(text, ("precisions_limites",), title, items.statement)
    slots = items.listed(words, ("limites",), title, items.vocabulary_word("limite"))
    rest = "\n\n".join(others)
    return slots + items.listed(rest, ("precisions_limites",), title, items.statement)


_PROMISES: Mapping[str, KeyPath] = {
    "Engagements de la convention": ("convention", "engagements"),
    "Autres engagements": ("engagements",),
    "Engagements pris": ("engagements",),
}
_FIGURES = {"Chiffres": (("chiffres",), tables.FIGURES)}
_COMMON: Mapping[str, Section] = {
    "Effets": _words("effets", "effet"),
    "Frottements": _list("frottements", items.statement),
    "Leviers": _words("leviers", "levier"),
    "Points de vigilance": _words("vigilances", "vigilance"),
    "Ce que cela apprend": _list("enseignements", items.lesson),
    **{title: _prose((experience.FIELD, key)) for key, title in experience.PROSE.items()},
    **{title: _experience(key) for key, title in experience.LISTS.items()},
    "Résultats": _list("resultats", items.statement),
    "Chiffres": _tables(_FIGURES),
    "Présentation": _prose(("texte",)),
    "Repères": _list("reperes", items.event),
    "Notes pour ceux qui écrivent": _list("notes", items.statement),
}
_PROJECT: Mapping[str, Section] = {
    **_COMMON,
    "Le fil du projet": lambda title, text, names: cards.course(text, names),
    "Qui apporte quoi": _tables(
        {"Ce que chacun a apporté": (("realisation", "apports"), tables.CONTRIBUTIONS)}
    ),
    "Coûts et chiffres": _tables({"Coûts": (("realisation", "couts"), tables.FIGURES), **_FIGURES}),
    "En détail": _prose(("texte",)),
    "Limites": _limits,
    "Questions ouvertes": _list("questions", items.statement),
    "À qui s'adresser": _list("referents", items.person),
}
_SECTIONS: Mapping[str, Mapping[str, Section]] = {
    "projet": _PROJECT,
    "fifty-fifty": _PROJECT,
    "recit": {
        **_COMMON,
        "Les voix": lambda title, text, names: cards.voices(text, names),
        "Autour du récit": _prose(("texte",)),
        "Le récit": _prose(("texte",)),  # what this section was called before
        "Limites": _words("limites", "limite"),
    },
    "reunion": {
        **_COMMON,
        "Ce qui s'est passé": _prose(("texte",)),
        "Le compte rendu": _prose(("compte_rendu", "texte")),
        "Décisions": _tables({"Décisions et suites": (("decisions",), tables.DECISIONS)}),
        "Engagements": _tables({}),
    },
    "acteur": {
        **_COMMON,
        "Mandats et fonctions": _list("mandats", items.term_of_office),
        "Autres noms": _list("variantes", items.text_line),
    },
    "lieu": _COMMON,
}

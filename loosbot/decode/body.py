"""The block of a page, cut into slots: what :mod:`loosbot.render.pages` wrote, read again."""

from __future__ import annotations

import re

import mwparserfromhell
from mwparserfromhell.nodes import Tag

from loosbot.fields.fiche import read_fiche
from loosbot.fields.parameters import FICHES
from loosbot.fields.sections import section_of
from loosbot.fields.slots import Slot, Slots, by_path, fixed
from loosbot.fields.stages import read_lifeline
from loosbot.render import portal
from loosbot.wikitext import wikicode
from loosbot.wikitext.captions import without_captions
from loosbot.wikitext.names import Names
from loosbot.wikitext.unmarkdown import split_blocks

_CATEGORY = re.compile(r"\[\[\s*(?:catégorie|category)\s*:[^\n]*\]\][ \t]*", re.IGNORECASE)
_SOURCES = re.compile(
    r"^(?:<div class=\"noprint\">\n)?==\s*Sources\s*==[ \t]*\n"
    r"(?:\*[^\n]*\n|\n|<references />\n?)*(?:</div>\n?)?\Z",
    re.MULTILINE,
)
_ANY_SUMMARY = re.compile(r"<(?:p|div)\b", re.IGNORECASE)
"""Without such a tag there is none: a long text is not parsed to learn it."""
_SUMMARY_BEGINS = re.compile(r"<(?:p|div) class=\"resume[ \"]")
_COMPUTED = re.compile(f"{re.escape(portal.BEGIN)}.*?{re.escape(portal.END)}", re.DOTALL)
_TEMPLATE_END = re.compile(r"<noinclude>\n(?:\[\[Catégorie:[^\n]*\n)+</noinclude>\s*\Z")
_ROWS_BEGIN = re.compile(
    r'<div [^>]*>\s*\{\| class="wikitable sortable|<div class="noprint"|==|Aucune fiche'
)


def read_body(id_: str, body: str, names: Names) -> Slots:
    """The slots of a block's body, by path. Nothing in it raises: what cannot be read is a
    fixed slot, or raises ``wikicode.Undecodable`` when it is decoded."""
    kind = id_.partition("/")[0]
    if kind == "modele":
        return by_path(_template(body))
    body, slots = _without_tail(body, names)
    if kind in FICHES:
        facts, body = read_fiche(kind, body, names)
        line, body = read_lifeline(body, names)
        lead, sections = wikicode.sections(body, 2)
        slots += [*_lead(lead), *facts, *line]
        for title, text in sections:
            known = section_of(kind, title)
            # no field of this file: generated from other records, or added by a person
            slots += known.read(title, text, names) if known else fixed(text, title)
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
    lines = Slot(("",), "items", tuple(text.split("\n")), "Modèle", lambda text, names: text)
    return [lines, *(fixed(end[0], "Catégories") if end else ())]


def _without_tail(body: str, names: Names) -> tuple[str, list[Slot]]:
    """The body without what stands under its content: where it comes from, its categories."""
    provenance = "{{" + names.template("Provenance")
    lines = body.rstrip().split("\n")
    end = next((n for n, line in enumerate(lines) if line.startswith(provenance)), len(lines))
    tail = lines[end:]
    lines = lines[:end]
    while lines and (not wikicode.trim(lines[-1]) or _CATEGORY.fullmatch(lines[-1])):
        tail.append(lines.pop())
    bottom = "\n".join(sorted(line.strip() for line in tail if line.strip()))
    return "\n".join(lines), fixed(bottom, "Bas de la page")


def _lead(text: str) -> list[Slot]:
    """What stands above the first heading: the summary."""
    story, rest = _story(text)
    return [*story, *fixed(rest, "Haut de la page")]


def _story(text: str) -> tuple[list[Slot], str]:
    """The summary in its tags, and the text without it."""
    if not _ANY_SUMMARY.search(text):
        return [], text
    blocks: list[str] = []
    rest: list[str] = []
    for node in mwparserfromhell.parse(text, skip_style_tags=True).nodes:
        if isinstance(node, Tag) and _is_summary(node):
            blocks += split_blocks(str(node.contents).strip("\n"))
        else:
            rest.append(str(node))
    slots = [Slot(("resume",), "prose", tuple(blocks), "Résumé", level=2)] if blocks else []
    return slots, "".join(rest)


def _is_summary(tag: Tag) -> bool:
    return bool(
        str(tag.tag).lower() in ("p", "div")
        and tag.has("class")
        and str(tag.get("class").value).split()[:1] == ["resume"]
    )


def _page(body: str) -> list[Slot]:
    computed = fixed("\n\n".join(_COMPUTED.findall(body)), "Ce qui est calculé")
    body = _COMPUTED.sub("", body)
    end = _SOURCES.search(body + "\n")
    tail = fixed(body[end.start() :], "Sources") if end else []
    body = body[: end.start()] if end else body
    begin = _SUMMARY_BEGINS.search(body)
    above, body = (body[: begin.start()], body[begin.start() :]) if begin else ("", body)
    story, text = _story(body)
    text, captions = without_captions(text)
    blocks = tuple(split_blocks(text.strip("\n")))
    prose = (
        [Slot(("",), "prose", blocks, "Texte de la page", level=1)] if wikicode.trim(text) else []
    )
    titles = fixed("\n".join(captions), "Titres des tableaux")
    # a page's text is rendered below its summary: text typed above it would move
    return [*fixed(above, "Haut de la page"), *story, *prose, *tail, *computed, *titles]


def _index(body: str) -> list[Slot]:
    blocks = split_blocks(body.strip("\n"))
    begin = next((n for n, block in enumerate(blocks) if _ROWS_BEGIN.match(block)), len(blocks))
    slots = fixed("\n\n".join(blocks[begin:]), "Lignes de l’index")
    if begin:
        slots.append(Slot(("intro",), "prose", tuple(blocks[:begin]), "Introduction", level=2))
    return slots

"""Markdown that pages will show otherwise than its author meant.

HTML that is shown, a list or a table that is none, a picture that stays away, a fence that nothing
closes. Nothing is looked for in code. Every hint can be followed to the letter: after it, nothing
is found there any more (``tests/unit/test_misreadings.py`` does so).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator
from html import unescape
from typing import Any

from loosbot import lazy
from loosbot.corpus.check import foreign, phrases, remains, runons
from loosbot.corpus.check.tables import BLOCK_START, broken_tables
from loosbot.corpus.check.texts import warnings
from loosbot.corpus.check.undefined import missing_definitions
from loosbot.corpus.markdown import without_code
from loosbot.corpus.model import KeyPath
from loosbot.corpus.wording import Fault
from loosbot.corpus.yaml.lookalikes import NO_BREAK
from loosbot.corpus.yaml.pasted import BULLETS, LINE_STARTS, PASTED, Misreading, bullets, sheets
from loosbot.escaping import beginning

LONGEST_TEXT = 200_000
MOST = 20
"""After so many in one text the others are no longer news."""

_SUSPECT = lazy.pattern(
    r"[<&|]|!\[|\]\[|\[\^|\]\([^)\s]{1,300} |~~|^[ \t>]*[-*+] \[|```|^ {0,3}(?:-{3}|={3})"
    rf"|{PASTED}|{foreign.SUSPECT}",
    re.MULTILINE,
)
_SIGN = re.compile(rf"[][<&|~^`*\t{BULLETS}{NO_BREAK}]|''|==|\{{[{{|%#]|%%|;[^\s]")
_LINE_SIGN = re.compile(rf"\n *(?:---|===|{LINE_STARTS}|{foreign.LINES})")
"""What is suspect has one or the other; most texts have none, which costs a tenth to know."""
_COMMENT = lazy.pattern(r"(?<!\\)<!(?:--|[–—])[^\n]{0,80}")
"""A comment of HTML, also where Word made one dash of the two."""
_TAG = lazy.pattern(
    r"(?<!\\)</?([A-Za-z][A-Za-z0-9]{0,10}(?::[A-Za-z]{1,20})?)(?=[\s/>])[^<>\n]{0,200}>"
)
_READ = ("sup", "sub", "u", "s", "small")
"""The tags that Markdown has no sign for and that a text may hold (``wikitext/doctree.py``)."""
_CLOSED = lazy.pattern(rf"<({'|'.join(_READ)})>([^<>\n]++)</\1>")
_ANCHOR = lazy.pattern(
    r"<a\s[^<>\n]{0,200}?href *= *[\"']?([^\"'\s<>]{1,300})[^<>\n]{0,200}>([^<>\n]{1,200})</a>",
    re.IGNORECASE,
)
_ENTITY = lazy.pattern(r"(?<!\\)&(?:[A-Za-z][A-Za-z0-9]{1,20}|#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6});")
_PICTURE = lazy.pattern(
    r"(?<!\\)!\[([^][\n]{0,200})\](?:\((https?:[^()\s]{1,500})[^()\n]{0,200}\)|\[)"
)
_RULE = lazy.pattern(r" {0,3}(-{3,}|={3,})[ \t]*\Z")
_FENCE = lazy.pattern(r"[ >\t]*(?:[-*+] |[0-9]{1,9}[.)] )?(`{3,}+(?=[^`]*\Z)|~{3,}+)")

_IN_MARKDOWN = {
    **dict.fromkeys(("b", "strong"), "Entourez le texte de deux astérisques : **gras**."),
    **dict.fromkeys(("i", "em"), "Entourez le texte d’un astérisque : *italique*."),
    "a": "Écrivez le lien ainsi : [le texte](https://…).",
    "img": "Joignez l’image à la fiche, sous « documents ».",
    "br": "Pour aller à la ligne, finissez la ligne par « \\ » ; "
    "dans un tableau, faites deux lignes.",
    **dict.fromkeys(("li", "ul", "ol"), "Écrivez la liste avec des tirets, un par ligne."),
    "p": "Laissez une ligne vide entre deux paragraphes.",
    "hr": "Écrivez « --- » seul entre deux lignes vides.",
    **dict.fromkeys(("code", "pre", "kbd"), "Mettez le texte entre accents graves : `texte`."),
    **{name: f"Fermez-la, en minuscules : <{name}>e</{name}>." for name in _READ},
    **dict.fromkeys(("table", "tr", "td", "th"), "Écrivez le tableau avec des « | »."),
    "blockquote": "Commencez chaque ligne de la citation par « > ».",
}
_OTHER_HTML = """
    del ins big span div center font mark q cite abbr details summary section article
    h1 h2 h3 h4 h5 h6 dl dt dd tbody thead tfoot caption figure figcaption iframe video
    audio script style input button form label nav header footer main aside strike tt wbr
    nowiki ref gallery includeonly noinclude onlyinclude
"""
_HTML = frozenset((*_IN_MARKDOWN, *_OTHER_HTML.split()))


def faults(texts: Iterable[tuple[KeyPath, str]], spoiled: Collection[KeyPath]) -> Iterator[Fault]:
    """One warning for each misreading in these Markdown texts."""
    for path, text in texts:
        if path in spoiled:
            continue
        if len(text) > LONGEST_TEXT:
            yield Fault(
                path,
                "texte-trop-long",
                f"Ce texte dépasse {LONGEST_TEXT} caractères, c’est trop pour une page.",
                "Répartissez-le en plusieurs fiches, ou joignez-le en PDF sous « documents ».",
            )
            continue
        yield from warnings(path, misreadings(text)[:MOST])


def phrase_faults(
    values: Iterable[tuple[KeyPath, Any, Any]], spoiled: Collection[KeyPath]
) -> Iterator[Fault]:
    """One warning for each Markdown or wiki sign in a text of a record that is not Markdown; what
    may only be an id is told where links are resolved."""
    for path, value, shape in values:
        is_words = not (shape.markdown or shape.url or (shape.links and not shape.free))
        if isinstance(value, str) and is_words and path not in spoiled:
            yield from warnings(path, phrases.in_a_phrase(value))


def misreadings(text: str) -> list[Misreading]:
    """All those of one text, in no order."""
    faults = list(_lines(text)) if "\n" in text[:-1] else []
    if not (_SIGN.search(text) or _LINE_SIGN.search(f"\n{text}")) or not _SUSPECT.search(text):
        return faults
    prose = without_code(text)
    lines = prose.split("\n")
    for rule in _RULES:
        faults += rule(lines)
    return faults + list(missing_definitions(prose)) + list(_open_fence(text))


def _lines(text: str) -> Iterator[Misreading]:
    """What is wrong with where the lines of a text end or begin."""
    prose = without_code(text)
    yield from runons.run_together(prose)
    yield from runons.under_a_list(prose)
    if "   " in text:
        yield from runons.columns(prose)
    if runons.may_be_moved_in(text):
        yield from runons.moved_in(text, prose)


def markdown_texts(
    values: Iterable[tuple[KeyPath, Any, Any]], body: str
) -> Iterator[tuple[KeyPath, str]]:
    """The Markdown among the values of a document, and the body of a page."""
    for path, value, shape in values:
        if shape.markdown and isinstance(value, str):
            yield path, value
    if body:
        yield (), body


def _html(lines: list[str]) -> Iterator[Misreading]:
    for line in lines:
        if "<" in line:
            for comment in _COMMENT.finditer(line):
                yield Misreading(
                    "texte-commentaire",
                    "Ce commentaire HTML n’est pas caché : tous les lecteurs le verront.",
                    "Retirez-le du texte. Une note pour vous se met au-dessus de la clé, ou dans "
                    "l’en-tête d’une page, sur une ligne qui commence par « # ».",
                    comment[0],
                )
            unread = _CLOSED.sub(r"\2", line)
            for tag in _TAG.finditer(unread):
                name = tag[1].lower()
                known = name in _HTML or ":" in name  # « o:p » is of Word
                if known and not tag[0].startswith("</"):
                    link = _ANCHOR.match(unread, tag.start())
                    mend = f"Retirez-la, et sa fin </{name}> s’il y en a une."
                    if link:
                        mend = f"Écrivez le lien ainsi : [{link[2].strip()}]({link[1]})."
                    yield Misreading(
                        "texte-html",
                        f"La balise {beginning(tag[0])} sera montrée : le HTML n’est pas lu.",
                        (mend if link else _IN_MARKDOWN.get(name, mend))
                        + f" Pour montrer la balise elle-même : \\<{name}>.",
                        tag[0],
                    )
        if "&" in line:
            for entity in _ENTITY.finditer(line):
                character = unescape(entity[0])
                if character == entity[0]:
                    continue
                shown = "une espace" if character.isspace() else f"« {character} »"
                yield Misreading(
                    "texte-html",
                    f"Le code {entity[0]} sera montré tel quel.",
                    f"Tapez le caractère lui-même : {shown}.",
                    entity[0],
                )


def _pictures(lines: list[str]) -> Iterator[Misreading]:
    for line in lines:
        for picture in _PICTURE.finditer(line) if "![" in line else ():
            words = f" : on ne verra que « {picture[1]} »" if picture[1] else ""
            link = f" : {picture[0][1:]}" if picture[2] and picture[1] else ""
            yield Misreading(
                "texte-image",
                f"Cette image d’un autre site ne sera pas montrée{words}.",
                f"Faites-en un lien, sans le point d’exclamation{link} ; ou joignez l’image à "
                "la fiche, sous « documents ».",
                picture[0],
            )


def _loose_bold(lines: list[str]) -> Iterator[Misreading]:
    for line in lines:
        # what stands between two pairs of asterisks is bold, without a blank at its ends
        for bold in line.split("**")[1:-1:2] if line.count("**") % 2 == 0 else ():
            if bold.strip(" ") and bold != bold.strip(" "):
                yield Misreading(
                    "texte-signe",
                    "Ce texte ne sera pas en gras : une espace touche les astérisques.",
                    f"Collez-les au texte : **{bold.strip(' ')}**",
                    f"**{bold}**",
                )


def _titles(lines: list[str]) -> Iterator[Misreading]:
    for number, line in enumerate(lines[1:], 1):
        above = lines[number - 1].rstrip(" \t")
        rule = _RULE.match(line)
        if rule and above.endswith((".", ",", ";", ":", "!", "?", "…")):
            if BLOCK_START.match(above):
                continue
            is_dash = rule[1].startswith("-")
            yield Misreading(
                "texte-titre",
                "Cette phrase devient un titre : la ligne de "
                f"{'tirets' if is_dash else 'signes ='} la touche.",
                "Laissez une ligne vide entre les deux si vous voulez un trait."
                if is_dash
                else "Retirez la ligne de signes « = ».",
                above.strip(),
            )


def _open_fence(text: str) -> Iterator[Misreading]:
    fence, opening, above = "", "", ""
    for line in text.split("\n") if "```" in text or "~~~" in text else ():
        content = line.strip(" >\t")
        if fence:
            if content.startswith(fence) and not content.strip(fence[0]):
                fence = ""
        elif match := _FENCE.match(line):
            fence, opening = match[1], line.strip()
            # three begin a block, who underlines a title types more
            if above and len(opening) > 3 and not opening.strip("~"):
                yield Misreading(
                    "texte-bloc",
                    "Cette ligne de « ~ » fait de ce qui suit un morceau de programme.",
                    f"Si « {beginning(above)} » est un titre, retirez-la et écrivez : "
                    f"## {beginning(above)}",
                    opening,
                )
                return
        above = content
    if fence:
        yield Misreading(
            "texte-bloc",
            f"Le bloc ouvert par « {fence} » n’est pas refermé : tout ce qui suit en fait partie.",
            f"Écrivez {fence} seul sur une ligne, après la dernière ligne du bloc.",
            opening,
        )


_RULES: tuple[Callable[[list[str]], Iterator[Misreading]], ...] = (
    _html,
    _pictures,
    bullets,
    sheets,
    broken_tables,
    _loose_bold,
    _titles,
    remains.middle_of_a_conflict,
    *foreign.RULES,
)

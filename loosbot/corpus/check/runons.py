"""Lines that were meant to stay apart, and that a page puts end to end; lines moved in by four
spaces, which it shows as the code of a program.

A programme, a chat, an address, a poem, a first line that Word indents.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from loosbot import lazy
from loosbot.corpus.yaml.pasted import Misreading
from loosbot.escaping import beginning

_SHORT = 50
"""Characters of a line that nobody wrapped: it ends where its author ended it."""
_HOUR = (
    r"(?:À |De |Vers )?[0-9]{1,2}(?: ?[hH](?: ?[0-9]{2})?|:[0-9]{2})(?![0-9:])"
    r"[ \u00a0]*[:,–—-]?[ \u00a0]"
)
_DAY = r"[0-9]{1,2}/[0-9]{1,2}(?:/[0-9]{2,4})?[ \u00a0]*:[ \u00a0]"
_CHAT = r"\[?[0-9]{1,4}[/.-][0-9]{1,2}[/.-][0-9]{2,4},? (?:à )?[0-9]{1,2}[:h][0-9]{2}"
_SAYS = "dit|répond|ajoute|demande|explique|raconte|précise|conclut|répète"
_LABEL = (
    rf"[A-ZÀ-Þ][\w’'.-]*(?: (?!(?:{_SAYS})\b)[\w’'.()/-]+){{0,3}}[ \u00a0\u202f]?:[ \u00a0](?=\S)"
)
_BEGUN = rf"(?:{_HOUR}|{_DAY}|{_CHAT}|{_LABEL})"
_LABELLED = lazy.pattern(
    rf"^[ ]{{0,3}}{_BEGUN}[^\n]*(?<![\\ ])\n[ ]{{0,3}}{_BEGUN}[^\n]*$", re.MULTILINE
)
"""Two lines in a row that each begin with a name, an hour or a day, and none of which is broken."""
_BARE = rf"[ ]{{0,3}}[A-ZÀ-Þ0-9«][^\n]{{0,{_SHORT}}}[^\n.!?…:;\\|>=*~_ -]\n"
_STACKED = lazy.pattern(
    rf"(?:\A|\n[ ]*\n)((?=[ ]{{0,3}}[A-ZÀ-Þ«])(?:{_BARE}){{2,}}"
    rf"[ ]{{0,3}}[A-ZÀ-Þ0-9«][^\n|]{{0,{_SHORT}}})(?=\n[ ]*\n|\n?\Z)"
)
"""A paragraph of three short lines at least, each with a capital, none of which ends a sentence."""
_MOVED_IN = lazy.pattern(r"^(?: {4}|\t)[^\n]*\S", re.MULTILINE)
_PROSE = lazy.pattern(r"(?:\S+ ){3,}\S+")
_GOES_ON = lazy.pattern(
    r"\b(?:et|ou|de|du|des|la|le|les|un|une|à|au|aux|en|par|pour|avec|sur|que|qui|sa|son|ses)$",
    re.MULTILINE,
)
"""The end of a line whose sentence goes on below it."""
_GAP = lazy.pattern(r"(?<=\S)[ \u00a0]{3,}(?=\S)")
_SENTENCE = lazy.pattern(r"\n([A-ZÀ-Þ«][^ \n]*(?: [^ \n]+){2,}[.!?…»])(?= *(?:\n|\Z))")
_SHORT_ITEM = lazy.pattern(rf" *(?:[-*+]|[0-9]{{1,9}}[.)]) [^\n]{{0,{_SHORT}}}[^\n,:\\ ]\Z")
_ITEM = lazy.pattern(r" {0,3}[0-9]{1,9}[.)] ")


def run_together(prose: str) -> Iterator[Misreading]:
    """The first line of each such paragraph of a Markdown text whose code is blanked."""
    told: int | None = None
    for match in (*_LABELLED.finditer(prose), *_STACKED.finditer(prose)):
        start = match.start(1) if match.re.groups else match.start()
        line = prose[start : prose.index("\n", start)].strip()
        paragraph = prose.rfind("\n\n", 0, start + 1)
        whole = match[0].strip()
        reads_well = _GOES_ON.search(whole) or whole.count(",\n") == whole.count("\n")
        if paragraph == told or _ITEM.match(line) or reads_well or _GAP.search(line):
            continue
        told = paragraph
        yield Misreading(
            "texte-lignes",
            "Cette ligne et celles d’en dessous seront mises bout à bout.",
            "Finissez par « \\ » chaque ligne qui doit rester seule, ou faites-en une liste : "
            f"- {beginning(line)}",
            line,
        )


def under_a_list(prose: str) -> Iterator[Misreading]:
    """Each sentence right under the last item of a list, which takes it in (CommonMark, « lazy
    continuation lines »)."""
    for match in _SENTENCE.finditer(prose):
        above = prose[prose.rfind("\n", 0, match.start()) + 1 : match.start()]
        if _SHORT_ITEM.match(above) and not _GOES_ON.search(above):
            yield Misreading(
                "texte-lignes",
                "Cette phrase est juste sous une liste : elle suivra son dernier élément, sans "
                "aller à la ligne.",
                "Laissez une ligne vide au-dessus.",
                match[1],
            )


def columns(prose: str) -> Iterator[Misreading]:
    """Rows whose cells stand under one another by blanks alone, as a PDF or a mail has them."""
    lines = prose.split("\n")
    gaps = [0 if line.startswith("    ") else len(_GAP.findall(line)) for line in lines]
    for number, (above, many, below) in enumerate(zip([0, *gaps], gaps, gaps[1:], strict=False)):
        if many and below == many != above:
            cells = _GAP.split(lines[number].strip())
            yield Misreading(
                "texte-tableau",
                "Les colonnes de ces lignes ne tiennent que par des espaces : elles seront mises "
                "bout à bout.",
                f"Mettez des traits à la place des espaces : | {' | '.join(cells)} |, et sous "
                f"cette ligne : |{' --- |' * len(cells)}",
                lines[number].strip(),
            )


def moved_in(text: str, prose: str) -> Iterator[Misreading]:
    """The first line of each paragraph of words that four spaces make code; ``prose`` is the text
    without its code."""
    lines, kept = text.split("\n"), prose.split("\n")
    for number, (line, seen) in enumerate(zip(lines, kept, strict=True)):
        goes_on = number and lines[number - 1].strip() and not kept[number - 1].strip()
        if (
            goes_on
            or seen.strip()
            or not _MOVED_IN.match(line)
            or not _PROSE.fullmatch(line.strip())
        ):
            continue
        words = line.strip()
        yield Misreading(
            "texte-decale",
            "Quatre espaces au début d’une ligne en font un morceau de programme, que la page "
            "montre d’un trait, sans aller à la ligne.",
            f"Retirez-les : {beginning(words)} Pour une citation, mettez « > » à leur place.",
            words,
        )


def may_be_moved_in(text: str) -> bool:
    """Whether a text has lines that are moved in by four spaces."""
    return "\n    " in text or "\n\t" in text

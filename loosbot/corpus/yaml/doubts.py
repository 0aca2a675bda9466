"""Warnings on unquoted text that YAML accepts, and reads otherwise than its author meant."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple

from loosbot import lazy
from loosbot.corpus.decoding import LINE_BREAK, mark_at
from loosbot.corpus.french import also
from loosbot.corpus.model import Finding, Severity
from loosbot.corpus.yaml.lookalikes import hidden_space
from loosbot.corpus.yaml.pasted import BULLETS, DASHES
from loosbot.corpus.yaml.slips import without_colon
from loosbot.escaping import beginning

_MISSING_SPACE = lazy.pattern(r"([A-Za-z_][\w-]*):(?!//)\S", re.ASCII)
_ITEM_INSIDE = lazy.pattern(r"[\r\n][ \t]*(- )")
_ITEM = lazy.pattern(r"[ \t]*- ")
_FOLDED_BLOCK = lazy.pattern(
    rf"[ ]*(?:[-*+] |[0-9]{{1,9}}[.)] |\||> ?|#{{1,6}} |```|={{3,}} *\Z|[{BULLETS}{DASHES}] )"
)
_FOLDED_TITLE = lazy.pattern(r"[ ]*[\"']?#{1,6} +\S")
"""A heading, which takes in the line that is joined to it."""
_NO_BAR = lazy.pattern(r"(?<=: )[Il1¦│∣ǀ/\\](?= *\n +(?![ -]))")
"""A sign alone behind a key that looks like « | », with the text below it."""
_HARD_BREAK = lazy.pattern(r"\S(?: {2,}|(?<!\\)\\)\Z")
"""A line whose break is to be kept, as Markdown writes it."""
_COMMENT = lazy.pattern(r" +(?=#\S)")
_ONLY_COMMENT = lazy.pattern(r" +(?=# *\S)")
_NUMBER_SIGN = lazy.pattern(r" +(?=# *[0-9])")
"""« Le banc # 3 est cassé »: a number that is written so, in words that go on."""
SENTENCE_ENDS = (".", "!", "?", "…")
ODD_STARTS = frozenset({"-", "“", *BULLETS, *DASHES})
_BULLET = lazy.pattern(rf"([{BULLETS}{DASHES}])[ \u00a0]+")
_LONG = frozenset({"texte", "resume"})
"""Texts in Markdown, whose bullets are told with the others that Markdown misreads."""
_CUT_NUMBER = lazy.pattern(
    r"(?<![\w,.])((?<![0-9] )[0-9]{1,3}(?:[ \u00a0\u202f][0-9]{3})+|[0-9]{1,15}),([0-9])"
)
_GOES_ON = lazy.pattern(
    r"(?:sauf|mais|surtout|et|puis|ou|car|dont|qui|que|où|notamment|même|ni|donc|alors|malgré"
    r"|parfois|voire|est|sont|était|étaient|a|ont)\b"
)
"""How the end of a sentence begins, behind a comma."""
_SHOWN = 40
_NEAR = 80
"""Characters that may stand between a comma and the value behind it: the margin of a line."""
_SENTENCE = 1_000
"""Characters of a sentence between brackets, at the most."""
_YEARS = lazy.pattern(r"[0-9]{4},[0-9]{4}")
_YEAR = lazy.pattern(r"(?:1[0-9]|20)[0-9]{2}(?:-[0-9]{2}){0,2}")
_WORD_QUOTES = lazy.pattern("“[^“”]*”|‘[^‘’]*’|„[^„“”]*[“”]")
"""Quotes of Word around a whole value, which are letters to YAML."""


def in_word_quotes(value: str) -> bool:
    """Whether a whole value stands between quotes that are none for YAML: « “un banc” »."""
    return _WORD_QUOTES.fullmatch(value) is not None


def folded_blocks(text: str, path: str, event: Any) -> Iterator[Finding]:
    """Warnings on lists, tables, headings, quotes and hard breaks in a scalar whose lines YAML
    joins (any style but ``|``)."""
    first = text.count("\n", 0, event.start_mark.index) + 1
    if not event.style and (sign := _NO_BAR.match(text, event.start_mark.index)):
        yield Finding(
            path,
            first,
            event.start_mark.column + 1,
            "warning",
            "texte-plie",
            f"« {sign[0]} » n’est pas le trait « | » : la page le montrera, et mettra bout à bout "
            "les lignes d’en dessous.",
            "Tapez à sa place « | » : AltGr et 6, ou sur un Mac Alt, Maj et L.",
        )
        return
    under_a_sign = event.style == ">"
    above, last, blanks = "", "", 0
    mend = (
        "Écrivez « | » au lieu de « > » après la clé."
        if under_a_sign
        else "Écrivez « | » après la clé, puis tout le texte en dessous, décalé de deux "
        "espaces et sans guillemets autour."
    )
    for number, line in enumerate(text[event.start_mark.index : event.end_mark.index].split("\n")):
        start = len(line) - len(line.lstrip(" "))
        goes_on = number > under_a_sign and bool(above.strip())
        if under_a_sign:
            # a line that is indented otherwise than the one above keeps its break
            goes_on = goes_on and start == len(above) - len(above.lstrip(" "))
        # a dash in a plain text is an error of its own
        known = not event.style and line.lstrip(" ").startswith("- ")
        kept_apart = _FOLDED_TITLE.match(above) or (
            # between double quotes a backslash is YAML's own
            _HARD_BREAK.search(above) and not (event.style == '"' and above.endswith("\\"))
        )
        joined = _FOLDED_BLOCK.match(line) or (line.strip() and kept_apart)
        if goes_on and not known and joined:
            yield Finding(
                path,
                first + number,
                start + 1,
                "warning",
                "texte-plie",
                "Ces lignes sont mises bout à bout : celle-ci suit la précédente.",
                mend,
            )
            return
        # one blank line becomes the end of a line, which Markdown takes for a blank
        same = not under_a_sign or start == len(last) - len(last.lstrip(" "))
        if blanks == 1 and line.strip() and number > under_a_sign + 1 and same:
            yield Finding(
                path,
                first + number,
                start + 1,
                "warning",
                "texte-plie",
                "Ce paragraphe sera collé au précédent : la ligne vide qui les sépare se perd.",
                mend,
            )
            return
        blanks = 0 if line.strip() else blanks + 1
        last = line if line.strip() else last
        above = line


class _Doubt(NamedTuple):
    """What is odd in a text; ``at`` is an index."""

    at: int
    code: str
    message: str
    mend: str
    severity: Severity = "warning"


_Look = Callable[[str, Any, Any], Iterator[_Doubt]]


def may_be_cut(text: str, event: Any) -> bool:
    """Whether a plain scalar may be the end of what a comma cut: it follows one, and begins or ends
    as the rest of a number or of a sentence does. Its cost does not grow with the list."""
    value, start = event.value, event.start_mark.index
    if value[:1].isdigit():
        return text[start - 1] == ","
    if not value[:1].islower() and value[-1:] not in ("»", ")"):
        return False
    follows = text[max(0, start - _NEAR) : start].rstrip(" \n").endswith(",")
    return follows and text.rfind("[", max(0, start - _SENTENCE), start) >= 0


def doubts(text: str, path: str, event: Any, key: Any) -> Iterator[Finding]:
    """The warnings on one plain scalar of ``text``; ``key`` is the event of its key."""
    yield from _findings(text, path, event, key, _LOOKS)


def cuts(text: str, path: str, event: Any) -> Iterator[Finding]:
    """The warnings on a plain scalar that :func:`may_be_cut`, where nothing else is odd in it."""
    yield from _findings(text, path, event, None, (_cut,))


def _findings(
    text: str, path: str, event: Any, key: Any, looks: Sequence[_Look]
) -> Iterator[Finding]:
    for look in looks:
        for index, code, message, hint, severity in look(text, event, key):
            mark = mark_at(text, index)
            yield Finding(path, mark.line, mark.column, severity, code, message, hint)


def _misspaced(text: str, event: Any, key: Any) -> Iterator[_Doubt]:
    """A no-break space, a missing space after a colon, a dash out of its column."""
    start, end = event.start_mark, event.end_mark
    before = text[start.index - start.column : start.index]
    alone = not before.strip(" ")
    on_own_line = alone and (key is None or key.end_mark.line < start.line)
    line = before + event.value.partition("\n")[0]
    if (alone or line.lstrip(" ").startswith("-")) and (hidden := hidden_space(line)):
        index = start.index - start.column + hidden.column - 1
        yield _Doubt(index, hidden.code, hidden.message, hidden.mend, "error")
    elif on_own_line and (pair := _MISSING_SPACE.match(event.value)):
        yield _Doubt(
            start.index + pair.end(1),
            "yaml-deux-points",
            "Il manque une espace après « : ».",
            f"Écrivez « {pair[1]}: » puis une espace et la valeur ; "
            "si c’est une phrase, mettez-la entre guillemets.",
            "error",
        )
    if start.line < end.line and (item := _ITEM_INSIDE.search(text, start.index, end.index)):
        rows = LINE_BREAK.split(text[start.index : end.index])
        lines = [number for number, row in enumerate(rows[1:], start.line + 2) if _ITEM.match(row)]
        if not start.column and (lacking := without_colon(rows[0])):
            yield _Doubt(
                start.index,
                "yaml-deux-points",
                f"Il manque « : » après « {lacking[0]} ».",
                f"Chaque clé de la fiche est suivie de « : » et d’une espace : {lacking[1]}",
                "error",
            )
            return
        yield _Doubt(
            item.start(1),
            "yaml-tiret",
            "Ce tiret est mal aligné : YAML le prend pour la suite du texte qui précède.",
            f"Alignez-le avec les autres tirets de la liste.{also(lines[1:])} "
            "Si c’est du texte, écrivez-le sous « | ».",
            "error",
        )


def _shown(text: str, event: Any, key: Any) -> Iterator[_Doubt]:
    """Bullets and quotation marks that are part of the value, and so are shown."""
    start = event.start_mark.index
    if (bullet := _BULLET.match(event.value)) and not (key and key.value in _LONG):
        yield _Doubt(
            start,
            "puce-en-trop",
            f"La page montrera ce « {bullet[1]} » devant le texte.",
            f"Retirez-le : {_beginning(event.value[bullet.end() :])}",
        )
    if in_word_quotes(event.value):
        yield _Doubt(
            start,
            "guillemets-montres",
            "Ces guillemets font partie du texte : on les verra sur la page.",
            f'Retirez-les, ou tapez ceux du clavier : "{event.value[1:-1]}"',
        )


def _cut(text: str, event: Any, key: Any) -> Iterator[_Doubt]:
    """A sentence or a number between brackets that a comma splits into two items."""
    start = event.start_mark.index
    if (sentence := _cut_sentence(text, event)) is not None:
        yield _Doubt(
            start,
            "phrase-coupee",
            "La virgule coupe cette phrase : entre crochets, elle sépare deux éléments.",
            f'Si ce n’est qu’une phrase, mettez-la entre guillemets : ["{sentence}"]',
        )
    if number := _cut_at(text, start, event.end_mark.index):
        whole = f"{number[1]},{event.value}"
        if not _YEARS.fullmatch(whole):
            yield _Doubt(
                number.end(1),
                "nombre-coupe",
                "La virgule coupe ce nombre : entre crochets, elle sépare deux éléments.",
                f'Mettez des guillemets : "{whole}". Si ce sont deux éléments, laissez une espace '
                "après la virgule.",
            )


def _hushed(text: str, event: Any, key: Any) -> Iterator[_Doubt]:
    """Words after « # », which YAML drops as a comment."""
    end = event.end_mark.index
    comment = _COMMENT if event.value else _ONLY_COMMENT
    in_words = _NUMBER_SIGN if " " in event.value and event.value[-1].isalnum() else comment
    if blanks := comment.match(text, end) or in_words.match(text, end):
        yield _Doubt(
            blanks.end(),
            "yaml-diese",
            "Ce qui suit « # » est un commentaire, et ne sera pas publié.",
            "Retirez « # », ou écrivez « n° » : un titre ne peut pas contenir ce signe."
            if key is not None and key.value == "titre"
            else "Si c’est du texte, mettez toute la valeur entre guillemets.",
        )


_LOOKS = (_misspaced, _shown, _cut, _hushed)


def _beginning(text: str) -> str:
    """The beginning of a text, on one line, to quote it."""
    return beginning(" ".join(text.split()), _SHOWN)


def _cut_at(text: str, start: int, end: int) -> re.Match[str] | None:
    """The whole number, « 1,5 », whose decimals stand there as an item of their own."""
    numbers = _CUT_NUMBER.finditer(text, max(0, start - 20), end)
    return next((number for number in numbers if number.start(2) == start), None)


def odd_key(text: str, event: Any) -> str:
    """The hint for a key that is no name: decimals that a comma cut off, or a year; "" for any
    other."""
    if number := _cut_at(text, event.start_mark.index, event.end_mark.index):
        return (
            "Une virgule sépare deux clés ; pour un nombre, mettez un point ou des guillemets : "
            f'{"".join(number[1].split())}.{event.value} ou "{number[1]},{event.value}".'
        )
    if _YEAR.fullmatch(event.value):
        return (
            f"Une date se met après une clé : {{date: {event.value}, texte: …}}, avec un tiret "
            "devant s’il y en a plusieurs."
        )
    return ""


def _cut_sentence(text: str, event: Any) -> str | None:
    """The whole of a sentence between brackets whose end, behind a comma, is an item of its own.

    It ends with a full stop, goes on with « sauf », « mais » and the like, or closes what an item
    before it opened: « Le bac, dit-on, est plein ».
    """
    value: str = event.value
    start, end = event.start_mark.index, event.end_mark.index
    before = len(text[max(0, start - _NEAR) : start].rstrip(" \n")) + max(0, start - _NEAR) - 1
    # of a list without end each item would be read as often as it has items
    opened = text.rfind("[", max(0, start - _SENTENCE), max(0, before))
    if opened < 0 or text[before] != "," or value in ("etc.", "etc…"):
        return None
    pieces = " ".join(text[opened + 1 : end].split()).split(", ")
    if any(value.count(end) > value.count(begin) for begin, end in ("«»", "()")):
        sign = "«" if "»" in value else "("
        openers = [rank for rank, piece in enumerate(pieces) if sign in piece]
        return _sentence_of(pieces[openers[-1] :]) if openers else None
    ended = [rank for rank, piece in enumerate(pieces[:-1], 1) if _is_whole(piece)]
    pieces = pieces[ended[-1] if ended else 0 :]
    if not value[:1].islower() or not pieces[0][:1].isupper():
        return None
    if value.endswith(SENTENCE_ENDS):
        return _sentence_of(pieces)
    if not _GOES_ON.match(value) or any(map(_GOES_ON.match, pieces[1:-1])):
        return None
    behind = text[end : end + _SENTENCE].partition("]")[0]
    for piece in (" ".join(item.split()) for item in behind.split(",")[1:]):
        if not piece[:1].islower():
            break
        pieces.append(piece)
    # told once, at its end, where it has a full stop
    return None if pieces[-1].endswith(SENTENCE_ENDS) else _sentence_of(pieces)


def _is_whole(piece: str) -> bool:
    """Whether an item of a list is a sentence by itself, or stands between quotes."""
    return piece.endswith(SENTENCE_ENDS) or piece[:1] in ('"', "'")


def _sentence_of(pieces: list[str]) -> str | None:
    sentence = ", ".join(pieces)
    return None if len(pieces) < 2 or set(sentence) & set('[]{}"') else sentence

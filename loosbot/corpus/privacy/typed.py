"""What stands between, before and after the words of a name as people type it. Pure.

Marks of Markdown and of wikitext, breaks of lines, addresses and e-mails.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from loosbot import lazy

_MARKS = lazy.pattern(r"\*{1,3}|~~|`{1,2}|'{2,5}")
_BRACKETS = (
    ("(", ")", lazy.pattern(r"[\s*']{0,6}\)")),
    ("[", "]", lazy.pattern(r"[^\[\]\n]{0,80}\](?:\([^()\n]{0,500}\)|\[[^\[\]\n]{0,200}\]|\])?")),
)
"""What a name may open between its words, and what closes it."""
_LOOSE = lazy.pattern(r"(?:[\W_]{1,4}|[\s*_'’`~>\-\u2010-\u2015]{1,40})?")
"""Between two words of a name, which a line of a quotation may begin in between."""
_INLINE = (
    "abbr|a|bdi|big|br|b|cite|code|del|em|font|ins|i|kbd|mark|nowiki|q|small|span|strike|strong|sub"
    "|sup|s|tt|u|var|wbr"
)
_ROW = r"\|[^\S\n]*\n[^\S\n]*\|"
TAGS = lazy.pattern(
    rf"</?(?:{_INLINE})(?:\s[^<>]{{0,300}})?/?>|<!--[^\n]{{0,200}}?-->(?=[^\S\n]*\w)"
    r"|<ref(?:\s[^<>]{0,200})?(?:/>|>[^<>\n]{0,300}</ref>)|\[\^[^\]\s]{1,60}\]"
    r"|\[\[(?:[^\[\]|\n]{0,200}\|)?|\[https?://\S{1,500}\s|\[(?=[^\[\]\n]{1,200}\]\()"
    rf"|\](?:\]|\([^()\n]{{0,500}}\))?|{_ROW}|\|",
    re.IGNORECASE,
)
"""What parts no words to the eye: marks of HTML, comments on a line among them, and ends of lines;
notes, links, and the cells of a table."""
_BEHIND_A_LETTER = tuple(
    # a pattern that begins with one sign is three times as quick as one for all of them
    lazy.pattern(rf"{re.escape(mark)}(?<=[\w;*'~].)(?!br\b)", re.IGNORECASE)
    for mark in "<[]"
)
_BEFORE_A_LETTER = lazy.pattern(
    rf"(?:(?>{TAGS.pattern})[*'~]{{0,5}}){{1,9}}[\w&%\\]", re.IGNORECASE
)
"""Marks on either side of which a word goes on: « <b>R</b>émi », « [Ré](adresse)mi »."""
_DIALLING = 4
"""Signs that stand before the first digit of a telephone number, at the most."""
_OPENS = lazy.pattern(r"\[\[?[^\[\]\n]{0,200}\Z")
"""A link that begins before a name, which holds its end."""
_TAG = lazy.pattern(rf"<(/?)({_INLINE})(?:\s[^<>]{{0,300}})?(/?)>", re.IGNORECASE)
_BLANK_LINE = lazy.pattern(r"\n[^\S\n]*\n|\u2029")
_STOPS = '.!?…;:,()[]«»"“”|'
_INSIDE = lazy.pattern(r"(?:[*_~`\-\u2010-\u2015]|'{2,5}){0,8}|[-\u2010][^\S\n]{0,9}\n[^\S\n]{0,9}")
"""Marks, or the end of a line at which a PDF parted a word."""
_DIGITS = "0123456789"
_NUMBER = 12
"""Signs beside a name that are looked at: « pontarlier59@ », « 2019pontarlier.jpg »."""
_NAMED_AFTER = lazy.pattern(
    r"(?:\b(?i:rue|avenue|boulevard|allée|impasse|place|square|quai|école|collège|lycée|stade|gymnase"
    r"|institut|hôpital)[\s_-](?i:(?:du|des|de la)[\s_-]|de l['’])?"
    r"(?:(?!M\.|Mr|Mme|Mlle|Monsieur|Madame|Mademoiselle|Famille)"
    r"(?:[^\W\d_a-z][\w.'’]*|docteur|général|maréchal|président)[\s-]){0,2}"
    r"(?:de[\s-]|d['’])?|\b(?i:sainte?)[\s-])\Z"
)
"""What stands before the surname of somebody whom a street or a school is called after: « rue »,
« rue Louis- », « église Saint- »."""
_BEFORE = 60
"""Characters before a surname in which that is looked for."""
_ELIDED = lazy.pattern(r"['’ʼ`´]\w")
_ADDRESS_END = lazy.pattern(r"[\s<>\"«»()\[\]{}|]")
_MAILED = lazy.pattern(r"[^\s@]@[^\s@]|\bmailto:|%40", re.IGNORECASE)


def between(gap: str, *, strict: bool, after_initial: bool) -> bool:
    """Whether this may part two words of a name; ``strict`` where one of them is an initial.

    « Il vient avec Rémi. Pendant ce temps » names no Rémi P., nor does a list of persons.
    """
    if not _LOOSE.fullmatch(gap) or _BLANK_LINE.search(gap):
        return False
    if not strict or gap == "." or (after_initial and gap.strip() in (".", ".-")):
        return True
    return not any(sign in _STOPS for sign in gap)


def within_a_word(gap: str) -> bool:
    """Whether only marks part two halves of one word: « Pontar**lier** »."""
    return bool(_INSIDE.fullmatch(gap))


def tied(gaps: Sequence[str]) -> bool:
    """Whether words are written as one, as in an address: ``j.martin``, ``jmartin``."""
    return all(gap in (".", "-", "_") for gap in gaps)


def is_namesake(text: str, start: int, end: int) -> bool:
    """Whether a name that stands there is that of a street, of a school or of a saint, or no name:
    « Petit à petit »."""
    if text.startswith(f" à {text[start:end].lower()}", end):
        return True
    return bool(_NAMED_AFTER.search(text[max(0, start - _BEFORE) : start]))


def is_elided(text: str, end: int) -> bool:
    """Whether what ends here is no initial but a word cut short: « Sylvie d’abord »."""
    return bool(_ELIDED.match(text, end))


def in_an_address(text: str, start: int, end: int, *, hyphens: bool = True) -> bool:
    """Whether a word is part of an address or of the name of a file: nothing has capitals there.
    Without ``hyphens`` one beside it is no sign of either: « Basse-plaine »."""
    before = text[max(0, start - _NUMBER) : start].rstrip(_DIGITS)
    after = text[end : end + _NUMBER].lstrip(_DIGITS)
    # a point ends the sentence, unless a small letter follows: « pontarlier.r@ville.fr »
    ends = after.startswith(".") and not after[1:2].islower()
    signs = "/_-.@" if hyphens else "/_.@"
    return any(sign in signs for sign in before[-1:] + ("" if ends else after[:1]))


def is_an_account(text: str, start: int, end: int) -> bool:
    """Whether a word is all that stands before, or behind, the ``@`` of an address or an account,
    or a keyword (``#remip``)."""
    before = text[max(0, start - 1) : start]
    after = text[end : end + _NUMBER].lstrip(_DIGITS)
    return before in ("@", "#") or (after.startswith("@") and not before.isalnum())


def untagged(text: str) -> str:
    """A text as it is seen, without the marks that part no words; itself where it has none."""
    return TAGS.sub(seen, text) if "<" in text or "]" in text or "|" in text else text


def marks_a_word(text: str) -> bool:
    """Whether marks may stand within a word: to the eye a text that has some holds other words."""
    return any(
        _BEFORE_A_LETTER.match(text, mark.start())
        for marks in _BEHIND_A_LETTER
        for mark in marks.finditer(text)
    )


def seen(tag: re.Match[str]) -> str:
    """What is seen of a mark of ``TAGS``: the end of a line and a cell, as a blank, the end of a
    row, as one of a paragraph, or nothing."""
    if tag[0][0] == "|":
        return " " if len(tag[0]) == 1 else "\n\n"
    return " " if tag[0][1:3].lower() == "br" else ""


def widened(text: str, start: int, end: int) -> tuple[int, int]:
    """A name with what has no meaning without it: an address, the other end of its emphasis."""
    start, end = _whole_address(text, start, end)
    if text[start : start + 1].isdigit():
        start = _dialled(text, start, end)
    return _balanced(text, start, end)


def _dialled(text: str, start: int, end: int) -> int:
    """Where a number begins with the signs before its first digit, « (+33) 6… » and « + 33 6… »; a
    bracket that closes behind the number stays around it."""
    before = text[max(0, start - _DIALLING) : start]
    signs = before[len(before.rstrip("+( \u00a0\u202f")) :]
    closed = max(0, text.count(")", start, end) - text.count("(", start, end))
    signs = "(".join(signs.split("(")[-1 - closed :])
    return start - len(signs.lstrip())


def _whole_address(text: str, start: int, end: int) -> tuple[int, int]:
    """All of a web address or an e-mail: half of one leads nowhere, and may say the other half."""
    first, last = start, end
    while first > 0 and not _ADDRESS_END.match(text[first - 1]):
        first -= 1
    while last < len(text) and not _ADDRESS_END.match(text[last]):
        last += 1
    run = text[first:last]
    if "://" in run or run.lower().startswith("www.") or _MAILED.search(run):
        kept = run.rstrip(".,;:!?'’*_`~")
        begins = run.lstrip("'’*_`~")
        return min(start, last - len(begins)), max(end, first + len(kept))
    return start, end


def _balanced(text: str, start: int, end: int) -> tuple[int, int]:
    """With the marks and brackets that close, or open, what the name holds one end of."""
    for opening, close, closing in _BRACKETS:
        opened = text.rfind(opening, start, end) > text.rfind(close, start, end)
        if opened and (rest := closing.match(text, end)):
            end = rest.end()
    closed, opened_at = text.find("]", start, end), text.find("[", start, end)
    if closed >= 0 and not 0 <= opened_at < closed and (link := _OPENS.search(text, 0, start)):
        start = link.start()
    start, end = _tagged(text, start, end)
    left: list[str] = []
    for mark in _MARKS.findall(text, start, end):
        if left and left[-1] == mark:
            left.pop()
        else:
            left.append(mark)
    for mark in reversed(left):
        if text.startswith(mark, end):
            end += len(mark)
        elif text.endswith(mark, 0, start):
            start -= len(mark)
    return start, end


def _tagged(text: str, start: int, end: int) -> tuple[int, int]:
    """With the tags right before or behind that open, or close, what the name holds one end of."""
    left: list[str] = []
    closed: list[str] = []
    for tag in _TAG.finditer(text, start, end):
        if tag[1] and left and left[-1] == tag[2]:
            left.pop()
        elif not tag[3]:
            (closed if tag[1] else left).append(tag[2])
    for name in reversed(left):
        if text.startswith(f"</{name}>", end):
            end += len(name) + 3
    for name in closed:
        before = text.rfind("<", 0, start)
        opening = _TAG.match(text, before) if before >= 0 else None
        if opening and opening.end() == start and not opening[1] and opening[2] == name:
            start = before
    return start, end

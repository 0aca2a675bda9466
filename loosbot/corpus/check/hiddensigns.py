"""Signs in a text that nobody sees: blanks without width, soft hyphens, turns of direction; and
letters and apostrophes that are others than they look. Pure.

They come with what is copied from a web page, a PDF or a chat. A title with one is another title
than the one that people type, a word with one is found by no search, and a turn of direction shows
letters in another order than they are.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from itertools import islice

from loosbot import lazy
from loosbot.corpus.check.texts import TextCheck, holds_any
from loosbot.corpus.decoding import code_point
from loosbot.corpus.yaml.pasted import Misreading
from loosbot.escaping import beginning

MOST = 3
HIDDEN = (
    "\u2028\u2029\u00ad\u034f\u061c\u115f\u1160\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\u3164"
    "\u2800\ufeff\uffa0\ufff9-\ufffc\U000e0001-\U000e007f"
)
_HIDDEN = lazy.pattern(f"[{HIDDEN}]")
_PIECE = lazy.pattern(rf"[^\s{HIDDEN}]*[{HIDDEN}][^\s]*")
_NAMES = {
    "\u00ad": "une césure",
    "\u200b": "une espace sans largeur",
    "\u2028": "une fin de ligne",
    "\u2029": "une fin de ligne",
    "\ufeff": "une espace sans largeur",
    "\u2060": "un joint sans largeur",
    "\ufffc": "la place d’une image restée ailleurs",
}
_BLANK_BRAILLE = "\u2800"
"""As wide as a blank, and typed for one."""
_FLAG = lazy.pattern("(?<=\U0001f3f4)[\U000e0020-\U000e007f]+")
"""The letters of a region after a black flag: one emoji (Unicode Technical Standard 51, ED-14a)."""
_ODD = lazy.pattern("[^\\W\\d_]*[\ufb00-\ufb06\uff21-\uff5a\U0001d400-\U0001d7ff][^\\s]*")
"""Letters of a PDF that are two in one, of a Chinese keyboard, or of mathematics."""
_ALPHABETS = lazy.pattern("(?=[^\\W\\d_]*[a-zA-Z])[^\\W\\d_]*[\u0400-\u04ff][^\\W\\d_]*")
"""A word of two alphabets: one of its letters only looks like ours."""
_QUOTES = "`´′‘"
_ELIDED = "[cçdjlmnst]|qu|jusqu|lorsqu|puisqu|quoiqu|presqu|aujourd|quelqu|entr|prud"
_APOSTROPHE = lazy.pattern(rf"(?<![\w`'])(?i:{_ELIDED})[{_QUOTES}][^\W\d_][\w’'-]*")
"""« l`école », « l´école »: two of the first make the words between them code."""
_IN_A_FILE = re.compile(
    rb"\xc2\xad|\xcd\x8f|\xd8\x9c|\xe1(?:\xa0\x8e|\x85[\x9f\xa0])|\xe2\x80[\x8b-\x8f\xa8-\xae]"
    rb"|\xe2(?:\x81[\xa0-\xa9]|\xa0\x80)|\xe3\x85\xa4|\xef(?:\xbb\xbf|\xbe\xa0|\xbf[\xb9-\xbc])"
    rb"|\xf3\xa0[\x80\x81]"
)
"""Where a file has none of these, its texts need no look."""
_ODD_BEGIN = bytes((0xEF, 0xF0, *range(0xD0, 0xD4)))


def misreadings(text: str) -> Iterator[Misreading]:
    """The words of a text with a sign that is not seen, each once."""
    if not _HIDDEN.search(text := _FLAG.sub("", text)):
        return
    pieces = (match[0] for match in _PIECE.finditer(text) if _is_no_script(text, match))
    for piece in islice(dict.fromkeys(pieces), MOST):
        sign = next(iter(_HIDDEN.findall(piece)))
        seen = _HIDDEN.sub("", piece.replace(_BLANK_BRAILLE, " ")).strip()
        name = _NAMES.get(sign, "un signe")
        yield Misreading(
            "caractere-invisible",
            f"Ce texte contient {name} que l’on ne voit pas ({code_point(sign)}) : la recherche "
            "ne trouvera pas le mot.",
            f"Effacez ce mot et tapez-le de nouveau : {seen}"
            if seen
            else "Effacez la fin du mot d’avant, l’espace et le début du mot d’après, puis "
            "tapez-les de nouveau.",
            piece,
        )


def may_look_alike(source: bytes) -> bool:
    """Whether a file may have letters that look like others: a pattern looks at each byte, which
    takes several times as long."""
    return len(source.translate(None, _ODD_BEGIN)) < len(source)


def look_alikes(text: str) -> Iterator[Misreading]:
    """The words of a text whose letters look like others, each once: no search finds them."""
    if text.isascii():
        return
    words = [match[0] for form in (_ODD, _ALPHABETS) for match in form.finditer(text)]
    for word in islice(dict.fromkeys(words), MOST):
        plain = unicodedata.normalize("NFKC", word)
        yield Misreading(
            "lettre-imitee",
            f"« {beginning(word)} » a des lettres qui imitent celles du clavier : la recherche ne "
            "trouvera pas le mot, et une voix de synthèse ne le lira pas.",
            f"Tapez à la place : {plain}"
            if plain != word
            else "Effacez ce mot et tapez-le de nouveau.",
            word,
        )


def apostrophes(text: str) -> Iterator[Misreading]:
    """The words of a text with a sign that stands for their apostrophe, each once."""
    if not any(sign in text for sign in _QUOTES):
        return
    words = dict.fromkeys(match[0] for match in _APOSTROPHE.finditer(text))
    for word in islice(words, MOST):
        right = re.sub(f"[{_QUOTES}]", "’", word, count=1)
        yield Misreading(
            "lettre-imitee",
            f"« {word} » a un autre signe que l’apostrophe : la recherche ne trouvera pas le mot.",
            f"Tapez à la place : {right}",
            word,
        )


def _is_no_script(text: str, match: re.Match[str]) -> bool:
    """Whether a sign has no work to do where it stands: emojis, Arabic, Persian and the scripts of
    India are joined or turned by some of them."""
    return any(
        not _needs(text[max(0, at - 1) : at]) and not _needs(text[at + 1 : at + 2])
        for at in (match.start() + sign.start() for sign in _HIDDEN.finditer(match[0]))
    )


def _needs(beside: str) -> bool:
    if not beside or _HIDDEN.match(beside):
        return False
    if unicodedata.category(beside) in ("So", "Sk", "Mn", "Mc") or beside == "\ufe0f":
        return True
    name = unicodedata.name(beside, "")
    return beside.isalpha() and not name.startswith(("LATIN", "GREEK", "CYRILLIC", "FEMININE"))


CHECKS = (
    TextCheck(_IN_A_FILE.search, misreadings),
    TextCheck(may_look_alike, look_alikes),
    TextCheck(holds_any([sign.encode() for sign in _QUOTES]), apostrophes),
)

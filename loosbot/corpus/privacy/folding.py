"""A text normalised for search (no accents, case, entities, escapes), with a map back to the
original."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from urllib.parse import unquote

from loosbot import lazy
from loosbot.frozen import dataclass

_ASCII = bytes(range(128))
_FEW = 100
"""Different signs of one text that are worth a look each."""
_ESCAPES = re.compile(
    # each alternative begins with a literal: `re` then skips all other characters quickly
    r"&#?\w{1,32};|%[0-9A-Fa-f]{2}(?:%[0-9A-Fa-f]{2})*|\\u[0-9A-Fa-f]{4}|\\x[0-9A-Fa-f]{2}"
)
_LETTERS = {"œ": "oe", "æ": "ae", "ð": "d", "þ": "th"} | dict(
    zip("αβεζηικμνορτυχавекмнорстухіјѕԁԛԝһӏ", "abezhikmnoptyxabekmhopctyxijsdqwhl", strict=True)
)
"""What letters stand for that are taken for others: ligatures, and those of Greek and Cyrillic that
look like Latin ones, as capitals where the small one does not (the least of Unicode TS 39)."""
_VARIANT = lazy.pattern(
    r"LATIN (?:CAPITAL |SMALL )?LETTER (?:SMALL CAPITAL |DOTLESS )?([A-Z])(?: WITH .*)?$"
)
"""The Unicode name of a letter in another shape: with a stroke or a hook, a small capital, the
Turkish ı, white on black."""
_DIGITS = re.compile("([0-9]+)")
_GLUED = re.compile(r"[0-9](?:(?=[^ 0-9])|(?<=[^ 0-9][0-9]))")
_LEVELS = 3
"""How often an escape may itself be escaped (``%25C3%25A9``)."""


@dataclass(frozen=True, slots=True)
class FoldedText:
    """``text[i]`` comes from the characters ``starts[i]`` to ``ends[i]`` of the original."""

    text: str
    starts: Sequence[int]
    ends: Sequence[int]


def plain(text: str) -> str:
    """The folded form without the map; much cheaper than :func:`folded`."""
    text = _unescaped(text)
    odd = _odd(text, _FOLDS)
    if all(letters.isascii() or letters == sign == sign.lower() for sign, letters in odd.items()):
        return _one_by_one(text, odd).lower()
    return text.translate(_FOLDS)


def _odd_signs(text: str) -> set[str]:
    """The non-ASCII characters of a text, each once."""
    if text.isascii():
        return set()
    # bytes.translate drops ASCII in a third of the time that a pattern takes
    odd = text.encode("utf-8", "surrogatepass").translate(None, _ASCII)
    return set(odd.decode("utf-8", "surrogatepass"))


def _odd(text: str, folds: Mapping[int, str]) -> dict[str, str]:
    """Each non-ASCII character of a text with its folded form."""
    return {sign: folds[ord(sign)] for sign in _odd_signs(text)}


def _one_by_one(text: str, odd: Mapping[str, str]) -> str:
    """``text`` with each character replaced; no replacement holds a character to be replaced."""
    if len(odd) > _FEW:
        return text.translate({ord(sign): letters for sign, letters in odd.items()})
    # a page has a dozen different letters with accents: one after another is the quickest
    for sign, letters in odd.items():
        if letters != sign:
            text = text.replace(sign, letters)
    return text


@lru_cache(maxsize=2)
def words_of(text: str) -> tuple[str, ...]:
    """The words (runs of letters, runs of digits) of the folded form, so that a name is found in
    ``jean.martin59@`` too; cached, since one text is searched several times in a row."""
    text = _unescaped(text)
    odd = _odd(text, _WORD_FOLDS)
    if all(map(str.isascii, odd.values())):
        text = _one_by_one(text, odd)
    text = text.translate(_WORD_FOLDS)
    if _GLUED.search(text):  # seldom, and looking is cheaper
        text = " ".join(_DIGITS.split(text))
    return tuple(text.split())


@lru_cache(maxsize=2)
def different_words(text: str) -> frozenset[str]:
    """The distinct words of the folded form; cached for the same reason."""
    return frozenset(words_of(text))


def _unescaped(text: str) -> str:
    for _ in range(_LEVELS):
        if not _may_escape(text) or (decoded := _ESCAPES.sub(_decoded, text)) == text:
            break
        text = decoded
    return text


def folded(
    text: str,
    marks: re.Pattern[str] | None = None,
    seen: Callable[[re.Match[str]], str] = lambda _: "",
) -> FoldedText:
    """The folded form, each of its characters with its place in ``text``; of what ``marks``
    matches, what ``seen`` gives."""
    view = FoldedText(text, range(len(text)), range(1, len(text) + 1))
    if marks:
        view = _spelled_out(view, marks, seen)
    for _ in range(_LEVELS):
        if not _may_escape(view.text) or not _ESCAPES.search(view.text):
            break
        view = _spelled_out(view, _ESCAPES, _decoded)
    odd = "".join(char for char in set(view.text) if len(_fold_char(char)) != 1)
    if odd:
        # what folds to several letters, or to none, is spelled out; the rest keeps its places
        return _spelled_out(
            view,
            re.compile(f"[{re.escape(odd)}]"),
            lambda match: _fold_char(match[0]),
            lambda text: text.translate(_FOLDS),
        )
    return FoldedText(view.text.translate(_FOLDS), view.starts, view.ends)


def _may_escape(text: str) -> bool:
    return "&" in text or "%" in text or "\\" in text


def _spelled_out(
    view: FoldedText,
    wanted: re.Pattern[str],
    letters: Callable[[re.Match[str]], str],
    between: Callable[[str], str] = str,
) -> FoldedText:
    """The text with each match replaced; every new character keeps the place of the match.
    ``between`` maps the rest, character by character.
    """
    text: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    at = 0
    for match in wanted.finditer(view.text):
        instead = letters(match)
        text += (between(view.text[at : match.start()]), instead)
        starts += view.starts[at : match.start()]
        ends += view.ends[at : match.start()]
        starts += [view.starts[match.start()]] * len(instead)
        ends += [view.ends[match.end() - 1]] * len(instead)
        at = match.end()
    text.append(between(view.text[at:]))
    starts += view.starts[at:]
    ends += view.ends[at:]
    return FoldedText("".join(text), starts, ends)


def _decoded(match: re.Match[str]) -> str:
    return _decode(match[0])


@lru_cache(maxsize=1024)
def _decode(escape: str) -> str:
    """The character of an entity or escape; cached, since our pages repeat a few hundreds of
    times."""
    if escape[0] == "&":
        return html.unescape(escape)
    if escape[0] == "%":
        return unquote(escape, errors="replace")
    return chr(int(escape[2:], 16))


def _fold_char(char: str) -> str:
    """Lower case without accents; format characters (soft hyphen, joiners) sound like nothing."""
    return _FOLDS[ord(char)]


class _Folds(dict[int, str]):
    """Folded form of each character, computed on first use (for ``str.translate``)."""

    def __missing__(self, code: int) -> str:
        decomposed = unicodedata.normalize("NFKD", chr(code)).casefold()
        self[code] = "".join(map(_fold_letter, decomposed))
        return self[code]


def _fold_letter(letter: str) -> str:
    category = unicodedata.category(letter)
    if letter.isascii() or letter in _LETTERS:
        return _LETTERS.get(letter, letter)
    if category in ("Mn", "Mc", "Me", "Cf"):
        return ""
    if category == "Lm":
        # « dʼOrmesson », with the apostrophe that is a letter
        return "'"
    shape = _VARIANT.search(unicodedata.name(letter, ""))
    return shape[1].lower() if shape else letter


class _WordFolds(dict[int, str]):
    """The same, with a blank for each character that belongs to no word."""

    def __missing__(self, code: int) -> str:
        self[code] = "".join(char if char.isalnum() else " " for char in _FOLDS[code])
        return self[code]


_FOLDS = _Folds({ord(letter): " " for letter in "\u115f\u1160\u3164\uffa0"})
"""Four letters of Korean are blanks to the eye."""
_WORD_FOLDS = _WordFolds()

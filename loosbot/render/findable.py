"""Other forms of the words of a page for the wiki's search: « echec » finds « échec ».

The search that comes with MediaWiki compares whole words, and takes « l’école » for one: the
typographic apostrophe is a letter to it, a straight one is not.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from loosbot.fields.vocabulary import STATES, fold, vocabulary

_WORD = re.compile(r"[^\W\d_]+")
_ELIDED = re.compile(r"\b([dl])[’']([^\W\d_]{3,})")
"""A noun mostly; what follows « n’ », « s’ » or « qu’ » is a verb, a pronoun."""
_IRREGULAR = {"travaux": "travail", "travail": "travaux"}
_SHORT = 4
"""Fewer letters are no noun whose number is worth another form."""


def other_forms(title: str, data: Mapping[str, Any]) -> list[str]:
    """What people type for the words of its title, its other names, its themes and its summary.

    Those of the first three without their accents, those of the first two in the other number,
    and those behind an elision with a straight apostrophe; each once, in alphabetical order.
    """
    themes = data.get("themes")
    labels = [
        vocabulary("theme").label(theme)
        for theme in (themes if isinstance(themes, list) else [])
        if theme not in STATES
    ]
    names = [title.casefold(), *(str(name).casefold() for name in data.get("variantes", ()))]
    resume = data.get("resume")
    elided = [*names, resume.casefold() if isinstance(resume, str) else ""]
    written = set(_words((*names, *(label.casefold() for label in labels))))
    forms = {*_numbers(_words(names)), *_after_elision(elided)}
    folded = {fold(word) for word in (*written, *forms) if not word.isascii()}
    return sorted((forms | folded) - written)


def _words(texts: Iterable[str]) -> Iterator[str]:
    return (word for text in texts for word in _WORD.findall(text))


def _numbers(words: Iterable[str]) -> Iterator[str]:
    """The plural of what looks singular, the singular of what looks plural."""
    for word in words:
        if len(word) < _SHORT:
            continue
        if word in _IRREGULAR:
            yield _IRREGULAR[word]
        elif word.endswith("aux"):
            yield f"{word[:-1]}" if word.endswith("eaux") else f"{word[:-3]}al"
        elif word.endswith("s"):
            yield word[:-1]
        elif word.endswith("al"):
            yield f"{word[:-2]}aux"
        elif not word.endswith(("x", "z")):
            yield f"{word}x" if word.endswith("eau") else f"{word}s"


def _after_elision(texts: Iterable[str]) -> Iterator[str]:
    for text in texts:
        yield from (f"{article}'{word}" for article, word in _ELIDED.findall(text))

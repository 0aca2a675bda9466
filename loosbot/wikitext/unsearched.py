"""Text that a page must hold and that no search should find: paths, keys, labels of frames.

A wiki without a search engine of its own shows the first lines of *wikitext* that hold a word that
somebody looked for, machinery or not. The first letter of each word is written as a reference:
MediaWiki reads the same text, and a search for the word finds nothing here.
"""

from __future__ import annotations

import re

_PLACE = re.compile(
    r'\[\[Catégorie:[^\]\n]*\]\]|aria-label="[^"\n]*"|\b(?:fichier|identifiant) ?= ?[^|}\n]*'
)
_LETTER = re.compile(r"&#([0-9]{1,6});")
_WORD = re.compile(r"&(?:#[0-9]+|#[xX][0-9A-Fa-f]+|[A-Za-z0-9]+);|\b\w")


class _LetterEntity(dict[str, str]):
    """What stands for a letter at the beginning of a word; a reference stays."""

    def __missing__(self, text: str) -> str:
        if text.startswith("&"):
            return text
        self[text] = f"&#{ord(text)};"
        return self[text]


_BROKEN = _LetterEntity()


def unsearched(wikitext: str) -> str:
    """``wikitext`` with its words broken for a search; references in it are left as they are.

    >>> unsearched("corpus:recit/un-mot"), unsearched("l&#8217;eau")
    ('&#99;orpus:&#114;ecit/&#117;n-&#109;ot', '&#108;&#8217;&#101;au')
    """
    return _WORD.sub(lambda match: _BROKEN[match[0]], wikitext)


def searched(text: str) -> str:
    """A page's wikitext with the words again that :func:`unsearched` broke in it."""
    if "&#" not in text:
        return text
    # few lines of a page hold any, and no place goes on over the end of one
    return "\n".join(
        _PLACE.sub(_mended, line) if "&#" in line else line for line in text.split("\n")
    )


def _mended(place: re.Match[str]) -> str:
    return _LETTER.sub(_letter, place[0])


def _letter(reference: re.Match[str]) -> str:
    char = chr(int(reference[1]))
    return char if char.isalnum() or char == "_" else reference[0]

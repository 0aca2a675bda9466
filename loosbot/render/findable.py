"""Unaccented words of a page for the wiki's search: « echec » finds « échec »."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from loosbot.fields.vocabulary import STATES, fold, vocabulary

_WORD = re.compile(r"[^\W\d_]+")


def unaccented(title: str, data: Mapping[str, Any]) -> list[str]:
    """The words of its title, of its other names and of its themes that accents change, without
    them; each once, in alphabetical order."""
    themes = data.get("themes")
    labels = [
        vocabulary("theme").label(theme)
        for theme in (themes if isinstance(themes, list) else [])
        if theme not in STATES
    ]
    texts = (title, *data.get("variantes", ()), *labels)
    words = (word for text in texts for word in _WORD.findall(str(text).casefold()))
    folded = {word: fold(word) for word in words if not word.isascii()}
    return sorted({plain for word, plain in folded.items() if plain != word})

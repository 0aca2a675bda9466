"""Who speaks, where a text marks it: « Ada E. : … » at the start of a paragraph."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from loosbot.exchange.passages import Passage
from loosbot.fields.vocabulary import fold

_LABEL = re.compile(
    r"\s*(?:[-–—]\s*)?(?P<stars>\**)(?P<who>[^\W\d_a-zß-ÿ][^:\n.!?«»*]{0,40}?\.?)"
    r"(?:(?P=stars)\s*:|\s*:\s*(?P=stars))\s*(?=\S)"
)
_INITIAL = re.compile(r"[^\W\d_]+(?:[- ][^\W\d_]+)? [^\W\d_a-z]\.")
_NO_NAMES = frozenset(
    [
        "note", "nota", "notes", "date", "lieu", "objet", "sujet", "titre", "presents", "absents",
        "excuses", "decision", "decisions", "resume", "contexte", "remarque", "attention",
        "exemple", "question", "questions", "reponse", "source", "sources", "annexe", "conclusion",
        "suite", "ordre", "bilan", "budget", "themes", "theme", "projet", "horaires", "contact",
    ]
)  # fmt: skip


@dataclass(slots=True)
class Turn:
    """What somebody says in one go; ``who`` is "" for what stands before anybody is marked."""

    who: str
    passages: list[Passage]


def turns(passages: Sequence[Passage]) -> list[Turn]:
    """The text by who speaks. Where nobody is marked there is one turn, of nobody."""
    labels = [_label(passage) for passage in passages]
    times = Counter(who for who, _, _ in labels if who)
    turns = [Turn("", [])]
    for passage, (who, length, bold) in zip(passages, labels, strict=True):
        if who and (bold or times[who] > 1 or _INITIAL.fullmatch(who)):
            passage.without(length)
            if turns[-1].who != who:
                turns.append(Turn(who, []))
        turns[-1].passages.append(passage)
    return [turn for turn in turns if any(passage.text.strip() for passage in turn.passages)]


def _label(passage: Passage) -> tuple[str, int, bool]:
    """Who a paragraph marks, how many characters that takes, and whether it is in bold."""
    if not passage.is_paragraph or passage.level:
        return "", 0, False
    match = _LABEL.match(passage.text)
    if match is None or fold(match["who"]).split(" ")[0] in _NO_NAMES:
        return "", 0, False
    bold = match["stars"] == "**"
    if passage.element is not None and len(passage.element):
        first = passage.element[0]
        words = "".join(first.itertext()).strip().rstrip(":").strip()
        bold = first.tag == "strong" and not (passage.element.text or "").strip()
        bold = bold and words == match["who"]
    return match["who"].strip(), match.end(), bold

"""Remains of git and of a PDF: half a mark of conflict, words that are cut at the end of a line."""

from __future__ import annotations

import re
from collections.abc import Iterator

from loosbot.corpus.check.texts import TextCheck
from loosbot.corpus.markdown import without_code
from loosbot.corpus.yaml.pasted import Misreading
from loosbot.escaping import beginning

_CUT = re.compile(
    r"([^\W\d_]{2,30})-(?:\n[ >]*| (?!(?:et|ou|ni|puis|comme)\b))([^\W\d_A-ZÀ-Þ][^\W\d_]{0,30})"
)
"""At the end of a line, or where a field of one line joined two; « sous- et sur-sol » is one."""
_CUT_IN_A_FILE = re.compile(rb"[a-z\x80-\xbf]-(?:[ ][a-z\xc3]|[ \t]*[\r\n])")
_GOES_ON = re.compile(
    r"(?:ce|ci|là|la|le|les|il|ils|elle|elles|on|en|y|je|tu|moi|toi|lui|nous|vous|leur|même|mêmes|t)\Z"
)
"""What follows a hyphen of its own: « dit-elle », « celui-ci »."""


def middle_of_a_conflict(lines: list[str]) -> Iterator[Misreading]:
    """The seven signs that git leaves between two versions, where no title of seven letters is
    above them; six of them, where nothing is: that many often underline a title. Who underlines
    by eye is two signs off at the most, under a line of its own."""
    for number, line in enumerate(lines):
        above = lines[number - 1].strip() if number else ""
        # a sentence above the line: « ======= » then makes a title, which has its own warning
        is_sentence = above.endswith((".", ",", ";", ":", "!", "?", "…"))
        sign = line.strip()
        has_text_before = number > 1 and lines[number - 2].strip()
        is_title = abs(len(above) - 7) <= (0 if has_text_before else 2)
        is_remainder = sign == "=======" and not is_title and not is_sentence
        if is_remainder or (sign == "======" and not above):
            title = f" Si c’est un titre, écrivez : ## {beginning(above)}" if above else ""
            yield Misreading(
                "conflit-git",
                "Cette ligne de « = » est celle que git met entre deux versions à réunir.",
                f"Gardez une seule des deux versions, et retirez cette ligne.{title}",
                sign,
            )


def cut_words(text: str) -> Iterator[Misreading]:
    """Words that a hyphen cuts at the end of a line: a blank will stand in them."""
    for match in _CUT.finditer(without_code(text)):
        whole = f"{match[1]}-{match[2]}"
        mend = f"Écrivez le mot sur une seule ligne : {match[1]}{match[2]}, ou {whole}"
        if _GOES_ON.match(match[2]):
            mend = f"Écrivez le mot sur une seule ligne : {whole}"
        yield Misreading(
            "mot-coupe",
            f"Ce mot est coupé en fin de ligne : on lira « {match[1]}- {match[2]} ».",
            mend,
            f"{match[1]}-",
        )


CHECK = TextCheck(_CUT_IN_A_FILE.search, cut_words)

"""Numbers in letters, in French: « quatre-vingt-dix-neuf », « mille neuf cent trois ». Pure."""

from __future__ import annotations

import re

from loosbot import lazy

_NUMERALS = dict(
    zip(
        (
            *("zéro", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf"),
            *("dix", "onze", "douze", "treize", "quatorze", "quinze", "seize"),
            *("vingt", "vingts", "trente", "quarante", "cinquante", "soixante"),
            *("cent", "cents", "mille"),
        ),
        (*range(17), 20, 20, 30, 40, 50, 60, 100, 100, 1000),
        strict=True,
    )
)
_IN_LETTERS = lazy.pattern(
    r"\b(?:{0})(?:[ -](?:et[ -])?(?:{0}))*\b".format("|".join(sorted(_NUMERALS, key=len)[::-1])),
    re.IGNORECASE,
)


def in_figures(text: str) -> str:
    """``text`` with each number in letters in figures: « cent vingt euros » is « 120 euros »."""
    return _IN_LETTERS.sub(lambda words: str(_number(re.split("[ -]", words[0].lower()))), text)


def _number(words: list[str]) -> int:
    thousands = rest = 0
    for value in (_NUMERALS[word] for word in words if word != "et"):
        if value == 1000:
            thousands, rest = max(rest, 1) * value, 0
        elif value == 100 or (value == 20 and rest % 100 == 4):
            rest = max(rest, 1) * value if value == 100 else rest - 4 + 80
        else:
            rest += value
    return thousands + rest

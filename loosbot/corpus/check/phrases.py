"""Signs of Markdown and of the wiki in a field that is neither: all of them are shown there."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import islice

from loosbot.corpus.check.dialects import ABOVE, BELOW, HIGHLIGHT
from loosbot.corpus.check.signs import MOST, Sign, sign
from loosbot.corpus.yaml.pasted import Misreading

_DIGITS = "0123456789+-"
_RAISED = str.maketrans(_DIGITS, "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻")
_LOWERED = str.maketrans(_DIGITS, "₀₁₂₃₄₅₆₇₈₉₊₋")


def _small(form: str, name: str, sign: str, digits: Mapping[int, int]) -> Sign:
    return Sign(
        re.compile(form),
        "texte-signe",
        f"Ce champ n’a pas d’{name} : les signes {sign} seront montrés.",
        lambda match: f"Écrivez à leur place : {match['a'].translate(digits)}",
    )


_IN_A_PHRASE = (
    sign(
        r"<!(?:--|[–—]).{0,200}",
        "texte-commentaire",
        "Ce commentaire n’est pas caché : tous les lecteurs le verront.",
        "Retirez-le. Une note pour vous se met sur une ligne à part, qui commence par « # ».",
    ),
    sign(
        r"(?<!\*)\*\*(?P<a>[^*\n]{1,300})\*\*(?!\*)",
        "texte-signe",
        "Ce champ n’a pas de gras : ses astérisques seront montrés.",
        "Retirez-les : {a}",
    ),
    sign(
        r"(?<![\w'])'{2,3}(?P<a>[^'\n]{1,300})'{2,3}(?![\w'])",
        "texte-wiki",
        "Ce champ n’a ni gras ni italique : ses apostrophes seront montrées.",
        "Retirez-les : {a}",
    ),
    sign(
        HIGHLIGHT,
        "texte-signe",
        "Ce champ n’a pas de surligné : les signes == seront montrés.",
        "Retirez-les : {a}",
    ),
    _small(ABOVE, "exposants", "^", _RAISED),
    _small(BELOW, "indices", "~", _LOWERED),
)
_SIGNS = (b"<!--", "<!–".encode(), "<!—".encode(), b"**", b"''", b"==")
_SMALL = re.compile(rb"\^[\w+\x80-\xff-]{1,20}\^|~[\w\x80-\xff]{1,20}~")


def may_be_in(source: bytes) -> bool:
    """Whether a file has to be looked at: one with « [^1] » alone has not."""
    if any(map(source.__contains__, _SIGNS)):
        return True
    return (b"^" in source or b"~" in source) and _SMALL.search(source) is not None


def in_a_phrase(text: str) -> Iterator[Misreading]:
    """Signs in a field that is no Markdown: they are shown there, all of them."""
    for known in _IN_A_PHRASE:
        for match in islice(known.form.finditer(text), MOST):
            yield known.misread(match)

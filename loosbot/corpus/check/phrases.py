"""Signs of Markdown, HTML and the wiki in a field that is none of them: all are shown there."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from html import unescape
from itertools import islice

from loosbot.corpus.check.signs import ABOVE, BELOW, HIGHLIGHT, MOST, Sign, sign
from loosbot.corpus.yaml.pasted import Misreading

NO_BREAK_SPACE = "\u00a0"
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


def _character(match: re.Match[str]) -> str:
    return f"Tapez le caractère lui-même : « {unescape(match[0]).replace(NO_BREAK_SPACE, ' ')} »"


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
    sign(
        r"(?<![\w*\\])\*(?P<a>[^\W\d_](?:[^*\n]{0,200}[^\s*])?)\*(?![\w*])",
        "texte-signe",
        "Ce champ n’a pas d’italique : ses astérisques seront montrés.",
        "Retirez-les : {a}",
    ),
    sign(
        r"<(?P<b>b|i|u|em|strong|sup|sub|span|font|a|p|small)(?:\s[^<>\n]{0,200})?>"
        r"(?P<a>[^<>\n]{0,300})</(?P=b)>",
        "texte-html",
        "Ce champ n’a pas de balises : elles seront montrées.",
        "Retirez-les : {a}",
    ),
    sign(
        r"</?(?:br|p|div|li|ul|ol|hr|img|o:p)(?:\s[^<>\n]{0,200})?/?>",
        "texte-html",
        "Ce champ n’a pas de balises : celle-ci sera montrée.",
        "Retirez-la, et mettez une virgule ou un point à sa place.",
    ),
    Sign(
        re.compile(
            r"&(?:nbsp|amp|lt|gt|quot|apos|hellip|[nm]dash|euro|deg|[lr](?:s|d|a)quo|[oa]elig|OElig"
            r"|[A-Za-z](?:acute|grave|circ|uml|cedil|tilde)|#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6});"
        ),
        "texte-html",
        "Ce code du web sera montré tel quel.",
        _character,
    ),
    sign(
        r"(?<!\\)\[(?P<a>[^][\n]{1,200})\]\((?P<b>(?:https?://|mailto:)[^()\s]{1,300})\)",
        "texte-lien",
        "Dans ce champ, un lien ne mène qu’à une fiche : ses signes seront montrés.",
        "Gardez les mots : {a} ; le lien se met dans « texte ».",
    ),
    sign(
        r"(?<!\\)\[\[(?:[^][|\n]{1,200}\|)?(?P<a>[^][|\n]{1,200})\]\]",
        "texte-wiki",
        "Ces crochets sont ceux du wiki, et seront montrés.",
        "Gardez les mots : {a}",
    ),
    _small(ABOVE, "exposants", "^", _RAISED),
    _small(BELOW, "indices", "~", _LOWERED),
)
_SIGNS = (b"<!--", "<!–".encode(), "<!—".encode(), b"**", b"''", b"==", b"](http", b"](mailto:")
_RARE = (b"^", b"~", b"<", b"&", b"[[", b"*")
_SMALL = re.compile(
    rb"\^[\w+\x80-\xff-]{1,20}\^|~[\w\x80-\xff]{1,20}~|</?[a-zA-Z]|&[#\w]{2,12};"
    rb"|\[\[[\w\x80-\xff]|(?<![\w*])\*[^\W_][^*\n]*\*"
)


def may_be_in(source: bytes) -> bool:
    """Whether a file has to be looked at: one with « [^1] » alone has not."""
    # each of the signs has one of these; most files have none, which takes a fifth to know
    has_bytes = len(source.translate(None, b"<*=^~&")) < len(source)
    if not has_bytes and not any(map(source.__contains__, (b"''", b"](", b"[["))):
        return False
    if any(map(source.__contains__, _SIGNS)):
        return True
    return any(map(source.__contains__, _RARE)) and _SMALL.search(source) is not None


def in_a_phrase(text: str) -> Iterator[Misreading]:
    """Signs in a field that is no Markdown: they are shown there, all of them."""
    for known in _IN_A_PHRASE:
        for match in islice(known.form.finditer(text), MOST):
            yield known.misread(match)

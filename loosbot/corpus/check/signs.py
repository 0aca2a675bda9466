"""A rule on text: a pattern that pages would show as typed, with its message and hint."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from loosbot import lazy
from loosbot.corpus.yaml.pasted import Misreading
from loosbot.frozen import dataclass

MOST = 20
"""Of one kind in one text: after so many the others are no longer news."""


@dataclass(frozen=True, slots=True)
class Sign:
    """A pattern, its message, and its hint, which is a replacement of the match."""

    form: re.Pattern[str]
    code: str
    message: str
    mend: Callable[[re.Match[str]], str]

    def misread(self, match: re.Match[str]) -> Misreading:
        return Misreading(self.code, self.message, self.mend(match), match[0].strip())


def sign(form: str, code: str, message: str, mend: str) -> Sign:
    """A :class:`Sign`. ``mend`` may name groups of the pattern: ``{a}``."""
    return Sign(
        lazy.pattern(form),
        code,
        message,
        lambda match: mend.format(**{k: (v or "").strip() for k, v in match.groupdict().items()}),
    )


def signs(code: str, message: str, *forms: tuple[str, str]) -> Iterator[Sign]:
    """One slip in several forms, each with its mend."""
    return (sign(form, code, message, mend) for form, mend in forms)


DIALECT_SUSPECT = r"==[^\s=]|\^[\w+[-]|~\w|^[ >]*:::|\[_?(?i:toc)|\[!"
"""A text without any of these has nothing of the kind."""
HIGHLIGHT = r"(?<![=\w])==(?P<a>[^\s=](?:[^=\n]{0,200}[^\s=])?)==(?![=\w])"
"""« a == b et c == d » has blanks inside, « ==> » no end."""
ABOVE = r"(?<=[\w)])\^(?P<a>[+-]?[^\W_]{1,10})\^(?!\^)"
BELOW = r"(?:(?<=[^\W\d_])|(?<=\)))~(?P<a>[^\W_]{1,10})~(?!~)"
"""Behind a letter: « de 10~20~30 » counts."""
DIALECTS = (
    sign(
        HIGHLIGHT,
        "texte-signe",
        "Le surligné n’est pas lu : les signes == seront montrés.",
        "En gras : **{a}**",
    ),
    sign(
        ABOVE,
        "texte-signe",
        "Cet exposant n’est pas lu : les signes ^ seront montrés.",
        "Écrivez à leur place : <sup>{a}</sup>",
    ),
    sign(
        BELOW,
        "texte-signe",
        "Cet indice n’est pas lu : les signes ~ seront montrés.",
        "Écrivez à leur place : <sub>{a}</sub>",
    ),
    sign(
        r"(?<!\\)\^\[(?P<a>(?:[^][\n]|\[[^][\n]{0,200}\]){1,300})\]",
        "texte-note",
        "Cette note n’est pas lue : elle sera montrée au milieu de la phrase, avec ses crochets.",
        "Mettez [^1] à sa place, et à la fin du texte, après une ligne vide : [^1]: {a}",
    ),
    sign(
        r"\A[ >]*:{3,}(?: *[\w{][^:\n]{0,80})? *\Z",
        "texte-bloc",
        "Ce cadre n’est pas lu : ses deux-points seront montrés.",
        "Retirez cette ligne, au début et à la fin du passage. Pour le mettre à part, commencez "
        "chacune de ses lignes par « > ».",
    ),
    sign(
        r"\A *(?:[-*] )?\[{1,2}_?(?i:toc)_?\]{1,2} *\Z",
        "texte-signe",
        "Ce sommaire n’est pas fait : ses crochets seront montrés.",
        "Retirez cette ligne : le wiki fait le sommaire lui-même.",
    ),
    sign(
        r"\A[ >]*> *\[!(?P<a>[A-Za-z]{3,12})\] *\Z",
        "texte-bloc",
        "Ce cadre n’est pas lu : son nom sera montré entre crochets.",
        "Retirez cette ligne, ou écrivez un mot en gras à sa place : > **À noter.**",
    ),
)
"""Of other kinds of Markdown: pandoc’s, GitHub’s, those of note-taking programs."""

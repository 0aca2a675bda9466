"""Signs of other kinds of Markdown: pandoc’s, GitHub’s, those of programs that take notes.

Here they are shown as they were typed.
"""

from __future__ import annotations

from loosbot.corpus.check.signs import sign

SUSPECT = r"==[^\s=]|\^[\w+[-]|~\w|^[ >]*:::|\[_?(?i:toc)|\[!"
"""A text without any of these has nothing of the kind."""
HIGHLIGHT = r"(?<![=\w])==(?P<a>[^\s=](?:[^=\n]{0,200}[^\s=])?)==(?![=\w])"
"""« a == b et c == d » has blanks inside, « ==> » no end."""
ABOVE = r"(?<=[\w)])\^(?P<a>[+-]?[^\W_]{1,10})\^(?!\^)"
BELOW = r"(?:(?<=[^\W\d_])|(?<=\)))~(?P<a>[^\W_]{1,10})~(?!~)"
"""Behind a letter: « de 10~20~30 » counts."""
SIGNS = (
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
